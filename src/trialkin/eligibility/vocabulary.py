"""What criteria name: measured variables, ordered scales, conditions and treatments, found in a folded text.

Owns the look-up of the rows of `variables.tsv`, `scales.tsv` and `criteria_concepts.tsv` by their aliases. A new
laboratory test, scale or concept is a row there. Must not know: numbers, sections, kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
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
    denies: bool = False
    """Whether the name itself denies the concept: "nonsmoker" of smoking, "HIV negative" of HIV infection."""


class Mention(NamedTuple):
    """A term where a text names it."""

    term: Term
    start: int
    end: int


_Longer = dict[str, tuple[tuple[int, ...], dict[tuple[str, ...], Term]]]
_Index = dict[str, tuple[Term | None, _Longer]]
"""By the first word of a name: the term that it is alone, and by the second word the lengths to try and the names."""


@cache
def _measures() -> _Index:
    """The names of variables and scales."""
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
    """The names of concepts, in the spelling that they are compared in."""
    entries = [
        (row[column], Term(row["name"], row["kind"], "", "", column == "denials"))
        for row in table("criteria_concepts")
        for column in ("aliases", "denials")
        if row[column]
    ]
    return _indexed(entries, spelt=_common)


@cache
def counted(unit: str) -> Term | None:
    """The variable that counts such things and nothing else: drinks, cigarettes, pack-years; None for other units.

    Source: the unit of its row in `variables.tsv` ("{drinks}/wk").
    """
    if not unit.startswith("{"):
        return None
    things = unit.split("}")[0]
    rows = [
        row for row in table("variables") if row["unit"].split("}")[0] == things and row["category"] == "behaviour"
    ]
    return Term(rows[0]["name"], rows[0]["category"], rows[0]["unit"], "") if len(rows) == 1 else None


_SPELT = (
    ("ae", "e"),
    ("oe", "e"),
    ("our", "or"),
    ("entre", "enter"),
    ("isat", "izat"),
    ("ise", "ize"),
    ("ising", "izing"),
)
_SINGULAR = ("ss", "us", "is")


@lru_cache(maxsize=65_536)
def _common(word: str) -> str:
    """A word as concepts are compared: American spelling, singular."""
    for british, american in _SPELT:
        word = word.replace(british, american)
    if len(word) < 5 or word[-1] != "s" or word.endswith(_SINGULAR):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _indexed(entries: Iterable[tuple[str, Term]], *, spelt: Callable[[str], str] = str) -> _Index:
    alone: dict[str, Term] = {}
    longer: dict[str, dict[str, dict[tuple[str, ...], Term]]] = {}
    for names, term in entries:
        for name in names.split("; "):
            words = tuple(map(spelt, name.split()))
            held = longer.setdefault(words[0], {})
            if len(words) > 1:
                held.setdefault(words[1], {}).setdefault(words, term)
            else:
                alone.setdefault(words[0], term)
    return {
        first: (
            alone.get(first),
            {second: (tuple(sorted(set(map(len, names)), reverse=True)), names) for second, names in held.items()},
        )
        for first, held in longer.items()
    }


def _longest(words: list[str], index: int, longer: _Longer) -> tuple[int, Term] | None:
    """Where the longest name of several words that begins at a word ends, and its term."""
    found = longer.get(words[index + 1]) if longer and index + 1 < len(words) else None
    if found is None:
        return None
    sizes, names = found
    for size in sizes:
        name = tuple(words[index : index + size])
        term = names.get(name)
        if term:
            return index + len(name), term
    return None


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
        return self._mentions(self.words, _measures())

    def concepts(self) -> list[Mention]:
        """The conditions, treatments and circumstances of `criteria_concepts.tsv` that the text names.

        British and American spelling, singular and plural are one. A row without a kind lists what only looks like
        a concept ("pregnancy rate", "age matched"): it is found, as the longest name there, and left out.
        """
        found = self._mentions(list(map(_common, self.words)), _concepts())
        return [mention for mention in found if mention.term.category]

    def _mentions(self, words: list[str], terms: _Index) -> list[Mention]:
        out: list[Mention] = []
        at = 0
        for index in [index for index, word in enumerate(words) if word in terms]:
            if index < at:
                continue
            alone, longer = terms[words[index]]
            end, term = _longest(words, index, longer) or (index + 1, alone)
            if term:
                at = end
                out.append(Mention(term, self._starts[index], self._ends[at - 1]))
        return out
