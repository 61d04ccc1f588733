"""Conditions, treatments and circumstances that the vocabulary names, and what "history of" and its like introduce.

The kind of each is a column of `criteria_concepts.tsv`: pregnancy, consent, prior therapy, comorbidity, biomarker and
so on; a new one is a row there.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import patterns as p
from ..phrase import Draft, Phrase
from .kind import Kind


def _named(phrase: Phrase) -> Iterator[Draft]:
    taken: list[tuple[int, int]] = []
    for mention in phrase.concepts:
        taken.append((mention.start, mention.end))
        yield Draft(mention.term.category, mention.term.name, mention.start, mention.end)
    for match in p.INTRODUCED.finditer(phrase.folded):
        start, end = match.span("noun")
        words = phrase.folded[start:end].split()
        while words and (words[-1] in p.LEAD_WORDS or words[-1] in p.NOT_COUNTED):
            end = start + phrase.folded[start:end].rindex(words.pop())
        end = start + len(phrase.folded[start:end].rstrip(" ,-"))
        if not words or words[0] in p.NOT_COUNTED or any(a < end and start < b for a, b in taken):
            continue
        yield Draft("condition", phrase.folded[start:end], start, end)


KIND = Kind("named", phrase=_named)
