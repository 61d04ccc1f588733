"""A patient as facts: what is known, how sure, since when, from where. Frozen values, never written to disk here.

Must not know: how facts are read, studies, verdicts, pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from .criteria import Value

Kind = Literal[
    "age", "sex", "condition", "measurement", "score", "stage", "biomarker", "treatment", "procedure", "allergy",
    "reproductive", "habit", "ability", "practical", "consent", "finding",
]  # fmt: skip
"""What a fact is about. "finding" is what fits no other kind: its name and value are read as they stand."""
Assertion = Literal["present", "absent", "possible", "hypothetical", "family", "unknown"]
""" "unknown" is asked and not known; "family" is somebody else's; "hypothetical" is feared, advised or planned."""
Status = Literal["current", "past", "planned", "never"]
Comparator = Literal["=", "<", "<=", ">", ">="]
OriginKind = Literal["form", "note", "fhir", "phenopacket", "json", "computed", "corrected"]


class Amount(Value, frozen=True, kw_only=True):
    """What was measured or stated: a number with its UCUM unit, words, or yes and no.

    `comparator` is other than "=" where only a side is known ("< 5"). `upper_normal` and `lower_normal` are the
    laboratory's limits in the same unit.
    """

    number: float | None = None
    comparator: Comparator = "="
    unit: str | None = None
    text: str | None = None
    flag: bool | None = None
    upper_normal: float | None = None
    lower_normal: float | None = None


class Time(Value, frozen=True, kw_only=True):
    """When, in days before `Facts.as_of`, as an interval of what is possible; negative lies ahead.

    "2019" of a patient on 2020-07-01 is 182 to 547. `written` is the date or phrase as it was given.
    """

    least: float
    most: float
    written: str | None = None


class Origin(Value, frozen=True, kw_only=True):
    """Where a fact was stated: words of a note by position, a path in a bundle, a form's field."""

    kind: OriginKind = "json"
    path: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None


class Fact(Value, frozen=True, kw_only=True):
    """One thing known of the patient.

    `name` is as written, `concept` the name of a row of the concept table where the source gave one. `time` is when it
    happened, was measured, ended or was last so; `began` when it began. `certainty` runs from 0 to 1.
    """

    kind: Kind
    name: str
    concept: str | None = None
    value: Amount | None = None
    assertion: Assertion = "present"
    status: Status | None = None
    time: Time | None = None
    began: Time | None = None
    relative: str | None = None
    origin: Origin = Origin()
    certainty: float = 1.0

    @property
    def settled(self) -> bool:
        """Whether it states something of this person: present or absent, not possible, feared or a relative's."""
        return self.assertion in ("present", "absent")


class Facts(Value, frozen=True, kw_only=True):
    """All that is known of one patient on one day.

    Contradictions are kept: two facts may say opposite things, and both are shown. `complete` names the kinds whose
    list is complete, so that what is not listed is probably not there. `main` is the position of the main condition
    among `facts`; None where nobody named one. `unread` says what a source held that was not read.
    """

    facts: tuple[Fact, ...] = ()
    as_of: str | None = None
    complete: frozenset[Kind] = frozenset()
    main: int | None = None
    unread: tuple[str, ...] = ()

    def of(self, *kinds: Kind) -> Iterator[tuple[int, Fact]]:
        """The facts of some kinds, each with its position."""
        return ((position, fact) for position, fact in enumerate(self.facts) if fact.kind in kinds)

    @property
    def age(self) -> float | None:
        """The age in years; None where it is not known, or stated in two ways that differ."""
        ages = {fact.value.number for _, fact in self.of("age") if fact.value and fact.value.comparator == "="}
        ages.discard(None)
        return ages.pop() if len(ages) == 1 else None

    @property
    def sex(self) -> str | None:
        """ "female" or "male"; None where it is not known, or stated in two ways that differ."""
        sexes = {fact.value.text for _, fact in self.of("sex") if fact.value and fact.value.text}
        return sexes.pop() if len(sexes) == 1 else None
