"""The disease: which illnesses a study is about, with the broader ones above them."""

from __future__ import annotations

from ....reading.passages import Quote, Reading
from .base import Bag, Signal, concept_bag, concept_quote, say_concept

_TABLE = "disease_concepts"
_FIELDS = {
    "title": 3,
    "conditions": 3,
    "condition mesh": 2,
    "keywords": 1,
    "summary": 1,
    "primary outcomes": 0.3,
    "inclusion": 0.3,
}


def _bag(reading: Reading) -> Bag:
    return concept_bag(reading, _TABLE, _FIELDS)


def _quote(reading: Reading, term: str) -> Quote | None:
    return concept_quote(reading, term, _TABLE, _FIELDS)


SIGNAL = Signal(
    name="disease",
    facet="population",
    label="same disease",
    absent="no disease that we know by name",
    bag=_bag,
    say=say_concept,
    quote=_quote,
)
