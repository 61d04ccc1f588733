"""Concepts that names stand for, what they are kinds of, and whether one phrase says another.

Owns the graph of names: own rows (`medical_names.tsv`, names of one row are one concept), what the registry's MeSH
terms teach (`mesh_broader.tsv`), drug stems, and the rows of the concept tables, whose names are narrower than or
equal to the concept. A phrase is its words and every concept found in it. Must not know: facts, sentences, verdicts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, cached_property, lru_cache

from ..vocab import table
from .words import QUALIFYING, words_of

Key = str
"""A concept: the words of one of its names, sorted and joined."""
_LOOSE = ("disease_concepts", "intervention_concepts")


def _key(words: list[str]) -> Key:
    return " ".join(sorted(set(words)))


class Graph:
    """Names and what is broader than them."""

    def __init__(self) -> None:
        self._same: dict[Key, Key] = {}
        self._broader: dict[Key, set[Key]] = defaultdict(set)
        self._by_word: dict[str, list[tuple[Key, frozenset[str]]]] = defaultdict(list)
        self._known: set[Key] = set()
        self._above: dict[Key, frozenset[Key]] = {}
        self._stems: dict[str, Key] = {}
        self._own()
        self._taught()
        self._above.clear()
        self._loose()
        self._above.clear()
        self._joined.cache_clear()
        self._stems = {row["stem"]: _key(words_of(row["class"])) for row in table("drug_stem_classes")}

    def _own(self) -> None:
        for row in table("medical_names"):
            concept = self._add(row["concept"])
            for name in _listed(row["names"]):
                self._join(self._add(name), concept)
            for name in _listed(row["broader"]):
                self._under(concept, self._add(name))

    def _taught(self) -> None:
        for row in table("mesh_broader"):
            concept = self._add(row["term"])
            for name in _listed(row["broader"]):
                self._under(concept, self._add(name))
        for row in table("synonyms"):
            self._join(self._add(row["term"]), self._add(row["other"]))

    def _loose(self) -> None:
        for name in _LOOSE:
            for row in table(name):
                concept = self._add(row["concept"])
                for other in _listed(row["broader"]):
                    self._under(concept, self._add(other))
                whole = set(concept.split(" "))
                for other in _listed(row["names"]):
                    words = set(words_of(other))
                    shorter = words < whole  # "cognitive" alone is no cognitive impairment
                    if len(other) > 4 and not shorter and "symptom" not in self.above(_key(words_of(other))):
                        self._under(self._add(other), concept)

    def _add(self, name: str) -> Key:
        words = words_of(name)
        key = _key(words)
        if key and key not in self._known and not key.isdigit() and len(key) > 1:
            self._known.add(key)
            held = frozenset(words)
            self._by_word[max(held, key=lambda word: (len(word), word))].append((key, held))
        return key

    def _join(self, one: Key, other: Key) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self._same[first] = second

    def _under(self, one: Key, other: Key) -> None:
        if one != other and one and other:
            self._broader[one].add(other)

    def root(self, key: Key) -> Key:
        """The one key of all names of a concept."""
        while key in self._same:
            key = self._same[key]
        return key

    @cache  # noqa: B019 - one graph lives as long as the process
    def _joined(self) -> dict[Key, set[Key]]:
        made: dict[Key, set[Key]] = defaultdict(set)
        for key, broader in self._broader.items():
            made[self.root(key)] |= {self.root(one) for one in broader}
        return made

    def above(self, key: Key) -> frozenset[Key]:
        """A concept and everything that it is a kind of."""
        root = self.root(key)
        if root not in self._above:
            found, layer = {root}, [root]
            if " " not in key and (group := self._stem(key)):
                found.add(self.root(group))
                layer.append(self.root(group))
            while layer:
                layer = [up for one in layer for up in self._joined().get(one, ()) if up not in found]
                found.update(layer)
            self._above[root] = frozenset(found)
        return self._above[root]

    def _stem(self, word: str) -> Key | None:
        """The class of drugs that the end of a name tells."""
        ends = (stem for stem in self._stems if word.endswith(stem) and len(word) > len(stem) + 2)
        longest = max(ends, key=len, default=None)
        return self._stems[longest] if longest else None

    def find(self, words: list[str]) -> dict[frozenset[str], set[Key]]:
        """The concepts that are named: the words of each name stand near one another, in whatever order."""
        held = set(words)
        found: dict[frozenset[str], set[Key]] = defaultdict(set)
        for word in held:
            for key, name in self._by_word.get(word, ()):
                if name <= held and (len(name) == 1 or _near(words, name)):
                    found[name].add(self.root(key))
            if self._stem(word):
                found[frozenset((word,))].add(self.root(word))
        for longer in [name for name in found if name & _REVERSING]:
            for name in [name for name in found if name < longer and (longer - name) & _REVERSING]:
                del found[name]  # "non-small cell lung cancer" does not name small cell lung cancer
        return found


_REVERSING = frozenset(("non", "anti", "pseudo", "pre", "post", "without", "free"))


def _near(words: list[str], name: frozenset[str]) -> bool:
    """Whether the words of a name stand together, with nothing between but words that only qualify."""
    for at, word in enumerate(words):
        if word not in name:
            continue
        seen = set[str]()
        for other in words[at:]:
            if other in name:
                seen.add(other)
            elif other not in QUALIFYING:
                break
            if len(seen) == len(name):
                return True
    return False


def _listed(cell: str) -> list[str]:
    return [part for part in cell.split(" | ") if part]


@cache
def graph() -> Graph:
    """The graph of all names, built once."""
    return Graph()


class Phrase:
    """Some words: the concepts in them, all that those are kinds of, and the words that no concept explains."""

    def __init__(self, words: list[str], parts: tuple[Phrase, ...] = ()) -> None:
        self.words = words
        self.held = frozenset(words)
        self.parts = parts or (self,)
        """What stands on either side of "with", "due to": words of one side do not make a name with the other's."""
        self.named = graph().find(words)
        self.kinds: frozenset[Key] = frozenset(
            up for keys in self.named.values() for key in keys for up in graph().above(key)
        )
        units = list[frozenset[str]]()
        covered = set[str]()
        for name in sorted(self.named, key=lambda one: (-len(one), sorted(one))):
            if not name <= covered:
                units.append(name)
                covered |= name
        self.units = units
        """The longest names, largest first."""
        self.rest = tuple(dict.fromkeys(word for word in words if word not in covered))

    @cached_property
    def said(self) -> frozenset[str]:
        """Its words and those of all that its concepts are kinds of."""
        return self.held.union(*(up.split(" ") for up in self.kinds))


