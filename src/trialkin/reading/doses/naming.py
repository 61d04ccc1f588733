"""Giving each dose of a sentence its agent.

Owns the choice between what stands left and right of an amount, what the list or the text before names, and the
name of the intervention. How a name is recognised belongs to `agents`.
"""

from __future__ import annotations

import re

from trialkin.reading.doses import agents as agents_
from trialkin.reading.doses import labels, lexicon
from trialkin.reading.doses.draft import Dose, is_list
from trialkin.reading.patterns import Pattern

_ASIDE = Pattern(r"\b(?:before|after|prior to|following|post|with|to|from|of|on)\b[^,;]{0,30}$", re.I)


def name_agents(text: str, here: list[Dose], whose: agents_.Agents, earlier: list[Dose]) -> None:
    """Agents of the doses of one sentence, left to right; a list of amounts shares the agent of its first."""
    for position, dose in enumerate(here):
        if dose.course is not None:
            continue
        limit = (
            here[position - 1].amount.end
            if position and here[position - 1].amount.end <= dose.amount.start
            else dose.sentence[0]
        )
        listed = position > 0 and is_list(text, here[position - 1], dose)
        left = None if listed else whose.left(dose.amount.start, limit)
        following = next((other for other in here[position + 1 :] if other.amount.start >= dose.amount.end), None)
        right_limit = following.amount.start if following else dose.sentence[1]
        right = whose.right(dose.amount.end, right_limit, start=dose.amount.start)
        if left and (left.start < limit or _in_clause(text, dose, left)):
            left = None
        if left and (whose.is_label(left) or (right and _in_list_in_brackets(text, dose, right, following))):
            left = None
        best = max((a for a in (left, right) if a), key=lambda a: (a.strength, a is left), default=None)
        previous = here[position - 1] if position else None
        if best is not None and best.strength < 3 and (mention := whose.mention(limit, dose.amount.start)):
            best = agents_.Agent(mention.name, -1, -1, 1)
        if best is None or (listed and best.strength < 4):
            best = _inherited(text, whose, dose, previous, earlier, limit, listed)
        dose.agent, dose.agent_start, dose.agent_end, dose.strength = (
            whose.in_full(whose.made_of(best)),
            best.start,
            best.end,
            best.strength,
        )
    _share_back(text, here)
    _pair(text, here, whose.names)


_COMBINED = Pattern(r"(?P<one>[^/\s]{3,40}) ?/ ?(?P<two>[^/\s]{3,40})")


def _pair(text: str, here: list[Dose], names: tuple[str, ...]) -> None:
    """ "formoterol/fluticasone 6/125 mcg": the first figure is of the first agent, the second of the second."""
    for one, two in zip(here, here[1:], strict=False):
        both = _COMBINED.fullmatch(one.agent)
        slashed = text[one.amount.start : two.amount.start].count("/") == 1 and one.amount.end == two.amount.end
        if both and slashed and one.agent == two.agent:
            one.agent, two.agent = both["one"], both["two"]
        elif (
            text[one.amount.end : two.amount.start].strip() == "/"
            and len(names) > 1
            and one.agent == two.agent == names[0]
        ):
            two.agent = names[1]


def _in_list_in_brackets(text: str, dose: Dose, right: agents_.Agent, following: Dose | None) -> bool:
    """ "calcium and vitamin D (1000 mg calcium and 500 IU vitamin D)": the brackets name each again."""
    if (
        following is None
        or right.start - dose.amount.end > 2
        or text[dose.amount.start - 1 : dose.amount.start] != "("
    ):
        return False
    return ")" not in text[dose.amount.end : following.amount.start]


def _in_clause(text: str, dose: Dose, agent: agents_.Agent) -> bool:
    """ "If lopinavir is taken, the dose is 125 mg": what a finished clause names is not what is given."""
    first = max(dose.sentence[0], dose.amount.start - 300)
    return any(
        start <= agent.start < end <= dose.amount.start
        for start, end in labels.clauses(text, first, dose.amount.start)
        if end < dose.amount.start
    )


