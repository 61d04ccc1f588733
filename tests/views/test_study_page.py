"""The study page's sections, one by one."""

from __future__ import annotations

import datetime as dt
import json

from trialkin.model import read_study
from trialkin.views.study import SECTIONS, PageContext, StudyPage, study_page
from trialkin.views.text import sections_text

TODAY = dt.date(2026, 11, 22)


def page(record: dict) -> StudyPage:
    return study_page(PageContext(read_study(json.dumps(record).encode()), TODAY))


def shown(record: dict) -> str:
    return sections_text(page(record).sections)


def test_keys_are_unique_and_parts_are_contiguous() -> None:
    assert len({kind.key for kind in SECTIONS}) == len(SECTIONS)
    parts = [kind.part for kind in SECTIONS]
    assert len(dict.fromkeys(parts)) == sum(a != b for a, b in zip(parts, ["", *parts], strict=False))


def test_an_empty_record_has_a_page() -> None:
    assert page({}).status.text == "Status not stated"
