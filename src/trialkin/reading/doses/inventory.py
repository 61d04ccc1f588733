"""Names of agents: those of the vocabulary, and those that a study gives its own interventions.

Owns which stretches of a text are such names. Must not know amounts.
"""

from __future__ import annotations

import re
from functools import cache

from trialkin.reading.patterns import trie
from trialkin.vocab import table


@cache
def names() -> frozenset[str]:
    """Every name of an agent that the vocabulary has, in lower case: learnt names, drugs and their classes."""
    learnt = {row["name"] for row in table("dose_agents")}
    return frozenset(learnt | _drugs())


def _drugs() -> set[str]:
    """The names of concepts of interventions that are drugs, vaccines, cells: concepts under `_ROOTS`."""
    rows = {row["concept"]: row for row in table("intervention_concepts")}
    found: set[str] = set()
    for concept, row in rows.items():
        seen, above = set(), concept
        while above in rows and above not in seen and above not in _ROOTS:
            seen.add(above)
            above = rows[above]["broader"].split(" | ")[0]
        if above in _ROOTS:
            found |= {concept, *filter(None, row["names"].split(" | "))} if concept not in _ROOTS else set()
    return {name.lower() for name in found if len(name) > 2}


_ROOTS = {"drug", "vaccine", "dietary supplement", "cell therapy", "blood product"}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{trie(names(), space='[ -]')})s?(?![\w-])", re.I)


def mentions(text: str) -> list[tuple[int, int]]:
    """Spans of the names of the vocabulary in a text, longest first where they begin together."""
    return [match.span() for match in _pattern().finditer(text)]
