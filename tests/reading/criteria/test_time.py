"""Reading a criterion takes time in proportion to its length, whatever its words."""

from __future__ import annotations

import time

import pytest

from trialkin.reading.criteria import parse_criteria

EXEMPTIONS = (
    "bilirubin > 1.5 x ULN, except for participants with documented Gilbert's syndrome who may join if it is ≤ 3 x ULN",
    "ALT > 3 x ULN, in patients with hepatic metastases considered due to malignancy who may join when ALT < 5 x ULN",
    "platelets < 100, unless secondary to haematological involvement documented with certainty that must be above 50",
)


@pytest.mark.parametrize("text", EXEMPTIONS)
def test_a_condition_of_many_words_is_read_at_once(text: str) -> None:
    start = time.process_time()
    parse_criteria(f"Exclusion Criteria:\n* {text}")
    once = time.process_time() - start
    start = time.process_time()
    parse_criteria("Exclusion Criteria:\n" + "\n".join(f"* {text}" for _ in range(8)))
    assert once < 3 and time.process_time() - start < 10 * once + 2
