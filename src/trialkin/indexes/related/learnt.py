"""What is learnt from a library before studies can be compared: how rare each term is, and the text vectors.

Owns learning it from a sample of studies, and turning a study into the weighted terms that are compared. Must not
know: weights of signals, files.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ...reading.passages import Reading
from .signals import SIGNALS, Bag, Signal
from .vectors import TextSpace, learn_space, text_bag

if TYPE_CHECKING:
    import numpy as np

SAMPLE = 20_000
"""Most studies that are learnt from; more change little and cost memory."""


@dataclass(frozen=True, eq=False)
class Traits:
    """What was read of a study, before anything is known about the library: plain terms by signal, and words."""

    nct_id: str
    bags: dict[str, Bag]
    text: Bag


def traits(reading: Reading) -> Traits:
    """Read a study by every signal."""
    return Traits(
        reading.study.nct_id, {signal.name: signal.bag(reading) for signal in SIGNALS}, text_bag(reading)
    )


@dataclass(frozen=True, eq=False)
class Portrait:
    """A study as it is compared: unit-length terms by signal, and its text vector (None without known words)."""

    nct_id: str
    terms: dict[str, Bag]
    vector: np.ndarray | None


@dataclass(frozen=True, eq=False)
class Learnt:
    """studies: how many it was learnt from. counts: signal -> term -> in how many of them it is found."""

    studies: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    space: TextSpace = field(default_factory=TextSpace)

    @cached_property
    def rarity(self) -> dict[str, dict[str, float]]:
        """How much a term of a signal tells: the logarithm of one over the share of studies that have it."""
        everybody = self.studies + 1
        return {
            name: {term: math.log(everybody / count) for term, count in counts.items()}
            for name, counts in self.counts.items()
        }

    def portrait(self, reading: Reading) -> Portrait:
        """The terms and the vector by which a study is compared."""
        return self.weighed(traits(reading))

    def weighed(self, read: Traits) -> Portrait:
        """The portrait of what was read."""
        terms = {signal.name: self._weighed(signal, read.bags[signal.name]) for signal in SIGNALS}
        return Portrait(read.nct_id, terms, self.space.vector(read.text))

    def terms(self, signal: Signal, reading: Reading) -> Bag:
        """The weighted terms of one signal alone."""
        return self._weighed(signal, signal.bag(reading))

    def _weighed(self, signal: Signal, bag: Bag) -> Bag:
        if signal.rare_counts:
            known, unseen = self.rarity.get(signal.name, {}), math.log(self.studies + 1)
            bag = {term: weight * known.get(term, unseen) for term, weight in bag.items()}
        return _unit(bag)


def learn(studies: Iterable[Traits]) -> Learnt:
    """Learn from studies, in their order; all of them are used, so sample a large library first."""
    counts: dict[str, Counter[str]] = {signal.name: Counter() for signal in SIGNALS if signal.rare_counts}
    seen = 0

    def texts() -> Iterator[Bag]:
        nonlocal seen
        for read in studies:
            seen += 1
            for name, counted in counts.items():
                counted.update(read.bags[name].keys())
            yield read.text

    space = learn_space(texts())
    seen_again = {
        name: {term: count for term, count in found.items() if count > 1} for name, found in counts.items()
    }
    return Learnt(seen, seen_again, space)


def _unit(bag: Bag) -> Bag:
    length = math.sqrt(sum(weight * weight for weight in bag.values()))
    return {term: weight / length for term, weight in bag.items()} if length > 0 else {}