def _share_back(text: str, here: list[Dose]) -> None:
    """ "10, 20 or 40 mg of X": an amount without an agent of its own takes that of the next in its list."""
    linked = [is_list(text, dose, following) for dose, following in zip(here, here[1:], strict=False)]
    nameless = _nameless_lists(here, linked)
    for index in range(len(here) - 2, -1, -1):
        dose, following = here[index], here[index + 1]
        if (dose.strength <= 0 or nameless[index]) and following.strength > 0 and linked[index]:
            dose.agent, dose.strength = following.agent, 1


def _nameless_lists(here: list[Dose], linked: list[bool]) -> list[bool]:
    """For each dose, whether no agent stands beside it or beside an amount before it in its list."""
    result: list[bool] = []
    for index, dose in enumerate(here):
        before = not index or not linked[index - 1] or result[-1]
        result.append(before and dose.agent_start < 0 and dose.course is None)
    return result


def _since(text: str, whose: agents_.Agents, dose: Dose, limit: int) -> agents_.Agent | None:
    """The substance named since the amount before, unless in passing ("after rituximab")."""
    found = whose.likely(limit, dose.amount.start)
    if found is None or _in_clause(text, dose, found) or _ASIDE.search(text[limit : found.start]):
        return None
    return found


def _given(text: str, whose: agents_.Agents, dose: Dose) -> agents_.Agent | None:
    """What the sentence says is given before its first dose, or a substance it names there."""
    for read in (whose.subject_of, whose.object_of):
        given = read(dose.sentence[0], dose.amount.start)
        if given and not _in_clause(text, dose, given):
            return agents_.Agent(given.name, -1, -1, 1)
    return _since(text, whose, dose, dose.sentence[0])


_CELLS = Pattern(r"\b(?:[A-Za-z][\w-]*)?(?:SC|CAR-?T|NK|DC|CTL|TIL|Treg)s?\b")  # "5 x 10^5 UCMSCs per kg"


def _cells(text: str, whose: agents_.Agents, dose: Dose) -> agents_.Agent:
    mention = whose.mention(0, dose.sentence[1])
    if mention is not None and mention.name.lower() not in {"cell", "cells"}:
        return agents_.Agent(mention.name, -1, -1, 0)
    inner = _CELLS.search(text, dose.amount.start, dose.amount.end) or _CELLS.search(text, *dose.sentence)
    if whose.nameless and inner:
        return agents_.Agent(inner[0], -1, -1, 1)
    later = whose.likely(dose.amount.end, len(text), codes=True) if whose.nameless else None
    return agents_.Agent(later.name if later else whose.fallback(), -1, -1, 0)


def _inherited(
    text: str,
    whose: agents_.Agents,
    dose: Dose,
    previous: Dose | None,
    earlier: list[Dose],
    limit: int,
    listed: bool,
) -> agents_.Agent:
    if not listed and (
        mention := whose.mention(dose.sentence[0] if previous is None else limit, dose.amount.start)
    ):
        return agents_.Agent(mention.name, -1, -1, 1)
    if previous is None and (found := _given(text, whose, dose)):
        return found
    if previous is not None and not listed and (found := _since(text, whose, dose, limit)):
        return found
    named = dose.amount.unit.startswith("cells") and _CELLS.search(text, dose.amount.start, dose.amount.end)
    if dose.amount.unit.startswith("cells") and (
        (named and whose.nameless) or previous is None or previous.amount.dimension != "count"
    ):
        return _cells(text, whose, dose)
    if previous is not None and previous.agent and previous.course is None:
        return agents_.Agent(previous.agent, -1, -1, 0)
    if listed is False and (mention := whose.mention(dose.amount.end, dose.sentence[1])):
        return agents_.Agent(mention.name, -1, -1, 1)
    drug = next((other for other in reversed(earlier) if other.course is None), None)
    if drug is not None:
        return agents_.Agent(drug.agent, -1, -1, 0)
    if mention := whose.mention(0, dose.sentence[0]):
        return agents_.Agent(mention.name, -1, -1, 0)
    name = whose.fallback()
    if not lexicon.looks_like_agent(name) and (
        given := whose.object_of(0, dose.sentence[0]) or whose.likely(0, dose.amount.start, codes=True)
    ):
        return agents_.Agent(given.name, -1, -1, 0)
    if whose.nameless:
        later = whose.likely(dose.amount.end, len(text), codes=True)
        found = later or whose.unusual(dose.sentence[0], dose.amount.start)
        name = found.name if found else name
    return agents_.Agent(name, -1, -1, 0)
