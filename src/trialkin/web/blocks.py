"""The smallest pieces of a block as HTML: values, prose, cells.

Written here and not as templates because a page has thousands of them. Everything is escaped or sanitised.
Must not know: pages, studies.
"""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from ..reading.markup import to_html
from ..views.blocks import Cell, Inline, Prose, Table, Value, as_cell

_SAFE = ("http://", "https://", "mailto:", "tel:", "/", "#")


def inline(part: Inline) -> Markup:
    """A value with its registry value in `data-`, or prose."""
    return Markup(_inline(part))


def table_rows(table: Table) -> Markup:
    """The rows of a table; in one that stacks, cells carry their column's name for narrow screens."""
    labels = [""] * len(table.head)
    if table.stack and table.labels:
        labels = [_attribute("data-label", _text(as_cell(cell))) for cell in table.head]
    rows = []
    for row in table.rows:
        cells = (_cell(as_cell(cell), table, column, labels) for column, cell in enumerate(row))
        rows.append(f"<tr>{''.join(cells)}</tr>\n")
    return Markup("".join(rows))


def head_cell(given: Inline | Cell) -> Markup:
    """A column's name."""
    cell = as_cell(given)
    number = ' class="number"' if cell.number else ""
    return Markup(f'<th scope="col"{_spans(cell)}{number}>{_parts(cell)}</th>')


def svg(drawing: str) -> Markup:
    """A drawing of ours; `views.pictures` has escaped every text in it."""
    return Markup(drawing)


def _inline(part: Inline) -> str:
    if isinstance(part, str):
        return escape(part)
    return _prose(part) if isinstance(part, Prose) else _value(part)


def _prose(part: Prose) -> str:
    """Rendered and sanitised markup, or plain paragraphs."""
    if part.markup:
        return to_html(part.text)
    return "".join(f"<p>{escape(text)}</p>" for text in part.text.split("\n\n") if text.strip())


def _value(value: Value) -> str:
    text = escape(value.text)
    data = _attribute("data-value", value.registry) + _attribute("data-piece", value.piece)
    tone = f' class="tone {value.tone}"' if value.tone else ""
    note = f" <small>({escape(value.note)})</small>" if value.note else ""
    if value.href.startswith(_SAFE):
        out = ' class="out" rel="noopener noreferrer"' if value.href.startswith("http") else ""
        return f'<a href="{escape(value.href)}"{out}{data}>{text}</a>{note}'
    return f"<span{tone}{data}>{text}</span>{note}" if data or tone else text + note


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def _cell(cell: Cell, table: Table, column: int, labels: list[str]) -> str:
    number = ' class="number"' if cell.number else ""
    if cell.heading or (column == 0 and table.label_first):
        return f'<th scope="row"{_spans(cell)}{number}>{_parts(cell)}</th>'
    label = labels[column] if column < len(labels) and cell.columns == 1 else ""
    return f"<td{_spans(cell)}{number}{label}>{_parts(cell)}</td>"


def _text(cell: Cell) -> str:
    return " ".join(part if isinstance(part, str) else part.text for part in cell.parts)


def _spans(cell: Cell) -> str:
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return columns + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")


def _parts(cell: Cell) -> str:
    if len(cell.parts) == 1:
        return _inline(cell.parts[0])
    return "".join(f"<div>{_inline(part)}</div>" for part in cell.parts)
