"""Dots with intervals: one lane per value, under its own line of text. With a reference line, a forest plot."""

from __future__ import annotations

from dataclasses import dataclass

from . import svg
from .scale import Scale, spanning, tick_label

LABELLED_LANES = 24
"""Up to this many lanes each carries its own line of text; beyond, a letter that the legend explains."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One value; `text` as posted. `value` None: nothing can be placed, the text alone is shown.

    `low_open` and `high_open`: that limit was not posted or is no number, the line ends in an arrow.
    `bound` "<" or ">": the posted value is itself a bound, the mark is hollow.
    """

    label: str
    text: str
    series: int = 0
    value: float | None = None
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Values that belong together: a time point, a category, one comparison."""

    title: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    """Rows on one axis. `unit` names the axis; `reference` is where "no difference" stands, None for no line."""

    title: str
    description: str
    unit: str
    rows: tuple[Row, ...]
    log: bool = False
    reference: float | None = None
    start_at_zero: bool = False

    @property
    def drawable(self) -> bool:
        """Whether any value can be placed on the axis."""
        return any(_placed(dot, log=self.log) for row in self.rows for dot in row.dots)


def _placed(dot: Dot, *, log: bool) -> bool:
    return dot.value is not None and (dot.value > 0 or not log)


def draw(plot: IntervalPlot) -> str:
    """The plot as fluid SVG."""
    compact = sum(len(row.dots) for row in plot.rows) > LABELLED_LANES
    legend, top = _legend(plot, 6.0) if compact else ("", 6.0)
    drawn, height = body(plot, y=top, compact=compact)
    return svg.picture(
        legend, drawn, kind="intervals", title=plot.title, description=plot.description, height=height
    )


def body(plot: IntervalPlot, *, y: float, compact: bool) -> tuple[str, float]:
    """Rows and axis from y downwards; answers the drawing and its lower end. `compact`: letters name the lanes."""
    scale = _scale(plot)
    parts: list[str] = []
    top = y
    for row in plot.rows:
        if row.title:
            y += 16
            parts.append(svg.fitted(row.title, x=0, y=y - 3, width=svg.NARROW * 0.92, class_="row-title"))
        for dot in row.dots:
            lane, y = _compact_lane(dot, scale, y) if compact else _labelled_lane(dot, scale, y)
            parts.append(lane)
        y += 6
    axis, height = _axis(scale, plot.unit, top=top, bottom=y, reference=plot.reference)
    return axis + "".join(parts), height


def _scale(plot: IntervalPlot) -> Scale:
    values = [
        v
        for row in plot.rows
        for dot in row.dots
        if _placed(dot, log=plot.log)
        for v in (dot.value, dot.low, dot.high)
        if v is not None
    ]
    include = [] if plot.reference is None else [plot.reference]
    if plot.start_at_zero and not plot.log:
        include += [0.0] if any(values) else [0.0, 10.0]
    return spanning(values, log=plot.log, include=include)


_LEFT, _RIGHT = 0.06, 0.97


def _x(scale: Scale, value: float) -> str:
    return svg.percent(_LEFT + (_RIGHT - _LEFT) * scale.share(value))


def _labelled_lane(dot: Dot, scale: Scale, y: float) -> tuple[str, float]:
    room = svg.NARROW - svg.text_width(dot.text) - 12
    words, below = "", 0.0
    if room >= 80:
        words = svg.fitted(dot.label, x=0, y=y + 12, width=room, class_="label")
        words += svg.text(dot.text, x="100%", y=y + 12, text_anchor="end", class_="value")
    else:
        below = 15
        words = svg.fitted(dot.label, x=0, y=y + 12, width=svg.NARROW, class_="label")
        words += svg.fitted(dot.text, x="100%", y=y + 27, width=svg.NARROW, text_anchor="end", class_="value")
    middle = y + 22 + below
    return words + _mark(dot, scale, middle), middle + 10


def _compact_lane(dot: Dot, scale: Scale, y: float) -> tuple[str, float]:
    middle = y + 7
    tip = svg.clean(f"{dot.label}: {dot.text}")
    letter = f'<text x="0" y="{svg.number(middle + 4)}" class="letter">{svg.letter_of(dot.series)}</text>'
    return f"<g><title>{tip}</title>{letter}{_mark(dot, scale, middle, plain=True)}</g>", y + 13


def _mark(dot: Dot, scale: Scale, y: float, *, plain: bool = False) -> str:
    """The dot with its interval; `plain` leaves out the lane and the caps of the line."""
    at = svg.number(y)
    placed = _placed(dot, log=scale.log) and dot.value is not None
    lane = _LANE.format(y=at, more="" if placed else " absent") if not plain or not placed else ""
    if not placed or dot.value is None:
        return lane
    named = f"interval series-{dot.series % svg.SERIES + 1}"
    low = svg.percent(0.02) if dot.low_open else _x(scale, dot.low) if dot.low is not None else None
    high = svg.percent(0.995) if dot.high_open else _x(scale, dot.high) if dot.high is not None else None
    here = _x(scale, dot.value)
    drawn = lane
    if low or high:
        drawn += f'<line x1="{low or here}" x2="{high or here}" y1="{at}" y2="{at}" class="{named}"/>'
        for end, is_open, turn in ((low, dot.low_open, 1), (high, dot.high_open, -1)):
            if end and (is_open or not plain):
                drawn += _end(end, at, named, arrow=turn if is_open else 0)
    return drawn + svg.marker(dot.series, x=here, y=y, hollow=bool(dot.bound))


_LANE = f'<line x1="{svg.percent(_LEFT)}" x2="{svg.percent(_RIGHT)}" y1="{{y}}" y2="{{y}}" class="lane{{more}}"/>'


def _end(x: str, y: str, named: str, *, arrow: int) -> str:
    d = f"M{6 * arrow} -4L0 0L{6 * arrow} 4" if arrow else "M0 -3.5V3.5"
    return f'<svg x="{x}" y="{y}" overflow="visible"><path d="{d}" class="{named}" fill="none"/></svg>'


def _legend(plot: IntervalPlot, y: float) -> tuple[str, float]:
    named: dict[int, str] = {}
    for row in plot.rows:
        for dot in row.dots:
            named.setdefault(dot.series, dot.label)
    parts = []
    for series, label in sorted(named.items()):
        parts.append(svg.text(svg.letter_of(series), x=0, y=y + 12, class_="letter"))
        parts.append(svg.marker(series, x=24, y=y + 8))
        parts.append(svg.fitted(label, x=36, y=y + 12, width=svg.NARROW - 36, class_="label"))
        y += 17
    return "".join(parts), y + 4


def _axis(scale: Scale, unit: str, *, top: float, bottom: float, reference: float | None) -> tuple[str, float]:
    parts = []
    for tick in scale.ticks():
        x = _x(scale, tick)
        parts.append(svg.element("line", x1=x, x2=x, y1=top, y2=bottom, class_="grid"))
        parts.append(svg.text(tick_label(tick), x=x, y=bottom + 14, text_anchor="middle", class_="tick"))
    if reference is not None:
        x = _x(scale, reference)
        parts.append(svg.element("line", x1=x, x2=x, y1=top, y2=bottom + 3, class_="reference"))
    named = unit + (" (logarithmic)" if scale.log and unit else "logarithmic" if scale.log else "")
    parts.append(svg.fitted(named, x="50%", y=bottom + 30, width=svg.NARROW, text_anchor="middle", class_="axis"))
    return "".join(parts), bottom + 36
