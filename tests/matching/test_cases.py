"""What sentences of the usual kinds say of invented patients, row by row of `cases.tsv`."""

from __future__ import annotations

from pathlib import Path

import pytest

from trialkin.matching import judge_text

from .patients import patient

ROWS = [line.split("\t") for line in (Path(__file__).parent / "cases.tsv").read_text().splitlines()[1:]]
ANSWERS = {"holds": {"met"}, "fails": {"not met", "not applicable"}, "unknown": {"unknown"}}


@pytest.mark.parametrize(("answer", "section", "sentence", "line"), ROWS)
def test_a_sentence_says_it_of_a_patient(answer: str, section: str, sentence: str, line: str) -> None:
    verdict = judge_text(sentence, patient(line), section=section)  # type: ignore[arg-type]
    assert verdict.answer in ANSWERS[answer], (sentence, line)
