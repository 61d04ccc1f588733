"""Dose regimens as data: what is given, how much, how often, and what selects it.

Values only. Must not know how they are read from text.
"""

from __future__ import annotations

import msgspec


class Comparison(msgspec.Struct, frozen=True, kw_only=True, tag="comparison"):
    """A bound on a quantity that somebody can state: "margin < 1 mm", "week 0–4"."""

    subject: str
    low: float | None = None
    low_inclusive: bool = True
    high: float | None = None
    high_inclusive: bool = True
    unit: str = ""
    quote: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True, tag="finding"):
    """Something that is present or not: "extracapsular extension"; `negated` when its absence is asked for."""

    subject: str
    negated: bool = False
    aliases: tuple[str, ...] = ()
    quote: str = ""


class AllOf(msgspec.Struct, frozen=True, tag="all"):
    """Every part must hold."""

    parts: tuple[Condition, ...]


class AnyOf(msgspec.Struct, frozen=True, tag="any"):
    """One part is enough."""

    parts: tuple[Condition, ...]


class Setting(msgspec.Struct, frozen=True, kw_only=True, tag="setting"):
    """When or where within the treatment: "weeks 5–8", "then", "to the tumour bed". It places a row, it selects
    nobody: true unless the facts name another `unit` of time than `low`–`high`.
    """

    quote: str
    unit: str = ""
    low: float | None = None
    high: float | None = None


class Unread(msgspec.Struct, frozen=True, tag="unread"):
    """A condition that was seen but not understood: always unknown, shown as text."""

    quote: str


Condition = Comparison | Finding | AllOf | AnyOf | Setting | Unread


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Exact words of the given text and where they stand."""

    quote: str
    start: int
    end: int


class Proviso(msgspec.Struct, frozen=True, kw_only=True):
    """A remark that changes a row without being its condition: an exemption or an adjustment.

    `kind` is "exemption" (those for whom `condition` holds may go without) or "adjustment" (the dose may change).
    """

    kind: str
    condition: Condition
    quote: str
    start: int
    end: int


class RegimenRow(msgspec.Struct, frozen=True, kw_only=True):
    """One agent at one dose level, as stated.

    `dose_low` equals `dose_high` for a single dose; None in one of them is an open end. `dose_unit` follows UCUM
    ("mg/m2", "[IU]", "ug"). `schedule` is a short normal form: "1/d", "q3wk", "d1,8 q21d", "once", "continuous".
    None means not stated. `start` and `end` are a span of the given text, and `quote` is exactly that span.
    `condition_quotes` are the words that `condition` was read from, in order; empty where there is none.
    `flags` are arithmetic that does not add up, in words.
    """

    agent: str
    dose_low: float | None = None
    dose_high: float | None = None
    dose_unit: str | None = None
    fractions_low: int | None = None
    fractions_high: int | None = None
    dose_per_fraction: float | None = None
    dose_per_fraction_high: float | None = None
    route: str | None = None
    schedule: str | None = None
    repeats: int | None = None
    repeats_unit: str | None = None
    duration: float | None = None
    duration_unit: str | None = None
    condition: str | None = None
    condition_quotes: tuple[Quote, ...] = ()
    quote: str = ""
    start: int = 0
    end: int = 0
    when: Condition | None = None
    provisos: tuple[Proviso, ...] = ()
    flags: tuple[str, ...] = ()


class TextRegimens(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one text, under the id that came with it: a line of `trialkin doses --texts`."""

    id: str | int
    rows: tuple[RegimenRow, ...]
