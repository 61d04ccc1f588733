"""Adverse events: deaths, the largest differences between arms, and every event with its own denominators.

Groups that overlap (pooled groups, successive periods, crossovers) are never compared as if they were
different people: `event_sets` says which groups may stand side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ...model.results import AdverseEvent, AdverseEventsModule, EventGroup, EventStats
from ...reading.markup import plain
from ...vocab import label
from ..blocks import (
    Block,
    Cell,
    Disclosure,
    Figure,
    Inline,
    Note,
    Prose,
    Subsection,
    Table,
    Value,
    fact,
    facts,
    present,
)
from ..pictures import bars, events
from ..words import count_of
from .context import PageContext
from .results_parts import count_number, described, heads, title_of

MAX_TERMS = 20
_POOLED = re.compile(
    r"^(total|overall|pooled|combined|all (participants|patients|subjects))\b|\btotal$", re.IGNORECASE
)
_PERIOD_WORDS = re.compile(
    r"double[- ]blind|open[- ]label|post[- ]treatment|randomi[sz]ed period|follow[- ]?up|extension|up to week \d+"
    r"|^any\b",
    re.IGNORECASE,
)
_PERIOD_NAME = re.compile(r"\b(period|phase|part|stage|cycle)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[-–—]\s+|[:()]")


@dataclass(frozen=True)
class EventSet:
    """Groups that may be compared with each other; `disjoint` False: people may be counted in several of them."""

    name: str
    groups: tuple[EventGroup, ...]
    disjoint: bool
    why: str = ""


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: resultsSection.adverseEventsModule."""
    results = context.study.results_section
    module = results and results.adverse_events_module
    if not module:
        return ()
    told = facts(
        fact("Time frame", plain(module.time_frame)),
        fact(
            "Threshold of other events",
            f"{plain(module.frequency_threshold)}%" if module.frequency_threshold else None,
        ),
        fact("How events were collected", Prose(module.description) if module.description else None),
        fact(
            "About deaths",
            Prose(module.all_cause_mortality_comment) if module.all_cause_mortality_comment else None,
        ),
    )
    started = _started(context)
    return present(
        told,
        _totals(module),
        _deaths(module),
        Subsection("Largest differences between groups", _differences(module, started=started)),
        _listing("Serious adverse events", module.serious_events, module.event_groups),
        _listing("Other adverse events", module.other_events, module.event_groups),
        described(module.event_groups),
    )


def _started(context: PageContext) -> int | None:
    """How many people started the first period of the flow, None where that cannot be added up."""
    results = context.study.results_section
    flow = results and results.participant_flow_module
    if not flow or not flow.periods:
        return None
    for milestone in flow.periods[0].milestones:
        if (milestone.type or "").upper() == "STARTED":
            counts = [count_number(a.num_subjects) for a in milestone.achievements]
            return None if not counts or None in counts else sum(c for c in counts if c is not None)
    return None


def _totals(module: AdverseEventsModule) -> Table:
    rows: tuple[tuple[Inline | Cell, ...], ...] = tuple(
        (name, *(Cell((_pair(*pick(group)),), number=True) for group in module.event_groups))
        for name, pick in (
            ("Deaths, all causes", _deaths_of),
            ("Any serious event", lambda g: (g.serious_num_affected, g.serious_num_at_risk)),
            ("Any other event", lambda g: (g.other_num_affected, g.other_num_at_risk)),
        )
    )
    return Table(
        ("Affected / at risk", *heads(module.event_groups)),
        rows,
        caption="Participants, as posted; percentages computed",
    )


def _deaths_of(group: EventGroup) -> tuple[int | None, int | None]:
    return group.deaths_num_affected, group.deaths_num_at_risk


def _pair(affected: int | None, at_risk: int | None) -> Value:
    if affected is None and at_risk is None:
        return Value("not posted")
    share = f"{affected / at_risk * 100:.1f}%" if affected is not None and at_risk else ""
    return Value(f"{'–' if affected is None else affected} / {'–' if at_risk is None else at_risk}", note=share)


