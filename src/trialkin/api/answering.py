"""Studies for a request of the registry's API: which, in what order, as which bytes. Must not know HTTP."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import msgspec

from ..errors import InvalidValue, NotFound
from ..library import Library
from .asked import Asked
from .fields import Field, Tree, cut

MOST_READ = 20_000
"""Studies whose records are read for an order or a range that the index does not keep."""

_KEPT = 32
_POSTED = "LastUpdatePostDate"


class Answers:
    """Which studies a request finds, kept for the pages that follow. Safe from many threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: OrderedDict[tuple[str, int], tuple[str, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def ids(self, asked: Asked) -> tuple[str, ...]:
        """All ids, in the order asked for.

        Raises:
            InvalidValue: a search that cannot be read, or too many records to read for its order.
        """
        key = (asked.signature, self._library.store.last_seq)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = _find(self._library, asked)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found


def record_bytes(library: Library, nct_id: str, tree: Tree) -> bytes:
    """A study's record as JSON: as stored, or what a tree wants of it; raises as `Library.find`."""
    raw = library.find(nct_id).record.raw or b"{}"
    if not tree:
        return raw
    return msgspec.json.encode(cut(msgspec.json.decode(raw), tree) or {})


def _find(library: Library, asked: Asked) -> tuple[str, ...]:
    ids = _by_search(library, asked)
    if asked.within:
        _bounded(ids, "a range of a date that the index does not keep")
        ids = tuple(i for i in ids if all(w.holds(_decoded(library, i)) for w in asked.within))
    for field, falls in reversed(asked.sort):
        if field is not None:
            ids = _sorted(library, ids, field, falls=falls)
    return ids


def _by_search(library: Library, asked: Asked) -> tuple[str, ...]:
    searched = bool(asked.search.text or asked.search.filters)
    if asked.ids is None:
        return library.search_all(asked.search)
    current = tuple(dict.fromkeys(filter(None, (_current(library, nct_id) for nct_id in sorted(asked.ids)))))
    if not searched:
        return current
    return tuple(nct_id for nct_id in library.search_all(asked.search) if nct_id in set(current))


def _current(library: Library, nct_id: str) -> str | None:
    try:
        return library.study(nct_id).nct_id
    except NotFound:
        return None  # an id that is not here narrows to nothing, as at the registry


def _sorted(library: Library, ids: Sequence[str], field: Field, *, falls: bool) -> tuple[str, ...]:
    values = _values(library, ids, field)
    stated = sorted((i for i in ids if i in values), key=values.__getitem__, reverse=falls)
    return (*stated, *(i for i in ids if i not in values))


def _values(library: Library, ids: Sequence[str], field: Field) -> dict[str, Any]:
    if field.piece == _POSTED:
        return {nct_id: date for nct_id, date in library.store.posted_dates().items() if date}
    _bounded(ids, f"sorting by {field.piece}")
    found = {nct_id: next(field.values(_decoded(library, nct_id)), None) for nct_id in ids}
    return {nct_id: value for nct_id, value in found.items() if value is not None}


def _bounded(ids: Sequence[str], what: str) -> None:
    if len(ids) > MOST_READ:
        raise InvalidValue(f"{what} reads records, {MOST_READ:,} at most; this request finds {len(ids):,}")


def _decoded(library: Library, nct_id: str) -> Any:
    return msgspec.json.decode(library.find(nct_id).record.raw or b"{}")
