"""Asking politely over HTTP: one connection, a bounded rate, waits that honour Retry-After, whole bodies only.

Owns when to ask again and when to give up. Must not know what an answer means beyond "JSON", "text" or "file".
"""

from __future__ import annotations

import datetime as dt
import email.utils
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin

from ...errors import (
    InvalidValue,
    MissingExtra,
    RegistryError,
    RegistryRefusal,
    RegistryUnreachable,
    UntrustedAnswer,
)

if TYPE_CHECKING:
    import httpx2

ATTEMPTS = 7
_SAME_REASON_LIMIT = 3  # a 500 that says the same thing so often is about the request, not about the moment
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
Answer = TypeVar("Answer")
_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 60.0
LONGEST_RETRY_AFTER_S = 900.0
_SECONDS = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]+)?")
_MAX_BODY_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True)
class Clock:
    """Time as the transport sees it; tests give one of their own."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], dt.datetime] = field(default=lambda: dt.datetime.now(dt.UTC))


@dataclass(frozen=True)
class Reply:
    """A whole answer: status 200, or 301 and 404 where the caller asked for them."""

    status: int
    body: bytes
    location: str | None = None


class _TryAgain(Exception):
    """This attempt failed in a way that may pass.

    wait_s: what the registry asked for, None when it did not. final: what to raise when the same reason comes
    back again and again, None to go on for all attempts.
    """

    def __init__(self, reason: str, *, wait_s: float | None = None, final: RegistryError | None = None) -> None:
        super().__init__(reason)
        self.reason, self.wait_s, self.final = reason, wait_s, final


class Transport:
    """Requests to one registry. Not for use from several threads.

    requests_per_second: bound on the rate; infinity for none.
    waiting: told (reason, seconds) before every wait of a second or longer.
    """

    def __init__(
        self,
        base_url: str,
        *,
        requests_per_second: float = 1.0,
        timeout_s: float = 60.0,
        clock: Clock | None = None,
        waiting: Callable[[str, float], None] | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.sent = 0
        self._spacing_s = 1.0 / requests_per_second
        self._timeout_s = timeout_s
        self._clock = clock or Clock()
        self._waiting = waiting or (lambda _reason, _seconds: None)
        self._next_at = self._clock.monotonic()

    @cached_property
    def _client(self) -> httpx2.Client:
        return _open_client(self._timeout_s)

    def close(self) -> None:
        """Close the connection, if there is one."""
        if "_client" in self.__dict__:
            self._client.close()

    def get(
        self,
        path: str,
        parameters: Mapping[str, str] | None = None,
        *,
        check: Callable[[bytes], Any] = bytes,
        expected: frozenset[int] = frozenset({200}),
    ) -> tuple[Reply, Any]:
        """A whole answer and what `check` made of its body (None unless the status is 200).

        `check` raises ValueError when the body is not what was asked for; that counts as a failed attempt.

        Raises:
            RegistryUnreachable, RegistryRefusal, UntrustedAnswer.
        """

        def attempt() -> tuple[Reply, Any]:
            with self._stream(path, parameters) as response:
                reply = self._judge(response, expected)
            if reply.status != 200:
                return reply, None
            try:
                return reply, check(reply.body)
            except ValueError as error:
                raise _TryAgain(_not_usable(reply.body, error)) from error

        return self._persist(attempt)

    def fetch(self, path: str, parameters: Mapping[str, str], file: DownloadFile) -> None:
        """A large answer into a file, going on where it broke off when the registry can do that.

        Raises: as `get`.
        """

        def attempt() -> None:
            headers = file.resume_headers()
            with self._stream(path, parameters, headers) as response:
                if response.status_code == 416:
                    file.forget()
                    raise _TryAgain("the file has changed at the registry")
                if response.status_code not in {200, 206}:
                    self._judge(response, frozenset())
                file.begin(response.headers, resumed=response.status_code == 206 and bool(headers))
                for chunk in response.iter_raw(1 << 20):
                    file.write(chunk)
                try:
                    file.finish()
                except ValueError as error:
                    raise _TryAgain(str(error)) from error

        self._persist(attempt)

    def _persist(self, attempt: Callable[[], Answer]) -> Answer:
        repeats: Counter[str] = Counter()
        for number in range(ATTEMPTS):
            self._pace()
            try:
                return attempt()
            except _TryAgain as failure:
                reason = failure.reason
                wait_s = self._wait_s(number, failure)
                repeats[reason] += 1
                if failure.final is not None and repeats[reason] == _SAME_REASON_LIMIT:
                    raise failure.final from failure
            if number + 1 < ATTEMPTS and wait_s > 0:
                if wait_s >= 1:
                    self._waiting(reason, wait_s)
                self._clock.sleep(wait_s)
        raise RegistryUnreachable(
            f"no usable answer from {self.base_url} in {ATTEMPTS} attempts; the last: {reason}",
            hint="What was fetched is kept; run the same command again to go on.",
        )

    def _wait_s(self, number: int, failure: _TryAgain) -> float:
        own = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * float(2**number)) * random.uniform(0.5, 1.0)
        asked = failure.wait_s
        if asked is None:
            return own
        if asked > LONGEST_RETRY_AFTER_S:
            raise RegistryUnreachable(
                f"the registry asks to wait {asked:,.0f} seconds ({failure.reason})",
                hint="What was fetched is kept; run the same command again later.",
            ) from failure
        return asked + own * 0.1

    def _pace(self) -> None:
        wait_s = self._next_at - self._clock.monotonic()
        if wait_s > 0:
            self._clock.sleep(wait_s)
        self._next_at = self._clock.monotonic() + self._spacing_s

    @contextmanager
    def _stream(
        self, path: str, parameters: Mapping[str, str] | None, headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx2.Response]:
        client = self._client  # first: it says which package is missing
        import httpx2

        self.sent += 1
        try:
            with client.stream(
                "GET", self.base_url + path, params=dict(parameters or {}), headers=dict(headers or {})
            ) as response:
                yield response
        except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
            raise InvalidValue(f"{self.base_url} is no address of a registry: {error}") from error
        except httpx2.TransportError as error:
            raise _TryAgain(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__) from error
        except httpx2.DecodingError as error:
            raise _TryAgain(f"the answer does not unpack: {error}") from error

    def _judge(self, response: httpx2.Response, expected: frozenset[int]) -> Reply:
        status = response.status_code
        body = _read(response)
        if status in expected:
            if status == 200 and "html" in response.headers.get("content-type", "").lower():
                raise _TryAgain("a web page came instead of data (a log-in page of the network?)")
            return Reply(status, body, urljoin(str(response.url), response.headers.get("location", "")))
        text = _plain(body)
        if status in _TRANSIENT:
            asked = retry_after_s(response.headers.get("retry-after"), now=self._clock.now())
            final = RegistryRefusal(
                f"the registry answers this request with an error each time: HTTP {status} {text}",
                status=status,
                hint="A field name or an expression in the request may be unknown to it.",
            )
            raise _TryAgain(f"HTTP {status} {text}".strip(), wait_s=asked, final=final if status == 500 else None)
        if 300 <= status < 400:
            reason = (
                f"the registry's address leads elsewhere: HTTP {status} to {response.headers.get('location')!r}"
            )
            hint = "A log-in page of the network may be in between, or the registry has moved."
            raise _TryAgain(reason, final=UntrustedAnswer(reason, hint=hint))
        raise RegistryRefusal(f"the registry refused the request (HTTP {status}): {text}", status=status)


class DownloadFile:
    """What `Transport.fetch` needs of a file that is being filled: see `sync.spool`."""

    def resume_headers(self) -> dict[str, str]:
        """Headers that ask for the rest, empty to ask for all of it."""
        raise NotImplementedError

    def begin(self, headers: Mapping[str, str], *, resumed: bool) -> None:
        """An answer begins; `resumed` when it goes on where the file ends."""
        raise NotImplementedError

    def write(self, chunk: bytes) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        """The answer is complete. Raises: ValueError when the file is not."""
        raise NotImplementedError

    def forget(self) -> None:
        """Begin anew."""
        raise NotImplementedError


def retry_after_s(header: str | None, *, now: dt.datetime) -> float | None:
    """Seconds that a Retry-After header asks for; None when there is none or it makes no sense.

    Source: RFC 9110, 10.2.3: whole seconds, or an HTTP date. A past date or a negative number asks for nothing.
    """
    text = (header or "").strip()
    if not text:
        return None
    if _SECONDS.fullmatch(text):
        return max(0.0, float(text))
    try:
        when = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    return max(0.0, (when - now).total_seconds())


def _open_client(timeout_s: float) -> httpx2.Client:
    try:
        import httpx2
    except ImportError as error:
        raise MissingExtra(
            "asking the registry needs the package httpx2", hint="pip install 'trialkin[sync]'"
        ) from error
    from ... import __version__

    return httpx2.Client(
        timeout=httpx2.Timeout(timeout_s, connect=min(timeout_s, 15.0)),
        limits=httpx2.Limits(max_connections=1, max_keepalive_connections=1),
        headers={"User-Agent": f"trialkin/{__version__}", "Accept-Encoding": "gzip"},
        follow_redirects=False,
    )


def _read(response: httpx2.Response) -> bytes:
    chunks, size = [], 0
    for chunk in response.iter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > _MAX_BODY_BYTES:
            raise UntrustedAnswer(f"the registry's answer is larger than {_MAX_BODY_BYTES:,} bytes")
    return b"".join(chunks)


def _plain(body: bytes) -> str:
    text = body[:2000].decode("utf-8", "replace")
    if text.lstrip().startswith("<"):
        return "(a web page)"
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


def _not_usable(body: bytes, error: ValueError) -> str:
    if body.lstrip()[:1] == b"<":
        return "a web page came instead of data (a log-in page of the network?)"
    return f"the answer is cut off or not what was asked for: {error}"
