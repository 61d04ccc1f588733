"""The intervention: classes of what is given or done, and the substances themselves.

What a study tests counts in full, background treatment by `_BACKGROUND`.
"""

from __future__ import annotations

from ....reading.concepts import concepts
from ....reading.passages import Quote, Reading
from ..roles import roles
from .base import Bag, Signal, concept_bag, concept_quote, say_concept

_TABLE = "intervention_concepts"
_FIELDS = {
    "title": 3,
    "interventions": 3,
    "intervention mesh": 2,
    "arms": 1,
    "summary": 1,
    "keywords": 0.7,
    "description": 0.2,
}
_BACKGROUND = 0.25
_BROAD = 0.5  # "surgery" alone says little about which
_COMPARATORS = {"placebo", "=placebo", "=sham"}  # what it is compared with is a signal of its own


def _bag(reading: Reading) -> Bag:
    shares = dict.fromkeys(concepts(_TABLE).broad, _BROAD)
    for one in roles(reading).background:
        shares[one] = shares.get(one, 1.0) * _BACKGROUND
    bag = concept_bag(reading, _TABLE, _FIELDS, names=0.5, shares=shares)
    return {term: weight for term, weight in bag.items() if term not in _COMPARATORS}


def _quote(reading: Reading, term: str) -> Quote | None:
    return concept_quote(reading, term, _TABLE, _FIELDS)


def _role(reading: Reading, term: str) -> str:
    found = roles(reading)
    return "tested" if term in found.tested else "background" if term in found.background else ""


SIGNAL = Signal(
    name="intervention",
    facet="intervention",
    label="same intervention or class",
    absent="no intervention that we know by name",
    bag=_bag,
    say=say_concept,
    quote=_quote,
    role=_role,
)
