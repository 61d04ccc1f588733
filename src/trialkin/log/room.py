"""Saying that a disk is full, whoever found out. Must not know what is written."""

from __future__ import annotations

import errno
import re
import shutil
from pathlib import Path

import apsw

from ..errors import NoRoom, TrialkinError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# as the search engine writes it; it has no errors of its own kind
_CODES = "|".join(map(str, sorted(_FULL)))
_ENGINE_FULL = re.compile(rf"(?:code:|os error) (?:{_CODES})\b|No space left|File too large|quota exceeded")
_LEAST_BYTES = 50_000_000


def is_no_room(error: BaseException) -> bool:
    """Whether an error, or what caused it, is that nothing more can be written."""
    if isinstance(error, apsw.FullError | apsw.IOError):
        return True
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    if _ENGINE_FULL.search(str(error)):
        return True
    return error.__cause__ is not None and is_no_room(error.__cause__)


def no_room(folder: Path, error: BaseException) -> TrialkinError:
    """The error to raise: what is free, and what an import or a rebuild needs at most (the library once more)."""
    free = shutil.disk_usage(folder).free
    held = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    needed = max(_LEAST_BYTES, held)
    limit = "; so it is this process that may not write more (ulimit -f, or a quota)" if free > needed else ""
    return NoRoom(
        f"there is no room to write in {folder} ({error}); {free / 1e6:,.0f} MB are free there{limit}",
        hint=f"Make room: about {needed / 1e6:,.0f} MB for this library to grow or be made again, and the size of what "
        "is imported. What was acknowledged is kept; the same command goes on from there.",
    )
