"""Any section as plain text, for the terminal and for `.txt` pages: every block, everything unfolded.

Must not know: studies, HTML, colours.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from typing import Any

from ..reading.markup import plain, printable
from .blocks import (
    Block,
    Cards,
    Cell,
    Disclosure,
    Facts,
    Figure,
    Inline,
    Item,
    Items,
    Note,
    Prose,
    Section,
    Subsection,
    Table,
    Tabs,
    Tags,
    as_cell,
)

WIDTH = 88


def sections_text(sections: Iterable[Section], *, width: int = WIDTH) -> str:
    """The sections one after the other, each under its heading."""
    return "\n\n".join(section_text(section, width=width) for section in sections)


def section_text(section: Section, *, width: int = WIDTH) -> str:
    """One section under its heading."""
    return f"{section.title.upper()}\n{'─' * min(width, len(section.title))}\n{blocks_text(section.blocks, width)}"


def blocks_text(blocks: Iterable[Block], width: int = WIDTH) -> str:
    """The blocks one after the other, a blank line between."""
    shown = (_SHOW[type(block)](block, max(width, 24)) for block in blocks)
    return printable("\n\n".join(text for text in shown if text))


def inline_text(inline: Inline) -> str:
    """A value on one line: text, note in parentheses, and the address of a web link."""
    if isinstance(inline, str):
        return inline
    if isinstance(inline, Prose):
        return plain(inline.text) if inline.markup else inline.text
    note = f" ({inline.note})" if inline.note else ""
    link = f" <{inline.href}>" if inline.href.startswith("http") and inline.href != inline.text else ""
    return f"{inline.text}{note}{link}"


def _wrap(text: str, width: int, *, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _prose(block: Prose, width: int) -> str:
    text = plain(block.text) if block.markup else block.text
    return lines_text(text.strip("\n").splitlines(), width)


def lines_text(lines: Iterable[str], width: int = WIDTH) -> str:
    """Lines wrapped, each with its indent kept and its list marker hanging."""
    return "\n".join(_line(line, width) for line in lines)


def _line(line: str, width: int) -> str:
    stripped = line.lstrip()
    indent = " " * (len(line) - len(stripped))
    marker, _, rest = stripped.partition(" ")
    hanging = len(marker) + 1 if rest and (marker in "*-•·+→!" or marker.rstrip(".)").isdigit()) else 0
    return _wrap(stripped, width, first=indent, rest=indent + " " * hanging)


def _facts(block: Facts, width: int) -> str:
    gap = min(30, max(len(row.label) for row in block.facts) + 2)
    lines = []
    for row in block.facts:
        first = f"{row.label:<{gap}}"
        if len(row.label) >= gap:
            lines.append(row.label)
            first = " " * gap
        texts = [inline_text(value) for value in row.values]
        whole = texts if len(texts) > 1 or "\n" in texts[0] else [texts[0]]
        if row.note:
            whole[-1] = f"{whole[-1]} ({row.note})"
        for text in whole:
            for part in text.splitlines() or [""]:
                lines.append(_wrap(part, width, first=first, rest=" " * gap))
                first = " " * gap
    return "\n".join(lines)


def _tags(block: Tags, width: int) -> str:
    line = "; ".join(inline_text(value) for value in block.values)
    return _wrap(f"{block.label}: {line}" if block.label else line, width, rest="  ")


def _cell(cell: Inline | Cell) -> str:
    return "\n".join(text for part in as_cell(cell).parts if (text := inline_text(part).strip()))


def _table(block: Table, width: int) -> str:
    """As columns where they fit, else each row as a small list with its column names."""
    head = [_cell(cell) for cell in block.head]
    rows = [[_cell(cell) for cell in row] for row in block.rows]
    title = f"{block.caption}\n" if block.caption else ""
    spanned = any(as_cell(cell).columns > 1 or as_cell(cell).rows > 1 for row in block.rows for cell in row)
    columns = max((len(row) for row in [head, *rows]), default=0)
    widths = [max((_longest(row[i]) for row in [head, *rows] if i < len(row)), default=0) for i in range(columns)]
    if not spanned and sum(widths) + 2 * max(columns - 1, 0) <= width:
        return title + _grid(head, rows, widths)
    named = (_names(head, row) for row in block.rows)
    return title + "\n".join(_row_as_list(own, row, width) for own, row in zip(named, rows, strict=True))


def _names(head: list[str], row: tuple[Inline | Cell, ...]) -> list[str]:
    """The column names of a row; a cell across several columns has none."""
    return ["" if as_cell(cell).columns > 1 else name for cell, name in zip(row, head, strict=False)]


def _longest(text: str) -> int:
    return max((len(line) for line in text.splitlines()), default=0)


def _grid(head: list[str], rows: list[list[str]], widths: list[int]) -> str:
    lines = [*_grid_row(head, widths), "  ".join("─" * w for w in widths)] if head else []
    for row in rows:
        lines += _grid_row(row, widths)
    return "\n".join(lines)


def _grid_row(row: list[str], widths: list[int]) -> list[str]:
    split = [text.splitlines() for text in row]
    height = max((len(lines) for lines in split), default=0)
    padded = [[*lines, *[""] * (height - len(lines))] for lines in split]
    return [
        "  ".join(f"{lines[i]:<{width}}" for lines, width in zip(padded, widths, strict=False)).rstrip()
        for i in range(height)
    ]


def _row_as_list(head: list[str], row: list[str], width: int) -> str:
    lines: list[str] = []
    for i, text in enumerate(row):
        if not text:
            continue
        name = head[i] if i < len(head) else ""
        first = "- " if not lines else "  "
        for part in (f"{name}: {text}" if name and i else text).splitlines():
            lines.append(_wrap(part, width, first=first, rest="    "))
            first = "    "
    return "\n".join(lines)


def _item(item: Item, width: int, depth: int) -> list[str]:
    indent = "   " * depth
    marker = "" if item.heading else f"{item.number or '•'} "
    inner = indent + " " * len(marker)
    paragraphs = [part.strip() for part in item.text.splitlines() if part.strip()] or [""]
    lines = [_wrap(paragraphs[0], width, first=indent + marker, rest=inner)]
    lines += [_wrap(part, width, first=inner, rest=inner) for part in paragraphs[1:]]
    if item.chips:
        lines += [_wrap(f"[ {inline_text(chip)} ]", width, first=inner, rest=inner + "  ") for chip in item.chips]
    lines += [_wrap(f"! {flag}", width, first=inner, rest=inner + "  ") for flag in item.flags]
    for child in item.children:
        lines += _item(child, width, depth + 1)
    return lines


def _items(block: Items, width: int) -> str:
    lines = [block.label] if block.label else []
    for item in block.items:
        lines += _item(item, width, 0)
    return "\n".join(lines)


def _note(block: Note, width: int) -> str:
    mark = {"info": "i", "warning": "!", "flag": "!"}[block.level]
    text = f"{block.title}: {block.text}" if block.title else block.text
    lines = [_wrap(text, width, first=f"{mark} ", rest="  ")]
    if block.rule:
        lines.append(_wrap(f"Rule: {block.rule}", width, first="  ", rest="  "))
    return "\n".join(lines)


def _figure(block: Figure, width: int) -> str:
    shown = [_wrap(f"{block.title}. {block.alternative}", width)]
    if block.data:
        shown.append(_table(block.data, width))
    return "\n\n".join(shown)


def _cards(block: Cards, width: int) -> str:
    texts = []
    for card in block.cards:
        kicker = " · ".join(inline_text(value) for value in card.kicker)
        title = inline_text(card.title)
        head = _wrap(f"{title} [{kicker}]" if kicker else title, width, first="▪ ", rest="  ")
        inner = textwrap.indent(blocks_text(card.blocks, width - 2), "  ")
        texts.append(f"{head}\n{inner}" if inner else head)
    return "\n".join(texts)


def _inner(block: Disclosure | Subsection, width: int) -> str:
    title = block.summary if isinstance(block, Disclosure) else block.title
    inner = blocks_text(block.blocks, width)
    return f"{title}\n{'·' * min(width, len(title))}\n{inner}"


def _tabs(block: Tabs, width: int) -> str:
    return blocks_text(block.parts, width)


_SHOW: dict[type, Callable[[Any, int], str]] = {
    Facts: _facts,
    Prose: _prose,
    Tags: _tags,
    Table: _table,
    Items: _items,
    Note: _note,
    Figure: _figure,
    Cards: _cards,
    Disclosure: _inner,
    Subsection: _inner,
    Tabs: _tabs,
}
