"""The measured variables and ordered scales that criteria name, found in a folded text.

Owns the look-up of the rows of `variables.tsv` and `scales.tsv` by their aliases. A new laboratory test or scale is a
row there. Must not know: numbers, sections, kinds.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..vocab import table

_TOKEN = re.compile(r"[^\W_]+(?:'s\b)?|[+&]")


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


@cache
def _terms() -> dict[str, list[tuple[tuple[str, ...], Term]]]:
    """Terms by the first word of each alias, longest alias first."""
    found: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for row in table("variables"):
        _enter(found, row["aliases"], Term(row["name"], row["category"], row["unit"], ""))
    for row in table("scales"):
        _enter(found, row["aliases"], Term(row["name"], row["category"], "{score}", row["values_as"]))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def _enter(found: dict[str, list[tuple[tuple[str, ...], Term]]], aliases: str, term: Term) -> None:
    for alias in aliases.split("; "):
        words = tuple(alias.split())
        found.setdefault(words[0], []).append((words, term))


def mentions(folded: str) -> list[Mention]:
    """The variables and scales that a folded text names, in order, the longest name at each place."""
    terms = _terms()
    tokens = [(match[0].replace("'", ""), match.start(), match.end()) for match in _TOKEN.finditer(folded)]
    words = [token[0] for token in tokens]
    found: list[Mention] = []
    at = 0
    while at < len(tokens):
        length = 1
        for alias, term in terms.get(words[at], ()):
            size = len(alias)
            if size == 1 or tuple(words[at : at + size]) == alias:
                found.append(Mention(term, tokens[at][1], tokens[at + size - 1][2]))
                length = size
                break
        at += length
    return found
