"""Reasons: the shared terms behind each contribution, quoted from both records, and what differs.

Must not know: storage, pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ...reading.concepts import concepts
from ...reading.passages import Quote, Reading
from ...vocab import written
from .combine import FACET_OF, LABEL_OF
from .kept import TABLE_OF, Kept
from .learnt import Learnt
from .rows import as_kept
from .signals import SIGNALS, Bag, Signal
from .signals.base import AXIS, word_quote
from .vectors import text_bag

_SHARED, _DIFFERENT, _QUOTED = 5, 3, 2
_OWN = 0.25  # of a study's unit-long terms: what has less is a mention in passing
_TELLING = 0.02  # a term that makes less of a signal than this share is not worth telling
_BY_NAME = {signal.name: signal for signal in SIGNALS}
_ROLES = {
    ("tested", "tested"): "tested in both",
    ("background", "background"): "background in both",
    ("", "background"): "background in one",
    ("background", "tested"): "tested in one, background in the other",
}
_COMPARED = ("disease", "setting", "intervention", "strategy", "purpose", "design", "age_sex")


@dataclass(frozen=True)
class Reason:
    """Why one signal counts.

    contribution: what it adds to the score. shared: terms that both have, the most telling first. quotes: verbatim
    spans of the one and of the other study. only_a, only_b: what differs.
    """

    signal: str
    facet: str
    label: str
    contribution: float
    shared: tuple[str, ...]
    quotes_a: tuple[Quote, ...] = ()
    quotes_b: tuple[Quote, ...] = ()
    only_a: tuple[str, ...] = ()
    only_b: tuple[str, ...] = ()


class _Terms:
    """The terms of a study by signal, each read when it is first asked for; `kept`: all that need to be known."""

    def __init__(self, learnt: Learnt, reading: Reading, kept: dict[str, Bag] | None = None) -> None:
        self.reading = reading
        self._learnt = learnt
        self._kept = kept is not None
        self._found: dict[str, Bag] = kept or {}

    def of(self, name: str) -> Bag:
        if self._kept:
            return self._found.get(name, {})
        if name not in self._found:
            found = self._learnt.terms(_BY_NAME[name], self.reading)
            self._found[name] = {term: as_kept(weight) for term, weight in found.items()}
        return self._found[name]

    @cached_property
    def text(self) -> Bag:
        return text_bag(self.reading)


class Explainer:
    """Explains one study's kin; its own terms are read once. kept: for brief reasons, terms that are known already."""

    def __init__(self, learnt: Learnt, study: Reading, *, kept: Kept | None = None) -> None:
        self._learnt = learnt
        self._known = kept
        self._a = self._terms(study)

    def _terms(self, reading: Reading) -> _Terms:
        return _Terms(self._learnt, reading, self._known.bags(reading.study.nct_id) if self._known else None)

    def reasons(self, other: Reading, parts: Mapping[str, float]) -> tuple[Reason, ...]:
        """One reason for each signal that contributes, the largest first."""
        b = _Terms(self._learnt, other)
        found = []
        for name, value in _ranked(parts):
            if name == "text_vectors":
                found.append(self._of_vectors(b, value))
            elif name == "same_question":
                found.append(self._of_both(b, value))
            else:
                found.append(self._of_signal(_BY_NAME[name], b, value))
        return tuple(found)

    def brief(self, other: Reading, parts: Mapping[str, float]) -> tuple[Reason, ...]:
        """The reasons that `sentence` tells, without quotes."""
        b = self._terms(other)
        told = ((name, value) for name, value in _ranked(parts) if name in _LEADS)
        return tuple(self._of_signal(_BY_NAME[name], b, value, quoted=False) for name, value in told)

    def silent(self, other: Reading) -> dict[str, str]:
        """Signals that contribute nothing because a record says nothing: name -> which record lacks what."""
        b = _Terms(self._learnt, other)
        said = {}
        for signal in SIGNALS:
            lacking = [one.reading.study.nct_id or "this text" for one in (self._a, b) if not one.of(signal.name)]
            if lacking:
                said[signal.name] = f"{signal.absent} in {' and '.join(lacking)}"
        return said

    def _of_signal(self, signal: Signal, b: _Terms, value: float, *, quoted: bool = True) -> Reason:
        terms_a, terms_b = self._a.of(signal.name), b.of(signal.name)
        shared = _shared(signal.name, terms_a, terms_b)
        differs = signal.name in _COMPARED
        return Reason(
            signal.name,
            signal.facet,
            signal.label,
            value,
            self._with_roles(signal, b, shared)[:_SHARED],
            _quotes(signal, self._a.reading, shared) if quoted else (),
            _quotes(signal, b.reading, shared) if quoted else (),
            _only(signal, terms_a, terms_b) if differs else (),
            _only(signal, terms_b, terms_a) if differs else (),
        )

    def _with_roles(self, signal: Signal, b: _Terms, shared: list[str]) -> tuple[str, ...]:
        """Shared terms in words, with the part that they play in the two studies."""
        said: dict[str, str] = {}
        for term in sorted(shared, key=lambda term: term.startswith("=")):
            found = sorted(signal.role(one.reading, term) for one in (self._a, b)) if signal.role else ["", ""]
            said.setdefault(signal.say(term), _ROLES.get((found[0], found[1]), ""))
        return tuple(f"{words} ({role})" if role else words for words, role in said.items())

    def _of_both(self, b: _Terms, value: float) -> Reason:
        parts = [self._of_signal(_BY_NAME[name], b, value) for name in ("disease", "intervention")]
        return Reason(
            "same_question",
            FACET_OF["same_question"],
            LABEL_OF["same_question"],
            value,
            tuple(term for part in parts for term in part.shared[:2]),
            tuple(quote for part in parts for quote in part.quotes_a[:1]),
            tuple(quote for part in parts for quote in part.quotes_b[:1]),
        )

    def _of_vectors(self, b: _Terms, value: float) -> Reason:
        """The words that bring the two vectors together."""
        space = self._learnt.space
        vector_a, vector_b = space.vector(self._a.text), space.vector(b.text)
        if vector_a is None or vector_b is None:
            return Reason("text_vectors", FACET_OF["text_vectors"], LABEL_OF["text_vectors"], value, ())
        shares = (space.shares(self._a.text, vector_b), space.shares(b.text, vector_a))
        best_a, best_b = (sorted(one, key=lambda word: (-one[word], word))[:_SHARED] for one in shares)
        return Reason(
            "text_vectors",
            FACET_OF["text_vectors"],
            LABEL_OF["text_vectors"],
            value,
            tuple(word for word in best_a if word in shares[1]) or tuple(best_a),
            _word_quotes(self._a.reading, best_a),
            _word_quotes(b.reading, best_b),
        )


