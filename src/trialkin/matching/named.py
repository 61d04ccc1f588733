"""A named thing against the facts: said, denied, the opposite said, of another time, or not listed.

Owns when a fact says or denies a named thing and what silence is worth. Must not know: texts, logic of trees, pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec

from ..model.patient import Kind
from ..vocab import table
from .known import Known, Patient, variable_of
from .names import Phrase, graph, phrase, related, says
from .segment import NEUTRAL
from .settled import OPEN, Answer
from .tree import Named
from .words import part_words


def named_thing(named: Named, patient: Patient) -> Answer:
    """What the facts say of a named thing."""
    asked = phrase(named.text)
    for held in (_lasted(named, asked, patient), _measured(named, patient)):
        if held.truth is not None:
            return held
    texts = [asked, *map(phrase, named.examples)]
    said, against = _told(named, texts, patient)
    if said:
        return Answer(True, "stated", (*said, *(place for one in against for place in one.evidence)))
    if against:
        return against[0]
    others = _of_others(asked, patient)
    return others if others.truth is not None else _silent(named, texts, patient)


def _told(named: Named, texts: list[Phrase], patient: Patient) -> tuple[list[int], list[Answer]]:
    """The first fact that says the thing, and what speaks against it."""
    against = list[Answer]()
    said = list[int]()
    for known in patient.known:
        value = known.fact.value
        if known.says is not None and (value is None or value.number is None):
            held = {_said(known, text, named) for text in texts}
            if True in held:
                said = said or [known.place]
            elif False in held:
                against.append(Answer(False, "computed", (known.place,)))
        if known.denies is not None and _denied(known, _asked(named), named):
            against.append(Answer(False, "denied", (known.place,)))
    return said, against


@cache
def _of_sex() -> dict[str, tuple[str, float, float]]:
    return {
        word: (row["sex"], float(row["youngest"] or 0), float(row["oldest"] or 999))
        for row in table("sex_words")
        for word in row["words"].split(" | ")
    }


def _of_others(asked: Phrase, patient: Patient) -> Answer:
    """False where only people of the other sex, or of another age, can be or have what is asked."""
    wanted = [of for word in asked.held if (of := _of_sex().get(word))]
    if not wanted or asked.held & _OTHERWISE:
        return OPEN
    sex, age = patient.facts.sex, patient.facts.age
    if sex is not None and {of for of, _, _ in wanted}.isdisjoint({sex}):
        return Answer(False, "computed", tuple(place for place, _ in patient.facts.of("sex")), True)
    if age is not None and all(not low <= age <= high for _, low, high in wanted):
        return Answer(False, "computed", tuple(place for place, _ in patient.facts.of("age")), True)
    return OPEN


_BEGINNING = frozenset("onset first begin began beginning start symptom current present longest earlier".split())


def _lasted(named: Named, asked: Phrase, patient: Patient) -> Answer:
    """From what is said of how long the thing lasts, or how long ago it began."""
    within = named.within
    if within is None:
        return OPEN
    begun = bool(asked.held & {"onset", "began", "start", "symptom"}) and within.most is not None
    if not within.lasting and not begun:
        return OPEN
    for lasting in patient.lasting:
        content = [word for word in asked.held if word not in NEUTRAL | _BEGINNING]
        about = (
            says(lasting.says, asked, but=NEUTRAL | _BEGINNING)
            if content
            else bool(lasting.says.held & asked.held)
        )
        if about or (content and asked.units and related(lasting.says, asked) and within.lasting):
            enough = lasting.days >= (within.least or 0) and (within.most is None or lasting.days <= within.most)
            thing = (
                named_thing(msgspec.structs.replace(named, within=None), patient)
                if content and not about
                else None
            )
            if thing is None or thing.truth or not enough:
                return Answer(enough, "computed", (lasting.place,))
    return OPEN


def _measured(named: Named, patient: Patient) -> Answer:
    """ "PSA within 3 months": whether such a value is there, of that time."""
    variable = variable_of(named.text)
    if variable is None or named.within is None:
        return OPEN
    held = patient.measured.get(variable, [])
    for place, fact in held:
        if fact.time is not None and named.within.most is not None and fact.time.most <= named.within.most:
            return Answer(True, "stated", (place,))
    timed = all(fact.time is not None and fact.time.least > (named.within.most or 0) for _, fact in held)
    return Answer(False, "complete") if timed and "measurement" in patient.facts.complete else OPEN


@cache
def _asked(named: Named) -> Phrase:
    return phrase(f"{named.loose} {named.text}")


@cache
def _opposites() -> dict[frozenset[str], bool]:
    """Words of which only one can be said, and whether one said denies the others."""
    return {frozenset(row["words"].split(" | ")): row["refutes"] == "yes" for row in table("exclusive_words")}


def _degrees(text: Phrase) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The words of a phrase that exclude others, each with those others."""
    alone = frozenset(word for unit in text.units if len(unit) == 1 for word in unit)
    return [(held, group) for group in _opposites() if (held := (group & text.held) - alone)]


def _names_something(asked: Phrase, degrees: frozenset[str]) -> bool:
    """Whether a phrase names a thing, not only a part of the body, a degree or "disorders"."""
    if any(len(unit) > 1 and not unit <= NEUTRAL | _DOING for unit in asked.units):
        return True
    return bool(asked.held - NEUTRAL - part_words() - _DOING - degrees)


_ASSUMED = frozenset(("active", "current"))
"""What is meant of a condition that is there, where nothing else is said."""
_TURNING = frozenset("non pseudo negative normal never former not no without".split())
"""Words that turn what stands beside them."""


