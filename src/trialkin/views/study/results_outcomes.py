"""Posted outcome measures: dots and intervals per arm and time point, analyses as forest plots."""

from __future__ import annotations

from ...model.results import MeasureGroup, OutcomeMeasure
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Block, Disclosure, Facts, Figure, Note, Prose, Table, Value, fact, facts, present
from ..pictures import intervals
from ..pictures.intervals import IntervalPlot, Row
from ..words import count_of, date_value, enum_value, yes_no
from . import results_parts as parts
from .context import PageContext
from .results_forest import forest_blocks

MAX_DOTS = 60
"""A picture with more dots is no longer read; the table has them all, and the page says so."""


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: resultsSection.outcomeMeasuresModule.outcomeMeasures[]."""
    results = context.study.results_section
    module = results and results.outcome_measures_module
    if not module:
        return ()
    described: dict[tuple[str, str], int] = {}
    return tuple(
        _outcome(outcome, key=index, described=described)
        for index, outcome in enumerate(module.outcome_measures, 1)
    )


def _outcome(outcome: OutcomeMeasure, *, key: int, described: dict[tuple[str, str], int]) -> Disclosure:
    """`described`: groups whose description was shown before, and under which outcome; each is shown once."""
    kind = label("OutcomeMeasureType", outcome.type) or "Outcome"
    title = plain(outcome.title) or "Untitled outcome measure"
    inner = present(
        _facts(outcome),
        _groups_before(outcome, described),
        Prose(outcome.description) if outcome.description else None,
        _drawn(outcome),
        forest_blocks(outcome),
        _groups(outcome, key=key, described=described),
    )
    return Disclosure(f"{key}. {kind}: {title}", inner, open=outcome.type == "PRIMARY")


def _known(outcome: OutcomeMeasure) -> list[tuple[MeasureGroup, tuple[str, str]]]:
    return [(g, (parts.title_of(g), g.description)) for g in outcome.groups if g.description]


def _groups_before(outcome: OutcomeMeasure, described: dict[tuple[str, str], int]) -> Facts | None:
    where = sorted({described[known] for _, known in _known(outcome) if known in described})
    told = " and ".join([", ".join(map(str, where[:-1])), str(where[-1])] if len(where) > 1 else map(str, where))
    return facts(fact("Groups described", f"under outcome {told}" if where else None))


def _groups(outcome: OutcomeMeasure, *, key: int, described: dict[tuple[str, str], int]) -> Disclosure | None:
    new = tuple(group for group, known in _known(outcome) if known not in described)
    described.update({known: key for _, known in _known(outcome) if known not in described})
    return parts.described(new)


def _facts(outcome: OutcomeMeasure) -> Facts | None:
    population = outcome.population_description
    return facts(
        fact("Type", enum_value("OutcomeMeasureType", outcome.type)),
        fact("Time frame", plain(outcome.time_frame)),
        fact("Measured as", *_measured_as(outcome)),
        fact("Unit", plain(outcome.unit_of_measure)),
        fact("Units analysed", plain(outcome.type_units_analyzed)),
        fact("Denominator counts", plain(outcome.denom_units_selected)),
        fact("Percentages asked for", yes_no(outcome.calculate_pct, "OutcomeMeasureCalculatePct")),
        fact("Population analysed", Prose(population) if population else None),
        fact("Results", enum_value("ReportingStatus", outcome.reporting_status)),
        fact("Posting expected", date_value(outcome.anticipated_posting_date)),
    )


def _measured_as(outcome: OutcomeMeasure) -> tuple[Value, ...]:
    param = enum_value("MeasureParam", outcome.param_type)
    dispersion = Value(plain(outcome.dispersion_type)) if outcome.dispersion_type else None
    return tuple(value for value in (param, dispersion) if value)


def _drawn(outcome: OutcomeMeasure) -> tuple[Block, ...]:
    table = outcome_table(outcome)
    plot, left_out = outcome_plot(outcome)
    if not parts.has_rows(outcome.classes):
        why = "The sponsor has not posted this outcome's numbers." if not outcome.denoms else (
            "Numbers analysed were posted, but no values, so nothing is drawn."
        )  # fmt: skip
        return (Note(why), table) if table.rows else (Note(why),)
    if not plot.drawable:
        return Note("Not drawn: no posted value is a number that can be placed on an axis."), table
    notes: tuple[Block, ...] = ()
    if left_out:
        notes = (Note(f"{count_of(left_out, 'further row')} not drawn; the table has all."),)
    return (Figure(intervals.draw(plot), plot.title, plot.description, data=table), *notes)


def outcome_table(outcome: OutcomeMeasure) -> Table:
    """All posted values of the outcome, with the numbers analysed."""
    counted = parts.is_counted(outcome)
    rows = parts.denom_rows(outcome.denoms, outcome.groups, label="Analysed")
    rows += parts.measure_rows(
        outcome.classes, outcome.groups, denoms=outcome.denoms, units=outcome.denom_units_selected,
        counted=counted, fallback=plain(outcome.unit_of_measure) or "Value",
    )  # fmt: skip
    shown = ", ".join(value.text for value in _measured_as(outcome))
    unit = plain(outcome.unit_of_measure)
    caption = " · ".join(part for part in (shown, unit) if part)
    if counted:
        caption += " · percentages computed from the number analysed"
    return Table(("", *parts.heads(outcome.groups)), tuple(rows), caption=caption)


def outcome_plot(outcome: OutcomeMeasure) -> tuple[IntervalPlot, int]:
    """The dots of the outcome, and how many rows were left out of the picture because there are too many."""
    counted = parts.is_counted(outcome)
    dispersion = plain(outcome.dispersion_type)
    rows: list[Row] = []
    dots = left_out = 0
    percent = False
    for line in parts.lines(outcome.classes, denoms=outcome.denoms, units=outcome.denom_units_selected):
        if dots >= MAX_DOTS:
            left_out += 1
            continue
        found = []
        for series, group in enumerate(outcome.groups):
            measurement = line.by_group.get(group.id or "")
            if measurement is None:
                continue
            of = line.denominators.get(group.id or "")
            name = parts.title_of(group) + (f" · N {of}" if of and not counted else "")
            found.append(parts.dot(measurement, label=name, series=series, dispersion=dispersion,
                                   denominator=of, counted=counted))  # fmt: skip
            percent = percent or bool(counted and of)
        dots += len(found)
        rows.append(Row(line.title, tuple(found)))
    unit = "% of those analysed" if percent else plain(outcome.unit_of_measure)
    plot = IntervalPlot(
        title=plain(outcome.title) or "Outcome measure",
        description=_description(outcome, rows=rows, dispersion=dispersion),
        unit=unit,
        rows=tuple(rows),
        log=_logarithmic(outcome, rows),
        start_at_zero=percent or _bare_percentages(unit, rows),
    )
    return plot, left_out


def _bare_percentages(unit: str, rows: list[Row]) -> bool:
    """Percentages without intervals: on an axis without zero a small difference would look like a large one."""
    dots = [dot for row in rows for dot in row.dots if dot.value is not None]
    named = "percent" in unit.lower() or "%" in unit
    return named and all((dot.value or 0) >= 0 and dot.low is None and dot.high is None for dot in dots)


def _description(outcome: OutcomeMeasure, *, rows: list[Row], dispersion: str) -> str:
    param = label("MeasureParam", outcome.param_type) or "Value"
    lines = ""
    if any(dot.low is not None or dot.high is not None for row in rows for dot in row.dots):
        around = {"standard deviation": "one standard deviation to each side",
                  "standard error": "one standard error to each side"}  # fmt: skip
        lines = f", lines: {around.get(dispersion.lower(), dispersion.lower())}"
    arms = ", ".join(parts.title_of(group) for group in outcome.groups[:6])
    more = f" and {len(outcome.groups) - 6} more" if len(outcome.groups) > 6 else ""
    when = f" Time frame: {plain(outcome.time_frame).rstrip(' .')}." if outcome.time_frame else ""
    return f"Dots: {param.lower()}{lines}, for {arms}{more}.{when}"


def _logarithmic(outcome: OutcomeMeasure, rows: list[Row]) -> bool:
    values = [dot.value for row in rows for dot in row.dots if dot.value is not None]
    if not values or min(values) <= 0 or "LOG" in (outcome.param_type or ""):
        return False
    wide = 20 if "GEOMETRIC" in (outcome.param_type or "") else 1000
    return max(values) / min(values) > wide
