"""Eligibility criteria as values: segments, items and the criteria read from them.

Frozen values without behaviour beyond look-ups. Must not know: how they are read, pages, patients.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Section = Literal["inclusion", "exclusion", "unspecified"]
Status = Literal["full", "part", "none"]
Code = Literal["all-of", "any-of", "at-least"]
Sex = Literal["female", "male"]


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of the values below."""


class Window(Value, frozen=True, kw_only=True):
    """How long ago, or how soon, as the phrase states it; None bounds are not stated. `unit` is UCUM."""

    variable: str
    low: float | None = None
    low_inclusive: bool | None = None
    high: float | None = None
    high_inclusive: bool | None = None
    unit: str | None = None


class Group(Value, frozen=True, kw_only=True):
    """How criteria join, a small tree: its members are criteria, items below, and groups inside it.

    `criteria` are positions among the criteria of the item that holds it, `items` are indexes of items. `threshold` is
    the number of an "at-least" group. `negated` says that the text denies the whole ("none of the following").
    A laxer bound under a condition is an alternative: any-of (≤ 2.5; all-of (≤ 5, liver metastases)); so are
    bounds that differ by sex, each with its `sex`.
    """

    code: Code
    threshold: int | None = None
    negated: bool = False
    criteria: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def name(self) -> str:
        """The code with its number: "any-of", "at-least 2"."""
        return self.code if self.threshold is None else f"{self.code} {self.threshold}"


class Criterion(Value, frozen=True, kw_only=True):
    """One condition that the registry text states, with the words that state it.

    Bounds are as the phrase states them and are not flipped by the section. `values` are the ends of an ordered
    scale as written in upper case ((`"III"`, `"IVA"`), (`"II"`, None)). `negated` says that the phrase itself
    denies the condition ("no history of …"), whatever the section. `window` is the time window that qualifies it.
    `start` and `end` are positions in the text that was given, `quote` the words there as a reader sees them.
    """

    kind: str
    variable: str
    low: float | None = None
    low_inclusive: bool | None = None
    high: float | None = None
    high_inclusive: bool | None = None
    values: tuple[str | None, str | None] | None = None
    unit: str | None = None
    canonical_low: float | None = None
    """`low` in `canonical_unit`; None where it is not stated or its unit cannot be compared."""
    canonical_high: float | None = None
    canonical_unit: str | None = None
    """The usual unit (UCUM) of what is measured: years for ages, days for windows, mg/dL for creatinine."""
    edition: str | None = None
    """The edition of a stage system as stated: "8" of AJCC 8, "2018" of FIGO 2018."""
    negated: bool = False
    self_denied: bool = False
    """Whether the quote itself denies it ("HIV negative", "nonsmoker"); `negated` has that counted in."""
    qualifiers: tuple[str, ...] = ()
    """The words that narrow what is named, as they stand: "severe", "poorly controlled", "risk of"."""
    window: Window | None = None
    sex: Sex | None = None
    """The only sex that the bound is for ("≥ 12 g/dL (women)"); None where it is for everybody."""
    exceptions: tuple[str, ...] = ()
    """The words after "except", "unless", "other than", as they stand."""
    group: str | None = None
    """The innermost group of its item that holds it: "any-of", "all-of", "at-least N"; None alone."""
    quote: str
    start: int
    end: int

    @property
    def bounds(self) -> bool:
        """Whether it bounds something measurable or ordered."""
        return self.low is not None or self.high is not None or self.values is not None


class Item(Value, frozen=True, kw_only=True):
    """One item of the list as the registry holds it.

    `number` is the marker as written ("2.", "a)", "*"), None for a paragraph; `level` counts from 0 and `parent` is
    the `index` of the item above. `start` and `end` are positions in the source, the marker included. `flags` name
    oddities of the numbering: "starts-late" (a list that starts at 2), "skips" (a number is missing before it).
    """

    index: int
    section: Section
    heading: str | None = None
    number: str | None = None
    level: int = 0
    parent: int | None = None
    text: str
    text_start: int = 0
    """Where the text begins after the marker, in the source."""
    start: int
    end: int
    flags: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    status: Status = "none"
    groups: tuple[Group, ...] = ()
    """How its criteria, and the items below it, join; what is in no group is not said to join anything."""


class Segment(Value, frozen=True, kw_only=True):
    """A stretch of the source: a heading, an item (by index) or a gap. Segments tile the source."""

    kind: Literal["heading", "item", "gap"]
    start: int
    end: int
    item: int | None = None


class Criteria(Value, frozen=True, kw_only=True):
    """The eligibility text of one study, read."""

    items: tuple[Item, ...] = ()
    segments: tuple[Segment, ...] = ()

    def section(self, name: Section) -> tuple[Item, ...]:
        """The items of one section in reading order."""
        return tuple(item for item in self.items if item.section == name)

    @property
    def completeness(self) -> float | None:
        """Share of items understood, a part counting half; None without items."""
        if not self.items:
            return None
        worth = {"full": 1.0, "part": 0.5, "none": 0.0}
        return sum(worth[item.status] for item in self.items) / len(self.items)
