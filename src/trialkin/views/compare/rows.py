"""The rows of a comparison: what each study says about one thing, and whether that is the same.

Owns verdicts and their words, and how rows become blocks. A study that says nothing is never counted as different.
Must not know: records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...reading.markup import plain
from ..blocks import Block, Card, Cards, Cell, Inline, Item, Items, Prose, Subsection, Table, Value

NOT_STATED = Value("not stated", tone="quiet")
Stated = tuple[Inline, ...]
"""What one study says in a row, () when it says nothing."""


class Verdict(StrEnum):
    """How the studies stand to each other in a row."""

    SAME = "same"
    DIFFERS = "differs"
    PARTLY = "partly"
    """Those that say something say the same; at least one says nothing."""
    REWORDED = "reworded"
    """Other words for what rules understand as the same."""
    ALONE = "alone"
    """An entry of a list that only one study has."""


@dataclass(frozen=True)
class Row:
    """One thing compared. stated: one for each study. said: what differs, in words."""

    label: str
    stated: tuple[Stated, ...]
    verdict: Verdict
    said: tuple[str, ...] = ()
    item: Item | None = None
    """How an entry that stands alone is shown in its list; None in rows of facts."""
    common: Stated = ()
    """What all say, without what is each study's own, such as a number; () where the first one's words do."""


@dataclass(frozen=True)
class Part:
    """Rows under a heading of their own, "" for none. entry: what a row of an aligned list is, "" for facts."""

    title: str
    rows: tuple[Row, ...]
    entry: str = ""
    key: str = ""


def fact_row(label: str, stated: Iterable[Inline | Stated | None]) -> Row | None:
    """A row of facts that are compared as they read; None when no study says anything."""
    found = tuple(_stated(one) for one in stated)
    if not any(found):
        return None
    texts = {_compared(one) for one in found if one}
    if len(texts) > 1:
        return Row(label, found, Verdict.DIFFERS)
    return Row(label, found, Verdict.SAME if all(found) else Verdict.PARTLY)


def set_row(label: str, stated: Iterable[Iterable[Value]]) -> Row | None:
    """A row of lists without an order; values that not all have are marked in words."""
    found = [tuple(one) for one in stated]
    if not any(found):
        return None
    texts = [frozenset(_compared((value,)) for value in one) for one in found]
    if len({one for one in texts if one}) <= 1:
        return Row(label, tuple(found), Verdict.SAME if all(found) else Verdict.PARTLY)
    counts = Counter(text for one in texts for text in one)
    marked = tuple(tuple(_marked(value, counts, len(found)) for value in one) for one in found)
    return Row(label, marked, Verdict.DIFFERS)


def _marked(value: Value, counts: Counter[str], studies: int) -> Value:
    count = counts[_compared((value,))]
    if count == studies:
        return value
    where = "only here" if count == 1 else f"in {count} of {studies}"
    note = f"{value.note}, {where}" if value.note else where
    return Value(value.text, value.registry, value.href, note, "mark" if count == 1 else "", value.piece)


def _stated(given: Inline | Stated | None) -> Stated:
    if not given:
        return ()
    return given if isinstance(given, tuple) else (given,)


def _compared(stated: Stated) -> str:
    """What two studies must share to say the same: the words and their note, whatever the case."""
    return " | ".join(" ".join(inline_words(one).split()).casefold() for one in stated)


def inline_words(one: Inline) -> str:
    """The words of an inline with its note."""
    if isinstance(one, Prose):
        return plain(one.text) if one.markup else one.text
    if isinstance(one, str):
        return one
    return f"{one.text} ({one.note})" if one.note else one.text


def present_rows(*rows: Row | None) -> tuple[Row, ...]:
    """The rows in which a study says something."""
    return tuple(row for row in rows if row is not None)


def verdict_words(row: Row, ids: Sequence[str]) -> str:
    """The verdict for people: "the same in both", "only in NCT07320690"."""
    having = [nct_id for nct_id, stated in zip(ids, row.stated, strict=True) if stated]
    if row.verdict is Verdict.SAME:
        return "the same in both" if len(ids) == 2 else f"the same in all {len(ids)}"
    if row.verdict is Verdict.ALONE or len(having) == 1:
        return f"only in {having[0]}" if row.item else f"stated only in {having[0]}"
    if row.verdict is Verdict.PARTLY:
        return f"the same where stated: {' and '.join(having)}"
    odd = "" if row.item else _odd_one(row, ids)
    if odd:
        return f"differs only in {odd}"
    missing = [nct_id for nct_id in ids if nct_id not in having]
    words = "other words, understood as the same" if row.verdict is Verdict.REWORDED else "differs"
    return f"{words}; not in {', '.join(missing)}" if missing and row.item else words


def _odd_one(row: Row, ids: Sequence[str]) -> str:
    """The one of several that says something else than all others, "" for none."""
    texts = {nct_id: _compared(stated) for nct_id, stated in zip(ids, row.stated, strict=True) if stated}
    counts = Counter(texts.values())
    if len(texts) < 3 or len(counts) != 2 or 1 not in counts.values():
        return ""
    return next(nct_id for nct_id, text in texts.items() if counts[text] == 1)


# ---- rows to blocks


def part_blocks(part: Part, ids: Sequence[str]) -> tuple[Block, ...]:
    """A table with a column for each study; entries that only one study has stand behind it, in its order."""
    shared = tuple(row for row in part.rows if row.verdict is not Verdict.ALONE)
    blocks: list[Block] = [_table(part, shared, ids)] if shared else []
    cards = [
        Card(Value(f"Only in {nct_id}: {len(items)}"), (), (Items(items),))
        for place, nct_id in enumerate(ids)
        if (items := _alone(part, place))
    ]
    blocks += [Cards(tuple(cards))] if cards else []
    return (Subsection(part.title, tuple(blocks), part.key),) if part.title else tuple(blocks)


def _alone(part: Part, place: int) -> tuple[Item, ...]:
    alone = (row for row in part.rows if row.verdict is Verdict.ALONE and row.stated[place])
    return tuple(row.item for row in alone if row.item is not None)


def _table(part: Part, rows: tuple[Row, ...], ids: Sequence[str]) -> Table:
    head: tuple[Inline, ...] = (
        part.entry or "What",
        *(Value(nct_id, href=f"/studies/{nct_id}") for nct_id in ids),
    )
    return Table(head, tuple(_cells(row, ids, bool(part.entry)) for row in rows), stack=True)


def _cells(row: Row, ids: Sequence[str], listed: bool) -> tuple[Cell, ...]:
    words = verdict_words(row, ids)
    tone = Value(words, tone="mark" if row.verdict is Verdict.DIFFERS else "quiet")
    parts = (Value(row.label), tone) if row.label else (tone,)
    name = Cell((*parts, *row.said), heading=True)
    if row.verdict is Verdict.SAME:
        return name, Cell(row.common or row.stated[0], columns=len(ids))
    missing = () if listed else (NOT_STATED,)
    return name, *(Cell(stated or missing) for stated in row.stated)
