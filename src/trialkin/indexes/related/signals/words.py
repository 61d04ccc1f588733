"""The rare words of title, conditions, interventions and summary."""

from __future__ import annotations

from ....reading.passages import Quote, Reading
from .base import Bag, Signal, say_concept, word_bag, word_quote

_FIELDS = {
    "title": 1,
    "conditions": 1,
    "interventions": 1,
    "summary": 1,
}


def _bag(reading: Reading) -> Bag:
    return word_bag(reading, _FIELDS)


def _quote(reading: Reading, term: str) -> Quote | None:
    return word_quote(reading, term, _FIELDS)


SIGNAL = Signal(
    name="words",
    facet="text",
    label="same rare words",
    absent="no text",
    bag=_bag,
    say=say_concept,
    quote=_quote,
)
