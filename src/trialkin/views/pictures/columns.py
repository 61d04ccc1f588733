"""Arms side by side: the frame that the participant flow and the design schema are drawn on, top to bottom."""

from __future__ import annotations

from typing import Literal

from . import svg

NARROW_COLUMN, WIDE_COLUMN = 133.0, 220.0
"""Pixels per arm: two arms fit a 320 px screen, more are scrolled; up to three arms are wider where there is room."""
GAP = 10.0
TRUNK_AT_MOST = {"narrow": svg.NARROW_UNFOLDED / 2, "wide": 330.0}
"""Where the trunk stands in a picture so wide that its middle would be scrolled away."""


class Columns:
    """A drawing under way: `y` is how far down it has come, `parts` what is drawn.

    `screen`: "narrow" or "wide", the kind of screen that it is shown on; the other one has a drawing of its own.
    """

    def __init__(self, count: int, *, column: float, screen: Literal["narrow", "wide"]) -> None:
        self.screen = screen
        shown = max(1, count)
        self.column = column
        self.width = max(svg.NARROW_UNFOLDED if shown < 3 else 0.0, shown * (column + GAP) - GAP)
        left = (self.width - shown * (column + GAP) + GAP) / 2
        self.lefts = tuple(left + index * (column + GAP) for index in range(count))
        self.centres = tuple(x + column / 2 for x in self.lefts)
        self.trunk = min(self.width / 2, TRUNK_AT_MOST[screen])
        self.parts: list[str] = []
        self.y = 2.0

    def stage(self, lines: tuple[str, ...], *, width: float = 270.0) -> None:
        """A box on the trunk, what happens to everybody."""
        width = min(width, self.width, 2 * self.trunk)
        drawn, height = svg.box(lines, x=self.trunk - width / 2, y=self.y, width=width, class_="box stage")
        self.parts.append(drawn)
        self.y += height

    def stem(self, by: float = 14.0) -> None:
        """An arrow down the trunk."""
        self.parts.append(svg.path(((self.trunk, self.y), (self.trunk, self.y + by)), arrow=True))
        self.y += by

    def branch(self) -> None:
        """From the trunk to every column."""
        start, middle, end = self.y, self.y + 10, self.y + 22
        self.parts.append(svg.path(((self.trunk, start), (self.trunk, middle))))
        reach = (min(*self.centres, self.trunk), max(*self.centres, self.trunk))
        self.parts.append(svg.path(((reach[0], middle), (reach[1], middle))))
        self.parts += [svg.path(((x, middle), (x, end)), arrow=True) for x in self.centres]
        self.y = end

    def join(self) -> None:
        """From every column back to the trunk."""
        start, middle, end = self.y, self.y + 10, self.y + 24
        self.parts += [svg.path(((x, start), (x, middle))) for x in self.centres]
        reach = (min(*self.centres, self.trunk), max(*self.centres, self.trunk))
        self.parts.append(svg.path(((reach[0], middle), (reach[1], middle))))
        self.parts.append(svg.path(((self.trunk, middle), (self.trunk, end)), arrow=True))
        self.y = end

    def boxes(self, texts: list[tuple[str, ...]], *, class_: str) -> None:
        """One box per column, all as tall as the tallest."""
        tallest = max((len(lines) for lines in texts), default=1)
        for x, lines in zip(self.lefts, texts, strict=True):
            padded = lines + ("",) * (tallest - len(lines))
            self.parts.append(svg.box(padded, x=x, y=self.y, width=self.column, class_=class_)[0])
        self.y += 15 * tallest + 12

    def band(self, title: str) -> None:
        """A title across all columns."""
        self.parts.append(svg.element("rect", x=0, y=self.y, width=self.width, height=21, rx=3, class_="band"))
        shown = svg.shorten(title, width=min(self.width, 2 * self.trunk) - 16)
        self.parts.append(svg.text(shown, x=self.trunk, y=self.y + 15, text_anchor="middle", class_="row-title"))
        self.y += 21

    def down(self, by: float, *, arrow: bool) -> None:
        """A line down every column."""
        self.parts += [svg.path(((x, self.y), (x, self.y + by)), arrow=arrow) for x in self.centres]
        self.y += by

    def cross(self, by: float = 34.0) -> None:
        """Every column goes on in the next one, the last in the first."""
        for index, x in enumerate(self.centres):
            target = self.centres[(index + 1) % len(self.centres)]
            end = self.y + by
            self.parts.append(
                svg.path(((x, self.y), (x, self.y + 5), (target, end - 7), (target, end)), arrow=True)
            )
        self.y += by

    def finish(self, *, kind: str, title: str, description: str) -> str:
        """The picture."""
        return svg.picture(
            *self.parts,
            kind=f"{kind} {self.screen}",
            title=title,
            description=description,
            height=self.y + 4,
            width=self.width,
        )
