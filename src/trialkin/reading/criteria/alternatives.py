"""Bounds of one variable that hold for different people: each sex its own, a laxer one under a condition.

Owns the sex that a bound is for, the condition of a laxer bound ("≤ 5 x ULN if liver metastases") and the alternatives
that such bounds make. Must not know: how the other criteria of an item join.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ...model.criteria import Group, Sex
from ..patterns import Pattern
from . import patterns as p

if TYPE_CHECKING:
    from .phrase import Draft, Phrase

_SEXES: dict[str, Sex] = {"female sex": "female", "male sex": "male"}
_WORDS = ("male", "men", "man", "boy", "girl")
_MOST = 40
"""The most bounds of one item that are looked at for being each other's alternatives."""
_REFERENCE = frozenset({"{ULN}", "{LLN}"})


def people(phrase: Phrase, drafts: list[Draft]) -> list[Draft]:
    """The drafts, each bound with the sex it is for and the variable it shares; a sex that only says so is left out."""
    if not 0 < sum(map(_measured, drafts)) <= _MOST:
        return drafts
    drafts = _same_variable(phrase, drafts)
    if not p.holds(phrase.folded, _WORDS):
        return drafts
    sexes = [draft for draft in drafts if draft.variable in _SEXES and draft.kind == "sex"]
    bounds = [draft for draft in drafts if _measured(draft)]
    owned = _owned(phrase.folded, bounds, sexes) if sexes and bounds else []
    if not owned:
        return drafts
    of = {bound: _SEXES[sex.variable] for bound, sex in owned}
    said = {sex for _, sex in owned}
    return [draft._replace(sex=of.get(draft)) for draft in drafts if draft not in said]


def _measured(draft: Draft) -> bool:
    return draft.bounds and draft.kind not in ("window", "duration")


def _owned(folded: str, bounds: list[Draft], sexes: list[Draft]) -> list[tuple[Draft, Draft]]:
    """Each bound with the sex that stands right after or right before it."""
    after = [(b, s) for b in bounds for s in sexes if _beside(p.SEX_AFTER, folded, b.finish, s.start)]
    if after and not (sexes[0].end <= bounds[0].amount and len(bounds) > 1 and len(after) < len(bounds)):
        return after
    before = []
    for bound in bounds:
        near = [sex for sex in sexes if sex.end <= bound.amount]
        if near and not any(near[-1].end <= other.amount < bound.amount for other in bounds):
            if _beside(p.SEX_BEFORE, folded, near[-1].end, bound.amount):
                before.append((bound, near[-1]))
    both = {sex.variable for _, sex in before} == set(_SEXES)
    return before if both and len({bound.variable for bound, _ in before}) < len(before) else []


def _beside(between: Pattern, folded: str, start: int, end: int) -> bool:
    return 0 <= end - start <= 60 and bool(between.fullmatch(folded, start, end))


def _same_variable(phrase: Phrase, drafts: list[Draft]) -> list[Draft]:
    """ "… ≤ 1.5 x ULN, except for Gilbert's syndrome, who must have ≤ 3 x ULN": the second bounds the same."""
    made = list(drafts)
    order = sorted((i for i, draft in enumerate(made) if _measured(draft)), key=lambda i: made[i].amount)
    for first, second in pairwise(order):
        a, b = made[first], made[second]
        gap = phrase.folded[a.finish : b.amount]
        if len(gap) > 160 or a.unit != b.unit or a.variable == b.variable:
            continue
        shared = set(a.variable.split(" or ")) > set(b.variable.split(" or ")) and b.start < a.finish
        unnamed = b.kind == "measure" and b.unit in _REFERENCE and p.UNDER.search(gap + b.variable)
        if shared or unnamed:
            made[second] = b._replace(kind=a.kind, variable=a.variable, start=a.start if shared else b.amount)
    made.sort(key=lambda draft: (draft.start, draft.end))
    return made


def conditions(phrase: Phrase, drafts: list[Draft]) -> list[Draft]:
    """The drafts with what a laxer bound asks for besides, in the words that name it, where no other draft does."""
    made = list(drafts)
    if sum(map(_measured, drafts)) > _MOST:
        return made
    for bound in drafts:
        span = _condition(phrase, bound, drafts)
        if span is None:
            continue
        start, end = span
        held = [draft for draft in made if start <= draft.start < end and not draft.bounds]
        last = phrase.folded.rfind(" ", start, end) + 1
        made = [draft for draft in made if draft not in held]
        if not any(draft.end > last for draft in held):
            held = [type(bound)("condition", phrase.folded[start:end], start, end)]
        made += [draft._replace(asked=start) for draft in held]
    made.sort(key=lambda draft: (draft.start, draft.end))
    return made


