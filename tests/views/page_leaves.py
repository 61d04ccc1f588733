"""What of a record must be found on its page, and what of it need not be, each with the reason."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from trialkin.reading.markup import plain, to_html
from trialkin.vocab import table

EXCEPTIONS: dict[str, str] = {
    "hasResults": "said by the Results section, which is there or says why not",
    "hasProtocol": "a posted document is described by what it contains; false says nothing more",
    "hasSap": "as hasProtocol",
    "hasIcf": "as hasProtocol",
    "dateUnknown": "said as “date unknown” only where it is true",
    "unreleaseDateUnknown": "as dateUnknown",
    "armGroupLabels": "drawn as ticks in the arm matrix; the labels stand at the arms",
    "modelPredictions": "an internal key that leaked into older releases; not in the registry's documented record",
    "interventionMappedName": "an internal key of older releases",
    "locations_nested": "an internal key of older releases",
}
"""Keys whose values need not be found, with the reason."""

_TAG = re.compile(r"<[^>]*>")
_DATA = re.compile(r' (?:data-value|data-piece|href)="([^"]*)"')
_ADDED = re.compile(
    r'<span class="reading">.*?</span></span>|'
    r'<span class="(?:flag|chips)"[^>]*>.*?</span>|^ *\[ (?:[^\n]|\n(?! *\[ ))*? \]$|^( *)! .*(?:\n\1  .*)*$',
    re.MULTILINE,
)  # what we say inside a text, over as many lines as it takes
_SIGNS = re.compile(r"[\W_]+")
_ENUM_VALUES = {row["value"] for row in table("enums")}


def squeeze(text: str) -> str:
    """Letters and digits alone, so that layout and quotes do not matter."""
    return _SIGNS.sub("", text).casefold()


class Shown:
    """The text and the registry values that a page shows."""

    def __init__(self, page: str) -> None:
        self.text = squeeze(html.unescape(_TAG.sub(" ", _ADDED.sub(" ", page))))
        self.values = {html.unescape(value) for value in _DATA.findall(page)}
        self.pieces = [value.casefold() for value in self.values]

    def has(self, key: str, value: Any) -> bool:
        if isinstance(value, bool):
            return any(piece.endswith(key.casefold()) for piece in self.pieces)
        if isinstance(value, int | float):
            words = f"{value}"
            return words in self.values or squeeze(words) in self.text or any(words in one for one in self.values)
        return self._has_text(value)

    def _has_text(self, value: str) -> bool:
        if value in self.values or any(value in one.split(", ") for one in self.values if "," in one):
            return True
        if any(value in one for one in self.values if len(one) < 80):
            return True
        return (
            squeeze(plain(value)) in self.text
            or squeeze(html.unescape(_TAG.sub(" ", to_html(value)))) in self.text
        )


def leaves(value: Any, key: str = "", path: str = "") -> Iterator[tuple[str, str, Any]]:
    """(path, key, value) of every leaf of a record."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in EXCEPTIONS:
                yield from leaves(inner, name, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, key, path)
    else:
        yield path, key, value


def not_shown(record: dict[str, Any], page: str) -> list[tuple[str, Any]]:
    """The leaves of a record that its page does not show."""
    shown = Shown(page)
    return [(path, value) for path, key, value in leaves(record) if not shown.has(key, value)]
