"""The eligibility criteria as the sponsor numbered and nested them, every word of the text kept.

Must not know: how the text is read into items.
"""

from __future__ import annotations

import re

from ...model import criteria as read
from ...reading.markup import plain
from ..blocks import Block, Item, Items, Note, Subsection, Value
from ..criteria_words import STATUS_WORDS, canonical_form, group_form, normal_form
from ..words import count_of

FLAG_WORDS = {
    "starts-late": "the list starts at this number; what stood before it is missing from the record",
    "skips": "the number before this one is missing from the record",
}
_MAIN = re.compile(r"inclusion|exclusion|eligib|include|exclude", re.IGNORECASE)
_WRAPPED = re.compile(r"[ \t]*\n(?![ \t]*\n)[ \t]*(?!\|)")


def blocks(source: str | None, found: read.Criteria) -> tuple[Block, ...]:
    """The text in its own order: a subsection for each main heading, further headings inside the list.

    Source: eligibilityModule.eligibilityCriteria.
    """
    shown: list[Block] = []
    title, items = "", list[Item]()

    def close() -> None:
        if title:
            shown.append(Subsection(title, (Items(tuple(items)),) if items else ()))
        elif items:
            shown.append(Items(tuple(items)))

    for segment in found.segments:
        words = plain((source or "")[segment.start : segment.end]).strip()
        if segment.kind == "heading" and _MAIN.search(words):
            close()
            title, items = words.rstrip(" :"), []
        elif segment.kind == "item" and segment.item is not None:
            if found.items[segment.item].parent is None:
                items.append(_item(found, found.items[segment.item]))
        elif words:
            items.append(Item(words.rstrip(":"), span=(segment.start, segment.end), heading=True))
    close()
    understood = _understood(found)
    return (understood, *shown) if understood else tuple(shown)


def _understood(found: read.Criteria) -> Note | None:
    """How much of the list the rules have understood; the rest stays as text."""
    if found.completeness is None:
        return None
    counts = {status: sum(item.status == status for item in found.items) for status in ("full", "part", "none")}
    return Note(
        f"Of {count_of(len(found.items), 'point')}, {counts['full']} were read in full, {counts['part']} in part, "
        f"{counts['none']} not at all. What was read is underlined below; the words of the record decide.",
        rule="A point is read in full when all its content words lie in what was read from it",
        title="What was read",
    )


def _read_as(criterion: read.Criterion) -> str:
    """The words that say so; for what is only named, what it was taken for."""
    if criterion.bounds or criterion.kind == "window":
        return " ".join(criterion.quote.split())
    return f"{criterion.kind}: {criterion.variable}" if criterion.kind != criterion.variable else criterion.kind


def _chips(item: read.Item) -> tuple[tuple[Value, str], ...]:
    """What was understood of an item, each with the words that say so, and a mark where something was not."""
    chips = {normal_form(criterion): criterion for criterion in item.criteria}
    made = [
        (Value(f"{words} (that is {same})" if same else words, registry=_read_as(criterion)), criterion.quote)
        for words, criterion in chips.items()
        for same in [canonical_form(criterion)]
    ]
    joined = (words for group in item.groups if (words := _joined(group, item)))
    made += [(Value(f"joined: {words}", tone="quiet"), "") for words in joined]
    if item.status != "full":
        made.append((Value(STATUS_WORDS[item.status], tone="quiet"), ""))
    return tuple(made)


def _marks(
    text: str, chips: tuple[tuple[Value, str], ...]
) -> tuple[tuple[tuple[int, int, str], ...], tuple[Value, ...]]:
    """Where the readings stand in the text, those of overlapping words together, and the readings without a place."""
    placed: list[tuple[int, int, str]] = []
    loose: list[Value] = []
    for chip, quote in chips:
        words = " ".join(quote.split())
        start = text.find(words) if words else -1
        if start < 0:
            loose.append(chip)
        else:
            placed.append((start, start + len(words), chip.text))
    marks: list[tuple[int, int, str]] = []
    for start, end, reading in sorted(placed):
        if marks and start < marks[-1][1]:
            first, last, other = marks[-1]
            marks[-1] = (first, max(last, end), f"{other}; {reading}")
        else:
            marks.append((start, end, reading))
    return tuple(marks), tuple(loose)


def _joined(group: read.Group, item: read.Item) -> str:
    """How criteria join, in words; "" where a group says no more than that they hold together, or names one thing."""
    if group.code == "all-of" and not (group.negated or group.groups or group.items):
        return ""
    words = group_form(group, item)
    return words if group.items or " or " in words or " of: " in words else ""


def _item(found: read.Criteria, item: read.Item) -> Item:
    children = tuple(_item(found, child) for child in found.items if child.parent == item.index)
    text, chips = _WRAPPED.sub(" ", item.text).strip(), _chips(item)
    marks, loose = _marks(text, chips)
    return Item(
        text,
        number=_number(item.number),
        span=(item.start, item.end),
        children=children,
        flags=tuple(FLAG_WORDS.get(flag, flag) for flag in item.flags),
        chips=tuple(chip for chip, _ in chips),
        marks=marks,
        loose=loose,
    )


def _number(marker: str | None) -> str:
    """The marker as written; a bullet of any shape is a bullet."""
    return marker if marker and any(sign.isalnum() for sign in marker) else ""


def numbering_doubts(criteria: read.Criteria) -> tuple[str, ...]:
    """What is odd about the numbers of the lists, in words; () when nothing is."""
    doubts = []
    for item in criteria.items:
        where = f"{item.section} criteria" if item.section != "unspecified" else "criteria"
        where += f" (“{item.heading}”)" if item.heading else ""
        number = (item.number or "").strip("().: ")
        if "starts-late" in item.flags:
            doubts.append(f"A list of the {where} starts at {number}.")
        elif "skips" in item.flags:
            doubts.append(f"In the {where} a number is missing before {number}.")
    return tuple(dict.fromkeys(doubts))
