"""Baseline characteristics: one compact table, and small distributions of what can be drawn."""

from __future__ import annotations

from ...model.results import BaselineCharacteristicsModule, BaselineMeasure, MeasureGroup
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Block, Cell, Disclosure, Figure, Inline, Note, Prose, Table, Value, fact, facts, present
from ..pictures import baseline as picture
from ..pictures.bars import Bar, BarRow
from ..pictures.intervals import IntervalPlot, Row
from ..words import enum_value, yes_no
from . import results_parts as parts
from .context import PageContext

MAX_ROWS = 30
"""A characteristic with more rows (ages by year, countries) is left to the table."""
MAX_GROUPS = 8


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: resultsSection.baselineCharacteristicsModule."""
    results = context.study.results_section
    module = results and results.baseline_characteristics_module
    if not module:
        return ()
    population = module.population_description
    told = facts(
        fact("Population", Prose(population) if population else None),
        fact("Units analysed", plain(module.type_units_analyzed)),
    )
    table = baseline_table(module)
    return present(
        told, _drawn(module), table if table.rows else None, _about(module), parts.described(module.groups)
    )


def _drawn(module: BaselineCharacteristicsModule) -> Block:
    groups = _shown_groups(module)
    if not module.measures:
        return Note("No baseline characteristics were posted, so nothing is drawn.")
    if len(groups) > MAX_GROUPS:
        return Note(f"{len(groups)} groups are too many to draw side by side; the table has them all.")
    panels = tuple(panel for measure in module.measures if (panel := _panel(measure, module, groups)))
    if not panels:
        return Note("Not drawn: no posted baseline value is a number that can be placed on an axis.")
    left_out = len(module.measures) - len(panels)
    more = f" {left_out} more are in the table only." if left_out else ""
    shown = picture.BaselinePicture(
        title="Baseline characteristics at a glance",
        description="Bars: share of the group; dots: mean or median with its posted interval." + more,
        groups=tuple(parts.title_of(group) for group in groups),
        panels=panels,
    )
    return Figure(picture.draw(shown), shown.title, shown.description)


def _shown_groups(module: BaselineCharacteristicsModule) -> tuple[MeasureGroup, ...]:
    """All groups but the one that adds the others up."""
    arms = tuple(g for g in module.groups if (g.title or "").strip().lower() not in ("total", "overall"))
    return arms or module.groups


def _panel(
    measure: BaselineMeasure, module: BaselineCharacteristicsModule, groups: tuple[MeasureGroup, ...]
) -> picture.Panel | None:
    denoms = measure.denoms or module.denoms
    found = list(parts.lines(measure.classes, denoms=denoms, units=measure.denom_units_selected))
    if not found or len(found) > MAX_ROWS:
        return None
    name = _name(measure)
    if parts.is_counted(measure):
        rows = tuple(_bar_row(line, measure, groups) for line in found)
        return picture.Panel(name, rows) if any(b.share is not None for r in rows for b in r.bars) else None
    if measure.param_type == "NUMBER":
        return None
    dispersion = label("MeasureDispersionType", measure.dispersion_type)
    plot = IntervalPlot(
        title=name, description="", unit="", rows=tuple(
            Row(line.title, tuple(
                parts.dot(line.by_group[g.id], label=parts.title_of(g), series=n, dispersion=dispersion)
                for n, g in enumerate(groups) if g.id in line.by_group
            ))
            for line in found
        ),
    )  # fmt: skip
    return picture.Panel(name, plot) if plot.drawable else None


def _bar_row(line: parts.Line, measure: BaselineMeasure, groups: tuple[MeasureGroup, ...]) -> BarRow:
    bars, texts = [], []
    for series, group in enumerate(groups):
        measurement = line.by_group.get(group.id or "")
        count = measurement.value if measurement else None
        whole = line.denominators.get(group.id or "")
        tip = f"{parts.title_of(group)}: {count if count is not None else 'not posted'} of {whole or 'not posted'}"
        bars.append(Bar(parts.share_of(count, whole), series, tip))
        texts.append("–" if count is None else count)
    shown = " · ".join(texts) if len(groups) <= 4 else ""
    return BarRow(line.title or plain(measure.unit_of_measure), shown, tuple(bars))


def _name(measure: BaselineMeasure) -> str:
    return f"{plain(measure.title) or 'Unnamed characteristic'} ({_kind(measure)})"


def _kind(measure: BaselineMeasure) -> str:
    param = label("MeasureParam", measure.param_type)
    spread = (
        "" if measure.dispersion_type in (None, "NA") else label("MeasureDispersionType", measure.dispersion_type)
    )
    unit = plain(measure.unit_of_measure)
    shown = [f"{param} ({spread})" if spread else param, unit if unit.lower() != "participants" else ""]
    return ", ".join(part for part in shown if part) or "kind not stated"


def baseline_table(module: BaselineCharacteristicsModule) -> Table:
    """All characteristics under each other, as posted."""
    rows = parts.denom_rows(module.denoms, module.groups, label="Analysed")
    for measure in module.measures:
        rows.append((_measure_head(measure, columns=len(module.groups) + 1),))
        rows += parts.denom_rows(measure.denoms, module.groups, label="Analysed")
        rows += parts.measure_rows(
            measure.classes, module.groups, denoms=measure.denoms or module.denoms,
            units=measure.denom_units_selected, counted=parts.is_counted(measure),
            fallback=plain(measure.unit_of_measure) or "Value",
        )  # fmt: skip
    return Table(
        ("Characteristic", *parts.heads(module.groups)),
        tuple(rows),
        caption="Baseline, as posted; percentages computed",
    )


def _measure_head(measure: BaselineMeasure, *, columns: int) -> Cell:
    title = Value(plain(measure.title) or "Unnamed characteristic", note=_kind(measure))
    return Cell((title,), heading=True, columns=columns)


def _about(module: BaselineCharacteristicsModule) -> Disclosure | None:
    """How each characteristic was measured: everything that the table does not say."""
    found: list[Block] = []
    for measure in module.measures:
        told: list[tuple[str, Inline | None]] = [
            ("Description", Prose(measure.description) if measure.description else None),
            ("Population", Prose(measure.population_description) if measure.population_description else None),
            ("Denominator counts", plain(measure.denom_units_selected)),
            ("Percentages asked for", yes_no(measure.calculate_pct, "BaselineMeasureCalculatePct")),
        ]
        measured = (enum_value("MeasureParam", measure.param_type),
                    enum_value("MeasureDispersionType", measure.dispersion_type))  # fmt: skip
        block = facts(
            fact("Characteristic", plain(measure.title)), fact("Measured as", *measured),
            fact("Unit", plain(measure.unit_of_measure)), *(fact(name, value) for name, value in told),
        )  # fmt: skip
        found += [block] if block else []
    return Disclosure("How each characteristic was measured", tuple(found)) if found else None
