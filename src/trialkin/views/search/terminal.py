"""An answer as plain text. Must not know terminals."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ...search.engine import Answer
from ..text import inline_text
from ..words import count_of
from .cards import Card
from .page import SORT_WORDS

WIDTH = 100


def answer_text(answer: Answer, cards: tuple[Card, ...]) -> str:
    """One page of an answer, ending with a line break."""
    return "\n".join([*_head(answer), *(line for card in cards for line in _card(card)), *_foot(answer)]) + "\n"


def _head(answer: Answer) -> Iterator[str]:
    yield f"{count_of(answer.total, 'study', 'studies')} for: {answer.query}"
    yield from answer.notices
    for each in answer.expansions:
        if answer.searched(each):
            yield f"  also as {each.other} for {each.name} ({each.kind}: {each.source})"
    for missing in answer.unstated:
        state = "they are included" if missing.included else "they are not included"
        yield (
            f"  {count_of(missing.count, 'study', 'studies')} that match otherwise do not state:"
            f" {missing.label.lower()}; {state}"
        )
    yield ""


def _card(card: Card) -> Iterator[str]:
    acronym = f" · {card.acronym}" if card.acronym else ""
    yield f"{card.nct_id} · {card.status.text}{acronym}{' · INVENTED SAMPLE STUDY' if card.invented else ''}"
    yield from textwrap.wrap(card.title, WIDTH - 2, initial_indent="  ", subsequent_indent="  ")
    facts = [
        f"{each.label.lower()} {' '.join(inline_text(value) for value in each.values)}" for each in card.facts
    ]
    yield from textwrap.wrap("; ".join(facts), WIDTH - 4, initial_indent="    ", subsequent_indent="    ")
    if card.nearest:
        yield f"    {card.nearest}"
    for reason in card.reasons:
        snippet = reason.snippet
        shown = "".join(f"[{text}]" if marked else text for text, marked in snippet.pieces())
        via = f" ({'; '.join(reason.via)})" if reason.via else ""
        yield from textwrap.wrap(
            f"{reason.label}: {' '.join(shown.split())}{via}",
            WIDTH - 4,
            initial_indent="    · ",
            subsequent_indent="      ",
        )
    yield ""


def _foot(answer: Answer) -> Iterator[str]:
    first = answer.request.offset + 1
    if answer.ids:
        yield (
            f"{first:,} to {first + len(answer.ids) - 1:,} of {answer.total:,};"
            f" order: {SORT_WORDS[answer.sort].lower()}"
        )
    yield "A search of this machine's copy by Trialkin's own rules; counts on ClinicalTrials.gov differ."
