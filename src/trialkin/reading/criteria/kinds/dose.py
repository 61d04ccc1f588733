"""Amounts of a drug or substance that a person takes."""

from __future__ import annotations

from .. import patterns as p
from ..phrase import Amount, Draft
from .kind import Kind


def _dose(amount: Amount) -> list[Draft] | None:
    quantity = amount.quantity
    if quantity.unit is None or not p.DOSE_UNITS.match(quantity.unit):
        return None
    if not amount.stated:
        return []
    if quantity.form == "within":
        return None
    name, start = amount.noun_before()
    if not name and amount.right.startswith(" of "):
        name = amount.right[4:].split(" ")[0].strip(",;()")
    name = name.removesuffix("dose").removesuffix("doses").strip()
    return [amount.draft("dose", f"{name} dose".strip(), start=start)]


KIND = Kind("dose", _dose)
