"""What criteria name: measured variables, ordered scales, conditions and treatments, found in a folded text.

Owns the look-up of the rows of `variables.tsv`, `scales.tsv` and `criteria_concepts.tsv` by their aliases. A new
laboratory test, scale or concept is a row there. Must not know: numbers, sections, kinds.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..vocab import table

_TOKEN = re.compile(r"[^\W_]+(?:'s\b)?|[+&<>≥≤]")


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
Token = tuple[str, int, int]


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


def tokens(folded: str) -> list[Token]:
    """The words of a folded text as the vocabulary writes them, with their spans."""
    found = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(folded)]
    return [(word.replace("'", ""), start, end) for word, start, end in found] if "'" in folded else found


def measures(found: list[Token]) -> list[Mention]:
    """The variables and scales that a text names, in order, the longest name at each place."""
    return _mentions(found, _measures())


def concepts(found: list[Token]) -> list[Mention]:
    """The conditions, treatments and circumstances of `criteria_concepts.tsv` that a text names."""
    return _mentions(found, _concepts())


def _mentions(found: list[Token], terms: _Index) -> list[Mention]:
    words = [token[0] for token in found]
    out: list[Mention] = []
    at = 0
    for index, word in enumerate(words):
        if index < at or word not in terms:
            continue
        for alias, term in terms[word]:
            size = len(alias)
            if size == 1 or tuple(words[index : index + size]) == alias:
                out.append(Mention(term, found[index][1], found[index + size - 1][2]))
                at = index + size
                break
    return out
