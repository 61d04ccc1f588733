"""Noticing what the registry's documentation does not know: new keys and new enum values.

The record is decoded once more against twins of the model's classes that refuse anything unknown; only a record
that is refused is walked. Must not know the store.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from .. import vocab
from ..model.record import Record
from ..model.study import Study, not_understood


class DriftCounter:
    """Counts unknown keys, enum values and values of another type: (path, value) -> (times, an example); "": a key."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], tuple[int, str]] = {}

    def look(self, raw: bytes, *, nct_id: str) -> None:
        """Look at one readable record."""
        try:
            _strict_decoder().decode(raw)
        except msgspec.ValidationError:
            for key in {*_walk(msgspec.json.decode(raw), Study, ""), *not_understood(raw)}:
                count, example = self.seen.get(key, (0, nct_id))
                self.seen[key] = count + 1, example


def _walk(value: Any, kind: Any, path: str):  # type: ignore[no-untyped-def]
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, kind, path + "[]")
    elif isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, Record):
        fields = _fields(kind)
        for key, item in value.items():
            where = f"{path}.{key}" if path else key
            if key not in fields:
                yield where, ""
                continue
            inner, enum = fields[key]
            if enum:
                for text in item if isinstance(item, list) else [item]:
                    if isinstance(text, str) and text not in vocab.known_values(enum):
                        yield where, text[:80]
            elif inner is not None:
                yield from _walk(item, inner, where)


@cache
def _enums() -> dict[tuple[str, str], str]:
    return {(row["struct"], row["field"]): row["enum"] for row in vocab.table("enum_fields")}


@cache
def _fields(kind: type[Record]) -> dict[str, tuple[type[Record] | None, str | None]]:
    """JSON key -> (class of the object it holds or None, name of its enum or None)."""
    return {
        field.encode_name: (_inner(field.type), _enums().get((kind.__name__, field.encode_name)))
        for field in msgspec.structs.fields(kind)
    }


def _inner(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return annotation if issubclass(annotation, Record) else None
    return next((found for found in map(_inner, get_args(annotation)) if found), None)


@cache
def _strict(kind: type[Record]) -> type[msgspec.Struct]:
    hints = get_type_hints(kind)
    fields = []
    for field in msgspec.structs.fields(kind):
        inner, enum = _inner(hints[field.name]), _enums().get((kind.__name__, field.encode_name))
        one: Any = str
        if enum:
            one = Literal[tuple(sorted(vocab.known_values(enum)))]
        elif inner:
            one = _strict(inner)
        else:
            fields.append(
                (field.name, hints[field.name], msgspec.field(name=field.encode_name, default=field.default))
            )
            continue
        repeated = get_origin(hints[field.name]) is tuple
        annotation = tuple[one, ...] if repeated else one | None
        fields.append(
            (field.name, annotation, msgspec.field(name=field.encode_name, default=() if repeated else None))
        )
    return msgspec.defstruct(f"Strict{kind.__name__}", fields, kw_only=True, forbid_unknown_fields=True, gc=False)


@cache
def _strict_decoder() -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(_strict(Study))
