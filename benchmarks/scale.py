"""What a whole registry costs: import, memory, disk, start, and the daily update.

`python -m benchmarks.scale ZIP --library DIR` imports a bulk zip (made by `python -m benchmarks.generate`) into a
new library and measures each stage in a process of its own; with `--keep` the library is taken as it is. Then:
bytes on disk by part, start of `serve` and of answers on the command line, and an update in which `--changed`
studies have a newer version, while a reader asks for pages.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec

from benchmarks import measure, start
from trialkin.library import Library
from trialkin.log.intake import import_paths


def stages(zip_path: Path, folder: Path) -> Iterator[dict[str, object]]:
    """Import stage by stage: into the log, then each projection."""
    import resource

    def cost(stage: str, studies: int) -> dict[str, object]:
        used = resource.getrusage(resource.RUSAGE_SELF)
        now = time.monotonic(), used.ru_utime + used.ru_stime
        seconds, processor = now[0] - began[0], now[1] - began[1]
        began[:] = now
        return {
            "stage": stage,
            "studies": studies,
            "seconds": round(seconds, 1),
            "processor_seconds": round(processor, 1),
            "peak_mb": used.ru_maxrss // 1024,
        }

    began = [time.monotonic(), 0.0]
    with Library(folder, create=True) as library, library.store.writing():
        run = import_paths(library.store, [zip_path], repair=False, progress=lambda *_: None)
        yield cost("records into the log", run.counts["read"] - run.counts["unchanged"])
        library.catch_up()
        yield cost("projections (search index and all others)", len(library))


def in_a_process(*words: str) -> list[dict[str, object]]:
    """Run a stage of this benchmark in a new process, so that peaks of memory are its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale", *words], check=True, stdout=subprocess.PIPE, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def stage_table(found: list[dict[str, object]]) -> str:
    """Stages as a table."""
    head = ("stage", "studies", "s", "processor s", "peak MB so far")
    keys = ("stage", "studies", "seconds", "processor_seconds", "peak_mb")
    rows = [[f"{row[key]:,}" if isinstance(row[key], int) else row[key] for key in keys] for row in found]
    return measure.table(head, rows)


def disk_table(folder: Path) -> str:
    """Bytes by part of the library folder."""
    with Library(folder) as library:
        count = max(1, len(library))
    parts = sorted(folder.iterdir(), key=measure.size_of, reverse=True)
    rows = [
        (each.name, measure.megabytes(measure.size_of(each)), measure.size_of(each) // count) for each in parts
    ]
    whole = measure.size_of(folder)
    return measure.table(
        ("part", "size", "bytes a study"), [*rows, ("all", measure.megabytes(whole), whole // count)]
    )


def changed_zip(folder: Path, out: Path, *, count: int, titles: bool) -> None:
    """Newer versions of studies of the library: other dates of update and status, and with `titles` a word more."""
    stamp = time.strftime("%Y-%m-%d")
    with Library(folder) as library, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        ids = list(library.store.nct_ids())
        for nct_id in random.Random(5).sample(ids, min(count, len(ids))):
            record = msgspec.json.decode(library.find(nct_id).record.raw or b"")
            protocol = record["protocolSection"]
            protocol.setdefault("statusModule", {})["lastUpdatePostDateStruct"] = {"date": stamp, "type": "ACTUAL"}
            protocol["statusModule"]["statusVerifiedDate"] = f"{1990 + time.time_ns() % 37}-06"
            if titles:
                protocol["identificationModule"]["briefTitle"] = f"{library.study(nct_id).title} {time.time_ns()}"
            archive.writestr(f"{nct_id}.json", msgspec.json.encode(record))


def update(folder: Path, *, count: int, titles: bool) -> tuple[list[dict[str, object]], str]:
    """Take newer versions in while one reader asks for study pages and searches; their times, quiet and meanwhile."""
    port = measure.free_port()
    with tempfile.TemporaryDirectory() as scratch:
        newer = Path(scratch) / "changed.zip"
        changed_zip(folder, newer, count=count, titles=titles)
        with Library(folder) as library:
            ids = random.Random(6).sample(list(library.store.nct_ids()), 200)
        command = measure.trialkin("serve", "--port", str(port), "--library", str(folder))
        with measure.serving(command, port, path="/search?q=cancer"):
            quiet = _read(port, ids, threading.Event(), most=200)
            done = threading.Event()
            meanwhile: list[dict[str, measure.Times]] = []
            reader = threading.Thread(target=lambda: meanwhile.append(_read(port, ids, done)))
            reader.start()
            found = in_a_process(str(newer), "--library", str(folder), "--only-import")
            done.set()
            reader.join()
    rows = [(name, quiet[name].cell(), meanwhile[0][name].cell()) for name in quiet]
    return found, measure.table(("reader meanwhile", "quiet p50 / p95 / p99 ms", "during the update"), rows)


def _read(port: int, ids: list[str], done: threading.Event, *, most: int = 1_000_000) -> dict[str, measure.Times]:
    times = {"study page": measure.Times([]), "search": measure.Times([])}
    client = measure.Client(port)
    for turn in range(most):
        if done.is_set():
            break
        path = f"/studies/{ids[turn % len(ids)]}"
        times["study page"].values.append(measure.timed(partial(client.get, path)))
        times["search"].values.append(measure.timed(lambda: client.get("/search?q=lung+cancer")))
    return times


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("zip", type=Path)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--keep", action="store_true", help="measure the library as it is, without the import")
    parser.add_argument("--changed", type=int, default=5000, help="studies in the update")
    parser.add_argument("--only-update", action="store_true", help="leave out disk and start")
    parser.add_argument("--only-import", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only_import:
        for stage in stages(args.zip, args.library):
            print(json.dumps(stage), flush=True)
        return
    print(measure.machine())
    if not args.keep:
        print("\n" + stage_table(in_a_process(str(args.zip), "--library", str(args.library), "--only-import")))
    if not args.only_update:
        print("\n" + disk_table(args.library))
        print("\n" + start.commands(args.library) + "\n\n" + start.server(args.library), flush=True)
    for titles, what in ((False, "dates"), (True, "dates and titles, so that kin change too")):
        found, reader = update(args.library, count=args.changed, titles=titles)
        print(f"\nAn update of {args.changed:,} studies: {what}\n\n{stage_table(found)}\n\n{reader}", flush=True)


if __name__ == "__main__":
    main()
