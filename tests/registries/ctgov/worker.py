"""Runs syncs in processes that can be killed: `python -m tests.registries.ctgov.worker`, one JSON request a line.

Everything is imported once; each sync runs in a fork of its own. The process has no other threads.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import httpx2

import trialkin.indexes.search.index  # noqa: F401  before forking, for speed
from trialkin import Library, cli
from trialkin.config import Settings
from trialkin.registries.ctgov import Scope, synchronize
from trialkin.registries.ctgov.client import Registry


def main() -> None:
    """Answer requests until the input ends."""
    _warm_up()
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "race":
            _race(request)
        else:
            child = _fork(lambda: _sync(request))  # noqa: B023  run before the next line is read
            if request.get("kill_after_s") is not None:
                time.sleep(request["kill_after_s"])
                os.kill(child, signal.SIGKILL)
            _tell(os.waitpid(child, 0)[1])


def _warm_up() -> None:
    """Load what a sync loads on its way, so that forks need not."""
    httpx2.Client().close()
    sys.argv = ["trialkin", "sync", "--help"]
    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
        cli.main()


def _tell(status: int, **more: Any) -> None:
    sys.stdout.write(json.dumps({"code": os.waitstatus_to_exitcode(status), **more}) + "\n")
    sys.stdout.flush()


def _fork(work: Any) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work()
    except SystemExit as error:
        os._exit(error.code if isinstance(error.code, int) else 1)
    else:
        os._exit(0)
    finally:
        os._exit(99)  # any other exception: a fork never comes back


def _sync(request: dict[str, Any]) -> None:
    seen = 0

    def progress(what: str, _done: int, _total: int | None) -> None:
        nonlocal seen
        if what == request.get("kill_at"):
            seen += 1
            if seen == request["kill_at_time"]:
                os.kill(os.getpid(), signal.SIGKILL)

    settings = Settings(library=Path(request["folder"]), registry_url=request["url"], requests_per_second=1e9)
    with (
        Library(settings.library, create=True) as library,
        Registry(settings.registry_url, requests_per_second=1e9, page_size=10) as registry,
    ):
        if request.get("projections"):
            library.sync(Scope(), registry=registry, progress=progress)
        else:
            with library.store.writing():
                synchronize(library.store, registry, Scope(), progress=progress)


def _race(request: dict[str, Any]) -> None:
    """Two `trialkin sync` at once; told in the order in which they end."""
    os.environ["TRIALKIN_REGISTRY_URL"] = request["url"]
    os.environ["TRIALKIN_REQUESTS_PER_SECOND"] = "1000000"
    sys.argv = ["trialkin", "sync", "--library", request["folder"]]
    started = time.monotonic()
    children = {_fork(cli.main), _fork(cli.main)}
    while children:
        child, status = os.wait()
        children.remove(child)
        _tell(status, seconds=time.monotonic() - started)


if __name__ == "__main__":
    main()
