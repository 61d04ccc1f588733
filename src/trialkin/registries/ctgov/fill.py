"""How often each field of the record holds a value: a field that was renamed shows as a sudden fall.

Compares the studies that a run received with those that the run before received. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

FALL_POINTS = 5.0
MOST_STUDIES = 5_000
_LEAST_STUDIES = 30
_STANDARD_ERRORS = 4.0  # with few studies a fall of five points happens by chance
_CHANGED_MIX = 0.1  # between a first fill and an update: only a field that all but vanished


class FillRates(msgspec.Struct):
    """Counts over the studies that a run received. updates: they were updates, not a first fill."""

    updates: bool = True
    studies: int = 0
    filled: dict[str, int] = {}

    def look(self, raw: bytes) -> None:
        """Count one study; beyond 5,000 nothing more is learnt."""
        if self.studies < MOST_STUDIES:
            self.studies += 1
            for field in set(_filled(msgspec.json.decode(raw), "")):
                self.filled[field] = self.filled.get(field, 0) + 1


@dataclass(frozen=True)
class Fall:
    """A field that is filled less often than it was, in percent of the studies received."""

    field: str
    before: float
    now: float

    def __str__(self) -> str:
        return (
            f"{self.field} holds a value in {self.now:.0f}% of the studies received, "
            f"in the run before it was {self.before:.0f}%: the registry may have renamed it"
        )


def falls(before: FillRates, now: FillRates) -> list[Fall]:
    """Fields whose fill-rate fell by more than five points, only the outermost of nested ones, deepest first."""
    if min(before.studies, now.studies) < _LEAST_STUDIES:
        return []
    found: list[Fall] = []
    for field in sorted(before.filled):
        was, is_now = before.filled[field] / before.studies, now.filled.get(field, 0) / now.studies
        fall = Fall(field, 100 * was, 100 * is_now)
        within = any(field.startswith((outer.field + ".", outer.field + "[]")) for outer in found)
        if not within and fall.before - fall.now > FALL_POINTS and _surely(was, is_now, before, now):
            found.append(fall)
    return sorted(found, key=lambda fall: (fall.now - fall.before, fall.field))


def _surely(was: float, is_now: float, before: FillRates, now: FillRates) -> bool:
    if before.updates != now.updates:
        return is_now < was * _CHANGED_MIX
    pooled = (was * before.studies + is_now * now.studies) / (before.studies + now.studies)
    error = math.sqrt(pooled * (1 - pooled) * (1 / before.studies + 1 / now.studies))
    return was - is_now > _STANDARD_ERRORS * error


def _filled(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            where = f"{path}.{key}" if path else key
            yield where
            yield from _filled(inner, where)
    elif isinstance(value, list) and value:
        yield from _filled(value[0], path + "[]")
