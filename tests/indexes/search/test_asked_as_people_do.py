"""Searches as people have them: pasted ids, miswritten ids, the registry's own syntax, places."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
import pytest

from trialkin.errors import InvalidValue
from trialkin.indexes.search.engine import Answer, Request, answer
from trialkin.indexes.search.index import SearchIndex
from trialkin.indexes.search.places import find_place
from trialkin.indexes.search.query import parse
from trialkin.indexes.search.tree import Near
from trialkin.model import Study, read_study

Make = Callable[[Iterable[Study]], SearchIndex]


def _study(number: int, *, other_id: str = "", sex: str = "ALL") -> Study:
    record = {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT995500{number:02}",
                "briefTitle": "Velorastat in tired knees",
                "secondaryIdInfos": [{"id": other_id}] if other_id else [],
            },
            "statusModule": {"overallStatus": "RECRUITING"},
            "eligibilityModule": {"sex": sex},
        }
    }
    return read_study(msgspec.json.encode(record))


@pytest.fixture
def ask(index_of: Make) -> Callable[[str], Answer]:
    index = index_of([_study(1), _study(2, other_id="2019-004411-23"), _study(3, sex="FEMALE")])
    return lambda text: answer(index, Request(text))


@pytest.mark.parametrize(
    "text", ["NCT99550001,NCT99550003", "nct99550001;\nNCT99550003", "NCT99550001 NCT99550003"]
)
def test_pasted_ids_find_their_studies(ask: Callable[[str], Answer], text: str) -> None:
    assert set(ask(text).ids) == {"NCT99550001", "NCT99550003"}


def test_an_id_that_is_not_here_is_told(ask: Callable[[str], Answer]) -> None:
    found = ask("NCT99550001, NCT99559999")
    assert found.ids == ("NCT99550001",) and "Not in this library: NCT99559999." in found.notices


@pytest.mark.parametrize(
    "text", ["2019-004411-23", "EUCTR2019-004411-23-FR", "EudraCT No. 2019-004411-23", "id:2019-004411-23"]
)
def test_another_registers_id_finds_the_study_that_gives_it(ask: Callable[[str], Answer], text: str) -> None:
    assert ask(text).ids == ("NCT99550002",)


@pytest.mark.parametrize("text", ["NCT9955001", "NCT9955OOO1", "NCT99550010", "NTC99550001"])
def test_a_miswritten_id_finds_nothing_and_is_asked_back(ask: Callable[[str], Answer], text: str) -> None:
    found = ask(text)
    assert found.total == 0
    assert found.suggestion and "NCT99550001" in found.suggestion


def test_an_id_in_order_is_never_asked_back(ask: Callable[[str], Answer]) -> None:
    assert ask("NCT99550001").suggestion is None


@pytest.mark.parametrize("text", ["AREA[Sex]ALL", "AREA[Sex](ALL)"])
def test_the_registrys_sex_all_is_a_value(ask: Callable[[str], Answer], text: str) -> None:
    assert set(ask(text).ids) == {"NCT99550001", "NCT99550002"}


@pytest.mark.parametrize(
    ("text", "place", "km"),
    [
        ('near:"Boston, MA"', "Boston, MA", 50.0),
        ('near:"Boston, Massachusetts, 50 miles"', "Boston, Massachusetts", 80.5),
        ('near:"Boston 50 km"', "Boston", 50.0),
        ("distance(42.36,-71.06,50mi)", "42.36, -71.06", 80.5),
    ],
)
def test_a_place_as_people_write_it(text: str, place: str, km: float) -> None:
    assert parse(text) == Near(place, km, False)


@pytest.mark.parametrize("text", ["Boston, MA", "Boston, Massachusetts", "Boston, ma, USA"])
def test_a_state_by_its_code(text: str) -> None:
    assert find_place(text)[1].startswith("Boston, Massachusetts")


def test_a_city_in_a_state_where_it_is_not(ask: Callable[[str], Answer]) -> None:
    with pytest.raises(InvalidValue, match="no place"):
        find_place("Boston, AK")
