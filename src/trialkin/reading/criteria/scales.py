"""The order of the values of a scale: stages, classes, grades; comparable only within one scale.

Owns the look-up of the ordered values in `vocab/data/scales.tsv`. Must not know: sentences, patients.
"""

from __future__ import annotations

from functools import cache

from ...vocab import table

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI")


def scale_values(scale: str) -> tuple[str, ...]:
    """The values of a scale from low to high, in upper case; () for a scale of plain numbers or an unknown one."""
    return _values().get(scale, ())


def in_order(scale: str, first: str, last: str) -> tuple[str, str]:
    """Two values of a scale, the lower first ("stage IV or III"); as they are where the scale does not hold both."""
    begin, end = _place(scale, first), _place(scale, last)
    return (last, first) if begin is not None and end is not None and begin > end else (first, last)


@cache
def _values() -> dict[str, tuple[str, ...]]:
    rows = ((row["name"], row["values"]) for row in table("scales") if ".." not in row["values"])
    return {name: tuple(values.split()) for name, values in rows}


def _place(scale: str, value: str) -> int | None:
    """Where a value stands on its scale; a figure stands for its Roman numeral where the scale has those."""
    values = scale_values(scale)
    if value[:1].isdigit() and value not in values and int(value[0]) < len(_ROMAN):
        value = _ROMAN[int(value[0])] + value[1:]
    return values.index(value) if value in values else None