def _deaths(module: AdverseEventsModule) -> Block:
    rates = [(group, events.EventRate(n, *_deaths_of(group))) for n, group in enumerate(module.event_groups)]
    if all(rate.affected is None for _, rate in rates):
        return Note("Deaths from all causes were not posted.")
    highest = max((rate.share or 0.0 for _, rate in rates), default=0.0)
    top = _round_up(highest)
    rows = tuple(
        bars.BarRow(
            title_of(group),
            rate.text if rate.share is None else f"{rate.text} ({rate.share * 100:.1f}%)",
            (bars.Bar(None if rate.share is None else rate.share / top, rate.series, rate.text),),
        )
        for group, rate in rates
    )
    chart = bars.BarChart(
        "Deaths from all causes",
        f"Participants who died, of those at risk, in {count_of(len(rates), 'group')}; a full bar is {top * 100:g}%.",
        rows,
    )
    return Figure(bars.draw(chart), chart.title, chart.description)


def _round_up(share: float) -> float:
    return next((top for top in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if share <= top), 1.0)


def _differences(module: AdverseEventsModule, *, started: int | None) -> tuple[Block, ...]:
    if not module.serious_events and not module.other_events:
        return (Note("No adverse event was posted, so nothing is drawn."),)
    found: list[Block] = []
    for chosen in event_sets(module, started=started):
        plot = event_plot(module, chosen)
        if chosen.why:
            found.append(Note(chosen.why, level="info" if chosen.disjoint else "warning"))
        if plot.rows:
            found.append(Figure(events.draw(plot), plot.title, plot.description))
        else:
            whose = f" for {chosen.name}" if chosen.name else ""
            found.append(Note(f"Not drawn{whose}: nobody was affected, or no numbers were posted."))
    return tuple(found)


def event_sets(module: AdverseEventsModule, *, started: int | None) -> tuple[EventSet, ...]:
    """The groups in sets whose members are different people, as far as the record tells.

    Rule: pooled groups stand alone; if those at risk add up to no more than those who started, the groups are
    different people; else groups of the same period or phase (named in their titles) are compared if that
    holds for each; else all are shown side by side without reading differences.
    """
    pooled = tuple(g for g in module.event_groups if len(module.event_groups) > 1 and _POOLED.search(title_of(g)))
    groups = tuple(g for g in module.event_groups if g not in pooled)
    apart = tuple(
        EventSet(title_of(g), (g,), True, f"“{title_of(g)}” adds other groups up and is shown apart.")
        for g in pooled
    )
    if not groups:
        return apart
    if len(groups) == 1 or started is None or _at_risk(groups) <= started:
        return (EventSet("", groups, True), *apart)
    periods: dict[str, list[EventGroup]] = {}
    for group in groups:
        periods.setdefault(period_of(title_of(group)), []).append(group)
    if len(periods) > 1 and all(_at_risk(tuple(members)) <= started for members in periods.values()):
        why = "Groups of different periods hold the same people, so each period is drawn by itself."
        sets = [EventSet(name or "other groups", tuple(members), True) for name, members in periods.items()]
        return (EventSet(sets[0].name, sets[0].groups, True, why), *sets[1:], *apart)
    why = (
        f"Those at risk add up to {_at_risk(groups):,}, but {started:,} started: people are counted in more than one "
        "group, or something other than people is counted. Terms are in order of their highest share, and no "
        "difference is drawn."
    )
    return (EventSet("", groups, False, why), *apart)


def _at_risk(groups: tuple[EventGroup, ...]) -> int:
    return sum(max(g.serious_num_at_risk or 0, g.other_num_at_risk or 0) for g in groups)


def period_of(title: str) -> str:
    """The period or phase that a group's title names, lower case; "" where it names none."""
    known = _PERIOD_WORDS.search(title)
    if known:
        return known[0].lower().replace("-", " ")
    segments = [s.strip() for s in _SEPARATOR.split(title) if s.strip()]
    return next((s.lower() for s in segments if _PERIOD_NAME.search(s)), "") if len(segments) > 1 else ""


@dataclass(frozen=True)
class _Term:
    """A term while terms are put in order."""

    event: AdverseEvent
    serious: bool
    pairs: list[events.Pair]
    highest: float


