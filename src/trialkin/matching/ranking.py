"""Which of some studies speak of this patient: what a study is about weighs more than what else it mentions.

A study has two texts: its subject (titles, conditions, keywords) and its whole text without what it excludes, so
that exclusion criteria never raise a score. The score is for ordering only; it decides nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..indexes.search.analysis import prepare, terms
from ..model import Study
from ..model.patient import Facts

SUBJECT_SHARE = 0.7
_EXCLUSION = re.compile(r"^\W*(?:key |main |major )?exclusions?\b", re.IGNORECASE | re.MULTILINE)
_SENTENCE = re.compile(r"\.\s")
OPENING, OPENING_WEIGHT = 2, 0.5
"""So many sentences at the start of a note say what it is about."""
Vector = Mapping[str, float]


class Query(NamedTuple):
    """Words to be asked, and how much they weigh beside the others."""

    text: str
    weight: float


def subject(study: Study) -> str:
    """Titles, conditions and keywords."""
    official = study.identification.official_title or ""
    return " \n".join((study.title, official, *study.conditions, *study.keywords))


def about(study: Study) -> str:
    """Subject, descriptions and what is asked of people who may join; never what rules them out."""
    asked = study.protocol_section.eligibility_module
    wanted = (asked.eligibility_criteria if asked else None) or ""
    cut = _EXCLUSION.search(wanted)
    told = study.description
    texts = (told.brief_summary, told.detailed_description, wanted[: cut.start()] if cut else wanted)
    return " \n".join((subject(study), *(text for text in texts if text)))


class Weights:
    """How telling a term is among some texts: rare ones more."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.size, self.seen = 0, Counter[str]()
        for text in texts:
            self.size += 1
            self.seen.update(set(terms(prepare(text))))

    def vector(self, text: str) -> Vector:
        """Terms with their weights, of length one; empty for a text without terms."""
        counts = Counter(terms(prepare(text)))
        raw = {term: (1 + math.log(count)) * self.idf(term) for term, count in counts.items()}
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {term: weight / length for term, weight in raw.items()}

    def idf(self, term: str) -> float:
        """Logarithm of texts by texts with the term; a term never seen weighs as one seen once."""
        return math.log(1 + self.size / max(1, self.seen[term]))


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors of length one are: 0 to 1."""
    return sum(weight * other[term] for term, weight in one.items() if term in other)


class Ranking:
    """Studies prepared once, then ordered for any number of patients."""

    def __init__(self, studies: Sequence[Study]) -> None:
        texts = [about(study) for study in studies]
        self.weights = Weights(texts)
        self._vectors = {
            study.nct_id: (self.weights.vector(subject(study)), self.weights.vector(text))
            for study, text in zip(studies, texts, strict=True)
        }

    def scores(self, queries: Iterable[Query], *, among: Iterable[str]) -> dict[str, float]:
        """The studies named in `among` with their scores, 0 to 1, higher fits better; KeyError for an unknown one."""
        asked = [(self.weights.vector(query.text), query.weight) for query in queries]
        whole = sum(weight for _, weight in asked) or 1.0
        return {n: sum(weight * self._score(vector, n) for vector, weight in asked) / whole for n in among}

    def _score(self, asked: Vector, nct_id: str) -> float:
        theme, whole = self._vectors[nct_id]
        return SUBJECT_SHARE * cosine(asked, theme) + (1 - SUBJECT_SHARE) * cosine(asked, whole)


def queries(facts: Facts, *, note: str = "") -> tuple[Query, ...]:
    """What is asked of one patient: the note, if there is one, what it says to be there, and what it opens with.

    Without a note the main condition stands for its opening. What is denied, feared or a relative's asks nothing.
    """
    named = " \n".join(
        fact.name for fact in facts.facts
        if fact.assertion in ("present", "possible") and fact.status not in ("planned", "never")
        and fact.kind not in ("age", "sex", "measurement", "score")
    )  # fmt: skip
    main = facts.facts[facts.main].name if facts.main is not None else ""
    opening = " ".join(_SENTENCE.split(note)[:OPENING]) or main
    asked = (Query(note, 1.0), Query(named, 1.0), Query(opening, OPENING_WEIGHT))
    return tuple(query for query in asked if query.text)
