"""Conditions, treatments and circumstances that the vocabulary names, and what "history of" and its like introduce.

The kind of each is a column of `criteria_concepts.tsv`: pregnancy, consent, prior therapy, comorbidity, biomarker and
so on; a new one is a row there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import patterns as p
from ..phrase import Draft, Phrase
from ..vocabulary import Mention
from .kind import Kind

_STEPS = frozenset({"consent", "concurrent therapy", "prior therapy", "trial participation"})
"""Kinds that the steps of a study itself look like: "before signing the consent", "the last dose of study drug"."""


def _named(phrase: Phrase) -> Iterator[Draft]:
    for mention in phrase.concepts:
        term = mention.term
        if term.category in _STEPS and _inside(mention, phrase.study_times):
            continue
        kind = _treated(phrase, mention) if term.category.endswith(" therapy") else term.category
        yield Draft(kind, term.name, mention.start, mention.end, denies=term.denies)
    if p.INTRODUCING.isdisjoint(phrase.words) and not p.holds(phrase.folded, p.PEOPLE_WITH):
        return
    known = [*phrase.concepts, *phrase.mentions]
    for match in p.INTRODUCED.finditer(phrase.folded):
        start = match.start("noun")
        if _overlaps(known, start, start + 1):
            continue
        end = start + _name_end(match["noun"])
        words = phrase.folded[start:end].split()
        if not words or words[0] in p.NO_CONDITION or words[-1] in p.ADJECTIVES:
            continue
        if not _overlaps(known, start, end) and phrase.beside.names(start, end):
            yield Draft("condition", phrase.folded[start:end], start, end)


def _overlaps(known: list[Mention], start: int, end: int) -> bool:
    for mention in known:  # half the time of any()
        if mention.start < end and start < mention.end:
            return True
    return False


def _inside(mention: Mention, spans: list[tuple[int, int]]) -> bool:
    for start, end in spans:  # half the time of any()
        if start <= mention.start and mention.end <= end:
            return True
    return False


def _name_end(words: str) -> int:
    """Where a name ends that begins with some words: before one that cannot belong to it."""
    end = 0
    for match in _WORD.finditer(words):
        word = match[0]
        if word != "of" and (word in p.NOT_COUNTED or word in p.LEAD_WORDS or word in p.ENDING):
            break
        if word != "of":
            end = match.end()
    return end


_WORD = re.compile(r"[^ ]+")


def _treated(phrase: Phrase, mention: Mention) -> str:
    """The kind of a treatment: what the words before it say, else that of its row."""
    for word in phrase.folded[max(0, mention.start - 40) : mention.start].split()[-3:]:
        if word in p.WHEN_TREATED:
            return p.WHEN_TREATED[word]
    return mention.term.category


KIND = Kind("named", phrase=_named)
