"""The outcomes: what is measured, primary before secondary."""

from __future__ import annotations

from ....reading.passages import Quote, Reading
from .base import Bag, Signal, say_concept, word_bag, word_quote

_FIELDS = {
    "primary outcomes": 2,
    "secondary outcomes": 1,
}


def _bag(reading: Reading) -> Bag:
    return word_bag(reading, _FIELDS)


def _quote(reading: Reading, term: str) -> Quote | None:
    return word_quote(reading, term, _FIELDS)


SIGNAL = Signal(
    name="outcomes",
    facet="outcomes",
    label="same outcomes",
    absent="no outcome measures",
    bag=_bag,
    say=say_concept,
    quote=_quote,
)
