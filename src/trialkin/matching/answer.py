"""A tree of what a sentence says against the facts: true, false or open, with the evidence.

Owns the three-valued logic. Must not know: when a fact says a thing, texts, sections, pages.
"""

from __future__ import annotations

from ..model.verdict import GRADES
from .bounds import bound
from .known import Patient
from .named import named_thing
from .settled import OPEN, Answer
from .tree import All, Any, Bound, Defined, Named, Node, Not, Opaque, Readings, Sex


def answer(node: Node, patient: Patient) -> Answer:
    """What the facts say of a tree."""
    match node:
        case All(parts=()):
            return Answer(True, "stated")
        case All(parts=parts):
            return _joined([answer(part, patient) for part in parts], False, len(parts))
        case Any(parts=parts, least=least):
            return _joined([answer(part, patient) for part in parts], True, len(parts) - least + 1, least)
        case Not(part=part):
            held = answer(part, patient)
            return held if held.truth is None else held._replace(truth=not held.truth)
        case Named():
            return named_thing(node, patient)
        case Bound():
            return Answer(*bound(node, patient))
        case Sex(sex=sex):
            return _sex(sex, patient)
        case Defined(part=part, bounds=bounds):
            defined = answer(bounds, patient)
            return answer(part, patient) if defined.truth is None else defined
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
        return Answer(not decisive, worst.grade, evidence, all(one.beside for one in against))
    return Answer(None, "silent", evidence)


def _sex(sex: str, patient: Patient) -> Answer:
    known = patient.facts.sex
    if known is None:
        return OPEN
    return Answer(known == sex, "stated", tuple(place for place, _ in patient.facts.of("sex")), known != sex)
