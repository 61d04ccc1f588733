"""How fast eligibility texts are read, against splitting them into items alone, on one core.

    python -m benchmarks.eligibility CORPUS.zip [--every N]

CPU seconds of this process, so that a busy machine does not count. The peer is the least that any reader must do:
finding the items (`eligibility.split`) and tokenising their words.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from trialkin.eligibility import parse_criteria, split
from trialkin.model import read_study

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


def main() -> None:
    """Print one JSON object: studies per CPU second, errors, and the ratio to the peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1)
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
    sys.stdout.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
