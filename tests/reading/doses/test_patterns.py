"""Every pattern of the wing takes time in proportion to the text, whatever the text."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time

import pytest

import trialkin.reading.doses
from trialkin.reading.doses import doses, lexicon, radiation
from trialkin.reading.patterns import Pattern

PUMPS = (
    "-",
    "a ",
    "1,",
    "1 ",
    "day 1, ",
    "10 mg ",
    "(",
    ") ",
    "Aa",
    "x 10",
    "for 1 to ",
    "and ",
    "if a ",
    ": ",
    "to the ",
)


def patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for module in pkgutil.iter_modules(trialkin.reading.doses.__path__):
        for name, value in vars(importlib.import_module(f"trialkin.reading.doses.{module.name}")).items():
            if isinstance(value, re.Pattern | Pattern):
                found[f"{module.name}.{name}"] = getattr(value, "compiled", value)
    found["doses.amount"] = doses._amount_pattern()
    found["lexicon.denominator"] = lexicon.denominator_pattern()
    found["radiation.modalities"] = radiation.modalities()
    for table in ("dose_schedules", "dose_routes"):
        found[f"lexicon.{table}"] = lexicon.scan_pattern(table)
    return found


# Tried at one place of a text only, never searched for.
ANCHORED = {
    "reading._RESTATED", "radiation._AFTER", "radiation._AFTER_SIZE", "radiation._TIMES_AFTER", "radiation._PER_DAY",
    "sieve._LIQUID_AFTER", "sieve._PERCENT_AFTER", "sieve._FORM_AFTER", "sieve._PACK_AFTER", "sieve._TOTAL_AFTER",
    "labels._STATE", "agents._ASIDE", "agents._BODY", "agents._PREFIX", "agents._PARTS", "powers._COUNTED",
    "sieve._PERCENT_FORM", "sieve._SALT_WATER", "doses._VOLUME", "reading._OPENED", "reading._OPENED_AT_ONCE",
    "doses._ABBREVIATED", "sieve._NEEDLE_AFTER", "agents._EACH", "marks._AGAIN", "scope._DAILY_AFTER",
}  # fmt: skip


def seconds(name: str, text: str) -> float:
    """CPU time of the pattern over the text, the least of three."""
    pattern = patterns()[name]
    times = []
    for _ in range(3):
        start = time.process_time()
        if name in ANCHORED:
            pattern.match(text)
            pattern.fullmatch(text)
        elif pattern.pattern.endswith("$"):  # used on short windows only, never on a whole text
            list(pattern.finditer(text[:200]))
        else:
            list(pattern.finditer(text))
        times.append(time.process_time() - start)
        if times[-1] < 0.04:
            break
    return min(times)


@pytest.mark.parametrize("name", sorted(patterns()))
def test_a_pattern_is_linear(name: str) -> None:
    """32 kB of a pumped text in 50 ms, or, on a slow machine, at most three times what 16 kB takes."""
    for pump in PUMPS:
        whole = seconds(name, pump * (32_000 // len(pump)))
        if whole > 0.05:
            half = seconds(name, pump * (16_000 // len(pump)))
            assert whole < 0.5 and whole < 3 * half + 0.03, (
                f"{name} on {pump!r}: {half * 1e3:.0f}, {whole * 1e3:.0f} ms"
            )
