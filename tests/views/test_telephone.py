"""A telephone link dials the number and nothing else; without a number that is surely one there is no link."""

from __future__ import annotations

import pytest

from trialkin.model.protocol import Contact
from trialkin.views.study.people import phone_value

NUMBERS = [
    ("617-253-0000", "United States", "tel:+1-617-253-0000"),
    ("617-253-0000 (Mon-Fri 9-17)", "United States", "tel:+1-617-253-0000"),
    ("08:00-16:00, 617-253-0000", "United States", "tel:+1-617-253-0000"),
    ("+34 91 330 30 00", "", "tel:+34-913-30-30-00"),
    ("01 42 16 00 00", "France", "tel:+33-1-42-16-00-00"),
    ("33-1-42-16-00-00", "France", "tel:+33-1-42-16-00-00"),
    ("0033 1 42 16 00 00", "France", "tel:+33-1-42-16-00-00"),
    ("01 42 16 00 00", "", ""),
    ("617-253-0000", "", ""),
    ("617-253-0000 or 617-253-1000", "United States", ""),
    ("weekdays 9 to 17", "United States", ""),
    ("000-000-0000", "United States", ""),
    ("see the protocol, page 617", "Nowhere", ""),
]


@pytest.mark.parametrize(("text", "country", "link"), NUMBERS)
def test_only_a_sure_number_is_dialled(text: str, country: str, link: str) -> None:
    shown = phone_value(Contact(phone=text), country=country)
    assert shown is not None and (shown.text, shown.href) == (text, link)
