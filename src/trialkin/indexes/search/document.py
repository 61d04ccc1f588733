"""A study as the engine's document: texts folded, values stated or named as missing, names to learn from.

Must not know how documents are stored or queried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...model import Study, ids
from ...reading.markup import plain
from . import learning
from .analysis import apart, fold
from .fields import TEXT_FIELDS
from .filters import DATES, KEYWORDS, NUMBERS, age_days
from .sites import sites

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


SORTED_BY = ("updated", "first_posted", "start", "enrollment")
"""Values that hits can be sorted by; each has a field in which no two studies are equal (`in_order_of`)."""
_LARGEST = 1 << 35

Document = dict[str, Sequence[str | int]]
"""Values by field of the index."""


def document(nct_id: str, study: Study) -> Document:
    """The document of one study."""
    doc: Document = {"id": [nct_id]}
    missing: list[str | int] = []
    spelt: set[str] = set()
    for field in TEXT_FIELDS:
        texts = [fold(plain(text) if "&" in text else text)[:MAX_TEXT] for text in field.read(study) if text]
        if not texts:
            missing.append(field.name)
            continue
        doc[field.name] = [apart(text) for text in texts]
        if field.name in _SPELT:
            for text in texts:
                spelt.update(_SPELLING.findall(text.lower()))
    missing += _add_values(doc, study)
    missing += _add_places(doc, study)
    number = ids.number_of(nct_id)
    doc["number"] = [number]
    for name in SORTED_BY:
        if name in doc:
            doc[in_order_of(name)] = [min(int(doc[name][0]), _LARGEST) * ids.NUMBERS + number]
    doc["spelling"], doc["missing"], doc["learnt"] = list(spelt), missing, list(learning.pairs(study))
    return doc


def in_order_of(name: str) -> str:
    """The field that holds a value and, where it is the same, the number of the study: so any two have an order."""
    return f"{name}_order"


def _add_values(doc: Document, study: Study) -> Iterator[str]:
    """Put in the values that filters ask for; yields the names of those that are not stated."""
    for keyword in KEYWORDS:
        values = [value for value in keyword.read(study) if value]
        if values:
            doc[keyword.name] = values
        else:
            yield keyword.name
    for date in DATES:
        days = date.days(study)
        if days is None:
            yield date.name
        else:
            doc[date.name], doc[f"{date.name}_last"] = [days[0]], [days[1]]
    for number in NUMBERS:
        count = number.read(study)
        if count is None:
            yield number.name
        else:
            doc[number.name] = [count]
    ages = age_days(study)
    if ages is None:
        yield "age"
    else:
        doc["age_first"], doc["age_last"] = [ages[0]], [ages[1]]


def _add_places(doc: Document, study: Study) -> Iterator[str]:
    """Put in where the sites are, and each site as a whole; yields "near" when no site has a known place."""
    here = list(sites(study))
    doc["site"] = list(dict.fromkeys(site.term for site in here))
    doc["place"] = list(dict.fromkeys(site.place for site in here if site.place))
    doc["open_place"] = list(dict.fromkeys(site.place for site in here if site.place and site.open))
    if not doc["place"]:
        yield "near"
