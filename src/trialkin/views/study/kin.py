"""Related studies on the study page: the nearest few, each with one reason; cards and the map of their own page.

Source: the kin projection; why a study is related is in `trialkin.related`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...reading.markup import plain
from ..blocks import Block, Card, Cards, Figure, Note, Prose, Subsection, Table, Tabs, Tags, Value, present
from ..kin import circumstances
from ..words import status_value
from .context import PageContext

if TYPE_CHECKING:
    from ...indexes.related.answer import Related

_MAPPED = 20
_SHORT = 5


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Nothing when the surface leaves them out."""
    found, nct_id = context.related, context.study.nct_id
    if found is None:
        return ()
    if found.by_traits is None or found.by_text is None:
        return (Note(found.problem, "info"),)
    by_traits, by_text = found.by_traits.kin, found.by_text.kin
    if not by_traits:
        return (Note("This library holds no other study to compare with.", "info"),)
    more = Value("All related studies, with quotes and weights", href=f"/studies/{nct_id}/related")
    shown = Tabs(
        "Related studies found in two ways",
        (
            Subsection("By study characteristics", (_short(by_traits),), key="kin-by-characteristics"),
            Subsection("By text similarity", (_short(by_text),), key="kin-by-text"),
        ),
    )
    return (shown, Tags((more, _side_by_side(nct_id, by_traits))))


def _short(found: tuple[Related, ...]) -> Cards:
    return Cards(tuple(_short_card(one) for one in found[:_SHORT]))


def _short_card(one: Related) -> Card:
    """What a study is, and one reason in plain words."""
    title = plain(one.study.title) if one.study else one.kin.nct_id
    status = status_value(one.study.overall_status) if one.study and one.study.overall_status else None
    said = circumstances(one.study)[1 if status else 0 :] if one.study else ()
    kicker = (*((status,) if status else ()), *((Value(" · ".join(said)),) if said else ()))
    return Card(Value(title, href=f"/studies/{one.kin.nct_id}"), kicker, (Prose(one.sentence, markup=False),))


def _side_by_side(nct_id: str, found: tuple[Related, ...]) -> Value:
    """The page that compares the study with its nearest, as many as stand side by side."""
    from ..compare import MOST

    ids = [nct_id, *(one.kin.nct_id for one in found)][:MOST]
    return Value(f"Side by side with the nearest {len(ids) - 1}", href=f"/compare?ids={','.join(ids)}")


def cards(found: tuple[Related, ...]) -> Cards:
    """One card for each study, numbered from 1."""
    return Cards(tuple(card(place, one) for place, one in enumerate(found, start=1)))


def card(place: int, one: Related) -> Card:
    """What a study is, why it is related, and what each facet adds."""
    from ...indexes.related.relations import LABELS

    title = plain(one.study.title) if one.study else one.kin.nct_id
    status = status_value(one.study.overall_status) if one.study and one.study.overall_status else None
    said = circumstances(one.study)[1 if status else 0 :] if one.study else ()
    kicker = (
        *((status,) if status else ()),
        Value(f"{one.kin.nct_id} · {LABELS[one.kin.relation]} · score {one.kin.score:.2f}"),
    )
    return Card(
        Value(f"{place}. {title}", href=f"/studies/{one.kin.nct_id}"),
        kicker,
        present(
            Prose(" · ".join(said), markup=False) if said else None,
            Prose(one.sentence, markup=False),
            bars(one),
        ),
    )


def bars(one: Related) -> Figure | None:
    """What each facet adds to the score, as bars."""
    from ..pictures.bars import Bar, BarChart, BarRow, draw

    parts = sorted(
        ((facet, value) for facet, value in one.by_facet.items() if value > 0), key=lambda pair: -pair[1]
    )
    if not parts:
        return None
    rows = tuple(
        BarRow(facet.capitalize(), f"{value:.3f}", (Bar(value / max(one.kin.score, 1e-9)),))
        for facet, value in parts[:5]
    )
    told = ", ".join(f"{facet} {value:.3f}" for facet, value in parts)
    drawn = draw(BarChart("What makes up the score", told, rows))
    return Figure(drawn, "What makes up the score", f"Together {one.kin.score:.3f} of 1.")


def neighbourhood(nct_id: str, found: tuple[Related, ...], *, heading: bool = True) -> tuple[Block, ...]:
    """The map of the nearest, with the same studies as a table."""
    from ...indexes.related.relations import LABELS, Relation
    from ..pictures.neighbourhood import Neighbour, Neighbourhood, draw

    kinds = list(Relation)
    shown = tuple(
        Neighbour(
            place,
            kinds.index(one.kin.relation),
            one.kin.score,
            plain(one.study.title) if one.study else one.kin.nct_id,
            f"/studies/{one.kin.nct_id}",
        )
        for place, one in enumerate(found[:_MAPPED], start=1)
    )
    if not shown:
        return ()
    title = f"The neighbourhood of {nct_id}"
    told = f"{nct_id} in the middle and its {len(shown)} nearest kin around it: the nearer, the higher the score."
    table = Table(
        ("No.", "Study", "Kind", "Score"),
        tuple(
            (str(one.number), Value(one.title, href=one.href), LABELS[kinds[one.group]], f"{one.score:.3f}")
            for one in shown
        ),
        caption="The same studies as a list",
    )
    drawn = draw(Neighbourhood(title, told, tuple(LABELS[kind] for kind in kinds), shown))
    figure = Figure(drawn, title, told, table)
    return (Subsection("Map", (figure,), key="kin-map"),) if heading else (figure,)
