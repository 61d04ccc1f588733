"""Two versions of one study, compared: every difference lands in a group, what no group knows in "anything else".

Must not know: storage, pages, how criteria are read (a splitter is given).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from ..model import PartialDate
from ..model.values import UNKNOWN_ENROLLMENT
from ..reading.markup import plain
from ..vocab import label
from .changes import Change, Group, Kind, of_text
from .fields import FIELDS, GROUPS, LISTS, Field, ListOf
from .lists import arms_and_interventions, criteria, outcomes, results, sites
from .raw import differing, value_at

Split = Callable[[str], Iterable[tuple[str, str]]]
"""Eligibility text -> (section, text of the item) in reading order."""

_SHOWN = 300  # characters of a value that no group knows
_UNWATCHED = ("derivedSection.miscInfoModule.versionHolder",)
_SPECIAL = (
    ("outcomes", "protocolSection.outcomesModule", outcomes),
    ("design", "protocolSection.armsInterventionsModule", arms_and_interventions),
    ("locations", "protocolSection.contactsLocationsModule.locations", sites),
    ("results", "resultsSection", results),
)
_CRITERIA = "protocolSection.eligibilityModule.eligibilityCriteria"


def compare(before: bytes, after: bytes, *, split: Split) -> tuple[Group, ...]:
    """The differences between two versions of a study, grouped, groups without any left out.

    before, after: record bytes. The stamp of the data release is no difference.
    """
    old, new = json.loads(before), json.loads(after)
    found: dict[str, list[Change]] = {key: [] for key in GROUPS}
    for field in FIELDS:
        found[field.group] += _single(field, value_at(old, field.path), value_at(new, field.path))
    for listed in LISTS:
        found[listed.group] += _listed(listed, value_at(old, listed.path), value_at(new, listed.path))
    for group, path, special in _SPECIAL:
        found[group] += special(value_at(old, path), value_at(new, path))
    found["eligibility"] += criteria(value_at(old, _CRITERIA) or "", value_at(new, _CRITERIA) or "", split=split)
    found["other"] = list(_others(old, new))
    return tuple(Group(key, GROUPS[key], tuple(changes)) for key, changes in found.items() if changes)


def _single(field: Field, before: Any, after: Any) -> list[Change]:
    if before == after:
        return []
    if field.enum == "date":
        return _date(field, before, after)
    if field.enum == "enrollment":
        return _enrollment(field, before or {}, after or {})
    return of_text(field.what, _words(before, field.enum), _words(after, field.enum), path=field.path)


def _words(value: Any, enum: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if enum == "text":
        return plain(str(value))
    return label(enum, str(value)) if enum and enum not in {"age", "yes"} else str(value)


def _date(field: Field, before: Any, after: Any) -> list[Change]:
    (old, old_kind), (new, new_kind) = _date_parts(before), _date_parts(after)
    shown = [_dated(old, old_kind), _dated(new, new_kind)]
    notes = [_moved(PartialDate.parse(old), PartialDate.parse(new))]
    if old_kind == "ESTIMATED" and new_kind == "ACTUAL":
        notes.append("has happened")
    elif old_kind == "ACTUAL" and new_kind == "ESTIMATED":
        notes.append("taken back: it had been reported as happened")
    return of_text(field.what, *shown, path=field.path, note="; ".join(filter(None, notes)))


def _dated(date: str, kind: str) -> str:
    return f"{date or 'no date'} ({label('DateType', kind).lower()})" if kind else date


def _date_parts(value: Any) -> tuple[str, str]:
    if isinstance(value, dict):
        return str(value.get("date") or ""), str(value.get("type") or "")
    return str(value or ""), ""


def _moved(before: PartialDate | None, after: PartialDate | None) -> str:
    """By how much a date moved, no more precise than the less precise of the two."""
    if before is None or after is None or before == after:
        return ""
    if before.day and after.day:
        days = (after.first - before.first).days
        size = _count(abs(days), "day") if abs(days) < 61 else _span(round(abs(days) / 30.4375))
        return f"{size} {'later' if days > 0 else 'earlier'}"
    if before.month and after.month:
        months = (after.year - before.year) * 12 + after.month - before.month
        size = _span(abs(months))
    else:
        months = after.year - before.year
        size = _count(abs(months), "year")
    if months == 0:
        return "the same, told more precisely" if after.precision != before.precision else ""
    return f"{size} {'later' if months > 0 else 'earlier'}"


def _span(months: int) -> str:
    years, rest = divmod(months, 12)
    if months < 24:
        return _count(months, "month")
    return f"{years} years" + (f" {_count(rest, 'month')}" if rest else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _enrollment(field: Field, before: Any, after: Any) -> list[Change]:
    def shown(info: Any) -> str:
        count = info.get("count")
        number = "unknown" if count == UNKNOWN_ENROLLMENT else "" if count is None else f"{count:,}"
        kind = {"ACTUAL": "actual", "ESTIMATED": "planned"}.get(info.get("type"), "")
        return " ".join(filter(None, [number, kind]))

    counts = [info.get("count") for info in (before, after)]
    note = ""
    if all(isinstance(count, int) and count != UNKNOWN_ENROLLMENT for count in counts) and counts[0] != counts[1]:
        less = counts[1] - counts[0]
        share = f", {abs(less) / counts[0]:.0%}" if counts[0] else ""
        note = f"{abs(less):,}{share} {'more' if less > 0 else 'fewer'}"
        if (before.get("type"), after.get("type")) == ("ESTIMATED", "ACTUAL"):
            note += " than planned"
    return of_text(field.what, shown(before), shown(after), path=field.path, note=note)


def _listed(listed: ListOf, before: Any, after: Any) -> list[Change]:
    def names(values: Any) -> dict[str, Any]:
        found = {}
        for value in values or ():
            name = value.get(listed.key) if isinstance(value, dict) else value
            found[label(listed.enum, str(name)) if listed.enum else plain(str(name or "(unnamed)"))] = value
        return found

    old, new = names(before), names(after)
    gone = [Change(listed.what, Kind.REMOVED, name, "", "", listed.path) for name in old if name not in new]
    come = [Change(listed.what, Kind.ADDED, "", name, "", listed.path) for name in new if name not in old]
    changed = [
        Change(f"{listed.what}: {name}", Kind.CHANGED, _compact(old[name]), _compact(new[name]), "", listed.path)
        for name in old
        if name in new and old[name] != new[name]
    ]
    if not (gone or come or changed) and before != after:
        return [Change(listed.what, Kind.CHANGED, "", "", "the order or a repetition changed", listed.path)]
    return gone + come + changed


def _others(old: Any, new: Any) -> Iterable[Change]:
    known = (
        {field.path for field in FIELDS} | {listed.path for listed in LISTS} | {path for _, path, _ in _SPECIAL}
    )
    known |= {_CRITERIA, *_UNWATCHED}
    for path, before, after in differing(old, new):
        parts = path.split(".")
        if any(".".join(parts[:n]) in known for n in range(1, len(parts) + 1)):
            continue
        yield from of_text(path, _compact(before), _compact(after), path=path)


def _compact(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
