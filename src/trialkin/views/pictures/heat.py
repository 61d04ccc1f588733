"""A heat grid: rows by columns, darker where more; each cell shows its count and leads to its search."""

from __future__ import annotations

from dataclasses import dataclass

from . import svg


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A count and where it leads (None: nowhere)."""

    count: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class HeatGrid:
    """`rows`: a name and one cell per column. The columns are named by letters that the legend explains."""

    title: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]


_CELL = 22.0


def draw(grid: HeatGrid) -> str:
    """The grid as fluid SVG."""
    highest = max((cell.count for _, cells in grid.rows for cell in cells), default=0) or 1
    width = 1.0 / max(1, len(grid.columns))
    parts: list[str] = []
    y = 4.0
    for index, name in enumerate(grid.columns):
        parts.append(svg.text(svg.letter_of(index), x=0, y=y + 12, class_="letter"))
        parts.append(svg.fitted(name, x=20, y=y + 12, width=svg.NARROW - 20, class_="label"))
        y += 16
    y += 10
    for index in range(len(grid.columns)):
        middle = svg.percent(width * (index + 0.5))
        parts.append(svg.text(svg.letter_of(index), x=middle, y=y + 10, text_anchor="middle", class_="letter"))
    y += 14
    for name, cells in grid.rows:
        parts.append(svg.fitted(name, x=0, y=y + 13, width=svg.NARROW, class_="label"))
        y += 18
        for index, cell in enumerate(cells):
            tip = f"{name} and {grid.columns[index]}: {cell.count:,} studies"
            parts.append(_cell(cell, tip, x=width * index, y=y, width=width, highest=highest))
        y += _CELL + 5
    linked = any(cell.href for _, cells in grid.rows for cell in cells)
    return svg.picture(
        *parts, kind="heat", title=grid.title, description=grid.description, height=y, interactive=linked
    )


def _cell(cell: HeatCell, tip: str, *, x: float, y: float, width: float, highest: int) -> str:
    share = (cell.count / highest) ** 0.5
    deep = share > 0.55
    drawn = [
        svg.element("title", svg.clean(tip)),
        svg.element(
            "rect", x=svg.percent(x + width * 0.03), y=y, width=svg.percent(width * 0.94), height=_CELL, rx=2,
            class_="heat" if cell.count else "track",
            fill_opacity=round(0.12 + 0.88 * share, 3) if cell.count else None,
        ),
    ]  # fmt: skip
    if cell.count:
        shown = f"{cell.count:,}" if cell.count < 10_000 else f"{cell.count // 1000}k"
        middle = svg.percent(x + width / 2)
        drawn.append(
            svg.text(shown, x=middle, y=y + 15, text_anchor="middle", class_="on-heat" if deep else "in-heat")
        )
    if cell.href and cell.count:
        return svg.element("a", *drawn, href=cell.href, aria_label=tip)
    return svg.element("g", *drawn)
