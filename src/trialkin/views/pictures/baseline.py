"""Baseline at a glance: per characteristic small bars (shares) or dots with intervals, one legend for all."""

from __future__ import annotations

from dataclasses import dataclass

from . import bars, intervals, svg


@dataclass(frozen=True, slots=True)
class Panel:
    """One characteristic: its name with the unit, and its distribution in one of the two forms."""

    name: str
    drawn: tuple[bars.BarRow, ...] | intervals.IntervalPlot


@dataclass(frozen=True, slots=True)
class BaselinePicture:
    """All characteristics that can be drawn; `groups` are the columns in the order of the series."""

    title: str
    description: str
    groups: tuple[str, ...]
    panels: tuple[Panel, ...]


def draw(picture: BaselinePicture) -> str:
    """The panels below each other as fluid SVG."""
    legend, y = bars.legend_of(picture.groups, 4.0)
    parts = [legend]
    for panel in picture.panels:
        y += 20
        parts.append(svg.fitted(panel.name, x=0, y=y - 5, width=svg.NARROW_UNFOLDED * 0.92, class_="row-title"))
        if isinstance(panel.drawn, intervals.IntervalPlot):
            drawn, y = intervals.body(panel.drawn, y=y, compact=True)
        else:
            drawn, y = bars.body(panel.drawn, y=y)
        parts.append(drawn)
    return svg.picture(*parts, kind="baseline", title=picture.title, description=picture.description, height=y + 4)
