"""What a criterion says of a patient: met, not met, unknown or not applicable, with both sides' words.

Must not know: how it is judged, pages.
"""

from __future__ import annotations

from typing import Literal

from .criteria import Section, Value
from .patient import Kind

Answer = Literal["met", "not met", "unknown", "not applicable"]
Grade = Literal["stated", "computed", "denied", "complete", "silent"]
"""How an answer is known, strongest first: stated by a fact, computed from facts, denied by a fact, silent in a list
that is complete, silent."""
GRADES: tuple[Grade, ...] = ("stated", "computed", "denied", "complete", "silent")
Effect = Literal["fits", "conflicts", "open", "beside the point"]


class Question(Value, frozen=True, kw_only=True):
    """What would settle an unknown. Questions of one `key` are one question, whichever study asks."""

    key: str
    text: str
    kind: Kind
    name: str
    unit: str | None = None


class Verdict(Value, frozen=True, kw_only=True):
    """The answer for one criterion.

    "met" says that the sentence, as written, holds of the person, whatever its section: an exclusion that is met
    excludes. `quote` is the registry's text, `start` and `end` where it stands, `item` the index of its item (None for
    the record's own age and sex fields). `evidence` are positions in `Facts.facts`, `why` one line for a reader.
    `probably` marks what rests on silence alone: never a conflict.
    """

    answer: Answer
    section: Section
    quote: str
    item: int | None = None
    start: int = 0
    end: int = 0
    grade: Grade = "silent"
    evidence: tuple[int, ...] = ()
    why: str = ""
    question: Question | None = None
    probably: bool = False

    @property
    def effect(self) -> Effect:
        """What it does to the study for this person; a conflict needs a fact, silence never makes one."""
        if self.answer == "not applicable":
            return "beside the point"
        if self.answer == "unknown" or self.section == "unspecified":
            return "open"
        good = (self.answer == "met") == (self.section == "inclusion")
        if good:
            return "fits"
        return "open" if self.probably or self.grade in ("complete", "silent") else "conflicts"
