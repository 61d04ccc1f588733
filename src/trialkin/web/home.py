"""The home page and the health check."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from .. import __version__
from .render import library_of, page

router = APIRouter()


@router.get("/")
def home(request: Request) -> Response:
    """What the library holds, and a box to search it."""
    library = library_of(request)
    return page(request, "home.html", count=len(library), runs=library.store.runs(limit=1))


@router.get("/health")
def health(request: Request) -> Response:
    """Whether the library answers, as JSON for programs."""
    library = library_of(request)
    last = library.store.runs(limit=1)
    return JSONResponse(
        {
            "status": "ok",
            "version": __version__,
            "studies": len(library),
            "dataTimestamp": library.data_timestamp,
            "lastRun": {"kind": last[0].kind, "state": last[0].state, "startedAt": last[0].started_at}
            if last
            else None,
            "warnings": [],
        }
    )
