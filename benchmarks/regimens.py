"""How fast dosing texts are read, against a plain scan for quantities and a JSON round trip, on one core.

    python -m benchmarks.regimens CORPUS.zip [--every N]

CPU seconds of this process, so that a busy machine does not count. The peers are the least that any reader must do:
finding numbers with a unit by one regular expression, and writing and reading the text as JSON.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from trialkin.model import Study, read_study
from trialkin.reading.doses import read_regimens

_QUANTITY = re.compile(
    r"\d+(?:[.,]\d+)?(?:\s*(?:-|to)\s*\d+(?:[.,]\d+)?)?\s*(?:mg|mcg|g|ml|iu|units?|gy|cgy|%)(?:/\w+)*", re.I
)

Text = tuple[str, str]


def studies(path: Path, *, every: int) -> list[Study]:
    """Every n-th record of a bulk zip."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))
        return [read_study(archive.read(name)) for name in names[::every]]


def texts(study: Study) -> Iterator[Text]:
    """Name and text of every arm and intervention that has a text."""
    for arm in study.arm_groups:
        if arm.description:
            yield arm.label or "", arm.description
    for one in study.interventions:
        if one.description:
            yield one.name or "", one.description


def _rate(read: Callable[[Text], object], found: list[Text]) -> float:
    started = time.process_time()
    for text in found:
        read(text)
    return len(found) / (time.process_time() - started)


def main() -> None:
    """Print one JSON object: texts and studies per CPU second, and how much more work than the peers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, help="take every n-th record")
    given = parser.parse_args()
    read = [study for path in given.corpus for study in studies(path, every=given.every)]
    found = [text for study in read for text in texts(study)]
    _rate(lambda text: read_regimens(text[1], name=text[0]), found[:50])
    rate = _rate(lambda text: read_regimens(text[1], name=text[0]), found)
    scan = _rate(lambda text: _QUANTITY.findall(text[1]), found)
    trip = _rate(lambda text: json.loads(json.dumps(text[1])), found)
    made = {
        "python": platform.python_version(),
        "studies": len(read),
        "texts": len(found),
        "characters": sum(len(text) for _, text in found),
        "texts_per_cpu_second": round(rate, 1),
        "studies_per_cpu_second": round(rate * len(read) / len(found), 1),
        "quantity_scan_texts_per_cpu_second": round(scan, 1),
        "json_round_trip_texts_per_cpu_second": round(trip, 1),
        "times_the_work_of_the_quantity_scan": round(scan / rate, 1),
        "times_the_work_of_the_json_round_trip": round(trip / rate, 1),
    }
    sys.stdout.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
