"""Criteria as JSON objects, as `docs/schemas/criteria.schema.json` describes them.

Must not know: how criteria are read, FHIR.
"""

from __future__ import annotations

from typing import Any

from ..model.criteria import Criteria, Criterion, Group, Item, Window


def study_object(nct_id: str, criteria: Criteria) -> dict[str, Any]:
    """All items of a study with their criteria; `segments` tile the source text."""
    return {
        "nct_id": nct_id,
        "completeness": criteria.completeness,
        "items": [item_object(item) for item in criteria.items],
        "segments": [
            {"kind": segment.kind, "start": segment.start, "end": segment.end, "item": segment.item}
            for segment in criteria.segments
        ],
    }


def text_object(item: Item) -> dict[str, Any]:
    """A text that was read as one item: its criteria, and how they join."""
    return {
        "groups": [group_object(group) for group in item.groups],
        "criteria": [criterion_object(criterion) for criterion in item.criteria],
    }


def item_object(item: Item) -> dict[str, Any]:
    """One item: its place in the list, its words, and what was understood of it."""
    return {
        "index": item.index,
        "section": item.section,
        "heading": item.heading,
        "number": item.number,
        "level": item.level,
        "parent": item.parent,
        "text": item.text,
        "start": item.start,
        "end": item.end,
        "flags": list(item.flags),
        "status": item.status,
        **text_object(item),
    }


def criterion_object(criterion: Criterion) -> dict[str, Any]:
    """One criterion; every key is present, null where nothing is stated."""
    return {
        "kind": criterion.kind,
        "variable": criterion.variable,
        "low": _number(criterion.low),
        "low_inclusive": criterion.low_inclusive,
        "high": _number(criterion.high),
        "high_inclusive": criterion.high_inclusive,
        "values": list(criterion.values) if criterion.values else None,
        "unit": criterion.unit,
        "canonical_low": _number(criterion.canonical_low),
        "canonical_high": _number(criterion.canonical_high),
        "canonical_unit": criterion.canonical_unit,
        "edition": criterion.edition,
        "negated": criterion.negated,
        "qualifiers": list(criterion.qualifiers),
        "window": _window(criterion.window) if criterion.window else None,
        "exceptions": list(criterion.exceptions),
        "group": criterion.group,
        "quote": criterion.quote,
        "start": criterion.start,
        "end": criterion.end,
    }


def group_object(group: Group) -> dict[str, Any]:
    """A group with its members: criteria by position in their item, items by index, groups inside it."""
    return {
        "code": group.code,
        "threshold": group.threshold,
        "negated": group.negated,
        "criteria": list(group.criteria),
        "items": list(group.items),
        "groups": [group_object(held) for held in group.groups],
    }


def _window(window: Window) -> dict[str, Any]:
    return {
        "variable": window.variable,
        "low": _number(window.low),
        "low_inclusive": window.low_inclusive,
        "high": _number(window.high),
        "high_inclusive": window.high_inclusive,
        "unit": window.unit,
    }


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a point, as the text has them."""
    return int(value) if value is not None and value == int(value) else value
