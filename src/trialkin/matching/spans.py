"""Times in a sentence: how long ago, for how long; each cut out and kept with what it says.

Owns the phrases of windows on the lower-cased sentence. Must not know: facts, concepts.
"""

from __future__ import annotations

import re

from .tree import Within
from .values import DAYS

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fourteen": 14, "a": 1, "thirty": 30,
}  # fmt: skip
_N = rf"(?:\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})"
_UNIT = r"(?:hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|mths?|years?|yrs?|y)\b(?:['’]s?)?"
_AMOUNT = rf"(?P<n>{_N})(?:\s*\(\w+\))?\s*-?\s*(?P<u>{_UNIT})"
_ANCHOR = (
    r"(?:\s*(?:prior to|prior|before|preceding|of|from|to|ago|earlier|at|up to|until|previous to|leading up to)\s+"
    r"(?:(?:(?:dose|doses|administration|infusion|injection) of (?:the )?[\w-]+|"
    r"the|this|a|of|to|study|first|start|starting|initiation|initial|initiating|beginning|planned|day|time|date|"
    r"trial|visit|screening|baseline|randomi[sz]ation|enrol\w*|inclusion|entry|entering|registration|treatment|drug|"
    r"dose|dosing|administration|informed|consent|signing|signature|participation|recruitment|into|investigational|"
    r"[a-z]{1,6}-?\d[\w-]*|"
    r"cycle|testing|test|medication|product|protocol|receiving|1|c1d1|being|therapy|intervention|index|v1|in|procedure)\b[\s-]*)+"
    r"|\s*(?:ago|earlier|previously|prior|before)\b)"
)
_PAST = r"(?:last|past|previous|prior|preceding|recent)"
_MORE = r"(?:at least|more than|greater than|longer than|over|>=?|≥|a minimum of|minimum of|not less than)"
_LESS = r"(?:within|less than|<=?|≤|no more than|not more than|up to|in|during|maximum of|under)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("most", re.compile(
        rf"(?:\b(?:within|in|during|over|for|throughout)\s+)?(?:(?:the|a)\s+)?\b{_PAST}\s+{_AMOUNT}{_ANCHOR}?")),
    ("least", re.compile(rf"(?:\bfor\s+)?{_MORE}\s*{_AMOUNT}{_ANCHOR}")),
    ("lasting", re.compile(rf"(?:\b(?:for|lasting|persisting(?: for)?)\s+)?(?:{_MORE})\s*{_AMOUNT}")),
    ("lasting", re.compile(rf"(?:\b(?:for|lasting|persisting(?: for)?)\s+)?{_AMOUNT}\s+or (?:more|longer|over)\b")),
    ("most", re.compile(rf"{_LESS}\s*(?:the\s+)?{_AMOUNT}{_ANCHOR}?")),
    ("most", re.compile(rf"{_AMOUNT}{_ANCHOR}")),
)  # fmt: skip
_OTHER_EVENT = re.compile(r"\s*(?:of|after|from|since|following|post)\b")
MARK = 0xE400


def cut(text: str) -> tuple[str, list[Within | None]]:
    """The sentence with a mark for each time, and the times; None for one that counts from another event."""
    found = list[Within | None]()
    for what, pattern in _PATTERNS:
        at = 0
        while match := pattern.search(text, at):
            within = None if _OTHER_EVENT.match(text, match.end()) else _within(what, match)
            text = f"{text[: match.start()]} {chr(MARK + len(found))} {text[match.end() :]}"
            found.append(within)
            at = match.start() + 3
    return text, found


def _within(what: str, match: re.Match[str]) -> Within:
    number = _NUMBERS.get(match["n"]) or float(match["n"])
    unit = {"h": "h", "d": "d", "w": "wk", "m": "mo", "y": "a"}[match["u"][0]]
    days = number * DAYS[unit]
    if what == "most":
        return Within(most=days)
    return Within(least=days, lasting=what == "lasting")
