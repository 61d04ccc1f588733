"""Other names for what was asked: learnt from the library, plus a small vocabulary with sources.

Every widening is an `Expansion` that says where it comes from and in how many studies it was seen; each can be
switched off. Must not know how queries are run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from ...vocab import table
from .analysis import key, terms
from .learning import CONDITION, MESH, NAME, SHORT, prefix, read_pair

if TYPE_CHECKING:
    from tantivy import Searcher

BEGINS = "begins so"
MOST_BEGINNING = 50
MOST_WORDS = 6
MOST_NAMES = 5
MOST_ROWS = 3000
_SMALL_LIBRARY = 2000
_MESH_SHARE = 0.5
_MESH_BACK = 0.03
_NAME_SHARE = 0.04
_LONG_SHARE = 0.15
_SURE_SHARE = 0.6


@dataclass(frozen=True)
class Expansion:
    """`other` is searched as well as `name`. `studies`: how many taught it, None for the vocabulary.

    typed: the name as it stands in the search, in its own letters.
    """

    name: str
    other: str
    kind: str  # BEGINS, "MeSH term", "other name", "abbreviation", "stands for", "vocabulary"
    studies: int | None
    source: str
    typed: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """What a search is told to do without."""
        return f"{self.name}={self.other}"

    @property
    def asked(self) -> bool:
        """Whether it was typed (a word with a star), not added: it stays when other names are switched off."""
        return self.kind == BEGINS


@dataclass(frozen=True)
class Unit:
    """Words that belong together, start to end in the list given, and their other names."""

    start: int
    end: int
    expansions: tuple[Expansion, ...]


class Expander:
    """Looks other names up in one view of the index."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._least = 1 if searcher.num_docs < _SMALL_LIBRARY else 2
        self._known: dict[tuple[str, tuple[str, ...]], tuple[Expansion, ...]] = {}

    def units(self, words: tuple[str, ...], kinds: tuple[str, ...]) -> list[Unit]:
        """The words cut into units, each the longest from its place that has other names, else a single word."""
        found: list[Unit] = []
        start = 0
        while start < len(words):
            longest = min(MOST_WORDS, len(words) - start) if start < 40 else 1
            for length in range(longest, 0, -1):
                names = self.names(" ".join(words[start : start + length]), kinds)
                if names or length == 1:
                    found.append(Unit(start, start + length, names))
                    start += length
                    break
        return found

    def names(self, typed: str, kinds: tuple[str, ...]) -> tuple[Expansion, ...]:
        """Other names of a name, the surest first."""
        name = key(typed)
        known = self._known.get((name, kinds))
        if known is None:
            known = self._known[name, kinds] = self._find(name, kinds)
        return tuple(replace(each, typed=typed) for each in known)

    def beginning(self, start: str) -> list[Expansion]:
        """The words of titles, conditions, keywords and interventions that begin so, the most frequent first."""
        words = self._searcher.terms_with_prefix("spelling", start)
        order = sorted(words, key=lambda row: (-row[1], row[0]))
        return [
            Expansion(
                f"{start}*",
                word,
                BEGINS,
                count,
                f"in {count:,} {'study' if count == 1 else 'studies'}",
                f"{start}*",
            )
            for word, count in order
        ]

    def _find(self, name: str, kinds: tuple[str, ...]) -> tuple[Expansion, ...]:
        rows: dict[str, dict[str, int]] = {}
        for pair, count in self._searcher.terms_with_prefix("learnt", prefix(name), limit=MOST_ROWS):
            _, kind, other = read_pair(pair)
            rows.setdefault(kind, {})[other] = count
        found: list[Expansion] = []
        if "condition" in kinds:
            found += self._mesh(name, rows.get(CONDITION, {}))
        if "intervention" in kinds:
            found += self._other_names(name, rows.get(NAME, {}))
        found += self._short_and_long(name, rows.get(SHORT, {}))
        found += _vocabulary(name)
        own = terms(name)
        fresh: dict[tuple[str, ...], Expansion] = {}
        for each in found:
            others = terms(each.other)
            if others and others != own:
                fresh.setdefault(others, each)
        return tuple(fresh.values())[:MOST_NAMES]

    def _mesh(self, name: str, rows: dict[str, int]) -> Iterable[Expansion]:
        """The MeSH term that stands for a condition; none for what is a MeSH term itself, or says more than the term.

        Cystic fibrosis is often tagged as fibrosis too, and acute stroke as stroke: that is broader, not another name.
        """
        if self._count(name, MESH):
            return
        total, own = rows.get("", 0), set(terms(name))
        best: tuple[float, str, int] | None = None
        for other, count in rows.items():
            if other and not own > set(terms(other)) and count >= self._least and count >= _MESH_SHARE * total:
                back = count / max(count, self._count(other, MESH))
                if back >= _MESH_BACK:
                    best = max(best or (0.0, "", 0), (count / total * back, other, count))
        if best:
            source = f"{best[2]} of {total} studies of this condition carry the MeSH term"
            yield Expansion(name, best[1], "MeSH term", best[2], source)

    def _other_names(self, name: str, rows: dict[str, int]) -> Iterable[Expansion]:
        most = max(rows.values(), default=0)
        for other, count in sorted(rows.items(), key=lambda row: (-row[1], row[0])):
            if other and count >= self._least and count >= _NAME_SHARE * most:
                yield Expansion(name, other, "other name", count, f"{count} studies give both names")

    def _short_and_long(self, name: str, rows: dict[str, int]) -> Iterable[Expansion]:
        total = sum(rows.values())
        for other, count in sorted(rows.items(), key=lambda row: (-row[1], row[0])):
            if count < self._least or count < _LONG_SHARE * total:
                continue
            if len(other) > len(name):
                yield Expansion(name, other, "stands for", count, f"defined so in {count} studies")
            elif len(other) > 2 and self._means(other, name) >= _SURE_SHARE:
                yield Expansion(name, other, "abbreviation", count, f"defined so in {count} studies")

    def _means(self, short: str, long: str) -> float:
        """The share of studies that define the short form which mean this long one."""
        meanings = {
            read_pair(pair)[2]: count
            for pair, count in self._searcher.terms_with_prefix(
                "learnt", f"{prefix(short)}{SHORT}", limit=MOST_ROWS
            )
        }
        same = sum(count for meaning, count in meanings.items() if terms(meaning) == terms(long))
        return same / max(1, sum(meanings.values()))

    def _count(self, name: str, kind: str) -> int:
        return self._searcher.doc_freq("learnt", f"{prefix(name)}{kind}\x1f")


@cache
def _synonyms() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in table("synonyms"):
        one, other = key(row["term"]), key(row["other"])
        found.setdefault(one, []).append((other, row["source"]))
        found.setdefault(other, []).append((one, row["source"]))
    return {name: tuple(others) for name, others in found.items()}


def _vocabulary(name: str) -> Iterable[Expansion]:
    for other, source in _synonyms().get(name, ()):
        yield Expansion(name, other, "vocabulary", None, source)
