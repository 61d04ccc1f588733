"""The setting: stage, line of treatment, markers, severity, age group and circumstances."""

from __future__ import annotations

from ..passages import Quote, Reading
from .base import Bag, Signal, concept_bag, concept_quote, say_concept

_TABLE = "setting_concepts"
_FIELDS = {
    "title": 3,
    "conditions": 2,
    "summary": 1,
    "keywords": 0.5,
    "inclusion": 0.3,
}


def _bag(reading: Reading) -> Bag:
    return concept_bag(reading, _TABLE, _FIELDS)


def _quote(reading: Reading, term: str) -> Quote | None:
    return concept_quote(reading, term, _TABLE, _FIELDS)


SIGNAL = Signal(
    name="setting",
    facet="population",
    label="same setting",
    absent="no stage, line, marker or circumstance that we know by name",
    bag=_bag,
    say=say_concept,
    quote=_quote,
)
