"""Amounts that the words around the figures complete: "within the past year", "> 13 g/dL for men or 12 for women".

Owns what one amount takes from its neighbour and what stands for a figure. Must not know variables or kinds.
"""

from __future__ import annotations

import re

from ..patterns import Pattern
from ..quantities import Quantity, limits
from . import patterns as p

TIME_UNITS = frozenset({"a", "mo", "wk", "d", "h", "min", "{half-lives}", "{trimester}"})
UNIT_GAP = Pattern(r" ?,? ?(?:and|or|to|-|through)? ?")
_WHO = r"(?:for |in |if )?(?:adult )?(?:men|women|males?|females?|boys|girls|man|woman)\b"
FOR_WHOM = Pattern(rf" ?[(\[]?{_WHO}[)\]]? ?(?:,|;|/)? ?(?:and|or|but)? ?(?:{_WHO})? ?[(\[]?")
"""What stands between two bounds of one variable: "> 450 ms for men or 470 ms for women"."""
_WHOM_AFTER = Pattern(rf" ?[(\[]?{_WHO}")
_TITER = Pattern(r": ?(?P<n>\d{1,6})(?![\d:])")
_NUMBER = r"\d{1,3}(?:\.\d{1,2})?"
_TIMES_OVER = Pattern(
    rf"(?P<n>{_NUMBER}) ?(?:x|times|fold|-fold) (?:greater|higher|more|above|over)(?: than)? (?:the )?(?:institutional "
    r"|laboratory )?(?:uln\b|upper limits? of (?:the )?normal\b(?: range)?)"
)


def completed(folded: str, found: list[Quantity]) -> list[Quantity]:
    """The amounts of a text in order, each with what its words and its neighbours add to it."""
    found = _with_words(folded, found)
    for index, quantity in enumerate(found):
        found[index] = _equalled(folded, _titer(folded, _daily(folded, quantity)))
    for index in range(len(found) - 1):
        quantity, after = found[index], found[index + 1]
        if _takes_unit(folded, quantity, after):
            found[index] = quantity._replace(unit=after.unit)
        if _takes_side(folded, quantity, after):
            found[index + 1] = after._replace(
                form="comparison",
                unit=quantity.unit,
                low=after.low if quantity.low is not None else None,
                low_inclusive=quantity.low_inclusive,
                high=after.high if quantity.high is not None else None,
                high_inclusive=quantity.high_inclusive,
            )
    return found


def _with_words(folded: str, found: list[Quantity]) -> list[Quantity]:
    """The amounts with those that words state: "the past year", "at least twice", "5 times greater than the ULN"."""
    more = list(limits(folded))
    if p.holds(folded, (" year", " month", " week", " day", " hour")):
        more += [made for match in p.UNNUMBERED.finditer(folded) if (made := _unnumbered(folded, match))]
    if "once" in folded or "twice" in folded:
        more += map(_times, p.TIMES.finditer(folded))
    over = list(map(_times_over, _TIMES_OVER.finditer(folded))) if p.holds(folded, (" limit", "uln")) else []
    if over:
        found = [q for q in found if not any(one.start < q.end and q.start < one.end for one in over)]
        more = [q for q in more if not any(one.start < q.end and q.start < one.end for one in over)]
    more += over
    return sorted([*found, *more], key=lambda q: q.number_start) if more else found


def _takes_unit(folded: str, quantity: Quantity, after: Quantity) -> bool:
    """ "< 0.5 or > 5.0 mU/L", "at least 2 to 3 weeks": the unit stands once."""
    if quantity.unit is not None or after.unit is None or quantity.form != "comparison" or quantity.word:
        return False
    stated = after.unit in TIME_UNITS or after.form == "comparison"
    return stated and bool(UNIT_GAP.fullmatch(folded, quantity.end, after.start))


def _takes_side(folded: str, quantity: Quantity, after: Quantity) -> bool:
    """ "> 450 ms for men or 470 ms for women": the comparator stands once."""
    if quantity.form != "comparison" or after.form != "bare" or after.unit not in (quantity.unit, None):
        return False
    between = FOR_WHOM.fullmatch(folded, quantity.end, after.start)
    if between is None:
        return False
    return bool(_WHOM_AFTER.match(folded, after.end) or _WHO_BEFORE.search(between[0]))


_WHO_BEFORE = Pattern(rf"(?:or|and|,|;|/) ?{_WHO} ?[(\[]?$")


def _daily(folded: str, quantity: Quantity) -> Quantity:
    """ "10 mg of prednisone daily" is an amount a day."""
    daily = p.STEROID_DAILY.match(folded, quantity.end) if quantity.unit in ("mg", "mg/kg") else None
    if daily is None:
        return quantity
    return quantity._replace(unit="mg/kg/d" if daily["weight"] else f"{quantity.unit}/d", end=daily.end())


def _titer(folded: str, quantity: Quantity) -> Quantity:
    """ "at least 1:8" is a titer of 8."""
    ones = {quantity.low, quantity.high} - {None} == {1.0}
    match = _TITER.match(folded, quantity.number_end) if ones and quantity.form == "comparison" else None
    if match is None:
        return quantity
    value = float(match["n"])
    low, high = (None if side is None else value for side in (quantity.low, quantity.high))
    return quantity._replace(low=low, high=high, unit="{titer}", end=match.end(), number_end=match.end())


def _equalled(folded: str, quantity: Quantity) -> Quantity:
    """ "equal to 0": a comparison."""
    if quantity.form != "bare" or not folded[max(0, quantity.start - 12) : quantity.start].count("equal"):
        return quantity
    match = p.EQUAL_BEFORE.search(folded, max(0, quantity.start - 12), quantity.start)
    return quantity._replace(start=match.start(), form="comparison") if match else quantity


def _unnumbered(folded: str, match: re.Match[str]) -> Quantity | None:
    within = match["prep"] == "within"
    anchored = bool(p.RIGHT_ANCHOR.match(folded, match.end()))
    if not (match["which"].strip() or within or (anchored and match["prep"] != "for") or match["least"]):
        return None
    if match["unit"] in ("day", "hour") and not within:
        return None
    if match["prep"] in ("for", "throughout") and not match["least"]:
        return None
    start, end = match.start("prep"), match.end("unit")
    unit = {"year": "a", "month": "mo", "week": "wk", "day": "d", "hour": "h"}[match["unit"]]
    if match["least"]:
        return Quantity(start, end, 1.0, True, None, None, unit, "comparison", match.start("unit"), end, True)
    return Quantity(start, end, None, None, 1.0, True, unit, "within", match.start("unit"), end, True)


def _times(match: re.Match[str]) -> Quantity:
    """ "at least twice": how often, as an amount."""
    start, end = match.span("word")
    value = 2.0 if match["word"] == "twice" else 1.0
    return Quantity(
        match.start(), end, value, bool(match["least"]), None, None, None, "comparison", start, end, True
    )


def _times_over(match: re.Match[str]) -> Quantity:
    start, end = match.span()
    return Quantity(start, end, float(match["n"]), False, None, None, "{ULN}", "comparison", start, match.end("n"))
