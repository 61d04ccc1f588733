"""What a changed rule changes: a snapshot of what is understood of a corpus, and the difference from one.

python -m evaluation criteria --corpus ZIP --snapshot before.jsonl
python -m evaluation criteria --corpus ZIP --diff before.jsonl
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from trialkin.reading.criteria import parse_criteria
from trialkin.views.criteria_words import normal_form

from ..snapshots import Lines, differences, keep
from .corpus import texts


def _lines(corpus: Path, *, every: int) -> Lines:
    """What is understood of each item, by study and item number, in normal form with its quote."""
    found: Lines = {}
    for nct_id, text in texts(corpus, every=every):
        for item in parse_criteria(text).items:
            made = [f"{c.kind}: {normal_form(c)} ← {c.quote!r}" for c in item.criteria]
            found[f"{nct_id} {item.index}"] = [item.text[:240], *made]
    return found


def write_snapshot(corpus: Path, path: Path, *, every: int) -> dict[str, Any]:
    """Keep what is understood now."""
    return {"snapshot_items": keep(_lines(corpus, every=every), path)}


def difference(corpus: Path, path: Path, *, every: int) -> dict[str, Any]:
    """Print every item that is now understood otherwise: − before, + now."""
    counts = differences(_lines(corpus, every=every), path)
    return {
        "items_changed": counts["changed"],
        "criteria_lost": counts["lost"],
        "criteria_gained": counts["gained"],
    }
