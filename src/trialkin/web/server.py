"""Serving the app on loopback.

Must not know any page.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..errors import TrialkinError
from ..library import Library
from .app import create_app

LOOPBACK = "127.0.0.1"
HEAD_SECONDS = 5.0


class Prompt(H11Protocol):
    """HTTP for a person's own machine: who begins a request and does not end its head within seconds is dropped."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self._wait()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self.loop.call_later(HEAD_SECONDS, self._drop)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _drop(self) -> None:
        self._waiting = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


def run(library: Library, *, port: int, ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `ready` is told the address once connections are accepted.

    Raises:
        TrialkinError: the port is taken.
    """
    # named as TCP, or asyncio does not switch Nagle's delay off for its connections: 40 ms on every answer
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((LOOPBACK, port))
        except OSError as error:
            raise TrialkinError(f"port {port} is taken", hint="Choose another: trialkin serve --port 0") from error
        sock.listen(128)
        bound = sock.getsockname()[1]
        app = create_app(library, hosts=(f"{LOOPBACK}:{bound}", f"localhost:{bound}"))
        ready(f"http://{LOOPBACK}:{bound}/")
        config = uvicorn.Config(app, http=Prompt, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[sock])
