"""The page of a study's kin, and the same as JSON."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from ..errors import InvalidValue
from ..indexes.related.answer import Kinship
from ..indexes.related.relations import Relation
from ..library import Library
from ..views.kin import kinship_json
from ..views.related_page import LIMIT, related_page
from .render import library_of, page

router = APIRouter()


@router.get("/studies/{nct_id}/related")
def related(request: Request, nct_id: str) -> Response:
    """Kin with reasons; `w.SIGNAL` are weights in percent, `relation` one kind of kin."""
    library = library_of(request)
    study = library.study(nct_id)
    relation = request.query_params.get("relation", "")
    found = _asked(request, library, study.nct_id)
    return page(request, "related.html", page=related_page(study, found, relation=relation))


@router.get("/studies/{nct_id}/related.json")
def related_json(request: Request, nct_id: str) -> Response:
    """The same answer as `trialkin related --format json`."""
    return JSONResponse(kinship_json(_asked(request, library_of(request), nct_id)))


def _asked(request: Request, library: Library, nct_id: str) -> Kinship:
    given = request.query_params
    weights = {name[2:]: _percent(name, value) for name, value in given.items() if name.startswith("w.") and value}
    relation = given.get("relation", "")
    if relation and relation not in tuple(Relation):
        raise InvalidValue(f"there is no relation {relation!r}", hint=f"One of: {', '.join(Relation)}")
    return library.related(
        nct_id, limit=LIMIT, weights=weights or None, relation=Relation(relation) if relation else None
    )


def _percent(name: str, value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise InvalidValue(f"{name} must be a number, not {value[:20]!r}") from error
