"""What changed in a study: its versions compared."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from ..views.answers import history_answer
from ..views.history import history_page
from .render import library_of, page

router = APIRouter()
_LINES = 3000  # of the raw difference on the page; all of it is in the JSON


@router.get("/studies/{nct_id}/history")
def history(
    request: Request,
    nct_id: str,
    before: Annotated[int | None, Query(alias="from", ge=1)] = None,
    after: Annotated[int | None, Query(alias="to", ge=1)] = None,
) -> Response:
    """The versions of a study, and what changed between two of them (the last change when not said)."""
    shown = history_page(library_of(request), nct_id, before=before, after=after)
    lines = shown.comparison.lines() if shown.comparison else []
    return page(request, "history.html", history=shown, lines=lines[:_LINES], more=max(0, len(lines) - _LINES))


@router.get("/studies/{nct_id}/history.json")
def history_json(
    request: Request,
    nct_id: str,
    before: Annotated[int | None, Query(alias="from", ge=1)] = None,
    after: Annotated[int | None, Query(alias="to", ge=1)] = None,
) -> Response:
    """The same for programs, with the whole difference of the two records as lines."""
    return JSONResponse(history_answer(library_of(request), nct_id, before=before, after=after))