def _ranked(parts: Mapping[str, float]) -> list[tuple[str, float]]:
    """What contributes, the largest first."""
    return sorted(((name, value) for name, value in parts.items() if value != 0), key=lambda pair: -pair[1])


def _shared(name: str, a: Bag, b: Bag) -> list[str]:
    """Shared terms, the most telling first; a broader concept is not told beside a narrower one."""
    worth = {term: weight * b[term] for term, weight in a.items() if term in b and not term.startswith(AXIS)}
    total = sum(worth.values())
    ranked = sorted(
        (term for term in worth if worth[term] >= _TELLING * total), key=lambda term: (-worth[term], term)
    )
    return _narrowest(name, ranked)


def _only(signal: Signal, a: Bag, b: Bag) -> tuple[str, ...]:
    """The weightiest terms of one study that the other lacks."""
    alone = (term for term, weight in a.items() if term not in b and weight >= _OWN and not term.startswith(AXIS))
    ranked = sorted(alone, key=lambda term: (-a[term], term))
    return _said(signal, _narrowest(signal.name, ranked))[:_DIFFERENT]


def _said(signal: Signal, terms: list[str]) -> tuple[str, ...]:
    """Terms in words, each once; of concepts and their names the concepts come first."""
    ordered = sorted(terms, key=lambda term: term.startswith("="))
    return tuple(dict.fromkeys(signal.say(term) for term in ordered))


def _narrowest(name: str, ranked: list[str]) -> list[str]:
    if name not in TABLE_OF:
        return ranked
    above = concepts(TABLE_OF[name]).above
    covered = {broader for term in ranked for broader in above.get(term, ())}
    return [term for term in ranked if term not in covered]


def _quotes(signal: Signal, reading: Reading, terms: list[str]) -> tuple[Quote, ...]:
    found = (signal.quote(reading, term) for term in terms[:_SHARED])
    return tuple(dict.fromkeys(quote for quote in found if quote is not None))[:_QUOTED]


def _word_quotes(reading: Reading, words: list[str]) -> tuple[Quote, ...]:
    found = (word_quote(reading, word, reading.passages) for word in words)
    return tuple(dict.fromkeys(quote for quote in found if quote is not None))[:_QUOTED]


def sentence(reasons: tuple[Reason, ...]) -> str:
    """The reasons in a sentence: what is shared in the facets that people think in, and what differs."""
    by_signal = {reason.signal: reason for reason in reasons}
    shared = [
        f"{_LEADS[name]} {_listed(reason.shared[:2])}"
        for name in _LEADS
        if (reason := by_signal.get(name)) is not None and reason.shared
    ]
    said = "; ".join(shared[:4])
    said = f"{said[:1].upper()}{said[1:]}." if said else "Alike in wording only."
    differs = [
        f"{_listed(reason.only_b[:2])} instead of {_listed(reason.only_a[:2])}"
        for name in ("intervention", "setting", "disease")
        if (reason := by_signal.get(name)) is not None and reason.only_a and reason.only_b
    ]
    return f"{said} Differs: {'; '.join(differs[:2])}." if differs else said


_LEADS = {
    "programme": "sharing",
    "disease": "both on",
    "setting": "in the setting of",
    "intervention": "with",
    "purpose": "asking about",
}


def _listed(terms: tuple[str, ...]) -> str:
    return " and ".join(map(written, terms))
