"""Criteria as a FHIR R5 EvidenceVariable: all-of, any-of, at-least, exclusion, time windows.

What was not understood stays as the item's words in a codeable concept without a code. Must not know: how criteria
are read. Source: HL7 FHIR R5, EvidenceVariable.
"""

from __future__ import annotations

from typing import Any

from ..model.criteria import Criteria, Criterion, Group, Item, Window

_UCUM = "http://unitsofmeasure.org"
_TRANSLATION = "http://hl7.org/fhir/StructureDefinition/iso21090-PQ-translation"
"""FHIR's own extension for the same amount in another unit."""


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
    """One item: its own criteria and the items below it, joined as its groups say.

    What the text does not join stays side by side as a "dataset", save the items below an exclusion: any of them
    excludes.
    """
    below = {child.index: child for child in criteria.items if child.parent == item.index}
    excluding = item.section == "exclusion"
    parts = [
        _criterion(criterion, excluding)
        for position, criterion in enumerate(item.criteria)
        if not _held(position, item.groups) and not _only_a_window(criterion, item)
    ]
    parts += [_group(group, item, below, criteria) for group in item.groups]
    named = {index for group in item.groups for index in group.items}
    loose = [_below(child, criteria) for child in below.values() if child.index not in named]
    if loose and parts and excluding:
        loose = [_combined("any-of", loose)]
    code = "any-of" if excluding and not parts else "dataset"
    return _described(item) | _defined(item, code, parts + loose)


def _described(item: Item) -> dict[str, Any]:
    return {
        "linkId": f"item-{item.index}",
        "description": item.text.strip() or "-",
        "exclude": item.section == "exclusion",
    }


def _defined(item: Item, code: str, parts: list[dict[str, Any]]) -> dict[str, Any]:
    """What an item asks for: its words where nothing was understood, its only group as its own, else all its parts."""
    if not parts:
        return {"definitionCodeableConcept": {"text": item.text.strip() or "-"}}
    only = parts[0] if len(parts) == 1 else None
    if only and "definitionByCombination" in only and not only["exclude"]:
        return {"definitionByCombination": only["definitionByCombination"]}
    if only:
        code = "all-of"  # of one
    return {"definitionByCombination": {"code": code, "characteristic": parts}}


def _below(item: Item, criteria: Criteria) -> dict[str, Any]:
    """An item below another: whether it excludes is said once, by the item at the top."""
    return _item(item, criteria) | {"exclude": False}


def _only_a_window(criterion: Criterion, item: Item) -> bool:
    """A window that another criterion of the item carries is written there."""
    if criterion.kind != "window":
        return False
    return any(other.window and _same_time(criterion, other.window) for other in item.criteria)


def _same_time(criterion: Criterion, window: Window) -> bool:
    return (criterion.low, criterion.high, criterion.unit) == (window.low, window.high, window.unit)


def _group(group: Group, item: Item, below: dict[int, Item], criteria: Criteria) -> dict[str, Any]:
    either = group.code == "any-of"
    members = [_criterion(item.criteria[position], either) for position in group.criteria]
    members += [_group(held, item, below, criteria) for held in group.groups]
    members += [_below(below[index], criteria) for index in group.items]
    return _combined(group.code, members, threshold=group.threshold) | {"exclude": group.negated}


def _held(position: int, groups: tuple[Group, ...]) -> bool:
    return any(position in group.criteria or _held(position, group.groups) for group in groups)


def _combined(code: str, members: list[dict[str, Any]], *, threshold: int | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"code": code, "characteristic": members}
    if threshold is not None:
        made["threshold"] = threshold
    return {"exclude": False, "definitionByCombination": made}


def _criterion(criterion: Criterion, either: bool) -> dict[str, Any]:
    """One criterion; a bound for one sex asks for that sex too where it is one of several ways (`either`) to be meant,
    else it asks nothing of the other sex.
    """
    made = _stated(criterion)
    if criterion.sex is None:
        return made
    sex = {"exclude": not either, "definitionCodeableConcept": {"text": f"{criterion.sex} sex"}}
    return _combined("all-of" if either else "any-of", [made, sex])


def _stated(criterion: Criterion) -> dict[str, Any]:
    made: dict[str, Any] = {"description": criterion.quote.strip() or "-", "exclude": criterion.negated}
    if criterion.exceptions:
        made["note"] = [{"text": words} for words in criterion.exceptions]
    window = criterion if criterion.kind == "window" else criterion.window
    if window:
        event = window.variable.removeprefix("time since ").removeprefix("time to ")
        made["timeFromEvent"] = [{"eventCodeableConcept": {"text": event}, "range": _range(window)}]
    if criterion.kind == "window" or not criterion.bounds:
        return made | {"definitionCodeableConcept": {"text": _name(criterion)}}
    return made | {"definitionByTypeAndValue": {"type": {"text": _name(criterion)}, **_value(criterion)}}


def _name(criterion: Criterion) -> str:
    """What is asked for, with the words that narrow it: "severe asthma"."""
    name = criterion.variable
    if criterion.kind == "window":
        name = name.removeprefix("time since ").removeprefix("time to ")
    return " ".join((*criterion.qualifiers, name))


def _value(criterion: Criterion) -> dict[str, Any]:
    if criterion.values:
        low, high = criterion.values
        text = f"{low} to {high}"
        if high is None:
            text = f"above {low}" if criterion.low_inclusive is False else f"{low} or higher"
        elif low is None:
            text = f"below {high}" if criterion.high_inclusive is False else f"{high} or lower"
        return {"valueCodeableConcept": {"text": str(low) if low == high else text}}
    if criterion.low is not None and criterion.high is not None:
        return {"valueRange": _range(criterion)}
    end, sign = ("low", ">") if criterion.low is not None else ("high", "<")
    inclusive = criterion.low_inclusive if end == "low" else criterion.high_inclusive
    return {"valueQuantity": _end(criterion, end) | {"comparator": f"{sign}=" if inclusive else sign}}


def _range(bounds: Criterion | Window) -> dict[str, Any]:
    return {end: _end(bounds, end) for end in ("low", "high") if getattr(bounds, end) is not None}


def _end(bounds: Criterion | Window, end: str) -> dict[str, Any]:
    """One end as stated, and in the usual unit of what is measured where that is another one."""
    made = _quantity(getattr(bounds, end), bounds.unit)
    usual, unit = getattr(bounds, f"canonical_{end}", None), getattr(bounds, "canonical_unit", None)
    if usual is None or unit in (None, bounds.unit):
        return made
    return {"extension": [{"url": _TRANSLATION, "valueQuantity": _quantity(usual, unit)}]} | made


def _quantity(value: float, unit: str | None) -> dict[str, Any]:
    made: dict[str, Any] = {"value": value}
    return made | {"unit": unit, "system": _UCUM, "code": unit} if unit else made
