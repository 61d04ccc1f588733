"""The facts of a patient made ready for asking: phrases, who says what, values by variable.

Owns what a fact says and denies. Must not know: sentences, verdicts.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from ..model.patient import Amount, Fact, Facts, Time
from ..reading.criteria.vocabulary import Words
from ..reading.quantities import fold
from .names import Phrase, phrase
from .words import words_of

_NEGATED = re.compile(r"\b(?:no|not|never|without|denies|absence of)\b[^,;]*")
_DENYING = re.compile(
    r"\s*(?:no|none|not met|not present|absent|not done|never|false|unmet|not fulfilled)\s*$", re.I
)
_UNSURE = re.compile(
    r"\b(?:suspected|suspicion|possible|possibly|probable|pending|nature not|not yet|unclear|query|rule out|risk of)\b"
)
_BESIDE = frozenset(
    "serum plasma blood level count total echocardiography echo resting rest score latest current today "
    "morning fasting absolute value measured concentration baseline room air office mean peripheral venous "
    "screening last most recent ratio status performance self".split()
)
"""Words beside the name of something measured that leave it the same thing."""


class Known(NamedTuple):
    """A fact with what it says. `says` is None where it is no name but a value; `denies` is what it rules out."""

    place: int
    fact: Fact
    says: Phrase | None
    denies: Phrase | None

    @property
    def past(self) -> bool:
        """Whether it is over."""
        return self.fact.status == "past"


def _known(place: int, fact: Fact) -> Known:
    name, value = fact.name, fact.value
    denied = fact.assertion == "absent" or fact.status == "never" or (value is not None and value.flag is False)
    unsure = not denied and fact.kind != "finding" and _UNSURE.search(name.lower())
    if not fact.settled or fact.certainty < 0.5 or unsure:
        return Known(place, fact, None, None)
    if value is not None and value.text:
        denied = denied or bool(_DENYING.match(value.text))
        name = name if denied else f"{name} {value.text}"
    if denied:
        return Known(place, fact, None, _phrase(name))
    said = _NEGATED.sub(" ", name.lower()) if value is None or not value.text else name
    return Known(place, fact, _phrase(said), None)


def _phrase(text: str) -> Phrase:
    return phrase(text)


@lru_cache(maxsize=8192)
def variable_of(name: str) -> str | None:
    """The variable or scale that a name stands for; None where it says more than that, or nothing known."""
    words = Words(fold(name))
    found = words.measures()
    names = {mention.term.name for mention in found}
    if len(names) != 1:
        return None
    folded = fold(name)
    for mention in reversed(found):
        folded = folded[: mention.start] + " " + folded[mention.end :]
    return names.pop() if all(word in _BESIDE for word in words_of(folded)) else None


class Patient:
    """Everything known of one patient, ready for asking."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.known = [_known(place, fact) for place, fact in enumerate(facts.facts)]

    @cached_property
    def measured(self) -> dict[str, list[tuple[int, Fact]]]:
        """Facts with numbers or words as values, by variable."""
        made: dict[str, list[tuple[int, Fact]]] = {}
        for place, fact in enumerate(self.facts.facts):
            if fact.value is None or fact.assertion != "present" or fact.kind in ("age", "sex"):
                continue
            if fact.value.number is None and fact.value.text is None:
                continue
            variable = variable_of(fact.name)
            if variable:
                made.setdefault(variable, []).append((place, fact))
        self._body(made)
        return made

    def _body(self, made: dict[str, list[tuple[int, Fact]]]) -> None:
        """Body mass index from weight and height, where it is not stated."""
        if "body mass index" in made:
            return
        weights, heights = made.get("body weight", []), made.get("height", [])
        if len(weights) == len(heights) == 1:
            (first, weight), (_, height) = weights[0], heights[0]
            mass, size = weight.value, height.value
            if mass and size and mass.number and size.number and mass.unit == "kg" and size.unit in ("cm", "m"):
                meters = size.number / 100 if size.unit == "cm" else size.number
                number = round(mass.number / meters**2, 2)
                made["body mass index"] = [
                    (first, Fact(kind="measurement", name="body mass index", time=weight.time,
                                 value=Amount(number=number, unit="kg/m2")))
                ]  # fmt: skip

    def latest(self, variable: str) -> list[tuple[int, Fact]]:
        """The newest values of a variable; all of them where their times are not known."""
        held = self.measured.get(variable, [])
        if len(held) < 2 or any(fact.time is None for _, fact in held):
            return held
        newest = min(_days(fact.time) for _, fact in held)
        return [(place, fact) for place, fact in held if _days(fact.time) == newest]


def _days(time: Time | None) -> float:
    return time.least if time else 0.0
