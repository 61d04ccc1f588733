"""What a search leaves behind: a report that can be cited, rows for a spreadsheet, JSON for programs.

The report says what was searched as it was read, with every other name, the state of the data, the count and the
ids. Must not know HTML.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ... import __version__
from ...export.registry_csv import guarded
from ...indexes.search.engine import Answer, Request
from ...library import Library
from ...model import Study
from ...reading.markup import plain
from ...vocab import label
from ..text import inline_text
from .address import address
from .cards import Card
from .page import unstated_words

CAUTION = (
    "This is a search of a local copy by Trialkin's own rules. It is not the search of ClinicalTrials.gov:"
    " counts there differ."
)
COLUMNS = (
    "NCT Number", "Study Title", "Acronym", "Study Status", "Study Results", "Conditions", "Interventions", "Sponsor",
    "Sex", "Minimum Age", "Maximum Age", "Phases", "Enrollment", "Enrollment Type", "Study Type", "Start Date",
    "Primary Completion Date", "Completion Date", "First Posted", "Last Update Posted", "Countries", "Study URL",
)  # fmt: skip


def report_text(library: Library, request: Request) -> str:
    """The search report, complete with all ids, ending with a line break."""
    request = replace(request, offset=0)
    answer = library.search(replace(request, limit=0, facets=()))
    ids = library.search_all(request)
    lines = [
        "Search report",
        "",
        f"Typed:      {request.text or '(nothing)'}",
        f"Searched:   {answer.query}",
        f"Address:    {address(request)}",
        f"Order:      {answer.sort}",
        f"Found:      {answer.total:,} of {len(library):,} studies",
        f"Data:       ClinicalTrials.gov, data of {library.data_timestamp or 'an unstated day'};"
        f" library at position {answer.seq}",
        f"Made:       {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Trialkin {__version__}",
        "",
        CAUTION,
        "",
        "Other names" if request.widen else "Other names: switched off",
    ]
    for each in answer.expansions:
        state = "searched too" if answer.searched(each) else "left out"
        lines.append(f"  {each.typed} = {each.other} ({each.kind}; {each.source}; {state})")
    if request.widen and not answer.expansions:
        lines.append("  none")
    lines += ["", "Not stated"]
    for missing in answer.unstated:
        verdict = "included" if missing.included else "not included"
        lines.append(f"  {unstated_words(missing)}; {verdict}")
    if not answer.unstated:
        lines.append("  no filter met a record without a value")
    return "\n".join([*lines, "", "Studies, in order", *ids]) + "\n"


def answer_json(library: Library, answer: Answer, cards: tuple[Card, ...]) -> dict[str, Any]:
    """One page of an answer for programs; names follow the registry's where it has one."""
    return {
        "query": {"typed": answer.request.text, "searched": str(answer.query), "address": address(answer.request)},
        "totalCount": answer.total,
        "offset": answer.request.offset,
        "sort": answer.sort,
        "dataTimestamp": library.data_timestamp,
        "seq": answer.seq,
        "caution": CAUTION,
        "suggestion": answer.suggestion,
        "notices": list(answer.notices),
        "otherNames": [
            {"name": each.name, "other": each.other, "kind": each.kind, "source": each.source,
             "studies": each.studies, "searched": answer.searched(each)}
            for each in answer.expansions
        ],
        "notStated": [
            {"filter": each.name, "count": each.count, "included": each.included} for each in answer.unstated
        ],
        "facets": {
            facet.name: [
                {"value": each.value, "label": each.label, "count": each.count, "selected": each.selected}
                for each in facet.buckets
            ]
            for facet in answer.facets
        },
        "studies": [_card_json(each) for each in cards],
    }  # fmt: skip


def _card_json(card: Card) -> dict[str, Any]:
    return {
        "nctId": card.nct_id,
        "briefTitle": card.title,
        "acronym": card.acronym or None,
        "overallStatus": card.status.registry or None,
        "leadSponsor": card.sponsor or None,
        "conditions": card.conditions,
        "interventions": card.interventions,
        "facts": {each.label: " ".join(inline_text(value) for value in each.values) for each in card.facts},
        "nearest": card.nearest or None,
        "reasons": [
            {
                "field": reason.field,
                "label": reason.label,
                "terms": list(reason.terms),
                "otherNameOf": list(reason.via),
                "text": reason.snippet.text[reason.snippet.start : reason.snippet.end],
                "marks": [[a - reason.snippet.start, b - reason.snippet.start] for a, b in reason.snippet.spans],
            }
            for reason in card.reasons
        ],
    }


def csv_rows(library: Library, request: Request, *, for_excel: bool = False) -> Iterator[str]:
    """Every study found as lines of CSV, the first naming the columns; no cap.

    Columns are named as the registry names them in its own CSV where it has them. A cell that a spreadsheet would
    take for a formula begins with an apostrophe. for_excel: begins with a byte order mark, by which Excel knows UTF-8.
    """
    if for_excel:
        yield "\ufeff"
    yield _line(COLUMNS)
    for nct_id in library.search_all(replace(request, offset=0)):
        yield _line(_row(library.study(nct_id)))


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return out.getvalue()


def _row(study: Study) -> tuple[str, ...]:
    status, size = study.status, study.enrollment
    lead = study.sponsors.lead_sponsor
    rules = study.eligibility

    def date(struct: Any) -> str:
        return (struct and struct.date) or ""

    return (
        study.nct_id,
        plain(study.title),
        plain(study.identification.acronym),
        label("Status", study.overall_status),
        "YES" if study.has_results else "NO",
        "|".join(map(plain, study.conditions)),
        "|".join(
            plain(f"{label('InterventionType', each.type)}: {each.name or ''}") for each in study.interventions
        ),
        plain(lead.name) if lead and lead.name else "",
        label("Sex", rules.sex),
        rules.minimum_age or "",
        rules.maximum_age or "",
        "|".join(label("Phase", phase) for phase in study.design.phases),
        "" if size.count is None else str(size.count),
        {True: "Actual", False: "Estimated", None: ""}[size.actual],
        label("StudyType", study.design.study_type),
        date(status.start_date_struct),
        date(status.primary_completion_date_struct),
        date(status.completion_date_struct),
        date(status.study_first_post_date_struct),
        date(status.last_update_post_date_struct),
        "|".join(study.countries),
        f"https://clinicaltrials.gov/study/{study.nct_id}",
    )
