"""A criterion in its normal form, for people: "hemoglobin ≥ 9 g/dL", "not: surgery", "cancer stage III to IVA"."""

from __future__ import annotations

from ..model.criteria import Criterion, Window

_TIMES = {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute"}
_UNITS = {"{ULN}": "× upper limit of normal", "{LLN}": "× lower limit of normal", "mm[Hg]": "mmHg", "Cel": "°C"}
STATUS_WORDS = {"full": "understood", "part": "understood in part", "none": "not understood"}


def normal_form(criterion: Criterion) -> str:
    """What was understood, in one line; bounds as the phrase states them, what is only named in its own words."""
    name = (
        criterion.variable if criterion.bounds or criterion.kind == "window" else " ".join(criterion.quote.split())
    )
    words = f"{name} {_bounds(criterion)}".strip()
    if criterion.window and criterion.kind != "window":
        words += f" ({criterion.window.variable} {_bounds(criterion.window)})"
    return f"not: {words}" if criterion.negated else words


def canonical_form(criterion: Criterion) -> str:
    """The bounds in the usual unit of what is measured; "" where that is the stated one, or none is known."""
    if criterion.canonical_unit in (None, criterion.unit) or criterion.canonical_unit in _TIMES:
        return ""
    low, high = (
        None if value is None else float(f"{value:.4g}")
        for value in (criterion.canonical_low, criterion.canonical_high)
    )
    return _bounds(
        Window(
            variable=criterion.variable, low=low, low_inclusive=criterion.low_inclusive,
            high=high, high_inclusive=criterion.high_inclusive, unit=criterion.canonical_unit,
        )
    )  # fmt: skip


def _bounds(value: Criterion | Window) -> str:
    values = getattr(value, "values", None)
    if values:
        low, high = values
        if high is None or low is None:
            return f"{low} or higher" if high is None else f"{high} or lower"
        return str(low) if low == high else f"{low} to {high}"
    ends = []
    if value.low is not None and value.low == value.high:
        ends.append(f"= {_amount(value.low)}")
    elif value.low_inclusive and value.high_inclusive and value.low is not None and value.high is not None:
        ends.append(f"{_amount(value.low)} to {_amount(value.high)}")
    else:
        if value.low is not None:
            ends.append(f"{'≥' if value.low_inclusive else '>'} {_amount(value.low)}")
        if value.high is not None:
            ends.append(f"{'≤' if value.high_inclusive else '<'} {_amount(value.high)}")
    if not ends:
        return ""
    return f"{' and '.join(ends)} {_unit(value)}".strip()


def _amount(number: float) -> str:
    return f"{number:,.10g}"


def _unit(value: Criterion | Window) -> str:
    unit = value.unit or ""
    if unit in _TIMES:
        return _TIMES[unit] + ("" if 1 in (value.low, value.high) and None in (value.low, value.high) else "s")
    return _UNITS.get(unit, "" if unit == "{score}" else unit.strip("{}") if unit.startswith("{") else unit)
