"""What was found out about a search, kept in memory for the next question about it; a state of the index has its own.

Must not know what it keeps.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Thing = TypeVar("Thing")


class Kept:
    """The last things made, by what they were asked for; the one that was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._things: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing kept under the key, made when it is not there; two who ask at once may both make it."""
        with self._lock:
            if key in self._things:
                found: Thing = self._things.pop(key)
                self._things[key] = found  # the last one asked for
                return found
        made = make()
        with self._lock:
            self._things[key] = made
            if len(self._things) > self._most:
                del self._things[next(iter(self._things))]
        return made
