"""The app: routers joined, errors told to people, everything behind `safety`.

A new noun is one file with a `router` and one name in `_NOUNS`. Must not know what a page says.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from ..api import document, registry, verbs
from ..api.problems import problem, problem_of, status_of, words_of
from ..errors import TrialkinError
from ..library import Library
from . import compare, history, home, landscape, match, regimens, related, search, study
from .render import page
from .safety import Safety

_NOUNS = (home, study, related, search, landscape, history, regimens, compare, match)
_APIS = (registry, verbs, document)


def create_app(library: Library, *, hosts: Iterable[str]) -> Safety:
    """The ASGI app over one library; `hosts`: the only Host headers that are answered."""
    app = FastAPI(title="Trialkin", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.library = library
    for noun in (*_NOUNS, *_APIS):
        app.include_router(noun.router)
        _answer_heads(app, noun.router)
    app.mount("/static", StaticFiles(directory=str(files("trialkin").joinpath("static"))), name="static")
    app.add_exception_handler(TrialkinError, _told)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    return Safety(app, hosts=hosts)


def _answer_heads(app: FastAPI, router: APIRouter) -> None:
    """Whatever answers GET answers HEAD; the server leaves the body out."""
    for route in router.routes:
        if isinstance(route, APIRoute) and "GET" in (route.methods or ()):
            app.router.add_api_route(
                route.path,
                route.endpoint,
                methods=["HEAD"],
                openapi_extra=route.openapi_extra,
                include_in_schema=False,
                route_class_override=type(route),
            )


def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, TrialkinError)
    if _is_program(request):
        return problem_of(error)
    return _error(request, status_of(error), error.message, error.hint, code=error.code)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _error(
            request, 404, "There is no page at this address.", "Begin at the home page.", code="not-found"
        )
    return _error(request, error.status_code, str(error.detail), "", code="http")


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _error(request, 400, words_of(error), "", code="invalid-value")


def _error(request: Request, status: int, message: str, hint: str, *, code: str) -> Response:
    """The error as a page, or as a problem document (RFC 9457) where JSON was asked for."""
    if _is_program(request):
        return problem(status, message, hint, code=code)
    return page(request, "error.html", title=_title(status), message=message, hint=hint, status=status)


def _is_program(request: Request) -> bool:
    return request.url.path.endswith(".json") or request.url.path.startswith("/api/")


def _title(status: int) -> str:
    return {400: "That could not be read", 404: "Not found", 503: "Busy"}.get(status, "Something went wrong")
