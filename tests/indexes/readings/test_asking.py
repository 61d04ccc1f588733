"""Questions to criteria and doses: yes, no, or left open; the words that say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trialkin import Library
from trialkin.errors import InvalidQuery
from trialkin.indexes.search.engine import Request
from trialkin.views.search.page import search_page

STUDIES = {
    1: "Inclusion Criteria:\n\n* ECOG performance status 0-1\n* Creatinine ≤ 1.5 mg/dL\n",
    2: "Inclusion Criteria:\n\n* ECOG performance status ≤ 2\n* Creatinine ≤ 2.0 mg/dL\n",
    3: "Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria:\n\n* ECOG > 1\n* Creatinine > 1.5 x ULN\n",
    4: "Inclusion Criteria:\n\n* HER2 positive breast cancer\n\nExclusion Criteria:\n\n* Prior anti-PD-1 therapy\n",
    5: "Inclusion Criteria:\n\n* HER2 negative\n\nExclusion Criteria:\n\n* Prior immunotherapy\n",
    6: "Exclusion Criteria:\n\n* Anti-PD-1 therapy within 4 weeks\n* Chemotherapy within 14 days before enrollment\n",
    8: "Inclusion Criteria:\n\n* At least 4 weeks since prior chemotherapy\n* HER2 status must be known\n",
    9: "Inclusion Criteria:\n\n* Creatinine less than 1.5 mg/dL OR\n* Creatinine clearance at least 60 mL/min\n",
    7: "Exclusion Criteria:\n\n* Prior interferon\n* Chemotherapy within 7 days before enrollment\n",
}
DOSES = {1: "Cisplatin 100 mg/m2 every 3 weeks", 2: "Cisplatin 40 mg/m2 weekly", 3: "Cisplatin 75-100 mg/m2"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("asking")
    files = []
    for number, text in STUDIES.items():
        nct_id = f"NCT9910000{number}"
        drug = {"name": "Cisplatin", "type": "DRUG", "description": DOSES[number]} if number in DOSES else None
        record = {
            "protocolSection": {
                "identificationModule": {"nctId": nct_id, "briefTitle": f"Invented {number}"},
                "eligibilityModule": {"eligibilityCriteria": text},
                "armsInterventionsModule": {"interventions": [drug] if drug else []},
            }
        }
        files.append(folder / f"{nct_id}.json")
        files[-1].write_text(json.dumps(record), encoding="utf-8")
    library = Library(folder / "library", create=True)
    library.import_records(files)
    return library


def found(library: Library, text: str) -> set[int]:
    return {int(nct_id[-1]) for nct_id in library.search_all(Request(text))}


@pytest.mark.parametrize(
    ("asked", "yes", "no"),
    [
        ('allows:"ECOG 2"', {2}, {1, 3}),
        ('allows:"ECOG 1"', {1, 2, 3}, set()),
        ('excludes:"ECOG 2"', {1, 3}, {2}),
        ('allows:"creatinine 1.8 mg/dL"', {2}, {1}),
        ('allows:"creatinine 160 umol/L"', {2}, {1}),
        ('excludes:"prior anti-PD-1"', {4, 5}, set()),
        ('excludes:"prior immunotherapy"', {5}, set()),
        ('requires:"HER2 positive"', {4}, {5}),
        ('requires:"HER2 negative"', {5}, {4}),
        ("washout:..7d", {7}, {6, 8}),
        ("washout:..4w", {6, 7, 8}, set()),
        ('dose:"cisplatin 100 mg/m2"', {1, 3}, {2}),
    ],
)
def test_a_question_is_answered_yes_no_or_left_open(
    library: Library, asked: str, yes: set[int], no: set[int]
) -> None:
    assert found(library, asked) == yes
    name, _, text = asked.partition(":")
    said = library.ask(name, text.strip('"'))
    assert {int(number) % 10 for number in said.no} == no
    assert found(library, f"NOT {asked}") == set(STUDIES) - yes


def test_questions_combine_and_say_what_is_left_open(library: Library) -> None:
    assert found(library, 'allows:"ECOG 2" allows:"creatinine 1.8 mg/dL"') == {2}
    assert found(library, 'allows:"ECOG 2" OR requires:"HER2 positive"') == {2, 4}
    (notice,) = library.search(Request('allows:"ECOG 2"')).notices
    assert "2 studies that match otherwise say the contrary" in notice and "6 leave it open" in notice


def test_the_quoted_words_are_the_reason_and_a_chip_takes_it_out(library: Library) -> None:
    page = search_page(
        library, Request('excludes:"prior anti-PD-1" dose:"cisplatin 100 mg/m2" OR allows:"ECOG 2"')
    )
    assert page.total == 1
    (reason,) = page.cards[0].reasons
    assert reason.label == "Inclusion criterion" and "ECOG performance status ≤ 2" in reason.snippet.text
    (chip,) = search_page(library, Request('allows:"ECOG 2"')).chips
    assert chip.text == "Allows: ECOG 2"


@pytest.mark.parametrize(
    "text", ['allows:"blue shoes"', "washout:soon", 'dose:"much"', "allows:", 'requires:"ECOG 2"']
)
def test_what_cannot_be_asked_is_said(library: Library, text: str) -> None:
    with pytest.raises(InvalidQuery):
        library.search(Request(text))
