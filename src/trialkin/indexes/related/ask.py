"""Questions to the kin of a library: the nearest of a study or of a text, and the scores of given studies.

Must not know: how kin are built or stored, texts of records, pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ...model import Study
from ...model.protocol import DescriptionModule, IdentificationModule, ProtocolSection
from ...reading.passages import Reading
from .combine import FACET_OF, NAMES, Weights, contributions, default_weights
from .neighbours import TEXT_TOP, Lists
from .relations import Relation, relation_of
from .rows import terms_of, weight_vector
from .state import State

_WIDE_POOL = 1000  # candidates when weights or facets differ from those of the graph
_TITLE = 300


@dataclass(frozen=True)
class Kin:
    """A related study. contributions: what each signal adds; they sum to the score. likenesses: 0 to 1 by signal."""

    nct_id: str
    score: float
    relation: Relation
    contributions: dict[str, float]
    likenesses: dict[str, float]


def nearest(
    state: State,
    study: Study,
    *,
    limit: int,
    weights: Weights | None = None,
    relation: Relation | None = None,
) -> list[Kin]:
    """The nearest kin of a study, best first; from the graph when it holds the study and the weights are its own."""
    row = state.row_of(study.nct_id) if study.nct_id else None
    if row is not None and weights is None and relation is None:
        return _ranked(state, _own(state, row), _listed(state.graph.by_score, row), default_weights())[:limit]
    own = _own(state, row) if row is not None else terms_of(state.learnt.portrait(Reading(study)))
    finder = state.finder
    others = np.union1d(finder.near(own[2], pool=_WIDE_POOL), finder.tied(own[0]))
    others = others[others != row] if row is not None else others
    found = _ranked(state, own, others, weights or default_weights())
    return [one for one in found if relation is None or one.relation is relation][:limit]


def nearest_text(state: State, study: Study, *, limit: int) -> list[Kin]:
    """The nearest by text vector alone, best first, with all their contributions."""
    row = state.row_of(study.nct_id) if study.nct_id else None
    if row is not None and limit <= TEXT_TOP:
        own, others = _own(state, row), _listed(state.graph.by_text, row)
    else:
        own = _own(state, row) if row is not None else terms_of(state.learnt.portrait(Reading(study)))
        others = state.finder.near(own[2], pool=limit + 1)
        others = others[others != row] if row is not None else others
    found = _ranked(state, own, others, default_weights())
    return sorted(found, key=lambda one: (-one.likenesses["text_vectors"], one.nct_id))[:limit]


def scored(
    state: State, study: Study, candidates: Iterable[str], *, weights: Weights | None = None
) -> dict[str, Kin]:
    """Scores of given studies by id, those that the graph does not hold left out; the study itself is named as such."""
    row = state.row_of(study.nct_id) if study.nct_id else None
    own = _own(state, row) if row is not None else terms_of(state.learnt.portrait(Reading(study)))
    rows = {one: place for one in candidates if (place := state.row_of(one)) is not None}
    found = _ranked(state, own, np.asarray(list(rows.values()), np.int64), weights or default_weights())
    return {one.nct_id: _itself(one) if one.nct_id == study.nct_id else one for one in found}


def facet_weights(facet: str, weights: Weights | None = None) -> Weights:
    """The weights of one facet alone, scaled to sum to one."""
    chosen = {name: value for name, value in (weights or default_weights()).items() if FACET_OF[name] == facet}
    total = sum(chosen.values())
    if total <= 0:
        chosen = dict.fromkeys((name for name in NAMES if FACET_OF[name] == facet), 1.0)
        total = float(len(chosen))
    return {name: value / total for name, value in chosen.items()}


def study_of_text(text: str) -> Study:
    """A protocol synopsis as a study without an id: its first line is the title, all of it the summary."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Study(
        protocol_section=ProtocolSection(
            identification_module=IdentificationModule(brief_title=lines[0][:_TITLE] if lines else None),
            description_module=DescriptionModule(brief_summary=text.strip() or None),
        )
    )


def _listed(lists: Lists, row: int) -> np.ndarray:
    kin = lists.kin[row]
    return np.asarray(kin[kin >= 0], np.int64)


def _own(state: State, row: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return *state.rows.terms(row), state.rows.vectors[row].astype(np.float32)


def _ranked(
    state: State, own: tuple[np.ndarray, np.ndarray, np.ndarray], others: np.ndarray, weights: Weights
) -> list[Kin]:
    likeness = state.rows.likenesses(own, others)
    order = np.lexsort((state.rows.ids[others], -(likeness @ weight_vector(weights))))
    found = []
    for place in order:
        known = {name: float(value) for name, value in zip(NAMES, likeness[place], strict=True)}
        parts = contributions(known, weights)
        nct_id = bytes(state.rows.ids[others[place]]).decode()
        found.append(Kin(nct_id, math.fsum(parts.values()), relation_of(known), parts, known))
    return found


def _itself(one: Kin) -> Kin:
    return Kin(one.nct_id, one.score, Relation.ITSELF, one.contributions, one.likenesses)
