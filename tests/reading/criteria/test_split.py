"""Eligibility text to items: sections, nesting, numbering, headings; and nothing is lost."""

from __future__ import annotations

import time
import zipfile
from itertools import islice
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialkin.reading.criteria import split

CASES: list[tuple[str, str, list[tuple[str, str | None, int, str]]]] = [
    ("plain", "Inclusion Criteria:\n\n* A\n* B\n\nExclusion Criteria:\n\n* C",
     [("inclusion", "*", 0, "A"), ("inclusion", "*", 0, "B"), ("exclusion", "*", 0, "C")]),
    ("numbered", "Inclusion Criteria\n\n1. A\n2. B", [("inclusion", "1.", 0, "A"), ("inclusion", "2.", 0, "B")]),
    ("escaped marker", "Inclusion Criteria:\n\n1\\. A \\<1 mm", [("inclusion", "1.", 0, "A <1 mm")]),
    ("nested", "Exclusion Criteria:\n\n* A:\n\n  * a\n  * b\n* B",
     [("exclusion", "*", 0, "A:"), ("exclusion", "*", 1, "a"), ("exclusion", "*", 1, "b"), ("exclusion", "*", 0, "B")]),
    ("nested by marker", "Exclusion Criteria:\n\n1. A:\na. x\nb. y\n2. B",
     [("exclusion", "1.", 0, "A:"), ("exclusion", "a.", 1, "x"), ("exclusion", "b.", 1, "y"),
      ("exclusion", "2.", 0, "B")]),
    ("run-on", "Inclusion: 1) Over 18 years 2) ECOG of 2 3) Consent",
     [("inclusion", "1)", 0, "Over 18 years"), ("inclusion", "2)", 0, "ECOG of 2"),
      ("inclusion", "3)", 0, "Consent")]),
    ("one line", "Inclusion Criteria: adults. Exclusion Criteria: pregnancy",
     [("inclusion", None, 0, "adults."), ("exclusion", None, 0, "pregnancy")]),
    ("no heading", "Adults with asthma.\n\nNo smokers.",
     [("unspecified", None, 0, "Adults with asthma."), ("unspecified", None, 0, "No smokers.")]),
    ("old layout", "DISEASE CHARACTERISTICS:\n\n* Melanoma\n\nPATIENT CHARACTERISTICS:\n\nAge:\n\n* 18 and over",
     [("inclusion", "*", 0, "Melanoma"), ("inclusion", "*", 0, "18 and over")]),
    ("old layout in one line", "PATIENT CHARACTERISTICS: Age: 18 and over Performance status: ECOG 0-2",
     [("inclusion", None, 0, "18 and over"), ("inclusion", None, 0, "ECOG 0-2")]),
    ("key headings", "Key Inclusion Criteria:\n\n* A\n\nKey Exclusion Criteria:\n\n* B",
     [("inclusion", "*", 0, "A"), ("exclusion", "*", 0, "B")]),
    ("sentence heading", "Patients will not be eligible for this study if they:\n\n* A", [("exclusion", "*", 0, "A")]),
    ("wrapped line", "Inclusion Criteria:\n\n* A long item\nthat goes on\n* B",
     [("inclusion", "*", 0, "A long item\nthat goes on"), ("inclusion", "*", 0, "B")]),
    ("continuation paragraph", "Inclusion Criteria:\n\n* A\n\n  Note on A\n* B",
     [("inclusion", "*", 0, "A\n\n  Note on A"), ("inclusion", "*", 0, "B")]),
    ("table", "Inclusion Criteria:\n\n| Test | Limit |\n| ANC | 1.5 |",
     [("inclusion", None, 0, "| Test | Limit |\n| ANC | 1.5 |")]),
    ("non-inclusion", "Non-inclusion criteria:\n\n- A", [("exclusion", "-", 0, "A")]),
    ("sub-heading inside", "Prior Medication:\n\nExcluded:\n\n* A\n\nRisk Behavior:\n\nB",
     [("exclusion", "*", 0, "A"), ("unspecified", None, 0, "B")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "items"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_layouts(text: str, items: list[tuple[str, str | None, int, str]]) -> None:
    assert [(i.section, i.number, i.level, i.text) for i in split(text).items] == items


@pytest.mark.parametrize(
    "sentence",
    ["Meets the inclusion criteria of the parent study.", "Criteria: DSM-IV",
     "Other inclusion/exclusion criteria may apply.",
     "No exclusion criteria were met at baseline.", "Willing to be included."],
)  # fmt: skip
def test_sentences_about_criteria_are_items(sentence: str) -> None:
    assert [item.text for item in split(f"Exclusion Criteria:\n\n* {sentence}").items] == [sentence]


def test_numbering_that_starts_late_or_skips_is_flagged() -> None:
    items = split("Inclusion Criteria:\n\n2. A\n3. B\n5. C\n\nExclusion Criteria:\n\n1. D").items
    assert [item.flags for item in items] == [("starts-late",), (), ("skips",), ()]


def test_cohorts_name_their_items() -> None:
    first = "Cohort A", "Inclusion Criteria:", "* x", "Exclusion Criteria:", "* y"
    lines = *first, "Cohort B:", "Inclusion Criteria:", "* z"
    text = "\n\n".join(lines)
    assert [(i.heading, i.section) for i in split(text).items] == [
        ("Cohort A", "inclusion"), ("Cohort A", "exclusion"), ("Cohort B", "inclusion"),
    ]  # fmt: skip


def _tiles(source: str) -> None:
    criteria = split(source)
    at = 0
    for segment in criteria.segments:
        assert segment.start == at
        assert segment.end > at
        at = segment.end
    assert at == len(source)
    shown = [criteria.items[s.item] for s in criteria.segments if s.kind == "item" and s.item is not None]
    assert shown == list(criteria.items)
    for item in criteria.items:
        assert item.start <= item.text_start <= item.end
        assert item.parent is None or item.parent < item.index


_LINES = st.lists(
    st.sampled_from(
        ["Inclusion Criteria:", "Exclusion Criteria", "* item", "  * sub", "1. one", "2. two 3. three 4. four", "",
         "text",          "PATIENT CHARACTERISTICS: Age: 18 Sex: any", "  more", "| a | b |", "a) x",
         "\\* y &amp; \\<z", "Cohort A:"]
    )
)  # fmt: skip


@given(_LINES.map("\n".join))
def test_segments_tile_any_layout(source: str) -> None:
    _tiles(source)


@given(st.text(alphabet="ab*1.)(:\n -\\<&;éÅ"))
def test_segments_tile_any_text(source: str) -> None:
    _tiles(source)


@pytest.mark.parametrize("pump", ["1. ", "* ", "a) ", "Inclusion ", "(1) x ", "A B ", "| ", "-", ". - A", "é\n"])
def test_splitting_is_linear(pump: str) -> None:
    text = pump * (32_000 // len(pump))
    started = time.process_time()
    split(text)
    assert time.process_time() - started < 2


@pytest.mark.corpus
def test_segments_tile_real_texts(corpus: Path) -> None:
    with zipfile.ZipFile(corpus / "ctg-studies.json.zip") as archive:
        names = (name for name in archive.namelist() if name.endswith(".json"))
        for name in islice(names, 0, None, 5):
            record = msgspec.json.decode(archive.read(name))
            module = record["protocolSection"].get("eligibilityModule", {})
            _tiles(module.get("eligibilityCriteria") or "")
