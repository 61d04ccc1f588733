"""What it costs to find the kin of a whole library: `python -m benchmarks.related_build --library DIR`.

Runs `trialkin rebuild --only kin` in that library and watches all of its processes (Linux): time by stage, processor
time, and memory as the sum over the processes at its highest, once with shared pages split between them
(proportional set size) and once as what belongs to the processes alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import threading
import time
from pathlib import Path

from benchmarks import measure
from trialkin.library import Library

_EVERY = 0.5
_FIELDS = {"Pss:": "whole", "Pss_Anon:": "own"}


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.related_build", description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    args = parser.parse_args()
    with Library(args.library) as library:
        studies = len(library)
    began = time.monotonic()
    command = measure.trialkin("rebuild", "--only", "kin", "--library", str(args.library))
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=measure.environment())
    stages: dict[str, float] = {}
    peaks: dict[str, float] = {}
    watcher = threading.Thread(target=_watch, args=(process, peaks))
    watcher.start()
    for line in process.stderr or ():
        print(line, end="", flush=True)
        stages.setdefault(line.partition(":")[0].strip(), round(time.monotonic() - began, 1))
    process.wait()
    watcher.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    size = measure.size_of(args.library / "kin")
    answer = {
        "machine": measure.machine(),
        "status": process.returncode,
        "studies": studies,
        "minutes": round((time.monotonic() - began) / 60, 2),
        "processor_minutes": round((used.ru_utime + used.ru_stime) / 60, 2),
        "first_word_of_stage_at_s": stages,
        "peak_mb_of_all_processes": {name: round(value) for name, value in peaks.items()},
        "kin_folder": measure.megabytes(size),
        "bytes_a_study": size // max(1, studies),
    }
    print(json.dumps(answer))


def _watch(process: subprocess.Popen[str], peaks: dict[str, float]) -> None:
    while process.poll() is None:
        now = dict.fromkeys(_FIELDS.values(), 0.0)
        for pid in _family(process.pid):
            for name, value in _memory(pid).items():
                now[name] += value
        for name, value in now.items():
            peaks[name] = max(peaks.get(name, 0.0), value)
        time.sleep(_EVERY)


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in _text(task).split()]
    return found


def _memory(pid: int) -> dict[str, float]:
    lines = (line.split() for line in _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines())
    return {_FIELDS[words[0]]: int(words[1]) / 1024 for words in lines if words and words[0] in _FIELDS}


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has ended
        return ""


if __name__ == "__main__":
    main()
