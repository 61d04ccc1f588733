"""The study page, and the same study as text and JSON."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from ..views.study import page_context, study_page
from ..views.study.whole import page_text
from .render import library_of, page

router = APIRouter()


@router.get("/studies/{nct_id}.json")
def study_json(request: Request, nct_id: str) -> Response:
    """The record as it was stored."""
    found = library_of(request).find(nct_id)
    return Response(found.record.raw, media_type="application/json")


@router.get("/studies/{nct_id}.txt")
def study_text(request: Request, nct_id: str) -> Response:
    """The whole page as plain text."""
    return PlainTextResponse(page_text(study_page(page_context(library_of(request).page(nct_id, related=True)))))


@router.get("/studies/{nct_id}")
def study(request: Request, nct_id: str) -> Response:
    """The study page; an id in another spelling, or one that was replaced, leads to the study's own address."""
    context = page_context(library_of(request).page(nct_id, related=True))
    if nct_id != context.study.nct_id:
        return RedirectResponse(f"/studies/{context.study.nct_id}", status_code=301)
    return page(request, "study.html", page=study_page(context))
