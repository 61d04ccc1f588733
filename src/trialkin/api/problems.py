"""Errors for programs: problem documents (RFC 9457) with the code and the hint of the error.

`type` and `code` are the error's stable code, `title` says what was wrong, `hint` what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse, Response

from ..errors import (
    Busy,
    InvalidQuery,
    InvalidValue,
    MissingExtra,
    NoLibrary,
    NotFound,
    NotPrepared,
    TrialkinError,
)

PROBLEM = "application/problem+json"
_STATUS = {InvalidValue: 400, NotFound: 404, NoLibrary: 404, MissingExtra: 501, Busy: 503, NotPrepared: 503}


def status_of(error: TrialkinError) -> int:
    """The status that says this error; 500 for what is wrong with the library itself."""
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)


def problem(status: int, message: str, hint: str = "", *, code: str, **more: Any) -> Response:
    """One problem document."""
    said = {"type": code, "title": message, "status": status, "detail": hint, "code": code, "hint": hint, **more}
    return JSONResponse(said, status_code=status, media_type=PROBLEM)


def problem_of(error: TrialkinError) -> Response:
    """The problem document of an error; an unreadable search says its column too."""
    more = {"column": error.column} if isinstance(error, InvalidQuery) else {}
    return problem(status_of(error), error.message, error.hint, code=error.code, **more)


def words_of(error: RequestValidationError) -> str:
    """What a request has wrong, each with the name of its place."""
    return "; ".join(
        f"{'.'.join(str(part) for part in item['loc'][1:])}: {item['msg']}" for item in error.errors()
    )


class Problems(APIRoute):
    """Routes whose errors are problem documents, and that refuse parameters which they do not know.

    A route that reads its address itself says so by `openapi_extra["parameters"]`.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        declared = {str(each["name"]) for each in (self.openapi_extra or {}).get("parameters", ())}

        async def told(request: Request) -> Response:
            known = declared | {each.alias for each in self.dependant.query_params}
            unknown = sorted(set(request.query_params) - known)
            if unknown:
                hint = f"Those there are: {', '.join(sorted(known)) or 'none'}"
                return problem(400, f"unknown parameter {unknown[0][:60]!r}", hint, code=InvalidValue.code)
            try:
                return await handle(request)
            except TrialkinError as error:
                return problem_of(error)
            except RequestValidationError as error:
                return problem(400, words_of(error), code=InvalidValue.code)

        return told
