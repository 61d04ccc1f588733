"""Conditions, treatments and circumstances that the vocabulary names, and what "history of" and its like introduce.

The kind of each is a column of `criteria_concepts.tsv`: pregnancy, consent, prior therapy, comorbidity, biomarker and
so on; a new one is a row there.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import patterns as p
from ..phrase import Draft, Phrase
from ..vocabulary import Mention
from .kind import Kind


def _named(phrase: Phrase) -> Iterator[Draft]:
    for mention in phrase.concepts:
        term = mention.term
        kind = _treated(phrase, mention) if term.category.endswith(" therapy") else term.category
        yield Draft(kind, term.name, mention.start, mention.end, denies=term.denies)
    if p.INTRODUCING.isdisjoint(phrase.words):
        return
    for match in p.INTRODUCED.finditer(phrase.folded):
        start, end = match.span("noun")
        words = phrase.folded[start:end].split()
        while words and (words[-1] in p.LEAD_WORDS or words[-1] in p.NOT_COUNTED):
            end = start + phrase.folded[start:end].rindex(words.pop())
        end = start + len(phrase.folded[start:end].rstrip(" ,-"))
        if not words or words[0] in p.NOT_COUNTED or words[0] in p.NO_CONDITION or words[-1] in p.ADJECTIVES:
            continue
        if any(held.start < end and start < held.end for held in phrase.concepts):
            continue
        yield Draft("condition", phrase.folded[start:end], start, end)


def _treated(phrase: Phrase, mention: Mention) -> str:
    """The kind of a treatment: what the words before it say, else that of its row."""
    before = phrase.folded[max(0, mention.start - 40) : mention.start].split()[-3:]
    return next((p.WHEN_TREATED[word] for word in before if word in p.WHEN_TREATED), mention.term.category)


KIND = Kind("named", phrase=_named)
