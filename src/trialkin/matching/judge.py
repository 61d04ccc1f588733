"""Each criterion of a study against the facts of a patient: three-valued, with evidence.

Owns the order of judging and what a verdict is worth. Must not know: pages, storage.
"""

from __future__ import annotations

import re

from ..model.criteria import Criteria, Item, Section
from ..model.patient import Facts
from ..model.protocol import EligibilityModule
from ..model.values import Age
from ..model.verdict import Answer, Question, Verdict
from .answer import answer
from .known import Patient
from .questions import question_of
from .sentence import read
from .values import within


def judge(study_criteria: Criteria, facts: Facts) -> tuple[Verdict, ...]:
    """A verdict for every item of the eligibility text, in its order; what nothing settles is "unknown"."""
    patient = Patient(facts)
    return tuple(_judged(item, patient) for item in study_criteria.items)


def judge_text(text: str, facts: Facts, *, section: Section = "unspecified") -> Verdict:
    """The verdict for one sentence; "met" says that it holds, whatever its section."""
    return _judged(Item(index=0, section=section, text=text, start=0, end=len(text)), Patient(facts))


def judge_record(eligibility: EligibilityModule | None, facts: Facts) -> tuple[Verdict, ...]:
    """Verdicts for the record's own fields: youngest and oldest age, sex. A missing bound gives none."""
    if eligibility is None:
        return ()
    made = list[Verdict]()
    low, high = (Age.parse(text or "") for text in (eligibility.minimum_age, eligibility.maximum_age))
    if low or high:
        settled = None if facts.age is None else within(
            facts.age, low.years if low else None, high.years_exclusive_end if high else None,
            low_inclusive=True, high_inclusive=False, comparator="=",
        )  # fmt: skip
        words = " to ".join(str(age) for age in (low, high) if age) if low and high else (
            f"{low} or older" if low else f"{high} or younger"
        )  # fmt: skip
        made.append(_of_record(settled, words, "age", facts))
    if eligibility.sex in ("FEMALE", "MALE"):
        known = None if facts.sex is None else facts.sex == eligibility.sex.lower()
        made.append(_of_record(known, f"{eligibility.sex.capitalize()} only", "sex", facts))
    return tuple(made)


def _of_record(settled: bool | None, words: str, kind: str, facts: Facts) -> Verdict:
    evidence = tuple(place for place, _ in facts.of("age" if kind == "age" else "sex"))
    question = None if settled is not None else (
        Question(key="age", text="How old is the person?", kind="age", name="age", unit="a")
        if kind == "age" else Question(key="sex", text="What is the person's sex?", kind="sex", name="sex")
    )  # fmt: skip
    return Verdict(
        answer=answer_of(settled), section="inclusion", quote=words, evidence=evidence,
        grade="silent" if settled is None else "stated", question=question,
    )  # fmt: skip


def answer_of(settled: bool | None) -> Answer:
    """True, False and None as words."""
    return "unknown" if settled is None else "met" if settled else "not met"


_OBLIGES = re.compile(
    r"\b(?:must|should|shall|agree|required?|need|have to|willing|contracepti\w+|birth.control|"
    r"negative|for (?:females|women|males|men))\b",
    re.IGNORECASE,
)
"""What asks something of some people: the others need not answer it."""


def _judged(item: Item, patient: Patient) -> Verdict:
    node = read(item.text, section=item.section)
    held = answer(node, patient)
    beside = held.beside and held.truth is False and (item.section == "exclusion" or _OBLIGES.search(item.text))
    return Verdict(
        answer="not applicable" if beside else answer_of(held.truth), section=item.section, quote=item.text,
        item=item.index, start=item.start, end=item.end, grade=held.grade, evidence=held.evidence,
        probably=held.truth is not None and held.grade in ("complete", "silent"),
        question=question_of(node, patient) if held.truth is None else None,
    )  # fmt: skip
