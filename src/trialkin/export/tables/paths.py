"""Rows out of nested JSON: walks to a path and reads values relative to where it stands. Knows no table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Read = Callable[["Place"], Any]


@dataclass(frozen=True)
class Place:
    """A value in a record with what is above it; `number` counts it from 0 within the whole record's walk."""

    value: Any
    above: Place | None
    number: int = 0

    def get(self, path: str) -> Any:
        """The value at a dotted path from here; each leading "^" goes up one; None where there is nothing."""
        place: Place | None = self
        while path.startswith("^"):
            place, path = (place.above if place else None), path[1:]
        value = place.value if place else None
        for key in path.split(".") if path else ():
            value = value.get(key) if isinstance(value, dict) else None
        return value


def walk(record: Any, path: str) -> Iterator[Place]:
    """Every value at a dotted path, lists entered, each with the objects above it."""
    for number, place in enumerate(_walk(Place(record, None), path.split(".") if path else [])):
        yield Place(place.value, place.above, number)


def below(place: Place, path: str) -> Iterator[Place]:
    """As `walk`, from a place within the record."""
    for number, found in enumerate(_walk(place, path.split("."))):
        yield Place(found.value, found.above, number)


def _walk(place: Place, keys: list[str]) -> Iterator[Place]:
    if isinstance(place.value, list):
        for each in place.value:
            yield from _walk(Place(each, place.above), keys)
    elif not keys:
        if place.value is not None:
            yield place
    elif isinstance(place.value, dict) and place.value.get(keys[0]) is not None:
        yield from _walk(Place(place.value[keys[0]], place), keys[1:])


def text(value: Any) -> str | None:
    """A text as it stands; None when absent. Numbers and booleans as JSON writes them."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def lower(value: Any) -> str | None:
    """A text in lower case."""
    found = text(value)
    return None if found is None else found.lower()


def whole(value: Any) -> int | None:
    """An integer, None when it is none: counts in results are texts at the registry, some "NA"."""
    found = number(value)
    return int(found) if found is not None and found == int(found) and abs(found) < 2**63 else None


def number(value: Any) -> float | None:
    """A finite number, None when it is none."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = float(str(value).replace(",", ""))
    except ValueError:
        return None
    return found if abs(found) != float("inf") and found == found else None


def truth(value: Any) -> bool | None:
    """A boolean, None when it is none."""
    return value if isinstance(value, bool) else None


def last_day(value: Any) -> date | None:
    """A date; of a partial one the last day that it may mean, as AACT has it. None when it is no date."""
    parts = str(value or "")[:10].split("-")
    try:
        year, month, day = (int(part) for part in (*parts, *("0",) * (3 - len(parts))))
        if day:
            return date(year, month, day)
        if not month:
            return date(year, 12, 31)
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None


def first_day(value: Any) -> date | None:
    """A date; of a partial one the first day that it may mean."""
    parts = str(value or "")[:10].split("-")
    try:
        year, month, day = (int(part) for part in (*parts, *("1",) * (3 - len(parts))))
        return date(year, month, day)
    except ValueError:
        return None
