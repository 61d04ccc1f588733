"""How long pictures take: the largest study pages with results, and the landscape of a large library.

    python -m benchmarks.pictures pages LIBRARY
    python -m benchmarks.pictures landscape --count 600000 [--folder DIR]

`pages` times the whole answer (record read, page built, HTML rendered) of the largest records with results; the
yardstick of the same run is `json.loads` and `json.dumps` of the same record. `landscape` indexes that many studies,
drawn from the real ones with one module exchanged as `benchmarks.generate` does, but only the fields that a
landscape reads (text fields play no part in it), and times all studies and three searches; the yardstick is the
plain count of the same search. CPU time is given beside wall time: it says more on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from trialkin import Library
from trialkin.indexes.search.engine import Request, answer
from trialkin.indexes.search.index import SearchIndex
from trialkin.indexes.search.landscape import landscape
from trialkin.model import Study, read_study
from trialkin.views.landscape import landscape_page
from trialkin.views.search import address
from trialkin.views.study import page_context, study_page
from trialkin.web.render import environment

RUNS = 9


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Median wall and CPU milliseconds of RUNS runs after one that warms up."""
    work()
    walls, cpus = [], []
    for _ in range(RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return statistics.median(walls), statistics.median(cpus)


def pages(folder: Path, *, count: int = 6) -> list[dict[str, object]]:
    """The pages of the largest records with results."""
    rows = []
    with Library(folder) as library:
        sizes = [
            (len(record.raw), record.nct_id)
            for record in library.store.records()
            if record.raw and b'"resultsSection"' in record.raw
        ]
        template = environment().get_template("study.html")

        def html(nct_id: str) -> str:
            shown = study_page(page_context(library.page(nct_id)))
            return template.render(page=shown, data_timestamp="", status=200)

        for size, nct_id in sorted(sizes, reverse=True)[:count]:
            wall, cpu = timed(lambda nct_id=nct_id: html(nct_id))
            raw = library.find(nct_id).record.raw
            _, json_cpu = timed(lambda raw=raw: json.dumps(json.loads(raw)))
            rows.append(
                {"study": nct_id, "record_kb": size // 1024, "page_kb": len(html(nct_id)) // 1024,
                 "wall_ms": round(wall), "cpu_ms": round(cpu), "json_cpu_ms": round(json_cpu, 1)}
            )  # fmt: skip
    return rows


def _real(corpus: Path) -> list[Study]:
    from benchmarks.generate import load

    studies = []
    for sections in load(corpus):
        raw = {**sections, "protocolSection": dict(sections["protocolSection"])}
        raw.pop("resultsSection", None)
        studies.append(read_study(msgspec.json.encode(raw)))
    return studies


def _drawn(studies: list[Study], count: int) -> Iterator[tuple[int, str, Study | None]]:
    """Studies with the sponsor and status of another one, so that combinations are as many as in a real registry."""
    draw = random.Random(7)
    for number in range(1, count + 1):
        base, donor = draw.choices(studies, k=2)
        section = msgspec.structs.replace(
            base.protocol_section,
            status_module=donor.protocol_section.status_module,
            sponsor_collaborators_module=donor.protocol_section.sponsor_collaborators_module,
        )
        yield number, f"NCT{80_000_000 + number:08d}", msgspec.structs.replace(base, protocol_section=section)


def _light_index(folder: Path, studies: list[Study], count: int) -> SearchIndex:
    """An index of `count` studies without text but the words of title and condition."""
    from trialkin.indexes.search import document, fields, index

    kept = tuple(field for field in fields.TEXT_FIELDS if field.name in ("brief_title", "condition", "nct_id"))
    original = document.TEXT_FIELDS
    document.TEXT_FIELDS = kept  # type: ignore[misc]  # this process only measures
    try:
        found = index.SearchIndex(folder)
        if found.seq < count:
            found.rebuild(_drawn(studies, count), upto=count)
        return found
    finally:
        document.TEXT_FIELDS = original  # type: ignore[misc]


def landscapes(corpus: Path, folder: Path, *, count: int) -> list[dict[str, object]]:
    """The landscape of everything and of three searches."""
    found = _light_index(folder, _real(corpus), count)
    rows = []
    for text in ("", "cancer", "asthma", "status:recruiting phase:2"):
        request = Request(text, facets=(), limit=0)

        def drawn(request: Request = request) -> object:
            return landscape_page(landscape(found, request), request=request, link=address)

        wall, cpu = timed(drawn)
        counted, _ = timed(lambda request=request: answer(found, request).total)
        rows.append(
            {"search": text or "everything", "studies": answer(found, request).total, "wall_ms": round(wall, 1),
             "cpu_ms": round(cpu, 1), "count_alone_ms": round(counted, 1)}
        )  # fmt: skip
    return rows


def main() -> None:
    """Measure and print a table and one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    of_pages = parts.add_parser("pages")
    of_pages.add_argument("library", type=Path)
    of_landscape = parts.add_parser("landscape")
    of_landscape.add_argument(
        "--corpus", type=Path, default=Path(os.environ.get("TRIALKIN_CORPUS", "../shared/data"))
    )
    of_landscape.add_argument("--count", type=int, default=600_000)
    of_landscape.add_argument("--folder", type=Path, help="Keep the index here and use it again.")
    asked = parser.parse_args()
    if asked.part == "pages":
        rows = pages(asked.library)
    else:
        with tempfile.TemporaryDirectory() as scratch:
            rows = landscapes(asked.corpus, asked.folder or Path(scratch), count=asked.count)
    for row in rows:
        print("  ".join(f"{key} {value}" for key, value in row.items()))
    load = os.getloadavg()[0]
    print(
        json.dumps(
            {"cores": os.cpu_count(), "load": round(load, 1), "python": platform.python_version(), "rows": rows}
        )
    )


if __name__ == "__main__":
    main()
