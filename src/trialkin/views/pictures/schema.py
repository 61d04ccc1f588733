"""A design as a schema: screening, allocation, arms with what they receive, follow-up.

Crossover, sequential, factorial and single-group designs, cohorts and expanded access look different from a
parallel one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from . import svg
from .columns import NARROW_COLUMN, WIDE_COLUMN, Columns

Shape = Literal["parallel", "crossover", "sequential", "factorial", "single", "cohorts"]
LISTED_FROM = 7
"""From so many arms on they stand below each other, in full width."""


@dataclass(frozen=True, slots=True)
class SchemaArm:
    """An arm: its label, its type in words ("" where none is stated), and what it receives."""

    label: str
    kind: str
    receives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """A design. `entry`, `allocation`, `follow_up`: lines of the boxes, () leaves the box out."""

    title: str
    description: str
    shape: Shape
    entry: tuple[str, ...]
    allocation: tuple[str, ...]
    arms: tuple[SchemaArm, ...]
    follow_up: tuple[str, ...]


_CROSSOVER = "crossover: the same people change over"


def draw(schema: Schema) -> str:
    """The schema for narrow and for wide screens, never both shown."""
    arms = len(schema.arms)
    stacked = schema.shape == "sequential" or arms >= LISTED_FROM
    narrow = Columns(2, column=NARROW_COLUMN, screen="narrow")
    if stacked or arms != 2:
        narrow = Columns(1, column=svg.NARROW_UNFOLDED, screen="narrow")
    wide = Columns(1, column=460.0, screen="wide")
    if not stacked and arms > 1:
        wide = Columns(arms, column=WIDE_COLUMN if arms <= 3 else NARROW_COLUMN, screen="wide")
    return _drawn(schema, narrow, stacked=stacked or arms > 2) + _drawn(schema, wide, stacked=stacked)


def _drawn(schema: Schema, page: Columns, *, stacked: bool) -> str:
    width = min(300.0, page.width)
    _stage(page, schema.entry, width=width)
    if schema.allocation:
        page.stem()
        _stage(page, schema.allocation, width=width)
    if not schema.arms:
        page.stem()
    elif stacked:
        _stack(page, schema)
    else:
        _side_by_side(page, schema)
    if schema.follow_up:
        _stage(page, schema.follow_up, width=width)
    return page.finish(kind="schema", title=schema.title, description=schema.description)


def _stage(page: Columns, lines: tuple[str, ...], *, width: float) -> None:
    wrapped = tuple(part for line in lines for part in svg.wrap(line, width=width - 14, lines=3))
    page.stage(wrapped, width=width)


def _side_by_side(page: Columns, schema: Schema) -> None:
    page.branch()
    page.boxes([_lines(arm, width=page.column - 12) for arm in schema.arms], class_="box arm")
    if schema.shape == "crossover" and len(schema.arms) > 1:
        page.cross()
        page.band(_CROSSOVER)
        page.down(12, arrow=True)
        page.boxes([("next treatment",)] * len(schema.arms), class_="box")
    page.join()


def _stack(page: Columns, schema: Schema) -> None:
    """Arms below each other: with arrows when one follows the other, hung on a rail when they run side by side."""
    one_after_another = schema.shape == "sequential"
    rail, left = 10.0, 10.0 if one_after_another else 30.0
    top = page.y
    page.y += 14
    for number, arm in enumerate(schema.arms):
        if one_after_another:
            page.parts.append(svg.path(((page.trunk, page.y - 14), (page.trunk, page.y)), arrow=True))
        lines = _lines(arm, width=page.width - left - 14)
        drawn, height = svg.box(lines, x=left, y=page.y, width=page.width - left, class_="box arm")
        page.parts.append(drawn)
        if not one_after_another:
            page.parts.append(svg.path(((rail, page.y + height / 2), (left, page.y + height / 2)), arrow=True))
        page.y += height + (14 if one_after_another or number == len(schema.arms) - 1 else 6)
    if one_after_another:
        page.parts.append(svg.path(((page.trunk, page.y - 14), (page.trunk, page.y)), arrow=True))
    else:
        page.parts.append(
            svg.path(((page.trunk, top), (page.trunk, top + 7), (rail, top + 7), (rail, page.y - 5)))
        )
        page.parts.append(
            svg.path(((rail, page.y - 5), (page.trunk, page.y - 5), (page.trunk, page.y)), arrow=True)
        )


def _lines(arm: SchemaArm, *, width: float) -> tuple[str, ...]:
    lines = [*svg.wrap(arm.label, width=width, lines=3)]
    if arm.kind:
        lines += svg.wrap(f"({arm.kind})", width=width, lines=1)
    for item in arm.receives[:6]:
        lines += svg.wrap(f"+ {item}" if item is not arm.receives[0] else item, width=width, lines=2)
    if len(arm.receives) > 6:
        lines.append(f"and {len(arm.receives) - 6} more")
    return tuple(lines)
