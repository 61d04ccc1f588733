"""The registry's API, version 2, answered from the library: /api/v2.

Programs written for ClinicalTrials.gov find here what they find there: parameters, JSON, headers, and errors as one
line of plain text. docs/api.md lists what cannot be the same.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from ..errors import InvalidQuery, InvalidValue, NotFound, TrialkinError
from ..export.citations import ris
from ..export.registry_csv import columns, line, row
from ..library import Library
from . import describing
from .answering import Answers, record_bytes
from .asked import (
    QUERIES,
    Asked,
    listed,
    page_size,
    page_token,
    read_request,
    read_token,
    unknown_parameters,
)
from .conditional import tagged
from .fields import wanted
from .problems import words_of

_PARAMETERS = (
    *QUERIES,
    *(
        f"{prefix}.{name}"
        for prefix in ("filter", "postFilter")
        for name in ("overallStatus", "geo", "ids", "advanced", "synonyms")
    ),
    "format",
    "markupFormat",
    "aggFilters",
    "geoDecay",
    "fields",
    "sort",
    "countTotal",
    "pageSize",
    "pageToken",
)
_JSON = "application/json"


class _Plain(APIRoute):
    """Errors of this API are one line of text, as the registry's are."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except NotFound as error:
                return PlainTextResponse(error.message, status_code=404)
            except RequestValidationError as error:
                return PlainTextResponse(words_of(error), status_code=400)
            except InvalidQuery as error:
                return PlainTextResponse(f"{error.message} (column {error.column})", status_code=400)
            except InvalidValue as error:
                return PlainTextResponse(error.message, status_code=400)
            except TrialkinError as error:
                return PlainTextResponse(f"{error.message}. {error.hint}".rstrip(), status_code=503)

        return told


router = APIRouter(
    prefix="/api/v2",
    route_class=_Plain,
    tags=["ClinicalTrials.gov API v2"],
    responses=describing.ERRORS,
)


def _library(request: Request) -> Library:
    found: Library = request.app.state.library
    return found


def _answers(request: Request) -> Answers:
    state = request.app.state
    if not hasattr(state, "registry_answers"):
        state.registry_answers = Answers(state.library)
    found: Answers = state.registry_answers
    return found


@router.get("/version", summary="API version and the date of the data")
def version(request: Request) -> dict[str, Any]:
    """`dataTimestamp` is the registry's own date of the newest record here."""
    return {"apiVersion": "2.0.5", "dataTimestamp": _library(request).data_timestamp or ""}


@router.get("/studies", summary="Studies", openapi_extra=describing.STUDIES)
def studies(request: Request) -> Response:
    """One page of the studies that match, as the registry answers them."""
    given = dict(request.query_params)
    unknown_parameters(given, _PARAMETERS)
    _markup(given)
    library, asked = _library(request), read_request(given)
    size, seq = page_size(given.get("pageSize")), library.store.last_seq
    offset = read_token(given["pageToken"], asked, seq=seq) if given.get("pageToken") else 0
    style = given.get("format", "json")
    if style not in {"json", "csv"}:
        raise InvalidValue(f"Invalid value in parameter `format`: `{style}` is neither json nor csv")
    ids = _answers(request).ids(asked)
    page = _Page(library, asked, ids, offset, size, seq, counted=_counted(given) and offset == 0)
    return page.csv(given) if style == "csv" else tagged(request, page.json(given))


@router.get("/studies/metadata", summary="The fields of a study")
def metadata(includeIndexedOnly: bool = False, includeHistoricOnly: bool = False) -> Response:  # noqa: N803
    """The tree of fields, with piece names and types. The two flags add nothing here."""
    return Response(describing.metadata(), media_type=_JSON)


@router.get("/studies/search-areas", summary="The search areas")
def search_areas() -> Response:
    """What each `query.*` and search area reads, with weights."""
    return Response(describing.search_areas(), media_type=_JSON)


@router.get("/studies/enums", summary="The enumerations")
def enums() -> Response:
    """Every enumeration with its values and where it is used."""
    return Response(describing.enums(), media_type=_JSON)


