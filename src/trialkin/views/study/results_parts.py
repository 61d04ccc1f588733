"""What the results sections share: arms as columns, measurements as posted, and dots made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ...model.results import (
    BaselineMeasure,
    Denom,
    EventGroup,
    FlowGroup,
    MeasureCategory,
    MeasureClass,
    MeasureGroup,
    Measurement,
    OutcomeMeasure,
)
from ...reading.markup import plain
from ..blocks import Cell, Disclosure, Inline, Prose, Value, fact, facts
from ..pictures.intervals import Dot
from ..posted import posted

Group = FlowGroup | MeasureGroup | EventGroup

_COUNTED = ("COUNT_OF_PARTICIPANTS", "COUNT_OF_UNITS")
_PEOPLE = ("participants", "participant", "subjects", "patients", "persons", "people")


def is_counted(measure: BaselineMeasure | OutcomeMeasure) -> bool:
    """Whether its values are counts out of a denominator; older records say "number" with the unit "participants"."""
    unit = plain(measure.unit_of_measure).strip().lower()
    return measure.param_type in _COUNTED or (measure.param_type == "NUMBER" and unit in _PEOPLE)


def title_of(group: Group) -> str:
    """The arm's title, its id where it has none."""
    return plain(group.title) or group.id or "Unnamed group"


def heads(groups: Iterable[Group]) -> tuple[Cell, ...]:
    """Heads of columns of numbers, one per group, with the registry's group id kept."""
    return tuple(Cell((Value(title_of(group), registry=group.id or ""),), number=True) for group in groups)


def described(groups: tuple[Group, ...], *, what: str = "group") -> Disclosure | None:
    """What each group is, folded; None when no group has a description."""
    rows = tuple(
        fact(title_of(group), Prose(group.description) if group.description else None) for group in groups
    )
    block = facts(*rows)
    if block is None:
        return None
    return Disclosure(f"What each {what} received or was", (block,))


def count_number(text: str | None) -> int | None:
    """A posted count as an integer, None for anything else."""
    value = posted(text).value
    return int(value) if value is not None and value == int(value) and not posted(text).bound else None


def measurement_text(measurement: Measurement) -> str:
    """The posted strings in one line: "12.3", "12.3 (4.5)", "12.3 (9.1 to NA)"."""
    return _in_one_line(measurement.value, measurement.spread, measurement.lower_limit, measurement.upper_limit)


@lru_cache(maxsize=4096)
def _in_one_line(value: str | None, spread: str | None, low: str | None, high: str | None) -> str:
    inside = [] if spread is None else [spread]
    if low is not None or high is not None:
        inside.append(f"{_limit(low)} to {_limit(high)}")
    shown = "not posted" if value is None else value
    return plain(f"{shown} ({'; '.join(inside)})" if inside else shown)


def _limit(text: str | None) -> str:
    return "not posted" if text is None else text


def measurement_parts(measurement: Measurement, *, denominator: str | None) -> tuple[Inline, ...]:
    """What stands in a table cell: the posted values, the computed percentage, and the comment."""
    share = percentage(measurement.value, denominator)
    shown: list[Inline] = [Value(measurement_text(measurement), note=share)]
    if measurement.comment:
        shown.append(Prose(measurement.comment))
    return tuple(shown)


def percentage(count: str | None, denominator: str | None) -> str:
    """ "28.3%" for 34 of 120; "" where it cannot be computed or would pass 100%."""
    share = share_of(count, denominator)
    return "" if share is None else f"{share * 100:.1f}%"


def share_of(count: str | None, denominator: str | None) -> float | None:
    """Count over denominator, None where either is no plain number, or the count exceeds it."""
    if count is None or denominator is None:
        return None
    part, whole = posted(count), posted(denominator)
    if part.value is None or part.bound or not whole.value or whole.bound:
        return None
    return part.value / whole.value if 0 <= part.value <= whole.value else None


def denominators(denoms: tuple[Denom, ...], *, units: str | None) -> dict[str, str]:
    """Group id to the number analysed, in the units that the measure counts (participants where it says none)."""
    wanted = (units or "Participants").lower()
    chosen = next((d for d in denoms if (d.units or "").lower() == wanted), denoms[0] if denoms else None)
    return {c.group_id: c.value for c in chosen.counts if c.group_id and c.value} if chosen else {}


