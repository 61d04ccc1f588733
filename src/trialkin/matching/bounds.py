"""A bound against the values of a patient: in one unit, of the right time, on the right scale.

Owns comparing numbers, stages and converted scales. Must not know: sentences, concepts.
"""

from __future__ import annotations

import re
from functools import cache

from ..model.criteria import Criterion
from ..model.patient import Amount, Fact
from ..model.verdict import Grade
from ..vocab import table
from .known import Patient
from .names import phrase, says
from .tree import Bound, Within
from .values import in_unit, within

Held = tuple[bool | None, Grade, tuple[int, ...]]
_OPEN: Held = (None, "silent", ())


def bound(node: Bound, patient: Patient) -> Held:
    """Whether a value lies within a bound, how that is known and by which facts."""
    criterion = node.criterion
    if criterion.kind == "age" and criterion.variable == "age":
        return _age(criterion, patient)
    found = [_one(criterion, variable, node.within, patient) for variable in criterion.variable.split(" or ")]
    truths = {truth for truth, _, _ in found}
    if len(found) > 1 and len(truths) > 1:  # "AST or ALT > 3 x ULN", "AST and ALT ≤ 2.5 x ULN"
        decisive = " and " not in criterion.quote.lower()
        return next((one for one in found if one[0] is decisive), _OPEN)
    return found[0] if None not in truths else _converted(criterion, patient)


def _one(criterion: Criterion, variable: str, window: Within | None, patient: Patient) -> Held:
    """One variable against a bound; values of one time that disagree leave it open."""
    facts = _counted(variable, patient) if criterion.kind == "count" else patient.latest(variable)
    held = [(place, _compared(criterion, variable, fact, window)) for place, fact in facts]
    settled = {truth for _, truth in held}
    if len(settled) != 1 or None in settled:
        return _OPEN
    return settled.pop(), "stated", tuple(place for place, _ in held)


def _counted(variable: str, patient: Patient) -> list[tuple[int, Fact]]:
    """Facts that count the thing: "number of prior lines of therapy"."""
    asked = phrase(variable)
    return [
        (place, fact)
        for place, fact in enumerate(patient.facts.facts)
        if fact.value is not None and fact.assertion == "present" and fact.kind not in ("age", "sex")
        and says(phrase(fact.name), asked, but=_COUNTING)
    ]  # fmt: skip


_COUNTING = frozenset(("number", "count", "prior", "previous", "at", "least", "total", "earlier"))


def _age(criterion: Criterion, patient: Patient) -> Held:
    age = patient.facts.age
    if age is None:
        return _OPEN
    low, high = criterion.canonical_low, criterion.canonical_high
    if low is None and high is None:
        return _OPEN
    inclusive, unit = bool(criterion.high_inclusive), criterion.unit or "a"
    if high is not None and inclusive and unit in _WHOLE:
        high, inclusive = high + _WHOLE[unit], False  # a person is 65 until the 66th birthday
    truth = within(
        age, low, high, low_inclusive=bool(criterion.low_inclusive), high_inclusive=inclusive, comparator="=",
    )  # fmt: skip
    return truth, "stated", tuple(place for place, _ in patient.facts.of("age"))


_WHOLE = {"a": 1.0, "mo": 1 / 12}


def _compared(criterion: Criterion, variable: str, fact: Fact, window: Within | None) -> bool | None:
    value = fact.value
    if value is None:
        return None
    truth = _staged(criterion, value) if criterion.values else _numeric(criterion, value, variable)
    most = window.most if window and not window.lasting else None
    if truth is None or most is None:
        return truth
    if fact.time is None or fact.time.most > most:
        return None
    return truth


