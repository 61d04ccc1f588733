"""Invented patients written in one line: "condition: gallstones is present @ 20 ; age: age = 44 a"."""

from __future__ import annotations

import re

from trialkin.model.patient import Amount, Fact, Facts, Kind, Time

_VALUE = re.compile(r"(?P<name>.*?) = (?P<value>[^ ]+)(?: (?P<rest>.*))?")


def patient(line: str) -> Facts:
    """The facts of a line."""
    facts, complete = list[Fact](), set[Kind]()
    for part in line.split(" ; "):
        kind, _, words = part.partition(": ")
        words, _, days = words.partition(" @ ")
        time = Time(least=float(days), most=float(days)) if days else None
        if kind == "complete":
            complete.add(words)  # type: ignore[arg-type]
        elif kind == "sex":
            facts.append(Fact(kind="sex", name="sex", value=Amount(text=words)))
        elif " = " in words:
            facts.append(_valued(kind, words, time))
        else:
            facts.append(_stated(kind, words, time))
    return Facts(facts=tuple(facts), complete=frozenset(complete))


def _stated(kind: str, words: str, time: Time | None) -> Fact:
    name, _, state = words.rpartition(" is ")
    status = {"current": "current", "past": "past", "done": "past", "planned": "planned", "never": "never"}.get(
        state
    )
    return Fact(
        kind=kind,
        name=name,
        assertion="absent" if state in ("absent", "never") else "present",
        status=status,
        time=time,
    )  # type: ignore[arg-type]


def _valued(kind: str, words: str, time: Time | None) -> Fact:
    match = _VALUE.fullmatch(words)
    assert match is not None, words
    value, rest = match["value"], match["rest"] or ""
    if value in ("True", "False"):
        amount = Amount(flag=value == "True")
    elif kind in ("measurement", "age"):
        unit, _, limit = rest.partition(" uln ")
        amount = Amount(number=float(value), unit=unit, upper_normal=float(limit) if limit else None)
    elif re.fullmatch(r"\d+(?:\.\d+)?", value) and not rest:
        amount = Amount(number=float(value))
    else:
        amount = Amount(text=f"{value} {rest}".strip())
    return Fact(kind=kind, name=match["name"], value=amount, time=time)  # type: ignore[arg-type]
