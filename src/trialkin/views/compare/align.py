"""Which entries of several lists belong together: criteria, interventions, outcomes of 2 to 5 studies.

Owns the alignment: the same words first, then the same variables, then like words. Every entry lands in exactly one
row, a row holds at most one entry of each study, and the order of the studies does not matter. Must not know: records,
blocks, how a difference is told.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

LIKE_WORDS = 0.45
"""From this cosine of their words on, two entries without a common variable belong together."""
LIKE_VARIABLES = 0.38
"""From this mean of shared variables and words on, two entries with a common variable belong together."""
SOME_WORDS = 0.1
"""What is only named, not bounded, is too broad a reason without words in common."""
TOPIC = 0.1
"""Added when both state the same variable first."""
COMMON = 60
"""A word or variable that stands in more entries than this tells none apart, and bounds the work."""
FEW = 300
"""So many entries of a study are compared by likeness; those behind them by their exact words only."""
_TERMS = 80
_SIGNS = {"≥": ">=", "≤": "<=", "–": "-", "—": "-", "−": "-", "‑": "-", "’": "'"}
_TOKEN = re.compile(r"(?<!\w)-(?=\d)|[<>]=?|\d+(?:[.,]\d+)*|[^\W\d_]+|[%=]")
_STOP = frozenset(
    "a an and any are as at be been but by can for from had has have in into is it its must no nor not of on or other"
    " patient patients participant participants subject subjects should such than that the their them these they this"
    " those to was were which who will with within without criteria study following least more less prior".split()
)


def words_of(text: str) -> tuple[str, ...]:
    """What remains of a text when case, punctuation and spelling of signs are left out; numbers and signs stay."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(_TOKEN.findall("".join(_SIGNS.get(sign, sign) for sign in folded)))


@dataclass(frozen=True)
class Entry:
    """One entry of a study's list.

    side: entries of different sides (inclusion, exclusion) belong together only by a common variable.
    variables: what it states something about, (kind, name). measured: those that it bounds. topic: the one it states
    first.
    """

    text: str
    side: str = ""
    variables: frozenset[tuple[str, str]] = frozenset()
    measured: frozenset[tuple[str, str]] = frozenset()
    topic: tuple[str, str] | None = None

    @cached_property
    def words(self) -> tuple[str, ...]:
        return words_of(self.text)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The words that carry meaning, plurals as singulars."""
        found = dict.fromkeys(_singular(word) for word in self.words if word[0].isalpha() and word not in _STOP)
        return frozenset(list(found)[:_TERMS])


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


class Place(NamedTuple):
    """An entry by its study and its position in the study's list."""

    study: str
    at: int


Row = dict[str, int]
"""Study to the position of its entry; studies without one are absent."""


def align(lists: Mapping[str, Sequence[Entry]]) -> tuple[Row, ...]:
    """The rows in the reading order of the first study, then of the next.

    Symmetric: another order of the studies gives the same rows in another order.
    """
    entries = {Place(study, index): entry for study in sorted(lists) for index, entry in enumerate(lists[study])}
    groups = _Groups(entries)
    for left, right in _exact(entries):
        groups.join(left, right)
    for left, right in _likest(entries, {study: len(found) for study, found in lists.items()}):
        groups.join(left, right)
    order = {study: number for number, study in enumerate(lists)}
    rows = [{study: row[study] for study in lists if study in row} for row in groups.rows()]
    return tuple(sorted(rows, key=lambda row: min((order[study], index) for study, index in row.items())))


class _Groups:
    """Entries that were joined; a join that would put two entries of one study together is refused."""

    def __init__(self, entries: Mapping[Place, Entry]) -> None:
        self._group: dict[Place, Row] = {place: {place.study: place.at} for place in entries}

    def join(self, left: Place, right: Place) -> None:
        one, other = self._group[left], self._group[right]
        if one.keys() & other.keys():
            return
        one |= other
        for study, index in other.items():
            self._group[Place(study, index)] = one

    def rows(self) -> list[Row]:
        return list({id(row): row for row in self._group.values()}.values())


def _exact(entries: Mapping[Place, Entry]) -> list[tuple[Place, Place]]:
    """Entries of the same side and words, the first with the first, the second with the second."""
    same: dict[tuple[str, tuple[str, ...]], dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place, entry in entries.items():
        same[entry.side, entry.words][place.study].append(place)
    pairs = []
    for places in same.values():
        for one, other in combinations(sorted(places), 2):
            pairs += list(zip(places[one], places[other], strict=False))
    return pairs


def _likest(entries: Mapping[Place, Entry], lengths: Mapping[str, int]) -> list[tuple[Place, Place]]:
    """Pairs of different studies that are alike enough, the likest first."""
    near = {place: entry for place, entry in entries.items() if place.at < FEW}
    weights = _weights(near)
    shared: dict[tuple[Place, Place], float] = defaultdict(float)
    for term, places in _places_of(near, lambda entry: entry.terms).items():
        for left, right in combinations(places, 2):
            if left.study != right.study:
                shared[left, right] += weights[term] ** 2
    for places in _places_of(near, lambda entry: entry.variables).values():
        for left, right in combinations(places, 2):
            if left.study != right.study:
                shared[left, right] += 0.0
    norms = {
        place: math.sqrt(sum(weights[term] ** 2 for term in sorted(entry.terms))) for place, entry in near.items()
    }
    scored = []
    for (left, right), product in shared.items():
        cosine = product / (norms[left] * norms[right]) if product else 0.0
        likeness = _likeness(near[left], near[right], cosine)
        if likeness:
            gap = abs(left.at / lengths[left.study] - right.at / lengths[right.study])
            scored.append((-round(likeness, 9), round(gap, 9), left, right))
    return [(left, right) for _, _, left, right in sorted(scored)]


def _likeness(left: Entry, right: Entry, cosine: float) -> float:
    """How much two entries belong together, 0 for not at all."""
    common = len(left.variables & right.variables)
    if common and (cosine >= SOME_WORDS or left.measured & right.measured):
        least, most = sorted((len(left.variables), len(right.variables)))
        shared = (common / (least + most - common) + common / least) / 2
        likeness = (shared + cosine) / 2 + (TOPIC if left.topic and left.topic == right.topic else 0.0)
        if left.side != right.side:
            return likeness / 2 if likeness >= 2 * LIKE_VARIABLES else 0.0
        return 1 + likeness if likeness >= LIKE_VARIABLES else 0.0
    return cosine if left.side == right.side and cosine >= LIKE_WORDS else 0.0


def _weights(entries: Mapping[Place, Entry]) -> dict[str, float]:
    """The rarer a term among these entries, the more it says."""
    counts = Counter(term for entry in entries.values() for term in entry.terms)
    return {term: math.log(1 + len(entries) / count) if count <= COMMON else 0.0 for term, count in counts.items()}


def _places_of(entries: Mapping[Place, Entry], parts: Callable[[Entry], Iterable[Any]]) -> dict[Any, list[Place]]:
    """Where each term or variable stands, those left out that stand nearly everywhere."""
    found: dict[Any, list[Place]] = defaultdict(list)
    for place, entry in entries.items():
        for part in sorted(parts(entry)):
            found[part].append(place)
    return {part: places for part, places in sorted(found.items()) if len(places) <= COMMON}
