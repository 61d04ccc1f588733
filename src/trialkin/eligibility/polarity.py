"""Whether the words deny a condition, what they except, and how conditions of one item join.

Owns negation, exceptions and groups. Must not know: kinds, quantities.
"""

from __future__ import annotations

import re

from . import patterns as p


def denied(folded: str, start: int, end: int, *, floor: int = 0) -> bool:
    """Whether the statement denies what stands at start..end.

    A negation before it in scope (two of them cancel), one right after it, a prefix, or an exception that names it.
    """
    before = folded[max(floor, start - 160) : start]
    if p.NEGATED_PREFIX.search(before[-5:]) or p.NEGATION_AFTER.match(folded, end):
        return True
    last = None
    for stop in p.NEGATION_END.finditer(before):
        last = stop
    if last and last["except"]:
        named = before[last.end() :]
        return "(" not in named and not (last["except"] != "exception" and "," in named)
    begin = last.end() if last else 0
    blocked = [(m.start(), m.end()) for m in p.NEGATION_NOT.finditer(before + folded[start : start + 24])]
    triggers = [m.start() for m in p.NEGATION.finditer(before, begin) if _reaches(m, before)]
    count = sum(not any(a <= at < b for a, b in blocked) for at in triggers)
    return count % 2 == 1


def _reaches(negation: re.Match[str], before: str) -> bool:
    """Whether a negation's scope is still open at the end of the words: no bracket closed since, no comma for some."""
    since = before[negation.end() :]
    if since.count(")") > since.count("("):
        return False
    return "," not in since or not p.SHORT_NEGATION.match(negation[0])


def exceptions(folded: str, text: str, start: int, end: int) -> tuple[str, ...]:
    """The exceptions stated after a criterion in its statement, as they stand."""
    match = p.EXCEPTION.search(folded, end)
    if match is None or p.EXCEPTION_END.search(folded, end, match.start()):
        return ()
    stop = p.EXCEPTION_END.search(folded, match.end())
    words = text[match.start() : stop.start() if stop else len(text)].strip(" ,")
    return (words,) if words else ()


def combination(folded: str) -> str | None:
    """How the children of an item join, when it says so: "all-of", "any-of" or "at-least N"."""
    match = p.GROUP.search(folded)
    if match is None:
        return None
    if match["all"]:
        return "all-of"
    if match["any"]:
        return "any-of"
    number = {"two": 2, "three": 3, "four": 4, "five": 5}.get(match["n"]) or int(match["n"])
    return f"at-least {number}"
