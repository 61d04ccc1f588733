"""Chips: what narrows a search, typed or chosen, and the search without it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from trialkin.indexes.search.engine import Request
from trialkin.indexes.search.query import parse
from trialkin.views.search.address import read_address
from trialkin.views.search.chips import chips

TYPED = [
    ("hnscc status:completed", ["Status: Completed"]),
    ("phase:2 OR phase:3", ["Phase: Phase 2 or Phase 3"]),
    ("x AND (phase:2 OR phase:3) AND NOT country:China", ["Phase: Phase 2 or Phase 3", "Not Country: China"]),
    ("start:2024..", ["Start: from 2024"]),
    ("enrollment:10..20", ["Participants: 10 to 20"]),
    ('near:"Berlin, 50 km, open" asthma', ["Near: Berlin, 50 km, open sites"]),
    ("AREA[Phase]MISSING", ["Phase: not stated"]),
    ("asthma OR phase:3", []),
    ("asthma", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), TYPED)
def test_what_is_typed_has_a_chip_when_every_hit_must_meet_it(text: str, expected: list[str]) -> None:
    assert [chip.text for chip in chips(Request(text))] == expected


@pytest.mark.parametrize("text", [text for text, expected in TYPED if expected])
def test_a_chip_leads_to_the_search_without_it(text: str) -> None:
    request = Request(text, filters={"results": ("yes",)})
    shown = list(chips(request))
    for chip in shown:
        without, unknown = read_address(parse_qsl(urlsplit(chip.href).query))
        assert not unknown
        left = [each.text for each in chips(without)]
        assert left == [each.text for each in shown if each.text != chip.text]
        assert parse(without.text) == parse(str(parse(without.text)))
