"""Participant flow in the manner of CONSORT: arms side by side, period below period, losses beside the stem."""

from __future__ import annotations

from dataclasses import dataclass

from . import svg
from .columns import NARROW_COLUMN, WIDE_COLUMN, Columns


@dataclass(frozen=True, slots=True)
class FlowCount:
    """A line of a box: what was counted and the posted number ("" where none was posted for this arm)."""

    label: str
    count: str


@dataclass(frozen=True, slots=True)
class FlowCell:
    """One arm in one period; None: no number posted. `steps` are milestones between start and completion."""

    started: str | None
    completed: str | None
    left: str | None
    steps: tuple[FlowCount, ...] = ()
    reasons: tuple[FlowCount, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowStage:
    """A period with one cell per arm, in the order of the arms."""

    title: str
    cells: tuple[FlowCell, ...]


@dataclass(frozen=True, slots=True)
class FlowDiagram:
    """The whole flow; `total` is what stands in the first box, as one or two lines."""

    title: str
    description: str
    total: tuple[str, ...]
    arms: tuple[str, ...]
    stages: tuple[FlowStage, ...]


def draw(flow: FlowDiagram) -> str:
    """The diagram for narrow and for wide screens, never both shown; of fixed width, scrolled where it must be."""
    arms = len(flow.arms)
    wide = Columns(arms, column=WIDE_COLUMN if arms <= 3 else NARROW_COLUMN, screen="wide")
    return _drawn(flow, Columns(arms, column=NARROW_COLUMN, screen="narrow")) + _drawn(flow, wide)


def _drawn(flow: FlowDiagram, page: Columns) -> str:
    page.stage(flow.total)
    page.branch()
    page.boxes([svg.wrap(arm, width=page.column - 12, lines=4) for arm in flow.arms], class_="box arm")
    for stage in flow.stages:
        _stage(page, stage)
    return page.finish(kind="flow", title=flow.title, description=flow.description)


def _stage(page: Columns, stage: FlowStage) -> None:
    if stage.title:
        page.down(8, arrow=False)
        page.band(stage.title)
    page.down(12, arrow=True)
    page.boxes([_started(cell, width=page.column - 12) for cell in stage.cells], class_="box")
    if any(cell.reasons or cell.left not in (None, "0") for cell in stage.cells):
        _losses(page, stage)
    page.down(14, arrow=True)
    page.boxes([(f"Completed {_shown(cell.completed)}",) for cell in stage.cells], class_="box done")


def _losses(page: Columns, stage: FlowStage) -> None:
    """Those who left, beside a stem that leads around them."""
    blocks = [_loss_lines(cell, width=page.column - 22) for cell in stage.cells]
    top, bottom = page.y, page.y + 20 + 14 * max(len(lines) for lines in blocks)
    for x, centre, lines in zip(page.lefts, page.centres, blocks, strict=True):
        stem, turn = x + 10, top + 6
        page.parts.append(
            svg.path(((centre, top), (centre, turn), (stem, turn), (stem, bottom), (centre, bottom)))
        )
        page.parts.append(svg.lines_of(lines, x=stem + 8, y=top + 22, leading=14, class_="loss"))
    page.y = bottom


def _shown(count: str | None) -> str:
    return "not posted" if count is None else count


def _counts(counts: tuple[FlowCount, ...], *, width: float) -> tuple[str, ...]:
    return tuple(line for count in counts for line in _labelled(count.label, f" {count.count}", width=width))


def _labelled(label: str, tail: str, *, width: float) -> tuple[str, ...]:
    wrapped = svg.wrap(label, width=width - svg.text_width(tail), lines=2)
    return (*wrapped[:-1], (wrapped[-1] if wrapped else "") + tail)


def _started(cell: FlowCell, *, width: float) -> tuple[str, ...]:
    return (f"Started {_shown(cell.started)}", *_counts(cell.steps, width=width))


def _loss_lines(cell: FlowCell, *, width: float) -> tuple[str, ...]:
    return (f"Left {_shown(cell.left)}", *_counts(cell.reasons, width=width))
