"""What a study is about decides its place; what it excludes never raises it."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from trialkin.matching.fit import OTHERS, scored
from trialkin.matching.note import facts_of_note
from trialkin.matching.ranking import Query, Ranking, about, queries
from trialkin.model import Study, read_study


def _record(nct_id: str, title: str, criteria: str) -> dict[str, Any]:
    return {
        "protocolSection": {
            "identificationModule": {"nctId": nct_id, "briefTitle": title},
            "conditionsModule": {"conditions": [title]},
            "eligibilityModule": {"eligibilityCriteria": criteria},
        }
    }


def _study(nct_id: str, title: str, criteria: str) -> Study:
    return read_study(json.dumps(_record(nct_id, title, criteria)).encode())


RECORD = _record("NCT99000001", "Asthma", "Inclusion Criteria:\n* Cough")


ASTHMA = _study("NCT99000001", "Asthma", "Inclusion Criteria:\n* Cough\n\nExclusion Criteria:\n* Glaucoma")
GLAUCOMA = _study("NCT99000002", "Glaucoma", "Inclusion Criteria:\n* Adults with asthma may join")


def test_subject_outweighs_a_mention() -> None:
    scores = Ranking([ASTHMA, GLAUCOMA]).scores(
        [Query("A woman with asthma", 1.0)], among=("NCT99000001", "NCT99000002")
    )
    assert scores["NCT99000001"] > scores["NCT99000002"] > 0


def test_exclusions_never_raise_a_score() -> None:
    assert "Glaucoma" not in about(ASTHMA)
    assert Ranking([ASTHMA, GLAUCOMA]).scores([Query("glaucoma", 1.0)], among=["NCT99000001"]) == {
        "NCT99000001": 0
    }


def test_what_is_denied_or_a_relatives_asks_nothing() -> None:
    facts = facts_of_note("A man with asthma. No glaucoma. His mother had gout.")
    assert [query.text for query in queries(facts)] == ["asthma", "asthma"]


def test_a_study_for_another_age_or_sex_counts_for_less() -> None:
    facts = facts_of_note("A woman with asthma")
    men = msgspec.json.decode(msgspec.json.encode(RECORD))
    men["protocolSection"]["eligibilityModule"]["sex"] = "MALE"
    one, other = read_study(json.dumps(RECORD).encode()), read_study(json.dumps(men).encode())
    assert scored(Ranking([other]), [other], facts)["NCT99000001"] == pytest.approx(
        OTHERS * scored(Ranking([one]), [one], facts)["NCT99000001"]
    )
