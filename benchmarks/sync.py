"""What a sync costs: a daily update, pages read meanwhile, and the room that versions take.

`python -m benchmarks.sync --records ZIP [--updates N]`; ZIP as the registry's bulk file. The registry is the tests'
fake one, in a process of its own; requests go out at the product's own rate of one a second. The peer of pages
during a sync is the same pages when nothing runs, asked of the same server in the same run.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import apsw
import msgspec

from benchmarks import measure
from tests.fake_registry import FakeRegistry, Records
from trialkin.library import Library
from trialkin.log import FILE_NAME
from trialkin.log.codec import Codec

Record = dict[str, Any]
VERSIONS = 10


def edit(study: Record, draw: random.Random) -> None:
    """One of the edits that studies see most: dates, status, enrolment, a criterion, a site."""
    protocol = study["protocolSection"]
    status = protocol["statusModule"]
    choice = draw.randrange(5)
    status["statusVerifiedDate"] = f"2026-{draw.randrange(1, 13):02d}"
    if choice == 0:
        status["completionDateStruct"] = {"date": f"20{draw.randrange(27, 35)}-0{draw.randrange(1, 10)}"}
    elif choice == 1:
        status["overallStatus"] = draw.choice(["RECRUITING", "ACTIVE_NOT_RECRUITING", "COMPLETED"])
    elif choice == 2:
        info = protocol.setdefault("designModule", {}).setdefault("enrollmentInfo", {"count": 10})
        info["count"] = draw.randrange(20, 900)
    elif choice == 3:
        module = protocol.setdefault("eligibilityModule", {})
        module["eligibilityCriteria"] = (
            module.get("eligibilityCriteria", "") + f"\n* A criterion of day {draw.random()}"
        )
    else:
        sites = protocol.setdefault("contactsLocationsModule", {}).setdefault("locations", [])
        sites.append({"facility": f"Site {draw.randrange(9999)}", "city": "Basel", "country": "Switzerland"})


def registry(path: Path, updates: int, pipe: Connection) -> None:
    """The registry's process: serves the records, edits some of them when told to."""
    records = Records()
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            records.load(archive.read(name))
    with FakeRegistry.serving() as served:
        served.reset(records)
        pipe.send(served.url)
        pipe.recv()
        records.tick(days=200)
        draw = random.Random(1)
        for nct_id in draw.sample(sorted(records.bodies), min(updates, len(records.bodies))):
            records.edit(nct_id, lambda study: edit(study, draw))
        pipe.send(len(records.bodies))
        pipe.recv()


def pages(port: int, paths: list[str], go_on: Callable[[], bool]) -> measure.Times:
    """Milliseconds of pages asked one after the other for as long as it says."""
    client, times = measure.Client(port), []
    while go_on():
        path = random.choice(paths)
        times.append(measure.timed(lambda path=path: client.get(path)))  # type: ignore[misc]
    return measure.Times(times)


def during_a_sync(args: argparse.Namespace, folder: Path) -> None:
    """A daily update, and the pages of a reader meanwhile."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.Process(target=registry, args=(args.records, args.updates, there), daemon=True)
    process.start()
    environ = {**os.environ, "TRIALKIN_REGISTRY_URL": here.recv()}
    sync = measure.trialkin("sync", "--library", str(folder))
    started = time.perf_counter()
    subprocess.run(sync, env=environ, check=True)
    print(f"First sync by the bulk file: {time.perf_counter() - started:.1f} s.\n")
    here.send("edit")
    here.recv()
    with Library(folder) as library:
        ids = list(library.store.nct_ids())
    paths = [f"/studies/{nct_id}" for nct_id in random.Random(2).sample(ids, min(300, len(ids)))]
    paths += [f"/search?q={word}" for word in ("cancer", "pain", "asthma")] * 20
    port = measure.free_port()
    with measure.serving(measure.trialkin("serve", "--port", str(port), "--library", str(folder)), port):
        warm = time.monotonic() + 3
        pages(port, paths, lambda: time.monotonic() < warm)
        end = time.monotonic() + args.seconds
        quiet = pages(port, paths, lambda: time.monotonic() < end)
        started = time.perf_counter()
        running = subprocess.Popen(sync, env=environ)
        busy = pages(port, paths, lambda: running.poll() is None)
        took = time.perf_counter() - started
    head = ("pages", "quiet, ms (p50 / p95 / p99)", "during a sync", "ratio of p50", "of p95")
    row = (
        len(busy.values),
        quiet.cell(),
        busy.cell(),
        measure.ratio(quiet, busy, 0.5),
        measure.ratio(quiet, busy, 0.95),
    )
    print(measure.table(head, [row]))
    changed = f"{min(args.updates, len(ids)):,} of {len(ids):,} studies"
    print(f"\nUpdate of {changed}: {took:.1f} s, of it at least one second a request.")
    here.send("end")
    process.join(5)


def cost_of_versions(args: argparse.Namespace, folder: Path) -> None:
    """Bytes of a first version and of each further one, beside the same bytes kept alone."""
    draw = random.Random(3)
    with zipfile.ZipFile(args.records) as archive:
        names = archive.namelist()
        raws = [archive.read(name) for name in draw.sample(names, min(500, len(names)))]
    alone: list[int] = []
    with Library(folder, create=True) as library, library.store.writing():
        store = library.store
        store.learn_dictionary(raws)
        codec = Codec(dict(apsw.Connection(str(folder / FILE_NAME)).execute("SELECT id, body FROM dictionary")))
        run = store.begin_run(kind="import", source="benchmark")
        for number in range(VERSIONS + 1):
            with store.batch(run):
                for position, raw in enumerate(raws):
                    nct_id = f"NCT{position + 1:08d}"
                    study = msgspec.json.decode(raw)
                    if number:
                        edit(study, draw)
                    raws[position] = msgspec.json.encode(study)
                    if number:
                        alone.append(len(codec.compress(raws[position])))
                    store.put(run, nct_id, raws[position], order_key=f"2026-01-{number + 1:02d} ")
        store.checkpoint()
    rows = list(
        apsw.Connection(str(folder / FILE_NAME)).execute(
            "SELECT seq <= ?, count(*), avg(length(body)), avg(size) FROM version GROUP BY 1 ORDER BY 1 DESC",
            (len(raws),),
        )
    )
    (_, firsts, first, size), (_, others, further, _) = rows
    print(
        f"\n{firsts:,} studies of {size:,.0f} bytes on average: a first version takes {first:,.0f} bytes, each of "
        f"{others:,} further ones {further:,.0f} bytes, alone it would take {sum(alone) / len(alone):,.0f}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=Path, required=True, help="a bulk zip")
    parser.add_argument("--updates", type=int, default=5000, help="how many studies a day changes")
    parser.add_argument("--seconds", type=float, default=15, help="how long the quiet pages are asked")
    parser.add_argument("--only", choices=("pages", "cost"))
    args = parser.parse_args()
    print(measure.machine() + "\n")
    with tempfile.TemporaryDirectory() as folder:
        if args.only != "cost":
            during_a_sync(args, Path(folder) / "synced")
        if args.only != "pages":
            cost_of_versions(args, Path(folder) / "versions")


if __name__ == "__main__":
    main()
