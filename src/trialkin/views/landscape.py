"""The landscape of a search: its studies by year, phase, status, sponsor, country, size and more.

Every picture stands beside its numbers, and every number leads to the search that finds just those studies
(where `link` knows an address). Must not know HTML or terminals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..indexes.search.values import read_filter
from ..vocab import label
from .blocks import Block, Cell, Figure, Inline, Note, Section, Table, Value
from .pictures import bars, heat, stacks
from .words import count_of

if TYPE_CHECKING:
    from ..indexes.search.engine import Request
    from ..indexes.search.landscape import Counts, Landscape, Span

Link = Callable[["Request"], str]
"""A search to the address of its page."""

SHOWN = 12
YEARS = 60
_PHASES = ("EARLY_PHASE1", "PHASE1", "PHASE1/PHASE2", "PHASE2", "PHASE2/PHASE3", "PHASE3", "PHASE4")
NOT_STATED = "Not stated"


@dataclass(frozen=True)
class LandscapePage:
    """`query`: the search as it was understood. `link` in the sections is already made."""

    title: str
    query: str
    total: int
    sections: tuple[Section, ...]


def landscape_page(found: Landscape, *, request: Request, link: Link | None = None) -> LandscapePage:
    """The page of a landscape of `request`; `link` None leaves the links out, for a file that is sent to somebody."""
    query = str(found.query)
    narrow = _Narrow(request, link)
    if not found.total:
        nothing = Note("The search finds no study, so there is nothing to draw.")
        return LandscapePage("Landscape", query, 0, (Section("nothing", "Nothing found", (nothing,)),))
    by = found.by
    sections = (
        Section("years", "By start year and phase", _years(found, narrow)),
        Section("status", "By status", _listed(by["status"], "status", "Status", found.total, narrow)),
        Section("sponsors", "By lead sponsor", _listed(by["sponsor"], "sponsor", "Lead sponsor", found.total, narrow)),
        Section("countries", "By country", _countries(found, narrow)),
        Section("grid", "Conditions and interventions", _grid(found, narrow)),
        Section("enrolment", "By number of participants", _spans(
            found.enrollment, found.unsized, "enrollment", "", found.total, narrow)),
        Section("criteria", "Whom the criteria let in", _criteria(found, narrow)),
        Section("results", "From completion to results", _delay(found, narrow)),
    )  # fmt: skip
    return LandscapePage("Landscape", query, found.total, sections)


def _criteria(found: Landscape, narrow: _Narrow) -> tuple[Block, ...]:
    ages = [
        ("No upper limit" if each.high is None else f"{each.low} to {each.high} years", each.count)
        for each in found.upper_age
    ]
    top = max(count for _, count in ages) or 1
    rows: list[tuple[Inline | Cell, ...]] = [(name, _number(count)) for name, count in ages]
    rows += [(NOT_STATED, _number(found.unaged))] if found.unaged else []
    chart = bars.BarChart(
        "Oldest age accepted",
        f"{found.total - found.unaged:,} of {found.total:,} studies say who may join by age.",
        tuple(bars.BarRow(name, f"{count:,}", (bars.Bar(count / top),), None) for name, count in ages),
    )
    data = Table(("Oldest age accepted", "Studies"), tuple(rows), caption="Oldest age accepted")
    figure = Figure(bars.draw(chart), chart.title, chart.description, data=data)
    if not found.said:
        return (figure, Note(found.unsaid)) if found.unsaid else (figure,)
    answers: list[tuple[Inline | Cell, ...]] = [
        (
            _linked(each.text, narrow.text(f'{each.name}:"{each.text}"')),
            *map(_number, (each.yes, each.no, each.open)),
        )
        for each in found.said
    ]
    table = Table(
        ("Somebody with", "Let in", "Kept out", "Left open"), tuple(answers), caption="Let in by criteria"
    )
    how = "Read by rules from the criteria as posted; open: they say nothing of it, or only under conditions."
    return (figure, table, Note(how))


class _Narrow:
    """Makes the address of "this search, and also …", None where there are no addresses."""

    def __init__(self, request: Request, link: Link | None) -> None:
        self.request, self.link = request, link

    def __call__(self, **filters: str) -> str | None:
        """One filter value each; a filter that the search already has is kept, the new value joins the text."""
        if self.link is None:
            return None
        kept, text = dict(self.request.filters), self.request.text
        for name, value in filters.items():
            if name in kept:
                clause = str(read_filter(name, value))
                text = f"({text}) AND {clause}" if text else clause
            else:
                kept[name] = (value,)
        return self.link(replace(self.request, text=text, filters=kept, offset=0))

    def text(self, clause: str) -> str | None:
        """The address of this search, and also what a clause says."""
        if self.link is None:
            return None
        text = f"({self.request.text}) AND {clause}" if self.request.text else clause
        return self.link(replace(self.request, text=text, offset=0))


def _show(name: str, value: str) -> str:
    return label("Status", value) if name == "status" else value


def _linked(text: str, href: str | None) -> Value:
    return Value(text, href=href or "")


def _number(count: int) -> Cell:
    return Cell((f"{count:,}",), number=True)


def _listed(counts: Counts, name: str, heading: str, total: int, narrow: _Narrow) -> tuple[Block, ...]:
    rows = []
    table: list[tuple[Inline | Cell, ...]] = []
    top = counts.values[0][1] if counts.values else 1
    for index, (value, count) in enumerate(counts.values):
        href = narrow(**{name: value})
        shown = _show(name, value)
        table.append((_linked(shown, href), _number(count)))
        if index < SHOWN:
            rows.append(bars.BarRow(shown, f"{count:,}", (bars.Bar(count / top),), href))
    if counts.unstated:
        table.append((NOT_STATED, _number(counts.unstated)))
    more = "" if counts.complete else " Only the most frequent are listed."
    description = (
        f"The {len(rows)} most frequent of {total:,} studies."
        if len(counts.values) > SHOWN
        else f"{total:,} studies."
    )
    chart = bars.BarChart(heading, description + more, tuple(rows))
    data = Table((heading, "Studies"), tuple(table), caption=heading)
    return (Figure(bars.draw(chart), chart.title, chart.description, data=data),) if rows else (data,)


def _countries(found: Landscape, narrow: _Narrow) -> tuple[Block, ...]:
    note = Note("A study with sites in several countries counts in each of them.")
    return (*_listed(found.by["country"], "country", "Country", found.total, narrow), note)


def _phase_of(phases: str) -> str:
    return phases if phases in _PHASES else "NA" if phases == "NA" else "other" if phases else ""


def phase_words(phases: str) -> str:
    """ "Phase 1/Phase 2" for PHASE1/PHASE2."""
    named = {"NA": "Not applicable", "": NOT_STATED, "other": "Other combination"}
    return named.get(phases) or "/".join(label("Phase", phase) for phase in phases.split("/"))


_TONES = {**{phase: tone for tone, phase in enumerate(_PHASES, 1)}, "other": 8, "NA": 9, "": 10}
_SHORT = {"EARLY_PHASE1": "Early 1", "NA": "n/a", "": "–", "other": "Other"}


def _years(found: Landscape, narrow: _Narrow) -> tuple[Block, ...]:
    known = dict(found.years)
    kinds = [
        kind
        for kind in (*_PHASES, "other", "NA", "")
        if any(_phase_of(p) == kind for by in known.values() for p in by)
    ]
    first = max(min(known, default=0), max(known, default=0) - YEARS)
    columns = tuple(
        stacks.Column(
            str(year),
            tuple(sum(n for p, n in known.get(year, {}).items() if _phase_of(p) == kind) for kind in kinds),
            narrow(start=f"{year}..{year}"),
        )
        for year in range(first, max(known, default=-1) + 1)
    )
    earlier = sum(sum(by.values()) for year, by in known.items() if year < first)
    undrawn = ((earlier, f"with a start before {first}"), (found.undated, "without a start date"))
    notes = tuple(Note(f"{count_of(n, 'study', 'studies')} {why} are not drawn.") for n, why in undrawn if n)
    if not columns:
        return notes
    chart = stacks.StackedColumns(
        "Studies by start year and phase",
        f"{columns[0].label} to {columns[-1].label}, one column a year.",
        tuple(phase_words(kind) for kind in kinds),
        tuple(_TONES[kind] for kind in kinds),
        columns,
    )
    return (Figure(stacks.draw(chart), chart.title, chart.description, data=_year_table(columns, kinds)), *notes)


def _year_table(columns: tuple[stacks.Column, ...], kinds: list[str]) -> Table:
    """Years with any study; the names of the phases are short so that a terminal holds them."""
    rows: list[tuple[Inline | Cell, ...]] = [
        (_linked(column.label, column.href), *map(_number, column.counts), _number(sum(column.counts)))
        for column in columns
        if any(column.counts)
    ]
    short = (_SHORT.get(kind) or kind.replace("PHASE", "") for kind in kinds)
    return Table(("Start", *short, "All"), tuple(rows), caption="Studies by start year; the columns are phases")


def _grid(found: Landscape, narrow: _Narrow) -> tuple[Block, ...]:
    conditions = [value for value, _ in found.by["condition_term"].values[: len(found.grid)]]
    named = found.by["intervention_term"].values
    columns = tuple(value for value, _ in named[: len(found.grid[0]) if found.grid else 0])
    if not columns:
        return (Note("No condition or no intervention is named, so there is no grid."),)
    rows = tuple(
        (
            condition,
            tuple(
                heat.HeatCell(n, narrow(condition_term=condition, intervention_term=column) if n else None)
                for column, n in zip(columns, counts, strict=True)
            ),
        )
        for condition, counts in zip(conditions, found.grid, strict=True)
    )
    grid = heat.HeatGrid(
        "Conditions by interventions",
        f"Studies that have both: the {len(rows)} most frequent conditions by the {len(columns)} most frequent "
        "interventions.",
        columns,
        rows,
    )
    note = Note("Terms are the registry's MeSH terms; where it has found none, what the sponsor entered.")
    return (Figure(heat.draw(grid), grid.title, grid.description, data=_pair_table(grid)), note)


def _pair_table(grid: heat.HeatGrid) -> Table:
    """Every pair that any study has, the most frequent first."""
    pairs = [
        (condition, column, cell)
        for condition, cells in grid.rows
        for column, cell in zip(grid.columns, cells, strict=True)
        if cell.count
    ]
    pairs.sort(key=lambda pair: -pair[2].count)
    rows = tuple(
        (condition, column, Cell((_linked(f"{cell.count:,}", cell.href),), number=True))
        for condition, column, cell in pairs
    )
    return Table(("Condition", "Intervention", "Studies"), rows, caption="Studies that have both")


def _spans(
    spans: Sequence[Span], unstated: int, name: str, noun: str, total: int, narrow: _Narrow
) -> tuple[Block, ...]:
    top = max((span.count for span in spans), default=0) or 1
    rows, table = [], []
    for span in spans:
        href = narrow(**{name: f"{span.low}..{'' if span.high is None else span.high}"})
        words = span_words(span, days=name == "results_delay")
        rows.append(
            bars.BarRow(words, f"{span.count:,}", (bars.Bar(span.count / top),), href if span.count else None)
        )
        row: tuple[Inline | Cell, ...] = (_linked(words, href if span.count else None), _number(span.count))
        table.append(row)
    table.append((NOT_STATED, _number(unstated)))
    title = {"enrollment": "Number of participants", "results_delay": "Time from primary completion to results"}[
        name
    ]
    chart = bars.BarChart(title, f"{total - unstated:,} of {total:,} studies state it{noun}.", tuple(rows))
    data = Table((title, "Studies"), tuple(table), caption=title)
    return (Figure(bars.draw(chart), chart.title, chart.description, data=data),)


def span_words(span: Span, *, days: bool) -> str:
    """ "51 to 100"; for days in years: "1 to 2 years"."""
    if days:
        low, high = round(span.low / 365.25), None if span.high is None else round(span.high / 365.25)
        return (
            f"more than {low} years"
            if high is None
            else f"up to {high} year"
            if not low
            else f"{low} to {high} years"
        )
    if span.high is None:
        return f"{span.low:,} or more"
    return f"{span.low:,}" if span.low == span.high else f"{span.low:,} to {span.high:,}"


def _delay(found: Landscape, narrow: _Narrow) -> tuple[Block, ...]:
    if found.undelayed == found.total:
        return (Note("None of these studies has posted results with a known primary completion date."),)
    note = Note(
        "Counted from the last possible day of the primary completion date to the first posting of results; results "
        "posted before it count as the first class. A study without results says nothing about whether they are due."
    )
    return (*_spans(found.delay, found.undelayed, "results_delay", ", counted to the first posting",
                    found.total, narrow), note)  # fmt: skip
