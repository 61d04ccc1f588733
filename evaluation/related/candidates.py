"""What the choice of candidates loses: of the ten best by scoring everything, how many are scored at all."""

from __future__ import annotations

import numpy as np

from trialkin.indexes.related.neighbours import POOL
from trialkin.library import Library

from .measures import SEED

_DRAWN = 80
_BEST = 10


def run(library: Library) -> dict[str, object]:
    """Share of the ten best that are among the candidates, by pool size, for studies drawn at random."""
    state = library.kin.state
    everything = np.arange(len(state.rows))
    drawn = np.random.default_rng(SEED).permutation(everything)[:_DRAWN].tolist()
    held: dict[int, list[float]] = {POOL // 2: [], POOL: [], 2 * POOL: []}
    for row in drawn:
        own = (*state.rows.terms(row), state.rows.vectors[row].astype(np.float32))
        scores, _ = state.finder.score(own, everything)
        scores[row] = -np.inf
        best = np.argsort(-scores)[:_BEST]
        for pool, shares in held.items():
            near = np.union1d(state.finder.near(own[2], pool=pool + 1), state.finder.tied(own[0]))
            shares.append(float(np.isin(best, near).mean()))
    return {f"pool_{pool}": round(float(np.mean(shares)), 4) for pool, shares in held.items()}
