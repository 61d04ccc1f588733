"""Short forms of schedules in words."""

from __future__ import annotations

import pytest

from trialkin.views.regimens import schedule_words


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (None, ""),
        ("2/d d1-14 q21d", "twice a day, days 1 to 14 of a 21-day cycle"),
        ("2/d 5 d/wk", "twice a day, 5 days a week"),
        ("10 d/mo", "10 days a month"),
        ("qod d5-17", "every other day, days 5 to 17"),
        ("d-7,-6,-5", "days −7, −6 and −5"),
        ("wk0,4,8", "weeks 0, 4 and 8"),
        ("q2wk", "every 2 weeks"),
    ],
)
def test_a_schedule_is_said_in_words(form: str | None, words: str) -> None:
    assert schedule_words(form) == words
