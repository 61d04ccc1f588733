"""How well kin are found: graded candidates, baselines, ablation, and studies that name each other.

    python -m evaluation related --labels LABELS --library DIR [--silver] [--candidates] [--fit]

LABELS holds grades.tsv (target, candidate, grade 0-3). --fit also writes the weights that the package ships.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from trialkin.indexes import related
from trialkin.indexes.related.combine import FACET_OF, NAMES, default_weights, likenesses
from trialkin.indexes.related.learnt import SAMPLE, Portrait, Traits, learn, traits
from trialkin.indexes.related.signals import FACETS
from trialkin.library import Library
from trialkin.reading.passages import Reading

from . import candidates, silver
from .baselines import Baselines
from .fit import cross_validated, fit, write_weights
from .measures import Graded, figures, interval, ndcg_at_10, ndcg_of, read_grades

_TURNS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--labels", type=Path, required=True, help="folder with grades.tsv")
    parser.add_argument("--grades", default="grades.tsv", help="another file of that folder, such as grades_2.tsv")
    parser.add_argument("--library", type=Path, required=True, help="folder of a library with the judged studies")
    parser.add_argument("--silver", action="store_true", help="also: studies that name each other (minutes)")
    parser.add_argument("--candidates", action="store_true", help="also: what the choice of candidates loses")
    parser.add_argument("--fit", action="store_true", help="write the fitted weights into the package")
    parser.add_argument("--no-baselines", action="store_true", help="leave out the peers")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Every figure; the last line of the output."""
    graded = read_grades(args.labels / args.grades)
    wanted = frozenset(name for one in graded for name in (one.target, *one.candidates))
    with Library(args.library) as library:
        present = frozenset(nct_id for _, nct_id, study in library.studies() if study is not None) & wanted
        graded = [kept for one in graded if (kept := _present(one, present)) is not None]
        learnt = learn(_sample(library))
        portraits = {name: learnt.portrait(Reading(library.study(name))) for name in sorted(present)}
        features = [_features(one, portraits) for one in graded]
        if args.fit:
            write_weights(Path(related.__file__).parent / "weights.tsv", fit(features, graded))
            default_weights.cache_clear()
        answer: dict[str, object] = {
            "targets": len(graded),
            "pairs": sum(len(one.grades) for one in graded),
            "missing": len(wanted - present),
            **_shipped(features, graded),
        }
        if not args.no_baselines:
            weights = np.asarray([default_weights().get(name, 0.0) for name in NAMES])
            ours = ndcg_of(graded, lambda place: features[place] @ weights)
            answer["baselines"] = _baselines(library, wanted & present, graded, ours)
        if args.silver:
            answer["silver"] = silver.run(library, learnt)
        if args.candidates:
            answer["ten_best_among_candidates"] = candidates.run(library)
    _tell(answer)
    return answer


def _present(one: Graded, present: frozenset[str]) -> Graded | None:
    if one.target not in present:
        return None
    kept = [pair for pair in zip(one.candidates, one.grades, strict=True) if pair[0] in present]
    return Graded(one.target, tuple(name for name, _ in kept), tuple(grade for _, grade in kept)) if kept else None


def _sample(library: Library) -> list[Traits]:
    step = max(1, -(-len(library) // SAMPLE))
    numbered = enumerate(library.studies())
    return [traits(Reading(study)) for place, (_, _, study) in numbered if study and place % step == 0]


def _features(one: Graded, portraits: dict[str, Portrait]) -> np.ndarray:
    rows = []
    for candidate in one.candidates:
        found = likenesses(portraits[one.target], portraits[candidate])
        rows.append([found[name] or 0.0 for name in NAMES])
    return np.asarray(rows)


def _shipped(features: Sequence[np.ndarray], graded: Sequence[Graded]) -> dict[str, object]:
    weights = np.asarray([default_weights().get(name, 0.0) for name in NAMES])
    shipped = figures(graded, lambda place: features[place] @ weights)
    turns = [cross_validated(features, graded, turn=turn) for turn in range(_TURNS)]
    held_out = [
        float(np.mean([ndcg_at_10(one.grades, list(given)) for one, given in zip(graded, turn, strict=True)]))
        for turn in turns
    ]
    first = figures(graded, lambda place: turns[0][place])
    return {
        **shipped,
        "ndcg_at_10_cross_validated": round(float(np.mean(held_out)), 4),
        "cross_validated_turns": [round(one, 4) for one in held_out],
        "cross_validated": first,
        "signals_alone": {
            name: figures(graded, lambda place, column=column: features[place][:, column])["ndcg_at_10"]
            for column, name in enumerate(NAMES)
        },
        "without_facet": {
            facet: figures(graded, lambda place, facet=facet: features[place] @ _without(weights, facet))[
                "ndcg_at_10"
            ]
            for facet in FACETS
        },
    }


def _without(weights: np.ndarray, facet: str) -> np.ndarray:
    return np.asarray(
        [0.0 if FACET_OF[name] == facet else weight for name, weight in zip(NAMES, weights, strict=True)]
    )


def _baselines(
    library: Library, wanted: frozenset[str], graded: Sequence[Graded], ours: Sequence[float]
) -> dict[str, object]:
    peers = Baselines((Reading(study) for _, _, study in library.studies() if study), wanted)
    chance = [
        np.mean([ndcg_at_10(one.grades, [0.0] * len(one.grades), seed=seed) for one in graded])
        for seed in range(50)
    ]
    found: dict[str, object] = {"random": {"ndcg_at_10": round(float(np.mean(chance)), 4)}}
    for name, score in peers.methods().items():
        scores = [[score(one.target, other) for other in one.candidates] for one in graded]
        theirs = ndcg_of(graded, scores.__getitem__)
        lead = [one - other for one, other in zip(ours, theirs, strict=True)]
        found[name] = {
            **figures(graded, scores.__getitem__),
            "lead": round(float(np.mean(lead)), 4),
            "lead_95": interval(lead),
        }
    return found


def _tell(answer: dict[str, object]) -> None:
    for name, value in answer.items():
        if isinstance(value, dict):
            print(f"{name}:")
            for key, inner in value.items():
                print(f"  {key}: {inner}")
        else:
            print(f"{name}: {value}")
