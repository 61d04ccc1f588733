"""Text to terms: folding, stems, and the keys under which names are learnt.

One analyser serves indexing, queries and explanations, so that what matches can always be shown. Letters and
digits part ways ("PD-1", "PD1" and "PD 1" are all `pd` `1`), Greek letters get their names, accents go, English
endings go. Must not know fields or studies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tantivy import TextAnalyzer

TOKENIZER = "trialkin"
LONGEST_TOKEN = 80

_LETTERS = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau"
    " upsilon phi chi psi omega"
).split()
_GREEK_NAMES = {
    chr(code): f" {name} "
    for start in (0x0391, 0x03B1)
    for code, name in zip(range(start, start + 25), _LETTERS, strict=True)
} | {"\N{MICRO SIGN}": " mu "}
_GREEK = re.compile("[" + "".join(_GREEK_NAMES) + "]")
_MICRO = re.compile("[\N{MICRO SIGN}\N{GREEK SMALL LETTER MU}](?=[A-Za-z])")
_MARKS = re.compile("[\u0300-\u036f]+")
_NUMBER = re.compile(r"[0-9](?:(?<=[^\W\d_].)[0-9]*(?:\.[0-9]+)?|[0-9]*(?:\.[0-9]+|(?=[^\W\d_])))")
"""A number that touches a letter or has a decimal point; any other stands apart and in one piece already."""
_POINT = "\N{MODIFIER LETTER TRIANGULAR COLON}"
"""Stands for a decimal point: the engine's fast splitter cuts at whatever is neither letter nor digit."""
_KEY = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Token:
    """A term and the span of the text that it was read from."""

    term: str
    start: int
    end: int


def fold(text: str) -> str:
    """Greek letters by name, a micro sign before a unit as u, compatibility forms and accents undone."""
    if text.isascii():
        return text
    # str.translate() looks at every character in Python and takes three times as long
    text = _GREEK.sub(lambda letter: _GREEK_NAMES[letter[0]], _MICRO.sub("u", text))
    return _MARKS.sub("", unicodedata.normalize("NFKD", text))


def prepare(text: str) -> str:
    """A text as the analyser wants it: folded, numbers apart from letters and in one piece."""
    return apart(fold(text))


def apart(folded: str) -> str:
    """Numbers apart from letters, each in one piece."""
    return _NUMBER.sub(_apart, folded)


def _apart(number: re.Match[str]) -> str:
    return f" {number[0].replace('.', _POINT)} "


@cache
def analyzer() -> TextAnalyzer:
    """The analyser that the index registers under `TOKENIZER`; for texts that went through `prepare`."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    words = Tokenizer.simple()  # a regular expression per word takes as long as all the rest of indexing
    filters = Filter.remove_long(LONGEST_TOKEN), Filter.lowercase(), Filter.stemmer("english")
    builder = TextAnalyzerBuilder(words)
    for each in filters:
        builder = builder.filter(each)
    return builder.build()


def tokens(text: str) -> list[Token]:
    """The terms of a text with their places in it."""
    prepared, offsets = _prepare_with_offsets(text)
    read = analyzer().pre_tokenize(prepared).tokens
    return [
        Token(token.text, offsets[token.char_offset_from], offsets[token.char_offset_to - 1] + 1) for token in read
    ]


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, ...]:
    """The terms alone."""
    return tuple(analyzer().analyze(prepare(text)))


def may_hold(lowered: str, wanted: tuple[str, ...]) -> bool:
    """Whether a prepared text in lower case can hold the terms; quickly, and in doubt yes.

    A word begins as its stem does, but for the last two letters: dying and die, hoping and hope.
    """
    for term in wanted:
        if term[: max(1, len(term) - 2)] not in lowered:
            return False
    return True


def key(text: str) -> str:
    """The form under which a name is learnt and looked up: folded, lower case, one space between words."""
    return " ".join(_KEY.findall(fold(text).lower()))


def _prepare_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """What `prepare` makes of a text, and for each of its characters the one that it comes from."""
    folded, origins = _fold_with_offsets(text)
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for number in _NUMBER.finditer(folded):
        start, end = number.span()
        pieces += (folded[done:start], _apart(number))
        offsets += (*origins[done:start], origins[start], *origins[start:end], origins[end - 1])
        done = end
    return "".join((*pieces, folded[done:])), (*offsets, *origins[done:])


def _fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    if text.isascii():
        return text, range(len(text))
    pieces: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        piece = "u" if _MICRO.match(text, index) else char if char.isascii() else fold(char)
        pieces.append(piece)
        offsets.extend([index] * len(piece))
    return "".join(pieces), offsets


STOP_WORDS = frozenset(
    "a an and are as at be been being but by can do does for from had has have if in into is it its no not of on"
    " or our s t so such than that the their then there these they this those to too up was we were what when where"
    " which who will with vs versus".split()
)
"""Words that are indexed, and found in phrases, but that alone need not be in a study for it to match."""
