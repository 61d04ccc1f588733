"""A dose on its way to a row: the amount and what has been found of it so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from trialkin.reading.doses.doses import Amount
from trialkin.reading.doses.mark import Mark
from trialkin.reading.doses.radiation import Course
from trialkin.reading.patterns import Pattern


@dataclass(slots=True)
class Dose:
    """One amount on its way to a row."""

    amount: Amount
    sentence: tuple[int, int]
    agent: str = ""
    agent_start: int = -1
    agent_end: int = -1
    strength: int = 0
    left: int = 0
    right: int = 0
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    condition: str | None = None
    selecting: tuple[tuple[int, int], ...] = ()
    course: Course | None = None
    tablets: int = 1
    headed: bool = False
    then: tuple[int, int] | None = None


_LIST_LINK = Pattern(
    r"[\s,;/+&)]{0,3}(?:(?:and|or|to|then|up to|followed by|followed with|vs|versus|increasing to|"
    r"increased to|escalated to)\b)?[\s(]{0,2}",
    re.I,
)


def is_list(text: str, previous: Dose, dose: Dose) -> bool:
    """Whether nothing but list words and schedules stand between two amounts."""
    if previous.amount.end >= dose.amount.start:
        return True
    return bool(_LIST_LINK.fullmatch(text, previous.amount.end, dose.amount.start))
