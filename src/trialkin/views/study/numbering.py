"""Numbered lists in criteria text that start late or leave a number out.

Must not know: records, pages.
"""

from __future__ import annotations

import re

from ...text.markup import plain

_NUMBERED = re.compile(r"( *)(\d{1,3})[.)] +\S")
_HEADING = re.compile(r"[^\d*\-•].*:\s*$")


def numbering_doubts(source: str) -> tuple[str, ...]:
    """What is odd about the numbers of the top-level lists, in words; () when nothing is."""
    doubts: list[str] = []
    heading, expected, indent = "", 1, None
    for line in plain(source).splitlines():
        match = _NUMBERED.match(line)
        if match is None:
            if _HEADING.match(line):
                heading, expected, indent = line.strip().rstrip(":").strip(), 1, None
            continue
        if indent is not None and len(match[1]) > indent:
            continue
        number, indent = int(match[2]), len(match[1])
        if number == expected:
            expected += 1
            continue
        where = f"under “{heading}”" if heading else "in the criteria"
        if number == 1:
            pass
        elif expected == 1:
            doubts.append(f"The list {where} starts at {number}.")
        elif number > expected:
            doubts.append(f"The list {where} goes from {expected - 1} to {number}.")
        expected = number + 1
    return tuple(dict.fromkeys(doubts))
