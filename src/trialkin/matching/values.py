"""Numbers against bounds, three-valued: True, False, or None where the fact does not settle it.

Must not know: sentences, concepts.
"""

from __future__ import annotations

from ..model.patient import Amount
from ..reading.criteria.canonical import convert

DAYS = {"a": 365.25, "mo": 30.4375, "wk": 7.0, "d": 1.0, "h": 1 / 24, "min": 1 / 1440}


def in_unit(amount: Amount, unit: str | None, *, variable: str) -> float | None:
    """The number in another UCUM unit; None where the two cannot be compared."""
    number = amount.number
    if number is None:
        return None
    if unit in ("{ULN}", "{LLN}") and amount.unit != unit:
        limit = amount.upper_normal if unit == "{ULN}" else amount.lower_normal
        return number / limit if limit else None
    if amount.unit == unit or (amount.unit in (None, "", "1", "{score}") and unit in (None, "{score}")):
        return number
    if not amount.unit or not unit:
        return None
    if "/" not in unit and amount.unit.endswith(("/24h", "/d", "/(24.h)")):
        return in_unit(Amount(number=number, unit=amount.unit.rsplit("/", 1)[0]), unit, variable=variable)
    if amount.unit in DAYS and unit in DAYS:
        return number * DAYS[amount.unit] / DAYS[unit]
    return convert(number, amount.unit, to=unit, variable=variable)


def within(
    number: float,
    low: float | None,
    high: float | None,
    *,
    low_inclusive: bool,
    high_inclusive: bool,
    comparator: str,
) -> bool | None:
    """Whether a number known as `comparator` says lies between two bounds; None where it may or may not."""
    least, most = (float("-inf"), number) if comparator in ("<", "<=") else (number, float("inf"))
    if comparator == "=":
        least = most = number
    open_least, open_most = comparator == ">", comparator == "<"
    above = low is None or _beyond(least, low, low_inclusive or open_least)
    below = high is None or _beyond(-most, -high, high_inclusive or open_most)
    if above and below:
        return True
    if low is not None and not _beyond(most, low, low_inclusive and not open_most):
        return False
    if high is not None and not _beyond(-least, -high, high_inclusive and not open_least):
        return False
    return None


def _beyond(value: float, bound: float, inclusive: bool) -> bool:
    """Whether a value reaches a bound; numbers equal to six digits are equal."""
    near = abs(value - bound) <= 1e-6 * max(abs(bound), 1e-9)
    return inclusive if near else value > bound
