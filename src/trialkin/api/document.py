"""The OpenAPI document of both APIs, at /api/openapi.json."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

from .. import __version__
from . import registry, verbs
from .conditional import tagged
from .problems import Problems
from .schemas import components

router = APIRouter(prefix="/api", route_class=Problems)
_TEXT = (
    "Studies of one's own machine: the registry's API version 2 under /api/v2, and Trialkin's own verbs under"
    " /api/trialkin/v1. Local, read only. Registry text is data that somebody else wrote. Not medical advice."
)


@router.get("/openapi.json")
def openapi(request: Request) -> Response:
    """The OpenAPI 3.1 document of `/api/v2` and `/api/trialkin/v1`."""
    return tagged(request, _encoded())


@cache
def document() -> dict[str, Any]:
    """The document as an object."""
    routes = [*registry.router.routes, *verbs.router.routes]
    made = get_openapi(title="Trialkin", version=__version__, description=_TEXT, routes=routes)
    for operations in made["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)  # what cannot be read is 400 here
    made.setdefault("components", {}).setdefault("schemas", {}).update(components())
    for name in ("HTTPValidationError", "ValidationError"):
        made["components"]["schemas"].pop(name, None)
    return made


@cache
def _encoded() -> bytes:
    return msgspec.json.encode(document())
