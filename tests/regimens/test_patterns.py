"""Every pattern of the wing takes time in proportion to the text, whatever the text."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time

import pytest

import trialkin.regimens
from trialkin.regimens import doses, lexicon, radiation

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
    for module in pkgutil.iter_modules(trialkin.regimens.__path__):
        for name, value in vars(importlib.import_module(f"trialkin.regimens.{module.name}")).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = value
    found["doses.amount"] = doses._amount_pattern()
    found["lexicon.denominator"] = lexicon.denominator_pattern()
    found["radiation.modalities"] = radiation.modalities()
    for table in ("dose_schedules", "dose_routes"):
        found[f"lexicon.{table}"] = lexicon.scan_pattern(table)
    return found


@pytest.mark.parametrize("name", sorted(patterns()))
def test_a_pattern_is_linear(name: str) -> None:
    pattern = patterns()[name]
    for pump in PUMPS:
        text = pump * (16_000 // len(pump))
        start = time.process_time()
        if pattern.pattern.endswith("$"):  # used on short windows only, never on a whole text
            for _ in pattern.finditer(text[:200]):
                pass
        else:
            for _ in pattern.finditer(text):
                pass
        assert time.process_time() - start < 0.5, f"{name} on {pump!r}"
