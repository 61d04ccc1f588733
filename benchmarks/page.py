"""How fast a study's page is served and how many bytes it has: `python -m benchmarks.page --library DIR [--peer FILE]`.

One client over loopback, a new study each time, so nothing is answered from a cache; beside it the same records
asked of Datasette (`python -m benchmarks.peer`), in turn. The time in the server alone is measured on the view and
its template in process.
"""

from __future__ import annotations

import argparse
import contextlib
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote

from benchmarks import measure
from trialkin.library import Library

FORMS = {"page": "", ".json": ".json", ".txt": ".txt"}


def pick(library: Library, *, count: int, seed: int) -> dict[str, list[str]]:
    """Ids of studies without and with posted results."""
    draw = random.Random(seed)
    ids = list(library.store.nct_ids())
    found: dict[str, list[str]] = {"without results": [], "with results": []}
    for nct_id in draw.choices(ids, k=100 * count):
        group = found["with results" if library.study(nct_id).results_section else "without results"]
        if len(group) < count and nct_id not in group:
            group.append(nct_id)
        if all(len(each) >= count for each in found.values()):
            break
    return found


def in_process(library: Library, groups: dict[str, list[str]]) -> Iterator[tuple[object, ...]]:
    """Time for reading the record, building the view and rendering, section by section where it counts."""
    from trialkin.views.study import page_context, study_page
    from trialkin.web.render import environment

    template = environment().get_template("study.html")

    def act(nct_id: str) -> object:
        return template.render(
            data_timestamp=library.data_timestamp,
            status=200,
            page=study_page(page_context(library.page(nct_id, related=True))),
        )

    def section(key: str, nct_id: str) -> object:
        return study_page(page_context(library.page(nct_id, related=True)), only=key)

    for name, ids in groups.items():
        act(ids[0])
        yield f"whole page, {name}", _times(act, ids).cell()
        yield f"record read and typed, {name}", _times(library.study, ids).cell()
    for key in ("eligibility", "related"):
        for name, ids in groups.items():
            times = _times(partial(section, key), ids)
            yield f"section “{key}”, {name}", times.cell()


def _times(act: Callable[[str], object], ids: list[str]) -> measure.Times:
    return measure.Times([measure.timed(partial(act, nct_id)) for nct_id in ids])


def over_http(library: Path, groups: dict[str, list[str]], database: Path | None) -> Iterator[tuple[object, ...]]:
    """A row for each form and group: time, bytes, and the peer's page or JSON of the same row."""
    port, other = measure.free_port(), measure.free_port()
    with contextlib.ExitStack() as stack:
        command = measure.trialkin("serve", "--port", str(port), "--library", str(library))
        stack.enter_context(measure.serving(command, port, path="/health"))
        ours, theirs = measure.Client(port), None
        stem = quote(database.stem) if database else ""
        if database:
            command = measure.datasette(database, other)
            stack.enter_context(measure.serving(command, other, path="/-/versions.json"))
            theirs = measure.Client(other)
        for form, ending in FORMS.items():
            for name, ids in groups.items():
                paths = [(f"/studies/{nct_id}{ending}", f"/{stem}/studies/{nct_id}{ending}") for nct_id in ids]
                yield f"{form}, {name}", *_both(ours, None if ending == ".txt" else theirs, paths)


def _both(ours: measure.Client, theirs: measure.Client | None, paths: list[tuple[str, str]]) -> tuple[object, ...]:
    """Ask both for the same studies in turn, after one request each to warm up."""
    times, peers = measure.Times([]), measure.Times([])
    sizes: list[int] = []
    for turn, (path, row) in enumerate([paths[0], *paths]):
        spent = measure.timed(partial(_sized, ours, path, sizes))
        beside = None
        if theirs:
            with contextlib.suppress(OSError):  # not among the peer's rows
                beside = measure.timed(partial(theirs.get, row))
        if turn:
            times.values.append(spent)
            peers.values += [] if beside is None else [beside]
    size = " / ".join(f"{measure.percentile(sizes, share) / 1000:,.0f}" for share in (0.5, 0.95, 1.0))
    return len(paths), times.cell(), size, peers.cell(), measure.ratio(times, peers, 0.5)


def _sized(client: measure.Client, path: str, sizes: list[int]) -> None:
    sizes.append(len(client.get(path)))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--peer", type=Path, help="database of benchmarks.peer, of the same studies")
    parser.add_argument("--count", type=int, default=200, help="studies of each group")
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    print(measure.machine())
    with Library(args.library) as library:
        groups = pick(library, count=args.count, seed=args.seed)
        print(f"{len(library):,} studies\n")
        print(measure.table(("in process", "p50 / p95 / p99 ms"), in_process(library, groups)), flush=True)
    head = (
        "over HTTP, one client",
        "asked",
        "Trialkin p50 / p95 / p99 ms",
        "kB p50 / p95 / most",
        "Datasette p50 / p95 / p99 ms",
        "ratio p50",
    )
    print("\n" + measure.table(head, over_http(args.library, groups, args.peer)))


if __name__ == "__main__":
    main()
