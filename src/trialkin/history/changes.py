"""What a change is, and how things of two lists are matched: equal ones first, then the most alike.

Pure. Must not know which parts a study has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

ALIKE = 0.51  # of the words of both: at least so alike are two wordings of the same thing
EXACT = 2.0  # no two wordings are so alike
_WORD = re.compile(r"\w+")
_Thing = TypeVar("_Thing")


class Kind(StrEnum):
    """What happened."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SWITCHED = "switched"  # from one list to another: a secondary outcome became primary


@dataclass(frozen=True)
class Change:
    """One difference. `before` and `after` are for people, "" when there was or is nothing; `note` says how much.

    path: where in the record, dotted.
    """

    what: str
    kind: Kind
    before: str = ""
    after: str = ""
    note: str = ""
    path: str = ""


@dataclass(frozen=True)
class Group:
    """Changes of one matter: status, dates, outcomes …"""

    key: str
    title: str
    changes: tuple[Change, ...]


def of_text(what: str, before: str, after: str, *, path: str, note: str = "") -> list[Change]:
    """The change of a single value; nothing when it is the same."""
    if before == after:
        return []
    kind = Kind.CHANGED if before and after else Kind.ADDED if after else Kind.REMOVED
    return [Change(what, kind, before, after, note, path)]


def pair(
    before: Sequence[_Thing], after: Sequence[_Thing], *, key: Callable[[_Thing], str], alike: float = ALIKE
) -> tuple[list[tuple[_Thing, _Thing]], list[_Thing], list[_Thing]]:
    """(pairs, only before, only after): equal keys first, in order, then the most alike keys."""
    pairs: list[tuple[_Thing, _Thing]] = []
    left, rest = [], list(after)
    for one in before:
        twin = next((other for other in rest if key(other) == key(one)), None)
        if twin is None:
            left.append(one)
        else:
            pairs.append((one, twin))
            rest.remove(twin)
    words_left, words_right = ([_words(key(one)) for one in many] for many in (left, rest))
    scored = [
        (score, number, position)
        for number, words in enumerate(words_left)
        for position, others in enumerate(words_right)
        if (score := _alike(words, others)) >= alike
    ]
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, number, position in sorted(scored, key=lambda found: (-found[0], found[1], found[2])):
        if number not in used_left and position not in used_right:
            used_left.add(number)
            used_right.add(position)
            pairs.append((left[number], rest[position]))
    only_before = [one for number, one in enumerate(left) if number not in used_left]
    return pairs, only_before, [other for position, other in enumerate(rest) if position not in used_right]


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Share of the words that both have, each counted as often as it stands (Dice)."""
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0
