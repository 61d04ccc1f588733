"""A tree of what a sentence says against the facts: true, false or open, with the evidence.

Owns the three-valued logic and when a fact says or denies a named thing. Must not know: texts, sections, pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ..model.patient import Kind
from ..model.verdict import GRADES, Grade
from ..vocab import table
from .bounds import bound
from .known import Known, Patient
from .names import Phrase, graph, phrase, related, says
from .segment import NEUTRAL
from .tree import All, Any, Bound, Named, Node, Not, Opaque, Readings, Sex


class Answer(NamedTuple):
    """True, False or None (open), how it is known, and by which facts."""

    truth: bool | None = None
    grade: Grade = "silent"
    evidence: tuple[int, ...] = ()


OPEN = Answer()


def answer(node: Node, patient: Patient) -> Answer:
    """What the facts say of a tree."""
    match node:
        case All(parts=parts):
            return _joined([answer(part, patient) for part in parts], False, len(parts))
        case Any(parts=parts, least=least):
            return _joined([answer(part, patient) for part in parts], True, len(parts) - least + 1, least)
        case Not(part=part):
            held = answer(part, patient)
            return held if held.truth is None else held._replace(truth=not held.truth)
        case Named():
            return _named(node, patient)
        case Bound():
            return Answer(*bound(node, patient))
        case Sex(sex=sex):
            return _sex(sex, patient)
        case Readings(parts=parts):
            held_all = [answer(part, patient) for part in parts]
            return held_all[0] if len({held.truth for held in held_all}) == 1 else OPEN
        case Opaque():
            return OPEN


def _joined(held: list[Answer], decisive: bool, others: int, least: int = 1) -> Answer:
    """Answers joined: enough decisive ones decide, all of the other kind decide against."""
    deciding = [one for one in held if one.truth is decisive]
    against = [one for one in held if one.truth is (not decisive)]
    evidence = tuple(dict.fromkeys(place for one in held for place in one.evidence))
    if len(deciding) >= least:
        best = min(deciding, key=lambda one: GRADES.index(one.grade))
        return best._replace(truth=decisive)
    if len(against) >= others:
        worst = max(against, key=lambda one: GRADES.index(one.grade))
        return Answer(not decisive, worst.grade, evidence)
    return Answer(None, "silent", evidence)


def _sex(sex: str, patient: Patient) -> Answer:
    known = patient.facts.sex
    if known is None:
        return OPEN
    return Answer(known == sex, "stated", tuple(place for place, _ in patient.facts.of("sex")))


def _named(named: Named, patient: Patient) -> Answer:
    asked = _asked(named)
    texts = [asked, *map(phrase, named.examples)]
    wrong = list[Answer]()
    for known in patient.known:
        if known.says is not None and known.fact.value is not None and known.fact.value.number is not None:
            continue
        if known.says is not None:
            for text in texts:
                held = _said(known, text, named)
                if held is True:
                    return Answer(True, "stated", (known.place,))
                if held is False:
                    wrong.append(Answer(False, "computed", (known.place,)))
        elif known.denies is not None and _denied(known.denies, asked, named):
            wrong.append(Answer(False, "denied", (known.place,)))
    if wrong:
        return wrong[0]
    return _silent(named, texts, patient)


@cache
def _asked(named: Named) -> Phrase:
    return phrase(f"{named.loose} {named.text}")


@cache
def _opposites() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row["words"].split(" | ")) for row in table("exclusive_words"))


def _degrees(text: Phrase) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The words of a phrase that exclude others, each with those others; not those that are part of a name."""
    part = frozenset(word for unit in text.units if len(unit) > 1 for word in unit)
    return [(held, group) for group in _opposites() if (held := (group & text.held) - part)]


def _said(known: Known, asked: Phrase, named: Named) -> bool | None:
    """Whether a fact says what is asked, or says the opposite; None where it speaks of something else."""
    said = known.says
    assert said is not None
    if not asked.units and not [word for word in asked.rest if word not in NEUTRAL]:
        return None
    degrees = _degrees(asked)
    words = frozenset(word for group, _ in degrees for word in group)
    if not says(said, asked, but=_spared(asked) | words):
        return None
    for name in named.but:
        if says(said, phrase(name), but=NEUTRAL) or related(said, phrase(name)):
            return None
    for wanted, group in degrees:
        stated = group & said.held
        if stated and not stated & wanted:
            return False if asked.units and not (words >= asked.held) else None
        if not stated:
            return None
    return True if _timely(known, named) else None


_DOING = frozenset(
    "treatment medication agent drug use usage test level score value result surgery procedure".split()
)
"""Words that are spared only beside the name of something given or done."""


