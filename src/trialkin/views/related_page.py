"""The page of a study's kin: weights to adjust, a map, and every related study with its reasons and quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..reading.markup import plain
from .blocks import Block, Card, Cards, Disclosure, Fact, Facts, Prose, Section, Tags, Value, present
from .study.kin import card, neighbourhood

if TYPE_CHECKING:
    from ..indexes.related.answer import Kinship, Related
    from ..indexes.related.explain import Reason
    from ..model import Study

LIMIT = 20


@dataclass(frozen=True)
class WeightField:
    """One signal with the weight that it has now, in percent."""

    name: str
    label: str
    facet: str
    percent: int


@dataclass(frozen=True)
class RelatedPage:
    """The page; relations: (key, label, chosen) of the kinds that one can ask for."""

    nct_id: str
    title: str
    weights: tuple[WeightField, ...]
    relations: tuple[tuple[str, str, bool], ...]
    sections: tuple[Section, ...]


def related_page(study: Study, found: Kinship, *, relation: str = "") -> RelatedPage:
    """Build the page from an answer."""
    from ..indexes.related.combine import FACET_OF, LABEL_OF, NAMES
    from ..indexes.related.relations import LABELS, Relation

    groups: dict[Relation, list[tuple[int, Related]]] = {}
    for place, one in enumerate(found.kin, start=1):
        groups.setdefault(one.kin.relation, []).append((place, one))
    sections = [Section("map", "Map", neighbourhood(study.nct_id, found.kin, heading=False))] if found.kin else []
    sections += [
        Section(str(kind), LABELS[kind], (_cards(study.nct_id, tuple(groups[kind])),))
        for kind in Relation
        if kind in groups
    ]
    return RelatedPage(
        nct_id=study.nct_id,
        title=plain(study.title),
        weights=tuple(
            WeightField(name, LABEL_OF[name], FACET_OF[name], round(100 * found.weights.get(name, 0.0)))
            for name in NAMES
        ),
        relations=tuple(
            (str(kind), LABELS[kind], str(kind) == relation)
            for kind in Relation
            if kind not in (Relation.ITSELF, Relation.ABSENT)
        ),
        sections=tuple(sections),
    )


def _cards(nct_id: str, found: tuple[tuple[int, Related], ...]) -> Cards:
    shown = []
    for place, one in found:
        known = card(place, one)
        shown.append(
            Card(known.title, known.kicker, (*known.blocks, _compare_link(nct_id, one), _reasons(nct_id, one)))
        )
    return Cards(tuple(shown))


def _compare_link(nct_id: str, one: Related) -> Block:
    return Tags((Value("Compare side by side", href=f"/compare?ids={nct_id},{one.kin.nct_id}"),))


def _reasons(nct_id: str, one: Related) -> Block:
    told = Facts(tuple(_fact(nct_id, one.kin.nct_id, reason) for reason in one.reasons))
    unsaid = "; ".join(sorted((one.silent or {}).values()))
    silent = Prose(f"Adds nothing because a record says nothing: {unsaid}.", markup=False)
    return Disclosure("Reasons and quotes", present(told if told.facts else None, silent if unsaid else None))


def _fact(nct_id: str, other: str, reason: Reason) -> Fact:
    """A reason with what is shared, a quote of each record, and what only one of them has."""
    values = [Value(", ".join(reason.shared))] if reason.shared else []
    for whose, quotes, alone in (
        (nct_id, reason.quotes_a, reason.only_a),
        (other, reason.quotes_b, reason.only_b),
    ):
        values += [Value(f"“{plain(quote.text)}”", note=f"{whose}, {quote.path}") for quote in quotes]
        values += [Value(f"only there: {', '.join(alone)}", note=whose)] if alone else []
    return Fact(reason.label.capitalize(), tuple(values) or (Value("–"),), note=f"adds {reason.contribution:.3f}")
