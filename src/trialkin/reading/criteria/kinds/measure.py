"""Anything else that a comparator or a range bounds, named by the words beside it."""

from __future__ import annotations

from .. import patterns as p
from ..phrase import Amount, Draft, noun_phrase
from .kind import Kind


def _measure(amount: Amount) -> list[Draft] | None:
    quantity = amount.quantity
    if amount.is_time or quantity.form == "within":
        return []
    name, start = amount.noun_before()
    if not amount.stated:
        return _bare(amount, name, start)
    if quantity.flipped or quantity.inner:
        inner = amount.phrase.folded[slice(*quantity.inner)] if quantity.inner else amount.right[:30]
        name, _ = noun_phrase(inner.split(",")[0], 0)
        start = quantity.start
    end = quantity.end
    if not name or set(name.split()) <= {"score", "scores", "value", "scored", "scoring", "rating"}:
        after, _ = noun_phrase(amount.right.split(",")[0][:60], 0, most=6)
        name = f"{after} {name}".strip()
    if not name and quantity.unit is None:
        return []
    if quantity.form == "range" and quantity.unit is None and not name:
        return []
    unit = quantity.unit
    if unit is None and (p.SCORE_WORD.search(name) or p.SCORE_WORD.search(amount.lead)):
        unit = "{score}"
    return [amount.draft("measure", name or "amount", start=start, end=end, unit=unit)]


def _bare(amount: Amount, name: str, start: int) -> list[Draft]:
    """A bare amount with a unit is a minimum where a change or a measure is named beside it."""
    quantity = amount.quantity
    if quantity.word or quantity.unit is None:
        if quantity.unit is None and name and p.SCORE_WORD.search(name.split()[-1]) and quantity.form != "ratio":
            return [amount.draft("measure", name, start=start, unit="{score}")]
        return []
    after = p.CHANGE_AFTER.match(amount.right)
    before = None if after or amount.is_time else p.CHANGE_BEFORE.search(amount.left[-60:])
    if before:  # "a change of 12%"
        start = quantity.start - len(before[0])
        return [amount.draft("measure", before["noun"], start=start, high=None, high_inclusive=None)]
    if not after:
        return []
    variable = after[0].strip()
    return [amount.draft("measure", variable, end=quantity.end + after.end(), high=None, high_inclusive=None)]


KIND = Kind("measure", _measure)
