"""How fast eligibility texts are read, against splitting them into items alone, on one core.

    python -m benchmarks.eligibility CORPUS.zip [--every N]
    python -m benchmarks.eligibility CORPUS.zip --before OTHER/src     an older checkout too, in turn

CPU seconds of this process, so that a busy machine does not count. The peer is the least that any reader must do:
finding the items (`eligibility.split`) and tokenising their words.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from trialkin.model import read_study
from trialkin.reading.criteria import parse_criteria, split

_WORD = re.compile(r"\w+")


def texts(path: Path, *, every: int) -> list[str]:
    """The eligibility texts of every n-th record of a bulk zip."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))
        studies = (read_study(archive.read(name)) for name in names[::every])
        return [study.eligibility.eligibility_criteria or "" for study in studies]


def _tokenised(text: str) -> None:
    for item in split(text).items:
        _WORD.findall(item.text)


def _rate(read: Callable[[str], object], found: list[str]) -> float:
    started = time.process_time()
    for text in found:
        read(text)
    return len(found) / (time.process_time() - started)


_READER = """
import json, sys, time
from trialkin.reading.criteria import parse_criteria
parse_criteria(json.loads(sys.stdin.readline())[0])
for line in sys.stdin:
    texts, started = json.loads(line), time.process_time()
    for text in texts:
        parse_criteria(text)
    print(time.process_time() - started, flush=True)
"""
"""A process of its own for each checkout, since both have the same name."""


def _in_turn(before: Path, found: list[str]) -> tuple[float, float]:
    """CPU seconds of the older checkout and of this one, so that the load of the machine is the same for both."""
    now = Path(__file__).parents[1] / "src"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", _READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(source)},
        )
        for source in (before, now)
    ]  # fmt: skip
    took = [0.0, 0.0]
    for begin in range(-10, len(found), 10):
        for index, reader in enumerate(readers):
            print(json.dumps(found[max(begin, 0) : begin + 10] or found[:1]), file=reader.stdin, flush=True)
            if begin >= 0 and reader.stdout:
                took[index] += float(reader.stdout.readline())
    for reader in readers:
        reader.communicate()
    return took[0], took[1]


def main() -> None:
    """Print one JSON object: studies per CPU second, errors, and the ratio to the peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--before", type=Path, help="the src folder of an older checkout, to be read in turn")
    args = parser.parse_args()
    found = [text for path in args.corpus for text in texts(path, every=args.every)]
    parse_criteria(found[0])
    rate, peer = _rate(parse_criteria, found), _rate(_tokenised, found)
    made = {
        "machine": f"{platform.machine()} {platform.system()}, Python {platform.python_version()}",
        "studies": len(found),
        "characters": sum(map(len, found)),
        "errors": 0,
        "studies_per_cpu_second": round(rate, 1),
        "split_and_tokenise_per_cpu_second": round(peer, 1),
        "times_the_work_of_splitting": round(peer / rate, 1),
    }
    figures = max(_rate(parse_criteria, ["12 " * 10_667]) for _ in range(3))
    made["figures_alone_32_kb_cpu_ms"] = round(1000 / figures, 1)
    if args.before:
        older, newer = _in_turn(args.before, found)
        made["in_turn_before_and_now"] = [round(len(found) / older, 1), round(len(found) / newer, 1)]
    sys.stdout.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