@cache
def _spared(asked: Phrase) -> frozenset[str]:
    """Words that need not be said, as long as something else is asked."""
    if all(word in NEUTRAL for word in asked.held):
        return frozenset()
    given = [unit for unit in asked.units if not unit <= _DOING and _given(asked, unit)]
    return NEUTRAL if given else NEUTRAL - _DOING


def _given(asked: Phrase, unit: frozenset[str]) -> bool:
    kinds = {up for key in asked.named[unit] for up in graph().above(key)}
    return bool(kinds & _roots(_TREATMENTS | _PROCEDURES))


def _denied(denied: Phrase, asked: Phrase, named: Named) -> bool:
    """Whether what a fact rules out holds all that is asked."""
    spared = _spared(denied)
    return bool(denied.held - spared) and says(asked, denied, but=spared)


def _timely(known: Known, named: Named) -> bool:
    """Whether a fact is of the time that is asked about."""
    fact = known.fact
    treats = fact.kind in ("treatment", "procedure")
    if fact.status == "planned":
        return named.tense == "planned"
    if named.tense == "planned":
        return False
    if named.tense == "now" and (fact.status == "past" or fact.kind == "procedure"):
        return False
    if fact.status == "past" and not treats and named.tense == "any" and named.within is None:
        return False
    return named.within is None or bool(_inside(known, named))


def _inside(known: Known, named: Named) -> bool | None:
    """Whether a fact lies within the times that are asked; None where its time is not known."""
    within, fact = named.within, known.fact
    assert within is not None
    if within.lasting:
        began = fact.began or (fact.time if fact.status != "past" else None)
        return None if began is None else began.least >= (within.least or 0)
    if fact.time is None:
        current = fact.status == "current" and fact.kind == "treatment"
        return True if current and within.most is not None and within.least is None else None
    if within.most is not None:
        return True if fact.time.most <= within.most else False if fact.time.least > within.most else None
    return fact.time.least >= (within.least or 0)


_OTHERWISE = frozenset(
    "family relative risk candidate indication need plan willing able unable consent contraindication suspect "
    "suspected possible predisposition predisposing partner mother father sibling eligible exposure contact test "
    "screening".split()
)
"""Words of what a list of conditions or treatments does not tell."""


def _silent(named: Named, texts: Iterable[Phrase], patient: Patient) -> Answer:
    """False where the list of such things is complete and nothing in it could be the thing."""
    texts = list(texts)
    kinds = _kinds(named, texts[0])
    if not kinds or not kinds <= patient.facts.complete or not texts[0].units or texts[0].held & _OTHERWISE:
        return OPEN
    for known in patient.known:
        if known.fact.kind not in kinds or known.denies is not None:
            continue
        if any(_could_be(known, text, named) for text in texts):
            return OPEN
    return Answer(False, "complete")


def _could_be(known: Known, asked: Phrase, named: Named) -> bool:
    """Whether a listed fact may be what is asked, for all that is known."""
    said = known.says or phrase(known.fact.name)
    if known.says is not None and not _may_be_timely(known, named):
        return False
    if not said.units:
        return True
    if not related(said, asked) or any(says(said, phrase(name), but=NEUTRAL) for name in named.but):
        return False
    for wanted, group in _degrees(asked):
        stated = group & said.held
        if stated and not stated & wanted:
            return False
    return True


def _may_be_timely(known: Known, named: Named) -> bool:
    if named.within is not None and not named.within.lasting and _inside(known, named) is False:
        return False
    if named.tense == "now" and known.fact.status == "past":
        return False
    return True


_TREATMENTS: frozenset[str] = frozenset({"drug", "vaccine", "biologic", "cell therapy"})
_PROCEDURES: frozenset[str] = frozenset({"procedure", "surgery", "transplantation", "radiotherapy"})


@cache
def _roots(names: frozenset[str]) -> frozenset[str]:
    return frozenset(graph().root(key) for name in names for key in (" ".join(sorted(phrase(name).held)),))


def _kinds(named: Named, asked: Phrase) -> frozenset[Kind]:
    """The kinds of fact that could say it: their lists must be complete before silence says anything."""
    made = set[Kind]()
    if asked.kinds & _roots(_PROCEDURES):
        made.add("procedure")
    if asked.kinds & _roots(_TREATMENTS):
        made.add("treatment")
    elif not made and asked.kinds & _roots(frozenset({"treatment"})):
        made |= {"treatment", "procedure"}
    if not made and asked.kinds & _roots(frozenset({"disease", "symptom", "cancer", "infection"})):
        made.add("condition")
    return frozenset(made)
