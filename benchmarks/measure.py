"""What the benchmarks share: the machine in a line, percentiles, tables, servers of the products compared."""

from __future__ import annotations

import atexit
import contextlib
import http.client
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

_SERVERS: dict[int, int] = {}
PACKAGES = ("apsw", "tantivy", "msgspec", "zstandard", "numpy", "fastapi", "uvicorn", "datasette")


def machine() -> str:
    """Processor, cores, memory, load and versions of what is measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    parts = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, "
        f"load average {load}; Python {platform.python_version()}, {parts}"
    )


def _processor() -> str:
    with contextlib.suppress(OSError), open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share lies, interpolated."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


@dataclass
class Times:
    """Durations of one thing, in milliseconds."""

    values: list[float]

    def at(self, share: float) -> float:
        """A percentile in milliseconds."""
        return percentile(self.values, share)

    def cell(self) -> str:
        """p50 / p95 / p99."""
        if not self.values:
            return "–"
        return " / ".join(_short(self.at(share)) for share in (0.5, 0.95, 0.99))


def _short(value: float) -> str:
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def ratio(one: Times, other: Times, share: float) -> str:
    """How many times longer the other takes."""
    if not one.values or not other.values:
        return "–"
    times = other.at(share) / one.at(share)
    return f"{times:.1f}×" if times < 10 else f"{times:,.0f}×"


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that an act takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A Markdown table, each row as soon as it is measured."""
    print(table(head, []))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |", flush=True)


def size_of(path: Path) -> int:
    """Bytes of a file or of all files in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())


def megabytes(size: float) -> str:
    """Bytes as MB or GB of powers of ten."""
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"


def trialkin(*words: str) -> list[str]:
    """The command line of Trialkin in this interpreter."""
    return [sys.executable, "-m", "trialkin", *words]


@cache
def environment() -> dict[str, str]:
    """Of started processes: compiled modules are kept, as they are in an installation."""
    kept = tempfile.mkdtemp(prefix="trialkin-bench-")
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPYCACHEPREFIX": kept}


def datasette(database: Path, port: int, *, patience: float = 60) -> list[str]:
    """Datasette over an unchanging file; its time limits, 1 s and 0.2 s, raised to `patience` seconds."""
    limits = [
        word
        for name in ("sql", "facet")
        for word in ("--setting", f"{name}_time_limit_ms", f"{patience * 1000:.0f}")
    ]
    words = ["serve", "--immutable", str(database), "--host", "127.0.0.1", "--port", str(port)]
    return [sys.executable, "-m", "datasette", *words, *limits, "--setting", "suggest_facets", "off"]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextlib.contextmanager
def serving(command: Sequence[str], port: int, *, path: str = "/") -> Iterator[float]:
    """A server in a process of its own; yields the seconds until it answered."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    _SERVERS[port] = process.pid
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.perf_counter() - started > 120:
                raise RuntimeError(f"no answer from: {' '.join(command)}")
            time.sleep(0.005)
        yield time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(20)


def processor_seconds(port: int) -> float:
    """What the server at a port, started by `serving`, has used of processors so far; nan where none can tell."""
    try:
        used = Path(f"/proc/{_SERVERS[port]}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


def _answers(port: int, path: str) -> bool:
    try:
        Client(port).get(path)
    except OSError:
        return False
    return True


class Client:
    """One kept-alive connection to a server on loopback."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str) -> bytes:
        """The body of a page.

        Raises:
            OSError: no connection, or an answer that is neither 2xx nor 3xx.
        """
        try:
            self._connection.request("GET", path)
            answer = self._connection.getresponse()
            body = answer.read()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        if answer.status >= 400:
            raise OSError(f"{answer.status} for {path}")
        return body
