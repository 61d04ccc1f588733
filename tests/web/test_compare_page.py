"""The page with studies side by side: ids in both forms, what is wrong with bad ones, text from records escaped."""

from __future__ import annotations

import json

import pytest

from tests.web.test_safety import ask

TWO = "NCT07320690,NCT99000002"


def test_a_comma_list_and_repeated_ids_are_the_same(sample_site: str) -> None:
    one, other = (
        ask(sample_site, f"/compare?ids={TWO}"),
        ask(sample_site, f"/compare?ids={TWO.replace(',', '&ids=')}"),
    )
    assert one.status == other.status == 200
    assert one.content == other.content  # type: ignore[attr-defined]
    assert b"the same in both" in one.content and b"style=" not in one.content  # type: ignore[attr-defined]


def test_the_same_as_json(sample_site: str) -> None:
    told = json.loads(ask(sample_site, f"/compare.json?ids={TWO}").content)  # type: ignore[attr-defined]
    assert told["nct_ids"] == TWO.split(",")


@pytest.mark.parametrize(
    ("ids", "status"),
    [
        ("NCT07320690", 400),
        ("NCT07320690,NCT07320690", 400),
        ("NCT07320690,x", 400),
        ("NCT07320690,NCT00000001", 404),
        (",".join(f"NCT0000000{n}" for n in range(1, 7)), 400),
    ],
)
def test_wrong_ids_are_refused(sample_site: str, ids: str, status: int) -> None:
    assert ask(sample_site, f"/compare?ids={ids}").status == status


def test_without_ids_it_asks_for_them(sample_site: str) -> None:
    answer = ask(sample_site, "/compare")
    assert answer.status == 200 and b'name="ids"' in answer.content  # type: ignore[attr-defined]
