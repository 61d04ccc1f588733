"""Eligibility criteria of several studies, item by item: which belong together, and what differs between them.

Every item of every study stands in exactly one row. Must not know: how texts are read, how rows are shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...model.criteria import Criteria
from ...model.criteria import Item as ReadItem
from ..blocks import Item, Value
from ..criteria_words import STATUS_WORDS, normal_form
from .align import Entry, align, words_of
from .differences import Bounds, bounds_elsewhere, differences, stated_bounds
from .rows import Part, Row, Verdict

if TYPE_CHECKING:
    from ...library import ReadStudy

TITLES = {
    "inclusion": "Inclusion criteria",
    "exclusion": "Exclusion criteria",
    "unspecified": "Criteria under neither heading",
}
_SIDE = {
    "inclusion": "an inclusion criterion",
    "exclusion": "an exclusion criterion",
    "unspecified": "under neither heading",
}


def parts(studies: Sequence[ReadStudy]) -> tuple[Part, ...]:
    """Inclusion, exclusion and other criteria; a row stands where the first study that has it keeps it.

    Source: eligibilityModule.eligibilityCriteria.
    """
    read = {each.study.nct_id: each.reading.criteria for each in studies}
    ids = list(read)
    lists = {nct_id: tuple(_entry(item) for item in criteria.items) for nct_id, criteria in read.items()}
    bounds = {nct_id: stated_bounds(criteria.items) for nct_id, criteria in read.items()}
    rows: dict[str, list[Row]] = {section: [] for section in TITLES}
    for aligned in align(lists):
        items = {nct_id: read[nct_id].items[index] for nct_id, index in aligned.items()}
        entries = {nct_id: lists[nct_id][index] for nct_id, index in aligned.items()}
        ((alone, item), *others) = items.items()
        row = _row(ids, items, entries, read) if others else _alone(ids, alone, item, read[alone], bounds)
        rows[item.section].append(row)
    return tuple(
        Part(title, tuple(rows[section]), "Criterion", f"criteria-{section}")
        for section, title in TITLES.items()
        if rows[section]
    )


def _entry(item: ReadItem) -> Entry:
    """Time windows say when, not what; a criterion carries the one that qualifies it."""
    variables = [(one.kind, one.variable.casefold()) for one in item.criteria if one.kind != "window"]
    measured = frozenset((one.kind, one.variable.casefold()) for one in item.criteria if one.bounds)
    topic = variables[0] if variables else None
    return Entry(item.text, item.section, frozenset(variables), measured, topic)


def _row(
    ids: Sequence[str], items: dict[str, ReadItem], entries: dict[str, Entry], read: dict[str, Criteria]
) -> Row:
    stated = tuple((_value(items[nct_id], read[nct_id]),) if nct_id in items else () for nct_id in ids)
    first = next(iter(items))
    shown = _item(items[first], read[first])
    label = _label(items)
    same = len({entry.words for entry in entries.values()}) == 1
    where = (*_sides(items), *_parents(items, read))
    said = where if same else (*where, *differences(items, entries))
    if said:
        return Row(label, stated, Verdict.DIFFERS, said, shown)
    if not same:
        return Row(label, stated, Verdict.REWORDED, item=shown)
    verdict = Verdict.SAME if len(items) == len(ids) else Verdict.PARTLY
    return Row(label, stated, verdict, item=shown, common=(shown.text,))


def _alone(
    ids: Sequence[str], alone: str, item: ReadItem, criteria: Criteria, bounds: Mapping[str, Bounds]
) -> Row:
    """An item without a counterpart; a bound that another study states within an item of its own is told."""
    said = tuple(
        f"{nct_id} states within another item: {form}"
        for nct_id in ids
        if nct_id != alone
        for form in bounds_elsewhere(item, bounds[nct_id])
    )
    stated = tuple((_value(item, criteria),) if nct_id == alone else () for nct_id in ids)
    return Row("", stated, Verdict.ALONE, said, _item(item, criteria, said))


def _value(item: ReadItem, criteria: Criteria) -> Value:
    number, above = _number(item), _above(item, criteria)
    where = (f"no. {number.strip('().: ')}" if number else "", f"under “{_short(above)}”" if above else "")
    return Value(_line(item.text), note=", ".join(filter(None, where)))


def _item(item: ReadItem, criteria: Criteria, said: tuple[str, ...] = ()) -> Item:
    forms = dict.fromkeys(normal_form(one) for one in item.criteria)
    chips = [Value(form) for form in forms]
    chips += [Value(STATUS_WORDS[item.status], tone="quiet")] if item.status != "full" else []
    above = _above(item, criteria)
    chips = [Value(f"under “{_short(above)}”", tone="quiet"), *chips] if above else chips
    chips += [Value(words, tone="mark") for words in said]
    return Item(_line(item.text), number=_number(item), chips=tuple(chips))


def _number(item: ReadItem) -> str:
    """The marker as written, "" for a bullet."""
    return item.number if item.number and any(sign.isalnum() for sign in item.number) else ""


def _above(item: ReadItem, criteria: Criteria) -> str:
    """The words of the item that this one stands under, "" for none."""
    return "" if item.parent is None else _line(criteria.items[item.parent].text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


def _label(items: dict[str, ReadItem]) -> str:
    """What the items have in common, in the names that the rules know."""
    common = set.intersection(*({one.variable for one in item.criteria} for item in items.values()))
    first = next(iter(items.values()))
    names = [name for name in dict.fromkeys(one.variable for one in first.criteria) if name in common]
    return ", ".join(_cased(name, first.text) for name in names[:3])


def _cased(name: str, text: str) -> str:
    """The name with its abbreviations in capitals, as the text has them."""
    capitals = {word for word in re.findall(r"[A-Z][A-Z0-9-]+", text)}
    words = " ".join(word.upper() if word.upper() in capitals else word for word in name.split())
    return words[:1].upper() + words[1:]


def _sides(items: dict[str, ReadItem]) -> tuple[str, ...]:
    if len({item.section for item in items.values()}) == 1:
        return ()
    return tuple(f"{nct_id}: {_SIDE[item.section]}" for nct_id, item in items.items())


def _parents(items: dict[str, ReadItem], read: dict[str, Criteria]) -> tuple[str, ...]:
    """Items that stand under unlike items mean unlike things, even in the same words."""
    above = {nct_id: _above(item, read[nct_id]) for nct_id, item in items.items()}
    if len({words_of(text) for text in above.values()}) == 1:
        return ()
    having = [nct_id for nct_id, text in above.items() if text]
    if len(having) == len(above):
        return ("under unlike items",)
    return (f"under another item in {' and '.join(having)}",)
