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
    taken: list[tuple[int, int]] = []
    for mention in phrase.concepts:
        taken.append((mention.start, mention.end))
        term = mention.term
        yield Draft(_kind(phrase, mention), term.name, mention.start, mention.end, denies=term.denies)
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
        if any(a < end and start < b for a, b in taken):
            continue
        yield Draft("condition", phrase.folded[start:end], start, end)


def _kind(phrase: Phrase, mention: Mention) -> str:
    """The kind of its row; of a treatment, what the words before it say."""
    kind = mention.term.category
    if not kind.endswith(" therapy"):
        return kind
    before = phrase.folded[max(0, mention.start - 40) : mention.start].split()[-3:]
    return next((p.WHEN_TREATED[word] for word in before if word in p.WHEN_TREATED), kind)


KIND = Kind("named", phrase=_named)
