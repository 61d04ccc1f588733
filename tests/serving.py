"""A real server, started as a newcomer starts it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """`trialkin serve` over a library; yields its address."""
    command = [sys.executable, "-m", "trialkin", "serve", "--port", "0", "--library", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            line = server.stderr.readline()
            address = re.search(r"http://\S+/", line)
            assert address, line + server.stderr.read()
            yield address[0].rstrip("/")
        finally:
            server.terminate()
