"""What the study measures: planned outcomes with their time frames."""

from __future__ import annotations

from ...model.protocol import Outcome
from ...reading.markup import plain
from ..blocks import Block, Cell, Disclosure, Prose, Subsection, Table, Value, present
from ..words import count_of
from .context import PageContext

FOLD_AFTER = 12


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: outcomesModule."""
    outcomes = context.study.outcomes
    return present(
        _kind("Primary outcomes", "primary", outcomes.primary_outcomes),
        _kind("Secondary outcomes", "secondary", outcomes.secondary_outcomes),
        _kind("Other outcomes", "other", outcomes.other_outcomes),
    )


def _kind(title: str, word: str, outcomes: tuple[Outcome, ...]) -> Subsection | None:
    if not outcomes:
        return None
    table = Table(("Measure", "Time frame"), tuple(_row(one) for one in outcomes), stack=True)
    if len(outcomes) <= FOLD_AFTER:
        return Subsection(title, (table,), f"{word}-outcomes")
    return Subsection(
        title, (Disclosure(count_of(len(outcomes), f"{word} outcome"), (table,)),), f"{word}-outcomes"
    )


def _row(one: Outcome) -> tuple[Cell, Value]:
    measure = Value(plain(one.measure) or "Measure not named")
    details = (Prose(one.description),) if one.description else ()
    return Cell((measure, *details), heading=True), Value(plain(one.time_frame) or "not given")
