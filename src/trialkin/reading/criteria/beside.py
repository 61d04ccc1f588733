"""The words of an item that name nothing: which say something all the same, and which belong to a name beside them.

Owns the reading of `criteria_words.tsv`: "plain" words state no condition of their own ("patients", "willing"), a
"qualifier" narrows the name after it ("severe or uncontrolled …"), a "head" completes the one before it ("… disorder").
Must not know: kinds, polarity.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from .vocabulary import Name, Words


class Around(NamedTuple):
    """A name with the words that belong to it: where they stand, and those that narrow it."""

    start: int
    end: int
    qualifiers: tuple[str, ...]


class Beside:
    """The words of a folded text by their roles."""

    def __init__(self, folded: str, words: Words) -> None:
        self._folded = folded
        self._words = words.words
        self._known = words.known
        self._starts, self._ends = words.starts, words.ends
        self._roles = roles = [known.role for known in words.known]
        """The role of each word; "" for one that says something of its own."""
        for index, known in enumerate(words.known):
            if known.phrases:
                self._give(roles, index, known.phrases)
        self._belonging = "qualifier" in roles or "head" in roles or not _RESULTS.isdisjoint(words.words)
        """Whether any word may belong to a name."""

    def _give(self, roles: list[str], index: int, begun: Name) -> None:
        """Give the words of the longest phrase that begins there its role."""
        name, last, role, end = begun, index, "", index + 1
        while name.after and end < len(roles):
            further = name.after.get(self._known[end].spelt)
            if further is None:
                break
            name = further
            if name.term:
                last, role = end, name.term.category
            end += 1
        if role:
            roles[index : last + 1] = [role] * (last + 1 - index)

    def content(self) -> list[int]:
        """Where the words begin that say something of their own, or narrow or complete a name."""
        said = zip(self._starts, self._roles, self._known, strict=False)
        return [start for start, role, known in said if role not in _SILENT and known.role not in _SILENT]

    def names(self, start: int, end: int) -> bool:
        """Whether the words there name something: not all have a role, nor is the last a qualifier."""
        roles = self._roles[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return ("" in roles or "short" in roles) and roles[-1] != "qualifier"

    def around(self, start: int, end: int, *, name: str, bounds: bool = False) -> Around:
        """The name at start..end with the words that belong to it; `name` is what it is called.

        Where it `bounds` something, words after its first are those of its values.
        """
        if not self._belonging:
            return Around(start, end, ())
        roles, starts = self._roles, self._starts
        first, after = bisect_left(starts, start), bisect_left(starts, end)
        begin = first
        if first and roles[first - 1] in _LEADING:
            begin = self._narrowed(first)
            if begin < first:
                start = starts[begin]
        last = first if bounds else after
        qualifiers = self._qualifiers(begin, last, name.split()) if "qualifier" in roles[begin:last] else ()
        while after < len(roles) and (roles[after] == "head" or self._words[after] in _RESULTS):
            if not after or not self._close(after - 1):
                break
            end = self._ends[after]
            after += 1
        return Around(start, end, qualifiers)

    def _narrowed(self, first: int) -> int:
        """The first of the words that narrow the name which begins at the word `first`."""
        begin = index = first
        while index and first - index < _FURTHEST and self._close(index - 1):
            index -= 1
            if self._roles[index] == "qualifier":
                begin = index
            elif self._words[index] not in _JOINERS:
                break
        return begin

    def _qualifiers(self, begin: int, end: int, name: list[str]) -> tuple[str, ...]:
        """The qualifiers among some words, those that stand together as one, but for the words of the name."""
        runs = list[tuple[int, int]]()
        for index in range(begin, end):
            if self._roles[index] != "qualifier" or self._words[index] in name:
                continue
            since, last = self._starts[index], self._ends[index]
            if runs and self._folded[runs[-1][1] : since] in (" ", "-"):
                since = runs.pop()[0]
            runs.append((since, last))
        return tuple(self._folded[since:last] for since, last in runs)

    def _close(self, index: int) -> bool:
        """Whether nothing but a space, a hyphen, a slash or a comma parts a word from the next."""
        return self._folded[self._ends[index] : self._starts[index + 1]] in _GAPS


_JOINERS = frozenset("or and to the a an any other of use known".split())
"""What may stand between two words that narrow a name, and between them and the name."""
_LEADING = frozenset({"qualifier", "plain"})
_SILENT = frozenset({"plain", "short"})
_RESULTS = frozenset({"positive", "negative"})
_GAPS = frozenset({" ", "-", "/", ", ", ",", " / ", " - "})
_FURTHEST = 9
