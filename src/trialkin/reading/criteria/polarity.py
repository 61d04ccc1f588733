"""Whether the words deny a condition, and what they except.

Owns negation and exceptions. Must not know: kinds, quantities.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from . import patterns as p


class Denials:
    """Where a folded text denies: its negations, where their scopes end, its exceptions and what it permits."""

    def __init__(self, folded: str, *, suspected: bool = True) -> None:
        """`suspected` is False where it is known that no word of the text denies."""
        self._folded = folded
        self._permits = p.holds(folded, p.PERMITTING)
        self._denies = suspected
        self.possible = self._permits or self._denies
        """Whether anything may be denied at all."""
        if self._denies:
            self._negations = list(p.NEGATION.finditer(folded))
            if self._negations:
                blocked = [m.span() for m in p.NEGATION_NOT.finditer(folded)]
                self._negations = [m for m in self._negations if not any(a <= m.start() < b for a, b in blocked)]
            self._starts = [m.start() for m in self._negations]
            self._ends = list(p.NEGATION_END.finditer(folded))
            self._stops = [m.end() for m in self._ends]

    def reach(self, start: int, end: int, *, floor: int = 0) -> bool:
        """Whether the statement that begins at `floor` denies what stands at start..end.

        A negation before it in scope (two of them cancel), one right after it, a prefix, an exception that names it,
        or a permission that follows another statement ("no steroids. Inhaled steroids are allowed").
        """
        if self._permits and self._permitted(start, end):
            return True
        if not self._denies:
            return False
        folded = self._folded
        if p.NEGATED_PREFIX.search(folded, max(floor, start - 5), start) or p.NEGATION_AFTER.match(folded, end):
            return True
        begin = max(floor, start - 160)
        before = bisect_right(self._stops, start)
        last = self._ends[before - 1] if before else None
        if last and last.start() >= begin:
            if last["except"]:
                named = folded[last.end() : start]
                listed = _in_list(named, folded[start:end])
                return listed or _excepted(last["except"], folded[begin : last.start()], named)
            begin = last.end()
        triggers = self._negations[bisect_left(self._starts, begin) : bisect_left(self._starts, start)]
        triggers = [m for m in triggers if m.end() <= start and _reaches(m[0], folded[m.end() : start])]
        if len(triggers) > 1 and " or " in folded[triggers[-2].end() : triggers[-1].start()]:
            return True  # "unwilling to comply or unable to attend": two denials side by side
        return len(triggers) % 2 == 1

    def _permitted(self, start: int, end: int) -> bool:
        """Whether what stands there is said to be allowed, as an exception from what was said before."""
        if not p.PERMITTED.match(self._folded, end):
            return False
        opened = max(self._folded.rfind(sign, 0, start) for sign in ".;:(")
        return opened >= 0 and not p.BESIDE.search(self._folded, opened, start)


def _reaches(negation: str, since: str) -> bool:
    """Whether a negation's scope is still open after the words since: a bracket is a remark of its own, and ends it
    where it began inside; some negations reach no further than a comma, or than what they stand before.
    """
    if since.count(")") != since.count("("):
        return False
    if p.DENYING_VERB.match(negation):
        return not p.BEYOND_OBJECT.search(since)
    return "," not in since or not p.SHORT_NEGATION.match(negation)


def _excepted(word: str, before: str, named: str) -> bool:
    """Whether an exception still names what comes after the words `named`: "with the exception of" reaches over a
    list, the others only inside a bracket of their own.
    """
    if named.count(")") > named.count("("):
        return False
    if word.startswith("exception"):
        return True
    bracketed = before.count("(") + before.count("[") > before.count(")") + before.count("]")
    return "(" not in named and ("," not in named or bracketed)


def _in_list(named: str, member: str) -> bool:
    """Whether it goes on with what an exception began: malignancies after a malignancy, with nothing said between."""
    first = named.split(",", 1)[0]
    return bool(
        p.MALIGNANT.search(first) and p.MALIGNANT.search(member) and not p.NOT_A_MEMBER.search(named)
        and named.count("(") == named.count(")")
    )  # fmt: skip


def exceptions(folded: str, text: str) -> Callable[[int], tuple[str, ...]] | None:
    """The exceptions that a text states after a position and in its statement, as they stand; None without any."""
    found = list(p.EXCEPTION.finditer(folded))

    def after(position: int) -> tuple[str, ...]:
        match = next((one for one in found if one.start() >= position), None)
        if match is None or p.EXCEPTION_END.search(folded, position, match.start()):
            return ()
        stop = p.EXCEPTION_END.search(folded, match.end())
        words = text[match.start() : stop.start() if stop else len(text)].strip(" ,")
        return (words,) if words else ()

    return after if found else None
