"""Serving the app on loopback.

Must not know any page.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from ..errors import TrialkinError
from ..library import Library
from .app import create_app

LOOPBACK = "127.0.0.1"


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
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[sock])
