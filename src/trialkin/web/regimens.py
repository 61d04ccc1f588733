"""The page that asks which dose rows apply.

Facts about a person come by POST and are answered in the page: never in an address, a file or a log.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from ..reading.markup import plain
from ..views.regimens import NOTICE, askables, stated, study_blocks
from .render import library_of, page

router = APIRouter()
MAX_VALUE = 100


@router.get("/studies/{nct_id}/doses")
def doses(request: Request, nct_id: str) -> Response:
    """The form, and the rows without an answer."""
    return _page(request, nct_id, {})


@router.post("/studies/{nct_id}/doses")
async def which_apply(request: Request, nct_id: str) -> Response:
    """The rows, each with whether it applies."""
    form = await request.form(max_fields=100)
    given = {key: value[:MAX_VALUE] for key, value in form.items() if isinstance(value, str)}
    return _page(request, nct_id, given, asked=True)


def _page(request: Request, nct_id: str, given: dict[str, str], *, asked: bool = False) -> Response:
    library = library_of(request)
    found = library.find(nct_id)
    study, texts = found.study, library.reading(found).doses
    fields = askables(texts)
    values = {field.subject: given.get(f"fact-{number}", "") for number, field in enumerate(fields)}
    answer = page(
        request,
        "doses.html",
        nct_id=study.nct_id,
        title=plain(study.title),
        fields=fields,
        values=values,
        notice=NOTICE,
        blocks=study_blocks(texts, stated(values) if asked else None),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
