"""Trialkin's own verbs for programs: /api/trialkin/v1.

Each address is one verb of the library and answers what the command line's JSON answers. Limits are parameters' own and
said in the document at /api/openapi.json. Texts about people or drafts come by POST and are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response, StreamingResponse

from ..errors import InvalidValue
from ..export.formats import FORMATS
from ..indexes.related.relations import Relation
from ..indexes.search.engine import Request as Asked
from ..indexes.search.filters import FILTERS
from ..library import Library
from ..reading.doses import parse_facts
from ..views import answers
from ..views.compare import LEAST, MOST, compared
from ..views.compare.report import comparison_json
from ..views.kin import kinship_json
from ..views.search import read_address
from ..views.search.cards import cards
from ..views.search.report import answer_json
from .conditional import JSON, tagged
from .problems import Problems

MOST_KIN = 50
MOST_TEXT = 200_000
MOST_IDS = 1000
SEED = "NCT07320690"

StudyId = Annotated[
    str,
    Path(
        description="A study's id, of whatever register.", max_length=60, openapi_examples={"one": {"value": SEED}}
    ),
]
Words = Annotated[
    str,
    Query(
        description="A search in the language of docs/search.md; nothing finds everything.",
        max_length=10_000,
        openapi_examples={"field": {"value": "cond:melanoma status:recruiting"}},
    ),
]
Limit = Annotated[int, Query(ge=1, le=MOST_KIN, description=f"How many at most; {MOST_KIN} is the most.")]
Relations = Annotated[Relation | None, Query(description="Only this kind of kin.")]


class Synopsis(BaseModel):
    """A text that describes a study; it stays in memory."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "Adjuvant therapy of melanoma"}]}
    )
    text: str = Field(min_length=1, max_length=MOST_TEXT)
    limit: int = Field(default=10, ge=1, le=MOST_KIN)


