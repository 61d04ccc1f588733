"""The pages that tell who fits. What is sent about a person comes by POST, is answered and forgotten.

Nothing of it stands in an address, is stored, cached or logged; the page itself carries the facts on. Must not know:
how facts are read or judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.responses import Response

from ..errors import InvalidValue, TrialkinError
from ..matching.private import private
from ..views.match import as_posted
from ..views.match_page import asked_facts, match_page, screen_page
from .render import library_of, page

router = APIRouter()
_FIELDS = 2000


@router.get("/match")
def match_form(request: Request) -> Response:
    """An empty form."""
    return _unkept(page(request, "match.html", page=None, problem="", advice=as_posted(None)))


@router.post("/match")
async def match(request: Request) -> Response:
    """Open studies against the person described in the form, grouped, with the next question."""
    form = await _form(request)
    try:
        with private():
            shown = match_page(library_of(request), asked_facts(form), form)
            return _unkept(page(request, "match.html", page=shown, problem="", advice=shown.advice))
    except TrialkinError as error:
        return _failed(request, error)


@router.post("/screen")
async def screen(request: Request) -> Response:
    """One study's criteria as a checklist answered from the facts."""
    form = await _form(request)
    try:
        with private():
            shown = screen_page(library_of(request), asked_facts(form), form)
            return _unkept(page(request, "screen.html", page=shown))
    except TrialkinError as error:
        return _failed(request, error)


def _failed(request: Request, error: TrialkinError) -> Response:
    status = 400 if isinstance(error, InvalidValue) else 500
    problem = f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}".strip()
    return _unkept(page(request, "match.html", page=None, problem=problem, advice=as_posted(None), status=status))


async def _form(request: Request) -> Mapping[str, list[str]]:
    text = (await request.body()).decode("utf-8", "replace")
    try:
        return parse_qs(text, keep_blank_values=False, max_num_fields=_FIELDS)
    except ValueError:
        return {}


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
