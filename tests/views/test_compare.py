"""Studies side by side: nothing is lost, the order of studies does not matter, what is the same is said to be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import permutations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialkin.errors import InvalidValue, NotFound
from trialkin.indexes.readings.reading import read_texts
from trialkin.library import Library, ReadStudy
from trialkin.model import Study, read_study
from trialkin.reading.criteria import parse_criteria
from trialkin.views.compare import Comparison, compare, compared, read_ids
from trialkin.views.compare.align import Entry, align
from trialkin.views.compare.report import comparison_json, comparison_text
from trialkin.views.compare.rows import Verdict

SEED, OTHER, THIRD = "NCT07320690", "NCT99000002", "NCT99000001"

_WORDS = st.sampled_from("ECOG status age tumour prior therapy pregnant 18 2 ≥ years not hepatitis dose".split())
_ENTRY = st.builds(
    Entry,
    st.lists(_WORDS, max_size=6).map(" ".join),
    st.sampled_from(["inclusion", "exclusion"]),
    st.frozensets(st.sampled_from([("scale", "ecog"), ("age", "age"), ("named", "pregnancy")]), max_size=2),
)
_LISTS = st.lists(st.lists(_ENTRY, max_size=7), min_size=2, max_size=5).map(
    lambda lists: {f"NCT{number:08d}": entries for number, entries in enumerate(lists, start=1)}
)


def _rows(lists: dict[str, list[Entry]]) -> set[frozenset[tuple[str, int]]]:
    return {frozenset(row.items()) for row in align(lists)}


@given(_LISTS)
@settings(max_examples=200)
def test_every_entry_stands_in_exactly_one_row(lists: dict[str, list[Entry]]) -> None:
    seen = [place for row in align(lists) for place in row.items()]
    assert sorted(seen) == sorted((study, index) for study in lists for index in range(len(lists[study])))


@given(_LISTS)
@settings(max_examples=100)
def test_the_order_of_the_studies_does_not_matter(lists: dict[str, list[Entry]]) -> None:
    assert _rows(lists) == _rows(dict(reversed(lists.items())))


@given(st.lists(_ENTRY, max_size=9), st.integers(2, 5))
@settings(max_examples=100)
def test_a_list_aligns_with_itself_entry_by_entry(entries: list[Entry], studies: int) -> None:
    rows = align({f"NCT{number:08d}": entries for number in range(studies)})
    assert [set(row.values()) for row in rows] == [{index} for index in range(len(entries))]
    assert all(len(row) == studies for row in rows)


def test_long_hostile_lists_are_done_soon() -> None:
    lists = {f"NCT{number:08d}": [Entry(f"same words here {i} x{i}") for i in range(3000)] for number in range(5)}
    assert len(align(lists)) == 3000


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("compare"), create=True)
    library.import_sample()
    return library


def _twin(study: Study, nct_id: str) -> Study:
    ident = msgspec.structs.replace(study.identification, nct_id=nct_id)
    section = msgspec.structs.replace(study.protocol_section, identification_module=ident)
    return msgspec.structs.replace(study, protocol_section=section)


def test_a_study_and_its_twin_are_the_same_everywhere(library: Library) -> None:
    for nct_id in (SEED, OTHER, "NCT99000009", "NCT99000025"):
        study = library.study(nct_id)
        found = compare(read([study, _twin(study, "NCT00000001")]))
        assert {row.verdict for row in found.rows} == {Verdict.SAME}, nct_id


def _items(found: Comparison, nct_id: str) -> list[str]:
    place = found.ids.index(nct_id)
    (section,) = (one for one in found.sections if one.key == "criteria")
    return [row.stated[place][0].text for part in section.parts for row in part.rows if row.stated[place]]  # type: ignore[union-attr]


def test_every_criterion_of_every_study_is_there_once(library: Library) -> None:
    ids = [SEED, OTHER, THIRD, "NCT99000009", "NCT99000017"]
    for order in list(permutations(ids))[::40]:
        found = compared(library, order)
        for nct_id in ids:
            read = parse_criteria(library.study(nct_id).eligibility.eligibility_criteria)
            assert sorted(_items(found, nct_id)) == sorted(" ".join(item.text.split()) for item in read.items)


CRITERIA = (
    "Inclusion Criteria:\n\n* Age ≥ 18 years\n* ECOG performance status {ecog}\n* Signed informed consent\n{more}"
)


def read(studies: Iterable[Study]) -> list[ReadStudy]:
    return [ReadStudy(study, read_texts(study)) for study in studies]


def _study(nct_id: str, ecog: str, more: str = "") -> Study:
    text = CRITERIA.format(ecog=ecog, more=more)
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": nct_id, "briefTitle": "A study"},
            "eligibilityModule": {"eligibilityCriteria": text},
        }
    }
    return read_study(json.dumps(record).encode())


def test_a_bound_is_told_against_the_other() -> None:
    found = compare(
        read([_study("NCT00000001", "0-1"), _study("NCT00000002", "0-2", "* No active hepatitis B\n")])
    )
    (section,) = (one for one in found.sections if one.key == "criteria")
    verdicts = [row.verdict for row in section.parts[0].rows]
    assert verdicts == [Verdict.SAME, Verdict.DIFFERS, Verdict.SAME, Verdict.ALONE]
    (said,) = section.parts[0].rows[1].said
    assert re.search(r"0 to 1 \(NCT00000001\) against .*0 to 2 \(NCT00000002\)", said)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Life expectancy ≥ 12 weeks", "Life expectancy of at least 84 days", Verdict.REWORDED),
        ("Life expectancy ≥ 12 weeks", "Life expectancy of at least 6 months", Verdict.DIFFERS),
        ("Neutrophils ≥ 1.5 × 10^9/L", "Neutrophils ≥ 1,500/µL", Verdict.REWORDED),
        ("Neutrophils ≥ 1.5 × 10^9/L", "Neutrophils ≥ 1,000/µL", Verdict.DIFFERS),
        ("Interstitial lung disease", "Asthma", Verdict.DIFFERS),
        ("Hemoglobin ≥ 9 g/dL", "hemoglobin >= 9 g/dL.", Verdict.SAME),
    ],
)
def test_only_what_is_understood_as_the_same_is_called_so(one: str, other: str, verdict: Verdict) -> None:
    studies = [_study("NCT00000001", "0-1", f"* {one}\n"), _study("NCT00000002", "0-1", f"* {other}\n")]
    (section,) = (part for part in compare(read(studies)).sections if part.key == "criteria")
    last = section.parts[0].rows[3:]
    assert {row.verdict for row in last} in (
        {verdict},
        {Verdict.ALONE} if verdict is Verdict.DIFFERS else {verdict},
    )


def test_a_bound_within_another_item_is_no_omission() -> None:
    joined = _study(
        "NCT00000001", "0-1", "* Neutrophils ≥ 1.5 × 10^9/L, platelets ≥ 100 × 10^9/L, hemoglobin ≥ 9 g/dL\n"
    )
    single = _study("NCT00000002", "0-1", "* Platelet count ≥ 75 × 10^9/L\n* Hemoglobin ≥ 9 g/dL\n")
    rows = [row for row in compare(read([joined, single])).rows if row.verdict is Verdict.ALONE]
    assert rows
    assert all("NCT00000001 states within another item: " in row.said[0] for row in rows)


def test_a_primary_outcome_is_found_among_the_secondary_ones_of_another(library: Library) -> None:
    found = compared(library, ["NCT99000009", OTHER])
    (section,) = (one for one in found.sections if one.key == "outcomes")
    said = [line for part in section.parts for row in part.rows for line in row.said]
    assert f"primary in NCT99000009, secondary in {OTHER}" in said


def test_what_one_record_does_not_state_is_no_difference() -> None:
    silent = read_study(b'{"protocolSection": {"identificationModule": {"nctId": "NCT00000003"}}}')
    found = compare(read([_study("NCT00000001", "0-1"), silent]))
    assert Verdict.DIFFERS not in found.counts
    assert "stated only in NCT00000001" in comparison_text(found)


def test_the_same_can_be_left_out(library: Library) -> None:
    whole, narrowed = compared(library, [SEED, OTHER]), compared(library, [SEED, OTHER], only_differences=True)
    assert whole.counts[Verdict.SAME] and not narrowed.counts[Verdict.SAME]
    assert len(narrowed.rows) == len(whole.rows) - whole.counts[Verdict.SAME]


def test_json_and_text_tell_every_row(library: Library) -> None:
    found = compared(library, [SEED, OTHER, THIRD])
    told = comparison_json(found)
    rows = [row for section in told["sections"] for part in section["parts"] for row in part["rows"]]
    assert len(rows) == len(found.rows) == sum(told["counts"].values())
    assert all(set(row["stated"]) == {SEED, OTHER, THIRD} for row in rows)
    text = " ".join(comparison_text(found).split())
    assert "the same in all 3" in text and "Only in NCT99000001" in text


@pytest.mark.parametrize(
    ("given_ids", "said"),
    [
        ([SEED], "not 1"),
        ([f"NCT0000000{n}" for n in range(1, 7)], "not 6"),
        ([SEED, "nct07320690"], "twice"),
        ([SEED, "rubbish"], "not an NCT id"),
        ([], "not 0"),
    ],
)
def test_wrong_choices_are_told(given_ids: list[str], said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        read_ids(given_ids)


def test_ids_come_as_a_comma_list_or_one_by_one(library: Library) -> None:
    assert read_ids([f"{SEED},{OTHER}"]) == read_ids([SEED, OTHER]) == (SEED, OTHER)
    with pytest.raises(NotFound):
        compared(library, [SEED, "NCT00000001"])
