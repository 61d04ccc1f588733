"""Bounds in the usual unit of what they measure, beside the stated ones.

Owns the conversion of units: by the analyte's own rows of `vocab/data/conversions.tsv` (mass to molar, HbA1c,
Fahrenheit), else by UCUM's factors where both units measure the same. Between mass and moles nothing is converted
without a row for the analyte. Must not know: sentences, patients.
"""

from __future__ import annotations

import re
from functools import cache

from ...vocab import table

_TIMES = {"age": "a", "window": "d", "duration": "d"}
"""The usual unit of the kinds that are times, whatever they are the time of."""
_POWER = re.compile(r"10\*(-?\d{1,2})")
_NOT_A_FACTOR = frozenset({"temperature", "level", "score", "rank", "visual acuity"})


def canonical_unit(kind: str, variable: str) -> str | None:
    """The usual UCUM unit of a variable, None where none is known.

    Source: `vocab/data/variables.tsv`; years for ages, days for windows and durations.
    """
    if kind in _TIMES:
        return _TIMES[kind]
    if " or " not in variable:
        return _units().get(variable)
    units = {_units().get(name) for name in variable.split(" or ")}
    return units.pop() if len(units) == 1 else None


def convert(value: float, unit: str, *, to: str, variable: str) -> float | None:
    """A value of `variable` in another unit, to six significant digits; None where the two cannot be compared."""
    if unit == to:
        return value
    made = [_line(name, unit, to) for name in variable.split(" or ")]
    if None in made or len(set(made)) != 1 or made[0] is None:
        return None
    factor, offset = made[0]
    return float(f"{value * factor + offset:.6g}")


@cache
def _units() -> dict[str, str]:
    return {row["name"]: row["unit"] for row in table("variables") if row["unit"] not in ("", "{score}")}


@cache
def _rows() -> dict[tuple[str, str, str], tuple[float, float]]:
    return {
        (row["analyte"], row["from"], row["to"]): (float(row["factor"]), float(row["offset"]))
        for row in table("conversions")
    }


@cache
def _line(variable: str, unit: str, to: str) -> tuple[float, float] | None:
    """Factor and offset of the straight line from one unit to the other."""
    same = _ratio(unit, to)
    if same is not None:
        return same, 0.0
    for (analyte, stated, usual), (factor, offset) in _rows().items():
        if analyte != variable:
            continue
        before, after = _ratio(unit, stated), _ratio(usual, to)
        if before is not None and after is not None:
            return before * factor * after, offset * after
        before, after = _ratio(unit, usual), _ratio(stated, to)
        if before is not None and after is not None:
            return before / factor * after, -offset / factor * after
    return None


def _ratio(unit: str, to: str) -> float | None:
    """The factor between two units that measure the same."""
    if unit == to:
        return 1.0
    first, second = _parsed(unit), _parsed(to)
    return first[0] / second[0] if first and second and first[1] == second[1] else None


@cache
def _parsed(code: str) -> tuple[float, tuple[str, ...]] | None:
    """A UCUM code as its factor and what it measures: ("mass", "/volume"); None where a part is not known."""
    known = {row["unit"]: (float(row["factor"]), row["dimension"]) for row in table("units")}
    factor, measured = 1.0, list[str]()
    for index, part in enumerate([code] if code in known else code.split("/")):
        for atom in [part] if part in known else part.split("."):
            power = _POWER.fullmatch(atom)
            if power:
                value, dimension = 10.0 ** int(power[1]), ""
            elif atom in ("", "1"):
                value, dimension = 1.0, ""
            elif atom in known and known[atom][1] not in _NOT_A_FACTOR:
                value, dimension = known[atom]
            else:
                return None
            factor = factor / value if index else factor * value
            if dimension and not atom.startswith("{cells"):
                measured.append(f"/{dimension}" if index else dimension)
    return factor, tuple(sorted(measured))
