"""The index as a projection: catching up, taking in twice, removal, rebuilding, another format."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from trialkin import Library
from trialkin.errors import DamagedLibrary, NotPrepared
from trialkin.indexes.search import engine
from trialkin.indexes.search import index as module
from trialkin.indexes.search.engine import Request, all_ids, answer
from trialkin.indexes.search.index import MOST_KEPT, SearchIndex
from trialkin.model import Study


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


def test_an_index_of_another_format_is_begun_again(
    sample_studies: dict[str, Study], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SearchIndex(tmp_path).catch_up(_records(sample_studies), upto=99)
    monkeypatch.setattr(module, "FORMAT", "another")
    index = SearchIndex(tmp_path)
    assert index.seq == 0
    with pytest.raises(NotPrepared, match="not been made yet"):
        answer(index, Request("cancer"))


def test_a_damaged_index_is_told_and_can_be_made_again(sample_studies: dict[str, Study], tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "whole")
    records = _records(sample_studies)
    index.catch_up(records, upto=len(records))
    files = [path for path in (tmp_path / "whole").glob("g-*/*")]
    for number, path in enumerate(files):
        if path.suffix == ".lock":
            continue
        copy = shutil.copytree(tmp_path / "whole", tmp_path / f"damaged-{number}")
        damaged = copy / path.relative_to(tmp_path / "whole")
        damaged.write_bytes(damaged.read_bytes()[: path.stat().st_size // 2])
        broken = SearchIndex(copy)
        with pytest.raises(DamagedLibrary):
            answer(broken, Request("cancer"))
        broken.rebuild(records, upto=len(records))
        assert answer(broken, Request()).total == len(records)


@pytest.mark.slow
def test_a_kill_at_any_moment_costs_no_study(sample_folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from trialkin import Library\n"
        "from trialkin.indexes.search import index as i\n"
        "lib = Library(sys.argv[1]); made = i.SearchIndex(Path(sys.argv[2]))\n"
        "print('ready', flush=True)\n"
        "made.catch_up(lib.studies(since=made.seq), upto=lib.store.last_seq); print('done')"
    )
    chance = random.Random(5)
    with Library(sample_folder) as library:
        upto, count = library.store.last_seq, len(library)
        for number in range(20):
            home = tmp_path / str(number)
            for _ in range(2):
                command = [sys.executable, "-c", code, str(sample_folder), str(home)]
                with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                    assert process.stdout is not None and process.stdout.readline() == "ready\n"
                    time.sleep(chance.random() * 0.4)
                    process.kill()
            index = SearchIndex(home)
            index.catch_up(library.studies(since=index.seq), upto=upto)
            assert len(set(all_ids(index, Request()))) == answer(index, Request()).total == count


def test_readers_are_undisturbed_while_the_index_grows(sample_studies: dict[str, Study], tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    records = _records(sample_studies)
    index.catch_up(records[:10], upto=10)
    totals: list[int] = []

    def read() -> None:
        for _ in range(40):
            found = answer(index, Request(limit=1000))
            assert len(found.ids) == found.total
            totals.append(found.total)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for at in range(10, len(records), 5):
        index.catch_up(records[at : at + 5], upto=min(at + 5, len(records)))
    for thread in threads:
        thread.join()
    assert len(totals) == 160
    assert answer(index, Request()).total == len(records)


def test_what_was_found_out_ends_with_the_state_of_the_index(
    sample_studies: dict[str, Study], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, records, counted = SearchIndex(tmp_path), _records(sample_studies), []
    count_facets = engine.count_facets
    monkeypatch.setattr(engine, "count_facets", lambda *asked: counted.append(asked) or count_facets(*asked))
    index.catch_up(records[:10], upto=10)
    pages = [answer(index, Request("", offset=offset, limit=4, facets=("status",))) for offset in (0, 4, 8)]
    answer(index, Request("", sort="oldest", facets=("status",)))
    assert len(counted) == 1
    assert sorted(each for page in pages for each in page.ids) == sorted(nct_id for _, nct_id, _ in records[:10])
    index.catch_up(records[10:], upto=len(records))
    grown = answer(index, Request("", facets=("status",)))
    assert grown.total == sum(bucket.count for bucket in grown.facets[0].buckets) == len(records)
    SearchIndex(tmp_path).rebuild(records[:5], upto=len(records))
    assert answer(index, Request("", facets=("status",))).total == 5
    for number in range(2 * MOST_KEPT):
        answer(index, Request(f"word{number}", facets=()))
    assert len(index.view().kept) == MOST_KEPT


def test_a_rebuild_keeps_the_order(sample_folder: Path, tmp_path: Path) -> None:
    """Studies that tie stand in one order, whatever was changed and in however many steps the index was made."""
    with Library(shutil.copytree(sample_folder, tmp_path / "library")) as library:
        for nct_id in list(library.store.nct_ids())[::5]:
            record = json.loads(library.find(nct_id).record.raw or b"")
            record["protocolSection"]["identificationModule"]["briefTitle"] += " amended"
            (tmp_path / "changed.json").write_text(json.dumps(record), encoding="utf-8")
            library.import_records([tmp_path / "changed.json"])
        asked = [
            Request("cancer OR study OR treatment", sort=sort, limit=7)
            for sort in ("", *engine.SORTS)
            if sort != "distance"
        ]
        asked += [Request('near:"Boston, 5000 km"', sort="distance"), Request("status:recruiting", offset=3)]
        before = [(library.search(each).ids, library.search_all(each)) for each in asked]
        library.rebuild(only="search")
        assert [(library.search(each).ids, library.search_all(each)) for each in asked] == before
        assert all(len(set(ids)) == len(ids) for _, ids in before)


def test_ties_stand_in_one_order_in_any_number_of_segments(
    sample_studies: dict[str, Study], tmp_path: Path
) -> None:
    records = _records(sample_studies)
    whole, parts = SearchIndex(tmp_path / "whole"), SearchIndex(tmp_path / "parts")
    whole.catch_up(records, upto=len(records))
    for at in range(0, len(records), 7):
        parts.catch_up(records[at : at + 7][::-1], upto=min(at + 7, len(records)))
    for text in ("cancer", "study", "", 'near:"Boston, 5000 km"'):
        for sort in ("", "oldest", "largest"):
            request = Request(text, sort=sort)
            assert all_ids(whole, request) == all_ids(parts, request), (text, sort)