def event_plot(module: AdverseEventsModule, chosen: EventSet) -> events.EventPlot:
    """The terms with the largest differences (or the highest shares) among the set's groups."""
    series = {group.id: n for n, group in enumerate(module.event_groups)}
    by_difference = chosen.disjoint and len(chosen.groups) > 1
    terms = _in_order(module, chosen, by_difference=by_difference)
    rows = tuple(
        events.EventRow(
            plain(term.event.term) or "Unnamed event",
            term.serious,
            tuple(
                events.EventRate(series[group.id], *pair)
                for group, pair in zip(chosen.groups, term.pairs, strict=True)
            ),
        )
        for term in terms[:MAX_TERMS]
    )
    what = "largest differences between the groups" if by_difference else "highest shares"
    name = f" — {chosen.name}" if chosen.name else ""
    return events.EventPlot(
        title=f"Adverse events{name}",
        description=f"The {count_of(len(rows), 'term')} with the {what}, of {len(terms):,}; "
        "each dot is affected / at risk of one group." + _about_small(chosen, by_difference=by_difference),
        arms=tuple((series[group.id], title_of(group)) for group in chosen.groups),
        rows=rows,
        compared=by_difference,
    )


def _about_small(chosen: EventSet, *, by_difference: bool) -> str:
    risks = [max(g.serious_num_at_risk or 0, g.other_num_at_risk or 0) for g in chosen.groups]
    if not by_difference or min(risks) >= events.SMALL or sum(n >= events.SMALL for n in risks) < 2:
        return ""
    return f" Groups with fewer than {events.SMALL} at risk are drawn, but do not decide the order."


def _in_order(module: AdverseEventsModule, chosen: EventSet, *, by_difference: bool) -> list[_Term]:
    """All terms that affected anybody of the set, the most telling first."""
    terms = []
    for serious, listed in ((True, module.serious_events), (False, module.other_events)):
        for event in listed:
            pairs = _pairs(event, chosen.groups, serious=serious)
            highest = events.highest_of(pairs)
            if highest > 0:
                terms.append(_Term(event, serious, pairs, highest))

    def order(term: _Term) -> tuple[float, float, bool, str]:
        difference = events.difference_of(term.pairs) if by_difference else 0.0
        return -difference, -term.highest, not term.serious, term.event.term or ""

    return sorted(terms, key=order)


def _pairs(event: AdverseEvent, groups: tuple[EventGroup, ...], *, serious: bool) -> list[events.Pair]:
    """Affected and at risk per group; where a term has no number at risk of its own, that of the group."""
    stats = {stat.group_id: stat for stat in event.stats}
    found: list[events.Pair] = []
    for group in groups:
        stat = stats.get(group.id)
        at_risk = stat.num_at_risk if stat else None
        if at_risk is None:
            at_risk = group.serious_num_at_risk if serious else group.other_num_at_risk
        found.append((stat.num_affected if stat else None, at_risk))
    return found


def _listing(title: str, listed: tuple[AdverseEvent, ...], groups: tuple[EventGroup, ...]) -> Disclosure | None:
    if not listed:
        return None
    rows: list[tuple[Inline | Cell, ...]] = []
    for event in sorted(listed, key=lambda e: ((e.organ_system or "").lower(), (e.term or "").lower())):
        stats = {stat.group_id: stat for stat in event.stats}
        about = " · ".join(
            part
            for part in (plain(event.source_vocabulary), label("EventAssessment", event.assessment_type))
            if part
        )
        term = Value(plain(event.term) or "Unnamed event", registry=event.assessment_type or "", note=about)
        head: tuple[Inline, ...] = (term, Prose(event.notes)) if event.notes else (term,)
        rows.append(
            (Cell(head, heading=True), plain(event.organ_system), *(_stat(stats.get(g.id)) for g in groups))
        )
    caption = "Affected / at risk (number of events), as posted"
    table = Table(("Term", "Organ system", *heads(groups)), tuple(rows), caption=caption)
    return Disclosure(f"{title}: {count_of(len(listed), 'term')}", (table,))


def _stat(stat: EventStats | None) -> Cell:
    if stat is None:
        return Cell(("–",), number=True)
    return _stat_cell(stat.num_affected, stat.num_at_risk, stat.num_events)


@lru_cache(maxsize=8192)
def _stat_cell(affected: int | None, at_risk: int | None, times: int | None) -> Cell:
    """One cell of the large tables, where few of the thousands of cells differ."""
    shown = f"{'–' if affected is None else affected} / {'–' if at_risk is None else at_risk}"
    return Cell((shown if times is None else f"{shown} ({times})",), number=True)
