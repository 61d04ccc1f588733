"""A neighbourhood: the study in the middle, its kin around it, the closer the nearer; every mark is a link."""

from __future__ import annotations

import math
from dataclasses import dataclass

from . import svg

_SIZE, _MIDDLE, _INNER, _OUTER = 320.0, 160.0, 42.0, 132.0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One study: its place in the list, its group (a series), its score, its title and where it leads."""

    number: int
    group: int
    score: float
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """groups: the names of the series, in their order."""

    title: str
    description: str
    groups: tuple[str, ...]
    neighbours: tuple[Neighbour, ...]


def draw(shown: Neighbourhood) -> str:
    """The neighbourhood as SVG, as wide as the narrowest phone has room for; it shrinks below that."""
    ranked = sorted(shown.neighbours, key=lambda one: (one.group, one.number))
    top = max((one.score for one in ranked), default=1.0) or 1.0
    low = min((one.score for one in ranked), default=0.0)
    rings = [
        svg.element("circle", cx=_MIDDLE, cy=_MIDDLE, r=reach, fill="none", class_="grid")
        for reach in (_INNER, (_INNER + _OUTER) / 2, _OUTER)
    ]
    marks = [_mark(one, place, len(ranked), _reach(one.score, low, top)) for place, one in enumerate(ranked)]
    centre = svg.element("circle", cx=_MIDDLE, cy=_MIDDLE, r=9, class_="here")
    legend = [
        svg.marker(group, x=10.0, y=_SIZE + 14 + 18 * line, size=5)
        + svg.text(shown.groups[group], x=22, y=_SIZE + 18 + 18 * line)
        for line, group in enumerate(sorted({one.group for one in ranked}))
    ]
    return svg.picture(
        *rings, centre, *marks, *legend,
        kind="neighbourhood", title=shown.title, description=shown.description,
        width=_SIZE, height=_SIZE + 12 + 18 * len(legend), interactive=True,
    )  # fmt: skip


def _reach(score: float, low: float, top: float) -> float:
    return _OUTER - (_OUTER - _INNER) * (score - low) / (top - low) if top > low else _INNER


def _mark(one: Neighbour, place: int, count: int, reach: float) -> str:
    angle = 2 * math.pi * (place + 0.5) / count - math.pi / 2
    x, y = _MIDDLE + reach * math.cos(angle), _MIDDLE + reach * math.sin(angle)
    line = svg.element("line", x1=_MIDDLE, y1=_MIDDLE, x2=x, y2=y, class_="lane")
    linked = svg.element(
        "a",
        svg.element("title", svg.clean(f"{one.number}. {one.title}")),
        svg.element("circle", cx=x, cy=y, r=12, fill="transparent"),
        svg.marker(one.group, x=x, y=y, size=6),
        svg.text(
            str(one.number), x=x + 14 * math.cos(angle), y=y + 14 * math.sin(angle) + 4, text_anchor="middle"
        ),
        href=one.href,
        aria_label=f"{one.number}. {one.title}",
    )
    return line + linked