@router.get("/studies/{nctId}", summary="One study", openapi_extra=describing.STUDY)
def study(request: Request, nctId: str) -> Response:  # noqa: N803
    """One study in full, or the fields asked for; json, csv, ris or json.zip. An old id leads to the current one."""
    given = dict(request.query_params)
    unknown_parameters(given, ("format", "fields", "markupFormat"))
    _markup(given)
    library = _library(request)
    found = library.find(nctId)
    if found.study.nct_id != nctId:
        return RedirectResponse(request.url.path.replace(nctId, found.study.nct_id), status_code=301)
    style, names = given.get("format", "json"), listed(given.get("fields", ""))
    if style == "csv":
        chosen = columns(names)
        return _csv(line(chosen) + row(found.study, chosen))
    if style == "ris":
        return Response(ris(found.study), media_type="application/x-research-info-systems")
    body = record_bytes(library, nctId, wanted(names))
    if style == "json.zip":
        return Response(_zipped(f"{nctId}.json", body), media_type="application/zip")
    if style != "json":
        raise InvalidValue(
            f"Invalid value in parameter `format`: `{style}` is not one of json, csv, ris, json.zip"
        )
    return tagged(request, body)


class _Page:
    """One page of an answer, in either form."""

    def __init__(
        self,
        library: Library,
        asked: Asked,
        ids: tuple[str, ...],
        offset: int,
        size: int,
        seq: int,
        *,
        counted: bool,
    ) -> None:
        self.library, self.offset, self.total, self.counted = library, offset, len(ids), counted
        self.ids = ids[offset : offset + size]
        more = offset + size < len(ids)
        self.following = page_token(asked, offset=offset + size, seq=seq) if more else None

    def json(self, given: dict[str, str]) -> bytes:
        tree = wanted(listed(given.get("fields", "")))
        parts = [b'"totalCount":%d' % self.total] if self.counted else []
        parts.append(b'"studies":[' + b",".join(record_bytes(self.library, i, tree) for i in self.ids) + b"]")
        if self.following:
            parts.append(b'"nextPageToken":' + msgspec.json.encode(self.following))
        return b"{" + b",".join(parts) + b"}"

    def csv(self, given: dict[str, str]) -> Response:
        chosen = columns(listed(given.get("fields", "")))
        lines = [line(chosen)] if self.offset == 0 else []
        lines += [row(self.library.study(nct_id), chosen) for nct_id in self.ids]
        answer = _csv("".join(lines))
        if self.following:
            answer.headers["x-next-page-token"] = self.following
        if self.counted:
            answer.headers["x-total-count"] = str(self.total)
        return answer


def _counted(given: dict[str, str]) -> bool:
    value = given.get("countTotal", "false")
    if value not in {"true", "false"}:
        raise InvalidValue("Invalid value in parameter `countTotal`: true or false is expected")
    return value == "true"


def _markup(given: dict[str, str]) -> None:
    if given.get("markupFormat", "markdown") not in {"markdown", "legacy"}:
        raise InvalidValue("Invalid value in parameter `markupFormat`: markdown or legacy is expected")


def _csv(text: str) -> Response:
    return Response(text, media_type="text/csv; charset=utf-8")


def _zipped(name: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), body)
    return out.getvalue()


@router.get("/stats/size", summary="Sizes of studies")
async def sizes(request: Request) -> Response:
    """How large the records are, in bytes of JSON."""
    return Response(await run_in_threadpool(describing.sizes, _library(request)), media_type=_JSON)


@router.get("/stats/field/values", summary="Values of fields", openapi_extra=describing.FIELD_VALUES)
@router.get("/stats/fieldValues", include_in_schema=False)
async def values(request: Request) -> Response:
    """What values fields have over all studies; `fields` names them, `types` narrows by kind."""
    given = dict(request.query_params)
    unknown_parameters(given, ("fields", "types"))
    made = await run_in_threadpool(
        describing.values, _library(request), listed(given.get("fields", "")), listed(given.get("types", ""))
    )
    return Response(made, media_type=_JSON)


@router.get("/stats/field/sizes", summary="Lengths of lists", openapi_extra=describing.FIELD_SIZES)
@router.get("/stats/listSizes", include_in_schema=False)
async def list_sizes(request: Request) -> Response:
    """How many values the fields named by `fields` have in a study."""
    given = dict(request.query_params)
    unknown_parameters(given, ("fields",))
    made = await run_in_threadpool(describing.list_sizes, _library(request), listed(given.get("fields", "")))
    return Response(made, media_type=_JSON)
