"""Spoiling answers: each fault is one way in which the registry, or the network before it, has been seen to fail."""

from __future__ import annotations

import gzip
import random
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace


@dataclass
class Answer:
    """An HTTP answer about to be sent."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    send_bytes: int | None = None  # the connection ends after so many bytes of the body
    send_length: bool = True  # False: no Content-Length, the end of the connection ends the body
    drop: bool = False  # the connection ends before any answer
    delay_s: float = 0.0


@dataclass(frozen=True)
class Fault:
    """One way to spoil an answer; `path` limits it to requests whose path begins so."""

    name: str
    spoil: Callable[[Answer], Answer]
    path: str = "/"

    @classmethod
    def status(cls, status: int, *, text: str = "", retry_after: str | None = None, path: str = "/") -> Fault:
        """A plain-text error, with any Retry-After header."""
        headers = {} if retry_after is None else {"Retry-After": retry_after}
        answer = Answer(status, (text or f"Error {status}").encode(), "text/plain", headers)
        return cls(f"status-{status}", lambda _: answer, path)

    @classmethod
    def cut(cls, at: int, *, length: bool = True, path: str = "/") -> Fault:
        """The body ends after `at` bytes; `length` False hides it by not saying how long it was to be."""
        return cls(f"cut-{at}", lambda a: replace(a, send_bytes=at, send_length=length), path)

    @classmethod
    def named(cls, name: str, *, path: str = "/") -> Fault:
        """A fault of the fixed list `KINDS`."""
        return cls(name, KINDS[name], path)


_HTML = b"<!doctype html><title>Sign in</title><p>Welcome to the guest network."


def _half(body: bytes) -> bytes:
    return body[: len(body) // 2]


KINDS: dict[str, Callable[[Answer], Answer]] = {
    "drop": lambda a: replace(a, drop=True),
    "cut-half": lambda a: replace(a, send_bytes=len(a.body) // 2),
    "cut-half-unsaid": lambda a: replace(a, send_bytes=len(a.body) // 2, send_length=False),
    "bad-gzip": lambda a: replace(a, body=_half(gzip.compress(a.body)), headers={"Content-Encoding": "gzip"}),
    "not-gzip": lambda a: replace(a, headers={"Content-Encoding": "gzip"}),
    "html": lambda a: Answer(200, _HTML, "text/html"),
    "html-as-json": lambda a: Answer(200, _HTML),
    "empty": lambda a: replace(a, body=b""),
    "other-json": lambda a: replace(a, body=b'{"message":"ok"}'),
    "wrong-type": lambda a: replace(a, body=b'{"studies":{"0":null}}'),
    "portal": lambda a: Answer(302, b"", "text/html", {"Location": "http://portal.invalid/login"}),
    "429": lambda a: Answer(429, b"Too many requests", "text/plain"),
    "429-after-1": lambda a: Answer(429, b"Too many requests", "text/plain", {"Retry-After": "1"}),
    "500": lambda a: Answer(500, b"Internal error", "text/plain"),
    "502-html": lambda a: Answer(502, b"<html><h1>Bad gateway</h1></html>", "text/html"),
    "503": lambda a: Answer(503, b"Unavailable", "text/plain", {"Retry-After": "2"}),
    "504": lambda a: Answer(504, b"", "text/plain"),
}


class Faults:
    """Which requests are spoilt: those queued first, then a share of all others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """No more faults."""
        with self._lock:
            self._queue: deque[Fault] = deque()
            self._always: list[Fault] = []
            self._share, self._kinds, self._random = 0.0, tuple(KINDS), random.Random(0)
            self.injected: Counter[str] = Counter()

    def next(self, *faults: Fault) -> None:
        """Spoil the next requests that the faults' paths fit, one each."""
        with self._lock:
            self._queue.extend(faults)

    def always(self, fault: Fault) -> None:
        """Spoil every request that the fault's path fits."""
        with self._lock:
            self._always.append(fault)

    def share(self, share: float, *, seed: int, kinds: tuple[str, ...] | None = None) -> None:
        """Spoil this share of all requests, at random."""
        with self._lock:
            self._share, self._kinds, self._random = share, kinds or tuple(KINDS), random.Random(seed)

    def spoil(self, path: str, answer: Answer) -> Answer:
        """The answer as it leaves."""
        with self._lock:
            fault = self._pick(path)
            if fault is None:
                return answer
            self.injected[fault.name] += 1
        return fault.spoil(answer)

    def _pick(self, path: str) -> Fault | None:
        for fault in self._queue:
            if path.startswith(fault.path):
                self._queue.remove(fault)
                return fault
        for fault in self._always:
            if path.startswith(fault.path):
                return fault
        if self._share and self._random.random() < self._share:
            return Fault.named(self._random.choice(self._kinds))
        return None
