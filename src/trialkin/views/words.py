"""How registry values are put into words: dates, ages, counts, yes and no, enum values, status, phase, participants.

A date never gains precision; "not reported" is never "no". Must not know: sections, pages.
"""

from __future__ import annotations

from ..model import Age, PartialDate, Study
from ..model.protocol import DateStruct, PartialDateStruct
from ..reading.markup import flat, plain
from ..vocab import label
from .blocks import Value

_MONTHS = ("January February March April May June July August September October November December").split()


def day(date: PartialDate) -> str:
    """The date in words, as precise as it is: "6 January 2026", "January 2026", "2026"."""
    parts = [str(date.day)] if date.day else []
    parts += [_MONTHS[date.month - 1]] if date.month else []
    return " ".join([*parts, str(date.year)])


def day_of(moment: str) -> str:
    """The day of a timestamp in words: "18 June 2026"; as it is written when it holds none."""
    date = PartialDate.parse(moment[:10])
    return day(date) if date else moment


def date_value(text: str | None, *, kind: str | None = None) -> Value | None:
    """A date of the record, `kind` ACTUAL or ESTIMATED said behind it; an impossible one as it is written."""
    if not text:
        return None
    date = PartialDate.parse(text)
    note = label("DateType", kind).lower() if kind else ""
    return Value(day(date) if date else plain(text), registry=text, note=note)


def struct_value(struct: PartialDateStruct | DateStruct | None) -> Value | None:
    """The same for the record's {date, type} objects; a type without a date says so."""
    if struct is None:
        return None
    if not struct.date:
        return Value("No date given", registry=struct.type or "", note=label("DateType", struct.type).lower())
    return date_value(struct.date, kind=struct.type)


def enum_value(enum: str, value: str | None, *, note: str = "") -> Value | None:
    """An enum value in the registry's words."""
    return Value(label(enum, value), registry=value, note=note) if value else None


_TONES = {
    "RECRUITING": "good", "AVAILABLE": "good", "ENROLLING_BY_INVITATION": "good", "NOT_YET_RECRUITING": "wait",
    "ACTIVE_NOT_RECRUITING": "wait", "TEMPORARILY_NOT_AVAILABLE": "wait", "SUSPENDED": "stop", "TERMINATED": "stop",
    "WITHDRAWN": "stop",
}  # fmt: skip


def status_value(status: str | None, *, note: str = "") -> Value:
    """A recruitment status as a badge."""
    if not status:
        return Value("Status not stated", tone="quiet")
    return Value(label("Status", status), registry=status, tone=_TONES.get(status, "quiet"), note=note)  # type: ignore[arg-type]


def phase_value(study: Study) -> Value | None:
    """ "Phase 2/Phase 3" for a study that is both."""
    phases = study.design.phases
    if not phases:
        return None
    return Value("/".join(label("Phase", phase) for phase in phases), registry=", ".join(phases))


def enrollment_value(study: Study) -> Value | None:
    """ "356 (estimated)"; the registry's sentinel reads "Unknown"."""
    info = study.design.enrollment_info
    if info is None or (info.count is None and info.type is None):
        return None
    count = study.enrollment.count
    text = f"{count:,}" if count is not None else "Unknown" if info.count is not None else "Not stated"
    raw = "" if info.count is None else str(info.count)
    return Value(text, registry=raw, note=label("EnrollmentType", info.type).lower())


def yes_no(value: bool | None, piece: str, *, yes: str = "Yes", no: str = "No") -> Value | None:
    """A flag of the record; None stays None (not reported)."""
    if value is None:
        return None
    return Value(yes if value else no, registry="true" if value else "false", piece=piece)


def text_value(text: str | None, *, note: str = "", href: str = "") -> Value | None:
    """A short text of the record, escapes undone."""
    return Value(flat(text), note=note, href=href) if text else None


def link_value(text: str | None, url: str | None) -> Value | None:
    """A link that a reader may click; an address that is not http(s) is shown as text only."""
    shown = flat(text) if text else url
    if not shown:
        return None
    if url and url.lower().startswith(("http://", "https://")):
        return Value(shown, href=url)
    return Value(shown, note=url or "") if shown != url else Value(shown)


def age_text(text: str | None) -> str:
    """An age bound in words, "" when there is none."""
    if not text:
        return ""
    age = Age.parse(text)
    return f"{age.count} {age.unit.lower()}{'' if age.count == 1 else 's'}" if age else plain(text)


def count_of(count: int, singular: str, plural: str = "") -> str:
    """A count with its noun: "1 site", "1,148 sites"."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"
