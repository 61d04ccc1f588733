"""Counts written as powers of ten: "10^6, 5x10^6 and 3x10^7 CAR-T cells/kg".

Owns the lists and ranges of such figures and the words between them and what is counted. Must not know what else
has a unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialkin.reading.patterns import Pattern

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FIGURE = Pattern(
    r"(?<![\w.^])(?:(?P<n>\d{1,3}(?:[.,]\d{1,3})?)(?: ?(?:-|~|to) ?(?P<n2>\d{1,3}(?:[.,]\d{1,3})?))?"
    r" ?[x×*·∙] ?)?10"
    r" ?(?:(?:\^|\*\*|e|E) ?[({]?(?P<e>\d{1,2})[)}]?|(?P<s>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})|(?<=[x×*·∙]10)(?P<f>[5-9]|1[0-2])(?!\d))"
    r"|(?<![\w.^])(?P<m>\d{1,3}(?:[.,]\d{1,3})?)(?: ?(?:-|~|to) ?(?P<m2>\d{1,3}(?:[.,]\d{1,3})?))? "
    r"(?P<word>million|billion)\b",
    re.I,
)
_RANGE = Pattern(r"(?: ?/ ?kg)? ?(?:-|~|\bto\b|up to) ?", re.I)
_LIST = Pattern(r"(?: ?/ ?kg| ?cells?)? ?(?:,|;|/|\band\b|\bor\b|, ?(?:and|or)\b) ?", re.I)
_COUNTED = Pattern(
    r"(?: ?\(?± ?\d{1,2} ?%\)?)?(?P<kg> ?(?:/|per) ?kg\b(?: body ?weight)?)?"
    r"(?:(?: ?[A-Za-z(][\w+()./-]{0,24})?(?: [A-Za-z(][\w+()./-]{0,24}){0,4}?[ -]cells?\b"
    r"| ?cells?\b| ?[A-Za-z-]{0,12}MSCs?\b| ?CAR\b| ?[A-Za-z-]{0,8}(?:DCs?|CTLs?|TILs?|Tregs?)\b)?"
    r"(?: injections?)?(?P<kg2> ?(?:/|per) ?kg\b)?",
    re.I,
)
_CELLS = Pattern(r"cells?\b|CAR\b|CAR-|MSCs?\b|(?-i:DCs?|CTLs?|TILs?|Tregs?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of cells and where it stands."""

    start: int
    end: int
    low: float
    high: float
    per_kg: bool


def counts(text: str) -> Iterator[Count]:
    """Every number of cells that is a power of ten, lists opened and ranges joined."""
    if "10" not in text and "illion" not in text.lower():
        return
    figures = list(_FIGURE.finditer(text))
    first = 0
    while first < len(figures):
        last = first
        while last + 1 < len(figures) and _linked(text, figures[last], figures[last + 1]):
            last += 1
        counted = _COUNTED.match(text, figures[last].end())
        kg = bool(counted and (counted["kg"] or counted["kg2"]))
        if counted and (kg or _CELLS.search(counted[0])):
            yield from _opened(text, figures[first : last + 1], counted.end(), per_kg=kg)
        first = last + 1


def _linked(text: str, one: re.Match[str], two: re.Match[str]) -> bool:
    between = (one.end(), two.start())
    return bool(_RANGE.fullmatch(text, *between) or _LIST.fullmatch(text, *between))


def _opened(text: str, figures: list[re.Match[str]], end: int, *, per_kg: bool) -> Iterator[Count]:
    index = 0
    while index < len(figures):
        figure = figures[index]
        low, high = _bounds(figure)
        stop = figure.end()
        if index + 1 < len(figures) and _RANGE.fullmatch(text, stop, figures[index + 1].start()):
            index += 1
            high, stop = _bounds(figures[index])[1], figures[index].end()
        yield Count(figure.start(), end if index == len(figures) - 1 else stop, low, high, per_kg)
        index += 1


def _bounds(figure: re.Match[str]) -> tuple[float, float]:
    if word := figure["word"]:
        power = {"million": 1e6, "billion": 1e9}[word.lower()]
    else:
        power = 10.0 ** int((figure["e"] or figure["s"] or figure["f"]).translate(_SUPERSCRIPTS))
    low = float((figure["n"] or figure["m"] or "1").replace(",", "."))
    return low * power, float((figure["n2"] or figure["m2"] or str(low)).replace(",", ".")) * power
