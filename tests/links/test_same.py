"""Registrations of one trial: by ids with certainty, by agreement as likely."""

from __future__ import annotations

import json
from typing import Any

from trialkin.links import certain_links, describe, same_trials
from trialkin.model import read_study


def registration(study_id: str, title: str, **parts: Any) -> Any:
    module: dict[str, Any] = {
        "identificationModule": {"nctId": study_id, "briefTitle": title, **parts.get("ids", {})},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": parts.get("sponsor", "")}},
        "statusModule": {"startDateStruct": {"date": parts.get("start", "")}},
        "designModule": {"enrollmentInfo": {"count": parts.get("size")}},
        "armsInterventionsModule": {
            "interventions": [{"type": "DRUG", "name": n} for n in parts.get("drugs", ())]
        },
    }
    return describe(read_study(json.dumps({"protocolSection": module}).encode()))


OTHERS = [registration(f"NCT9900{n:04}", f"Word{n} in condition{n} of organ{n}") for n in range(40)]
TITLE = "Inhaled zorbimab against placebo in adults with moderate bronchiectasis"
FACTS = {"sponsor": "Northern Example University", "start": "2020-05-01", "size": 212, "drugs": ["zorbimab"]}


def test_a_record_that_names_the_others_id_is_certain_in_any_spelling() -> None:
    named = registration("NCT99550001", "A", ids={"secondaryIdInfos": [{"id": "EudraCT No. 2019-004411-23"}]})
    other = registration("EUCTR2019-004411-23-FR", "B")
    (link,) = certain_links([named, other])
    assert (link.first, link.second, link.certain) == ("EUCTR2019-004411-23", "NCT99550001", True)


def test_two_that_name_one_third_id_are_one_trial() -> None:
    ids = {"secondaryIdInfos": [{"id": "U1111-1234-5678"}]}
    found = list(
        certain_links([registration("NCT99550001", "A", ids=ids), registration("ISRCTN99550001", "B", ids=ids)])
    )
    assert len(found) == 1 and "U1111-1234-5678" in found[0].reasons[0]


def test_an_id_that_many_name_joins_none_of_them() -> None:
    ids = {"secondaryIdInfos": [{"id": "U1111-1234-5678"}]}
    many = [registration(f"{kind}9955000{n}", "A", ids=ids) for n in range(1, 4) for kind in ("NCT", "ISRCTN")]
    assert not list(certain_links(many))


def test_much_that_agrees_is_likely_with_reasons_and_never_certain() -> None:
    pair = [registration("NCT99550001", TITLE, **FACTS), registration("DRKS99550001", TITLE, **FACTS)]
    (link,) = same_trials([*OTHERS, *pair])
    assert not link.certain and link.score > 0.9
    assert any("212" in reason for reason in link.reasons) and "one sponsor" in link.reasons


def test_another_size_start_and_sponsor_weigh_against() -> None:
    other = {"sponsor": "Southern Hospital", "start": "2012-01-01", "size": 20, "drugs": ["salt water"]}
    near = registration("DRKS99550001", "Inhaled salt water in children with cystic fibrosis", **other)
    assert not same_trials([*OTHERS, registration("NCT99550001", TITLE, **FACTS), near])


def test_two_of_one_register_are_not_likely_one() -> None:
    assert not same_trials([*OTHERS, *(registration(f"NCT9955000{n}", TITLE, **FACTS) for n in (1, 2))])


def test_order_does_not_matter() -> None:
    pair = [registration("NCT99550001", TITLE, **FACTS), registration("DRKS99550001", TITLE, **FACTS)]
    assert same_trials([*OTHERS, *pair]) == same_trials([*pair[::-1], *OTHERS[::-1]])
