"""Bounds and windows against the labelled items."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from trialkin.model.criteria import Criterion
from trialkin.reading.criteria import parse_item

Bound = dict[str, Any]
_SAME_UNIT = {
    "10*3/uL": "10*9/L",
    "/mm3": "/uL",
    "{score}": None,
    "{points}": None,
    "": None,
    "10*9/mL": "10*9/mL",
}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def labelled_studies(folder: Path) -> set[str]:
    """The studies whose items are labelled."""
    return {row["nct_id"] for row in _lines(folder / "items.jsonl")}


def items_against_gold(folder: Path, *, show: bool = False) -> dict[str, Any]:
    """Precision and recall of bounds and windows: equal type, ends, inclusiveness and unit, and quotes that overlap."""
    gold = {row["id"]: row["constraints"] for row in _lines(folder / "items.gold.jsonl")}
    counts: Counter[str] = Counter()
    for item in _lines(folder / "items.jsonl"):
        found = [c for c in parse_item(item["text"], section=item["section"]) if c.bounds]
        count(item, gold[item["id"]], found, counts, show)
    return figures_of(counts) | {"items": len(gold)}


def figures_of(counts: Counter[str]) -> dict[str, float]:
    """Precision, recall and F1 of all constraints, of windows and of other bounds, from what was counted."""
    figures: dict[str, float] = {}
    for name in ("numeric", "window", "bound"):
        right, made, wanted = counts[f"{name} right"], counts[f"{name} made"], counts[f"{name} wanted"]
        precision, recall = right / max(made, 1), right / max(wanted, 1)
        figures[f"{name}_precision"] = round(precision, 4)
        figures[f"{name}_recall"] = round(recall, 4)
        figures[f"{name}_f1"] = round(2 * precision * recall / max(precision + recall, 1e-9), 4)
    figures["variable_agreement"] = round(counts["variable"] / max(counts["numeric right"], 1), 4)
    return figures


def count(
    item: dict[str, Any], wanted: list[Bound], found: list[Criterion], counts: Counter[str], show: bool
) -> None:
    """Add to `counts` what of the wanted constraints of an item was found, made beside them, and missed."""
    left = list(found)
    for want in wanted:
        counts["numeric wanted"] += 1
        counts[f"{want['type']} wanted"] += 1
        match = next((c for c in left if _equal(want, c, item["text"])), None)
        if match is None:
            if show:
                print(f"MISSED {item['id']} {item['section'][:3]} | {item['text'][:300]}\n    want {_show(want)}")
            continue
        left.remove(match)
        counts["numeric right"] += 1
        counts[f"{want['type']} right"] += 1
        counts["variable"] += bool(
            set(want["variable"].split()) & set(match.variable.lower().split()) - {"time", "since"}
        )
    for criterion in found:
        counts["numeric made"] += 1
        counts[("window" if criterion.kind == "window" else "bound") + " made"] += 1
        if show and criterion in left:
            print(
                f"EXTRA  {item['id']} {item['section'][:3]} | {item['text'][:300]}\n    made {_criterion(criterion)}"
            )


def _equal(want: Bound, made: Criterion, text: str) -> bool:
    if (want["type"] == "window") != (made.kind == "window"):
        return False
    values = tuple(want["values"]) if want["values"] else None
    ends = values == made.values and all(_close(want[side], getattr(made, side)) for side in ("low", "high"))
    sides = all(
        want[side] == getattr(made, side)
        for side in ("low_inclusive", "high_inclusive")
        if values is None or want[side]
    )
    unit = _meant(want["unit"]) == _meant(made.unit)
    if want["quote"] is None:
        return ends and sides and unit
    at = text.find(want["quote"])
    return ends and sides and unit and at < made.end and made.start < at + len(want["quote"])


def _close(one: float | None, two: float | None) -> bool:
    """Whether two ends are the same figure, whatever the decimals that were written down."""
    if one is None or two is None:
        return one is two
    return abs(one - two) <= 1e-4 * max(abs(one), abs(two))


def _meant(unit: str | None) -> str | None:
    """A unit as UCUM means it: what is counted in braces before a unit says nothing ("{drinks}/wk" is "/wk")."""
    bare = re.sub(r"^\{[^}]*\}(?=/)", "", unit or "").replace("(24.h)", "d")
    return _SAME_UNIT.get(bare, bare)


def _show(want: Bound) -> str:
    keys = ("type", "variable", "low", "low_inclusive", "high", "high_inclusive", "values", "unit", "quote")
    return " ".join(str(want[key]) for key in keys)


def _criterion(c: Criterion) -> str:
    ends = f"{c.low} {c.low_inclusive} {c.high} {c.high_inclusive} {c.values} {c.unit}"
    return f"{c.kind} | {c.variable} | {ends} | {c.quote}"
