"""Participant flow: who started, who completed, who left and why, period by period."""

from __future__ import annotations

from ...model.results import FlowGroup, FlowMilestone, FlowPeriod, FlowStats, ParticipantFlowModule
from ...reading.markup import plain
from ..blocks import Block, Cell, Figure, Inline, Note, Prose, Subsection, Table, Value, fact, facts, present
from ..pictures import flow as picture
from ..words import count_of
from .context import PageContext
from .results_parts import count_number, described, heads, title_of

_TURNS = {"STARTED": "Started", "COMPLETED": "Completed", "NOT COMPLETED": "Left"}


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: resultsSection.participantFlowModule."""
    results = context.study.results_section
    module = results and results.participant_flow_module
    if not module:
        return ()
    told = facts(
        fact("Recruitment", Prose(module.recruitment_details) if module.recruitment_details else None),
        fact("Before assignment", Prose(module.pre_assignment_details) if module.pre_assignment_details else None),
        fact("Units counted beside participants", plain(module.type_units_analyzed)),
    )
    return present(told, _drawn(context, module), *_periods(module), described(module.groups))


def _drawn(context: PageContext, module: ParticipantFlowModule) -> Block:
    if not module.groups or not any(period.milestones for period in module.periods):
        return Note("No participant counts were posted, so no flow can be drawn.")
    diagram = flow_diagram(module, enrolled=_enrolled(context))
    return Figure(picture.draw(diagram), diagram.title, diagram.description)


def _enrolled(context: PageContext) -> str:
    enrollment = context.study.enrollment
    if enrollment.count is None:
        return ""
    kind = {True: " (actual)", False: " (planned)", None: ""}[enrollment.actual]
    return f"Enrolled {enrollment.count:,}{kind}"


def flow_diagram(module: ParticipantFlowModule, *, enrolled: str = "") -> picture.FlowDiagram:
    """The flow as posted; the first box adds up the first period's starts where all are plain counts."""
    stages = tuple(_stage(period, module.groups) for period in module.periods if period.milestones)
    named = "" if len(stages) == 1 else f" in {len(stages)} periods"
    starts = [count_number(cell.started) for cell in stages[0].cells if cell.started is not None] if stages else []
    total = [enrolled] if enrolled else []
    if starts and None not in starts:
        begun = [n for n in starts if n]
        total.append(f"Started {sum(begun):,} in {count_of(len(begun), 'arm')}")
    return picture.FlowDiagram(
        title="Participant flow",
        description=f"{count_of(len(module.groups), 'arm')}{named}. {_said(module.groups, stages)}",
        total=tuple(total) or ("Participants",),
        arms=tuple(title_of(group) for group in module.groups),
        stages=stages,
    )


def _said(groups: tuple[FlowGroup, ...], stages: tuple[picture.FlowStage, ...]) -> str:
    """The first period in words, for as many arms as a sentence can hold."""
    if not stages or len(groups) > 4:
        return "The numbers are in the tables below."
    told = (
        f"{title_of(group)}: {cell.started or 'not posted'} started, {cell.completed or 'not posted'} completed"
        for group, cell in zip(groups, stages[0].cells, strict=True)
    )
    return ("First period: " if len(stages) > 1 else "") + "; ".join(told) + "."


def _stage(period: FlowPeriod, groups: tuple[FlowGroup, ...]) -> picture.FlowStage:
    turns = {(m.type or "").upper(): _by_group(m) for m in period.milestones}
    steps = [m for m in period.milestones if (m.type or "").upper() not in _TURNS]
    cells = tuple(
        picture.FlowCell(
            started=turns.get("STARTED", {}).get(group.id),
            completed=turns.get("COMPLETED", {}).get(group.id),
            left=turns.get("NOT COMPLETED", {}).get(group.id),
            steps=tuple(
                picture.FlowCount(plain(m.type), count)
                for m in steps
                if (count := _by_group(m).get(group.id)) is not None
            ),
            reasons=tuple(
                picture.FlowCount(plain(reason.type), stats.num_subjects)
                for reason in period.drop_withdraws
                for stats in reason.reasons
                if stats.group_id == group.id and stats.num_subjects not in (None, "0")
            ),
        )
        for group in groups
    )
    return picture.FlowStage(plain(period.title), cells)


def _by_group(milestone: FlowMilestone) -> dict[str | None, str | None]:
    return {stats.group_id: stats.num_subjects for stats in milestone.achievements}


def _periods(module: ParticipantFlowModule) -> list[Block]:
    found: list[Block] = []
    for index, period in enumerate(module.periods):
        title = plain(period.title) or f"Period {index + 1}"
        found.append(Subsection(title, present(_table(period, module.groups), _doubt(period, module.groups))))
    return found


def _table(period: FlowPeriod, groups: tuple[FlowGroup, ...]) -> Table:
    rows: list[tuple[Inline | Cell, ...]] = []
    for milestone in period.milestones:
        rows.append(_row(milestone.type, milestone.comment, milestone.achievements, groups))
    if period.drop_withdraws:
        rows.append((Cell(("Reasons for leaving",), heading=True, columns=len(groups) + 1),))
    for reason in period.drop_withdraws:
        rows.append(_row(reason.type, reason.comment, reason.reasons, groups))
    return Table(("", *heads(groups)), tuple(rows), caption="Participants, as posted")


def _row(
    kind: str | None, comment: str | None, counts: tuple[FlowStats, ...], groups: tuple[FlowGroup, ...]
) -> tuple[Inline | Cell, ...]:
    label = Value(_TURNS.get((kind or "").upper(), plain(kind)) or "Not named", registry=kind or "")
    by_group = {stats.group_id: stats for stats in counts}
    head = Cell((label, Prose(comment)) if comment else (label,), heading=True)
    return (head, *(_count(by_group.get(group.id)) for group in groups))


def _count(stats: FlowStats | None) -> Cell:
    if stats is None:
        return Cell(("–",), number=True)
    units = f"{plain(stats.num_units)} units" if stats.num_units else ""
    shown = Value(plain(stats.num_subjects) or "not posted", note=units)
    return Cell((shown, Prose(stats.comment)) if stats.comment else (shown,), number=True)


def _doubt(period: FlowPeriod, groups: tuple[FlowGroup, ...]) -> Note | None:
    wrong = [
        title_of(group) for group, cell in zip(groups, _stage(period, groups).cells, strict=True) if _off(cell)
    ]
    if not wrong:
        return None
    return Note(
        "As posted, completed and left do not add up to started for: " + "; ".join(wrong) + ".",
        level="flag",
        rule="started = completed + left, in every arm of a period",
    )


def _off(cell: picture.FlowCell) -> bool:
    started, completed, left = (count_number(n) for n in (cell.started, cell.completed, cell.left))
    return started is not None and completed is not None and left is not None and started != completed + left
