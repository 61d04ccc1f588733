"""How fast kin are found: reading, building, asking, live; at any size, by repeating a library's studies as rows.

    python -m benchmarks.related --library DIR [--rows 600000] [--sample 400]

The peer is the plain way to the same list: scoring every study of the library against one.
"""

from __future__ import annotations

import argparse
import json
import resource
import time

import numpy as np

from trialkin.library import Library
from trialkin.related.ask import nearest, study_of_text
from trialkin.related.combine import default_weights
from trialkin.related.learnt import traits
from trialkin.related.neighbours import Clusters, Finder
from trialkin.related.passages import Reading
from trialkin.related.rows import Rows

_BLOCK = 1_000


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", required=True)
    parser.add_argument("--rows", type=int, default=0, help="also: so many rows, made by repeating the library's")
    parser.add_argument("--sample", type=int, default=400)
    args = parser.parse_args()
    with Library(args.library) as library:
        found = _of_library(library, args.sample)
        if args.rows:
            found["at_scale"] = _at_scale(library.kin.state.rows, args.rows, args.sample)
    found["peak_rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(found))


def _of_library(library: Library, sample: int) -> dict[str, object]:
    ids = list(library.store.nct_ids())
    chosen = [ids[place] for place in np.random.default_rng(1).permutation(len(ids))[:sample]]
    studies = [library.study(one) for one in chosen]
    state = library.kin.state
    nearest(state, studies[0], limit=50)
    read = _each(lambda one: state.learnt.weighed(traits(Reading(one))), studies)
    asked = _each(lambda one: nearest(state, one, limit=50), studies)
    texts = [study_of_text(f"{one.title}\n{one.description.brief_summary or ''}") for one in studies]
    live = _each(lambda one: nearest(state, one, limit=50), texts)
    everything = np.arange(len(state.rows))

    def plainly(row: int) -> None:
        own = (*state.rows.terms(row), state.rows.vectors[row].astype(np.float32))
        scores, _ = state.finder.score(own, everything)
        np.argsort(-scores)[:50]

    peer = _each(plainly, list(range(min(20, len(ids)))))
    return {
        "studies": len(ids),
        "read_ms": read,
        "precomputed_ms": asked,
        "live_ms": live,
        "peer_scoring_all_ms": peer,
        "peer_over_precomputed": round(peer["median"] / asked["median"], 1),
    }


def _at_scale(rows: Rows, wanted: int, sample: int) -> dict[str, object]:
    """The parts of a build whose cost grows with the size, over repeated rows with a little noise in their vectors."""
    dice = np.random.default_rng(2)
    large = rows.taken(dice.integers(0, len(rows), wanted))
    for start in range(0, wanted, 20_000):
        part = large.vectors[start : start + 20_000].astype(np.float32)
        part += dice.normal(0, 0.02, part.shape).astype(np.float32)
        part /= np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-6)
        large.vectors[start : start + 20_000] = part
    started = time.perf_counter()
    clusters = Clusters.find(large.vectors)
    clustered = time.perf_counter() - started
    finder = Finder(large, clusters, default_weights())
    members = clusters.members()
    block = max(members, key=len)[:_BLOCK]
    started = time.perf_counter()
    near = np.concatenate([members[one] for one in np.argsort(-(clusters.centres @ clusters.centres[0]))[:24]])
    likeness = large.vectors[block].astype(np.float32) @ large.vectors[near].astype(np.float32).T
    best = np.argpartition(-likeness, 200, axis=1)[:, :200]
    pooled = (time.perf_counter() - started) / len(block)
    some = list(range(min(sample, len(block))))
    scored = _each(lambda one: finder.best(int(block[one]), near[best[one]]), some)

    def live(row: int) -> None:
        keys, values = large.terms(row)
        vector = large.vectors[row].astype(np.float32)
        others = np.union1d(finder.near(vector, pool=1000), finder.tied(keys))
        finder.score((keys, values, vector), others)

    asked = _each(live, [int(one) for one in dice.integers(0, wanted, 50)])
    return {
        "rows": wanted,
        "clusters_s": round(clustered, 1),
        "graph_minutes_one_core": round(wanted * (pooled + scored["mean"] / 1000) / 60, 1),
        "live_without_reading_ms": asked,
    }


def _each(act, things: list) -> dict[str, float]:  # type: ignore[type-arg, no-untyped-def]
    times = []
    for one in things:
        started = time.perf_counter()
        act(one)
        times.append(1000 * (time.perf_counter() - started))
    return {
        "median": round(float(np.median(times)), 2),
        "p95": round(float(np.quantile(times, 0.95)), 2),
        "mean": round(float(np.mean(times)), 2),
    }


if __name__ == "__main__":
    main()