def category_title(klass: MeasureClass, category: MeasureCategory) -> str:
    """Class and category titles in one line, "" when both are absent."""
    return " — ".join(part for part in (plain(klass.title), plain(category.title)) if part)


def has_rows(classes: Iterable[MeasureClass]) -> bool:
    """Whether any measurement was posted."""
    return any(category.measurements for klass in classes for category in klass.categories)


@dataclass(frozen=True)
class Line:
    """One row of a results table: a category of a class, its values by group id and their denominators."""

    title: str
    by_group: dict[str, Measurement]
    denominators: dict[str, str]


def lines(classes: Iterable[MeasureClass], *, denoms: tuple[Denom, ...], units: str | None) -> Iterator[Line]:
    """The rows of a measure, in the record's order; a class's own denominators go before the measure's."""
    general = denominators(denoms, units=units)
    for klass in classes:
        own = denominators(klass.denoms, units=units) if klass.denoms else {}
        for category in klass.categories:
            values = {m.group_id: m for m in category.measurements if m.group_id}
            yield Line(category_title(klass, category), values, {**general, **own})


def denom_rows(
    denoms: tuple[Denom, ...], groups: tuple[Group, ...], *, label: str
) -> list[tuple[Inline | Cell, ...]]:
    """One table row per kind of unit: how many were analysed in each group."""
    rows: list[tuple[Inline | Cell, ...]] = []
    for denom in denoms:
        counts = {count.group_id: count.value for count in denom.counts}
        units = (denom.units or "").lower()
        cells = (Cell((counts.get(g.id) or "–",), number=True) for g in groups)
        rows.append((f"{label} ({units})" if units else label, *cells))
    return rows


def measure_rows(
    classes: tuple[MeasureClass, ...],
    groups: tuple[Group, ...],
    *,
    denoms: tuple[Denom, ...],
    units: str | None,
    counted: bool,
    fallback: str,
) -> list[tuple[Inline | Cell, ...]]:
    """The table rows of a measure: titles of classes, their own denominators, one row per category."""
    general = denominators(denoms, units=units)
    rows: list[tuple[Inline | Cell, ...]] = []
    for klass in classes:
        known = {**general, **(denominators(klass.denoms, units=units) if klass.denoms else {})}
        name = plain(klass.title)
        single = len(klass.categories) == 1 and not klass.categories[0].title
        if name and not single:
            rows.append((Cell((name,), heading=True, columns=len(groups) + 1),))
        rows += denom_rows(klass.denoms, groups, label=f"{name}: analysed" if name and single else "Analysed")
        for category in klass.categories:
            label = (name if single else plain(category.title)) or fallback
            values = {m.group_id: m for m in category.measurements}
            rows.append((label, *(_cell(values.get(g.id), known, g, counted=counted) for g in groups)))
    return rows


def _cell(measurement: Measurement | None, known: dict[str, str], group: Group, *, counted: bool) -> Cell:
    if measurement is None:
        return Cell(("–",), number=True)
    denominator = known.get(group.id or "") if counted else None
    return Cell(measurement_parts(measurement, denominator=denominator), number=True)


def dot(
    measurement: Measurement,
    *,
    label: str,
    series: int,
    dispersion: str,
    denominator: str | None = None,
    counted: bool = False,
) -> Dot:
    """The measurement as a dot with its interval; a count out of a known denominator stands at its percentage."""
    text = measurement_text(measurement)
    read = posted(measurement.value)
    if counted and denominator is not None:
        share = share_of(measurement.value, denominator)
        whole = f"{measurement.value} of {denominator}"
        shown = f"{whole} ({share * 100:.1f}%)" if share is not None else whole
        return Dot(label, shown, series, None if share is None else share * 100)
    low, high = posted(measurement.lower_limit), posted(measurement.upper_limit)
    spread = posted(measurement.spread)
    if measurement.lower_limit is not None or measurement.upper_limit is not None:
        return Dot(
            label, text, series, read.value, low.value, high.value,
            low_open=low.value is None, high_open=high.value is None, bound=read.bound,
        )  # fmt: skip
    symmetric = dispersion.lower() in ("standard deviation", "standard error", "standard error of the mean")
    if symmetric and read.value is not None and spread.value is not None and spread.value >= 0:
        around = (read.value - spread.value, read.value + spread.value)
        return Dot(label, text, series, read.value, *around, bound=read.bound)
    return Dot(label, text, series, read.value, bound=read.bound)
