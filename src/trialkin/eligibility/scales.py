"""The order of the values of a scale: stages, classes, grades; comparable only within one scale.

Owns the look-up of the ordered values in `vocab/data/scales.tsv`. Must not know: sentences, patients.
"""

from __future__ import annotations

import re
from functools import cache

from ..vocab import table

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI")
_SUBSTAGE = re.compile(r"(?:[A-E][0-9]?|[0-9])?$")


def scale_values(scale: str) -> tuple[str, ...]:
    """The values of a scale from low to high, in upper case; () for a scale of plain numbers or an unknown one."""
    return _values().get(scale, ())


def within(scale: str, ends: tuple[str | None, str | None], value: str) -> bool | None:
    """Whether a value lies between two ends of the same scale, both included; None where the scale does not say.

    An end without a letter holds all its sub-stages: IIIB lies within (None, "III"). A value without a letter that
    straddles an end ("III" in (None, "IIIA")) is unknown.
    """
    spans = [_span(scale, end) if end else None for end in (*ends, value)]
    low, high, own = spans
    if own is None or (ends[0] and low is None) or (ends[1] and high is None):
        return None
    above = None if low is None else _side(own[0] >= low[0], own[1] >= low[0])
    below = None if high is None else _side(own[1] <= high[1], own[0] <= high[1])
    if "outside" in (above, below):
        return False
    return None if "straddles" in (above, below) else True


def _side(all_of_it: bool, some_of_it: bool) -> str:
    return "inside" if all_of_it else "straddles" if some_of_it else "outside"


@cache
def _values() -> dict[str, tuple[str, ...]]:
    rows = ((row["name"], row["values"]) for row in table("scales") if ".." not in row["values"])
    return {name: tuple(values.split()) for name, values in rows}


def _span(scale: str, value: str) -> tuple[int, int] | None:
    """The first and last place of a value and its sub-stages on its scale."""
    values = scale_values(scale)
    name = value.upper()
    if name[:1].isdigit() and name not in values and int(name[0]) < len(_ROMAN):
        name = _ROMAN[int(name[0])] + name[1:]
    if name not in values:
        return None
    held = [i for i, v in enumerate(values) if v.startswith(name) and _SUBSTAGE.fullmatch(v[len(name) :])]
    return min(held), max(held)
