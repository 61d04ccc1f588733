"""A number as the sponsor posted it: the text stays, its value serves to place a mark.

Owns which posted texts are numbers. Must not know: what is drawn with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NUMBER = re.compile(
    r"([<>]|[<>]=|[≤≥=])?\s*\+?([-\u2212]?)\s*(\d+(?:[.,]\d*)*|\.\d+)(?:[eE]([-+]?\d{1,3}))?\s*%?"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")


_SMALLEST, _LARGEST = 1e-100, 1e100
"""Beyond these a posted number is a slip or an attack, and would break the arithmetic of an axis."""


@dataclass(frozen=True, slots=True)
class Posted:
    """`text` as posted; `value` None means that it is no number ("NA"); `bound` is "<" or ">" for "<0.001"."""

    text: str
    value: float | None = None
    bound: str = ""


@lru_cache(maxsize=4096)
def posted(text: str | None) -> Posted:
    """What a results text says: ".5", "9,9" (a decimal comma), "1,234" (thousands), "<0.001", "NA"."""
    if text is None:
        return Posted("")
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return Posted(text)
    sign, minus, digits, exponent = match.groups()
    value = _plain_number(digits, exponent or "0")
    if value is None:
        return Posted(text)
    value = -value if minus else value
    bound = {"<": "<", "≤": "<", "<=": "<", ">": ">", "≥": ">", ">=": ">"}.get(sign or "", "")
    return Posted(text, value, bound)


def _plain_number(digits: str, exponent: str) -> float | None:
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(",", "")
    elif digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    try:
        value = float(f"{digits}e{exponent}")
    except ValueError:
        return None
    return value if value == 0 or _SMALLEST < value < _LARGEST else None
