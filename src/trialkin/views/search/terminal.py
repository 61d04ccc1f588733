"""An answer as plain text of a given width. Must not know terminals."""

from __future__ import annotations

from collections.abc import Iterator

from ...indexes.search.engine import Answer
from ..text import WIDTH, inline_text, lines_text
from ..words import count_of
from .cards import Card
from .page import SORT_WORDS, unstated_words

MOST_WORDS = 8


def answer_text(answer: Answer, cards: tuple[Card, ...], *, width: int = WIDTH) -> str:
    """One page of an answer, ending with a line break."""
    lines = [*_head(answer), *(line for card in cards for line in _card(card)), *_foot(answer)]
    return lines_text(lines, width) + "\n"


def _head(answer: Answer) -> Iterator[str]:
    yield f"{count_of(answer.total, 'study', 'studies')} for: {answer.query}"
    yield from answer.notices
    searched = [each for each in answer.expansions if answer.searched(each)]
    for each in searched:
        if not each.asked:
            yield f"  also as {each.other} for {each.typed} ({each.kind}: {each.source})"
    for typed in dict.fromkeys(each.typed for each in searched if each.asked):
        words = [each.other for each in searched if each.typed == typed]
        more = f" and {len(words) - MOST_WORDS} more" if len(words) > MOST_WORDS else ""
        yield f"  {typed} is any of {', '.join(words[:MOST_WORDS])}{more}"
    for missing in answer.unstated:
        yield f"  {unstated_words(missing)}; {'' if missing.included else 'not '}included"
    yield ""


def _card(card: Card) -> Iterator[str]:
    acronym = f" · {card.acronym}" if card.acronym else ""
    yield f"{card.nct_id} · {card.status.text}{acronym}{' · INVENTED SAMPLE STUDY' if card.invented else ''}"
    yield f"  {card.title}"
    facts = [
        f"{each.label.lower()} {' '.join(inline_text(value) for value in each.values)}" for each in card.facts
    ]
    yield f"    {'; '.join(facts)}"
    if card.nearest:
        yield f"    {card.nearest}"
    for reason in card.reasons:
        snippet = reason.snippet
        shown = "".join(f"[{text}]" if marked else text for text, marked in snippet.pieces())
        via = f" (another name for {', '.join(reason.via)})" if reason.via else ""
        shown = f"{'… ' if snippet.start else ''}{' '.join(shown.split())}"
        shown += " …" if snippet.end < len(snippet.text) else ""
        yield f"    · {reason.label}: {shown}{via}"
    yield ""


def _foot(answer: Answer) -> Iterator[str]:
    first = answer.request.offset + 1
    if answer.ids:
        yield (
            f"{first:,} to {first + len(answer.ids) - 1:,} of {answer.total:,};"
            f" order: {SORT_WORDS[answer.sort].lower()}"
        )
    else:
        yield "No study in this library has all of this. Try fewer or more general words."
    yield "A search of this machine's copy by Trialkin's own rules; counts on ClinicalTrials.gov differ."
