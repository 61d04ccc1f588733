"""What a changed rule changes: a snapshot of what is understood of a corpus, and the difference from one.

python -m evaluation criteria --corpus ZIP --snapshot before.jsonl
python -m evaluation criteria --corpus ZIP --diff before.jsonl
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from trialkin.eligibility import parse_criteria
from trialkin.views.criteria_words import normal_form

from .corpus import texts


def _lines(corpus: Path, *, every: int) -> dict[str, list[str]]:
    """What is understood of each item, by study and item number, in normal form with its quote."""
    found: dict[str, list[str]] = {}
    for nct_id, text in texts(corpus, every=every):
        for item in parse_criteria(text).items:
            made = [f"{c.kind}: {normal_form(c)} ← {c.quote!r}" for c in item.criteria]
            found[f"{nct_id} {item.index}"] = [item.text[:240], *made]
    return found


def write_snapshot(corpus: Path, path: Path, *, every: int) -> dict[str, Any]:
    """Keep what is understood now."""
    found = _lines(corpus, every=every)
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return {"snapshot_items": len(found)}


def difference(corpus: Path, path: Path, *, every: int) -> dict[str, Any]:
    """Print every item that is now understood otherwise: − before, + now."""
    before: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    now = _lines(corpus, every=every)
    counts: Counter[str] = Counter()
    for key in sorted(before.keys() | now.keys()):
        old, new = before.get(key, [""]), now.get(key, [""])
        lost = [line for line in old[1:] if line not in new[1:]]
        gained = [line for line in new[1:] if line not in old[1:]]
        if lost or gained:
            counts["items_changed"] += 1
            print(f"{key} | {(new[0] or old[0])!r}")
            for sign, lines in (("−", lost), ("+", gained)):
                for line in lines:
                    print(f"    {sign} {line}")
        counts["criteria_lost"] += len(lost)
        counts["criteria_gained"] += len(gained)
    return {name: counts[name] for name in ("items_changed", "criteria_lost", "criteria_gained")}