def _condition(phrase: Phrase, bound: Draft, drafts: list[Draft]) -> tuple[int, int] | None:
    """Where the words stand that say when a bound counts: after it, or between the bound before and it."""
    if not _measured(bound):
        return None
    before = [d for d in drafts if _measured(d) and d.variable == bound.variable and d.amount < bound.amount]
    following = [
        d.start if d.start >= bound.finish else d.amount for d in drafts if d.bounds and d.amount > bound.amount
    ]
    if not before and not following:
        return None
    folded = phrase.folded
    stop = min([*following, len(folded)])
    match = p.CONDITION_AFTER.match(folded, bound.finish, stop)
    if match and following and p.LEADING_ON.match(folded, match.start(), stop):
        leads = p.CONDITION_BEFORE.search(folded, max(bound.finish, stop - 240), stop)
        match = None if leads else match  # it is said of the bound after it
    if match is None and before:
        since = before[-1].finish
        until = bound.start if bound.start >= since else bound.amount
        since = max(since, until - 240)
        match = p.LEADING_ON.match(folded, since, until) and p.CONDITION_BEFORE.search(folded, since, until)
    if match is None or (match["sure"] is None and not _named(drafts, *match.span("what"))):
        return None
    start, end = match.span("what")
    if any(start <= m.start < end for m in phrase.mentions) and not _named(drafts, start, end):
        return None
    return start, start + len(folded[start:end].rstrip(" ,"))


def _named(drafts: list[Draft], start: int, end: int) -> bool:
    return any(start <= draft.start < end and not draft.bounds and draft.kind != "sex" for draft in drafts)


def alternatives(phrase: Phrase, drafts: list[Draft]) -> list[tuple[int, int, Group]]:
    """The groups of bounds that hold for different people, with where each begins and ends."""
    runs: dict[str, list[int]] = {}
    for position, draft in enumerate(drafts):
        if _measured(draft):
            runs.setdefault(draft.variable, []).append(position)
    made: list[tuple[int, int, Group]] = []
    if sum(map(len, runs.values())) > _MOST:
        return made
    for run in runs.values():
        if len(run) < 2:
            continue
        run.sort(key=lambda position: drafts[position].amount)
        if len(run) == 2 and _halves(phrase.folded, drafts[run[0]], drafts[run[1]]):
            made.append((drafts[run[0]].start, drafts[run[1]].end, Group(code="all-of", criteria=tuple(run))))
            continue
        spans = {position: _condition(phrase, drafts[position], drafts) for position in run}
        held = {
            position: [
                index
                for index, draft in enumerate(drafts)
                if span[0] <= draft.start < span[1] and index not in run
            ]
            for position, span in spans.items()
            if span
        }
        held = {position: found for position, found in held.items() if found}
        sexed = len({drafts[position].sex for position in run} - {None}) > 1
        if sexed or (held and _laxer(run, held, drafts)):
            made.append(_any_of(run, held, drafts))
    return sorted(made, key=lambda one: one[:2])


def _halves(folded: str, first: Draft, second: Draft) -> bool:
    """ "6 months to 17 years": the two ends of one range, each in its own unit."""
    ends = first.high is None and second.low is None and first.values is second.values is None
    return ends and bool(p.RANGE_BETWEEN.fullmatch(folded, first.finish, second.amount))


def _any_of(run: list[int], held: dict[int, list[int]], drafts: list[Draft]) -> tuple[int, int, Group]:
    alone = tuple(position for position in run if position not in held)
    groups = tuple(Group(code="all-of", criteria=(position, *found)) for position, found in held.items())
    every = [*run, *(index for found in held.values() for index in found)]
    start, end = min(drafts[index].start for index in every), max(drafts[index].end for index in every)
    return start, end, Group(code="any-of", criteria=alone, groups=groups)


def _laxer(run: list[int], held: dict[int, list[int]], drafts: list[Draft]) -> bool:
    """Whether every bound with a condition allows more than those without one."""
    strict = [drafts[position] for position in run if position not in held]
    return all(_allows_more(drafts[position], one) for position in held for one in strict)


def _allows_more(lax: Draft, strict: Draft) -> bool:
    if lax.high is not None and strict.high is not None and lax.low is strict.low is None:
        return lax.high >= strict.high
    if lax.low is not None and strict.low is not None and lax.high is strict.high is None:
        return lax.low <= strict.low
    return False
