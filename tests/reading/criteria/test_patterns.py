"""Every guarded pattern is linear: 32 kB of the worst input that we know stays within its budget."""

from __future__ import annotations

import re
import time

import pytest

from trialkin.reading import quantities
from trialkin.reading.criteria import patterns, split
from trialkin.reading.patterns import Pattern

PUMPS = [
    "a",
    " ",
    "1",
    "no ",
    "not ",
    "the ",
    "of ",
    "age ",
    "within ",
    "history of ",
    "no more than ",
    "a a ",
    "1 1 ",
    "(",
    ")",
    ", ",
    "stage ",
    "i",
    "iii ",
    "class a ",
    "or ",
    "study ",
    "prior ",
    "during the ",
    "non-",
    "but ",
    "x x x",
    "free of ",
    "t1 ",
    "resolved to ",
    "years ",
    "of the following ",
    "diagnosed with ",
    "january ",
    "for a period of ",
    "A B ",
    "1. ",
    " prior to the ",
    " before the start of the ",
    " at the study or ",
    " of screening/",
    "moderate or ",
    "more than ",
]


def compiled() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for module in (patterns, split, quantities):
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern | Pattern):
                found.append((f"{module.__name__.split('.')[-1]}.{name}", value))
            elif isinstance(value, dict):
                found += [(f"{name}[{key}]", one) for key, one in value.items() if isinstance(one, Pattern)]
    return [(name, getattr(one, "compiled", one)) for name, one in found]


SCANNED = {
    "patterns": {
        "BOUNDARY",
        "UNNUMBERED",
        "INTRODUCED",
        "SEVERITY",
        "STUDY_TIME",
        "T_STAGE",
        "GROUP",
        "EXCEPTION",
        "EXCEPTION_END",
        "EVENT_END",
        "NEGATION",
        "NEGATION_NOT",
        "NEGATION_END",
        "TIMES",
        "COUNTED",
        "LIST_CUT",
    },
    "split": {"_LINE", "_PDQ_PART", "_INLINE", "_RUN_ON", "_DASHED", "_OUT", "_IN"},
    "quantities": {"_NUMBER", "_NUMERAL", "_LETTERS"},
}
"""Patterns that run over whole texts; the others match at one place, or search a window of at most 200 characters."""


@pytest.mark.parametrize(
    ("name", "pattern"), compiled(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_pattern_is_linear(name: str, pattern: re.Pattern[str]) -> None:
    module, _, own = name.partition(".")
    scanned = own in SCANNED.get(module, set())
    for pump in PUMPS:
        text = (pump * (32_000 // len(pump) + 1))[:32_000]
        took = _seconds(pattern, text, scanned)
        if took > 0.05:  # a busy machine, or a pattern that grows faster than its input
            quarter = min(_seconds(pattern, text[:8_000], scanned) for _ in range(3))
            assert took < 8 * max(quarter, 0.01), f"{name} on {pump!r}: {took * 1000:.0f} ms"


def _seconds(pattern: re.Pattern[str], text: str, scanned: bool) -> float:
    started = time.process_time()
    if scanned:
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.search(text[:200])
    return time.process_time() - started
