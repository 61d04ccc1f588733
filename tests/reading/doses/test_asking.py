"""Conditions as trees, and which rows apply under three-valued logic."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from trialkin.errors import InvalidValue
from trialkin.model.regimen import (
    AllOf,
    AnyOf,
    Comparison,
    Finding,
    RegimenRow,
    Setting,
    TextRegimens,
    Unread,
)
from trialkin.reading.doses import Verdict, ask, parse_facts, read_regimens, study_regimens
from trialkin.reading.doses.conditions import negated, parse_condition

SCHEMA = Path(__file__).parents[3] / "docs" / "schemas" / "regimens.schema.json"

# In our own words, the shape of the worked case.
TEXT = (
    "Patients with a pathological complete response (pCR) may be exempted. For the primary tumour, 60-70 Gy in "
    "30-35 fractions is given Monday to Friday (low risk: 60 Gy; high risk: 66 Gy). Cisplatin is given when "
    "extracapsular nodal extension or positive/close margins (\\<1 mm) are present: 100 mg/m² every 3 weeks ×3, "
    "with renal function-based dose adjustment. For patients unsuitable for cisplatin, cetuximab is administered "
    "at 400 mg/m² in the first week, then 250 mg/m² weekly."
)
ROWS = read_regimens(TEXT, name="radiotherapy")


def verdicts(given: str) -> dict[tuple[str, float | None, float | None], str]:
    return {
        (answer.row.agent.lower(), answer.row.dose_low, answer.row.dose_high): answer.verdict.value
        for answer in ask(ROWS, parse_facts(given))
    }


def test_the_rows_of_the_worked_case() -> None:
    assert [(row.agent.lower(), row.dose_low, row.dose_high, row.schedule, row.repeats) for row in ROWS] == [
        ("radiotherapy", 60, 70, "5/wk", None),
        ("radiotherapy", 60, 60, None, None),
        ("radiotherapy", 66, 66, None, None),
        ("cisplatin", 100, 100, "q3wk", 3),
        ("cetuximab", 400, 400, None, None),
        ("cetuximab", 250, 250, "1/wk", None),
    ]
    assert all(TEXT[row.start : row.end] == row.quote for row in ROWS)
    assert [proviso.kind for proviso in ROWS[0].provisos] == ["exemption"]
    assert [proviso.kind for proviso in ROWS[3].provisos] == ["adjustment"]


RADIO, LOW, HIGH = ("radiotherapy", 60, 70), ("radiotherapy", 60, 60), ("radiotherapy", 66, 66)
CISPLATIN, CETUXIMAB = ("cisplatin", 100, 100), ("cetuximab", 400, 400)


@pytest.mark.parametrize(
    ("given", "row", "verdict"),
    [
        ("", CISPLATIN, "unknown"),
        ("margin=0.5 mm", CISPLATIN, "applies"),
        ("margin=0.05 cm", CISPLATIN, "applies"),
        ("margin=1 mm", CISPLATIN, "unknown"),
        ("margin=5 mm; extracapsular extension=no", CISPLATIN, "does not apply"),
        ("margin=5 mm; extracapsular extension=yes", CISPLATIN, "applies"),
        ("positive margins=yes", CISPLATIN, "applies"),
        ("ENE=yes", CISPLATIN, "applies"),
        ("margin=0.5 mm; extracapsular extension=yes; pCR=no", RADIO, "applies"),
        ("pCR=yes", RADIO, "unknown"),
        ("pCR=no", LOW, "unknown"),
        ("pCR=no; risk=low", LOW, "applies"),
        ("pCR=no; risk=low", HIGH, "does not apply"),
        ("low risk=no", LOW, "does not apply"),
        ("suitable for cisplatin=no", CETUXIMAB, "applies"),
        ("suitable for cisplatin=yes", CETUXIMAB, "does not apply"),
        ("unrelated=yes", CETUXIMAB, "unknown"),
    ],
)
def test_what_applies(given: str, row: tuple, verdict: str) -> None:
    assert verdicts(given)[row] == verdict


def test_an_unknown_names_what_would_settle_it_and_an_answer_says_why() -> None:
    by_agent = {answer.row.agent: answer for answer in ask(ROWS, parse_facts("margin=5 mm; pCR=no"))}
    assert "extracapsular nodal extension" in by_agent["Cisplatin"].questions
    assert by_agent["Cisplatin"].because
    for answer in ask(ROWS, parse_facts("")):
        assert answer.verdict is not Verdict.UNKNOWN or answer.questions


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("if body weight < 50 kg", Comparison(subject="weight", high=50, high_inclusive=False, unit="kg")),
        ("for patients aged ≥ 65 years", Comparison(subject="age", low=65, unit="years")),
        ("patients 65 years or older", Comparison(subject="age", low=65, unit="years")),
        ("if creatinine clearance is at least 60 mL/min",
         Comparison(subject="creatinine clearance", low=60, unit="mL/min")),
        ("weeks 5-8", Setting(quote="", unit="week", low=5, high=8)),
        ("then", Setting(quote="")),
        ("Induction phase", Setting(quote="")),
        ("Cohort A", Finding(subject="Cohort A")),
        ("for patients unsuitable for surgery", Finding(subject="suitable for surgery", negated=True)),
        ("unless neutropenia is present", Finding(subject="neutropenia", negated=True)),
        ("in the absence of fever", Finding(subject="fever", negated=True)),
        ("if no progression", Finding(subject="progression", negated=True)),
    ],
)  # fmt: skip
def test_conditions_as_trees(text: str, tree: object) -> None:
    found = parse_condition(text)
    assert msgspec.structs.replace(found, quote="") == tree  # type: ignore[type-var]


def test_what_is_not_understood_stays_unknown() -> None:
    text = "if " + " ".join(f"word{number}" for number in range(30))
    tree = parse_condition(text)
    assert isinstance(tree, Unread)
    row = RegimenRow(agent="x", when=tree)
    (answer,) = ask((row,), parse_facts("word1=yes"))
    assert answer.verdict is Verdict.UNKNOWN and "not understood" in answer.questions[0]


A, B = Finding(subject="fever"), Finding(subject="rash")
STATES = {True: "yes", False: "no", None: ""}
KLEENE_AND = {
    (True, True): True,
    (True, None): None,
    (None, None): None,
    (False, True): False,
    (False, None): False,
}


@pytest.mark.parametrize("first", [True, False, None])
@pytest.mark.parametrize("second", [True, False, None])
def test_strong_kleene_tables(first: bool | None, second: bool | None) -> None:
    facts = parse_facts(
        "; ".join(f"{n}={STATES[v]}" for n, v in (("fever", first), ("rash", second)) if v is not None)
    )

    def value(tree: AllOf | AnyOf) -> str:
        return ask((RegimenRow(agent="x", when=tree),), facts)[0].verdict.value

    words = {True: "applies", False: "does not apply", None: "unknown"}
    both = False if False in (first, second) else None if None in (first, second) else True
    either = True if True in (first, second) else None if None in (first, second) else False
    assert value(AllOf((A, B))) == words[both]
    assert value(AnyOf((A, B))) == words[either]
    inverse = negated(AllOf((A, B)))
    assert isinstance(inverse, AnyOf)
    assert value(inverse) == words[None if both is None else not both]


@pytest.mark.parametrize("text", ["margin", "=5", "margin=", "a=1; b"])
def test_facts_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="cannot be read"):
        parse_facts(text)


def test_the_published_schema_is_fresh_and_holds() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema == json.loads(json.dumps(msgspec.json.schema(TextRegimens))), (
        "run: python tools/regimen_schema.py"
    )
    jsonschema.validate(json.loads(msgspec.json.encode(TextRegimens(id="a", rows=ROWS))), schema)


def test_a_study_is_read_text_by_text(sample_library) -> None:  # type: ignore[no-untyped-def]
    texts = study_regimens(sample_library.study("NCT07320690"))
    assert texts
    for one in texts:
        assert one.rows
        assert all(one.text[row.start : row.end] == row.quote for row in one.rows)
