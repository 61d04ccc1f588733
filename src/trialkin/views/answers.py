"""What each verb answers, as data: one form for the command line, the browser, programs and assistants.

Every function is a question to a library; the names of its answer are those that the docs name. Must not know doors.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import msgspec

from ..export.criteria_json import study_object
from ..reading.doses import ask
from .history import history_page

if TYPE_CHECKING:
    from ..indexes.search.engine import Request
    from ..indexes.search.landscape import Counts, Span
    from ..library import Library
    from ..reading.doses import DosedText, Fact


def criteria_answer(library: Library, study_id: str) -> dict[str, Any]:
    """The criteria of a study as `docs/schemas/criteria.schema.json` describes them; raises as `Library.find`."""
    found = library.find(study_id)
    return study_object(found.study.nct_id, library.reading(found).criteria)


def doses_answer(library: Library, study_id: str, *, facts: tuple[Fact, ...] | None = None) -> dict[str, Any]:
    """The texts of a study that state doses with their rows, each with its verdict where facts are given; raises as
    `Library.find`."""
    found = library.find(study_id)
    return {"id": found.study.nct_id, "texts": [_text(one, facts) for one in library.reading(found).doses]}


def _text(one: DosedText, facts: tuple[Fact, ...] | None) -> dict[str, Any]:
    rows = msgspec.to_builtins(one.rows)
    for row, answer in zip(rows, ask(one.rows, facts) if facts is not None else (), strict=facts is not None):
        row["answer"] = {
            "verdict": answer.verdict.value,
            "because": list(answer.because),
            "questions": list(answer.questions),
        }
    return {"from": one.source, "name": one.name, "arms": list(one.arms), "rows": rows}


def history_answer(
    library: Library, study_id: str, *, before: int | None = None, after: int | None = None
) -> dict[str, Any]:
    """The versions of a study and what changed between two of them (the last change when not said).

    `lines`: the difference of the two records as JSON lines. `removed`: a version that says the registry had it no
    longer. Raises as `views.history.history_page`.
    """
    page = history_page(library, study_id, before=before, after=after)
    return {
        "nctId": str(page.nct_id),
        "versions": [
            {
                "number": v.number,
                "posted": v.posted,
                "stored": v.stored,
                "source": v.source,
                "removed": v.raw is None,
            }
            for v in page.versions
        ],
        "from": page.older,
        "to": page.newer,
        "groups": [asdict(group) for group in page.comparison.groups] if page.comparison else [],
        "lines": page.comparison.lines() if page.comparison else [],
    }


def same_answer(library: Library, study_id: str) -> dict[str, Any]:
    """Other registrations of a study's trial; raises as `Library.find`."""
    return {
        "nct_id": str(library.study(study_id).nct_id),
        "links": [asdict(link) for link in library.same(study_id)],
    }


def landscape_answer(library: Library, request: Request) -> dict[str, Any]:
    """Everything that a search finds, counted; raises as `Library.landscape`."""
    found = library.landscape(request)
    return {
        "query": {"typed": request.text, "searched": str(found.query)},
        "total": found.total,
        "by": {name: _counts(counts) for name, counts in found.by.items()},
        "years": [{"year": year, "phases": dict(phases)} for year, phases in found.years],
        "undated": found.undated,
        "enrollment": _spans(found.enrollment),
        "unsized": found.unsized,
        "results_delay_days": _spans(found.delay),
        "undelayed": found.undelayed,
        "grid": [list(row) for row in found.grid],
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "values": [{"value": value, "studies": count} for value, count in counts.values],
        "unstated": counts.unstated,
        "complete": counts.complete,
    }


def _spans(spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    return [{"low": span.low, "high": span.high, "studies": span.count} for span in spans]
