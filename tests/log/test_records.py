"""The log: what is added, changed, unchanged or older; damage is found, said and mended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialkin import Library
from trialkin.errors import Busy, DamagedLibrary, NoLibrary
from trialkin.log import FILE_NAME, Put, Run, Store
from trialkin.log.schema import wal_is_safe


def body(text: str, *, release: str = "2026-01-01", indent: int | None = None) -> bytes:
    record = {
        "protocolSection": {"identificationModule": {"nctId": "NCT00000001", "briefTitle": text}},
        "derivedSection": {"miscInfoModule": {"versionHolder": release}},
    }
    return json.dumps(record, indent=indent).encode()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library", create=True)
    yield store
    store.close()


def put(store: Store, run: Run, raw: bytes, key: str = "2026-01-01 ", **more: bool) -> Put:
    with store.batch(run):
        return store.put(run, "NCT00000001", raw, order_key=key, **more)


def test_only_content_counts(store: Store) -> None:
    run = store.begin_run(kind="import", source="test")
    assert put(store, run, body("a")) is Put.ADDED
    assert put(store, run, body("a", indent=2)) is Put.UNCHANGED
    assert put(store, run, body("a", release="2026-02-02")) is Put.UNCHANGED
    assert put(store, run, body("b"), "2026-02-01 ") is Put.CHANGED
    assert put(store, run, body("c"), "2025-02-01 ") is Put.OLDER
    assert put(store, run, body("c"), "2025-02-01 ") is Put.UNCHANGED
    current = store.current("NCT00000001")
    assert current is not None and current.raw == body("b")
    assert [version.raw for version in store.versions("NCT00000001")] == [body("c"), body("a"), body("b")]
    assert run.counts == {"read": 6, "added": 1, "changed": 1, "unchanged": 3, "older": 1, "quarantined": 0}


@settings(max_examples=30)
@given(st.permutations(range(6)))
def test_the_newest_wins_in_any_order(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    store = Store(tmp_path_factory.mktemp("log"), create=True)
    run = store.begin_run(kind="import", source="test")
    for number in order:
        put(store, run, body(str(number)), f"2026-01-0{number + 1} ")
    current = store.current("NCT00000001")
    assert current is not None and current.raw == body("5")
    assert [version.raw for version in store.versions("NCT00000001")] == [body(str(n)) for n in range(6)]
    store.close()


def test_projections_follow_the_log(store: Store) -> None:
    run = store.begin_run(kind="import", source="test")
    put(store, run, body("a"))
    seq = store.last_seq
    put(store, run, body("b"))
    assert [record.raw for record in store.records(since=seq)] == [body("b")]
    with store.batch(run):
        store.put_tombstone(run, "NCT00000001")
    assert [record.raw for record in store.records(since=seq)] == [None]
    assert len(store) == 0 and list(store.nct_ids()) == []
    put(store, run, body("b"), "2026-04-01 ")
    assert len(store) == 1


def test_a_failed_batch_leaves_nothing(store: Store) -> None:
    run = store.begin_run(kind="import", source="test")
    with pytest.raises(RuntimeError), store.batch(run):
        store.put(run, "NCT00000001", body("a"), order_key=" ")
        raise RuntimeError
    assert run.counts["read"] == 0 and len(store) == 0


def test_a_run_that_died_is_called_interrupted(store: Store) -> None:
    store.begin_run(kind="import", source="first")
    store.begin_run(kind="import", source="second")
    assert [(run.source, run.state) for run in store.runs()] == [("second", "running"), ("first", "interrupted")]


def test_one_writer_at_a_time(store: Store) -> None:
    other = Store(store.folder)
    with store.writing(), pytest.raises(Busy), other.writing():
        pass
    with other.writing():
        pass
    other.close()


def test_damage_is_found_and_mended(store: Store) -> None:
    run = store.begin_run(kind="import", source="test")
    put(store, run, body("a"))
    file = apsw.Connection(str(store.folder / FILE_NAME))
    stored = file.execute("SELECT body FROM version").get
    file.execute("UPDATE version SET body=?", (bytes([*stored[:-9], stored[-9] ^ 4, *stored[-8:]]),))
    file.close()
    with pytest.raises(DamagedLibrary, match="NCT00000001 is damaged"):
        store.current("NCT00000001")
    assert [problem is None for _, _, problem in store.deep_check()] == [False]
    assert put(store, run, body("a"), repair=True) is Put.UNCHANGED
    assert [problem is None for _, _, problem in store.deep_check()] == [True]


def test_a_file_that_is_no_library_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"hello, this is not a database at all" * 40)
    with pytest.raises(DamagedLibrary, match="cannot be read as a library"):
        Store(tmp_path)


def test_no_library_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary):
        Store(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_an_unknown_format_is_refused(store: Store) -> None:
    file = apsw.Connection(str(store.folder / FILE_NAME))
    file.execute("PRAGMA user_version=99")
    file.close()
    with pytest.raises(DamagedLibrary, match="format 99"):
        Store(store.folder)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        (3040001, False),
        (3051002, False),
        (3051003, True),
        (3054001, True),
        (3050007, True),
        (3050006, False),
        (3044006, True),
    ],
)
def test_which_engines_may_use_the_write_ahead_log(version: int, safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_versions_are_kept_as_what_differs_from_a_neighbour(tmp_path: Path) -> None:
    filler = " ".join(str(number * 7919 % 1000003) for number in range(2000))
    raws = [
        b'{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"Title %d %s"}}}'
        % (number, filler.encode() if number < 9 else b"other words altogether " * 9)
        for number in range(12)
    ]
    with Library(tmp_path, create=True) as library:
        store = library.store
        with store.writing():
            run = store.begin_run(kind="import", source="test")
            with store.batch(run):
                for number, raw in enumerate(raws):
                    store.put(run, "NCT00000001", raw, order_key=f"2026-01-{number + 1:02d} ")
        assert [version.raw for version in store.versions("NCT00000001")] == raws
        assert [problem for _, _, problem in store.deep_check() if problem] == []
        sizes = [
            row[0]
            for row in apsw.Connection(str(tmp_path / FILE_NAME)).execute("SELECT length(body) FROM version")
        ]
    assert max(sizes[1:9]) < sizes[0] / 50


def test_a_damaged_neighbour_damages_nothing_silently(tmp_path: Path) -> None:
    with Library(tmp_path, create=True) as library:
        store = library.store
        raws = [
            b'{"protocolSection":{"identificationModule":{"nctId":"NCT00000001","acronym":"%d%s"}}}'
            % (n, b"x y z" * 99)
            for n in range(3)
        ]
        with store.writing():
            run = store.begin_run(kind="import", source="test")
            with store.batch(run):
                for number, raw in enumerate(raws[:2]):
                    store.put(run, "NCT00000001", raw, order_key=f"2026-01-0{number + 1} ")
        file = apsw.Connection(str(tmp_path / FILE_NAME))
        file.execute("UPDATE version SET body=zeroblob(length(body)) WHERE base_seq IS NULL")
        file.close()
        assert len([problem for _, _, problem in store.deep_check() if problem]) == 2
        with pytest.raises(DamagedLibrary):
            library.find("NCT00000001")
        with store.writing():
            run = store.begin_run(kind="import", source="test")
            with store.batch(run):
                store.put(run, "NCT00000001", raws[1], order_key="2026-01-02 ", repair=True)
        assert library.find("NCT00000001").record.raw == raws[1]


def test_a_library_of_format_1_is_read_and_goes_on(tmp_path: Path) -> None:
    with Library(tmp_path, create=True) as library:
        library.import_sample()
    file = apsw.Connection(str(tmp_path / FILE_NAME))
    file.execute("ALTER TABLE version DROP COLUMN base_seq; PRAGMA user_version=1")
    file.close()
    with Library(tmp_path) as library:
        assert library.verify(deep=True).problems == []
        library.import_sample()


def test_the_dictionary_serves_from_the_first_record_on(tmp_path: Path) -> None:
    with Library(tmp_path, create=True) as library, library.store.writing():
        raws = [body(f"Study of {n} things in the same words as all the others " * 5) for n in range(300)]
        library.store.learn_dictionary(raws)
        run = library.store.begin_run(kind="import", source="test")
        with library.store.batch(run):
            library.store.put(run, "NCT00000001", raws[0], order_key="2026-01-01 ")
        file = apsw.Connection(str(tmp_path / FILE_NAME))
        assert file.execute("SELECT dictionary_id FROM version").get == 1


def learnt(folder: Path) -> list[bytes | None]:
    """A library that has learnt a dictionary and compressed 50 records with it."""
    raws = [
        body(f"Study {n} of things in the same words as all the others " * 5).replace(
            b"NCT00000001", b"NCT%08d" % n
        )
        for n in range(300)
    ]
    with Library(folder, create=True) as library, library.store.writing():
        library.store.learn_dictionary(raws)
        run = library.store.begin_run(kind="import", source="test")
        with library.store.batch(run):
            for n in range(1, 50):
                library.store.put(run, f"NCT{n:08d}", raws[n], order_key="2026-01-01 ")
        library.store.end_run(run)
        return [record.raw for record in library.store.records()]


@pytest.mark.parametrize("table", ["dictionary", "dictionary_copy"])
def test_a_damaged_dictionary_loses_no_record_and_is_mended(tmp_path: Path, table: str) -> None:
    before = learnt(tmp_path)
    file = apsw.Connection(str(tmp_path / FILE_NAME))
    damaged = bytearray(file.execute(f"SELECT body FROM {table}").get)
    damaged[len(damaged) // 3 : len(damaged) // 2] = bytes(len(damaged) // 2 - len(damaged) // 3)
    file.execute(f"UPDATE {table} SET body=?", (bytes(damaged),))
    file.close()
    with Library(tmp_path) as library:
        assert [record.raw for record in library.store.records()] == before
        assert any("copies of compression dictionary" in one for one in library.verify().problems)
        library.import_sample()
        assert library.verify(deep=True).problems == []


def test_a_library_without_copies_of_its_dictionary_gets_them(tmp_path: Path) -> None:
    learnt(tmp_path)
    with Library(tmp_path) as library:
        library.store._db.execute("DROP TABLE dictionary_copy")
        assert not [one for one in library.verify(deep=True).problems if "dictionary" in one]
        library.import_sample()
        assert library.store._db.execute("SELECT count(*) FROM dictionary_copy").get == 1


def test_an_older_version_is_mended_by_offering_it_again(store: Store) -> None:
    old, new = body("one"), body("two")
    with store.writing():
        run = store.begin_run(kind="import", source="test")
        with store.batch(run):
            put(store, run, old, "2026-01-01 ")
            put(store, run, new, "2026-02-01 ")
        store._db.execute("UPDATE version SET body=x'00' WHERE seq=1")
        with pytest.raises(DamagedLibrary):
            store.versions("NCT00000001")
        with store.batch(run):
            put(store, run, old, "2026-01-01 ", repair=True)
    assert [each.raw for each in store.versions("NCT00000001")] == [old, new]
