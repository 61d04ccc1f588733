"""Statistical analyses of an outcome: a forest plot per kind of estimate, and every field of each analysis."""

from __future__ import annotations

import re

from ...model.results import MeasureAnalysis, OutcomeMeasure
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Block, Disclosure, Fact, Facts, Figure, Inline, Prose, Subsection, Table, Value, fact, facts
from ..pictures import intervals
from ..pictures.intervals import Dot, IntervalPlot, Row
from ..posted import posted
from ..words import count_of, enum_value, yes_no
from .results_parts import title_of

_RATIO = re.compile(r"\b(ratio|odds|hazard|relative risk|fold)\b", re.IGNORECASE)
_LOG = re.compile(r"\blog\b", re.IGNORECASE)
_DIFFERENCE = re.compile(r"\b(difference|change|slope)\b", re.IGNORECASE)


def forest_blocks(outcome: OutcomeMeasure) -> tuple[Block, ...]:
    """Source: outcomeMeasures[].analyses[]."""
    if not outcome.analyses:
        return ()
    names = {group.id: title_of(group) for group in outcome.groups}
    summary = _summary(outcome.analyses, names)
    plots = [plot for plot in forest_plots(outcome) if plot.drawable]
    drawn: list[Block] = [Figure(intervals.draw(p), p.title, p.description) for p in plots]
    details = tuple(
        Subsection(f"Analysis {n}: {_compared(analysis, names)}", (shown,))
        for n, analysis in enumerate(outcome.analyses, 1)
        if (shown := _details(analysis, names))
    )
    folded = Disclosure(f"All details of {count_of(len(outcome.analyses), 'analysis', 'analyses')}", details)
    return (Subsection("Statistical analyses", (*drawn, summary, folded)),)


def forest_plots(outcome: OutcomeMeasure) -> tuple[IntervalPlot, ...]:
    """One plot per kind of estimate as posted, so that one axis never mixes two; analyses keep their order."""
    names = {group.id: title_of(group) for group in outcome.groups}
    kinds: dict[str, list[MeasureAnalysis]] = {}
    for analysis in outcome.analyses:
        if analysis.param_value is not None:
            kinds.setdefault(plain(analysis.param_type), []).append(analysis)
    return tuple(_plot(kind, members, names) for kind, members in kinds.items())


def _plot(kind: str, members: list[MeasureAnalysis], names: dict[str | None, str]) -> IntervalPlot:
    rows = tuple(Row(_compared(analysis, names), (_dot(analysis),)) for analysis in members)
    placed = [v for row in rows for dot in row.dots for v in (dot.value, dot.low, dot.high) if v is not None]
    ratio = bool(_RATIO.search(kind)) and not _LOG.search(kind)
    log = ratio and bool(placed) and min(placed) > 0
    reference = 1.0 if ratio else 0.0 if _DIFFERENCE.search(kind) or _LOG.search(kind) else None
    where = {1.0: "The upright line at 1 means no difference.", 0.0: "The upright line at 0 means no difference."}
    said = (
        where[reference]
        if reference is not None
        else "No line of no difference: the kind of estimate does not say where it lies."
    )
    return IntervalPlot(
        title=f"Analyses: {kind or 'estimate, kind not stated'}",
        description=f"Estimates with their intervals as posted, one per analysis. {said}",
        unit=kind or "estimate",
        rows=rows,
        log=log,
        reference=reference,
    )


def _dot(analysis: MeasureAnalysis) -> Dot:
    read, low, high = (posted(t) for t in (analysis.param_value, analysis.ci_lower_limit, analysis.ci_upper_limit))
    shown = [estimate_text(analysis)]
    if analysis.p_value is not None:
        shown.append(f"p {plain(analysis.p_value)}")
    has_limits = analysis.ci_lower_limit is not None or analysis.ci_upper_limit is not None
    return Dot(
        plain(analysis.statistical_method) or "Method not stated",
        " · ".join(shown),
        0,
        read.value,
        low.value,
        high.value,
        low_open=has_limits and low.value is None,
        high_open=has_limits and high.value is None,
        bound=read.bound,
    )


