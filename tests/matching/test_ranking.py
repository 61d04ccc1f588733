"""What a study is about decides its place; what it excludes never raises it."""

from __future__ import annotations

import json

from trialkin.matching.ranking import Ranking, about
from trialkin.model import Study, read_study


def _study(nct_id: str, title: str, criteria: str) -> Study:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": nct_id, "briefTitle": title},
            "conditionsModule": {"conditions": [title]},
            "eligibilityModule": {"eligibilityCriteria": criteria},
        }
    }
    return read_study(json.dumps(record).encode())


ASTHMA = _study("NCT99000001", "Asthma", "Inclusion Criteria:\n* Cough\n\nExclusion Criteria:\n* Glaucoma")
GLAUCOMA = _study("NCT99000002", "Glaucoma", "Inclusion Criteria:\n* Adults with asthma may join")


def test_subject_outweighs_a_mention() -> None:
    scores = Ranking([ASTHMA, GLAUCOMA]).scores("A woman with asthma", among=("NCT99000001", "NCT99000002"))
    assert scores["NCT99000001"] > scores["NCT99000002"] > 0


def test_exclusions_never_raise_a_score() -> None:
    assert "Glaucoma" not in about(ASTHMA)
    assert Ranking([ASTHMA, GLAUCOMA]).scores("glaucoma", among=["NCT99000001"]) == {"NCT99000001": 0}
