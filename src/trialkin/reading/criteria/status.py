"""How much of an item is understood: all of its content words, some, or none.

Owns the parse status. Must not know: kinds.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...model.criteria import Status


def status_of(content: Iterable[int], spans: Iterable[tuple[int, int]]) -> Status:
    """ "full" when every content word begins in an understood span, "part" when some do, "none" without spans."""
    ordered = sorted(spans)
    if not ordered:
        return "none"
    held = iter(ordered)
    start, end = next(held)
    for word in content:
        while end <= word:
            following = next(held, None)
            if following is None:
                return "part"
            start, end = following[0], following[1]
        if word < start:
            return "part"
    return "full"
