"""Readings as columns: every criterion and every dose row of every study as a row of numbers.

`FACT` has one row for each criterion, `DOSE` one for each dose row; both lie in the parts of the readings index, sorted
by what they are about and then by study, so that all rows about one thing are one slice (`Readings.facts`,
`Readings.doses`). Codes index the part's `names`; code 0 is "" and stands for None. NaN is "not stated", an open end.

FACT
    about        code of "KIND\\tVARIABLE" ("laboratory\\tserum creatinine"), as `Criterion.kind` and `.variable`
    study        the number of the NCT id: 7320690 of NCT07320690
    item, place  index of the item in `Criteria.items`, and of the criterion in `Item.criteria`: where its quote is
    flags        bits, below; the two lowest are the section: 0 under neither heading, 1 inclusion, 2 exclusion
    unit         code of the unit (UCUM) that `low` and `high` are in: the canonical one wherever it can be told
    low, high    the bounds as the phrase states them, not flipped by the section
    first, last  codes of the ends of an ordered scale, as written in upper case ("III", "IVA")
    window_low, window_high   the time window that qualifies it, in days
    words        a checksum of the words that name it (`naming`) and of its qualifiers: equal ones name the same

DOSE
    about        code of the agent, in lower case
    study, text, place   the study, and where the row stands: the text in `StudyReading.doses`, the row in its `rows`
    unit, schedule       codes of `dose_unit` and `schedule`
    low, high    the dose in that unit
    conditional  1 where the row holds under a condition only

Must not know: files, questions.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

import numpy as np

from ...model.criteria import Criteria, Criterion, Group, Item, Window
from ...reading.criteria.canonical import convert
from ...reading.doses import DosedText

FACT = np.dtype(
    [
        ("about", "<u4"), ("study", "<u4"), ("item", "<u2"), ("place", "<u2"), ("flags", "<u4"), ("unit", "<u4"),
        ("low", "<f4"), ("high", "<f4"), ("first", "<u4"), ("last", "<u4"),
        ("window_low", "<f4"), ("window_high", "<f4"), ("words", "<u4"),
    ]
)  # fmt: skip
DOSE = np.dtype(
    [
        ("about", "<u4"), ("study", "<u4"), ("text", "<u2"), ("place", "<u2"), ("unit", "<u4"),
        ("conditional", "<u4"), ("schedule", "<u4"), ("low", "<f4"), ("high", "<f4"),
    ]
)  # fmt: skip

SECTION = 0b11
INCLUSION, EXCLUSION = 1, 2
LOW_INCLUDED = 1 << 2
HIGH_INCLUDED = 1 << 3
NEGATED = 1 << 4
"""The phrase denies it, whatever its section."""
EXCEPTED = 1 << 5
"""It has exceptions ("unless", "other than")."""
ALTERNATIVE = 1 << 6
"""It, or its item, is one of several that join otherwise than by "all of": any-of, at-least-n, or a denied group."""
QUALIFIED = 1 << 7
"""Words narrow what it names ("severe", "uncontrolled")."""
WINDOWED = 1 << 8
"""A time window qualifies it."""
CANONICAL = 1 << 9
"""`low` and `high` are in the canonical unit."""
TOGETHER = 1 << 10
"""It holds together with something of another kind in its item ("all of"): in an exclusion it alone excludes nobody."""

_PLAIN = frozenset(
    "a an the of or and to in with for any all no not prior previous previously history past known current active"
    " therapy therapies treatment treatments treated agent agents patient patients disease status positive negative"
    " use received receiving taking drug drugs medication inhibitor inhibitors antibody antibodies".split()
)
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OR = re.compile(r"\bor\W*$", re.IGNORECASE)

_SECTIONS = {"inclusion": INCLUSION, "exclusion": EXCLUSION}
_MOST = 65_535  # items, criteria of an item, texts, rows: what lies beyond is in the reading, not in the columns


def naming(text: str) -> frozenset[str]:
    """The words of a text that tell one thing of its kind from another."""
    return frozenset(word.rstrip("s") for word in _WORD.findall(text.casefold()) if word not in _PLAIN)


class Names:
    """Strings by code, in the order they came."""

    def __init__(self, known: Iterable[str] = ("",)) -> None:
        self.listed = list(known)
        self._codes = {name: code for code, name in enumerate(self.listed)}

    def code(self, name: str | None) -> int:
        """The code of a string, a new one when it has none."""
        found = self._codes.setdefault(name or "", len(self.listed))
        if found == len(self.listed):
            self.listed.append(name or "")
        return found


def fact_rows(study: int, criteria: Criteria, names: Names) -> Iterator[tuple[object, ...]]:
    """A row of `FACT` for each criterion of a study."""
    alternative = {index for item in criteria.items for index in _alternatives(item.groups)}
    alternative |= {at for item in criteria.items if _OR.search(item.text) for at in (item.index, item.index + 1)}
    for item in criteria.items[:_MOST]:
        shared, together = _flags_of(item, alternative), set(_together(item, item.groups))
        for place, criterion in enumerate(item.criteria[:_MOST]):
            low, high, unit, canonical = _bounds(criterion)
            first, last = criterion.values or (None, None)
            yield (
                names.code(f"{criterion.kind}\t{criterion.variable}"),
                study,
                item.index,
                place,
                shared | _flags(criterion) | canonical | (TOGETHER if place in together else 0),
                names.code(unit),
                _number(low),
                _number(high),
                names.code(first),
                names.code(last),
                *_days(criterion.window),
                zlib.crc32(
                    "|".join((*sorted(naming(criterion.quote)), "", *sorted(criterion.qualifiers))).encode()
                ),
            )


def _flags_of(item: Item, alternative: set[int]) -> int:
    return _SECTIONS.get(item.section, 0) | (ALTERNATIVE if item.index in alternative else 0)


def _flags(criterion: Criterion) -> int:
    grouped = criterion.group is not None and criterion.group != "all-of"
    return (
        (LOW_INCLUDED if criterion.low_inclusive else 0)
        | (HIGH_INCLUDED if criterion.high_inclusive else 0)
        | (NEGATED if criterion.negated else 0)
        | (EXCEPTED if criterion.exceptions else 0)
        | (ALTERNATIVE if grouped else 0)
        | (QUALIFIED if criterion.qualifiers else 0)
        | (WINDOWED if criterion.window else 0)
    )


def _alternatives(groups: tuple[Group, ...]) -> Iterator[int]:
    """The items that join otherwise than by "all of"."""
    for group in groups:
        if group.code != "all-of" or group.negated:
            yield from _members(group)
        else:
            yield from _alternatives(group.groups)


def _members(group: Group) -> Iterator[int]:
    yield from group.items
    for inner in group.groups:
        yield from _members(inner)


def _together(item: Item, groups: tuple[Group, ...]) -> Iterator[int]:
    for group in groups:
        yield from _together(item, group.groups)
        kinds = {item.criteria[place].kind for place in group.criteria}
        if group.code == "all-of" and (len(kinds) > 1 or group.items):
            yield from group.criteria


def _bounds(criterion: Criterion) -> tuple[float | None, float | None, str | None, int]:
    if criterion.canonical_low is None and criterion.canonical_high is None:
        return criterion.low, criterion.high, criterion.unit, 0
    return criterion.canonical_low, criterion.canonical_high, criterion.canonical_unit, CANONICAL


def _days(window: Window | None) -> tuple[float, float]:
    if window is None or window.unit is None:
        return np.nan, np.nan
    unit = window.unit
    low, high = (
        None if end is None else convert(end, unit, to="d", variable="window") for end in (window.low, window.high)
    )
    return _number(low), _number(high)


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def dose_rows(study: int, doses: tuple[DosedText, ...], names: Names) -> Iterator[tuple[object, ...]]:
    """A row of `DOSE` for each dose row of a study."""
    for number, text in enumerate(doses[:_MOST]):
        for place, row in enumerate(text.rows[:_MOST]):
            yield (
                names.code(row.agent.casefold()),
                study,
                number,
                place,
                names.code(row.dose_unit),
                int(row.when is not None or bool(row.condition)),
                names.code(row.schedule),
                _number(row.dose_low),
                _number(row.dose_high),
            )
