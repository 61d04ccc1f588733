"""Figures that two conventions read differently: "100.000" is a hundred thousand, or a hundred.

Owns the choice by what is plausible for the variable (`plausible` of `vocab/data/variables.tsv`, a range of bounds that
studies state, in its usual unit); what could be either is not understood. Must not know: kinds, sentences.
"""

from __future__ import annotations

from functools import cache

from ...vocab import table
from ..patterns import Pattern
from ..quantities import Quantity
from .canonical import convert

_EITHER = Pattern(r"(?<![\d.,'])(?P<whole>[1-9]\d{0,2})(?P<sign>[.,])(?P<part>\d{3})(?![\d]|[.,']\d)")
_CELLS = frozenset({"/uL", "10*9/L"})
_PER_VOLUME = frozenset({"/uL", "/mm3", "/mL", "/L"})


def grouped(folded: str, quantity: Quantity, variable: str, usual: str) -> Quantity | None:
    """The quantity with its figures as they are meant for `variable`, whose usual unit is `usual`; None where they
    could mean either.
    """
    written = [
        (float(f"{one['whole']}.{one['part']}"), float(one["whole"] + one["part"]), one["sign"])
        for one in _EITHER.finditer(folded, quantity.number_start, quantity.number_end)
    ]
    if not written:
        return quantity
    made = []
    for value in (quantity.low, quantity.high):
        either = next((one for one in written if value in one[:2]), None)
        meant = _meant(*either, quantity.unit, variable, usual) if either else value
        if either and meant is None:
            return None
        made.append(meant)
    return quantity._replace(low=made[0], high=made[1])


def _meant(
    decimal: float, thousands: float, sign: str, unit: str | None, variable: str, usual: str
) -> float | None:
    name = variable.split(" or ")[0]
    if unit is None:
        units = ("/uL", "10*9/L") if usual in _CELLS else (usual,)
        return thousands if any(_plausible(thousands, one, name, usual) for one in units) else decimal
    few, many = (_plausible(value, unit, name, usual) for value in (decimal, thousands))
    if few is many is None or few == many:
        if few and sign == "." and unit not in _PER_VOLUME:
            return None
        return thousands if sign == "," or unit in _PER_VOLUME else decimal
    return thousands if many else decimal


def _plausible(value: float, unit: str, name: str, usual: str) -> bool | None:
    """Whether a bound is one that studies state; None where its unit cannot be compared with the usual one."""
    low, high = _ranges().get(name, (None, None))
    made = convert(value, unit, to=usual, variable=name)
    if made is None or low is None or high is None:
        return None
    return low <= made <= high


@cache
def _ranges() -> dict[str, tuple[float, float]]:
    made = {}
    for row in table("variables"):
        low, high = row["plausible"].split("..") if row["plausible"] else (row["low"], row["high"])
        if low and high:
            made[row["name"]] = float(low), float(high)
    return made
