"""Two records as JSON: which values differ, and the difference as lines. Pure."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any

_CONTEXT_LINES = 3


def raw_difference(before: bytes, after: bytes) -> list[str]:
    """A unified difference of the two records, one value a line, keys in their order; empty when equal."""
    old, new = (json.dumps(json.loads(raw), ensure_ascii=False, indent=1).splitlines() for raw in (before, after))
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    if start == len(old) == len(new):
        return []
    end = 0  # of the common end: leaving both ends out keeps long records quick
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    low, ends = max(0, start - _CONTEXT_LINES), max(0, end - _CONTEXT_LINES)
    lines = difflib.unified_diff(
        old[low : len(old) - ends], new[low : len(new) - ends], n=_CONTEXT_LINES, lineterm=""
    )
    return list(lines)[2:]


def differing(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """(path, before, after) of every value that differs, None where there is none; lists are compared whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from differing(before.get(key), after.get(key), f"{path}.{key}" if path else key)
    elif before != after:
        if isinstance(before or after, dict) and not (before and after):
            for key, value in (before or after).items():
                where = f"{path}.{key}" if path else key
                yield from differing(value if before else None, None if before else value, where)
        else:
            yield path, before, after


def value_at(record: Any, path: str) -> Any:
    """What stands at a dotted path, None when nothing does."""
    for key in path.split("."):
        record = record.get(key) if isinstance(record, dict) else None
    return record
