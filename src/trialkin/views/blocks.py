"""The few kinds of block that every page is made of.

    Section                    one titled part of a page, with a key for its anchor
    └── Block
        ├── Facts              label and value, with the registry's own value kept
        ├── Prose              registry markup, or plain paragraphs
        ├── Tags               short values side by side: conditions, keywords
        ├── Table              rows of cells, with a caption
        ├── Items              a nested list with its own numbers: eligibility criteria
        ├── Note               something to know: info, warning, or a flag with the rule that raised it
        ├── Figure             a drawing with its text alternative and its numbers
        ├── Cards              things of one kind, each with a heading and blocks of its own
        ├── Disclosure         blocks that start folded
        ├── Subsection         blocks under a heading of their own
        └── Tabs               subsections of which one is looked at at a time

Every surface (HTML templates, `views.text`) knows every kind, so a section written once is complete on all.
Texts are plain unless they are `Prose`. Must not know: studies, HTML, terminals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

Tone = Literal["", "good", "wait", "stop", "mark", "quiet", "doubt"]


@dataclass(frozen=True)
class Value:
    """A short text that a person reads.

    registry: the registry's raw value ("NOT_YET_RECRUITING", "2026-01"), kept beside the words; "" when the
    text is already what the record says. href: where it leads (http, https, mailto, tel, or a local path).
    note: said behind it, smaller. tone: colour only, never the only carrier of a meaning.
    piece: the registry's name of the field, where words alone would not tell it (Yes, No).
    """

    text: str
    registry: str = ""
    href: str = ""
    note: str = ""
    tone: Tone = ""
    piece: str = ""


@dataclass(frozen=True)
class Prose:
    """Running text. `markup`: registry CommonMark, to be rendered and sanitised; else plain paragraphs."""

    kind: ClassVar[str] = "prose"
    text: str
    markup: bool = True


Inline = str | Value | Prose
"""What may stand in a cell or behind a label; a str is a Value without further properties."""


@dataclass(frozen=True)
class Fact:
    """A label and what stands behind it: one value, or several in the record's order."""

    label: str
    values: tuple[Inline, ...]
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """A list of facts. `glance`: the few that a reader looks for first, shown large."""

    kind: ClassVar[str] = "facts"
    facts: tuple[Fact, ...]
    glance: bool = False


@dataclass(frozen=True)
class Tags:
    """Short values side by side. `label` says what they are; "" when the heading says it."""

    kind: ClassVar[str] = "tags"
    values: tuple[Value, ...]
    label: str = ""


@dataclass(frozen=True)
class Cell:
    """A table cell of one or several inlines. `heading`: it names its row. `columns`, `rows`: its spans."""

    parts: tuple[Inline, ...] = ()
    heading: bool = False
    number: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Table:
    """Rows of cells; a bare inline is a cell of its own.

    head: names of the columns, () for none. label_first: the first cell of each row names it.
    stack: on a narrow screen each row becomes a card, with its column names if `labels`; else the table scrolls
    sideways.
    """

    kind: ClassVar[str] = "table"
    head: tuple[Inline | Cell, ...]
    rows: tuple[tuple[Inline | Cell, ...], ...]
    caption: str = ""
    label_first: bool = True
    stack: bool = False
    labels: bool = True


@dataclass(frozen=True)
class Item:
    """One entry of a nested list.

    number: as the record writes it ("2.", "a)"), "" for a bullet. span: where it stands in the source text.
    flags: what is odd about it, in words. chips: what was read from it. heading: it only names what follows.
    marks: where in the text it was read from, (start, end, the readings in words), in order and apart from each other;
    loose: the chips that no words of the text carry alone.
    """

    text: str
    number: str = ""
    span: tuple[int, int] | None = None
    children: tuple[Item, ...] = ()
    flags: tuple[str, ...] = ()
    chips: tuple[Value, ...] = ()
    heading: bool = False
    marks: tuple[tuple[int, int, str], ...] = ()
    loose: tuple[Value, ...] = ()

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The text in order, each piece with what was read from it, "" for nothing."""
        done = 0
        for start, end, reading in self.marks:
            if start > done:
                yield self.text[done:start], ""
            yield self.text[start:end], reading
            done = end
        if done < len(self.text):
            yield self.text[done:], ""


@dataclass(frozen=True)
class Items:
    """A nested list."""

    kind: ClassVar[str] = "items"
    items: tuple[Item, ...]
    label: str = ""


@dataclass(frozen=True)
class Note:
    """Something the reader should know. A "flag" is a doubt about the data, raised by `rule` (said in words)."""

    kind: ClassVar[str] = "note"
    text: str
    level: Literal["info", "warning", "flag"] = "info"
    rule: str = ""
    title: str = ""


@dataclass(frozen=True)
class Figure:
    """A drawing. `svg` is our own markup, texts escaped, no style or script; `alternative` says what it shows.

    data: its numbers as a table, folded below it. None when the section shows them anyway.
    """

    kind: ClassVar[str] = "figure"
    svg: str
    title: str
    alternative: str
    data: Table | None = None


@dataclass(frozen=True)
class Card:
    """One thing of many: an intervention, an outcome, a kindred study."""

    title: Value
    kicker: tuple[Value, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Cards:
    """Things of one kind, side by side where there is room."""

    kind: ClassVar[str] = "cards"
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Disclosure:
    """Blocks that start folded (on paper and in plain text they are open)."""

    kind: ClassVar[str] = "disclosure"
    summary: str
    blocks: tuple[Block, ...]
    open: bool = False


@dataclass(frozen=True)
class Subsection:
    """Blocks under a heading. `key`: anchor, unique on the page; "" for none."""

    kind: ClassVar[str] = "subsection"
    title: str
    blocks: tuple[Block, ...]
    key: str = ""


@dataclass(frozen=True)
class Tabs:
    """Subsections of which one is looked at at a time: all of them in plain text, on paper and without scripts.

    label: what the choice is about. Every part has a key.
    """

    kind: ClassVar[str] = "tabs"
    label: str
    parts: tuple[Subsection, ...]


Block = Facts | Prose | Tags | Table | Items | Note | Figure | Cards | Disclosure | Subsection | Tabs


@dataclass(frozen=True)
class Section:
    """A titled part of a page."""

    key: str
    title: str
    blocks: tuple[Block, ...]


def as_value(inline: str | Value) -> Value:
    """The inline as a Value."""
    return inline if isinstance(inline, Value) else Value(inline)


def as_cell(inline: Inline | Cell) -> Cell:
    """The inline as a cell of its own."""
    return inline if isinstance(inline, Cell) else Cell((inline,))


def fact(label: str, *values: Inline | None, note: str = "") -> Fact | None:
    """A fact, or None when there is nothing to say: absent values are left out, never filled."""
    present = tuple(value for value in values if value)
    return Fact(label, present, note) if present else None


def facts(*rows: Fact | None, glance: bool = False) -> Facts | None:
    """The facts that are there, or None."""
    present = tuple(row for row in rows if row is not None)
    return Facts(present, glance) if present else None


def present(*blocks: Block | Iterable[Block] | None) -> tuple[Block, ...]:
    """The blocks that are there, nested sequences flattened."""
    found: list[Block] = []
    for block in blocks:
        if block is None:
            continue
        if isinstance(block, Block):
            found.append(block)
        else:
            found.extend(block)
    return tuple(found)
