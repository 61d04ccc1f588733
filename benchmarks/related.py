"""How fast kin are found in a library that has them: reading, asking, live. To find them: `benchmarks.related_build`.

    python -m benchmarks.related --library DIR [--sample 400]

The peer is the plain way to the same list: scoring every study of the library against one.
"""

from __future__ import annotations

import argparse
import json
import resource
import time

import numpy as np

from trialkin.indexes.related.ask import nearest, study_of_text
from trialkin.indexes.related.learnt import traits
from trialkin.library import Library
from trialkin.reading.passages import Reading


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", required=True)
    parser.add_argument("--sample", type=int, default=400)
    args = parser.parse_args()
    with Library(args.library) as library:
        found = _of_library(library, args.sample)
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
