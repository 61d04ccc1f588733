"""What every signal is made of: weighted terms of a study, words for a term, and a quote for it.

A signal compares two studies by the terms that they share: cosine of the term weights, each weight times the
rarity of its term in the library. So it is symmetric, one for a study with itself, nought when nothing is shared
or a study has no terms. Must not know: other signals, their weights, storage.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ....reading.concepts import concepts
from ....reading.passages import Passage, Quote, Reading

Bag = dict[str, float]
"""Terms of a study with their weights; empty when the study says nothing about it."""

Fields = Mapping[str, float]
"""Kinds of passages with the weight that a mention in them has."""


@dataclass(frozen=True)
class Signal:
    """One way in which studies can be kin.

    name: its key in weights and contributions. facet: what a person calls it ("population", "intervention" …).
    bag: the terms of a study. rare_counts: whether a rare term counts more. absent: said when a study has no
    terms. say: a term in words. quote: a verbatim span that carries a term, None when it stands in no text.
    role: what part a term plays in a study ("tested", "background"), "" when the record does not tell.
    """

    name: str
    facet: str
    label: str
    absent: str
    bag: Callable[[Reading], Bag]
    say: Callable[[str], str]
    quote: Callable[[Reading, str], Quote | None]
    rare_counts: bool = True
    role: Callable[[Reading, str], str] | None = None


def no_quote(reading: Reading, term: str) -> Quote | None:
    """For terms from structured fields: they stand in no text."""
    return None


# ---- concepts


def concept_bag(
    reading: Reading,
    table: str,
    fields: Fields,
    *,
    decay: float = 0.5,
    names: float = 0.0,
    shares: Mapping[str, float] | None = None,
) -> Bag:
    """Concepts named in the fields and, weaker by `decay` for each step, the broader ones.

    names: weight of the name itself ("=paclitaxel") beside its concept (taxane), 0 for none. shares: concepts of
    which a mention counts only this share.
    """
    known = concepts(table)
    shares = shares or {}
    direct: dict[str, dict[str, float]] = {}
    for kind, weight in fields.items():
        counts: Counter[str] = Counter()
        carried: dict[str, tuple[str, ...]] = {}
        for words in reading.words(kind):
            for mention in known.find(words):
                name = " ".join(words[mention.first : mention.last])
                counts[name] += 1
                carried[name] = mention.concepts
        for name, count in counts.items():
            for concept in carried[name]:
                named = direct.setdefault(concept, {})
                worth = weight * shares.get(concept, 1.0) * (1 + math.log(count))
                named[name] = named.get(name, 0.0) + worth
    return _spread(direct, known.above, decay=decay, names=names)


def _spread(
    direct: dict[str, dict[str, float]], above: Mapping[str, Mapping[str, int]], *, decay: float, names: float
) -> Bag:
    bag: Bag = {}
    for concept, named in direct.items():
        strength = math.sqrt(sum(named.values()))
        bag[concept] = max(bag.get(concept, 0.0), strength)
        for broader, steps in above[concept].items():
            bag[broader] = max(bag.get(broader, 0.0), strength * decay**steps)
        if names:
            for name, weight in named.items():
                bag[f"={name}"] = max(bag.get(f"={name}", 0.0), names * math.sqrt(weight))
    return bag


def concept_quote(reading: Reading, term: str, table: str, kinds: Iterable[str]) -> Quote | None:
    """The first mention of a concept or, failing that, of a narrower one; of the name itself for "=name"."""
    known = concepts(table)
    narrower: Quote | None = None
    for kind in kinds:
        for passage, words in zip(reading.passages[kind], reading.words(kind), strict=True):
            for mention in known.find(words):
                if term in mention.concepts or term == f"={' '.join(words[mention.first : mention.last])}":
                    return passage.quote(mention.first, mention.last)
                if narrower is None and any(term in known.above[concept] for concept in mention.concepts):
                    narrower = passage.quote(mention.first, mention.last)
    return narrower


AXIS = "±"
"""Begins a term that is the place of a study on an axis; its weight may be negative, and it is told by concepts."""


def say_concept(term: str) -> str:
    """A concept or a name as it is shown."""
    return term.removeprefix("=").removeprefix(AXIS)


# ---- words

STOP = frozenset(
    "a an and are as at be been being by can clinical effect evaluate for from has have if in into is it its may no "
    "not of on or participant patient purpose study subject than that the their these this those to treatment trial "
    "using versus vs was were which who will with within".split()
)


def word_bag(reading: Reading, fields: Fields) -> Bag:
    """Words of the fields by their damped, weighted counts."""
    counts: Bag = {}
    for kind, weight in fields.items():
        for word, count in reading.counts(kind).items():
            counts[word] = counts.get(word, 0.0) + weight * count
    for word in STOP:
        counts.pop(word, None)
    return {word: 1 + math.log(count) if count >= 1 else count for word, count in counts.items()}


def word_quote(reading: Reading, term: str, kinds: Iterable[str]) -> Quote | None:
    """The first place where a word stands."""
    for kind in kinds:
        for passage, words in zip(reading.passages[kind], reading.words(kind), strict=True):
            if term in words:
                return _at(passage, words.index(term))
    return None


def _at(passage: Passage, index: int) -> Quote:
    return passage.quote(index, index + 1)
