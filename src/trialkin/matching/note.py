"""A free-text note into facts with spans: age, sex, measurements, conditions and treatments, said or denied.

A plain reader: what it does not know stays unread and unknown. Must not know: studies, verdicts, pages, storage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.patient import Amount, Assertion, Fact, Facts, Kind, Origin, Status
from .names import Phrase, phrase

_AGE = re.compile(
    r"\b(\d{1,3})[- ]*(?:year|yr|y\.?o|yo|y/o)s?\b|\b(\d{1,2})[- ]*(month|week|day)s?[- ]old|\b(newborn|neonate)\b|"
    r"\bage[d:]?\s*(\d{1,3})\b(?!\s*(?:weeks?|months?|days?|mg|%))",
    re.IGNORECASE,
)
_NOT_HIS_AGE = re.compile(r"\s*(?:ago|earlier|prior|before|history|later|course|duration|of)\b", re.IGNORECASE)
_GESTATION = re.compile(r"\b(?:gestation\w*|weeks pregnant|at age|since age|from age)[\s:]*$", re.IGNORECASE)
_FEMALE = re.compile(r"\b(?:woman|female|girl|she|her|lady|mrs)\b", re.IGNORECASE)
_MALE = re.compile(r"\b(?:man|male|boy|he|his|gentleman|mr)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:]\s|\n|\b(?:but|however|except|although)\b")
_PART = re.compile(r",|\b(?:and|or|with)\b")
_NO = re.compile(
    r"\b(?:no|not|denie[sd]|without|negative for|absence of|nor|never|free of|ruled out)\b", re.IGNORECASE
)
_AFTER_NO = re.compile(
    r"\b(?:(?:is|are|was|were|came back|returned) )?(?:negative|absent|unremarkable|ruled out|not detected)\s*$|"
    r"\b(?:is|are|was|were) (?:negative|absent|normal|unremarkable|ruled out)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:family history|mother|father|sister|brother|parents?|husband|wife|aunt|uncle|cousin|grand\w+|"
    r"son|daughter)\b",
    re.IGNORECASE,
)
_HIS_OWN = re.compile(
    r"^\W*family history is (?:negative|non-?contributory)|\b(?:brought|accompanied) (?:in )?by\b"
)
_UNSURE = re.compile(
    r"\b(?:suspect\w*|possible|possibly|concern for|rule out|likely|suggest\w*|consistent with|risk|differential|"
    r"probable|query)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:if|should (?:he|she|they)|in case of|return for|watch for|planned|plan to|scheduled for|consider\w*|"
    r"will (?:start|undergo|begin))\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:history of|h/o|previous\w*|prior|ago|at age \d+|in the past|years earlier|status post|s/p|former)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\W*\b(?:she|he|they|the|a|an|her|his|patient|who|has|had|have|is|was|there|reports?|complains? of|known|"
    r"history of|past|prior|previous|denie[sd]|no|not|without|negative for|possible|possibly|suspected|likely|probable|"
    r"if|develops?|developed|diagnosed with|presents?|presented|status post|s/p|mother|father|sister|brother)\b)+\s*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:(?:is|are|was|were|came back|returned)?\s*(?:negative|absent|unremarkable|ruled out|not detected))?\W*$",
    re.IGNORECASE,
)
_FAMILY_SECTION = re.compile(r"^\W*(?:family history|fhx?|fam hx)\b", re.IGNORECASE)
_PAST_SECTION = re.compile(r"^\W*(?:past (?:medical|surgical) history|pmhx?|pshx?)\b", re.IGNORECASE)
_SECTION = re.compile(r"^\W*[A-Za-z][A-Za-z /]{1,40}:\s*")
_UNITS = {"month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25}
_MEASURES = (
    ("body mass index", "kg/m2", re.compile(r"\b(?:bmi|body mass index)\D{0,12}?(\d{2}(?:\.\d+)?)", re.I)),
    ("ECOG performance status", None, re.compile(r"\becog\D{0,25}?([0-4])\b", re.I)),
    ("Karnofsky performance status", None, re.compile(r"\b(?:karnofsky|kps)\D{0,25}?(\d{2,3})\b", re.I)),
    ("hemoglobin", "g/dL", re.compile(r"\b(?:hgb|hb|ha?emoglobin)\b(?! a1c)\D{0,12}?(\d{1,2}(?:\.\d+)?)\s*g/dl", re.I)),
    ("hemoglobin a1c", "%", re.compile(r"\b(?:hba1c|a1c|ha?emoglobin a1c)\D{0,12}?(\d{1,2}(?:\.\d+)?)\s*%", re.I)),
    ("serum creatinine", "mg/dL", re.compile(r"\bcreatinine\b(?! clear)\D{0,12}?(\d{1,2}(?:\.\d+)?)\s*mg/dl", re.I)),
    ("platelet count", "10*3/uL", re.compile(r"\bplatelets?(?: count)?\D{0,12}?(\d{2,3})\s*(?:k|x ?10\^?[39])", re.I)),
    ("body weight", "kg", re.compile(r"\bweigh(?:t|s)\D{0,12}?(\d{1,3}(?:\.\d+)?)\s*kg", re.I)),
    ("height", "cm", re.compile(r"\bheight\D{0,12}?(\d{2,3}(?:\.\d+)?)\s*cm", re.I)),
)  # fmt: skip
_PRESSURE = re.compile(r"\b(?:bp|blood pressure)\D{0,12}?(\d{2,3})\s*/\s*(\d{2,3})", re.IGNORECASE)


def facts_of_note(note: str) -> Facts:
    """The facts of a note in its order, each with the words that state it; what it does not mention stays unknown.

    The first condition that is present now is taken for the main one, to be confirmed by the person.
    """
    facts = [*_age(note), *_sex(note), *_measured(note)]
    family = past = False
    for start, line in _lines(note):
        if _SECTION.match(line) or not line.strip():
            family, past = bool(_FAMILY_SECTION.match(line)), bool(_PAST_SECTION.match(line))
        for place, clause in _pieces(_CLAUSE, line):
            if line[place + len(clause) :].startswith(":"):
                continue  # the name of a section
            facts += _named(clause, start + place, family=family, past=past)
    main = next(
        (at for at, fact in enumerate(facts)
         if fact.kind == "condition" and fact.assertion == "present" and fact.status != "past"), None,
    )  # fmt: skip
    return Facts(facts=tuple(facts), main=main)


def _origin(start: int, words: str) -> Origin:
    return Origin(kind="note", start=start, end=start + len(words), quote=words)


def _age(note: str) -> Iterator[Fact]:
    for age in _AGE.finditer(note):
        if _NOT_HIS_AGE.match(note, age.end()) or _GESTATION.search(note, 0, age.start()):
            continue
        stated = age[1] or age[5]
        years = float(stated) if stated else 0.0 if age[4] else float(age[2]) * _UNITS[age[3].lower()]
        yield Fact(kind="age", name="age", value=Amount(number=years, unit="a"),
                   origin=_origin(age.start(), age[0]))  # fmt: skip
        return


def _sex(note: str) -> Iterator[Fact]:
    female, male = (list(words.finditer(note)) for words in (_FEMALE, _MALE))
    if len(female) != len(male):
        first = (female if len(female) > len(male) else male)[0]
        sex = "female" if len(female) > len(male) else "male"
        yield Fact(kind="sex", name="sex", value=Amount(text=sex), origin=_origin(first.start(), first[0]))


def _measured(note: str) -> Iterator[Fact]:
    for name, unit, words in _MEASURES:
        if found := words.search(note):
            kind: Kind = "measurement" if unit else "score"
            yield Fact(kind=kind, name=name, value=Amount(number=float(found[1]), unit=unit),
                       origin=_origin(found.start(), found[0]))  # fmt: skip
    if found := _PRESSURE.search(note):
        for name, number in (("systolic blood pressure", found[1]), ("diastolic blood pressure", found[2])):
            yield Fact(kind="measurement", name=name, value=Amount(number=float(number), unit="mm[Hg]"),
                       origin=_origin(found.start(), found[0]))  # fmt: skip


def _lines(note: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in note.splitlines(keepends=True):
        number = re.match(r"\d+\. ", line)
        skipped = number.end() if number else 0
        yield start + skipped, line[skipped:].rstrip("\r\n")
        start += len(line)


def _pieces(cut: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """What stands between the cuts, with its place."""
    start = 0
    for found in cut.finditer(text):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:]


def _named(clause: str, start: int, *, family: bool, past: bool) -> Iterator[Fact]:
    status: Status | None = "past" if past or _PAST.search(clause) else None
    for place, part in _pieces(_PART, clause):
        found = phrase(part)
        words = _trimmed(part)
        if not found.units or not words:
            continue
        yield Fact(kind=_kind(found), name=words, status=status,
                   assertion=_assertion(clause, place + len(part), family=family),
                   origin=_origin(start + place + part.index(words), words))  # fmt: skip


def _assertion(clause: str, end: int, *, family: bool) -> Assertion:
    """How something is said that ends there in a clause: whose it is, then whether it is sure, then denied or not."""
    if family or (_OTHERS.search(clause) and not _HIS_OWN.search(clause)):
        return "family"
    if _AHEAD.search(clause):
        return "hypothetical"
    if _UNSURE.search(clause):
        return "possible"
    denial = _NO.search(clause)
    return "absent" if (denial and end > denial.start()) or _AFTER_NO.search(clause) else "present"


def _trimmed(part: str) -> str:
    """The name alone: without who has it, and how sure that is, before and behind it."""
    before = _BEFORE.match(part)
    rest = part[before.end() :] if before else part
    return rest[: _AFTER.search(rest).start()].strip()  # type: ignore[union-attr]


def _kind(found: Phrase) -> Kind:
    if "surgery" in found.kinds or "procedure" in found.kinds:
        return "procedure"
    return "treatment" if "medication" in found.kinds else "condition"
