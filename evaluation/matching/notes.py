"""A thin reader of short clinical vignettes: age, sex, named conditions and treatments, said or denied."""

from __future__ import annotations

import re

from trialkin.matching.names import phrase
from trialkin.model.patient import Amount, Assertion, Fact, Facts, Kind

_AGE = re.compile(
    r"\b(\d{1,3})[- ]*(?:year|yr|y\.?o|yo|y/o)s?\b|\b(\d{1,2})[- ]*(month|week|day)s?[- ]old|\b(newborn|neonate)\b",
    re.IGNORECASE,
)
_FEMALE = re.compile(r"\b(?:woman|female|girl|she|her|lady|mrs)\b", re.IGNORECASE)
_MALE = re.compile(r"\b(?:man|male|boy|he|his|gentleman|mr)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:]\s|\n|\bbut\b|\bhowever\b|\bexcept\b|\balthough\b")
_NO = re.compile(r"\b(?:no|not|denies|denied|without|negative for|absence of|nor|never)\b", re.IGNORECASE)
_AFTER_NO = re.compile(r"\b(?:is|are|was|were) (?:negative|absent|normal|unremarkable|ruled out)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:family history|mother|father|sister|brother|parents?|husband|wife|aunt|uncle|cousin|grand\w+)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:suspect\w*|possible|possibly|concern for|rule out|likely|suggest\w*|consistent with|risk|differential)\b"
)
_PAST = re.compile(
    r"\b(?:history of|previous\w*|prior|ago|at age \d+|in the past|years earlier|status post)\b", re.IGNORECASE
)
_UNITS = {"month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}


def facts_of(note: str) -> Facts:
    """The facts of a note; what it does not mention stays unknown."""
    facts = list[Fact]()
    if age := _AGE.search(note):
        years = float(age[1]) if age[1] else 0.0 if age[4] else float(age[2]) * _UNITS[age[3].lower()]
        facts.append(Fact(kind="age", name="age", value=Amount(number=years, unit="a")))
    female, male = len(_FEMALE.findall(note)), len(_MALE.findall(note))
    if female != male:
        facts.append(Fact(kind="sex", name="sex", value=Amount(text="female" if female > male else "male")))
    for line in note.splitlines():
        for clause in _CLAUSE.split(re.sub(r"^\d+\. ", "", line)):
            facts += _named(clause)
    return Facts(facts=tuple(facts))


def _named(clause: str) -> list[Fact]:
    made = list[Fact]()
    denial = _NO.search(clause)
    for part in re.split(r",|\band\b|\bor\b|\bwith\b", clause):
        found = phrase(part)
        if not found.units:
            continue
        place = clause.find(part)
        assertion: Assertion = "present"
        if (denial and place + len(part) > denial.start()) or _AFTER_NO.search(clause):
            assertion = "absent"
        if _OTHERS.search(clause):
            assertion = "family"
        elif _UNSURE.search(clause):
            assertion = "possible"
        made.append(Fact(kind=_kind(found.kinds), name=part.strip(), assertion=assertion,
                         status="past" if _PAST.search(clause) else None))  # fmt: skip
    return made


def _kind(kinds: frozenset[str]) -> Kind:
    if "surgery" in kinds or "procedure" in kinds:
        return "procedure"
    return "treatment" if "medication" in kinds else "condition"
