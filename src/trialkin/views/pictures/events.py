"""Adverse events: per term one lane with a dot for each arm, joined by a line as long as the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from . import svg
from .scale import Scale, tick_label

SMALL = 10

Pair = tuple[int | None, int | None]
"""How many were affected, and of how many at risk; None means not reported, which is not zero."""


def share_of(pair: Pair) -> float | None:
    """Affected over at risk, None where either is not reported or nobody was at risk."""
    affected, at_risk = pair
    return affected / at_risk if affected is not None and at_risk else None


def difference_of(pairs: Iterable[Pair]) -> float:
    """Largest minus smallest share, 0 where fewer than two are known.

    Arms with fewer than SMALL at risk are left out as long as two others are known: one person among them is a
    large share.
    """
    known = [(share, pair[1] or 0) for pair in pairs if (share := share_of(pair)) is not None]
    large = [share for share, at_risk in known if at_risk >= SMALL]
    shares = large if len(large) > 1 else [share for share, _ in known]
    return max(shares) - min(shares) if len(shares) > 1 else 0.0


def highest_of(pairs: Iterable[Pair]) -> float:
    """The largest share, 0 where none is known."""
    return max((share for pair in pairs if (share := share_of(pair)) is not None), default=0.0)


@dataclass(frozen=True, slots=True)
class EventRate:
    """How many of those at risk were affected in one arm."""

    series: int
    affected: int | None
    at_risk: int | None

    @property
    def share(self) -> float | None:
        """As `share_of`."""
        return share_of((self.affected, self.at_risk))

    @property
    def text(self) -> str:
        """The posted pair "affected/at risk", "–" where not reported."""
        shown = "–" if self.affected is None else str(self.affected)
        return f"{shown}/{'–' if self.at_risk is None else self.at_risk}"


@dataclass(frozen=True, slots=True)
class EventRow:
    """One term with its rates in the order of the arms."""

    term: str
    serious: bool
    rates: tuple[EventRate, ...]

    @property
    def highest(self) -> float:
        """As `highest_of`."""
        return highest_of((rate.affected, rate.at_risk) for rate in self.rates)


@dataclass(frozen=True, slots=True)
class EventPlot:
    """Terms on one axis of shares; `arms` are series and title of each arm.

    `compared` False: the arms may hold the same people, so no line joins them.
    """

    title: str
    description: str
    arms: tuple[tuple[int, str], ...]
    rows: tuple[EventRow, ...]
    compared: bool = True


_LEFT, _RIGHT = 0.03, 0.97


def draw(plot: EventPlot) -> str:
    """The plot as fluid SVG."""
    highest = max((row.highest for row in plot.rows), default=0.0)
    scale = Scale(0.0, min(1.0, highest * 1.05) if highest else 1.0)
    legend, y = _legend(plot, 4.0)
    parts = [legend]
    top = y
    for row in plot.rows:
        drawn, y = _row(row, scale, y, compared=plot.compared)
        parts.append(drawn)
    return svg.picture(
        _axis(scale, top=top, bottom=y),
        *parts,
        kind="events",
        title=plot.title,
        description=plot.description,
        height=y + 36,
    )


def _legend(plot: EventPlot, y: float) -> tuple[str, float]:
    parts = []
    for series, name in plot.arms:
        parts.append(svg.marker(series, x=6, y=y + 8))
        parts.append(svg.text(svg.letter_of(series), x=17, y=y + 12, class_="letter"))
        parts.append(svg.fitted(name, x=34, y=y + 12, width=svg.NARROW - 34, class_="label"))
        y += 17
    if any(row.serious for row in plot.rows):
        parts.append(svg.text("SAE", x=0, y=y + 12, class_="serious"))
        parts.append(svg.text("serious adverse event", x=34, y=y + 12, class_="label"))
        y += 17
    return "".join(parts), y + 6


def _row(row: EventRow, scale: Scale, y: float, *, compared: bool) -> tuple[str, float]:
    numbers = " · ".join(rate.text for rate in row.rates) if len(row.rates) <= 4 else ""
    shift = 34.0 if row.serious else 0.0
    words = svg.text("SAE", x=0, y=y + 12, class_="serious") if row.serious else ""
    room = max(90.0, svg.NARROW - shift - svg.text_width(numbers) - 10)
    words += svg.fitted(row.term, x=shift, y=y + 12, width=room, class_="label")
    if numbers:
        words += svg.text(numbers, x="100%", y=y + 12, text_anchor="end", class_="value")
    middle = y + 22
    marks = [
        svg.element("line", x1=svg.percent(_LEFT), x2=svg.percent(_RIGHT), y1=middle, y2=middle, class_="lane")
    ]
    known = [rate.share for rate in row.rates if rate.share is not None]
    if compared and len(known) > 1:
        marks.append(
            svg.element(
                "line", x1=_x(scale, min(known)), x2=_x(scale, max(known)), y1=middle, y2=middle, class_="gap"
            )
        )
    marks += [
        _dot(rate.series, x=_x(scale, rate.share), y=middle, lettered=len(row.rates) > svg.SERIES)
        for rate in row.rates
        if rate.share is not None
    ]
    kind = "serious, " if row.serious else ""
    full = ", ".join(f"{svg.letter_of(rate.series)} {rate.text}" for rate in row.rates)
    tip = svg.element("title", svg.clean(f"{row.term} ({kind}{full})"))
    return svg.element("g", tip, words, *marks), middle + 10


def _dot(series: int, *, x: str, y: float, lettered: bool) -> str:
    """With more arms than there are colours, the arm's letter instead of a mark."""
    if not lettered:
        return svg.marker(series, x=x, y=y)
    named = f"letter series-{series % svg.SERIES + 1}"
    return svg.text(svg.letter_of(series), x=x, y=y + 4, text_anchor="middle", class_=named)


def _x(scale: Scale, value: float) -> str:
    return svg.percent(_LEFT + (_RIGHT - _LEFT) * scale.share(value))


def _axis(scale: Scale, *, top: float, bottom: float) -> str:
    parts = []
    for tick in scale.ticks():
        x = _x(scale, tick)
        parts.append(svg.element("line", x1=x, x2=x, y1=top, y2=bottom, class_="grid"))
        parts.append(
            svg.text(tick_label(tick * 100) + "%", x=x, y=bottom + 14, text_anchor="middle", class_="tick")
        )
    parts.append(
        svg.text(
            "participants affected, of those at risk", x="50%", y=bottom + 30, text_anchor="middle", class_="axis"
        )
    )
    return "".join(parts)
