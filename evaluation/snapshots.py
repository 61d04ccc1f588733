"""What a changed rule changes: what is read of a corpus kept in a file, and the difference from such a file.

Owns the file and the print of differences. What is read, and how a line of it looks, is the evaluation's own.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

# key of a text → the text's beginning, then one line for each thing read of it
Lines = dict[str, list[str]]


def keep(found: Lines, path: Path) -> int:
    """Keep what is read now; how many texts."""
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return len(found)


def differences(now: Lines, path: Path) -> Counter[str]:
    """Print every text that is read otherwise than in the file, − before, + now; counts of changed, lost, gained."""
    before: Lines = json.loads(path.read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    for key in sorted(before.keys() | now.keys()):
        old, new = before.get(key, [""]), now.get(key, [""])
        lost, gained = _without(old[1:], new[1:]), _without(new[1:], old[1:])
        if lost or gained:
            counts["changed"] += 1
            print(f"{key} | {(new[0] or old[0])!r}")
            for sign, lines in (("−", lost), ("+", gained)):
                for line in lines:
                    print(f"    {sign} {line}")
        counts["lost"] += len(lost)
        counts["gained"] += len(gained)
    return counts


def _without(lines: list[str], others: list[str]) -> list[str]:
    return [line for line in lines if line not in others]
