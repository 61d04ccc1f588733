"""Bounds on the measured variables of the vocabulary: laboratory, vital signs, organ function, sizes and more."""

from __future__ import annotations

from ...quantities import Quantity, dimension
from .. import patterns as p
from ..phrase import Amount, Draft
from ..thousands import grouped
from ..vocabulary import Term, counted
from .kind import Kind

_FILLED = frozenset({"body mass index", "left ventricular ejection fraction", "body temperature"})
"""Variables whose unit is obvious where it is not stated."""
_FILLED_WITHIN = {"hba1c": (4.0, 20.0), "eosinophil count": (50.0, 5000.0)}
"""Variables whose unit is obvious from the size of the figure: an HbA1c of 7.5 is per cent, one of 58 is not."""
_VOLUMES = frozenset({"uL", "mL", "mm3", "L"})
_TIMED = frozenset(
    {
        "qtc interval",
        "pr interval",
        "qrs duration",
        "prothrombin time",
        "partial thromboplastin time",
        "cycle length",
    }
)


def _variable(amount: Amount) -> list[Draft] | None:
    mention, quantity = amount.mention, amount.quantity
    things = counted(quantity.unit or "") if amount.stated else None
    if things:
        start, end = amount.span_with(mention)
        return [amount.draft(things.category, things.name, start=start, end=end)]
    if mention is None or mention.term.values_as or mention.term.category in ("life expectancy", "age"):
        return None
    term = mention.term
    if amount.is_time and term.name not in _TIMED:
        return None
    meant = grouped(amount.phrase.folded, quantity, term.name, term.unit) if term.unit else quantity
    if meant is None:
        return []
    quantity = amount.quantity = meant
    if quantity.form == "within" or (quantity.word and quantity.unit is None):
        return None
    between = _between(amount)
    if len(between) > 130 or (quantity.form == "bare" and not _bare_counts(amount, between)):
        return None
    if quantity.unit is None and term.category in ("dose", "behaviour", "duration", "size"):
        return None
    if not _fits(quantity.unit, term) and not (quantity.unit in _VOLUMES and term.unit in ("/uL", "10*9/L")):
        return None
    start, end = amount.span_with(mention)
    if quantity.over and term.name in ("blood pressure", "systolic blood pressure"):
        return _pressures(amount, start)
    unit = _meant_unit(quantity.unit, term) if quantity.unit else _obvious(term, quantity)
    if quantity.unit is None and term.category == "organ function" and term.unit == "" and quantity.over:
        return [amount.draft(term.category, term.name, start=start, end=end, unit=None)]
    other = amount.partner(mention)
    name = f"{other.term.name} or {term.name}" if other else _named(amount, term.name)
    made = amount.draft(term.category, name, start=min(start, other.start) if other else start, end=end, unit=unit)
    if quantity.form == "bare":
        made = made._replace(high=None, high_inclusive=None)
    return [made]


def _fits(unit: str | None, term: Term) -> bool:
    """Whether a unit can belong to a variable: no length for a laboratory test, no dose for a concentration."""
    if unit is None or unit == term.unit:
        return True
    if term.category == "size":
        return dimension(unit) in ("length", "area", "volume", None) and unit not in ("{ULN}", "{LLN}", "%")
    if term.category in ("laboratory", "biomarker") and "/" in term.unit and term.unit != "g/d":
        return dimension(unit) not in (
            "mass",
            "length",
            "area",
            "volume",
            "time",
            "international units",
            "frequency",
        )
    if term.category == "dose":
        return unit not in ("{ULN}", "{LLN}", "%") and dimension(unit) not in ("length", "area", "pressure")
    return True


def _meant_unit(unit: str, term: Term) -> str:
    """The unit as this variable has it where its letters could be another."""
    counts_cells = term.unit in ("/uL", "10*9/L")
    if unit in _VOLUMES and counts_cells:  # "eosinophils ≥ 150 µL"
        return f"/{unit}"
    if unit == "g/L" and counts_cells:  # "platelets > 100 G/L"
        return "10*9/L"
    if unit in ("U", "U/d", "U/wk") and term.category == "behaviour":  # "21 units of alcohol a week"
        return unit.replace("U", "{units}")
    return unit


def _obvious(term: Term, quantity: Quantity) -> str | None:
    value = quantity.high if quantity.high is not None else quantity.low
    if term.name in _FILLED_WITHIN and value is not None:
        least, most = _FILLED_WITHIN[term.name]
        return term.unit if least <= value <= most else None
    if term.name not in _FILLED:
        return None
    return "[degF]" if term.name == "body temperature" and (value or 0.0) > 45 else term.unit


def _named(amount: Amount, name: str) -> str:
    if name == "fev1 percent predicted" and amount.quantity.unit in ("L", "mL", None):
        return "fev1"
    return name


def _between(amount: Amount) -> str:
    mention, quantity = amount.mention, amount.quantity
    if mention is None or quantity.inner:
        return ""
    if mention.end <= quantity.start:
        return amount.phrase.folded[mention.end : quantity.start]
    return amount.phrase.folded[quantity.end : mention.start]


def _bare_counts(amount: Amount, between: str) -> bool:
    """A bare amount is a minimum where the variable stands right beside it and a unit is stated."""
    quantity, mention = amount.quantity, amount.mention
    if quantity.unit is None or quantity.word or mention is None:
        return False
    if mention.start >= quantity.end:
        return bool(p.CHANGE_AFTER.match(amount.right))
    if p.CHANGE_AFTER.match(amount.right) and len(between) < 40:
        return True
    tight = len(between) <= 14 and not between.strip().startswith((",", ";", "or", "and"))
    return tight and (mention.term.category not in ("dose", "behaviour") or quantity.unit == "{pack-years}")


def _pressures(amount: Amount, start: int) -> list[Draft]:
    """ "140/90 mmHg" bounds both pressures."""
    quantity = amount.quantity
    over = quantity.over or 0.0
    systolic = amount.draft("vital sign", "systolic blood pressure", start=start, unit="mm[Hg]")
    if quantity.form == "ratio":
        systolic = systolic._replace(high=None, high_inclusive=None)
    second: dict[str, object] = {"variable": "diastolic blood pressure"}
    if systolic.low is not None:
        second["low"] = over
    if systolic.high is not None:
        second["high"] = over
    return [systolic, systolic._replace(**second)]  # type: ignore[arg-type]


KIND = Kind("variable", _variable)
