"""Building kin in pieces: any number of processes gives the same bytes, and a build that is stopped loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from trialkin import sample
from trialkin.errors import InvalidQuery, NotFound, TrialkinError
from trialkin.indexes import workers as processes
from trialkin.indexes.related.build import build
from trialkin.indexes.related.index import KinIndex
from trialkin.indexes.related.learnt import Portrait
from trialkin.indexes.related.rows import Rows
from trialkin.indexes.related.state import State
from trialkin.library import Library
from trialkin.log.intake import import_paths, silent

COPIES = 5
SEED = "NCT07320690"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The sample, some times over under other ids; no kin yet."""
    folder = tmp_path_factory.mktemp("build")
    records = [raw for _, raw in sample.records()]
    with zipfile.ZipFile(folder / "copies.zip", "w") as archive:
        for number, raw in enumerate(raw for _ in range(COPIES) for raw in records):
            start = raw.index(b'"nctId"')
            own = raw[raw.index(b"NCT", start) :][:11]
            archive.writestr(f"{number}.json", raw.replace(own, b"NCT9%07d" % number))
        for name, raw in sample.records():
            archive.writestr(name, raw)
    with Library(folder / "library", create=True) as library:
        with library.store.writing():
            import_paths(library.store, [folder / "copies.zip"], repair=False, progress=silent)
        yield library


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_any_number_of_processes_gives_the_same_bytes(library: Library, tmp_path: Path) -> None:
    found = []
    for number in (1, 2, 3):
        folder = tmp_path / str(number)
        folder.mkdir()
        build(folder, library, progress=silent, processes=number, chunk=50)
        found.append(_files(folder))
    assert found[0].keys() >= {"kin.npy", "scores.npy", "keys.npy", "vectors.npy", "learnt.msgpack"}
    assert found[0] == found[1] == found[2]


def test_pieces_tell_how_far_the_work_has_come(library: Library, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int | None]] = []
    build(tmp_path, library, progress=lambda *said: seen.append(said), processes=2, chunk=100)
    reading = [(done, total) for what, done, total in seen if what == "reading for kinship"]
    assert [done for done, _ in reading] == sorted(done for done, _ in reading)
    assert reading[-1] == (len(library), len(library))
    assert seen[-1] == ("finding kin", len(library), len(library))


def _fail(number: int) -> None:
    if number == 1:
        raise NotFound("nothing at 1", hint="look at 2")


def _unreadable(_number: int) -> None:
    raise InvalidQuery("not to be read back", column=3)


def _vanish(_number: int) -> None:
    os._exit(3)


def test_what_a_piece_raises_is_raised_where_it_was_asked_for() -> None:
    with pytest.raises(NotFound, match="nothing at 1") as caught:
        list(processes.each(_fail, 4, processes=2))
    assert caught.value.hint == "look at 2"
    with pytest.raises(TrialkinError, match="not to be read back"):
        list(processes.each(_unreadable, 4, processes=2))
    with pytest.raises(TrialkinError, match="ended by itself"):
        list(processes.each(_vanish, 4, processes=2))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_build_that_is_killed_leaves_the_kin_that_were_there(library: Library) -> None:
    with library.store.writing():
        library.build_kin()
    before = [one.kin.nct_id for one in library.related(SEED, limit=20).kin]
    code = (
        f"from trialkin.library import Library\nlibrary = Library({str(library.folder)!r})\n"
        "library.kin.rebuild(library, upto=library.store.last_seq, progress=print, processes=2)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    for seconds in (0.5, 2.0):
        process = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.DEVNULL)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        again = KinIndex(library.folder / "kin")
        assert again.built and again.seq == library.store.last_seq
        assert [one.kin.nct_id for one in library.related(SEED, limit=20).kin] == before
    library.rebuild(only="kin")
    assert [one.kin.nct_id for one in library.related(SEED, limit=20).kin] == before
    assert len(list((library.folder / "kin").glob("s*"))) <= 2


def test_long_ids_of_other_registers_are_kept_whole(tmp_path: Path) -> None:
    ids = ["EUCTR2019-004411-23", "EUCTR2019-004411-24", "IRCT20200101012345N123"]
    rows = Rows.of(Portrait(one, {}, None) for one in ids)
    state = State(tmp_path)
    state.save_rows([rows])
    assert [state.row_of(one) for one in ids] == [0, 1, 2]
