"""How fast all studies leave the library as NDJSON: `python -m benchmarks.doors --library DIR`.

Beside it, in turn in one run, the peer: reading the stored bytes of every record in the log's own order.
"""

from __future__ import annotations

import argparse
import statistics
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from benchmarks import measure
from tests.serving import serving
from trialkin.library import Library

CHUNK = 1024 * 1024


def rate(read: Callable[[], int]) -> float:
    """Megabytes a second of one reading."""
    begun = time.perf_counter()
    size = read()
    return size / 1e6 / (time.perf_counter() - begun)


def over_http(address: str) -> int:
    """Take the stream as fast as it comes; its size."""
    size = 0
    with urllib.request.urlopen(f"{address}/api/trialkin/v1/studies.ndjson") as answer:
        while piece := answer.read(CHUNK):
            size += len(piece)
    return size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with Library(given.library) as library, serving(given.library) as address:
        ways: dict[str, Callable[[], int]] = {
            "reading the stored bytes": lambda: sum(len(r.raw) for r in library.store.records() if r.raw),
            "Library.export": lambda: sum(map(len, library.export(format="ndjson"))),
            "over HTTP": lambda: over_http(address),
        }
        rates: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(given.rounds):
            for name, read in ways.items():
                rates[name].append(rate(read))
    peer = statistics.median(rates["reading the stored bytes"])
    print(measure.machine())
    for name, found in rates.items():
        print(
            f"{name}: {statistics.median(found):.0f} MB/s, {peer / statistics.median(found):.2f} of the peer's time"
        )


if __name__ == "__main__":
    main()
