"""What the pages about one person show: facts to confirm, one question, groups of studies; a checklist of one study.

The page carries the facts as JSON from answer to answer. Must not know: templates, HTTP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from ..errors import InvalidValue
from ..library import Library
from ..matching.fit import GROUPS, Fit
from ..matching.intake import facts_of_json
from ..matching.note import facts_of_note
from ..model.patient import Amount, Fact, Facts, Kind, Origin
from ..model.verdict import Question
from .match import NO_ADVICE, SHOWN, TITLES, as_posted, evidence_words, fact_words

Form = Mapping[str, list[str]]
_NUMBERS: tuple[Kind, ...] = ("age", "measurement", "score")
_FORM = Origin(kind="form")


@dataclass(frozen=True)
class ShownFact:
    """A fact to confirm: its place, its words and those of the note that state it."""

    place: int
    words: str
    quote: str
    main: bool
    condition: bool


@dataclass(frozen=True)
class ShownQuestion:
    """One question: `how` is "number", "sex" or "yes"; `studies` is how many it bears on."""

    text: str
    kind: str
    name: str
    unit: str
    how: str
    studies: int


@dataclass(frozen=True)
class ShownStudy:
    """A study in its group: why it conflicts, or what it asks first."""

    nct_id: str
    title: str
    why: str
    evidence: str
    questions: int


@dataclass(frozen=True)
class ShownGroup:
    """A group of studies; `more` are not shown."""

    key: str
    title: str
    count: int
    studies: tuple[ShownStudy, ...]
    more: int


@dataclass(frozen=True)
class MatchPage:
    """Everything on the page of results."""

    carried: str
    near: str
    facts: tuple[ShownFact, ...]
    question: ShownQuestion | None
    groups: tuple[ShownGroup, ...]
    judged: int
    found: int
    advice: str


@dataclass(frozen=True)
class ShownVerdict:
    """A criterion with its answer and what it rests on."""

    quote: str
    answer: str
    effect: str
    evidence: str
    question: str


@dataclass(frozen=True)
class ScreenPage:
    """Everything on the checklist of one study."""

    carried: str
    nct_id: str
    title: str
    group: str
    sections: tuple[tuple[str, tuple[ShownVerdict, ...]], ...]
    question: ShownQuestion | None
    advice: str


def asked_facts(form: Form) -> Facts:
    """The facts that a form carries, states and answers.

    Raises:
        InvalidValue: they cannot be read, or there are none.
    """
    facts = facts_of_json(_one(form, "facts").encode()) if "facts" in form else Facts()
    facts = _kept(facts, form)
    facts = _with(facts, _stated(form))
    if note := _one(form, "note"):
        read = facts_of_note(note)
        known = {fact.kind for fact in facts.facts if fact.kind in ("age", "sex")}
        before = len(facts.facts)
        added = [fact for fact in read.facts if fact.kind not in known]
        main = facts.main
        if main is None and read.main is not None:
            main = before + added.index(read.facts[read.main])
        facts = msgspec.structs.replace(_with(facts, added), main=main)
    facts = _with(facts, _answered(form))
    if not facts.facts:
        raise InvalidValue("nothing is known of the person", hint="Name a condition, or paste a note.")
    return facts


def match_page(library: Library, facts: Facts, form: Form) -> MatchPage:
    """The page of results; raises as `Library.match`."""
    near = _one(form, "near")
    place = f"{near}, {_within(form)} km, open" if near else ""
    found = library.match(facts, note=_one(form, "note"), near=place)
    question = _question(found.questions[0].question, found.questions[0].studies) if found.questions else None
    groups = tuple(
        ShownGroup(
            key=name.replace(" ", "-"),
            title=TITLES[name],
            count=len(held := found.group(name)),
            studies=tuple(_study(fit, facts) for fit in held[:SHOWN]),
            more=max(0, len(held) - SHOWN),
        )
        for name in GROUPS
    )
    shown = tuple(
        ShownFact(place, fact_words(fact), _quote(fact), place == facts.main, fact.kind == "condition")
        for place, fact in enumerate(facts.facts)
    )
    shown = tuple(sorted(shown, key=lambda one: not one.main))
    return MatchPage(_carried(facts), near, shown, question, groups, len(found.fits), found.found,
                     as_posted(found.data_timestamp))  # fmt: skip


def screen_page(library: Library, facts: Facts, form: Form) -> ScreenPage:
    """The checklist of one study; raises as `Library.screen`."""
    fit = library.screen(_one(form, "nct_id"), facts)
    sections = []
    for section, title in (
        ("inclusion", "To join"),
        ("exclusion", "Rules out"),
        ("unspecified", "Other criteria"),
    ):
        rows = tuple(
            ShownVerdict(
                one.quote, one.answer, one.effect.replace(" ", "-"), evidence_words(one, facts),
                one.question.text if one.question else "",
            )
            for one in fit.verdicts if one.section == section
        )  # fmt: skip
        if rows:
            sections.append((title, rows))
    unknown = {fact.name for fact in facts.facts if fact.assertion == "unknown"}
    question = next((one for one in fit.questions if one.name not in unknown), None)
    advice = f"As posted on {fit.posted}. {NO_ADVICE}" if fit.posted else NO_ADVICE
    return ScreenPage(_carried(facts), fit.nct_id, fit.title, TITLES[fit.group], tuple(sections),
                      _question(question, 1) if question else None, advice)  # fmt: skip


def _one(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "").strip()


def _within(form: Form) -> int:
    text = _one(form, "within") or "50"
    if not text.isdigit() or not 1 <= int(text) <= 20_000:
        raise InvalidValue("the distance is no number of kilometres from 1 to 20,000")
    return int(text)


def _carried(facts: Facts) -> str:
    return msgspec.json.encode(facts).decode()


def _quote(fact: Fact) -> str:
    quote = fact.origin.quote or ""
    return "" if quote == fact.name else quote


def _with(facts: Facts, more: list[Fact]) -> Facts:
    main = facts.main
    first = next(
        (at for at, fact in enumerate(more) if fact.kind == "condition" and fact.assertion == "present"), None
    )
    if main is None and first is not None and not facts.facts:
        main = first
    return msgspec.structs.replace(facts, facts=(*facts.facts, *more), main=main)


def _kept(facts: Facts, form: Form) -> Facts:
    """Without what was struck out, and with the main condition that was chosen."""
    struck = {int(place) for place in form.get("strike", ()) if place.isdigit()}
    chosen = int(_one(form, "main")) if _one(form, "main").isdigit() else facts.main
    left = [(place, fact) for place, fact in enumerate(facts.facts) if place not in struck]
    main = next((at for at, (place, _) in enumerate(left) if place == chosen), None)
    return msgspec.structs.replace(facts, facts=tuple(fact for _, fact in left), main=main)


def _stated(form: Form) -> list[Fact]:
    made = list[Fact]()
    if condition := _one(form, "condition"):
        made.append(Fact(kind="condition", name=condition, origin=_FORM))
    if age := _one(form, "age"):
        made.append(Fact(kind="age", name="age", value=Amount(number=_number(age), unit="a"), origin=_FORM))
    if (sex := _one(form, "sex")) in ("female", "male"):
        made.append(Fact(kind="sex", name="sex", value=Amount(text=sex), origin=_FORM))
    return made


def _answered(form: Form) -> list[Fact]:
    """The answer to the question that the page asked."""
    kind, name, answer = _one(form, "asked_kind"), _one(form, "asked_name"), _one(form, "answer")
    number = _one(form, "number")
    if not kind or not name or not (answer or number):
        return []
    made: dict[str, Any] = {"kind": kind, "name": name, "origin": {"kind": "form"}}
    if answer == "unknown":
        made["assertion"] = "unknown"
    elif kind == "sex":
        made["value"] = {"text": answer}
    elif number:
        unit = _one(form, "asked_unit")
        made["value"] = {"number": _number(number), "unit": unit or None}
    elif answer in ("yes", "no"):
        made["assertion"] = "present" if answer == "yes" else "absent"
    else:
        return []
    return list(facts_of_json(msgspec.json.encode({"facts": [made]})).facts)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise InvalidValue("a number was expected", hint="For example 54 or 7.5.") from None


def _question(question: Question, studies: int) -> ShownQuestion:
    how = "sex" if question.kind == "sex" else "number" if question.kind in _NUMBERS else "yes"
    return ShownQuestion(question.text, question.kind, question.name, question.unit or "", how, studies)


def _study(fit: Fit, facts: Facts) -> ShownStudy:
    if fit.reason is not None:
        return ShownStudy(fit.nct_id, fit.title, fit.reason.quote, evidence_words(fit.reason, facts), 0)
    first = fit.questions[0].text if fit.questions else ""
    return ShownStudy(fit.nct_id, fit.title, first, "", len(fit.questions))
