"""How long it takes from starting a process to its answer; files in the page cache, modules compiled.

python -m benchmarks.start --library DIR
python -m benchmarks.start --library DIR --before OTHER/src     an older checkout too, in turn
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
from functools import partial
from pathlib import Path

from benchmarks import measure
from trialkin.library import Library

_REPEAT = 10


def commands(folder: Path, *, before: Path | None = None) -> str:
    """Commands that answer and end, those on a study for another one each time."""
    with Library(folder) as library:
        ids = random.Random(5).sample(list(library.store.nct_ids()), _REPEAT)
    asked = {
        "trialkin --help": ["--help"],
        "trialkin show ID": ["show", "ID"],
        "trialkin show ID --format raw": ["show", "ID", "--format", "raw"],
        "trialkin criteria ID": ["criteria", "ID"],
        'trialkin search "head and neck cancer"': ["search", "head and neck cancer"],
    }
    sources = [Path(__file__).parents[1] / "src", *([before] if before else [])]
    spent: dict[tuple[str, Path], list[float]] = {(name, source): [] for name in asked for source in sources}
    processor = dict.fromkeys(spent, 0.0)
    for nct_id in (ids[0], *ids):  # the first time fills the caches and does not count
        for name, source in spent:
            words = [nct_id if word == "ID" else word for word in asked[name]]
            began = _processor_seconds()
            spent[name, source].append(measure.timed(partial(_run, words, folder, source)) / 1000)
            processor[name, source] += _processor_seconds() - began
    rows = [
        (name, source if before else "", f"{statistics.median(times[1:]):.2f}", f"{min(times[1:]):.2f}",
         f"{processor[name, source] / len(times):.2f}")
        for (name, source), times in spent.items()
    ]  # fmt: skip
    return measure.table(("from start to answer", "checkout", "median s", "least s", "processor s"), rows)


def server(folder: Path) -> str:
    """`trialkin serve` until its first answer."""
    with Library(folder) as library:
        nct_id = next(library.store.nct_ids())
    rows = []
    for name, path in {
        "/health": "/health",
        "a study's page": f"/studies/{nct_id}",
        "a search": "/search?q=cancer",
    }.items():
        spent, before = [], _processor_seconds()
        for _ in range(3):
            port = measure.free_port()
            command = measure.trialkin("serve", "--port", str(port), "--library", str(folder))
            with measure.serving(command, port, path=path) as seconds:
                spent.append(seconds)
        processor = (_processor_seconds() - before) / len(spent)
        name = f"trialkin serve, until it answers {name}"
        rows.append((name, f"{statistics.median(spent):.2f}", f"{min(spent):.2f}", f"{processor:.2f}"))
    return measure.table(("from start to answer", "median s", "least s", "processor s"), rows)


def _processor_seconds() -> float:
    """Of all processes started so far that have ended."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(words: list[str], folder: Path, source: Path) -> None:
    environment = {**measure.environment(), "PYTHONPATH": str(source), "TRIALKIN_LIBRARY": str(folder)}
    quiet = subprocess.DEVNULL
    subprocess.run(measure.trialkin(*words), check=True, stdout=quiet, stderr=quiet, env=environment)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start", description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--before", type=Path, help="the src folder of an older checkout, to be started in turn")
    args = parser.parse_args()
    print(measure.machine())
    print("\n" + commands(args.library, before=args.before), flush=True)
    print("\n" + server(args.library))


if __name__ == "__main__":
    main()
