"""What every answer and every request must satisfy, whatever the page.

A local server is reachable by any page that the person's browser shows: so only known Host names are answered
(DNS rebinding), only our own pages may send forms (cross-site requests), and no page of ours runs anything inline
or loads anything from elsewhere. Must not know any single page.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 1024 * 1024

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
        problem = self._problem(scope["method"], Headers(scope=scope))
        app = PlainTextResponse(problem[1] + "\n", status_code=problem[0]) if problem else self.app
        await app(scope, receive, _with_headers(send))

    def _problem(self, method: str, headers: Headers) -> tuple[int, str] | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return 421, "This server answers only to its own local address."
        if method in {"GET", "HEAD"}:
            return None
        if method not in {"POST"}:
            return 405, "This method is not used here."
        origin = headers.get("origin")
        site = headers.get("sec-fetch-site", "same-origin")
        if origin == "null" and site == "same-origin" and "sec-fetch-site" in headers:
            origin = None  # what browsers send with our own forms, because our pages send no referrer
        if (origin is not None and origin not in {f"http://{host}" for host in self.hosts}) or site not in {
            "same-origin",
            "none",
        }:
            return 403, "Forms are accepted only from this server's own pages."
        length = headers.get("content-length", "")
        if not length.isdigit():
            return 411, "The request must state its length."
        if int(length) > MAX_BODY_BYTES:
            return 413, f"The request is larger than {MAX_BODY_BYTES:,} bytes."
        return None


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sender
