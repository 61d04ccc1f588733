"""Doses to rows, the same dose said twice to one row, and spans back to the given text."""

from __future__ import annotations

import re

import msgspec

from trialkin.model.regimen import AnyOf, Quote, RegimenRow
from trialkin.reading.doses import labels, radiation, schedules
from trialkin.reading.doses.conditions import parse_condition
from trialkin.reading.doses.draft import Dose
from trialkin.reading.markup import PlainText
from trialkin.reading.patterns import Pattern


def row_of(text: str, dose: Dose) -> tuple[RegimenRow, tuple[int, int]]:
    amount, marks = dose.amount, dose.marks
    timed = [
        mark for kind, found in marks.items() for mark in found[:1] if kind in schedules.KINDS or kind == "on_off"
    ]
    start = min(amount.start, dose.agent_start) if dose.agent_start >= 0 else amount.start
    end = max(amount.end, dose.agent_end)
    stated = (m for kind, ms in marks.items() if kind != "event" for m in ms)
    own = [m for m in stated if dose.left <= m.start < dose.right and amount.end <= m.start]
    close = [m for m in own if m.start - end < 60]
    end = max([end, *(m.end for m in close)])
    repeats = marks.get("repeats", [None])[0]
    duration = marks.get("duration", [None])[0]
    course = dose.course
    low, high, count, count_unit = amount.low, amount.high, None, None
    if repeats is not None:
        count, count_unit = int(repeats.value), repeats.unit
    elif amount.count is not None and course is None:
        count, count_unit = amount.count, "doses"
    rate = amount.unit.endswith(("/h", "/min"))
    if rate:  # a rate is not given "once a day"
        timed = [mark for mark in timed if (mark.kind, mark.value) != ("times", "1/d")]
    form = schedules.normal_form(timed)
    if course and form == "d1-5 q7d":
        form = "5/wk"
    if rate and form is None and _INFUSED.search(text, dose.left, dose.right):
        form = "continuous"
    row = RegimenRow(
        agent=re.sub(r"\s+", " ", dose.agent).strip(),
        dose_low=low,
        dose_high=high,
        dose_unit=amount.unit,
        fractions_low=course.fractions[0] if course and course.fractions else None,
        fractions_high=course.fractions[1] if course and course.fractions else None,
        dose_per_fraction=course.size[0] if course and course.size else None,
        dose_per_fraction_high=course.size[1]
        if course and course.size and course.size[0] != course.size[1]
        else None,
        route=None if course else next((str(m.value) for m in marks.get("route", ())), None),
        schedule=form,
        repeats=count,
        repeats_unit=count_unit,
        duration=float(duration.value) if duration else None,
        duration_unit=duration.unit if duration else None,
        condition=dose.condition,
        condition_quotes=tuple(_quote(text, span) for span in dose.selecting),
        when=parse_condition(dose.condition) if dose.condition else None,
        start=start,
        end=end,
        flags=radiation.arithmetic(course) if course else (),
    )
    return (_in_gray(row) if row.dose_unit == "cGy" else row), (start, end)


def _in_gray(row: RegimenRow) -> RegimenRow:
    """ "3600 cGy" is 36 Gy: rays are compared in one unit; the quote says what was stated."""
    stated = ("dose_low", "dose_high", "dose_per_fraction", "dose_per_fraction_high")
    values = {name: getattr(row, name) for name in stated}
    grays = {name: None if value is None else round(value / 100, 4) for name, value in values.items()}
    return msgspec.structs.replace(row, dose_unit="Gy", **grays)


_INFUSED = Pattern(r"\binfus(?:ion|ed|ing)\b|\bdrip\b", re.I)


def _quote(text: str, span: tuple[int, int]) -> Quote:
    words = text[slice(*span)]
    start = span[0] + len(words) - len(words.lstrip(" ,.;:\n"))
    words = words.strip(" ,.;:\n")
    return Quote(quote=words, start=start, end=start + len(words))


def merged(found: list[tuple[RegimenRow, tuple[int, int]]]) -> list[RegimenRow]:
    """The same dose of the same agent said twice is one row, unless it belongs to two points in time."""
    rows: list[RegimenRow] = []
    for row, _ in found:
        for index, other in enumerate(rows):
            if _same(row, other):
                rows[index] = _union(other, row)
                break
        else:
            rows.append(row)
    return rows


def _same(row: RegimenRow, other: RegimenRow) -> bool:
    if (row.dose_low, row.dose_high, row.dose_unit) != (other.dose_low, other.dose_high, other.dose_unit):
        return False
    if not _alike(row.agent, other.agent):
        return False
    if row.dose_unit and row.dose_unit.endswith("Gy"):
        return (row.fractions_low, row.condition) == (other.fractions_low, other.condition) or None in (
            row.fractions_low,
            other.fractions_low,
        )
    stated = None not in (row.schedule, other.schedule) and row.schedule != other.schedule
    if stated and not (_says_more(row.schedule, other.schedule) or _says_more(other.schedule, row.schedule)):
        return False
    if row.condition and other.condition and row.condition != other.condition and row.schedule and other.schedule:
        return labels.is_alternative(row.condition) and labels.is_alternative(other.condition)
    return True


def _says_more(one: str | None, two: str | None) -> bool:
    """Whether one schedule is the other with its day: "d1 q21d" is "q3wk" said in full."""
    day, _, period = (one or "").partition(" q")
    days = schedules.cycle_days(two)
    return days is not None and period == f"{days}d" and day[:1] == "d" and day[1:].isdigit()


def _alike(one: str, two: str) -> bool:
    one, two = one.lower().rstrip("s"), two.lower().rstrip("s")
    return one == two or (len(one) > 3 and one in two) or (len(two) > 3 and two in one)


def _union(first: RegimenRow, second: RegimenRow) -> RegimenRow:
    changes = {
        name: getattr(second, name)
        for name in (
            "route",
            "schedule",
            "repeats",
            "repeats_unit",
            "duration",
            "duration_unit",
            "fractions_low",
            "fractions_high",
            "dose_per_fraction",
        )
        if getattr(first, name) is None and getattr(second, name) is not None
    }
    if _says_more(second.schedule, first.schedule):
        changes["schedule"] = second.schedule
    if first.condition and second.condition and second.condition not in first.condition:
        both = tuple(tree for tree in (first.when, second.when) if tree is not None)
        parts = tuple(part for tree in both for part in (tree.parts if isinstance(tree, AnyOf) else (tree,)))
        changes |= {"condition": f"{first.condition}; {second.condition}", "when": AnyOf(parts)}
        changes["condition_quotes"] = (*first.condition_quotes, *second.condition_quotes)
    elif first.condition is None or second.condition is None:
        kept = first if second.schedule is None else second
        changes |= {"condition": kept.condition, "condition_quotes": kept.condition_quotes}
        changes["when"] = parse_condition(kept.condition) if kept.condition else None
    return msgspec.structs.replace(first, **changes)


def placed(row: RegimenRow, shown: PlainText) -> RegimenRow:
    start, end = shown.source_span(row.start, row.end)
    opened = shown.source[start:end].count("(") - shown.source[start:end].count(")")
    if opened == 1 and shown.source[end : end + 1] == ")":
        end += 1
    selecting = tuple(_placed_quote(one, shown) for one in row.condition_quotes)
    return msgspec.structs.replace(
        row, start=start, end=end, quote=shown.source[start:end], condition_quotes=selecting
    )


def _placed_quote(found: Quote, shown: PlainText) -> Quote:
    start, end = shown.source_span(found.start, found.end)
    return Quote(quote=shown.source[start:end], start=start, end=end)
