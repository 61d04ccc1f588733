"""Why a study was found by what its criteria or doses say: the words that say so. Must not know the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...model import Study
from ...model.ids import number_of
from ...reading.markup import plain
from .explain import Reason, snippet_of
from .said import Ask
from .tree import Says

if TYPE_CHECKING:
    from ..readings.index import Readings


def reasons(asked: Sequence[Says], ask: Ask, readings: Readings, study: Study) -> Iterator[Reason]:
    """For each question the item or the dose that says so, quoted."""
    found = readings.of(study.nct_id)
    if found is None:
        return
    for node in asked:
        for first, place in ask(node.name, node.text).spots.get(number_of(study.nct_id), ())[:2]:
            if node.name == "dose":
                text = found[1].doses[first]
                row = text.rows[place]
                yield _reason(node, f"Dose of {text.name}", plain(text.text), row.quote)
            else:
                item = found[1].criteria.items[first]
                label = f"{item.section.capitalize()} criterion" if item.section != "unspecified" else "Criterion"
                yield _reason(node, label, item.text, item.criteria[place].quote)


def _reason(node: Says, label: str, text: str, quote: str) -> Reason:
    start = text.find(quote)
    spans = [(start, start + len(quote))] if start >= 0 and quote else []
    return Reason("criteria", label, (str(node),), (), snippet_of(text, spans))
