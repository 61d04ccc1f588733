"""The app: routers joined, errors told to people, everything behind `safety`.

A new noun is one file with a `router` and one name in `_NOUNS`. Must not know what a page says.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from ..api import registry
from ..errors import Busy, DamagedLibrary, InvalidValue, NoLibrary, NotFound, NotPrepared, TrialkinError
from ..library import Library
from . import compare, history, home, landscape, match, regimens, related, search, study
from .render import page
from .safety import Safety

_NOUNS = (home, study, related, search, landscape, history, regimens, compare, match)
_STATUS = {InvalidValue: 400, NotFound: 404, NoLibrary: 404, Busy: 503, NotPrepared: 503, DamagedLibrary: 500}


def create_app(library: Library, *, hosts: Iterable[str]) -> Safety:
    """The ASGI app over one library; `hosts`: the only Host headers that are answered."""
    app = FastAPI(title="Trialkin", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.library = library
    for noun in _NOUNS:
        app.include_router(noun.router)
    app.include_router(registry.router)
    app.mount("/static", StaticFiles(directory=str(files("trialkin").joinpath("static"))), name="static")
    app.add_exception_handler(TrialkinError, _told)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    return Safety(app, hosts=hosts)


def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, TrialkinError)
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
    return _error(request, status, error.message, error.hint, code=error.code)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _error(
            request, 404, "There is no page at this address.", "Begin at the home page.", code="not-found"
        )
    return _error(request, error.status_code, str(error.detail), "", code="http")


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = "; ".join(
        f"{'.'.join(str(part) for part in item['loc'][1:])}: {item['msg']}" for item in error.errors()
    )
    return _error(request, 400, problems, "", code="invalid-value")


def _error(request: Request, status: int, message: str, hint: str, *, code: str) -> Response:
    """The error as a page, or as a problem document (RFC 9457) where JSON was asked for."""
    if request.url.path.endswith(".json"):
        problem = {"type": code, "title": message, "status": status, "detail": hint}
        return JSONResponse(problem, status_code=status, media_type="application/problem+json")
    return page(request, "error.html", title=_title(status), message=message, hint=hint, status=status)


def _title(status: int) -> str:
    return {400: "That could not be read", 404: "Not found", 503: "Busy"}.get(status, "Something went wrong")
