"""Numbered lists in criteria text that start late or leave a number out.

Must not know: records, pages.
"""

from __future__ import annotations

import re

from ...text.markup import plain

_NUMBERED = re.compile(r"( *)(\d{1,3})[.)] +\S")
_HEADING = re.compile(r"[^\d\s*•-].*:\s*$")


def numbering_doubts(source: str) -> tuple[str, ...]:
    """What is odd about the numbers of the top-level lists, in words; () when nothing is.

    A list that goes on after a heading with the next number is not odd, nor is one that starts again at 1.
    """
    doubts: list[str] = []
    heading, last, fresh, indent = "", 0, True, None
    for line in plain(source).splitlines():
        match = _NUMBERED.match(line)
        if match is None:
            if _HEADING.match(line):
                heading, fresh, indent = line.strip().rstrip(":").strip(), True, None
            continue
        if indent is not None and len(match[1]) > indent:
            continue
        number, indent = int(match[2]), len(match[1])
        where = f"under “{heading}”" if heading else "in the criteria"
        if number not in (1, last + 1):
            if fresh:
                doubts.append(f"The list {where} starts at {number}.")
            elif number > last:
                doubts.append(f"The list {where} goes from {last} to {number}.")
        last, fresh = number, False
    return tuple(dict.fromkeys(doubts))
