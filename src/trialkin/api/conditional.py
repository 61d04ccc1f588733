"""JSON answers with a tag of what they say, so that a program that has them is told so (304). Knows no verb."""

from __future__ import annotations

import hashlib
import re

from fastapi import Request
from starlette.responses import Response

JSON = "application/json"
_TAG = re.compile(r'"[^"]*"')


def tagged(request: Request, body: bytes, *, media_type: str = JSON) -> Response:
    """The answer, or 304 where the request names its tag in If-None-Match."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in _TAG.findall(known):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
