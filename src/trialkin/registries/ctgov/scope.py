"""Which part of the registry a sync keeps, and what is remembered of it from one sync to the next.

Must not know HTTP or how records are stored.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from ...errors import InvalidValue
from ...log import Store
from ...model import NctId
from .fill import FillRates

_META_KEY = "sync:"
OVERLAP_DAYS = 2


@dataclass(frozen=True)
class Scope:
    """The whole registry, or a slice of it: a condition, a query in the registry's own language, or ids."""

    condition: str | None = None
    query: str | None = None
    ids: tuple[str, ...] = ()

    @classmethod
    def read(cls, *, condition: str | None = None, query: str | None = None, ids: Sequence[str] = ()) -> Scope:
        """A scope from what a person gave.

        Raises:
            InvalidValue: an id that is none, or ids together with a condition or query.
        """
        found = tuple(sorted({NctId(text) for item in ids for text in item.replace(",", " ").split()}))
        if found and (condition or query):
            raise InvalidValue(
                "ids cannot be joined with a condition or a query", hint="Sync them one after the other."
            )
        return cls((condition or "").strip() or None, (query or "").strip() or None, found)

    @property
    def is_whole(self) -> bool:
        return not (self.condition or self.query or self.ids)

    @property
    def key(self) -> str:
        """A short stable name: the same scope has the same key on every machine."""
        if self.is_whole:
            return "whole"
        text = json.dumps([self.condition, self.query, self.ids])
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()

    @property
    def parameters(self) -> dict[str, str]:
        """The slice as query parameters of the registry."""
        named = {"query.cond": self.condition, "query.term": self.query}
        return {name: text for name, text in named.items() if text}

    def describe(self) -> str:
        """For people: what is being kept."""
        if self.is_whole:
            return "the whole registry"
        if self.ids:
            return f"{len(self.ids)} studies by id" if len(self.ids) > 3 else ", ".join(self.ids)
        parts = [
            f"condition {self.condition!r}" if self.condition else "",
            f"query {self.query!r}" if self.query else "",
        ]
        return "studies with " + " and ".join(filter(None, parts))


class ScopeState(msgspec.Struct, kw_only=True):
    """What the last good sync of a scope left behind.

    started: the registry's data timestamp at its start; the next sync asks for updates since then, less two days.
    census: the data timestamp of the last census by ids. total: how many studies the registry lists.
    ids: those listed, for a slice; None for the whole registry (the library itself says).
    doubts: id -> data timestamp at which it was first missing from a census.
    fill: how often fields were filled in the studies that it received.
    """

    scope: str
    started: str
    census: str = ""
    total: int = 0
    ids: list[str] | None = None
    doubts: dict[str, str] = {}
    fill: FillRates = msgspec.field(default_factory=FillRates)

    @classmethod
    def load(cls, store: Store, scope: Scope) -> ScopeState | None:
        """The state that the last good sync left, None before the first."""
        text = store.get_meta(_META_KEY + scope.key)
        return msgspec.json.decode(text, type=cls) if text else None

    def save(self, store: Store, scope: Scope) -> None:
        """Keep it; inside the transaction that publishes."""
        store.set_meta(_META_KEY + scope.key, msgspec.json.encode(self).decode())


def watermark(data_timestamp: str) -> str:
    """The day from which updates are asked for: two days before, in the registry's own time."""
    return (dt.date.fromisoformat(data_timestamp[:10]) - dt.timedelta(days=OVERLAP_DAYS)).isoformat()
