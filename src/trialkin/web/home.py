"""The home page and the health check."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from .. import __version__
from ..views.home import home_page
from .render import library_of, page

router = APIRouter()


@router.get("/")
def home(request: Request) -> Response:
    """What the library holds, and a box to search it."""
    return page(request, "home.html", home=home_page(library_of(request)))


@router.get("/notices")
def notices(request: Request) -> Response:
    """Whose data Trialkin ships, and under which terms."""
    title, _, text = files("trialkin").joinpath("notices.md").read_text("utf-8").partition("\n")
    return page(request, "notices.html", title=title.strip("# "), text=text)


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
            "warnings": list(library.warnings),
        }
    )