def estimate_text(analysis: MeasureAnalysis) -> str:
    """The estimate with its interval or dispersion, as posted: "0.72 (95% CI 0.55 to 0.94)"."""
    value = plain(analysis.param_value) if analysis.param_value is not None else "no estimate"
    interval = interval_text(analysis)
    if interval:
        return f"{value} ({interval})"
    if analysis.dispersion_value is not None:
        kind = {"STANDARD_DEVIATION": "SD", "STANDARD_ERROR_OF_MEAN": "SE"}.get(
            analysis.dispersion_type or "", "±"
        )
        return f"{value} ({kind} {plain(analysis.dispersion_value)})"
    return value


def interval_text(analysis: MeasureAnalysis) -> str:
    """The interval as posted, "" when none was."""
    low, high = analysis.ci_lower_limit, analysis.ci_upper_limit
    if low is None and high is None:
        return ""
    level = f"{plain(analysis.ci_pct_value)}% CI " if analysis.ci_pct_value else "CI "
    if analysis.ci_num_sides == "ONE_SIDED":
        level = "1-sided " + level
    if low is None or high is None:
        return plain(f"{level}from {low}" if low is not None else f"{level}up to {high}")
    return plain(f"{level}{low} to {high}")


def _compared(analysis: MeasureAnalysis, names: dict[str | None, str]) -> str:
    return " vs ".join(names.get(key, key) for key in analysis.group_ids) or "Groups not stated"


def _summary(analyses: tuple[MeasureAnalysis, ...], names: dict[str | None, str]) -> Table:
    rows: tuple[tuple[Inline, ...], ...] = tuple(
        (
            f"{n}. {_compared(analysis, names)}",
            plain(analysis.statistical_method) or "–",
            plain(analysis.param_type) or "–",
            estimate_text(analysis),
            plain(analysis.p_value) or "–",
        )
        for n, analysis in enumerate(analyses, 1)
    )
    return Table(
        ("Compared", "Method", "Kind of estimate", "Estimate", "p"), rows, caption="Analyses as posted", stack=True
    )


def _details(analysis: MeasureAnalysis, names: dict[str | None, str]) -> Facts | None:
    compared = tuple(Value(names.get(key, key), registry=key) for key in analysis.group_ids)
    return facts(
        fact("Groups compared", *compared),
        _text("About the comparison", analysis.group_description),
        fact("Method", plain(analysis.statistical_method)),
        _text("About the method", analysis.statistical_comment),
        fact("Kind of hypothesis", enum_value("NonInferiorityType", analysis.non_inferiority_type)),
        fact(
            "Tested for non-inferiority",
            yes_no(analysis.tested_non_inferiority, "OutcomeAnalysisTestedNonInferiority"),
        ),
        _text("About the hypothesis", analysis.non_inferiority_comment),
        fact("p-value", plain(analysis.p_value)),
        _text("About the p-value", analysis.p_value_comment),
        fact("Kind of estimate", plain(analysis.param_type)),
        fact("Estimate", plain(analysis.param_value)),
        _text("About the estimate", analysis.estimate_comment),
        fact("Confidence level", f"{plain(analysis.ci_pct_value)}%" if analysis.ci_pct_value else None),
        fact("Sides", enum_value("ConfidenceIntervalNumSides", analysis.ci_num_sides)),
        fact("Lower limit", plain(analysis.ci_lower_limit)),
        _text("About the lower limit", analysis.ci_lower_limit_comment),
        fact("Upper limit", plain(analysis.ci_upper_limit)),
        _text("About the upper limit", analysis.ci_upper_limit_comment),
        fact(label("AnalysisDispersionType", analysis.dispersion_type) or "Dispersion", *_dispersion(analysis)),
        _text("Other analysis", analysis.other_analysis_description),
    )


def _dispersion(analysis: MeasureAnalysis) -> tuple[Value, ...]:
    if analysis.dispersion_value is None and analysis.dispersion_type is None:
        return ()
    return (Value(plain(analysis.dispersion_value) or "not posted", registry=analysis.dispersion_type or ""),)


def _text(name: str, markup: str | None) -> Fact | None:
    return fact(name, Prose(markup) if markup else None)
