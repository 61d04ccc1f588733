"""What a condition's words mean: a small tree over comparisons and findings.

Owns parsing conditions, exemptions and adjustments. What cannot be read stays as `Unread` and is unknown for ever.
"""

from __future__ import annotations

from trialkin.model.regimen import Condition, RegimenRow, Unread
from trialkin.text.markup import PlainText


def parse_condition(text: str) -> Condition:
    """The tree of a condition's words."""
    return Unread(quote=text)


def provisos_of(text: str, shown: PlainText, rows: tuple[RegimenRow, ...]) -> tuple[RegimenRow, ...]:
    return rows
