"""The home page: what the library holds, by status, phase, type and country, and what was updated last.

Every entry is a link to the search that it names. Must not know HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..history.versions import compare_versions
from ..indexes.search.engine import Request
from ..library import Library
from ..model import read_study
from ..reading.markup import plain
from .blocks import Value
from .search.address import address
from .search.page import FacetList, Link, facet_lists
from .words import count_of, date_value, day_of, status_value

FACETS = ("status", "phase", "type", "country")
LATEST = 5
EXAMPLES = (
    (
        "head and neck cancer, recruiting",
        Request("head and neck cancer", {"status": ("RECRUITING",)}),
    ),
    ("phase 3 with results", Request(filters={"phase": ("PHASE3",), "results": ("yes",)})),
    (
        "recruiting a woman of 68, 500 km around Boston",
        Request(
            filters={"status": ("RECRUITING",), "near": ("Boston, 500 km",), "age": ("68",), "sex": ("female",)}
        ),
    ),
)
"""Searches that show what can be asked; only those that find something here are offered."""


@dataclass(frozen=True)
class Latest:
    """A study among those updated last; `updated` None when its record does not say when."""

    nct_id: str
    title: str
    status: Value
    updated: Value | None


@dataclass(frozen=True)
class Changed:
    """A study that changed in this library lately. `what`: the matters that changed, in words."""

    nct_id: str
    title: str
    what: str
    gone: bool


@dataclass(frozen=True)
class HomePage:
    """What the library holds. `brought_in`: how and when the last whole import or sync was, "" before the first.

    changed: studies of which a newer version came, or that the registry removed, the latest first.
    warnings: what a reader should know about the data. examples: searches that find something, with how much.
    """

    count: int
    data_day: str
    brought_in: str
    holdings: tuple[FacetList, ...]
    latest: tuple[Latest, ...]
    changed: tuple[Changed, ...]
    warnings: tuple[str, ...]
    examples: tuple[Link, ...] = ()


def home_page(library: Library) -> HomePage:
    """Look at the library as it is now."""
    brought = next((run for run in library.store.runs() if run.state == "done"), None)
    answer = library.search(Request(sort="updated", limit=LATEST, facets=FACETS)) if len(library) else None
    return HomePage(
        count=len(library),
        data_day=day_of(library.data_timestamp or ""),
        brought_in=f"{brought.kind} of {day_of(brought.started_at)}" if brought else "",
        holdings=tuple(facet_lists(answer)) if answer else (),
        latest=tuple(_latest(library, nct_id) for nct_id in answer.ids) if answer else (),
        changed=tuple(_changed(library, *found) for found in library.store.last_changed(limit=LATEST)),
        warnings=library.warnings,
        examples=tuple(_examples(library)),
    )


def _examples(library: Library) -> Iterator[Link]:
    for text, request in EXAMPLES:
        total = library.search(replace(request, limit=0, facets=())).total if len(library) else 0
        if total:
            yield Link(text, address(request), note=count_of(total, "study", "studies"))


def _changed(library: Library, nct_id: str, gone: bool) -> Changed:
    versions = library.versions(nct_id)
    raw = next(version.raw for version in reversed(versions) if version.raw is not None)
    comparison = None if gone else compare_versions(versions)
    matters = [group.title.lower() for group in comparison.groups if group.key != "record"] if comparison else []
    rest = "the dates of its record" if comparison else "its whole record came"
    what = "no longer at the registry" if gone else ", ".join(matters) or rest
    return Changed(nct_id, plain(read_study(raw).title), what, gone)


def _latest(library: Library, nct_id: str) -> Latest:
    study = library.study(nct_id)
    posted = study.status.last_update_post_date_struct
    updated = date_value(posted.date) if posted else None
    return Latest(nct_id, plain(study.title), status_value(study.overall_status), updated)