def _said(known: Known, asked: Phrase, named: Named) -> bool | None:
    """Whether a fact says what is asked, or says the opposite; None where it speaks of something else."""
    said = known.says
    assert said is not None
    degrees = _degrees(asked)
    words = frozenset(word for group, _ in degrees for word in group)
    if not _names_something(asked, words):
        return None
    spared = _spared(asked) | _ASSUMED
    whole = says(said, asked, but=spared)
    if not whole and not says(said, asked, but=spared | words):
        return None
    if (said.held & _TURNING) - asked.held:
        return None
    for name in named.but:
        if says(said, phrase(name), but=NEUTRAL) or related(said, phrase(name)):
            return None
    for wanted, group in degrees:
        stated = group & said.held
        assumed = wanted <= _ASSUMED
        if stated and not stated & wanted and (assumed or not whole):
            return False if _opposites()[group] and asked.units and not (words >= asked.held) else None
        if not stated and not whole and not assumed:
            return None
    if _too_short(known, named):
        return False
    return True if _timely(known, named) else None


def _too_short(known: Known, named: Named) -> bool:
    """Whether a thing that lasts began too late: "diagnosed at least 6 months ago"."""
    within, fact = named.within, known.fact
    if within is None or within.least is None or fact.kind != "condition" or fact.status == "past":
        return False
    began = fact.began or fact.time
    return began is not None and began.most < within.least


_DOING = frozenset(
    "treatment medication agent drug use usage test level score value result surgery procedure".split()
)
"""Words that are spared only beside the name of something given or done."""


@cache
def _spared(asked: Phrase) -> frozenset[str]:
    """Words that need not be said, as long as something else is asked."""
    if all(word in NEUTRAL for word in asked.held):
        return frozenset()
    adverbs = frozenset(word for word in asked.rest if word.endswith("ly") and word not in _NO_ADVERBS)
    given = [unit for unit in asked.units if not unit <= _DOING and _given(asked, unit)]
    return (NEUTRAL if given else NEUTRAL - _DOING) | adverbs


_NO_ADVERBS = frozenset("family locally early only daily weekly monthly likely poorly anomaly assembly".split())


def _given(asked: Phrase, unit: frozenset[str]) -> bool:
    kinds = {up for key in asked.named[unit] for up in graph().above(key)}
    return bool(kinds & _roots(_TREATMENTS | _PROCEDURES))


def _denied(known: Known, asked: Phrase, named: Named) -> bool:
    """Whether what a fact rules out, for the time that it speaks of, holds all that is asked."""
    denied = known.denies
    assert denied is not None
    if "negative" in asked.held:
        return False
    if known.within is not None and known.within.most is not None:
        wanted = named.within.most if named.within else None
        if wanted is None or wanted > known.within.most * 1.02:
            return False
    spared = _spared(denied) | {"willing", "able"}
    return bool(denied.held - spared) and says(asked, denied, but=spared)


def _timely(known: Known, named: Named) -> bool:
    """Whether a fact is of the time that is asked about."""
    fact = known.fact
    treats = fact.kind in ("treatment", "procedure")
    if fact.status == "planned":
        return named.tense == "planned"
    if named.tense == "planned":
        return False
    over = fact.status == "past" or fact.kind == "procedure"
    if named.tense == "now" and over and named.within is None:
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
    "suspected possible predisposition predisposing partner mother father sibling eligible exposure contact "
    "test".split()
)
"""Words of what a list of conditions or treatments does not tell."""


def _silent(named: Named, texts: Iterable[Phrase], patient: Patient) -> Answer:
    """False where the list of such things is complete and nothing in it could be the thing."""
    texts = list(texts)
    kinds = _kinds(texts[0])
    if (
        not kinds
        or not kinds <= patient.facts.complete
        or not _names_something(texts[0], frozenset())
        or texts[0].held & _OTHERWISE
    ):
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
    if all(unit <= NEUTRAL | part_words() | _DOING for unit in said.units):
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
    return not (named.tense == "now" and known.fact.status == "past" and named.within is None)


_TREATMENTS: frozenset[str] = frozenset({"drug", "vaccine", "biologic", "cell therapy"})
_PROCEDURES: frozenset[str] = frozenset({"procedure", "surgery", "transplantation", "radiotherapy"})


@cache
def _roots(names: frozenset[str]) -> frozenset[str]:
    return frozenset(graph().root(key) for name in names for key in (" ".join(sorted(phrase(name).held)),))


def kind_of(asked: Phrase) -> Kind:
    """The kind of fact that would say it."""
    kinds = _kinds(asked)
    return "finding" if len(kinds) != 1 else next(iter(kinds))


def _kinds(asked: Phrase) -> frozenset[Kind]:
    """The kinds of fact that could say it, by the first thing named: their lists must be complete."""
    units = sorted(asked.units, key=lambda unit: min(asked.words.index(word) for word in unit))
    generic = False
    for unit in units:
        above = {up for key in asked.named[unit] for up in graph().above(key)}
        if above & _roots(_PROCEDURES):
            return frozenset({"procedure"})
        if above & _roots(_TREATMENTS):
            return frozenset({"treatment"})
        if above & _roots(_DISEASES) or (len(unit) > 1 and "disease" in unit):
            return frozenset({"condition"})
        generic = generic or bool(above & _roots(frozenset({"treatment"})))
    return frozenset({"procedure", "treatment"}) if generic else frozenset()


_DISEASES = frozenset({"disease", "symptom", "cancer", "infection", "tumor"})
