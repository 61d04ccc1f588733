"""Which question comes first over the open verdicts of many studies."""

from __future__ import annotations

from trialkin.matching import judge_text, next_questions
from trialkin.model.patient import Facts


def test_what_settles_most_studies_is_asked_first() -> None:
    texts = {
        "NCT99000001": ("Hemoglobin ≥ 9 g/dL",),
        "NCT99000002": ("Haemoglobin above 10 g/dL",),
        "NCT99000003": ("Hemoglobin ≥ 8 g/dL", "No prior chemotherapy"),
        "NCT99000004": ("Patients with gallstones",),
    }
    verdicts = {
        study: [judge_text(text, Facts(), section="inclusion") for text in held] for study, held in texts.items()
    }
    asked = next_questions(verdicts)
    assert (asked[0].question.key, asked[0].studies, asked[0].settles) == ("hemoglobin", 3, 2)
    assert [one.question.kind for one in asked] == ["measurement", "condition", "treatment"]


def test_what_is_settled_asks_nothing() -> None:
    assert next_questions({"NCT99000001": [judge_text("Male or female", Facts(), section="inclusion")]}) == []
