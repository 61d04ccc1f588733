"""A study's dates on one time line: actual and estimated told apart by shape, partial dates drawn as ranges, today.

Each date has a row of its own and its words beside its mark, so that nothing collides from 320 px up.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from ...model import PartialDate
from . import svg

ROW = 26.0
TOP = 24.0
RECRUITING = 32.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A date of a study. `estimated` None: the record does not say. `main`: of the study, else of its record."""

    name: str
    date: PartialDate
    words: str
    estimated: bool | None = None
    main: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time in which something was so, as far as the versions of the record tell."""

    first: dt.date
    last: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Marks in time order, the reader's day, and the periods of recruiting, drawn in one row above the marks."""

    title: str
    description: str
    marks: tuple[Mark, ...]
    today: dt.date
    recruiting: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class _Axis:
    first: int
    last: int

    def share(self, day: dt.date) -> float:
        return (day.toordinal() - self.first) / (self.last - self.first)


def draw(line: Timeline) -> str:
    """The time line as fluid SVG."""
    marks = sorted(line.marks, key=lambda mark: (mark.date.first, mark.date.last))
    axis = _axis(marks, line.today)
    top = TOP + (RECRUITING if line.recruiting else 0.0)
    bottom = top + ROW * len(marks) + 6
    parts = [_years(axis, bottom), _running(marks, axis, bottom), _today(line.today, axis, bottom)]
    parts.append(_recruiting(line.recruiting, axis, TOP))
    parts += [_row(mark, axis, top + ROW * (index + 0.5)) for index, mark in enumerate(marks)]
    return svg.picture(*parts, kind="timeline", title=line.title, description=line.description, height=bottom + 24)


def _axis(marks: list[Mark], today: dt.date) -> _Axis:
    """From the first date to the last, today within it only when it is near, with room at both ends."""
    days = [mark.date.first.toordinal() for mark in marks] + [mark.date.last.toordinal() for mark in marks]
    first, last = min(days), max(days)
    span = max(last - first, 180)
    if first - span <= today.toordinal() <= last + span / 3:
        first, last = min(first, today.toordinal()), max(last, today.toordinal())
    room = max(30, (last - first) * 0.03)
    return _Axis(round(first - room), round(last + room))


def _years(axis: _Axis, bottom: float) -> str:
    """A hair line at each new year, or every 2, 5, 10 years, or each quarter when the whole is short."""
    first, last = dt.date.fromordinal(axis.first), dt.date.fromordinal(axis.last)
    years = last.year - first.year
    if years < 2:
        starts = [dt.date(y, m, 1) for y in range(first.year, last.year + 1) for m in (1, 4, 7, 10)]
        named = [(day, f"{calendar.month_abbr[day.month]} {day.year}") for day in starts if first < day < last]
        named = named[:: 2 if len(named) > 4 else 1]
    else:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if years / step <= 6)
        named = [(dt.date(y, 1, 1), str(y)) for y in range(first.year + 1, last.year + 1) if y % step == 0]
    drawn = []
    for day, words in named:
        x = axis.share(day)
        drawn.append(svg.element("line", x1=svg.percent(x), x2=svg.percent(x), y1=TOP, y2=bottom, class_="grid"))
        if 0.05 < x < 0.95:
            drawn.append(svg.text(words, x=svg.percent(x), y=bottom + 16, text_anchor="middle", class_="tick"))
    base = svg.element("line", x1="0%", x2="100%", y1=bottom, y2=bottom, class_="axis")
    return base + "".join(drawn)


def _running(marks: list[Mark], axis: _Axis, bottom: float) -> str:
    """A band from the start to the end of the study."""
    by_name = {mark.name: mark for mark in marks}
    start, end = by_name.get("Start"), by_name.get("Completion") or by_name.get("Primary completion")
    if start is None or end is None or end.date.last <= start.date.first:
        return ""
    left, right = axis.share(start.date.first), axis.share(end.date.last)
    return svg.element(
        "rect", x=svg.percent(left), y=TOP, width=svg.percent(right - left), height=bottom - TOP, class_="band"
    )


def _today(today: dt.date, axis: _Axis, bottom: float) -> str:
    x = axis.share(today)
    if not 0 <= x <= 1:
        return ""
    anchor = "start" if x < 0.1 else "end" if x > 0.9 else "middle"
    line = svg.element("line", x1=svg.percent(x), x2=svg.percent(x), y1=TOP - 4, y2=bottom, class_="today")
    return line + svg.text("today", x=svg.percent(x), y=TOP - 9, text_anchor=anchor, class_="today-label")


def _recruiting(periods: tuple[Period, ...], axis: _Axis, y: float) -> str:
    """A thick line per period, under its words."""
    drawn = ""
    for period in periods:
        left, right = axis.share(period.first), axis.share(period.last)
        width = svg.percent(max(0.006, right - left))
        drawn += svg.element(
            "rect", x=svg.percent(left), y=y + 16, width=width, height=7, rx=2, class_="recruiting"
        )
    if not periods:
        return ""
    left = axis.share(periods[0].first)
    at, anchor = (left, "start") if left < 0.45 else (axis.share(periods[-1].last), "end")
    words = periods[-1].words
    return drawn + svg.text(words, x=svg.percent(at), y=y + 11, text_anchor=anchor, class_="label")


def _row(mark: Mark, axis: _Axis, y: float) -> str:
    """The mark (filled: actual; hollow: estimated; a bar as wide as a partial date is open) and its words."""
    left, right = axis.share(mark.date.first), axis.share(mark.date.last)
    named = (
        "mark" + ({True: " hollow", False: "", None: " unsaid"}[mark.estimated]) + ("" if mark.main else " minor")
    )
    middle = (left + right) / 2
    if mark.date.precision == "day" or right - left < 0.025:
        shape = svg.element("circle", cx=svg.percent(middle), cy=y, r=5.5 if mark.main else 4, class_=named)
        left = right = middle
    else:
        shape = svg.element(
            "rect", x=svg.percent(left), y=y - 5, width=svg.percent(right - left), height=10, rx=5, class_=named
        )
    after = middle < 0.5
    kind = {True: " (estimated)", False: " (actual)", None: ""}[mark.estimated] if mark.main else ""
    label = svg.element("tspan", svg.clean(mark.name), class_="name") + svg.clean(f" {mark.words}{kind}")
    words = svg.element(
        "text",
        label,
        x=svg.percent(right if after else left),
        dx=11 if after else -11,
        y=y + 4.5,
        text_anchor="start" if after else "end",
        class_="label",
    )
    return shape + words
