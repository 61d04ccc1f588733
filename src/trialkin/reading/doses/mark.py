"""One statement about time or route, and the units that such statements are written in.

Must not know how statements are found.
"""

from __future__ import annotations

from dataclasses import dataclass

from trialkin.reading.doses import lexicon


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement about time; `value` and `unit` depend on the kind.

    times: "2/d"; interval: a normal form ("q3wk", "q2wk or q4wk"); days: "1,8"; cycle: its length in days; weeks:
    "0,2,6"; repeats: a count with unit; duration: a length with unit; route: a route; event: what it is given
    at, in words.
    """

    start: int
    end: int
    kind: str
    value: str | float
    unit: str = ""


NUMBER = rf"(?:\d{{1,3}}(?:\.\d)?|(?:{lexicon.WORD_NUMBER})\b)"
SPAN = r"(?:hours?|hrs?|h|days?|d|weeks?|wks?|wk|w|months?|mos?|mo|m|years?|yrs?|y)"
_UNITS = {"h": "h", "d": "d", "w": "wk", "m": "mo", "y": "a"}
DAYS_OF = {"d": 1, "wk": 7}


def unit_of(word: str) -> str:
    """h, d, wk, mo or a, from any spelling."""
    return _UNITS[word[0].lower()]


def interval_form(value: float, unit: str) -> str:
    """ "q3wk", "2/d": the normal form of "every `value` `unit`"."""
    count = f"{value:g}"
    if unit == "h":
        if 24 % value == 0 and value <= 24:
            return f"{24 / value:g}/d"
        return "qod" if value == 48 else f"q{value / 24:g}d" if value % 24 == 0 else f"q{count}h"
    if unit == "d" and value % 7 == 0 and value:
        value, unit, count = value / 7, "wk", f"{value / 7:g}"
    if value == 1:
        return {"d": "1/d", "wk": "1/wk", "mo": "1/mo", "a": "1/a"}[unit]
    if unit == "d" and value == 2:
        return "qod"
    return f"q{count}{unit}"
