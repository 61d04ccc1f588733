"""Studies as the registry's own CSV: its columns, in its order, with its words.

Source: the header of the registry's CSV download, API 2.0.5. Must not know searches or surfaces.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence

from ..errors import InvalidValue
from ..model import Study
from ..reading.markup import plain, printable
from ..vocab import label

_LARGE_DOCUMENTS = "https://cdn.clinicaltrials.gov/large-docs"


def _joined(texts: Iterable[str | None], mark: str = "|") -> str:
    return mark.join(plain(text) for text in texts if text)


def _day(struct: object) -> str:
    return getattr(struct, "date", None) or ""


def _outcomes(kind: str) -> Callable[[Study], str]:
    def read(study: Study) -> str:
        listed = getattr(study.outcomes, kind)
        return _joined(", ".join(filter(None, (o.measure, o.description, o.time_frame))) for o in listed)

    return read


def _design(study: Study) -> str:
    info = study.design_info
    masking = info.masking_info
    parts = {
        "Allocation": label("DesignAllocation", info.allocation),
        "Intervention Model": label("InterventionalAssignment", info.intervention_model),
        "Observational Model": label("ObservationalModel", info.observational_model),
        "Time Perspective": label("DesignTimePerspective", info.time_perspective),
        "Masking": label("DesignMasking", masking.masking) if masking else "",
        "Primary Purpose": label("PrimaryPurpose", info.primary_purpose),
    }
    return "|".join(f"{name}: {value}" for name, value in parts.items() if value)


def _ages(study: Study) -> str:
    return ", ".join(study.eligibility.std_ages or ())


def _other_ids(study: Study) -> str:
    own = study.identification.org_study_id_info
    return _joined([own.id if own else None, *(other.id for other in study.identification.secondary_id_infos)])


def _lead(study: Study, part: str) -> str:
    lead = study.sponsors.lead_sponsor
    return (getattr(lead, part) or "") if lead else ""


def _locations(study: Study) -> str:
    places = study.contacts_locations.locations
    return _joined(", ".join(filter(None, (p.facility, p.city, p.state, p.zip, p.country))) for p in places)


def _documents(study: Study) -> str:
    section = study.document_section
    module = section.large_document_module if section else None
    address = f"{_LARGE_DOCUMENTS}/{study.nct_id[-2:]}/{study.nct_id}"
    return _joined(f"{doc.label or ''}, {address}/{doc.filename}" for doc in (module.large_docs if module else ()))


def _count(study: Study) -> str:
    return "" if study.enrollment.count is None else str(study.enrollment.count)


COLUMNS: dict[str, Callable[[Study], str]] = {
    "NCT Number": lambda s: s.nct_id,
    "Study Title": lambda s: plain(s.title),
    "Study URL": lambda s: f"https://clinicaltrials.gov/study/{s.nct_id}",
    "Acronym": lambda s: plain(s.identification.acronym),
    "Study Status": lambda s: s.overall_status or "",
    "Brief Summary": lambda s: plain(s.description.brief_summary),
    "Study Results": lambda s: "YES" if s.has_results else "NO",
    "Conditions": lambda s: _joined(s.conditions),
    "Interventions": lambda s: _joined(
        f"{label('InterventionType', i.type).upper()}: {i.name or ''}" for i in s.interventions
    ),
    "Primary Outcome Measures": _outcomes("primary_outcomes"),
    "Secondary Outcome Measures": _outcomes("secondary_outcomes"),
    "Other Outcome Measures": _outcomes("other_outcomes"),
    "Sponsor": lambda s: plain(_lead(s, "name")),
    "Collaborators": lambda s: _joined(c.name for c in s.sponsors.collaborators),
    "Sex": lambda s: s.eligibility.sex or "",
    "Age": _ages,
    "Phases": lambda s: "|".join(s.design.phases),
    "Enrollment": _count,
    "Funder Type": lambda s: _lead(s, "class_"),
    "Study Type": lambda s: s.design.study_type or "",
    "Study Design": _design,
    "Other IDs": _other_ids,
    "Start Date": lambda s: _day(s.status.start_date_struct),
    "Primary Completion Date": lambda s: _day(s.status.primary_completion_date_struct),
    "Completion Date": lambda s: _day(s.status.completion_date_struct),
    "First Posted": lambda s: _day(s.status.study_first_post_date_struct),
    "Results First Posted": lambda s: _day(s.status.results_first_post_date_struct),
    "Last Update Posted": lambda s: _day(s.status.last_update_post_date_struct),
    "Locations": _locations,
    "Study Documents": _documents,
}
"""Column name to how it is read from a study."""

# signs that begin a formula, also in the widths that spreadsheets read as the same sign
_FORMULA = frozenset("=+-@|%＝＋－＠﹢﹣﹦﹫−")  # noqa: RUF001
_FORMULA_BLANKS = frozenset("\t\r\n")


def columns(names: Sequence[str]) -> tuple[str, ...]:
    """The columns asked for, all when none are.

    Raises:
        InvalidValue: a column that there is not.
    """
    unknown = [name for name in names if name not in COLUMNS]
    if unknown:
        raise InvalidValue(f"there is no column {unknown[0]!r}", hint=f"One of: {', '.join(COLUMNS)}")
    return tuple(names) or tuple(COLUMNS)


def line(cells: Iterable[str]) -> str:
    """One line of CSV; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return out.getvalue()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, also when blanks or signs of full width stand before it."""
    shown = printable(cell)
    first = shown.lstrip()[:1]
    return f"'{shown}" if first in _FORMULA or shown[:1] in _FORMULA_BLANKS else shown


def row(study: Study, names: Sequence[str]) -> str:
    """The line of a study."""
    return line(COLUMNS[name](study) for name in names)
