"""Running coroutines in tests: a browser that is open keeps a loop in the main thread, and two do not fit into one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio


def run(call: Callable[[], Any]) -> Any:
    """What an async function returns, run in a thread of its own."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(anyio.run, call).result()
