"""Syncs that are killed, and syncs that meet: nothing acknowledged is lost, nobody has to mend anything."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fake_registry import FakeRegistry, Records, make_study
from tests.fake_registry.records import Record
from trialkin import Library
from trialkin.registries.ctgov import Step

SCALE = float(os.environ.get("TRIALKIN_TEST_SCALE", "1"))
ROOT = Path(__file__).parents[3]
BUSY = 5
KILLED = -9


class Worker:
    """The process that runs syncs to be killed."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.registries.ctgov.worker"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def send(self, **request: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(
            json.dumps({key: str(v) if isinstance(v, Path) else v for key, v in request.items()}) + "\n"
        )
        self._process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self._process.stdout
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def sync(self, **request: Any) -> int:
        """One sync; its exit code, -9 when it was killed."""
        self.send(do="sync", **request)
        code: int = self.receive()["code"]
        return code

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def retitle(study: Record) -> None:
    study["protocolSection"]["identificationModule"]["briefTitle"] += " (edited)"


def held(folder: Path) -> dict[str, bytes]:
    if not (folder / "records.sqlite3").exists():
        return {}
    with Library(folder) as library:
        assert library.store.quick_check() == []
        return {record.nct_id: record.raw for record in library.store.records() if record.raw is not None}


@pytest.fixture
def begun(worker: Worker, registry: FakeRegistry, folder: Path) -> tuple[Path, FakeRegistry]:
    """A synced library, and a registry that has moved on: updates, a removal now due, an id named by the census."""
    library = folder / "begun"
    assert worker.sync(folder=library, url=registry.url) == 0
    registry.records.remove("NCT00000004")
    registry.records.tick(days=1)
    assert worker.sync(folder=library, url=registry.url) == 0
    registry.records.tick(days=5)
    for number in range(10, 35):
        registry.records.edit(f"NCT{number:08d}", retitle)
    registry.records.add(make_study(77))
    registry.records.load(json.dumps(make_study(78, posted="2025-02-02")).encode())
    return library, registry


def check_after_kill(worker: Worker, library: Path, registry: FakeRegistry, before: dict[str, bytes]) -> None:
    """All or nothing right after the kill; everything after the next sync."""
    shown = held(library)
    wanted = registry.records.bodies
    if before:
        assert shown in (before, wanted)
    else:
        assert all(wanted[nct_id] == raw for nct_id, raw in shown.items())
    assert worker.sync(folder=library, url=registry.url) == 0
    assert held(library) == wanted
    with Library(library) as opened:
        assert not [problem for _, _, problem in opened.store.deep_check() if problem]


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.parametrize("step", [step for step in Step if step is not Step.BULK])
def test_killed_at_a_named_step_of_an_update(
    worker: Worker, begun: tuple[Path, FakeRegistry], step: Step, time: int
) -> None:
    library, registry = begun
    before = held(library)
    code = worker.sync(folder=library, url=registry.url, kill_at=step, kill_at_time=time)
    assert code == (KILLED if time == 1 else code)
    check_after_kill(worker, library, registry, before)


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.DOUBTS])
def test_killed_at_a_named_step_of_a_first_fill(
    worker: Worker, registry: FakeRegistry, folder: Path, step: Step
) -> None:
    registry.on_request = lambda request: (
        registry.records.load(json.dumps(make_study(78, posted="2025-02-02")).encode())
        if request.path.endswith("download")
        else None
    )
    assert worker.sync(folder=folder / "new", url=registry.url, kill_at=step, kill_at_time=1) == KILLED
    registry.on_request = None
    check_after_kill(worker, folder / "new", registry, {})


def test_projections_catch_up_after_a_kill(worker: Worker, begun: tuple[Path, FakeRegistry]) -> None:
    library, registry = begun
    code = worker.sync(folder=library, url=registry.url, kill_at=Step.PUBLISHED, kill_at_time=1, projections=1)
    assert code == KILLED
    assert worker.sync(folder=library, url=registry.url, projections=1) == 0
    with Library(library) as opened:
        assert opened.search_index.seq == opened.store.last_seq


@pytest.mark.slow
def test_killed_at_random_moments(worker: Worker, begun: tuple[Path, FakeRegistry], folder: Path) -> None:
    library, registry = begun
    before = held(library)
    trial = folder / "trial"
    shutil.copytree(library, trial)
    started = time.monotonic()
    worker.sync(folder=trial, url=registry.url)
    whole_s = time.monotonic() - started
    killed = 0
    for seed in range(int(60 * SCALE)):
        shutil.rmtree(trial)
        shutil.copytree(library, trial)
        moment = random.Random(seed).uniform(0, whole_s)
        if worker.sync(folder=trial, url=registry.url, kill_after_s=moment) == KILLED:
            killed += 1
        else:
            whole_s = moment  # it had ended by then; the first run was slower than the others
        check_after_kill(worker, trial, registry, before)
    assert killed >= 30 * SCALE


def races(worker: Worker, registry: FakeRegistry, folder: Path, count: int) -> None:
    """Two syncs at once, again and again: one works, the other leaves at once with the busy code."""
    registry.reset(Records(make_study(n) for n in range(1, 6)))
    assert worker.sync(folder=folder / "raced", url=registry.url) == 0
    for number in range(count):
        free = threading.Event()
        registry.on_request = lambda _, free=free: free.wait(20)  # type: ignore[misc]
        if number % 50 == 0:
            registry.records.edit("NCT00000001", retitle)
        worker.send(do="race", folder=folder / "raced", url=registry.url)
        loser = worker.receive()
        free.set()
        winner = worker.receive()
        assert (loser["code"], winner["code"]) == (BUSY, 0), f"race {number}"
        assert loser["seconds"] <= 2, f"race {number}"
    registry.on_request = None
    assert held(folder / "raced") == registry.records.bodies


def test_a_few_races_of_two_syncs(worker: Worker, registry: FakeRegistry, folder: Path) -> None:
    races(worker, registry, folder, 5)


@pytest.mark.slow
def test_races_of_two_syncs(worker: Worker, registry: FakeRegistry, folder: Path) -> None:
    races(worker, registry, folder, int(200 * SCALE))


def test_the_lock_of_a_killed_sync_is_free(worker: Worker, begun: tuple[Path, FakeRegistry]) -> None:
    library, registry = begun
    worker.sync(folder=library, url=registry.url, kill_at=Step.PUBLISH, kill_at_time=1)
    started = time.monotonic()
    assert worker.sync(folder=library, url=registry.url) == 0
    assert time.monotonic() - started < 20
