"""Concepts in text: what a disease, a class of interventions, a setting or a question is, by any of its names.

Owns reading the concept tables (name, broader concepts, names) and finding their names in words. Must not know:
studies, scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..vocab import table
from .passages import words_of

TABLES = ("disease_concepts", "intervention_concepts", "purpose_concepts", "setting_concepts", "strategy_concepts")


_BROAD = 5  # narrower concepts that make one without broader ones a mere heading


@dataclass(frozen=True)
class Mention:
    """Words first..last (exclusive) name these concepts."""

    first: int
    last: int
    concepts: tuple[str, ...]


class Concepts:
    """The concepts of one table.

    Source: `vocab/data/NAME.tsv`, columns concept, broader and names (both separated by " | ").
    """

    def __init__(self, name: str) -> None:
        rows = table(name)
        self._broader = {row["concept"]: tuple(_listed(row["broader"])) for row in rows}
        self._names: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
        for row in rows:
            for written in (row["concept"], *_listed(row["names"])):
                words = tuple(words_of(written))
                names = self._names.setdefault(words[0], {})
                names[words] = tuple(dict.fromkeys((*names.get(words, ()), row["concept"])))
        self._lengths = {
            first: sorted({len(words) for words in names}, reverse=True) for first, names in self._names.items()
        }
        self.above = {concept: self._ancestors(concept) for concept in self._broader}
        narrower = Counter(broader for above in self.above.values() for broader in above)
        self.broad = frozenset(one for one, count in narrower.items() if count >= _BROAD and not self.above[one])

    def __iter__(self) -> Iterator[str]:
        return iter(self._broader)

    def names(self) -> Iterator[str]:
        """Every name in comparable words."""
        return (" ".join(words) for names in self._names.values() for words in names)

    def find(self, words: list[str]) -> Iterator[Mention]:
        """Mentions from left to right, the longest name at each place; names inside a longer one are not told."""
        begun = self._names.keys()
        after = 0
        for place in [place for place, word in enumerate(words) if word in begun]:
            if place < after:
                continue
            names = self._names[words[place]]
            for length in self._lengths[words[place]]:
                name = tuple(words[place : place + length])
                found = names.get(name)
                if found:
                    after = place + len(name)
                    yield Mention(place, after, found)
                    break

    def _ancestors(self, concept: str) -> dict[str, int]:
        """Every broader concept with its distance, 1 for the next."""
        found: dict[str, int] = {}
        level, layer = 0, [concept]
        while layer:
            level += 1
            layer = [up for one in layer for up in self._broader[one] if up not in found]
            found.update(dict.fromkeys(layer, level))
        return found


@cache
def concepts(name: str) -> Concepts:
    """The concepts of a table, read once."""
    return Concepts(name)


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split(" | ") if part]
