"""A study as the engine's document: texts folded, values stated or named as missing, names to learn from.

Must not know how documents are stored or queried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tantivy import Document

from ..model import Study
from ..text.markup import plain
from . import learning
from .analysis import fold
from .fields import TEXT_FIELDS
from .filters import DATES, KEYWORDS, NUMBERS, age_days
from .places import site_is_open, site_point

MAX_TEXT = 2_000_000
"""Characters of one text that are indexed; the longest in the registry is far shorter."""

_SPELLING = re.compile(r"[a-z]{4,30}")
_SPELT = (
    "brief_title",
    "condition",
    "keyword",
    "condition_mesh",
    "intervention",
    "other_name",
    "intervention_mesh",
)


def document(nct_id: str, study: Study) -> Document:
    """The document of one study."""
    doc = Document()
    doc.add_text("id", nct_id)
    missing: list[str] = []
    spelt: set[str] = set()
    for field in TEXT_FIELDS:
        found = False
        for text in field.read(study):
            if text:
                found = True
                folded = fold(plain(text) if "&" in text else text)[:MAX_TEXT]
                doc.add_text(field.name, folded)
                if field.name in _SPELT:
                    spelt.update(_SPELLING.findall(folded.lower()))
        if not found:
            missing.append(field.name)
    for word in spelt:
        doc.add_text("spelling", word)
    missing.extend(_add_values(doc, study))
    missing.extend(_add_places(doc, study))
    for name in missing:
        doc.add_text("missing", name)
    for pair in learning.pairs(study):
        doc.add_text("learnt", pair)
    return doc


def _add_values(doc: Document, study: Study) -> Iterator[str]:
    for keyword in KEYWORDS:
        values = [value for value in keyword.read(study) if value]
        for value in values:
            doc.add_text(keyword.name, value)
        if not values:
            yield keyword.name
    for date in DATES:
        days = date.days(study)
        if days is None:
            yield date.name
        else:
            doc.add_integer(date.name, days[0])
            doc.add_integer(f"{date.name}_last", days[1])
    for number in NUMBERS:
        count = number.read(study)
        if count is None:
            yield number.name
        else:
            doc.add_integer(number.name, count)
    ages = age_days(study)
    if ages is None:
        yield "age"
    else:
        doc.add_integer("age_first", ages[0])
        doc.add_integer("age_last", ages[1])


def _add_places(doc: Document, study: Study) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for site in study.locations:
        point = site_point(site)
        if point is None:
            continue
        place = point.key
        fields = ("place", "open_place") if site_is_open(site, study) else ("place",)
        for field in fields:
            if (field, place) not in seen:
                seen.add((field, place))
                doc.add_text(field, place)
    if not seen:
        yield "near"
