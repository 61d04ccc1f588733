"""Studies side by side, the same as JSON, and a form to choose them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from ..views.compare import MOST, Comparison, compared
from ..views.compare.report import comparison_json, summary
from .render import library_of, page

router = APIRouter()


@router.get("/compare")
def compare(request: Request) -> Response:
    """2 to 5 studies, `ids` a comma list or repeated; `only=differences` leaves out what is the same."""
    if not any(request.query_params.getlist("ids")):
        return page(request, "compare.html", found=None, sections=(), summary="", most=MOST)
    found = _asked(request)
    return page(request, "compare.html", found=found, sections=found.blocks(), summary=summary(found), most=MOST)


@router.get("/compare.json")
def compare_json(request: Request) -> Response:
    """The same as `trialkin compare --format json`."""
    return JSONResponse(comparison_json(_asked(request)))


def _asked(request: Request) -> Comparison:
    given = request.query_params
    differing = given.get("only") == "differences"
    return compared(library_of(request), given.getlist("ids"), only_differences=differing)
