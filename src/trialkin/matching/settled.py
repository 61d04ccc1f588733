"""An answer: true, false or open, how it is known, and by which facts. Values only."""

from __future__ import annotations

from typing import NamedTuple

from ..model.verdict import Grade


class Answer(NamedTuple):
    """True, False or None (open), how it is known, and by which facts."""

    truth: bool | None = None
    grade: Grade = "silent"
    evidence: tuple[int, ...] = ()
    beside: bool = False
    """Whether it speaks of people of another sex or age."""


OPEN = Answer()
