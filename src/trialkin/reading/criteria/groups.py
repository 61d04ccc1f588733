"""How the criteria of an item, and the items below it, join: all of them, any of them, at least so many.

Owns the small tree of groups: "and" binds tighter than "or", a comma takes the connector of its list, brackets nest,
and "at least two of the following:" joins what it announces. What the text does not join stays apart. Must not know:
kinds, quantities.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import msgspec

from ...model.criteria import Code, Group, Item, Status
from ..quantities import fold
from . import patterns as p
from .alternatives import alternatives
from .beside import Beside
from .phrase import Draft, Phrase
from .polarity import Denials
from .status import status_of
from .vocabulary import Words

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}


class _Node(NamedTuple):
    """What joins as one: criteria that stand together, or a group of them."""

    start: int
    end: int
    criteria: tuple[int, ...]
    group: Group | None = None


def inside(phrase: Phrase, drafts: list[Draft], apart: set[int], denied: list[bool]) -> tuple[Group, ...]:
    """The groups of the criteria of one item; those at the positions `apart` (windows of others) join nothing."""
    people = alternatives(phrase, drafts)
    if p.CONNECTORS.isdisjoint(phrase.words):
        return tuple(group for _, _, group in people)
    nodes = _nodes(phrase.folded, drafts, apart, people)
    made = list[Group]()
    if len(nodes) < 2:
        return tuple(node.group for node in nodes if node.group)
    listed = _announced(phrase.folded)
    if listed:
        code, threshold, negated, _, begin = listed
        members = _listed(phrase, [node for node in nodes if node.start >= begin])
        if len(members) > 1:
            made.append(_group(members, code, threshold, negated=negated))
            nodes = [node for node in nodes if node.start < begin]
    made += [node.group for node in _bracketed(phrase, nodes) if node.group and not _stands_alone(node)]
    return tuple(_settled(group, denied) for group in made)


def below(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items, each with the group that joins the items below it where the text says how."""
    children: dict[int, list[Item]] = {}
    for item in items:
        if item.parent is not None:
            children.setdefault(item.parent, []).append(item)
    if not children:
        return items
    made = list(items)
    for index, held in children.items():
        group = _over(items[index], held) if len(held) > 1 else None
        if group:
            item = items[index]
            status = _announcing(item) if item.status == "none" else item.status
            made[index] = msgspec.structs.replace(item, status=status, groups=(*item.groups, group))
    return tuple(made)


def _announcing(item: Item) -> Status:
    """How much is understood of an item that only says how the items below it join."""
    folded = fold(item.text)
    found = stated(folded)
    return status_of(Beside(folded, Words(folded)).content(), [(found.start, found.end)]) if found else item.status


def _over(item: Item, held: list[Item]) -> Group | None:
    folded = fold(item.text)
    found = stated(folded)
    indexes = tuple(child.index for child in held)
    if found:
        code, threshold, negated, _, _ = found
        return Group(code=code, threshold=threshold, negated=negated, items=indexes)
    words = [match[1] if (match := p.JOINS_NEXT.search(fold(child.text[-8:]))) else "" for child in held[:-1]]
    if words[-1] and {*words[:-1]} in (set(), {""}, {words[-1]}):  # all say it, or the last but one alone
        return Group(code="any-of" if words[-1] == "or" else "all-of", items=indexes)
    return None


class _Stated(NamedTuple):
    code: Code
    threshold: int | None
    negated: bool
    start: int
    end: int


def stated(folded: str) -> _Stated | None:
    """How a text says that what follows it joins, and where it says so; None where it does not."""
    if not p.holds(folded, p.GROUPING):
        return None
    match = next(p.GROUP.finditer(folded), None)
    if match is None or p.AT_MOST.search(folded, max(0, match.start() - 16), match.start()):
        return None
    if match["all"]:
        return _Stated("all-of", None, False, *match.span())
    if match["none"]:
        return _Stated("any-of", None, True, *match.span())
    if match["any"]:
        negated = Denials(folded).reach(match.start(), match.end())
        return _Stated("any-of", None, negated, *match.span())
    return _Stated("at-least", _NUMBERS.get(match["n"]) or int(match["n"]), False, *match.span())


def _announced(folded: str) -> _Stated | None:
    """A statement and the colon after it, where the list stands in the same item."""
    found = stated(folded)
    colon = folded.find(":", found.end, found.end + 80) if found else -1
    return found._replace(end=colon) if found and 0 <= colon < len(folded) - 1 else None


def _nodes(folded: str, drafts: list[Draft], apart: set[int], people: list[tuple[int, int, Group]]) -> list[_Node]:
    """Criteria that overlap or stand side by side without a connector are one; alternatives for people stand alone."""
    made = list[_Node]()
    grouped = {position for _, _, group in people for position in positions(group)}
    for position, draft in enumerate(drafts):
        if position in apart or position in grouped or draft.kind == "judgement":
            continue
        last = made[-1] if made else None
        if last and (draft.start < last.end or p.SIDE_BY_SIDE.fullmatch(folded, last.end, draft.start)):
            made[-1] = _Node(last.start, max(last.end, draft.end), (*last.criteria, position))
        else:
            made.append(_Node(draft.start, draft.end, (position,)))
    if people:
        made += [_Node(start, end, (), group) for start, end, group in people]
        made.sort(key=lambda node: (node.start, node.end))
    return made


def _listed(phrase: Phrase, nodes: list[_Node]) -> list[_Node]:
    """The members of an announced list: by semicolons or numbers, else by its connectors."""
    if not nodes:
        return []
    cuts = [match.end() for match in p.LIST_CUT.finditer(phrase.folded, nodes[0].end, nodes[-1].start)]
    if not cuts:
        return nodes
    parts = [list(part) for _, part in groupby(nodes, key=lambda node: sum(cut <= node.start for cut in cuts))]
    return [_one(_bracketed(phrase, part)) for part in parts]


