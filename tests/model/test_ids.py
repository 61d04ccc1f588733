"""Ids as people write and paste them; a miswritten one is no other study's."""

from __future__ import annotations

import pytest

from trialkin.model.ids import almost_ids, listed_ids

ONE, OTHER = "NCT99550001", "NCT99550002"


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE} {OTHER}",
        f"{ONE},{OTHER}",
        f"{ONE}; {OTHER};",
        f"{ONE}\n{OTHER}\n",
        f"{ONE} OR {OTHER}",
        f"[{ONE}] ({OTHER})",
        f"https://clinicaltrials.gov/study/{ONE}?tab=history {OTHER.lower()}",
        f"{ONE} and NCT 99550002, {ONE}",
    ],
)
def test_a_list_of_ids_however_it_is_parted(text: str) -> None:
    assert listed_ids(text) == (ONE, OTHER)


@pytest.mark.parametrize(
    "text",
    ["2019-004411-23", "EUCTR2019-004411-23-FR", "EudraCT No. 2019-004411-23", "EudraCT number: 2019-004411-23"],
)
def test_an_id_of_another_register_in_every_spelling(text: str) -> None:
    assert listed_ids(text) == ("EUCTR2019-004411-23",)


@pytest.mark.parametrize("text", ["", "knee", f"{ONE} knee", f"NOT {ONE}", "NCT9955001", f"{ONE}, NCT9955001"])
def test_what_is_more_or_less_than_ids_is_no_list(text: str) -> None:
    assert listed_ids(text) == ()


@pytest.mark.parametrize(
    "miswritten",
    ["NCT9955001", "NCT995500001", "NCT99550010", "NCT9955OO01", "NTC99550001", "NCT9955000l", "nct-9955001"],
)
def test_a_miswritten_id_may_mean_the_study(miswritten: str) -> None:
    assert ONE in almost_ids(miswritten)


@pytest.mark.parametrize("text", ["", "knee", "NCT", "ISRCTN12345678", "12345678"])
def test_what_is_no_id_means_no_study(text: str) -> None:
    assert almost_ids(text) == ()
