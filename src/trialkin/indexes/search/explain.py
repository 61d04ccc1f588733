"""Why a study was found: which field, which words, which other name, and where they stand in the record.

Reads the study itself with the analyser of the index. Every span lies in a text of the record as a reader sees it
(unescaped). Must not know the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ...model import Study
from ...reading.markup import plain
from .analysis import Token, key, may_hold, prepare, tokens
from .compile import Sought
from .fields import FIELDS

SNIPPET = 180
MOST_REASONS = 4
Match = tuple[int, int, Sought]
"""Start and end in a text of something that was sought."""
MOST_TEXTS = 400
"""Texts of one field that are looked at (a study may have a thousand sites)."""


@dataclass(frozen=True)
class Snippet:
    """Part of a text of the record: characters start..end of `text`, with `spans` (of `text`) to be marked."""

    text: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]

    def pieces(self) -> list[tuple[str, bool]]:
        """The snippet cut into (text, marked), for showing."""
        found: list[tuple[str, bool]] = []
        place = self.start
        for start, end in self.spans:
            if place < start:
                found.append((self.text[place:start], False))
            found.append((self.text[start:end], True))
            place = end
        if place < self.end:
            found.append((self.text[place : self.end], False))
        return found


@dataclass(frozen=True)
class Reason:
    """One field that holds what was sought. `via`: what was typed, where the snippet marks another name of it only."""

    field: str
    label: str
    terms: tuple[str, ...]
    via: tuple[str, ...]
    snippet: Snippet


def explain(study: Study, sought: Sequence[Sought], *, most: int = MOST_REASONS) -> tuple[Reason, ...]:
    """The reasons of one hit; of several, make one `Explainer`."""
    return Explainer(sought).reasons(study, most=most)


class Explainer:
    """Says of studies why they were found; what was sought is sorted once for all of them."""

    def __init__(self, sought: Sequence[Sought]) -> None:
        self._words = {each: _words(each) for each in sought}
        best: dict[str, float] = {}
        for area in dict.fromkeys(each.area for each in sought):
            for name, weight in area.weights.items():
                best[name] = max(best.get(name, 0.0), weight)
        order = sorted(best, key=lambda name: -best[name])
        self._fields = [
            (name, tuple(each for each in self._words if name in each.area.weights and each.terms))
            for name in order
        ]

    def reasons(self, study: Study, *, most: int = MOST_REASONS) -> tuple[Reason, ...]:
        """The reasons of a hit, best fields first, until every word is accounted for.

        Empty when nothing was sought in texts (a search by filters alone).
        """
        found: list[tuple[Reason, frozenset[str]]] = []
        needed = set(_all_words(self._words))
        for name, here in self._fields:
            fresh = [each for each in here if not needed.isdisjoint(self._words[each])]
            in_field = _in_field(study, name, here, fresh) if fresh else None
            if in_field is None:
                continue
            reason, held, shown = in_field
            if not needed.isdisjoint(held):
                found.append((reason, shown))
                needed -= held
            if len(found) >= most or not needed:
                break
        return tuple(_telling(found))


def _telling(found: list[tuple[Reason, frozenset[str]]]) -> Iterator[Reason]:
    """The reasons whose marks say something that those of the later ones do not."""
    for place, (reason, shown) in enumerate(found, 1):
        if place == len(found) or not shown <= frozenset().union(*(later for _, later in found[place:])):
            yield reason


def _words(sought: Sought) -> frozenset[str]:
    """The typed words that it accounts for, by itself or as their other name."""
    return frozenset(key(sought.expansion.name if sought.expansion else sought.text).split())


def _all_words(sought: Iterable[Sought]) -> frozenset[str]:
    return frozenset().union(*map(_words, sought))


def _in_field(
    study: Study, name: str, wanted: Sequence[Sought], fresh: Sequence[Sought]
) -> tuple[Reason, frozenset[str], frozenset[str]] | None:
    """The text of the field that holds most of what is wanted, something fresh among it; the typed words that it
    accounts for, and those of them that the snippet marks."""
    field = FIELDS[name]
    best: tuple[int, str, list[Match]] | None = None
    for source in islice(field.read(study), MOST_TEXTS):
        if source and _may_hold(source, fresh):
            text = plain(source)
            matches = _matches(tokens(text), wanted)
            count = len({each for _, _, each in matches})
            if count and (best is None or count > best[0]):
                best = count, text, matches
    if best is None:
        return None
    _, text, matches = best
    found = list(dict.fromkeys(each for _, _, each in matches))
    own = tuple(dict.fromkeys(each.text for each in found if each.expansion is None))
    snippet = _snippet(text, _joined([(start, end) for start, end, _ in matches], text))
    shown = [each for start, end, each in matches if snippet.start <= start and end <= snippet.end]
    reason = Reason(name, field.label, own, tuple(dict.fromkeys(_others_of(shown))), snippet)
    return reason, _all_words(found), _all_words(shown)


def _others_of(shown: Sequence[Sought]) -> Iterator[str]:
    """The names that stand for what is marked, unless they are marked themselves."""
    own = _all_words(each for each in shown if each.expansion is None)
    for each in shown:
        if each.expansion and not each.expansion.asked and not _words(each) <= own:
            yield each.expansion.typed


def _may_hold(source: str, wanted: Sequence[Sought]) -> bool:
    """Whether a text is worth reading word by word; most of a study's are not."""
    lowered = prepare(plain(source) if "&" in source else source).lower()
    return any(may_hold(lowered, each.terms) for each in wanted)


def _matches(read: list[Token], wanted: Sequence[Sought]) -> list[Match]:
    """Every place where something wanted stands, in the order of what is wanted."""
    places: dict[str, list[int]] = {}
    for place, token in enumerate(read):
        places.setdefault(token.term, []).append(place)
    return [
        (read[place].start, read[place + len(each.terms) - 1].end, each)
        for each in wanted
        for place in places.get(each.terms[0], ())
        if tuple(token.term for token in read[place : place + len(each.terms)]) == each.terms
    ]


def _joined(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The spans in order; those that overlap or have only a space between them are one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def snippet_of(text: str, spans: list[tuple[int, int]]) -> Snippet:
    """As `_snippet`; the beginning of the text where nothing is to be marked."""
    return _snippet(text, spans) if spans else Snippet(text, 0, min(len(text), SNIPPET), ())


def _snippet(text: str, spans: list[tuple[int, int]]) -> Snippet:
    """About `SNIPPET` characters of the text around the stretch that holds most spans, cut between words."""
    if len(text) <= SNIPPET * 1.3:
        return Snippet(text, 0, len(text), tuple(spans))
    counts = [
        sum(1 for start, end in spans[i:] if end <= spans[i][0] + SNIPPET) for i in range(min(200, len(spans)))
    ]
    first = spans[counts.index(max(counts))][0]
    start = max(0, first - SNIPPET // 3)
    end = min(len(text), start + SNIPPET)
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else first
    if end < len(text):
        space = text.rfind(" ", first, end)
        end = space if space > first else end
    inside = tuple((a, b) for a, b in spans if a >= start and b <= end)
    if not inside:
        a, b = next(span for span in spans if span[0] == first)
        start, end, inside = a, b, ((a, b),)
    return Snippet(text, start, end, inside)