def _one(nodes: list[_Node]) -> _Node:
    """Nodes that nothing joins otherwise hold together."""
    if len(nodes) == 1:
        return nodes[0]
    return _Node(nodes[0].start, nodes[-1].end, (), _group(nodes, "all-of"))


def _bracketed(phrase: Phrase, nodes: list[_Node]) -> list[_Node]:
    """The nodes joined, what stands in a bracket first; a bracket without a connector before it is a remark."""
    folded = phrase.folded
    if "(" not in folded:
        return _run(phrase, nodes)
    ends = [node.end for node in nodes]
    outer, remarks = list[_Node](), list[_Node]()
    at = 0
    while at < len(nodes):
        since = outer[-1].end if outer else 0
        opened = folded.rfind("(", since, nodes[at].start)
        closed = folded.find(")", nodes[at].end) if opened >= 0 else -1
        if opened < 0 or closed < 0 or folded.find(")", opened, nodes[at].start) >= 0:
            outer.append(nodes[at])
            at += 1
            continue
        until = bisect_right(ends, closed)
        held = nodes[at:until]
        joined = _run(phrase, held) if held else []
        if len(joined) == 1 and outer and _connector(folded[since:opened]) in ("or", "and"):
            outer.append(joined[0]._replace(start=opened, end=closed + 1))
        else:
            remarks += joined
        at += max(len(held), 1)
    return sorted(_run(phrase, outer) + remarks)


def _run(phrase: Phrase, nodes: list[_Node]) -> list[_Node]:
    """Nodes in a row joined by their connectors."""
    gaps = [phrase.folded[a.end : b.start] for a, b in zip(nodes, nodes[1:], strict=False)]
    found = [_connector(gap) for gap in gaps]
    if not any(found):
        return nodes
    listed = False
    for index in range(len(found) - 2, -1, -1):  # "A, B or C": a comma takes the connector after it
        if found[index] == ",":
            found[index] = found[index + 1]
            listed = listed or found[index] == "and"
    if listed and phrase.section == "exclusion" and "or" not in found:
        found = ["or" if word == "and" else word for word in found]
    made = list[_Node]()
    for run in _split(nodes, found, ("", ",")):
        made.append(_alternatives(*run))
    return made


def _alternatives(nodes: list[_Node], found: list[str]) -> _Node:
    parts = [_chained(part, "all-of") for part, _ in _split(nodes, found, ("or",))]
    return _chained(parts, "any-of")


def _chained(nodes: list[_Node], code: Code) -> _Node:
    if len(nodes) == 1:
        return nodes[0]
    return _Node(nodes[0].start, nodes[-1].end, (), _group(nodes, code))


def _split(nodes: list[_Node], found: list[str], at: tuple[str, ...]) -> Iterator[tuple[list[_Node], list[str]]]:
    begin = 0
    for index, word in enumerate([*found, at[0]] if nodes else []):
        if word in at:
            yield nodes[begin : index + 1], found[begin:index]
            begin = index + 1


@lru_cache(maxsize=4096)
def _connector(gap: str) -> str:
    """ "or", "and", "," for a list that goes on, "" where a gap joins nothing.

    More than a word left over before the connector, or three after it, are something that was not read: it may be
    that which is joined.
    """
    if "(" in gap:
        gap = p.REMARK.sub("", gap)
    if len(gap) < 2 and gap != "," or len(gap) > 120:
        return ""
    if len(gap) > 60 or p.BOUNDARY.search(gap) or p.PARTING.search(gap):
        return ""
    found = p.OR_BETWEEN.search(gap) or p.AND_BETWEEN.search(gap) or p.COMMA.search(gap)
    if found is None:
        return ""
    before, after = gap[: found.start()], gap[found.end() :]
    if len(p.LETTERS.findall(before)) > 1 or len(p.LETTERS.findall(after)) > 3:
        return ""
    return "or" if "or" in found[0] else "," if found[0] == "," else "and"


def _group(nodes: Iterable[_Node], code: Code, threshold: int | None = None, *, negated: bool = False) -> Group:
    """A group of nodes; criteria that stand together are a group of their own inside another kind of group."""
    criteria, groups = list[int](), list[Group]()
    for node in nodes:
        if node.group and node.group.code == code != "at-least":
            criteria += node.group.criteria
            groups += node.group.groups
        elif node.group:
            groups.append(node.group)
        elif len(node.criteria) == 1 or code == "all-of":
            criteria += node.criteria
        else:
            groups.append(Group(code="all-of", criteria=node.criteria))
    return Group(
        code=code, threshold=threshold, negated=negated, criteria=tuple(criteria), groups=tuple(groups)
    )  # fmt: skip


def _stands_alone(node: _Node) -> bool:
    return node.group is None or len(node.group.criteria) + len(node.group.groups) < 2


def _settled(group: Group, denied: list[bool]) -> Group:
    """ "No A or B": alternatives that are all denied hold together, none of them may be there."""
    groups = tuple(_settled(held, denied) for held in group.groups)
    code = group.code
    if code == "any-of" and all(denied[position] for position in positions(group)):
        code = "all-of"
    same = code == group.code and groups == group.groups
    return group if same else msgspec.structs.replace(group, code=code, groups=groups)


def positions(group: Group) -> Iterator[int]:
    """The positions of all criteria in a group and in the groups inside it."""
    yield from group.criteria
    for held in group.groups:
        yield from positions(held)