_PARTING = re.compile(
    r",|;|\(|\)|\b(?:with|without|due to|caused by|secondary to|after|following|because of|from|despite)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=16_384)
def phrase(text: str) -> Phrase:
    """A text as words and concepts."""
    sides = [words for side in _PARTING.split(text) if (words := words_of(side))]
    if len(sides) < 2:
        return Phrase(sides[0] if sides else [])
    return Phrase([word for words in sides for word in words], tuple(Phrase(words) for words in sides))


def says(one: Phrase, other: Phrase, *, but: frozenset[str] = frozenset()) -> bool:
    """Whether a phrase says another: every concept of the other is one of its own or broader, every word is said.

    `but` are words of the other that need not be said.
    """
    for unit in other.units:
        if not unit <= but and not _names(one, other.named[unit]) and not _composed(one, unit - but):
            return False
    return all(word in but or word in one.said or word.isdigit() for word in other.rest)


def _names(one: Phrase, keys: set[Key]) -> bool:
    return any(graph().root(key) in one.kinds for key in keys)


def _composed(one: Phrase, words: frozenset[str]) -> bool:
    """Whether some words are said together: cellulitis is of "skin" and "infection", "ductal carcinoma" of cancer."""
    return any(words <= part.said for part in one.parts)


def related(one: Phrase, other: Phrase) -> bool:
    """Whether a concept of one is a concept of the other, or a kind of one, or the other way round."""
    first = {graph().root(key) for unit in one.units for key in one.named[unit]} - _bare()
    second = {graph().root(key) for unit in other.units for key in other.named[unit]} - _bare()
    return bool(first & other.kinds or second & one.kinds)


@cache
def _bare() -> frozenset[Key]:
    """Concepts that relate nothing to anything: how a thing was found or treated."""
    return frozenset(
        graph().root(key) for key in ("biopsy", "treatment", "symptom", "disease", "medication", "surgery")
    )


def joined(one: Phrase, other: Phrase) -> Phrase:
    """Two phrases that speak of one thing."""
    return Phrase([*one.words, *other.words])
