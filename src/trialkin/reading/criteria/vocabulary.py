"""What criteria name: measured variables, ordered scales, conditions and treatments, found in a folded text.

Owns the look-up of the rows of `variables.tsv`, `scales.tsv`, `criteria_concepts.tsv` and `criteria_words.tsv` by their
aliases. A new laboratory test, scale or concept is a row there. Must not know: sections, kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ...vocab import table
from ..quantities import SPELLED
from . import patterns as p

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


class Name:
    """A word of a name after those before it: the term that the name is if it ends here, and how it may go on."""

    __slots__ = ("after", "term")

    def __init__(self) -> None:
        self.term: Term | None = None
        self.after: Names = {}


Names = dict[str, Name]
"""Names by their first word."""


@cache
def _measures() -> Names:
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
def _concepts() -> Names:
    """The names of concepts, in the spelling that they are compared in."""
    entries = [
        (row[column], Term(row["name"], row["kind"], "", "", column == "denials"))
        for row in table("criteria_concepts")
        for column in ("aliases", "denials")
        if row[column]
    ]
    return _indexed(entries, spelt=_common)


@cache
def _others() -> Names:
    """The words of `criteria_words.tsv`, in the spelling that they are compared in."""
    return _indexed(
        [(row["aliases"], Term(row["name"], row["role"], "", "")) for row in table("criteria_words")],
        spelt=_common,
    )


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


def _common(word: str) -> str:
    """A word as concepts are compared: American spelling, singular."""
    for british, american in _SPELT:
        word = word.replace(british, american)
    if len(word) < 5 or word[-1] != "s" or word.endswith(_SINGULAR):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _indexed(entries: Iterable[tuple[str, Term]], *, spelt: Callable[[str], str] = str) -> Names:
    first: Names = {}
    for names, term in entries:
        for name in names.split("; "):
            after, held = first, None
            for word in map(spelt, name.split()):
                held = after.get(word)
                if held is None:
                    held = after[word] = Name()
                after = held.after
            if held and held.term is None:
                held.term = term
    return first


class Known(NamedTuple):
    """What is known of a word."""

    spelt: str
    """Its common spelling."""
    measures: Name | None
    """The measures and scales whose names it begins."""
    concepts: Name | None
    denies: bool
    """Whether it may deny something."""
    counts: bool
    """Whether it may be a number."""
    role: str
    """Its role by `criteria_words.tsv`; "" where it says something of its own, "short" where it is too short to."""
    phrases: Name | None
    """The rows of `criteria_words.tsv` that it begins with other words."""


_SAYING = re.compile(r"[^\W\d_]{3}")
"""What a word must hold to say anything."""


class _Lexicon(dict[str, Known]):
    """What is known of each word that was met: one look-up a word, since the vocabulary is larger than the cache."""

    _MOST = 65_536

    def __missing__(self, word: str) -> Known:
        if len(self) >= self._MOST:
            self.clear()
        spelt = _common(word)
        other = _others().get(spelt)
        self[word] = known = Known(
            spelt,
            _measures().get(word),
            _concepts().get(spelt),
            denies=p.DENYING_WORD.match(word) is not None,
            counts=word in SPELLED or not word.isalpha(),
            role=other.term.category if other and other.term else "" if _SAYING.search(word) else "short",
            phrases=other if other and other.after else None,
        )
        return known


@cache
def _lexicon() -> _Lexicon:
    return _Lexicon()


class Words:
    """The words of a folded text as the vocabulary writes them, and where they stand."""

    def __init__(self, folded: str) -> None:
        parts = _TOKEN.split(folded)
        ends = list(accumulate(map(len, parts)))
        found = parts[1::2]
        if "'" in folded:
            found = [word.replace("'", "") for word in found]
        self.words = found
        self.starts, self.ends = ends[0::2], ends[1::2]
        self.known = known = list(map(_lexicon().__getitem__, found))
        self.deny = True in [one.denies for one in known]
        """Whether one of the words may deny something."""
        self.count = True in [one.counts for one in known]
        """Whether one of the words may be a number."""

    def measures(self) -> list[Mention]:
        """The variables and scales that the text names, in order, the longest name at each place."""
        begun = [(index, known.measures) for index, known in enumerate(self.known) if known.measures]
        return self._mentions(begun, self.words) if begun else []

    def concepts(self) -> list[Mention]:
        """The conditions, treatments and circumstances of `criteria_concepts.tsv` that the text names.

        British and American spelling, singular and plural are one. A row without a kind lists what only looks like
        a concept ("pregnancy rate", "age matched"): it is found, as the longest name there, and left out.
        """
        begun = [(index, known.concepts) for index, known in enumerate(self.known) if known.concepts]
        found = self._mentions(begun, [known.spelt for known in self.known]) if begun else []
        return [mention for mention in found if mention.term.category]

    def _mentions(self, begun: list[tuple[int, Name]], words: list[str]) -> list[Mention]:
        out: list[Mention] = []
        at, count = 0, len(words)
        for index, name in begun:
            if index < at:
                continue
            term, after, end = name.term, name.after, index + 1
            at = end
            while after and end < count:
                further = after.get(words[end])
                if further is None:
                    break
                end += 1
                after = further.after
                if further.term:
                    term, at = further.term, end
            if term:
                out.append(Mention(term, self.starts[index], self.ends[at - 1]))
        return out
