"""What criteria name: measured variables, ordered scales, conditions and treatments, found in a folded text.

Owns the look-up of the rows of `variables.tsv`, `scales.tsv` and `criteria_concepts.tsv` by their aliases. A new
laboratory test, scale or concept is a row there. Must not know: numbers, sections, kinds.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ..vocab import table

_TOKEN = re.compile(r"([^\W_]+(?:'s\b)?|[+&<>≥≤])")


class Term(NamedTuple):
    """A row of the vocabulary: a variable with its default unit, or a scale with the form of its values."""

    name: str
    category: str
    unit: str
    values_as: str
    """"" for a variable; "numeric", "roman", "letter" or "stage" for a scale."""


class Mention(NamedTuple):
    """A term where a text names it."""

    term: Term
    start: int
    end: int


_Index = dict[str, list[tuple[tuple[str, ...], Term]]]


@cache
def _measures() -> _Index:
    """Variables and scales by the first word of each alias, longest alias first."""
    variables = (
        (row["aliases"], Term(row["name"], row["category"], row["unit"], "")) for row in table("variables")
    )
    scales = (
        (row["aliases"], Term(row["name"], row["category"], "{score}", row["values_as"]))
        for row in table("scales")
    )
    return _indexed([*variables, *scales])


@cache
def _concepts() -> _Index:
    rows = table("criteria_concepts")
    return _indexed([(row["aliases"], Term(row["name"], row["kind"], "", "")) for row in rows])


def _indexed(entries: list[tuple[str, Term]]) -> _Index:
    found: _Index = {}
    for aliases, term in entries:
        for alias in aliases.split("; "):
            words = tuple(alias.split())
            found.setdefault(words[0], []).append((words, term))
    for same in found.values():
        same.sort(key=lambda entry: -len(entry[0]))
    return found


class Words:
    """The words of a folded text as the vocabulary writes them, and where they stand."""

    def __init__(self, folded: str) -> None:
        parts = _TOKEN.split(folded)
        ends = list(accumulate(map(len, parts)))
        found = parts[1::2]
        self.words: list[str] = [word.replace("'", "") for word in found] if "'" in folded else found
        self._starts, self._ends = ends[0::2], ends[1::2]

    def measures(self) -> list[Mention]:
        """The variables and scales that the text names, in order, the longest name at each place."""
        return self._mentions(_measures())

    def concepts(self) -> list[Mention]:
        """The conditions, treatments and circumstances of `criteria_concepts.tsv` that the text names."""
        return self._mentions(_concepts())

    def _mentions(self, terms: _Index) -> list[Mention]:
        words = self.words
        out: list[Mention] = []
        at = 0
        for index in [index for index, word in enumerate(words) if word in terms]:
            if index < at:
                continue
            for alias, term in terms[words[index]]:
                size = len(alias)
                if size == 1 or tuple(words[index : index + size]) == alias:
                    out.append(Mention(term, self._starts[index], self._ends[index + size - 1]))
                    at = index + size
                    break
        return out
