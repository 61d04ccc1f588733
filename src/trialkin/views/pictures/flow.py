"""Participant flow in the manner of CONSORT: arms side by side, period below period, losses beside the stem."""

from __future__ import annotations

from dataclasses import dataclass

from . import svg
from .svg import NARROW

COLUMN, WIDE_COLUMN = 138.0, 220.0
"""Pixels per arm: two arms fit a 320 px screen, more are scrolled; up to three arms are wider where there is room."""
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
    """The diagram as SVG of fixed width; with few arms a second, wider one for wide screens, never both shown."""
    if len(flow.arms) > 3:
        return _Drawing(flow, column=COLUMN).svg()
    return (
        _Drawing(flow, column=COLUMN, shown="narrow").svg()
        + _Drawing(flow, column=WIDE_COLUMN, shown="wide").svg()
    )


class _Drawing:
    """One diagram while it is drawn from top to bottom: `y` is how far it has come."""

    def __init__(self, flow: FlowDiagram, *, column: float, shown: str = "") -> None:
        self.flow, self.column, self.shown = flow, column, shown
        arms = max(1, len(flow.arms))
        self.width = max(NARROW if arms < 3 else 0.0, arms * (column + _GAP) - _GAP)
        left = (self.width - arms * (column + _GAP) + _GAP) / 2
        self.columns = tuple(left + index * (column + _GAP) for index in range(len(flow.arms)))
        self.centres = tuple(x + column / 2 for x in self.columns)
        self.parts: list[str] = []
        self.y = 2.0

    def svg(self) -> str:
        """Draw everything."""
        trunk = min(self.width / 2, 330.0)
        first, height = svg.box(self.flow.total, x=trunk - 120, y=self.y, width=240, class_="box stage")
        self.parts.append(first)
        self.y += height
        self._branch(trunk)
        self._boxes([svg.wrap(arm, width=self.column - 12, lines=4) for arm in self.flow.arms], class_="box arm")
        for stage in self.flow.stages:
            self._stage(stage)
        return svg.picture(
            *self.parts,
            kind=f"flow {self.shown}".strip(),
            title=self.flow.title,
            description=self.flow.description,
            height=self.y + 4,
            width=self.width,
        )

    def _branch(self, trunk: float) -> None:
        start, middle, end = self.y, self.y + 10, self.y + 22
        self.parts.append(svg.path(((trunk, start), (trunk, middle))))
        self.parts.append(svg.path(((min(*self.centres, trunk), middle), (max(*self.centres, trunk), middle))))
        self.parts += [svg.path(((x, middle), (x, end)), arrow=True) for x in self.centres]
        self.y = end

    def _boxes(self, texts: list[tuple[str, ...]], *, class_: str) -> None:
        tallest = max((len(lines) for lines in texts), default=1)
        for x, lines in zip(self.columns, texts, strict=True):
            padded = lines + ("",) * (tallest - len(lines))
            self.parts.append(svg.box(padded, x=x, y=self.y, width=self.column, class_=class_)[0])
        self.y += 15 * tallest + 12

    def _stage(self, stage: FlowStage) -> None:
        if stage.title:
            self._down(8, arrow=False)
            self.parts.append(svg.element("rect", x=0, y=self.y, width=self.width, height=21, rx=3, class_="band"))
            shown = svg.shorten(stage.title, width=self.width - 16)
            self.parts.append(
                svg.text(shown, x=self.width / 2, y=self.y + 15, text_anchor="middle", class_="row-title")
            )
            self.y += 21
        self._down(12, arrow=True)
        self._boxes([_started(cell, width=self.column - 12) for cell in stage.cells], class_="box")
        if any(cell.reasons or cell.left not in (None, "0") for cell in stage.cells):
            self._losses(stage)
        self._down(14, arrow=True)
        self._boxes([(f"Completed {_shown(cell.completed)}",) for cell in stage.cells], class_="box done")

    def _down(self, by: float, *, arrow: bool) -> None:
        self.parts += [svg.path(((x, self.y), (x, self.y + by)), arrow=arrow) for x in self.centres]
        self.y += by

    def _losses(self, stage: FlowStage) -> None:
        blocks = [_loss_lines(cell, width=self.column - 22) for cell in stage.cells]
        bottom = self.y + 20 + 14 * max(len(lines) for lines in blocks)
        for x, centre, lines in zip(self.columns, self.centres, blocks, strict=True):
            stem, turn = x + 10, self.y + 6
            self.parts.append(
                svg.path(((centre, self.y), (centre, turn), (stem, turn), (stem, bottom), (centre, bottom)))
            )
            self.parts.append(svg.lines_of(lines, x=stem + 8, y=self.y + 22, leading=14, class_="loss"))
        self.y = bottom


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
