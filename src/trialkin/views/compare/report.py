"""A comparison for programs and terminals. Must not know: HTML."""

from __future__ import annotations

from typing import Any

from ...reading.markup import printable
from ..text import WIDTH, lines_text, sections_text
from . import Comparison
from .rows import Part, Row, Verdict, inline_words, verdict_words

_COUNTED = {
    Verdict.SAME: "the same",
    Verdict.DIFFERS: "differ",
    Verdict.REWORDED: "in other words, understood as the same",
    Verdict.PARTLY: "not stated everywhere",
    Verdict.ALONE: "in one study only",
}


def summary(comparison: Comparison) -> str:
    """How many rows are the same and how many differ, in a sentence."""
    counts = comparison.counts
    said = ", ".join(f"{counts[verdict]} {words}" for verdict, words in _COUNTED.items() if counts[verdict])
    return f"{len(comparison.rows)} rows: {said}."


def comparison_text(comparison: Comparison, *, width: int = WIDTH) -> str:
    """The comparison for a terminal."""
    invented = f"Invented sample studies: {', '.join(comparison.invented)}\n" if comparison.invented else ""
    names = [f"{nct_id}  {title}\n" for nct_id, title in zip(comparison.ids, comparison.titles, strict=True)]
    head = lines_text(f"{''.join(names)}{invented}{summary(comparison)}".splitlines(), width)
    return printable(f"{head}\n\n{sections_text(comparison.blocks(), width=width)}\n")


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as an object; `stated` has one list for each id, null where a study says nothing."""
    return {
        "nct_ids": list(comparison.ids),
        "titles": list(comparison.titles),
        "counts": {str(verdict): comparison.counts[verdict] for verdict in Verdict},
        "sections": [
            {"key": one.key, "title": one.title, "parts": [_part(part, comparison.ids) for part in one.parts]}
            for one in comparison.sections
        ],
    }


def _part(part: Part, ids: tuple[str, ...]) -> dict[str, Any]:
    return {"title": part.title or None, "rows": [_row(row, ids) for row in part.rows]}


def _row(row: Row, ids: tuple[str, ...]) -> dict[str, Any]:
    return {
        "label": row.label or None,
        "verdict": str(row.verdict),
        "words": verdict_words(row, ids),
        "differences": list(row.said),
        "stated": {
            nct_id: [inline_words(one) for one in stated] or None
            for nct_id, stated in zip(ids, row.stated, strict=True)
        },
    }
