"""A silver set that the library makes itself: studies that name each other, with every such mention masked."""

from __future__ import annotations

import re

import numpy as np

from trialkin.indexes.related.combine import NAMES, default_weights, likenesses
from trialkin.indexes.related.learnt import Learnt, Portrait
from trialkin.indexes.related.signals.programme import named_by
from trialkin.library import Library
from trialkin.model import Study, read_study
from trialkin.reading.passages import Reading

_NCT = re.compile(rb"NCT[0-9]{8}")
_MOST = 100
_POOL = 200


def run(library: Library, learnt: Learnt) -> dict[str, object]:
    """MRR and R@10 of the named study among all studies, for at most 100 studies that name another one here.

    The sponsor and shared ids are left out too (the programme signal does not count). Candidates are the nearest
    200 by text vector; a named study outside them counts as not found.
    """
    ids, vectors, pairs = [], [], {}
    for _, nct_id, study in library.studies():
        if study is None:
            continue
        reading = Reading(study)
        named = named_by(reading)
        portrait = learnt.portrait(Reading(_masked(library, nct_id))) if named else learnt.portrait(reading)
        if portrait.vector is not None:
            ids.append(nct_id)
            vectors.append(portrait.vector)
        if named:
            pairs[nct_id] = named
    matrix = np.stack(vectors)
    row = {name: place for place, name in enumerate(ids)}
    pairs = {name: named & row.keys() for name, named in pairs.items() if named & row.keys() and name in row}
    asked = sorted(pairs)[:: max(1, len(pairs) // _MOST)]
    weights = {name: weight for name, weight in default_weights().items() if name != "programme"}
    ranks = [_rank(library, learnt, name, pairs[name], matrix, ids, row, weights) for name in asked]
    return {
        "studies_naming_another": len(pairs),
        "asked": len(ranks),
        "mrr": round(float(np.mean([1 / rank if rank else 0.0 for rank in ranks])), 4),
        "recall_at_10": round(float(np.mean([bool(rank and rank <= 10) for rank in ranks])), 4),
    }


def _masked(library: Library, nct_id: str) -> Study:
    """The record with every other study's id replaced."""
    raw = library.find(nct_id).record.raw or b""
    own = nct_id.encode()
    return read_study(_NCT.sub(lambda match: match[0] if match[0] == own else b"another study", raw))


def _rank(
    library: Library,
    learnt: Learnt,
    name: str,
    named: frozenset[str] | set[str],
    matrix: np.ndarray,
    ids: list[str],
    row: dict[str, int],
    weights: dict[str, float],
) -> int:
    """The rank of the best named study, from 1; 0 when none is among the candidates."""
    target = learnt.portrait(Reading(_masked(library, name)))
    near = np.argsort(-(matrix @ matrix[row[name]]))[:_POOL]
    scored: list[tuple[float, str]] = []
    for place in near:
        if ids[place] == name:
            continue
        found = likenesses(target, _portrait(library, learnt, ids[place]))
        scored.append((sum(weights.get(key, 0.0) * (found[key] or 0.0) for key in NAMES), ids[place]))
    ranked = [other for _, other in sorted(scored, reverse=True)]
    return next((rank for rank, other in enumerate(ranked, start=1) if other in named), 0)


def _portrait(library: Library, learnt: Learnt, nct_id: str) -> Portrait:
    return learnt.portrait(Reading(_masked(library, nct_id)))
