"""What a condition's words mean: a small tree over comparisons and findings.

Owns parsing conditions, exemptions and adjustments. What cannot be read stays as `Unread` and is unknown for ever.
"""

from __future__ import annotations

import re

import msgspec

from trialkin.model.regimen import AllOf, AnyOf, Comparison, Condition, Finding, Proviso, RegimenRow, Unread
from trialkin.regimens import lexicon
from trialkin.text.markup import PlainText


def parse_condition(text: str) -> Condition:
    """The tree of a condition's words."""
    return Unread(quote=text)


def provisos_of(text: str, shown: PlainText, rows: tuple[RegimenRow, ...]) -> tuple[RegimenRow, ...]:
    return rows
