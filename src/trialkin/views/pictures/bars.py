"""Bars from zero: one thin bar per series under the line of text that names the category.

For baseline distributions, deaths, and any counted list; a bar may lead to a search.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import svg


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `share` runs from 0 to 1 of the axis, None where nothing can be drawn; `tip` names it in full."""

    share: float | None
    series: int = 0
    tip: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    """A category: its label, the posted numbers as one text, its bars, and where a click leads (None: nowhere)."""

    label: str
    text: str
    bars: tuple[Bar, ...]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class BarChart:
    """Rows of bars on one axis; `series` names the bars of a row for the legend, empty for one unnamed series."""

    title: str
    description: str
    rows: tuple[BarRow, ...]
    series: tuple[str, ...] = ()


def draw(chart: BarChart) -> str:
    """The chart as fluid SVG."""
    parts: list[str] = []
    y = 4.0
    if len(chart.series) > 1:
        legend, y = legend_of(chart.series, y)
        parts.append(legend)
    linked = any(row.href for row in chart.rows)
    drawn, y = body(chart.rows, y=y)
    parts.append(drawn)
    return svg.picture(
        *parts, kind="bars", title=chart.title, description=chart.description, height=y, interactive=linked
    )


def body(rows: tuple[BarRow, ...], *, y: float) -> tuple[str, float]:
    """The rows from y downwards; answers the drawing and its lower end."""
    parts = []
    for row in rows:
        drawn, y = _row(row, y)
        parts.append(drawn)
    return "".join(parts), y


def legend_of(names: tuple[str, ...], y: float, *, tones: tuple[int, ...] = ()) -> tuple[str, float]:
    """A legend of colour swatches, one line each; answers the drawing and the y below it."""
    parts = []
    for series, name in enumerate(names):
        swatch = f"bar series-{tones[series] if tones else series % svg.SERIES + 1}"
        parts.append(svg.element("rect", x=0, y=y + 3, width=12, height=9, class_=swatch))
        parts.append(svg.text(svg.letter_of(series), x=17, y=y + 12, class_="letter"))
        parts.append(svg.fitted(name, x=34, y=y + 12, width=svg.NARROW - 34, class_="label"))
        y += 17
    return "".join(parts), y + 4


def _row(row: BarRow, y: float) -> tuple[str, float]:
    value_width = min(svg.text_width(row.text), svg.NARROW * 0.62)
    words = svg.fitted(row.label, x=0, y=y + 12, width=max(60.0, svg.NARROW - value_width - 10), class_="label")
    words += svg.fitted(row.text, x="100%", y=y + 12, width=svg.NARROW * 0.62, text_anchor="end", class_="value")
    top = y
    y += 17
    thick = 8.0 if len(row.bars) == 1 else 5.0
    bars = []
    for bar in row.bars:
        bars.append(_bar(bar, y, thick))
        y += thick + 1.5
    drawn = words + "".join(bars)
    if row.href:
        hit = svg.element("rect", x=0, y=top, width="100%", height=y - top, class_="hit")
        drawn = svg.element("a", hit, drawn, href=row.href, aria_label=f"{row.label}: {row.text}")
    return drawn, y + 5


def _bar(bar: Bar, y: float, thick: float) -> str:
    tip = f"<title>{svg.clean(bar.tip)}</title>" if bar.tip else ""
    place = f'y="{svg.number(y)}" height="{svg.number(thick)}"'
    absent = " absent" if bar.share is None else ""
    drawn = f'{tip}<rect x="0" width="100%" {place} class="track{absent}"/>'
    if bar.share:
        named = f"bar series-{bar.series % svg.SERIES + 1}"
        drawn += f'<rect x="0" width="{svg.percent(max(0.004, bar.share))}" {place} class="{named}"/>'
    return f"<g>{drawn}</g>" if tip else drawn
