"""Criteria as a FHIR R5 EvidenceVariable: all-of, any-of, at-least, exclusion, time windows.

What was not understood stays as the item's words in a codeable concept without a code. Must not know: how criteria
are read. Source: HL7 FHIR R5, EvidenceVariable.
"""

from __future__ import annotations

from typing import Any

from ..model.criteria import Criteria, Criterion, Item

_UCUM = "http://unitsofmeasure.org"


def evidence_variable(nct_id: str, criteria: Criteria, *, title: str = "") -> dict[str, Any]:
    """The eligibility of one study: all of its inclusion items, none of its exclusion items.

    Strict bounds keep their comparator where one end is stated; a range in FHIR has none, so the quote says it.
    """
    tops = [item for item in criteria.items if item.parent is None]
    return {
        "resourceType": "EvidenceVariable",
        "id": nct_id,
        "identifier": [{"system": "https://clinicaltrials.gov", "value": nct_id}],
        "status": "active",
        "title": title or f"Eligibility of {nct_id}",
        "description": "Read by rules from the registry's text; items that were not understood are kept in words.",
        "characteristic": [_item(item, criteria) for item in tops],
    }


def _item(item: Item, criteria: Criteria) -> dict[str, Any]:
    """One item: its own criteria and its children's, joined as the text says."""
    children = [child for child in criteria.items if child.parent == item.index]
    parts = [_criterion(c) for c in item.criteria if not _only_a_window(c, item)]
    parts += [_item(child, criteria) | {"exclude": False} for child in children]
    made: dict[str, Any] = {
        "linkId": f"item-{item.index}",
        "description": item.text.strip() or "-",
        "exclude": item.section == "exclusion",
    }
    if not parts:
        return made | {"definitionCodeableConcept": {"text": item.text.strip() or "-"}}
    return made | {"definitionByCombination": _combination(item, parts, bool(children))}


def _only_a_window(criterion: Criterion, item: Item) -> bool:
    """A window that another criterion of the item carries is written there."""
    if criterion.kind != "window":
        return False
    return any(other.window and other.window.variable == criterion.variable for other in item.criteria)


def _combination(item: Item, parts: list[dict[str, Any]], nested: bool) -> dict[str, Any]:
    groups = {criterion.group for criterion in item.criteria}
    code = item.combination if nested and item.combination else "any-of" if "any-of" in groups else "all-of"
    if item.section == "exclusion" and nested and not item.combination:
        code = "any-of"
    if code.startswith("at-least"):
        return {"code": "at-least", "threshold": int(code.split()[1]), "characteristic": parts}
    return {"code": code, "characteristic": parts}


def _criterion(criterion: Criterion) -> dict[str, Any]:
    made: dict[str, Any] = {"description": criterion.quote.strip() or "-", "exclude": criterion.negated}
    if criterion.exceptions:
        made["note"] = [{"text": words} for words in criterion.exceptions]
    window = criterion if criterion.kind == "window" else criterion.window
    if window:
        event = window.variable.removeprefix("time since ").removeprefix("time to ")
        made["timeFromEvent"] = [{"eventCodeableConcept": {"text": event}, "range": _range(window)}]
    if criterion.kind == "window" or not criterion.bounds:
        name = criterion.variable.removeprefix("time since ").removeprefix("time to ")
        return made | {"definitionCodeableConcept": {"text": name}}
    return made | {"definitionByTypeAndValue": {"type": {"text": criterion.variable}, **_value(criterion)}}


def _value(criterion: Criterion) -> dict[str, Any]:
    if criterion.values:
        low, high = criterion.values
        text = f"{low} or higher" if high is None else f"{high} or lower" if low is None else f"{low} to {high}"
        return {"valueCodeableConcept": {"text": str(low) if low == high else text}}
    if criterion.low is not None and criterion.high is not None:
        return {"valueRange": _range(criterion)}
    if criterion.low is not None:
        comparator = ">=" if criterion.low_inclusive else ">"
        return {"valueQuantity": {**_quantity(criterion.low, criterion.unit), "comparator": comparator}}
    comparator = "<=" if criterion.high_inclusive else "<"
    return {"valueQuantity": {**_quantity(criterion.high, criterion.unit), "comparator": comparator}}


def _range(bounds: Any) -> dict[str, Any]:
    ends = (("low", bounds.low), ("high", bounds.high))
    return {name: _quantity(value, bounds.unit) for name, value in ends if value is not None}


def _quantity(value: float | None, unit: str | None) -> dict[str, Any]:
    made: dict[str, Any] = {"value": value}
    return made | {"unit": unit, "system": _UCUM, "code": unit} if unit else made
