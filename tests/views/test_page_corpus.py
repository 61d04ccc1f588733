"""The pages of real records: every field has its place, and no escape is left in sight.

TRIALKIN_CORPUS_PAGES: how many pages of each archive (default 140; 0 for all).
"""

from __future__ import annotations

import datetime as dt
import html
import json
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from trialkin.indexes.readings.reading import read_texts
from trialkin.model import Study, read_study
from trialkin.views.study import PageContext, StudyPage, study_page
from trialkin.views.study.whole import page_text
from trialkin.web.render import environment

from .page_leaves import EXCEPTIONS, not_shown

pytestmark = pytest.mark.corpus
TODAY = dt.date(2026, 11, 22)
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")


def records(corpus: Path) -> Iterator[tuple[str, bytes]]:
    """An even sample of each archive, the same on every run."""
    wanted = int(os.environ.get("TRIALKIN_CORPUS_PAGES", "140"))
    for archive in sorted(corpus.glob("*.zip")):
        with zipfile.ZipFile(archive) as opened:
            names = sorted(name for name in opened.namelist() if name.endswith(".json"))
            for name in names[:: max(1, len(names) // wanted) if wanted else 1]:
                yield name, opened.read(name)


def rendered(study: Study) -> tuple[StudyPage, str]:
    page = study_page(PageContext(study, TODAY, read_texts(study), source="a test"))
    template = environment().get_template("study.html")
    return page, template.render(page=page, data_timestamp="2026-11-20", status=200)


@pytest.fixture(scope="module")
def pages(corpus: Path) -> list[tuple[str, dict[str, Any], StudyPage, str]]:
    return [(name, json.loads(raw), *rendered(read_study(raw))) for name, raw in records(corpus)]


def test_every_value_of_a_record_is_on_its_page(pages: list[Any]) -> None:
    missing: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for name, record, _, page in pages:
        for path, value in not_shown(record, page):
            missing[path] += 1
            examples.setdefault(path, f"{name}: {value!r}"[:200])
    assert not missing, "\n".join(f"{count} {path} {examples[path]}" for path, count in missing.most_common(40))
    assert all(EXCEPTIONS.values())


def test_every_value_of_a_record_is_in_its_text(pages: list[Any]) -> None:
    """The plain text shows labels instead of registry values, so only free texts are looked for."""
    missing = Counter()
    for _, record, page, _ in pages:
        text = html.escape(page_text(page), quote=False)
        for path, value in not_shown(record, text):
            if isinstance(value, str) and " " in value and not _is_code(value):
                missing[path] += 1
    assert not missing, str(missing.most_common(40))


def _is_code(value: str) -> bool:
    return value.isupper() and value.replace("_", "").replace(" ", "").isalnum()


def test_no_escape_is_left_in_sight(pages: list[Any]) -> None:
    seen = []
    for name, _, page, markup in pages:
        for text in (re.sub(r"<[^>]*>", " ", markup), page_text(page)):
            seen += [f"{name}: …{text[max(0, m.start() - 40) : m.end() + 20]!r}" for m in _ESCAPE.finditer(text)]
    assert not seen, "\n".join(seen[:20])


def test_anchors_are_unique(pages: list[Any]) -> None:
    for name, _, _, markup in pages:
        ids = Counter(re.findall(r' id="([^"]*)"', markup))
        assert not [one for one, count in ids.items() if count > 1], name
