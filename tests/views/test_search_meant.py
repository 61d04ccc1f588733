"""Words that name a filter are offered as one, and only in a search of plain words."""

from __future__ import annotations

import pytest

from trialkin.views.search.meant import with_filters


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("head and neck cancer recruiting", "head and neck cancer status:recruiting"),
        ("currently recruiting clinical trials melanoma", "melanoma status:recruiting"),
        ("melanoma open trials", "melanoma status:recruiting"),
        ("melanoma not yet recruiting", "melanoma status:not_yet_recruiting"),
        ("phase 3 cisplatin", "cisplatin phase:3"),
        ("Phase II asthma recruiting", "asthma status:recruiting phase:2"),
        ("open label melanoma", None),
        ("melanoma", None),
        ("cond:melanoma recruiting", None),
        ("melanoma AND recruiting", None),
        ('"phase 3"', None),
    ],
)
def test_words_that_name_a_filter(typed: str, meant: str | None) -> None:
    assert with_filters(typed) == meant
