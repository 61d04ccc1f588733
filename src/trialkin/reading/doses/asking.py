"""Which rows apply, given facts: three-valued logic over the conditions.

Owns facts as text, the strong Kleene tables, and the question that would settle an unknown. A missing fact is
unknown, never false. Facts stay in memory. Must not know pages or the command line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from trialkin.errors import InvalidValue
from trialkin.model.regimen import AllOf, AnyOf, Comparison, Condition, Finding, RegimenRow, Setting, Unread
from trialkin.reading.patterns import Pattern


class Verdict(StrEnum):
    """Whether a row applies."""

    APPLIES = "applies"
    NOT = "does not apply"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    """One stated fact: a yes or no, a number with its unit, or words."""

    name: str
    value: bool | float | str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a row applies, why, and what would settle it when unknown."""

    row: RegimenRow
    verdict: Verdict
    because: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


_YES = {"yes", "true", "present", "y", "positive", "1"}
_NO = {"no", "false", "absent", "n", "negative", "none"}
_QUANTITY = Pattern(r"(?P<n>-?\d{1,9}(?:[.,]\d{1,6})?)\s*(?P<unit>[A-Za-zμµ%][\w%/^.²]{0,15})?")
MAX_FACTS = 100


def parse_facts(text: str) -> tuple[Fact, ...]:
    """Facts from "margin=0.5 mm; extracapsular extension=yes; pCR=no"; one a line is fine too.

    Raises:
        InvalidValue: a part has no "=", or a name or value is empty.
    """
    facts = []
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not (name and equals and value):
            raise InvalidValue(
                f"the fact {part.strip()!r} cannot be read",
                hint='Write name=value, separated by semicolons: "margin=0.5 mm; pCR=no".',
            )
        facts.append(_fact(name, value))
    if len(facts) > MAX_FACTS:
        raise InvalidValue(f"{len(facts)} facts are too many", hint=f"State at most {MAX_FACTS}.")
    return tuple(facts)


def _fact(name: str, value: str) -> Fact:
    low = value.lower()
    if low in _YES and low != "1":
        return Fact(name, True)
    if low in _NO:
        return Fact(name, False)
    if match := _QUANTITY.fullmatch(value):
        return Fact(name, float(match["n"].replace(",", ".")), match["unit"] or "")
    return Fact(name, value)


def ask(rows: tuple[RegimenRow, ...], facts: tuple[Fact, ...]) -> tuple[Answer, ...]:
    """An answer for each row, in order."""
    return tuple(_answer(row, facts) for row in rows)


def _answer(row: RegimenRow, facts: tuple[Fact, ...]) -> Answer:
    value, because, questions = _value(row.when, facts) if row.when is not None else (True, (), ())
    for proviso in row.provisos:
        if proviso.kind != "exemption" or value is False:
            continue
        exempt, reasons, open_questions = _value(proviso.condition, facts)
        if exempt is True:
            value, because = None, (*because, *reasons, f"may be exempted: “{proviso.quote}”")
            questions = (*questions, "whether the treating team exempts")
        elif exempt is None:
            value, questions = None, (*questions, *open_questions)
        else:
            because = (*because, *reasons)
    verdict = {True: Verdict.APPLIES, False: Verdict.NOT, None: Verdict.UNKNOWN}[value]
    settled = tuple(dict.fromkeys(questions)) if value is None else ()
    return Answer(row, verdict, tuple(dict.fromkeys(because)), settled)


_Result = tuple[bool | None, tuple[str, ...], tuple[str, ...]]


def _value(tree: Condition, facts: tuple[Fact, ...]) -> _Result:
    if isinstance(tree, AllOf | AnyOf):
        return _joined(tree, facts)
    if isinstance(tree, Comparison):
        return _compared(tree, facts)
    if isinstance(tree, Finding):
        return _found(tree, facts)
    if isinstance(tree, Setting):
        return _placed(tree, facts)
    assert isinstance(tree, Unread)
    return None, (), (f"“{tree.quote}” (not understood)",)


def _joined(tree: AllOf | AnyOf, facts: tuple[Fact, ...]) -> _Result:
    """Strong Kleene: one false settles "all of", one true settles "any of", whatever is unknown."""
    results = [_value(part, facts) for part in tree.parts]
    decisive = isinstance(tree, AnyOf)
    settled = [result for result in results if result[0] is decisive]
    if settled:
        return decisive, tuple(reason for result in settled for reason in result[1]), ()
    unknown = [result for result in results if result[0] is None]
    because = tuple(reason for result in results for reason in result[1])
    if unknown:
        return None, because, tuple(question for result in unknown for question in result[2])
    return not decisive, because, ()


