"""Reading a text takes time in proportion to its length, whatever it repeats: pumps come from the reader's patterns."""

from __future__ import annotations

import time
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

import pytest

from trialkin.reading.doses import read_regimens

from .test_patterns import patterns

BY_HAND = ("5 mg, 10 mg, ", "2 Gy ", "aspirin (5 mg) for 3 days ", "Placebo 5 mg daily. ", "week 0-4: 5 mg\n")


def example(tree: _parser.SubPattern) -> str:
    """A short text that the parse tree of a pattern matches, look-around aside."""
    return "".join(_example(kind, value) for kind, value in tree)


def _example(kind: int, value: object) -> str:
    match kind, value:
        case sre.LITERAL, int(code):
            return chr(code)
        case sre.NOT_LITERAL, _:
            return "a"
        case sre.IN, list(choices):
            return _one_of(choices)
        case sre.ANY, _:
            return "a"
        case sre.BRANCH, (_, branches):
            return max((example(branch) for branch in branches[:8]), key=len)
        case sre.SUBPATTERN, (*_, inside):
            return example(inside)
        case sre.ATOMIC_GROUP, inside:
            return example(inside)
        case ((sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT), (least, most, inside)):
            return example(inside) * max(least, min(1, most))
    return ""


def _one_of(choices: list) -> str:
    kind, value = choices[0]
    if kind is sre.NEGATE:
        return "a"
    if kind is sre.RANGE:
        return chr(value[0])
    if kind is sre.LITERAL:
        return chr(value)
    return {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " "}.get(value, "a")


def pumps() -> dict[str, str]:
    found = {name: example(_parser.parse(pattern.pattern, pattern.flags)) for name, pattern in patterns().items()}
    return {name: text for name, text in found.items() if text.strip()} | {text: text for text in BY_HAND}


def seconds(pump: str, kilobytes: int) -> float:
    text = ("aspirin 5 mg " + pump * (kilobytes * 1024 // len(pump) + 1))[: kilobytes * 1024]
    start = time.process_time()
    read_regimens(text)
    return time.process_time() - start


@pytest.mark.parametrize("pump", BY_HAND)
def test_reading_is_linear(pump: str) -> None:
    read_regimens("aspirin 5 mg")
    assert seconds(pump, 8) < 3.2 * seconds(pump, 4) + 0.2


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(pumps()))
def test_reading_what_a_pattern_reads_is_linear(name: str) -> None:
    """From 1 kB to 64 kB, each four times the one before, in at most six times its time."""
    pump = pumps()[name]
    times = [seconds(pump, size) for size in (1, 4, 16, 64)]
    assert all(longer < 6 * shorter + 1 for shorter, longer in zip(times, times[1:], strict=False)), times