def _numeric(criterion: Criterion, value: Amount, variable: str) -> bool | None:
    if value.number is None:
        value = _numbered(value)
    number = in_unit(value, criterion.unit, variable=variable)
    low, high = criterion.low, criterion.high
    if number is None and criterion.canonical_unit:
        number = in_unit(value, criterion.canonical_unit, variable=variable)
        low, high = criterion.canonical_low, criterion.canonical_high
    if number is None or (low is None and high is None):
        return None
    return within(
        number, low, high, low_inclusive=bool(criterion.low_inclusive), high_inclusive=bool(criterion.high_inclusive),
        comparator=value.comparator,
    )  # fmt: skip


_NUMBER = re.compile(r"\s*(?:grade |class |stage )?(\d+(?:\.\d+)?|iv|iii|ii|i)\s*%?\s*", re.IGNORECASE)
_ROMAN = {"i": 1.0, "ii": 2.0, "iii": 3.0, "iv": 4.0}


def _numbered(value: Amount) -> Amount:
    """A value written as words, where they are a number: "II", "class 2"."""
    if timed := _TIMED.fullmatch(value.text or ""):
        return Amount(number=float(timed[1]), unit=_UNITS[timed[2][0].lower()])
    match = _NUMBER.fullmatch(value.text or "")
    if match is None:
        return value
    return Amount(number=_ROMAN.get(match[1].lower()) or float(match[1]), unit=value.unit)


_TIMED = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(days?|weeks?|months?|years?)\s*", re.IGNORECASE)
_UNITS = {"d": "d", "w": "wk", "m": "mo", "y": "a"}
_STAGE = re.compile(r"(?:stage|class|grade|ajcc|figo)?\s*(iv|iii|ii|i|v|0|[1-5])([a-d]?)([1-3]?)", re.IGNORECASE)
_ORDER = {"0": 0, "i": 1, "1": 1, "ii": 2, "2": 2, "iii": 3, "3": 3, "iv": 4, "4": 4, "v": 5, "5": 5}


def _place(text: str) -> tuple[int, ...] | None:
    match = _STAGE.fullmatch(text.strip())
    if match is None:
        return None
    made = [_ORDER[match[1].lower()]]
    if match[2]:
        made.append(ord(match[2].lower()) - 96)
    if match[3]:
        made.append(int(match[3]))
    return tuple(made)


def _staged(criterion: Criterion, value: Amount) -> bool | None:
    """Whether a stage lies between two: III holds IIIA; III as such may be below IIIB or not."""
    assert criterion.values is not None
    text = value.text if value.text is not None else f"{value.number:g}" if value.number is not None else ""
    stage = _place(text)
    low, high = (None if end is None else _place(end) for end in criterion.values)
    if stage is None or (low is None and high is None):
        return None
    if low is not None and stage[: len(low)] < low:
        return None if len(stage) < len(low) and low[: len(stage)] == stage else False
    if high is not None and stage[: len(high)] > high:
        return False
    if high is not None and len(stage) < len(high) and stage == high[: len(stage)]:
        return None
    return True


@cache
def _scales() -> dict[tuple[str, str], dict[str, tuple[float, float]]]:
    """From one scale to another: each value with the least and most that it stands for."""
    made: dict[tuple[str, str], dict[str, tuple[float, float]]] = {}
    for row in table("scale_conversions"):
        made.setdefault((row["from"], row["to"]), {})[row["value"]] = (float(row["least"]), float(row["most"]))
    return made


def _converted(criterion: Criterion, patient: Patient) -> Held:
    """The bound on a scale that a table converts another one to."""
    for (stated, wanted), values in _scales().items():
        if wanted != criterion.variable:
            continue
        for place, fact in patient.latest(stated):
            value = _numbered(fact.value) if fact.value and fact.value.number is None else fact.value
            ends = values.get(f"{value.number:g}") if value and value.number is not None else None
            if ends is None:
                continue
            held = {_numeric(criterion, Amount(number=end, unit="{score}"), wanted) for end in ends}
            if len(held) == 1:
                return held.pop(), "computed", (place,)
    return _OPEN
