"""The search page, and the same search as report, CSV and JSON."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from ..model import StudyId
from ..views.search import read_address
from ..views.search.cards import cards
from ..views.search.page import search_page
from ..views.search.report import answer_json, csv_rows, report_text
from .render import library_of, page

router = APIRouter()
_JSON = "application/json"


@router.get("/search")
def search(request: Request) -> Response:
    """Find studies; the address is the search. A single id that is here leads to its page."""
    library = library_of(request)
    asked, unknown = read_address(request.query_params.multi_items())
    study_id = StudyId.find(asked.text)
    if study_id and not asked.filters and (found := library.search(asked)).total == 1:
        if study_id.startswith("NCT") or found.ids == (study_id,):
            return RedirectResponse(f"/studies/{study_id}", status_code=303)
    shown = search_page(library, asked, unknown)
    return page(request, "search.html", page=shown, status=400 if shown.problem else 200)


@router.get("/search.json")
def search_json(request: Request) -> Response:
    """One page of hits with facets, other names and reasons; an error is a problem document."""
    library = library_of(request)
    asked, _ = read_address(request.query_params.multi_items())
    answer = library.search(asked)
    return Response(msgspec.json.encode(answer_json(library, answer, cards(library, answer))), media_type=_JSON)


@router.get("/search.txt")
def search_report(request: Request) -> Response:
    """The search report: what was searched, the state of the data, the count and all ids, for a citation."""
    asked, _ = read_address(request.query_params.multi_items())
    text = report_text(library_of(request), asked)
    return PlainTextResponse(text, headers={"Content-Disposition": 'attachment; filename="search-report.txt"'})


@router.get("/search.csv")
def search_csv(request: Request) -> Response:
    """Every hit as CSV, streamed, without a cap; with a byte order mark, so that Excel opens it as UTF-8."""
    library = library_of(request)
    asked, _ = read_address(request.query_params.multi_items())
    library.search(asked)  # a search that cannot be read is said before the first line goes out
    headers = {"Content-Disposition": 'attachment; filename="studies.csv"'}
    return StreamingResponse(
        csv_rows(library, asked, for_excel=True), media_type="text/csv; charset=utf-8", headers=headers
    )
