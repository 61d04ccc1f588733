"""Doses: what the arm and intervention texts say is given, as a table beside the text."""

from __future__ import annotations

from ..blocks import Block, Fact, Facts, Note, Value
from ..regimens import NOTICE, askables, study_blocks
from .context import PageContext


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: armsInterventionsModule, descriptions of interventions and arms."""
    texts = context.reading.doses
    if not texts:
        return ()
    ask: tuple[Block, ...] = ()
    if askables(texts):
        where = Value("Say what is known and see which rows apply", href=f"/studies/{context.study.nct_id}/doses")
        ask = (Facts((Fact("Which rows apply", (where,)),)),)
    return (Note(NOTICE), *ask, *study_blocks(texts))
