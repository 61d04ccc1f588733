"""The conditions in the words of the sponsor and of MeSH, for what no table of diseases knows."""

from __future__ import annotations

from ....reading.passages import Quote, Reading
from .base import Bag, Signal, say_concept, word_bag, word_quote

_FIELDS = {
    "conditions": 1,
    "keywords": 1,
    "condition mesh": 1,
}


def _bag(reading: Reading) -> Bag:
    return word_bag(reading, _FIELDS)


def _quote(reading: Reading, term: str) -> Quote | None:
    return word_quote(reading, term, _FIELDS)


SIGNAL = Signal(
    name="condition_words",
    facet="population",
    label="conditions in the same words",
    absent="no conditions or keywords",
    bag=_bag,
    say=say_concept,
    quote=_quote,
)
