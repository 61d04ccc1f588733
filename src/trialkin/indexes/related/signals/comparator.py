"""The comparator: what the intervention is compared with."""

from __future__ import annotations

from ....reading.passages import Quote, Reading
from ....vocab import label
from .base import Bag, Signal, concept_bag, concept_quote, say_concept

_TYPE = "type:"
_TABLE = "intervention_concepts"
_FIELDS = {
    "comparators": 1,
}


def _bag(reading: Reading) -> Bag:
    bag = concept_bag(reading, _TABLE, _FIELDS, names=0.5)
    for arm in reading.study.arm_groups:
        if arm.type and (arm.type.endswith("COMPARATOR") or arm.type == "NO_INTERVENTION"):
            bag[_TYPE + arm.type] = 1.0
    return bag


def _quote(reading: Reading, term: str) -> Quote | None:
    if term.startswith(_TYPE):
        return None
    return concept_quote(reading, term, _TABLE, _FIELDS)


def _say(term: str) -> str:
    if term.startswith(_TYPE):
        return label("ArmGroupType", term.removeprefix(_TYPE)).lower()
    return say_concept(term)


SIGNAL = Signal(
    name="comparator",
    facet="comparator",
    label="same comparator",
    absent="no comparator arm",
    bag=_bag,
    say=_say,
    quote=_quote,
)
