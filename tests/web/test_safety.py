"""What every answer and request must satisfy, on a real server."""

from __future__ import annotations

import http.client
import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests import loops
from trialkin.web.safety import HEADERS, MAX_BODY_BYTES, Safety


def ask(
    site: str, path: str, *, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None
) -> http.client.HTTPResponse:
    """One request with exactly these headers beside Host."""
    where = urlsplit(site)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=20)
    connection.putrequest(method, path, skip_host="Host" in (headers or {}), skip_accept_encoding=True)
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    if body is not None and "Content-Length" not in (headers or {}):
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    answer.content = answer.read()  # type: ignore[attr-defined]
    connection.close()
    return answer


PATHS = (
    "/",
    "/health",
    "/studies/NCT07320690",
    "/studies/NCT07320690.json",
    "/studies/NCT00000001",
    "/nothing",
    "/static/trialkin.css",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(sample_site: str, path: str) -> None:
    answer = ask(sample_site, path)
    for name, value in HEADERS.items():
        assert answer.getheader(name) == value
    assert answer.getheader("server") is None
    assert answer.getheader("access-control-allow-origin") is None


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost.evil.example:{port}",
        "127.0.0.1:{port}.evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.:{port}",
        "127.0.0.1:{port}:80",
        "user@127.0.0.1:{port}",
        "0.0.0.0:{port}",
        "2130706433:{port}",
        "[::1]:{port}",
    ],
)
def test_only_known_hosts_are_answered(sample_site: str, host: str) -> None:
    port = urlsplit(sample_site).port
    answer = ask(sample_site, "/", headers={"Host": host.format(port=port)})
    assert answer.status in {400, 421}
    assert b"studies" not in answer.content  # type: ignore[attr-defined]


def test_localhost_is_answered(sample_site: str) -> None:
    assert ask(sample_site, "/health", headers={"Host": f"localhost:{urlsplit(sample_site).port}"}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_forms_of_other_sites_are_refused(sample_site: str, headers: dict[str, str]) -> None:
    answer = ask(sample_site, "/", method="POST", headers=headers, body=b"x=1")
    assert answer.status == 403


def test_bodies_are_bounded(sample_site: str) -> None:
    assert ask(sample_site, "/", method="POST", headers={"Content-Length": str(MAX_BODY_BYTES + 1)}).status == 413
    assert ask(sample_site, "/", method="POST", headers={"Transfer-Encoding": "chunked"}).status == 411


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(sample_site: str, method: str) -> None:
    assert ask(sample_site, "/", method=method).status in {400, 405}


@pytest.mark.parametrize(
    "path",
    [
        "/static/../errors.py",
        "/static/%2e%2e/errors.py",
        "/static//etc/passwd",
        "//evil.example/%2e%2e",
        "/studies/%2e%2e",
    ],
)
def test_paths_lead_nowhere_else(sample_site: str, path: str) -> None:
    answer = ask(sample_site, path)
    assert answer.status in {400, 404}
    assert "evil.example" not in (answer.getheader("location") or "")


def test_unknown_text_is_not_echoed_as_markup(sample_site: str) -> None:
    answer = ask(sample_site, "/studies/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert answer.status in {400, 404}
    assert b"<script>alert" not in answer.content  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "status"), [("/studies/NCT00000001.json", 404), ("/studies/x.json", 400), ("/nothing.json", 404)]
)
def test_json_addresses_answer_errors_as_problem_documents(sample_site: str, path: str, status: int) -> None:
    answer = ask(sample_site, path)
    assert answer.status == status and answer.headers["content-type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == status  # type: ignore[attr-defined]


def raw_answer(site: str, sent: bytes) -> bytes:
    """What comes back for bytes as they are, until the server closes; it must within seconds."""
    where = urlsplit(site)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=15) as connection:
        connection.sendall(sent)
        found = b""
        while part := connection.recv(65536):
            found += part
        return found


@pytest.mark.parametrize(
    "origins", [("http://a.invalid", "http://b.invalid"), ("http://a.invalid", "own"), ("own", "http://a.invalid")]
)
def test_two_origins_are_from_nobody(sample_site: str, origins: tuple[str, str]) -> None:
    host = urlsplit(sample_site).netloc
    lines = "".join(f"Origin: {sample_site if each == 'own' else each}\r\n" for each in origins)
    sent = f"POST / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{lines}Content-Length: 0\r\n\r\n"
    assert raw_answer(sample_site, sent.encode()).startswith(b"HTTP/1.1 403")


def test_a_half_sent_request_is_dropped(sample_site: str) -> None:
    started = time.monotonic()
    assert raw_answer(sample_site, b"GET / HTTP/1.1\r\nHost: ") == b""
    assert time.monotonic() - started < 10


def test_a_body_is_counted_as_it_comes() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("it must not get here")

    async def endless() -> dict[str, Any]:
        return {"type": "http.request", "body": b"x" * 100_000, "more_body": True}

    statuses: list[int] = []

    async def send(message: Any) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    headers = [(b"host", b"localhost:1"), (b"content-length", b"3")]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    loops.run(lambda: Safety(app, hosts=["localhost:1"])(scope, endless, send))
    assert statuses == [413]
