"""What is read otherwise than before, as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from ..indexes.readings.difference import Differences

SHOWN = 60


def differences_text(found: Differences) -> str:
    """The classes of differences, the most frequent first, with examples."""
    lines = [
        f"{found.changed:,} of {found.studies:,} studies are read otherwise than before;"
        f" {found.before:,} facts before, {found.after:,} now."
    ]
    for each in found.classes[:SHOWN]:
        lines += ["", f"{each.sign} {each.count:,} {each.about}"]
        lines += [f"    {one.nct_id}  “{' '.join(one.quote.split())[:100]}” → {one.row}" for one in each.examples]
    if len(found.classes) > SHOWN:
        lines += ["", f"and {len(found.classes) - SHOWN:,} rarer classes; all of them with --json"]
    return "\n".join(lines) + "\n"


def differences_json(found: Differences) -> str:
    """All classes as one JSON object."""
    return json.dumps(asdict(found), ensure_ascii=False) + "\n"
