"""How long a study page takes and how large it is: `python -m benchmarks.study_page --library DIR`.

An even sample of the library's studies, each page made from the stored bytes to the finished HTML: CPU time, best of
three. The named peer is pretty-printing the same record (json.loads and json.dumps with indent), the least that a page
showing the whole record must do.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from pathlib import Path

from trialkin.library import Library
from trialkin.views.study import page_context, study_page
from trialkin.web.render import environment


def main() -> None:
    """Measure and print one table row per group of studies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=300)
    asked = parser.parse_args()
    template = environment().get_template("study.html")
    measured: dict[str, list[tuple[float, float, int]]] = {"without results": [], "with results": []}
    with Library(asked.library) as library:
        ids = [nct_id for _, nct_id, study in library.studies() if study is not None]
        for nct_id in ids[:: max(1, len(ids) // asked.pages)]:
            seconds, size, posted = _page(library, template, nct_id)
            raw = library.find(nct_id).record.raw or b"{}"
            measured["with results" if posted else "without results"].append((seconds, _peer(raw), size))
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for name, rows in measured.items():
        if rows:
            print(_summary(name, rows))


def _page(library: Library, template, nct_id: str) -> tuple[float, int, bool]:  # type: ignore[no-untyped-def]
    best, size, posted = float("inf"), 0, False
    for _ in range(3):
        start = time.process_time()
        context = page_context(library.page(nct_id))
        html = template.render(page=study_page(context), data_timestamp="", status=200)
        best = min(best, time.process_time() - start)
        size, posted = len(html.encode()), context.study.results_section is not None
    return best, size, posted


def _peer(raw: bytes) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        json.dumps(json.loads(raw), indent=1)
        best = min(best, time.process_time() - start)
    return best


def _summary(name: str, rows: list[tuple[float, float, int]]) -> str:
    def at(values: list[float], share: float) -> float:
        return sorted(values)[min(len(values) - 1, int(share * len(values)))]

    times, ratios = [row[0] * 1000 for row in rows], [row[0] / row[1] for row in rows]
    sizes = [row[2] / 1000 for row in rows]
    parts = [f"{name}: {len(rows)} pages"]
    parts.append(f"CPU ms median {at(times, 0.5):.1f}, p95 {at(times, 0.95):.1f}, max {max(times):.1f}")
    parts.append(f"kB median {at(sizes, 0.5):.0f}, p95 {at(sizes, 0.95):.0f}, max {max(sizes):.0f}")
    parts.append(f"{at(ratios, 0.5):.0f} times pretty-printing its JSON")
    return "; ".join(parts)


if __name__ == "__main__":
    main()