_SMALL = {"of", "the", "for", "to", "a", "an", "in", "with", "is", "are", "at", "on", "present", "status", "body"}


def _words(text: str) -> frozenset[str]:
    found = re.findall(r"[a-z0-9μ]+", text.lower())
    return frozenset(word.removesuffix("s") if len(word) > 3 else word for word in found if word not in _SMALL)


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"[A-Za-z]+", text) if word.lower() not in _SMALL).lower()


def _names(fact: Fact, subject: str, aliases: tuple[str, ...] = ()) -> bool:
    """Whether a fact is about a subject: the same words, most of them, an abbreviation given, or the initials."""
    own, there = _words(fact.name), _words(subject)
    if not own or not there:
        return False
    if fact.name.lower() in {alias.lower() for alias in aliases}:
        return True
    if len(fact.name) > 1 and fact.name.lower() == _initials(subject) and len(there) > 1:
        return True
    return (own <= there or there <= own) and 3 * len(own & there) >= 2 * max(len(own), len(there))


def _compared(tree: Comparison, facts: tuple[Fact, ...]) -> _Result:
    for fact in facts:
        own = _words(fact.name)
        if (
            not isinstance(fact.value, float)
            or not own
            or not (own <= _words(tree.subject) or _words(tree.subject) <= own)
        ):
            continue
        value = _converted(fact, tree.unit)
        if value is None:
            return None, (), (f"{fact.name} in {tree.unit} (given in {fact.unit or 'no unit'})",)
        low = tree.low is None or (value >= tree.low if tree.low_inclusive else value > tree.low)
        high = tree.high is None or (value <= tree.high if tree.high_inclusive else value < tree.high)
        return (
            low and high,
            (f"{fact.name} = {fact.value:g} {fact.unit}".strip() + f" against “{tree.quote}”",),
            (),
        )
    return None, (), (f"{tree.subject}{f' in {tree.unit}' if tree.unit else ''}",)


_LENGTHS = {"mm": 1.0, "cm": 10.0, "m": 1000.0}
_TIMES = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
_MASSES = {"g": 1.0, "kg": 1000.0}


def _converted(fact: Fact, unit: str) -> float | None:
    """The fact's number in the unit asked for; a number without a unit is taken in that unit."""
    assert isinstance(fact.value, float)
    given, wanted = fact.unit.lower().rstrip("s"), unit.lower().rstrip("s")
    if not given or not wanted or given == wanted:
        return fact.value
    for scale in (_LENGTHS, _TIMES, _MASSES):
        if given in scale and wanted in scale:
            return fact.value * scale[given] / scale[wanted]
    return None


def _found(tree: Finding, facts: tuple[Fact, ...]) -> _Result:
    for fact in facts:
        present = _presence(tree, fact)
        if present is not None:
            shown = fact.value if isinstance(fact.value, str) else _said(fact)
            return present is not tree.negated, (f"{fact.name} = {shown}",), ()
    aliases = f" ({', '.join(tree.aliases)})" if tree.aliases else ""
    return None, (), (f"{tree.subject}{aliases}",)


def _said(fact: Fact) -> str:
    if isinstance(fact.value, bool):
        return "yes" if fact.value else "no"
    return f"{fact.value:g} {fact.unit}".strip() if isinstance(fact.value, float) else fact.value


def _presence(tree: Finding, fact: Fact) -> bool | None:
    there = _words(tree.subject)
    if isinstance(fact.value, bool):
        return fact.value if _names(fact, tree.subject, tree.aliases) else None
    own = _words(fact.name)
    if isinstance(fact.value, str):
        value = _words(fact.value)
        if own | value == there:
            return True
        return False if own and own < there and value and not value & there else None
    if "positive" in there and there - {"positive"} == own:
        return fact.value <= 0  # a measured distance above zero is not a positive margin
    if own and own < there and there - own == {f"{fact.value:g}"}:
        return True
    return None


def _placed(tree: Setting, facts: tuple[Fact, ...]) -> _Result:
    for fact in facts:
        if tree.unit and tree.low is not None and fact.name.lower() == tree.unit and isinstance(fact.value, float):
            inside = tree.low <= fact.value <= (tree.high if tree.high is not None else tree.low)
            return inside, (f"{fact.name} = {fact.value:g} against “{tree.quote}”",), ()
    return True, (), ()
