"""Reading a record in which a value is of another type than the registry documents: it costs that value, no more.

What means the same is read as what it means (null as absent, 120.0 as 120, a latitude written as text, one value where
a list stands); what does not is left out of the study and told. Pure.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from .record import Record

_WHOLE = re.compile(r"[+-]?\d{1,15}(?:\.0+)?")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,2})?")
_BOOLEANS = {"yes": True, "no": False, "true": True, "false": False, "y": True, "n": False}
_ABSENT: Any = object()


def mended(value: Any, kind: type[Record], path: str = "") -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """A decoded record with every value of the type that the class documents, and what was left out: (path, value).

    Keys that the class does not know stay as they are.
    """
    left_out: list[tuple[str, str]] = []
    return _object(value, kind, path, left_out), left_out


@cache
def _fields(kind: type[Record]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.encode_name: hints[field.name] for field in msgspec.structs.fields(kind)}


def _object(
    value: dict[str, Any], kind: type[Record], path: str, left_out: list[tuple[str, str]]
) -> dict[str, Any]:
    fields = _fields(kind)
    found = {}
    for key, item in value.items():
        read = item
        if key in fields:
            read = _value(item, fields[key], f"{path}.{key}" if path else key, left_out)
        if read is not _ABSENT:
            found[key] = read
    return found


def _value(value: Any, kind: Any, path: str, left_out: list[tuple[str, str]]) -> Any:
    """The value as one of the annotated kind; `_ABSENT` when it is none."""
    if value is None or value == {} and kind is not dict and not _is_record(kind):
        return _ABSENT
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        items = value if isinstance(value, list) else [value]
        read = [_value(item, inner, f"{path}[]", left_out) for item in items]
        return [item for item in read if item is not _ABSENT]
    if isinstance(kind, type) and issubclass(kind, Record):
        one = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(one, dict):
            return _object(one, kind, path, left_out)
    elif args := [arg for arg in get_args(kind) if arg is not type(None)]:
        return _value(value, args[0], path, left_out)
    elif (read := _scalar(value, kind)) is not _ABSENT:
        return read
    if value not in ([], ""):
        left_out.append((path, str(value)[:80]))
    return _ABSENT


def _is_record(kind: Any) -> bool:
    return any(isinstance(one, type) and issubclass(one, Record) for one in (kind, *get_args(kind)))


def _scalar(value: Any, kind: Any) -> Any:
    if isinstance(value, list) and len(value) == 1:  # R writes a single value so
        value = value[0]
    if type(value) is kind:
        return value if kind is not int or abs(value) < 2**63 else _ABSENT
    reader = {str: _text, int: _int, float: _float, bool: _bool}.get(kind)
    return reader(value) if reader else value


def _text(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.0f}" if float(value).is_integer() and abs(value) < 1e15 else str(value)
    return _ABSENT


def _int(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return int(float(value)) if isinstance(value, str) and _WHOLE.fullmatch(value.strip()) else _ABSENT


def _float(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1e15:
        return float(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        found = float(value)
        return found if math.isfinite(found) else _ABSENT
    return _ABSENT


def _bool(value: Any) -> Any:
    return _BOOLEANS.get(value.strip().lower(), _ABSENT) if isinstance(value, str) else _ABSENT
