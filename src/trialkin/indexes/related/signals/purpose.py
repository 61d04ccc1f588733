"""The question: treat, prevent, diagnose, follow, find a dose, describe, and so on."""

from __future__ import annotations

from ....reading.passages import Quote, Reading
from .base import Bag, Signal, concept_bag, concept_quote, say_concept

_TABLE = "purpose_concepts"
_FIELDS = {
    "title": 3,
    "summary": 1,
    "keywords": 1,
    "description": 0.3,
}


def _bag(reading: Reading) -> Bag:
    return concept_bag(reading, _TABLE, _FIELDS)


def _quote(reading: Reading, term: str) -> Quote | None:
    return concept_quote(reading, term, _TABLE, _FIELDS)


SIGNAL = Signal(
    name="purpose",
    facet="question",
    label="same kind of question",
    absent="no purpose that we know by name",
    bag=_bag,
    say=say_concept,
    quote=_quote,
)
