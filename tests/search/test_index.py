"""The index as a projection: catching up, taking in twice, removal, rebuilding, another format."""

from __future__ import annotations

from pathlib import Path

from trialkin.model import Study
from trialkin.search.engine import Request, all_ids, answer
from trialkin.search.index import SearchIndex


def _records(studies: dict[str, Study]) -> list[tuple[int, str, Study | None]]:
    return [(seq, nct_id, study) for seq, (nct_id, study) in enumerate(studies.items(), 1)]


def test_taking_in_twice_changes_nothing(sample_studies: dict[str, Study], tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    records = _records(sample_studies)
    assert index.catch_up(records[:10], upto=10) == 10
    assert index.seq == 10
    index.catch_up(records[5:], upto=len(records))
    index.catch_up(records, upto=len(records))
    assert answer(index, Request()).total == len(records)
    assert sorted(all_ids(index, Request())) == sorted(sample_studies)


def test_a_removed_study_is_gone_and_another_reader_sees_it(
    sample_studies: dict[str, Study], tmp_path: Path
) -> None:
    index = SearchIndex(tmp_path)
    records = _records(sample_studies)
    index.catch_up(records, upto=len(records))
    other = SearchIndex(tmp_path)
    gone = records[0][1]
    index.catch_up([(len(records) + 1, gone, None)], upto=len(records) + 1)
    assert gone not in all_ids(other, Request())
    assert other.seq == len(records) + 1


def test_a_rebuild_is_switched_to_and_the_old_one_goes(sample_studies: dict[str, Study], tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    records = _records(sample_studies)
    index.catch_up(records[:3], upto=3)
    reader = SearchIndex(tmp_path)
    index.rebuild(records, upto=len(records))
    assert answer(reader, Request()).total == len(records)
    assert len(list(tmp_path.glob("g-*"))) == 1


def test_an_index_of_another_format_is_begun_again(sample_studies: dict[str, Study], tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    index.catch_up(_records(sample_studies), upto=99)
    (state,) = tmp_path.glob("g-*/state.json")
    state.write_text('{"format": "older", "seq": 99}')
    assert SearchIndex(tmp_path).seq == 0
