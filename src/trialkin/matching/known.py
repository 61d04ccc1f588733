"""The facts of a patient made ready for asking: phrases, who says what, values by variable.

Owns what a fact says and denies. Must not know: sentences, verdicts.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from ..model.patient import Amount, Fact, Facts, Time
from ..reading.criteria.vocabulary import Words
from ..reading.quantities import fold
from ..vocab import table
from . import spans
from .names import Phrase, joined, phrase, related
from .tree import Within
from .values import DAYS
from .words import words_of

_NEGATED = re.compile(r"\b(?:no|not|never|without|denies|absence of)\b[^,;]*")
_DENYING = re.compile(
    r"\s*(?:no|none|not met|not present|absent|not done|never|false|unmet|not fulfilled)\s*$", re.I
)
_UNSURE = re.compile(
    r"\b(?:suspected|suspicion|possible|possibly|probable|pending|nature not|not yet|unclear|query|rule out|risk of)\b"
)
_BESIDE = frozenset(
    "birth "
    "serum plasma blood level count total echocardiography echo resting rest score latest current today "
    "morning fasting absolute value measured concentration baseline room air office mean peripheral venous "
    "screening last most recent ratio status performance self".split()
)
"""Words beside the name of something measured that leave it the same thing."""


_LASTING = re.compile(
    r"\b(?:total |longest |earlier )?(?:duration|length|time|days?|weeks?|months?|years?|how long)\b"
    r"(?: (?:of|since|from|with|on|for))*",
    re.IGNORECASE,
)
_TIME = re.compile(r"(\d+(?:\.\d+)?)\s*(hours?|h|days?|d|weeks?|wks?|months?|mo|years?|yrs?|a)\b", re.IGNORECASE)


class Lasting(NamedTuple):
    """How long something has lasted, or how long ago it began, in days."""

    place: int
    says: Phrase
    days: float


class Known(NamedTuple):
    """A fact with what it says. `says` is None where it is no name but a value; `denies` is what it rules out."""

    place: int
    fact: Fact
    says: Phrase | None
    denies: Phrase | None
    within: Within | None = None
    """The time that the words of its name speak of."""

    @property
    def past(self) -> bool:
        """Whether it is over."""
        return self.fact.status == "past"


def _known(place: int, fact: Fact) -> Known:
    value = fact.value
    text, times = spans.cut(fact.name.lower())
    within = times[0] if times else None
    name = re.sub("[\ue000-\uefff]", " ", text)
    denied = fact.assertion == "absent" or fact.status == "never" or (value is not None and value.flag is False)
    unsure = not denied and fact.kind != "finding" and _UNSURE.search(name)
    if not fact.settled or fact.certainty < 0.5 or unsure:
        return Known(place, fact, None, None)
    if value is not None and value.text:
        denied = denied or bool(_DENYING.match(value.text))
    if not denied and (refused := _REFUSED.search(name)):
        return Known(place, fact, None, phrase(name[: refused.start()] + name[refused.end() :]), within)
    if denied:
        return Known(place, fact, None, phrase(name), within)
    if value is not None and value.text:
        negative = phrase(_TEST.sub(" ", name)) if _NEGATIVE.match(value.text) else None
        return Known(place, fact, phrase(f"{name} {value.text}"), negative, within)
    return Known(place, fact, phrase(_NEGATED.sub(" ", name)), None, within)


_REFUSED = re.compile(r"\b(?:refus\w+|declin\w+|unwilling|unable|cannot|incapable|not (?:able|willing))\b")
_NEGATIVE = re.compile(r"\s*(?:negative|not detected|undetectable|non-?reactive)\b", re.I)
_TEST = re.compile(
    r"\b(?:tests?|antibod\w+|serology|pcr|swab|screen\w*|antigen|culture|urine|blood|serum|result)\b"
)


@lru_cache(maxsize=8192)
def variable_of(name: str) -> str | None:
    """The variable or scale that a name stands for; None where it says more than that, or nothing known."""
    words = Words(fold(name))
    found = words.measures()
    names = {mention.term.name for mention in found}
    if len(names) != 1:
        return _by_words(name) if not names else None
    folded = fold(name)
    for mention in reversed(found):
        folded = folded[: mention.start] + " " + folded[mention.end :]
    if all(word in _BESIDE or word.isdigit() for word in words_of(folded)):
        return names.pop()
    return _by_words(name)


_OF_SCALES = frozenset(
    "rating scale score item index total questionnaire test class grade inventory level".split()
)


def _by_words(name: str) -> str | None:
    """The one variable or scale with a name of the same words, whatever their order."""
    words = frozenset(word for word in words_of(name) if not word.isdigit()) - _OF_SCALES - _BESIDE
    found = _word_sets().get(words, frozenset())
    return next(iter(found)) if len(words) > 1 and len(found) == 1 else None


@cache
def _word_sets() -> dict[frozenset[str], frozenset[str]]:
    made: dict[frozenset[str], frozenset[str]] = {}
    for row in (*table("variables"), *table("scales")):
        for alias in row["aliases"].split("; "):
            words = frozenset(word for word in words_of(alias) if not word.isdigit()) - _OF_SCALES - _BESIDE
            made[words] = made.get(words, frozenset()) | {row["name"]}
    return made


class Patient:
    """Everything known of one patient, ready for asking."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.known = [_known(place, fact) for place, fact in enumerate(facts.facts)]
        self.known += self._joined()

    def _joined(self) -> list[Known]:
        """What findings say of a condition, said of the condition: "severity of eczema: moderate" of the eczema."""
        said = [known for known in self.known if known.says is not None and not known.past]
        findings = [known for known in said if known.fact.kind in ("finding", "stage", "score", "biomarker")
                    and (known.fact.value is None or known.fact.value.number is None)]  # fmt: skip
        made = list[Known]()
        for condition in said:
            if condition.fact.kind != "condition" or condition.says is None or not condition.says.units:
                continue
            whole = condition.says
            for finding in findings:
                if finding.says and (related(finding.says, condition.says) or not finding.says.units):
                    whole = joined(whole, finding.says)
            if whole is not condition.says:
                made.append(condition._replace(says=whole))
        return made

    @cached_property
    def lasting(self) -> list[Lasting]:
        """What the facts say of how long things last or how long ago they began."""
        made = list[Lasting]()
        for place, fact in enumerate(self.facts.facts):
            match = _LASTING.search(fact.name) if fact.kind == "finding" and fact.value else None
            if match is None or fact.value is None:
                continue
            days = _in_days(fact.value, match[0])
            if days is not None:
                rest = f"{fact.name[: match.start()]} {fact.name[match.end() :]}"
                made.append(Lasting(place, phrase(rest), days))
        return made

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


def _in_days(value: Amount, words: str) -> float | None:
    if value.number is not None:
        unit = value.unit or next((unit for word, unit in _UNITS if word in words.lower()), None)
        return value.number * DAYS[unit] if unit in DAYS else None
    match = _TIME.match(value.text or "")
    if match is None:
        return None
    return (
        float(match[1]) * DAYS[{"h": "h", "d": "d", "w": "wk", "m": "mo", "y": "a", "a": "a"}[match[2][0].lower()]]
    )


_UNITS = (("day", "d"), ("week", "wk"), ("month", "mo"), ("year", "a"))


def _days(time: Time | None) -> float:
    return time.least if time else 0.0
