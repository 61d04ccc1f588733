"""What an index needs of the log. Must not know how it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from ..model import Study

Progress = Callable[[str, int, int | None], None]
"""Told what is being done, how many are done, and of how many (None: not known)."""


class Log(Protocol):
    """Where studies come from; it can be pickled, so that a process reads for itself."""

    def positions(self) -> list[int]:
        """The positions of all current studies, rising."""

    def studies(self, *, since: int = 0, upto: int | None = None) -> Iterator[tuple[int, str, Study | None]]:
        """(position, id, study) with since < position <= upto; study None: gone."""
