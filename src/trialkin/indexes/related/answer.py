"""An answer with reasons: kin as the library tells them, ready for any surface.

Must not know: storage, the command line, HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypedDict

from ...errors import NotFound
from ...model import Study
from ...reading.passages import Reading
from .ask import Kin, facet_weights, nearest, nearest_text, scored
from .combine import FACET_OF, Weights, checked_weights, default_weights
from .explain import Explainer, Reason, sentence
from .kept import Kept
from .relations import Relation
from .state import State

Fetch = Callable[[str], Study]


class Asked(TypedDict, total=False):
    """What can be asked for beside the study; see `answer`."""

    limit: int
    weights: Weights | None
    facet: str | None
    relation: Relation | None
    candidates: Iterable[str] | None
    by_text: bool
    brief: bool


@dataclass(frozen=True)
class Related:
    """One related study with its reasons. study: None when the library does not hold it. silent: signals that
    contribute nothing because a record says nothing, with what it lacks. sentence: the reasons in words.
    """

    kin: Kin
    study: Study | None
    reasons: tuple[Reason, ...] = ()
    silent: dict[str, str] | None = None
    sentence: str = ""

    @property
    def by_facet(self) -> dict[str, float]:
        """What each facet adds to the score."""
        found: dict[str, float] = {}
        for name, value in self.kin.contributions.items():
            found[FACET_OF[name]] = found.get(FACET_OF[name], 0.0) + value
        return found


@dataclass(frozen=True)
class Kinship:
    """The answer: kin of a study (or of a text, id ""), best first, under the weights used."""

    nct_id: str
    kin: tuple[Related, ...]
    weights: Weights


def answer(
    state: State,
    study: Study,
    fetch: Fetch,
    *,
    limit: int = 10,
    weights: Weights | None = None,
    facet: str | None = None,
    relation: Relation | None = None,
    candidates: Iterable[str] | None = None,
    by_text: bool = False,
    brief: bool = False,
) -> Kinship:
    """Ask and explain.

    candidates: score exactly these, every one listed, absent ones at the end with score 0. by_text: nearest by text
    vector alone. brief: only the reasons that the sentence needs, without quotes.

    Raises:
        InvalidValue: weights of an unknown signal, negative, or all nought.
    """
    own = None if weights is None else checked_weights(weights)
    if facet is not None:
        own = facet_weights(facet, own)
    used = own or default_weights()
    if candidates is not None:
        kin = _all_of(state, study, list(candidates), used, fetch)
    elif by_text:
        kin = nearest_text(state, study, limit=limit)
    else:
        kin = nearest(state, study, limit=limit, weights=own, relation=relation)
    reading = Reading(study)
    known = Kept(state, reading) if brief and state.row_of(study.nct_id) is not None else None
    explainer = Explainer(state.learnt, reading, kept=known)
    return Kinship(study.nct_id, tuple(_explained(explainer, one, fetch, brief=brief) for one in kin), used)


def _all_of(state: State, study: Study, asked: list[str], weights: Weights, fetch: Fetch) -> list[Kin]:
    current: dict[str, str] = {}  # asked id -> the id it goes by now
    for one in dict.fromkeys(asked):
        try:
            current[one] = fetch(one).nct_id
        except NotFound:
            current[one] = one
    found = scored(state, study, set(current.values()), weights=weights)
    listed = [
        Kin(one, kin.score, kin.relation, kin.contributions, kin.likenesses)
        if (kin := found.get(name)) is not None
        else Kin(one, 0.0, Relation.ABSENT, {}, {})
        for one, name in current.items()
    ]
    return sorted(listed, key=lambda one: (-one.score, one.nct_id))


def _explained(explainer: Explainer, one: Kin, fetch: Fetch, *, brief: bool) -> Related:
    if one.relation is Relation.ABSENT:
        return Related(one, None, sentence="Not in this library, so it could not be compared.")
    other = fetch(one.nct_id)
    reading = Reading(other)
    if brief:
        reasons = explainer.brief(reading, one.contributions)
        return Related(one, other, reasons, None, sentence(reasons))
    reasons = explainer.reasons(reading, one.contributions)
    return Related(one, other, reasons, explainer.silent(reading), sentence(reasons))
