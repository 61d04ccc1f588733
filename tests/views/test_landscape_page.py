"""The landscape page: pictures and tables hold the same numbers, and links are searches."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from trialkin import Library
from trialkin.indexes.search.engine import Request
from trialkin.views.blocks import Figure, Table, Value
from trialkin.views.landscape import LandscapePage, landscape_page, phase_words
from trialkin.views.search import address, read_address
from trialkin.views.text import sections_text


def made(library: Library, request: Request) -> LandscapePage:
    return landscape_page(library.landscape(request), request=request, link=address)


def figures(page: LandscapePage) -> dict[str, Figure]:
    return {s.key: block for s in page.sections for block in s.blocks if isinstance(block, Figure)}


def numbers(table: Table) -> list[int]:
    return [int(str(as_text(row[-1])).replace(",", "")) for row in table.rows]


def as_text(cell: object) -> str:
    part = cell.parts[0] if hasattr(cell, "parts") else cell
    return part.text if isinstance(part, Value) else str(part)


def test_every_section_is_drawn_with_its_table(sample_library: Library) -> None:
    page = made(sample_library, Request())
    assert page.total == len(sample_library)
    assert set(figures(page)) == {
        "years",
        "status",
        "sponsors",
        "countries",
        "grid",
        "enrolment",
        "criteria",
        "results",
    }
    assert all(figure.data for figure in figures(page).values())


def test_sums_are_conserved(sample_library: Library) -> None:
    page = made(sample_library, Request())
    for key in ("status", "enrolment", "results"):
        data = figures(page)[key].data
        assert data and sum(numbers(data)) == page.total, key
    years = figures(page)["years"].data
    assert years
    for row in years.rows:
        counts = [int(as_text(cell)) for cell in row[1:]]
        assert sum(counts[:-1]) == counts[-1]


def test_the_drawing_says_what_the_table_says(sample_library: Library) -> None:
    status = figures(made(sample_library, Request()))["status"]
    root = ET.fromstring(status.svg)
    drawn = [node.text for node in root.iter() if node.get("class", "").split(" ")[0] == "value"]
    assert status.data
    assert drawn == [as_text(row[-1]) for row in status.data.rows][: len(drawn)]


def test_links_narrow_the_search_that_was_drawn(sample_library: Library) -> None:
    asked, _ = read_address([("q", "cancer"), ("status", "RECRUITING"), ("status", "COMPLETED")])
    page = made(sample_library, asked)
    found = [
        (part.href, as_text(row[-1]))
        for figure in figures(page).values()
        if figure.data
        for row in figure.data.rows
        for cell in (row[0], row[-1])
        for part in (cell.parts if hasattr(cell, "parts") else (cell,))
        if isinstance(part, Value) and part.href
    ]
    assert len(found) > 10
    for href, count in found:
        pairs = [tuple(map(_unquoted, pair.split("=", 1))) for pair in href.split("?", 1)[1].split("&")]
        request, unknown = read_address(pairs)
        assert unknown == ()
        assert f"{sample_library.search(request).total:,}" == count, href


def _unquoted(text: str) -> str:
    from urllib.parse import unquote_plus

    return unquote_plus(text)


def test_without_links_nothing_leads_anywhere(sample_library: Library) -> None:
    request = Request()
    page = landscape_page(sample_library.landscape(request), request=request)
    assert not any("href" in figure.svg for figure in figures(page).values())


def test_an_empty_landscape_says_so(sample_library: Library) -> None:
    page = made(sample_library, Request("nosuchwordatall"))
    assert page.total == 0
    assert "finds no study" in sections_text(page.sections)


def test_hostile_words_stay_words(sample_library: Library) -> None:
    page = made(sample_library, Request('"<script>alert(1)</script>"'))
    assert not any(re.search("<script", figure.svg) for figure in figures(page).values())


@pytest.mark.parametrize(
    ("phases", "words"),
    [
        ("PHASE1/PHASE2", "Phase 1/Phase 2"),
        ("NA", "Not applicable"),
        ("", "Not stated"),
        ("EARLY_PHASE1", "Early Phase 1"),
    ],
)
def test_phases_in_words(phases: str, words: str) -> None:
    assert phase_words(phases) == words