class Given(BaseModel):
    """Facts about a person, for the answer only."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"given": "margin=0.5 mm; pCR=no"}]})
    given: str = Field(max_length=2000, description='"name=value; name=value"')


def _problem(says: str) -> dict[str, Any]:
    return {"description": says, "content": {"application/problem+json": {"schema": _ref("Problem")}}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _says(name: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": name, "content": {JSON: {"schema": _ref(name)}}}}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    304: {"description": "As the ETag in If-None-Match says, nothing has changed."},
    400: _problem("A request that cannot be read; the title says what, the hint what to do."),
    404: _problem("No such study here, or no such address."),
    405: {"description": "A method that is not used here."},
    500: _problem("The library is damaged; the hint names the command."),
    503: _problem("An index has not been made yet, or another process is writing; the hint names the command."),
}

router = APIRouter(prefix="/api/trialkin/v1", route_class=Problems, tags=["Trialkin"], responses=PROBLEMS)


def _library(request: Request) -> Library:
    found: Library = request.app.state.library
    return found


def _answer(request: Request, found: dict[str, Any]) -> Response:
    return tagged(request, msgspec.json.encode(found))


_SEARCH_PARAMETERS = [
    {"name": name, "in": "query", "description": text, "schema": schema}
    for name, text, schema in (
        ("q", "A search in the language of docs/search.md.", {"type": "string"}),
        ("page", "Pages of 20.", {"type": "integer", "minimum": 1, "maximum": 5000, "default": 1}),
        ("sort", "relevance, updated, posted, start, oldest, largest, smallest, distance.", {"type": "string"}),
        ("names", "off: other names are not searched.", {"type": "string", "enum": ["on", "off"]}),
        ("without", "An other name not to search, by its id.", {"type": "string"}),
        ("facets", "Which counts, a comma list; none for none.", {"type": "string"}),
        ("near", '"place, 50 km"', {"type": "string"}),
        *((each.name, f"{each.label}; may be given several times.", {"type": "string"}) for each in FILTERS),
    )
]


@router.get("/search", summary="Find studies", responses=_says("Search"),
            openapi_extra={"parameters": _SEARCH_PARAMETERS})  # fmt: skip
def search(request: Request) -> Response:
    """One page of hits with the true total, how the search was read, other names, counts and reasons."""
    library = _library(request)
    asked, _ = read_address(request.query_params.multi_items())
    answer = library.search(asked)
    return _answer(request, answer_json(library, answer, cards(library, answer)))


_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The studies as a file, streamed, without a cap.",
        "content": {
            each.media_type.partition(";")[0]: {"schema": {"type": "array"} if each.media_type == JSON else {}}
            for each in FORMATS.values()
        },
    }
}
_BY_ENDING = {each.ending: each for each in FORMATS.values()}


@router.get("/studies.{ending}", summary="Studies as a file", responses=_FILES)
def studies(
    request: Request,
    ending: Annotated[str, Path(description="The kind of file.", json_schema_extra={"enum": sorted(_BY_ENDING)})],
    q: Words = "",
    ids: Annotated[str, Query(description=f"These studies instead, a comma list of up to {MOST_IDS:,}.")] = "",
) -> Response:
    """Every study that a search finds, or those named, in the format of the ending. Goes out as fast as it is taken."""
    library = _library(request)
    format = _BY_ENDING.get(ending)
    if format is None:
        raise InvalidValue(f"there is no format {ending[:20]!r}", hint=f"One of: {', '.join(sorted(_BY_ENDING))}")
    named = [each.strip() for each in ids.split(",") if each.strip()]
    if len(named) > MOST_IDS:
        raise InvalidValue(f"{len(named):,} ids are more than {MOST_IDS:,}", hint="Ask in parts, or search.")
    if named and q:
        raise InvalidValue("a search and ids are two questions", hint="Give one of q and ids.")
    pieces = library.export(q, format=format.name, ids=named or None)
    headers = {"Content-Disposition": f'attachment; filename="studies.{ending}"'}
    return streamed(request, pieces, media_type=format.media_type, headers=headers)


def streamed(request: Request, pieces: Iterator[bytes], *, media_type: str, headers: dict[str, str]) -> Response:
    """Pieces as they are taken; a request for the head alone makes none of them."""
    return StreamingResponse(
        iter(()) if request.method == "HEAD" else pieces, media_type=media_type, headers=headers
    )


@router.get("/studies/{study_id}/related", summary="Related studies", responses=_says("Related"))
def related(request: Request, study_id: StudyId, limit: Limit = 10, relation: Relations = None) -> Response:
    """The nearest studies, each with reasons whose contributions sum to its score."""
    return _answer(request, kinship_json(_library(request).related(study_id, limit=limit, relation=relation)))


@router.post("/related", summary="Studies like a text", responses=_says("Related"))
def related_to_text(request: Request, synopsis: Synopsis) -> Response:
    """Studies like the one that a text describes."""
    found = kinship_json(_library(request).related_to_text(synopsis.text, limit=synopsis.limit))
    return Response(msgspec.json.encode(found), media_type=JSON, headers={"Cache-Control": "no-store"})


@router.get("/compare", summary="Studies side by side", responses=_says("Compared"))
def compare(
    request: Request,
    ids: Annotated[
        str,
        Query(
            description=f"{LEAST} to {MOST} ids, a comma list.",
            max_length=400,
            openapi_examples={"two": {"value": f"{SEED},NCT99000001"}},
        ),
    ],
    only_differences: Annotated[bool, Query(description="Leave out what is the same.")] = False,
) -> Response:
    """What is the same, what differs, and what only one of them has."""
    return _answer(request, comparison_json(compared(_library(request), [ids], only_differences=only_differences)))


@router.get("/studies/{study_id}/criteria", summary="Criteria as data", responses=_says("Criteria"))
def criteria(request: Request, study_id: StudyId) -> Response:
    """Bounds, scales and time windows with the words that state them. Read by rules; not medical advice."""
    return _answer(request, answers.criteria_answer(_library(request), study_id))


@router.get("/studies/{study_id}/doses", summary="Doses as data", responses=_says("Doses"))
def doses(request: Request, study_id: StudyId) -> Response:
    """Doses and schedules as rows with the words that state them. Read by rules; not medical advice."""
    return _answer(request, answers.doses_answer(_library(request), study_id))


@router.post("/studies/{study_id}/doses", summary="Doses that apply", responses=_says("Doses"))
def doses_given(request: Request, study_id: StudyId, given: Given) -> Response:
    """The same rows, each with whether it applies to facts. The facts are used for the answer and not kept."""
    found = answers.doses_answer(_library(request), study_id, facts=parse_facts(given.given))
    return Response(msgspec.json.encode(found), media_type=JSON, headers={"Cache-Control": "no-store"})


@router.get("/studies/{study_id}/history", summary="What changed", responses=_says("History"))
def history(
    request: Request,
    study_id: StudyId,
    before: Annotated[
        int | None, Query(alias="from", ge=1, le=1_000_000, description="An earlier version.")
    ] = None,
    after: Annotated[int | None, Query(alias="to", ge=1, le=1_000_000, description="A later version.")] = None,
) -> Response:
    """The versions of a study that were ever here, and what changed between two; the last change when not said."""
    return _answer(request, answers.history_answer(_library(request), study_id, before=before, after=after))


@router.get("/studies/{study_id}/same", summary="Other registrations of a trial", responses=_says("Same"))
def same(request: Request, study_id: StudyId) -> Response:
    """Certain ones by ids, likely ones with reasons."""
    return _answer(request, answers.same_answer(_library(request), study_id))


@router.get("/landscape", summary="A field, counted", responses=_says("Landscape"))
def landscape(request: Request, q: Words = "") -> Response:
    """Everything that a search finds, by year and phase, status, sponsor, country, size and more."""
    return _answer(request, answers.landscape_answer(_library(request), Asked(q)))
