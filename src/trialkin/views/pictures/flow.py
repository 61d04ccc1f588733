"""Participant flow in the manner of CONSORT: arms side by side, period below period, losses beside the stem."""

from __future__ import annotations

from dataclasses import dataclass

from . import svg

COLUMN = 138.0
"""Pixels per arm: two arms fit a 320 px screen, more are scrolled."""
_GAP = 10.0


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
    """The diagram as SVG of fixed width."""
    width = max(2, len(flow.arms)) * (COLUMN + _GAP) - _GAP
    columns = _columns(len(flow.arms), width)
    first, height = svg.box(flow.total, x=width / 2 - 120, y=2, width=240, class_="box stage")
    parts = [first]
    y = _branch(parts, columns, from_x=width / 2, from_y=height + 2)
    y = _row(parts, columns, [svg.wrap(arm, width=COLUMN - 12, lines=4) for arm in flow.arms], y, class_="box arm")
    for stage in flow.stages:
        y = _stage(parts, columns, stage, y, width=width)
    return svg.picture(
        *parts, kind="flow", title=flow.title, description=flow.description, height=y + 4, width=width
    )


def _columns(count: int, width: float) -> tuple[float, ...]:
    used = count * (COLUMN + _GAP) - _GAP
    return tuple((width - used) / 2 + index * (COLUMN + _GAP) for index in range(count))


def _branch(parts: list[str], columns: tuple[float, ...], *, from_x: float, from_y: float) -> float:
    middle, end = from_y + 10, from_y + 22
    centres = [x + COLUMN / 2 for x in columns]
    parts.append(svg.path(((from_x, from_y), (from_x, middle))))
    parts.append(svg.path(((min(*centres, from_x), middle), (max(*centres, from_x), middle))))
    parts += [svg.path(((x, middle), (x, end)), arrow=True) for x in centres]
    return end


def _row(
    parts: list[str], columns: tuple[float, ...], texts: list[tuple[str, ...]], y: float, *, class_: str
) -> float:
    tallest = max((len(lines) for lines in texts), default=1)
    for x, lines in zip(columns, texts, strict=True):
        padded = lines + ("",) * (tallest - len(lines))
        parts.append(svg.box(padded, x=x, y=y, width=COLUMN, class_=class_)[0])
    return y + 15 * tallest + 12


def _stage(parts: list[str], columns: tuple[float, ...], stage: FlowStage, y: float, *, width: float) -> float:
    if stage.title:
        y = _down(parts, columns, y, 8, arrow=False)
        parts.append(svg.element("rect", x=0, y=y, width=width, height=21, rx=3, class_="band"))
        shown = svg.shorten(stage.title, width=width - 16)
        parts.append(svg.text(shown, x=width / 2, y=y + 15, text_anchor="middle", class_="row-title"))
        y += 21
    y = _down(parts, columns, y, 12, arrow=True)
    y = _row(parts, columns, [_started(cell) for cell in stage.cells], y, class_="box")
    if any(cell.reasons or cell.left not in (None, "0") for cell in stage.cells):
        y = _losses(parts, columns, stage, y)
    y = _down(parts, columns, y, 14, arrow=True)
    return _row(
        parts, columns, [(f"Completed {_shown(cell.completed)}",) for cell in stage.cells], y, class_="box done"
    )


def _down(parts: list[str], columns: tuple[float, ...], y: float, by: float, *, arrow: bool) -> float:
    parts += [svg.path(((x + COLUMN / 2, y), (x + COLUMN / 2, y + by)), arrow=arrow) for x in columns]
    return y + by


def _shown(count: str | None) -> str:
    return "not posted" if count is None else count


def _counts(counts: tuple[FlowCount, ...], *, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    for count in counts:
        tail = f" {count.count}"
        lines += _labelled(count.label, tail, width=width)
    return tuple(lines)


def _labelled(label: str, tail: str, *, width: float) -> tuple[str, ...]:
    wrapped = svg.wrap(label, width=width - svg.text_width(tail), lines=2)
    return (*wrapped[:-1], (wrapped[-1] if wrapped else "") + tail)


def _started(cell: FlowCell) -> tuple[str, ...]:
    return (f"Started {_shown(cell.started)}", *_counts(cell.steps, width=COLUMN - 12))


def _losses(parts: list[str], columns: tuple[float, ...], stage: FlowStage, y: float) -> float:
    blocks = [_loss_lines(cell) for cell in stage.cells]
    tallest = max(len(lines) for lines in blocks)
    bottom = y + 12 + 14 * tallest + 8
    for x, lines in zip(columns, blocks, strict=True):
        stem = x + 10
        parts.append(svg.path(((x + COLUMN / 2, y), (x + COLUMN / 2, y + 6), (stem, y + 6), (stem, bottom))))
        parts.append(svg.path(((stem, bottom), (x + COLUMN / 2, bottom))))
        parts.append(svg.lines_of(lines, x=stem + 8, y=y + 22, leading=14, class_="loss"))
    return bottom


def _loss_lines(cell: FlowCell) -> tuple[str, ...]:
    head = (f"Left {_shown(cell.left)}",) if cell.left is not None or cell.reasons else ("Left 0",)
    return (*head, *_counts(cell.reasons, width=COLUMN - 22))
