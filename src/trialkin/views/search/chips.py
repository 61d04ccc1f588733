"""What narrows a search, each part with the address of the search without it.

A part may be set by a facet or the form, or typed as text. Must not know HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...indexes.search import tree
from ...indexes.search.engine import Request
from ...indexes.search.facets import NOT_STATED
from ...indexes.search.filters import FILTER_BY_NAME, FILTER_BY_PIECE, Keyword
from ...indexes.search.query import parse
from ...indexes.search.said import NAMES as SAID
from .address import address, toggled


@dataclass(frozen=True)
class Chip:
    """A part in force, in words; `href` leads to the same search without it."""

    text: str
    href: str


def chips(request: Request) -> Iterator[Chip]:
    """The parts in force: those typed first, then those chosen.

    Raises:
        InvalidQuery: the text cannot be read.
    """
    yield from _typed(request)
    for name, values in request.filters.items():
        for value in values:
            yield Chip(f"{_label(name)}: {_shown(name, value)}", address(toggled(request, name, value)))


def _typed(request: Request) -> Iterator[Chip]:
    """The filters that stand for themselves in the text: those that every hit must meet."""
    parts = tree.parts(parse(request.text))
    for part in parts:
        words = _words(part)
        if words:
            rest = [other for other in parts if other is not part]
            text = str(tree.both(*rest)) if rest else ""
            yield Chip(words, address(replace(request, text=text, offset=0)))


def _words(node: tree.Node) -> str:
    """A filter in words; "" for what is none."""
    match node:
        case tree.Has(name, value) | tree.Fits(name, value):
            return f"{_label(name)}: {_shown(name, value)}"
        case tree.Between(name, low, high) if low and high:
            return f"{_label(name)}: {low if low == high else f'{low} to {high}'}"
        case tree.Between(name, low, high):
            return f"{_label(name)}: {f'from {low}' if low else f'up to {high}'}"
        case tree.Near(place, km, open_only):
            return f"Near: {place}, {km:g} km{', open sites' if open_only else ''}"
        case tree.Says(name, text):
            return f"{SAID[name]}: {text}"
        case tree.Missing(piece):
            found = FILTER_BY_PIECE.get(piece.lower())
            return f"{found.label if found else _label(piece)}: not stated"
        case tree.Not(item):
            return f"Not {words}" if (words := _words(item)) else ""
        case tree.Or(items):
            return _alternatives([_words(item) for item in items])
    return ""


def _alternatives(words: list[str]) -> str:
    """Values of one filter joined by "or"; "" when another thing is among them."""
    labels = {each.partition(": ")[0] for each in words}
    if "" in words or len(labels) > 1:
        return ""
    return f"{labels.pop()}: {' or '.join(each.partition(': ')[2] for each in words)}"


def _label(name: str) -> str:
    found = FILTER_BY_NAME.get(name)
    return found.label if found else name.capitalize()


def _shown(name: str, value: str) -> str:
    found = FILTER_BY_NAME.get(name)
    if value == NOT_STATED:
        return "not stated"
    return found.show(value) if isinstance(found, Keyword) else value
