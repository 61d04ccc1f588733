"""Abbreviations that a text defines itself: "head and neck squamous cell carcinoma (HNSCC)".

Must not know studies or search.

Source: Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text,
Pacific Symposium on Biocomputing 2003.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .patterns import Pattern

_SHORT = Pattern(r"\(\s*([A-Za-z][A-Za-z0-9/+\-]{1,9})\s*[);,]")
_WORD = Pattern(r"[^\s()\[\];:,]+")
_PLURAL = Pattern(r"^([A-Z]{2,})s$")


def abbreviations(text: str) -> Iterator[tuple[str, str]]:
    """(short form, long form) pairs as they are written in the text, in its order."""
    if "(" not in text:
        return
    for match in _SHORT.finditer(text):
        short = _PLURAL.sub(r"\1", match[1])
        capitals = sum(char.isupper() or char.isdigit() for char in short)
        if capitals * 2 < len(short) or not any(char.isupper() for char in short):
            continue
        long = _long_form(short, text[max(0, match.start() - 160) : match.start()])
        if long:
            yield short, long


def _long_form(short: str, before: str) -> str | None:
    """The shortest run of words before the parenthesis in which every character of the short form is found."""
    sentence = re.split(r"[.;:()\[\]]\s|\n", before)[-1].rstrip()
    letters = [char for char in short.lower() if char.isalnum()]
    most = min(len(letters) + 5, len(letters) * 2)
    words = list(_WORD.finditer(sentence))[-most:]
    if not words:
        return None
    place = len(sentence) - 1
    low = sentence.lower()
    for index in range(len(letters) - 1, -1, -1):
        while place >= words[0].start() and (
            low[place] != letters[index] or (index == 0 and place > 0 and low[place - 1].isalnum())
        ):
            place -= 1
        if place < words[0].start():
            return None
        place -= 1
    long = sentence[place + 1 :].strip(" ,\"'")
    inside = {word.lower() for word in _WORD.findall(long)}
    if len(long) < len(short) + 3 or short.lower() in inside or len(long.split()) > most:
        return None
    return long
