"""The smallest pieces of a block as HTML: values, prose, cells.

Written here and not as templates because a page has thousands of them. Everything is escaped or sanitised.
Must not know: pages, studies.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from ..text.markup import to_html
from ..views.blocks import Cell, Inline, Prose, Table, Value, as_cell

_SAFE = ("http://", "https://", "mailto:", "tel:", "/", "#")


def inline(part: Inline) -> Markup:
    """A value with its registry value in `data-`, or prose."""
    if isinstance(part, str):
        return escape(part)
    if isinstance(part, Prose):
        return prose(part)
    return _value(part)


def prose(part: Prose) -> Markup:
    """Rendered and sanitised markup, or plain paragraphs."""
    if part.markup:
        return Markup(to_html(part.text))
    return Markup("").join(Markup("<p>{}</p>").format(text) for text in part.text.split("\n\n") if text.strip())


def _value(value: Value) -> Markup:
    data = _attribute("data-value", value.registry) + _attribute("data-piece", value.piece)
    tone = f' class="tone {value.tone}"' if value.tone else ""
    note = f" <small>{escape(value.note)}</small>" if value.note else ""
    if value.href.startswith(_SAFE):
        out = ' class="out" rel="noopener noreferrer"' if value.href.startswith("http") else ""
        return Markup(f'<a href="{escape(value.href)}"{out}{data}>{escape(value.text)}</a>{note}')
    if not (data or tone or note):
        return escape(value.text)
    return Markup(f"<span{tone}{data}>{escape(value.text)}</span>{note}")


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def head_cell(given: Inline | Cell) -> Markup:
    """A column's name."""
    cell = as_cell(given)
    return Markup(f'<th scope="col"{_spans(cell)}>{_parts(cell)}</th>')


def table_cell(given: Inline | Cell, table: Table, column: int) -> Markup:
    """A cell; in a table that stacks it carries its column's name for narrow screens."""
    cell = as_cell(given)
    named = cell.heading or (column == 0 and table.label_first)
    number = ' class="number"' if cell.number else ""
    if named:
        return Markup(f'<th scope="row"{_spans(cell)}{number}>{_parts(cell)}</th>')
    label = ""
    if table.stack and column < len(table.head):
        label = _attribute("data-label", "".join(_text(part) for part in as_cell(table.head[column]).parts))
    return Markup(f"<td{_spans(cell)}{number}{label}>{_parts(cell)}</td>")


def _text(part: Inline) -> str:
    return part if isinstance(part, str) else part.text


def _spans(cell: Cell) -> str:
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return columns + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")


def _parts(cell: Cell) -> str:
    if len(cell.parts) == 1:
        return inline(cell.parts[0])
    return "".join(f"<div>{inline(part)}</div>" for part in cell.parts)


def svg(drawing: str) -> Markup:
    """A drawing of ours; `views.pictures` has escaped every text in it."""
    return Markup(drawing)
