"""The strategy: what is done when, which kinds of treatment an arm combines, and how it is dosed.

One kind of treatment at no stated time is no strategy: studies without any say nothing here.
"""

from __future__ import annotations

from itertools import combinations

from ....reading.concepts import concepts
from ....reading.passages import Quote, Reading, words_of
from ..roles import named_in
from .base import Bag, Signal, concept_bag, concept_quote, say_concept

_TABLE = "strategy_concepts"
_FIELDS = {
    "title": 3,
    "arms": 1,
    "interventions": 1,
    "summary": 1,
    "keywords": 0.5,
}
_WITH = " with "
_TOGETHER = 1.0
_SAYS_NOTHING = {"device", "diagnostic", "observational procedure", "placebo"}


def _bag(reading: Reading) -> Bag:
    bag = concept_bag(reading, _TABLE, _FIELDS)
    pairs = {_WITH.join(pair) for kinds in _combined(reading) for pair in combinations(sorted(kinds), 2)}
    return bag | dict.fromkeys(sorted(pairs), _TOGETHER)


def _combined(reading: Reading) -> list[frozenset[str]]:
    """The kinds of treatment that each arm combines; those of title and interventions when no arm tells."""
    arms = [
        [
            words_of(text)
            for text in (arm.label, *(name.partition(": ")[2] for name in arm.intervention_names))
            if text
        ]
        for arm in reading.study.arm_groups
    ]
    found = [_kinds(texts) for texts in (*arms, reading.words("title"))]
    return found if any(len(kinds) > 1 for kinds in found) else [_kinds(reading.words("interventions"))]


def _kinds(texts: list[list[str]]) -> frozenset[str]:
    """The broadest classes of the interventions named."""
    above = concepts("intervention_concepts").above
    found = {broadest for one in named_in(texts) for broadest in (one, *above[one]) if not above[broadest]}
    return frozenset(found - _SAYS_NOTHING)


def _quote(reading: Reading, term: str) -> Quote | None:
    return None if _WITH in term else concept_quote(reading, term, _TABLE, _FIELDS)


SIGNAL = Signal(
    name="strategy",
    facet="intervention",
    label="same treatment strategy",
    absent="no combination, order or dose strategy that we know by name",
    bag=_bag,
    say=say_concept,
    quote=_quote,
)
