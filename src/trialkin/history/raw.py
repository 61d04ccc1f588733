"""Two records as JSON: which values differ, and the difference as lines. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any


def raw_difference(before: bytes, after: bytes) -> list[str]:
    """Every value that differs: a line "@@ path", then what was there ("-") and what is there now ("+").

    Entries of lists are matched, so that one that came or went is told alone. Empty when the records are equal.
    """
    lines: list[str] = []
    for path, old, new in _deep(json.loads(before), json.loads(after), ""):
        lines.append(f"@@ {path}")
        lines += [f"-{line}" for line in _lines(old)]
        lines += [f"+{line}" for line in _lines(new)]
    return lines


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


_Missing = object()


def _deep(before: Any, after: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """As `differing`, into lists as well; what is missing on one side is told whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            where = f"{path}.{key}" if path else key
            yield from _deep(before.get(key, _Missing), after.get(key, _Missing), where)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(before, after, path)
    elif before != after or type(before) is not type(after):
        yield path, before, after


def _lists(before: list[Any], after: list[Any], path: str) -> Iterator[tuple[str, Any, Any]]:
    old, new = ([json.dumps(entry, sort_keys=True) for entry in entries] for entries in (before, after))
    for what, i, i_end, j, j_end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        both = min(i_end - i, j_end - j)
        for step in range(both):
            yield from _deep(before[i + step], after[j + step], f"{path}[{j + step}]")
        for place in range(i + both, i_end):
            yield f"{path}[{place}]", before[place], _Missing
        for place in range(j + both, j_end):
            yield f"{path}[{place}]", _Missing, after[place]


def _lines(value: Any) -> list[str]:
    return [] if value is _Missing else json.dumps(value, ensure_ascii=False, indent=1).splitlines()
