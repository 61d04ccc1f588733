"""The setting: stage, line of treatment, markers, severity, age group and circumstances.

Some settings lie at two ends of an axis (untreated or recurrent, mild or severe): a study at one end has the axis
with a plus, at the other with a minus, so that opposite settings count against each other.
"""

from __future__ import annotations

from functools import cache

from ....reading.passages import Quote, Reading
from ....vocab import table
from .base import AXIS, Bag, Signal, concept_bag, concept_quote, say_concept

_TABLE = "setting_concepts"
_FIELDS = {
    "title": 3,
    "conditions": 2,
    "summary": 1,
    "keywords": 0.5,
    "inclusion": 0.1,
}
_BALANCED = 0.05  # what is left of an axis when a study names both of its ends


def _bag(reading: Reading) -> Bag:
    bag = concept_bag(reading, _TABLE, _FIELDS)
    for concept, (axis, side) in _axes().items():
        if concept in bag:
            bag[axis] = bag.get(axis, 0.0) + side * bag[concept]
    return {term: weight for term, weight in bag.items() if abs(weight) > _BALANCED}


@cache
def _axes() -> dict[str, tuple[str, float]]:
    """Concept -> the term of its axis, and its side.

    Source: column `axis` of `vocab/data/setting_concepts.tsv`, for example "course -1".
    """
    stated = ((row["concept"], row["axis"].split()) for row in table(_TABLE) if row["axis"])
    return {concept: (AXIS + axis, float(side)) for concept, (axis, side) in stated}


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
