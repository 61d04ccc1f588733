"""What differs between criteria that belong together, in words.

A bound is told against a bound; a criterion that is only named differs when one denies it or gives it another time
window. Must not know: alignment, blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...model.criteria import Criterion, Item, Window
from ..criteria_words import normal_form
from .align import Entry

MOST = 6
_MOST_WORDS = 8
_LONGEST = 140
_SAME_UNIT = {
    "wk": ("d", 7.0), "a": ("mo", 12.0), "g/L": ("g/dL", 0.1), "10*9/L": ("/uL", 1000.0),
    "10*3/uL": ("/uL", 1000.0), "10*6/L": ("/uL", 1.0), "/mm3": ("/uL", 1.0),
}  # fmt: skip
"""Units that may be compared after multiplying."""

Key = tuple[str, str]
Bound = tuple[object, ...]
Bounds = Mapping[tuple[str, Key], str]
"""What a study bounds: section and variable to the bounds in words."""


def differences(items: Mapping[str, Item], entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """What was read differently, study by study; where nothing was, the words that only one has.

    () when every item is understood in full and all ask the same.
    """
    read = {nct_id: _by_variable(item) for nct_id, item in items.items()}
    said = []
    for key in dict.fromkeys(key for found in read.values() for key in found):
        having = {nct_id: found[key] for nct_id, found in read.items() if key in found}
        if len({frozenset(map(_bound, found)) for found in having.values()}) > 1:
            said.append(" against ".join(f"{_forms(found)} ({nct_id})" for nct_id, found in having.items()))
        elif len(having) < len(read):
            said.append(f"only {' and '.join(having)}: {_forms(next(iter(having.values())))}")
    if said:
        more = (f"and {len(said) - MOST} more",) if len(said) > MOST else ()
        return (*said[:MOST], *more)
    named = {frozenset(_name(one) for one in item.criteria) for item in items.values()}
    if len(named) == 1 and all(item.status == "full" for item in items.values()):
        return ()
    return _other_words(entries)


def stated_bounds(items: Iterable[Item]) -> Bounds:
    """Every bound that a study states, by section and variable."""
    found: dict[tuple[str, Key], list[Criterion]] = {}
    for item in items:
        for one in item.criteria:
            if one.bounds and one.kind != "window":
                found.setdefault((item.section, (one.kind, one.variable.casefold())), []).append(one)
    return {key: _forms(bounds) for key, bounds in found.items()}


def bounds_elsewhere(item: Item, bounds: Bounds) -> tuple[str, ...]:
    """What another study states on the variables that this item bounds, on the same side."""
    keys = {(item.section, (one.kind, one.variable.casefold())): None for one in item.criteria if one.bounds}
    return tuple(bounds[key] for key in keys if key in bounds)[:MOST]


def _by_variable(item: Item) -> dict[Key, list[Criterion]]:
    found: dict[Key, list[Criterion]] = {}
    linked = {_ends(one.window) for one in item.criteria if one.window}
    for one in item.criteria:
        if one.kind == "window" and _ends(one) in linked:
            continue
        found.setdefault((one.kind, one.variable.casefold()), []).append(one)
    return found


def _forms(found: list[Criterion]) -> str:
    shown = " / ".join(sorted({(form := normal_form(one)).casefold(): form for one in found}.values()))
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1].rstrip()}…"


def _bound(one: Criterion) -> Bound:
    """What makes a criterion the same as another of its variable."""
    return one.negated, *_ends(one), one.values, _ends(one.window) if one.window else None


def _ends(value: Criterion | Window) -> Bound:
    unit, factor = _SAME_UNIT.get(value.unit or "", (value.unit, 1.0))
    low = None if value.low is None else round(value.low * factor, 9)
    high = None if value.high is None else round(value.high * factor, 9)
    return low, value.low_inclusive, high, value.high_inclusive, unit


def _name(one: Criterion) -> Bound:
    """What the words must share beside the bounds; where there is a bound the variable says it all."""
    words = "" if one.bounds else " ".join(one.quote.split()).casefold()
    return one.kind, one.variable.casefold(), words, _bound(one)


def _other_words(entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """The words that only one of them has, in its order."""
    said = []
    for nct_id, entry in entries.items():
        others = {word for other, found in entries.items() if other != nct_id for word in found.words}
        own = list(dict.fromkeys(word for word in entry.words if word not in others))
        if own:
            more = " …" if len(own) > _MOST_WORDS else ""
            said.append(f"words only in {nct_id}: {' '.join(own[:_MOST_WORDS])}{more}")
    return tuple(said) or ("the same words, put differently",)
