"""A search's text cut into tokens. Must not know the grammar."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...errors import InvalidQuery
from .analysis import key
from .fields import AREA_BY_SHORT
from .filters import FILTER_BY_SHORT
from .said import NAMES as SAID


@dataclass(frozen=True)
class Token:
    """One piece of a search; `column` counts from 1, `argument` is what stood in the brackets."""

    kind: str  # word phrase value ( ) AND OR NOT MISSING ALL context short end
    text: str
    column: int
    argument: str = ""


_CONTEXT = re.compile(r"(AREA|RANGE|EXPANSION|COVERAGE|SEARCH|TILT|CONCEPT)\[")
_SHORT = re.compile(r"([A-Za-z][A-Za-z_]*):")
_DISTANCE = re.compile(r"distance\(\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*,\s*([\d.]+)\s*(mi|km)\s*\)", re.IGNORECASE)
"""How the registry asks for studies near a place: latitude, longitude, distance."""
_WORD = re.compile(r'[^\s()"]+')
_SPLIT = re.compile(r"[\[\]:]+")
_BEGINNING = re.compile(r"[A-Za-z]{3,}\*")
_STARRED = re.compile(r"\*[A-Za-z]|[A-Za-z]\*(?=\W*(?:\s|$))")
_OPERATORS = ("AND", "OR", "NOT", "MISSING", "ALL")
SHORTS = {
    **{name: "area" for name in AREA_BY_SHORT},
    **{name: "filter" for name in FILTER_BY_SHORT},
    "near": "near",
    **dict.fromkeys(SAID, "says"),
}


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text.

    Raises:
        InvalidQuery: a quotation mark or bracket that is not closed, or a field that there is not.
    """
    place = 0
    while place < len(text):
        char = text[place]
        column = place + 1
        if char.isspace():
            place += 1
        elif char in "()":
            yield Token(char, char, column)
            place += 1
        elif char == '"':
            end = text.find('"', place + 1)
            if end < 0:
                raise InvalidQuery(
                    "the quotation mark is not closed", column=column, hint='Expected a second " after the phrase.'
                )
            _refuse_star(text[place + 1 : end], column + 1)
            yield Token("phrase", " ".join(text[place + 1 : end].split()), column)
            place = end + 1
        elif match := _DISTANCE.match(text, place):
            yield Token("short", "near", column)
            yield Token("value", f"{match[1]}, {match[2]}, {match[3]} {match[4].lower()}", column)
            place = match.end()
        elif match := _CONTEXT.match(text, place):
            end = text.find("]", match.end())
            if end < 0:
                raise InvalidQuery(
                    f"{match[1]}[ is not closed", column=match.end(), hint="Expected a closing bracket ]."
                )
            yield Token("context", match[1], column, text[match.end() : end].strip())
            place = end + 1
        elif (match := _SHORT.match(text, place)) and _is_short(match, text):
            yield Token("short", match[1].lower(), column)
            place = match.end()
            value = _WORD.match(text, place)
            if value and match[1].lower() not in AREA_BY_SHORT:
                yield Token("value", value[0], place + 1)
                place = value.end()
        else:
            match = _WORD.match(text, place)
            assert match is not None
            yield from _words(match[0], column)
            place = match.end()


def _is_short(match: re.Match[str], text: str) -> bool:
    if match[1].lower() in SHORTS:
        return True
    after = text[match.end() : match.end() + 1]
    if not after or after.isspace() or after in '/:")':
        return False
    near = difflib.get_close_matches(match[1].lower(), SHORTS, n=1)
    raise InvalidQuery(
        f"there is no field {match[1]!r}",
        column=match.start() + 1,
        hint=(f"Did you mean {near[0]}: ? " if near else "")
        + f"Expected one of {', '.join(sorted(SHORTS))}; put the text in quotes to search for it as it stands.",
    )


def _words(raw: str, column: int) -> Iterator[Token]:
    if raw in _OPERATORS:
        yield Token(raw, raw, column)
        return
    start = 0
    for part in _SPLIT.split(raw):
        word = _strip(part)
        if word:
            place = raw.index(part, start)
            if f"{word}*" in part and _BEGINNING.fullmatch(f"{word}*"):
                word += "*"
            else:
                _refuse_star(part, column + place)
            yield Token("word", word.lower() if word in _OPERATORS else word, column + place)
            start = place + len(part)


def _refuse_star(text: str, column: int) -> None:
    """A star that cannot be read as "and whatever follows" is told, not passed over."""
    if match := _STARRED.search(text):
        star = match.start() + match[0].index("*")
        raise InvalidQuery(
            "* cannot stand here",
            column=column + star,
            hint="Expected it at the end of a single word of three letters or more, such as cardio*.",
        )


def _strip(part: str) -> str:
    """Without punctuation at the ends; "" when nothing is left that can be searched."""
    start, end = 0, len(part)
    while start < end and not part[start].isalnum():
        start += 1
    while end > start and not part[end - 1].isalnum():
        end -= 1
    return part[start:end] if key(part[start:end]) else ""
