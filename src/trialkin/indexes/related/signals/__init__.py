"""The signals, one file each, in the order in which reasons are told.

A new signal is one file with a `SIGNAL` and one line here; its weight goes into `weights.tsv`.
"""

from __future__ import annotations

from . import (
    age_sex,
    comparator,
    condition_words,
    design,
    disease,
    intervention,
    outcomes,
    programme,
    purpose,
    setting,
    strategy,
    words,
)
from .base import Bag, Signal

__all__ = ["DERIVED", "FACETS", "SIGNALS", "Bag", "Signal"]

SIGNALS: tuple[Signal, ...] = (
    disease.SIGNAL,
    condition_words.SIGNAL,
    setting.SIGNAL,
    age_sex.SIGNAL,
    intervention.SIGNAL,
    strategy.SIGNAL,
    comparator.SIGNAL,
    outcomes.SIGNAL,
    purpose.SIGNAL,
    design.SIGNAL,
    programme.SIGNAL,
    words.SIGNAL,
)

DERIVED: dict[str, tuple[str, str]] = {
    "same_question": ("question", "same disease and same intervention"),
    "text_vectors": ("text", "texts of like meaning"),
}
"""Signals that are computed from others or from vectors: name -> (facet, label)."""

FACETS: tuple[str, ...] = (
    "population",
    "intervention",
    "comparator",
    "outcomes",
    "question",
    "design",
    "programme",
    "text",
)
