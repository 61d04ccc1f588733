"""A criterion in its normal form, for people: "hemoglobin ≥ 9 g/dL", "not: surgery", "cancer stage III to IVA"."""

from __future__ import annotations

import msgspec

from ..model.criteria import Criterion, Group, Item, Window
from ..vocab import written

_TIMES = {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute"}
_UNITS = {"{ULN}": "× upper limit of normal", "{LLN}": "× lower limit of normal", "mm[Hg]": "mmHg", "Cel": "°C"}
STATUS_WORDS = {"full": "understood", "part": "understood in part", "none": "not understood"}


def normal_form(criterion: Criterion) -> str:
    """What was understood, in one line; bounds as the phrase states them, what is only named in its own words."""
    measured = criterion.bounds or criterion.kind == "window"
    name = written(criterion.variable) if measured else " ".join(criterion.quote.split())
    narrowed = ", ".join(written(words) for words in criterion.qualifiers if words not in name.casefold())
    words = f"{narrowed} {name} {_bounds(criterion)}".strip()
    if criterion.window and criterion.kind != "window":
        words += f" ({written(criterion.window.variable)} {_bounds(criterion.window)})"
    return f"not: {words}" if criterion.negated != criterion.self_denied else words


def group_form(group: Group, item: Item) -> str:
    """How criteria join, in one line: "A and (B or C)", "at least 2 of: A; B; C", "any one of the 3 items below"."""
    if group.items:
        many = len(group.items)
        said = {"all-of": f"all {many} items below", "any-of": f"any one of the {many} items below"}.get(
            group.code, f"at least {group.threshold} of the {many} items below"
        )
        return f"not {said}" if group.negated else said
    parts = _parts(group, item)
    if group.code == "at-least":
        return f"at least {group.threshold} of: {'; '.join(parts)}"
    if group.negated:
        return f"none of: {'; '.join(parts)}"
    return (" or " if group.code == "any-of" else " and ").join(parts)


def _parts(group: Group, item: Item) -> list[str]:
    """The members in words and in reading order; criteria that stand side by side in the text are one phrase."""
    members: list[tuple[int, int, str]] = []
    for position in group.criteria:
        criterion = item.criteria[position]
        words = normal_form(msgspec.structs.replace(criterion, window=None))
        last = members[-1] if members else None
        if last and group.code == "all-of" and criterion.start <= last[1] + 1:
            within = criterion.end <= last[1]  # what a longer quote holds already
            members[-1] = last if within else (last[0], criterion.end, f"{last[2]} {words}")
        else:
            members.append((criterion.start, criterion.end, words))
    for held in group.groups:
        words = group_form(held, item)
        joined = len(_parts(held, item)) > 1 or held.threshold
        members.append((_first(held, item), 0, f"({words})" if joined else words))
    return list(dict.fromkeys(words for _, _, words in sorted(members)))


def _first(group: Group, item: Item) -> int:
    """Where a group begins in the text."""
    starts = [item.criteria[position].start for position in group.criteria]
    return min([*starts, *(_first(held, item) for held in group.groups)])


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
        if high is None:
            return f"above {low}" if value.low_inclusive is False else f"{low} or higher"
        if low is None:
            return f"below {high}" if value.high_inclusive is False else f"{high} or lower"
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
