"""Did you mean: words that no study has, mended to words that studies have.

Must not know ranking or pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...model.ids import StudyId, almost_ids
from .analysis import STOP_WORDS, key

if TYPE_CHECKING:
    from tantivy import Searcher

MOST_MENDED = 5
MOST_WORDS = 40
_WORD = re.compile(r"(?<![\w:\[])[A-Za-z]{4,30}(?![\w:\]*])")
_NUMBER = re.compile(r"(?<![\w:\[])[A-Za-z]{2,3}[0-9OoIl]{6,10}(?!\w)")
_RARE = 40
"""A word this many times rarer than a neighbour is taken for a misspelling of it."""


def suggest(searcher: Searcher, text: str) -> str | None:
    """The search with its misspelt words mended, None when there is nothing to mend or there are too many words."""
    meant = _ids_meant(searcher, text)
    if meant != text:
        return meant
    mended: dict[str, str] = {}
    words = list(_WORD.finditer(text))
    for match in words if len(words) <= MOST_WORDS else ():
        word = key(match[0])
        if match[0] in ("AREA", "RANGE", "MISSING") or word in STOP_WORDS or word in mended:
            continue
        if len(mended) >= MOST_MENDED:
            break
        better = _better(searcher, word)
        if better:
            mended[word] = better
    if not mended:
        return None
    return _WORD.sub(lambda match: mended.get(key(match[0]), match[0]), text)


def _ids_meant(searcher: Searcher, text: str) -> str:
    """The text with each miswritten id replaced by the studies here that it may mean."""

    def mended(match: re.Match[str]) -> str:
        if (right := StudyId.find(match[0])) and searcher.doc_freq("id", right):
            return match[0]
        here = [each for each in almost_ids(match[0]) if searcher.doc_freq("id", each)][:MOST_MENDED]
        return " ".join(here) or match[0]

    return _NUMBER.sub(mended, text)


def _better(searcher: Searcher, word: str) -> str | None:
    count = searcher.doc_freq("spelling", word)
    if count > 2:
        return None
    allowed = 1 if len(word) < 8 else 2
    best: tuple[float, str] | None = None
    for candidate, seen in searcher.terms_with_prefix("spelling", word[0]):
        if abs(len(candidate) - len(word)) > allowed or seen < max(2, count * _RARE):
            continue
        distance = edits(word, candidate, most=allowed)
        if distance is not None and distance > 0:
            rank = (distance - min(seen, 9_999) / 10_000, candidate)
            best = min(best or rank, rank)
    return best[1] if best else None


def edits(one: str, other: str, *, most: int) -> int | None:
    """Insertions, deletions, changes and swaps of neighbours that part two words; None when more than `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, other_char in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != other_char))
            if i > 1 and j > 1 and char == other[j - 2] and one[i - 2] == other_char:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
