"""What every answer and every request must satisfy, whatever the page.

A local server is reachable by any page that the person's browser shows: so only known Host names are answered
(DNS rebinding), only our own pages may send forms (cross-site requests), and no page of ours runs anything inline
or loads anything from elsewhere. Must not know any single page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 1024 * 1024
BODY_SECONDS = 10.0  # a form of ours arrives at once
_TOO_LARGE = f"The request is larger than {MAX_BODY_BYTES:,} bytes."

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Safety:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _with_headers(send)
        problem = self._problem(scope["method"], Headers(scope=scope))
        if problem is None and scope["method"] == "POST":
            try:
                receive = await _arrived(receive)
            except _Unfit as unfit:
                problem = unfit.problem
        if problem:
            await PlainTextResponse(problem[1] + "\n", status_code=problem[0])(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _problem(self, method: str, headers: Headers) -> tuple[int, str] | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return 421, "This server answers only to its own local address."
        if method in {"GET", "HEAD"}:
            return None
        if method not in {"POST"}:
            return 405, "This method is not used here."
        if not self._is_ours(headers.getlist("origin"), headers.getlist("sec-fetch-site")):
            return 403, "Forms are accepted only from this server's own pages."
        lengths = headers.getlist("content-length")
        if len(lengths) != 1 or not lengths[0].isdigit():
            return 411, "The request must state its length."
        if int(lengths[0]) > MAX_BODY_BYTES:
            return 413, _TOO_LARGE
        return None

    def _is_ours(self, origins: list[str], sites: list[str]) -> bool:
        """Whether a form comes from one of our own pages; a header that is sent twice is from nobody we know."""
        if len(origins) > 1 or len(sites) > 1 or not {*sites} <= {"same-origin", "none"}:
            return False
        if origins == ["null"]:  # what browsers send with our own forms, because our pages send no referrer
            return sites == ["same-origin"]
        return {*origins} <= {f"http://{host}" for host in self.hosts}


class _Unfit(Exception):
    """A body that is not taken: `problem` is (status, words)."""

    def __init__(self, problem: tuple[int, str]) -> None:
        super().__init__(problem[1])
        self.problem = problem


async def _arrived(receive: Receive) -> Receive:
    """The whole body, counted as it comes whatever was announced, to be received again at once.

    Raises:
        _Unfit: it is larger than is taken, or does not come.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > MAX_BODY_BYTES:
                    raise _Unfit((413, _TOO_LARGE))
                if message["type"] != "http.request" or not message.get("more_body"):
                    break
    except TimeoutError:
        raise _Unfit((408, "The request did not come to its end.")) from None
    whole: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

    async def again() -> Message:
        return whole.pop() if whole else await receive()

    return again


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sender
