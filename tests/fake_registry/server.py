"""The HTTP server: real sockets on loopback, one thread a connection, a log of every request."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from . import query
from .faults import Answer, Faults
from .query import Habits
from .records import Record, Records

_BASE = "/api/v2"


@dataclass(frozen=True)
class Request:
    """A request as it came in."""

    path: str
    parameters: dict[str, str]
    at: float  # monotonic seconds


class FakeRegistry:
    """A running registry: its records, its habits, its faults, and what was asked of it."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.habits = Habits()
        self.faults = Faults()
        self.requests: list[Request] = []
        self.on_request: Callable[[Request], None] | None = None
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.registry = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}{_BASE}"

    @classmethod
    @contextmanager
    def serving(cls, studies: Iterable[Record] = ()) -> Iterator[FakeRegistry]:
        """A registry for the time of a block."""
        registry = cls(Records(studies))
        try:
            yield registry
        finally:
            registry.close()

    def reset(self, records: Records) -> None:
        """Begin anew with other records, on the same address."""
        self.records, self.habits, self.on_request = records, Habits(), None
        self.faults.clear()
        self.requests.clear()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, request: Request, headers: Any) -> Answer:
        """The answer before it is spoilt."""
        path = request.path.removeprefix(_BASE)
        with self.records.lock:
            if not request.path.startswith(_BASE):
                return Answer(404, b"<html>Not found</html>", "text/html")
            if path == "/version":
                return query.version(self.records)
            if path == "/studies":
                return query.studies(self.records, request.parameters, self.habits)
            if path == "/studies/download":
                answer = query.download(self.records, self.habits)
                return _part_of(answer, headers.get("Range")) if self.habits.resumes_downloads else answer
            if path.startswith("/studies/"):
                return query.one_study(self.records, path.removeprefix("/studies/"), self.habits)
        return Answer(404, b"<html>Not found</html>", "text/html")


def _part_of(answer: Answer, wanted: str | None) -> Answer:
    headers = {"ETag": '"release-1"', "Accept-Ranges": "bytes"}
    match = re.fullmatch(r"bytes=(\d+)-", wanted or "")
    if match is None:
        return Answer(200, answer.body, answer.content_type, headers)
    start, size = int(match[1]), len(answer.body)
    headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
    return Answer(206, answer.body[start:], answer.content_type, headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    registry: FakeRegistry

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away (it was killed) is part of the game."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        registry = self.server.registry
        parts = urlsplit(self.path)
        request = Request(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), time.monotonic())
        registry.requests.append(request)
        answer = registry.faults.spoil(request.path, registry.answer(request, self.headers))
        if registry.on_request:
            registry.on_request(request)
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        if answer.delay_s:
            time.sleep(answer.delay_s)
        cut = answer.send_bytes is not None and answer.send_bytes < len(answer.body)
        self.close_connection = answer.drop or cut or not answer.send_length or self.close_connection
        if answer.drop:
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.send_length:
            self.send_header("Content-Length", str(len(answer.body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body[: answer.send_bytes])
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the requests are in the registry's own list."""
