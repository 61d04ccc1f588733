"""Stacked columns over time: one column a year, one colour a kind; each column leads to its search."""

from __future__ import annotations

from dataclasses import dataclass

from . import svg
from .bars import legend_of
from .scale import Scale, tick_label

HEIGHT = 220.0
_LEFT, _RIGHT = 0.09, 1.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column with one count per kind, in the order of the kinds; `href` None leads nowhere."""

    label: str
    counts: tuple[int, ...]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class StackedColumns:
    """Columns side by side; `kinds` are named in the legend, `tones` are the numbers of their colours (1 to 10)."""

    title: str
    description: str
    kinds: tuple[str, ...]
    tones: tuple[int, ...]
    columns: tuple[Column, ...]


def draw(chart: StackedColumns) -> str:
    """The chart as fluid SVG."""
    legend, top = legend_of(chart.kinds, 4.0, tones=chart.tones)
    scale = Scale(0.0, float(max((sum(column.counts) for column in chart.columns), default=0) or 1))
    bottom = top + HEIGHT
    parts = [legend, _grid(scale, top=top, bottom=bottom)]
    width = (_RIGHT - _LEFT) / max(1, len(chart.columns))
    every = max(1, -(-len(chart.columns) // 6))
    for index, column in enumerate(chart.columns):
        left = _LEFT + width * index
        parts.append(_column(column, chart, scale, left=left, width=width, bottom=bottom))
        if (len(chart.columns) - 1 - index) % every == 0:
            last = index == len(chart.columns) - 1  # ends with the picture, so that nothing is cut off
            x, anchor = (1.0, "end") if last else (left + width / 2, "middle")
            parts.append(
                svg.text(column.label, x=svg.percent(x), y=bottom + 15, text_anchor=anchor, class_="tick")
            )
    linked = any(column.href for column in chart.columns)
    return svg.picture(
        *parts, kind="stacks", title=chart.title, description=chart.description, height=bottom + 22,
        interactive=linked,
    )  # fmt: skip


def _grid(scale: Scale, *, top: float, bottom: float) -> str:
    parts = []
    for tick in scale.ticks():
        y = bottom - (bottom - top) * scale.share(tick)
        parts.append(svg.element("line", x1=svg.percent(_LEFT), x2="100%", y1=y, y2=y, class_="grid"))
        parts.append(
            svg.text(tick_label(tick), x=svg.percent(_LEFT - 0.01), y=y + 4, text_anchor="end", class_="tick")
        )
    return "".join(parts)


def _column(
    column: Column, chart: StackedColumns, scale: Scale, *, left: float, width: float, bottom: float
) -> str:
    total = sum(column.counts)
    named = ", ".join(f"{kind} {n:,}" for kind, n in zip(chart.kinds, column.counts, strict=True) if n)
    tip = f"{column.label}: {total:,} studies" + (f" ({named})" if named else "")
    x, wide = svg.percent(left + width * 0.1), svg.percent(width * 0.8)
    parts = [svg.element("title", svg.clean(tip))]
    parts.append(svg.element("rect", x=x, y=bottom - HEIGHT, width=wide, height=HEIGHT, class_="hit"))
    y = bottom
    for series, count in enumerate(column.counts):
        if count:
            height = HEIGHT * scale.share(count)
            y -= height
            drawn = f"bar series-{chart.tones[series]}"
            parts.append(svg.element("rect", x=x, y=y, width=wide, height=height, class_=drawn))
    if column.href and total:
        return svg.element("a", *parts, href=column.href, aria_label=tip)
    return svg.element("g", *parts)
