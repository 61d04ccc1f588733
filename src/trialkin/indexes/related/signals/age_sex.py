"""Age and sex: for whom the study is, by the registry's own groups."""

from __future__ import annotations

from ....reading.passages import Reading
from ....vocab import label
from .base import Bag, Signal, no_quote


def _bag(reading: Reading) -> Bag:
    who = reading.study.eligibility
    bag = {f"StandardAge:{group}": 1.0 for group in who.std_ages}
    if bag and who.sex:
        bag[f"Sex:{who.sex}"] = 1.0
    return bag


def _say(term: str) -> str:
    enum, _, value = term.partition(":")
    said = label(enum, value).lower()
    return "both sexes" if said == "all" else said


SIGNAL = Signal(
    name="age_sex",
    facet="population",
    label="same ages and sex",
    absent="no age groups",
    bag=_bag,
    say=_say,
    quote=no_quote,
    rare_counts=False,
)
