"""Requests of the registry's API, read into a search of the library.

The parameters are the registry's; what an expression finds is Trialkin's search (docs/api.md says what differs).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from ..errors import InvalidValue
from ..indexes.search.engine import Request
from ..indexes.search.filters import FILTER_BY_PIECE
from ..model import NctId
from .fields import Field, find_field

MAX_PAGE = 1000
_AREAS = {
    "query.cond": "cond",
    "query.titles": "title",
    "query.intr": "intr",
    "query.outc": "outc",
    "query.spons": "sponsor",
    "query.lead": "lead",
    "query.locn": "locn",
    "query.id": "id",
    "query.term": "",
    "query.patient": "",
}
QUERIES = tuple(_AREAS)
_STATUS = {
    "not": "NOT_YET_RECRUITING",
    "rec": "RECRUITING",
    "enr": "ENROLLING_BY_INVITATION",
    "act": "ACTIVE_NOT_RECRUITING",
    "com": "COMPLETED",
    "ter": "TERMINATED",
    "sus": "SUSPENDED",
    "wit": "WITHDRAWN",
    "unk": "UNKNOWN",
}
_AGGREGATES: dict[str, tuple[str, dict[str, str]]] = {
    "results": ("results", {"with": "yes", "without": "no"}),
    "status": ("status", _STATUS),
    "sex": ("sex", {"f": "female", "m": "male"}),
    "healthy": ("healthy", {"y": "yes", "n": "no"}),
    "phase": (
        "phase",
        {"0": "EARLY_PHASE1", "1": "PHASE1", "2": "PHASE2", "3": "PHASE3", "4": "PHASE4", "na": "NA"},
    ),
    "ages": ("std_age", {"child": "CHILD", "adult": "ADULT", "older": "OLDER_ADULT"}),
    "studyType": ("type", {"int": "INTERVENTIONAL", "obs": "OBSERVATIONAL", "exp": "EXPANDED_ACCESS"}),
    "funderType": (
        "sponsor_class",
        {
            "nih": "NIH",
            "fed": "FED",
            "industry": "INDUSTRY",
            "indiv": "INDIV",
            "network": "NETWORK",
            "other": "OTHER",
        },
    ),
}
_DISTANCE = re.compile(r"distance\(\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*,\s*([\d.]+)\s*(mi|km)\s*\)")
_PIECE = re.compile(r"AREA\[([^\]]+)\]")
_RANGE = re.compile(r"AREA\[([^\]]+)\]\s*RANGE\[\s*([^,\]]+?)\s*,\s*([^,\]]+?)\s*\]")
_ID = re.compile(r"[Nn][Cc][Tt](?!0{8})[0-9]{8}")


@dataclass(frozen=True)
class Within:
    """A field whose value must lie between two others as text, both included; "" leaves a side open."""

    field: Field
    low: str
    high: str

    def holds(self, record: object) -> bool:
        """Whether any value of the record lies within; without a value it does not, as at the registry."""
        return any(
            (not self.low or str(value) >= self.low)
            and (not self.high or str(value)[: len(self.high)] <= self.high)
            for value in self.field.values(record)
        )


@dataclass(frozen=True)
class Asked:
    """One request for studies. ids: only these, None for any. within: what the index does not know, held against
    the record. sort: fields with whether they fall; None for relevance."""

    search: Request
    ids: frozenset[str] | None
    within: tuple[Within, ...]
    sort: tuple[tuple[Field | None, bool], ...]

    @property
    def signature(self) -> str:
        """Stands for everything that all pages of one answer share."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


def read_request(parameters: Mapping[str, str]) -> Asked:
    """The search that a request asks for.

    Raises:
        InvalidValue: a parameter that cannot be read; the message names it as the registry does.
    """
    queries = {name: parameters[name].strip() for name in QUERIES if parameters.get(name, "").strip()}
    only_ids = any(_ids_alone(text) for text in queries.values())
    texts = [_expression(name, text) for name, text in queries.items()]
    filters: dict[str, tuple[str, ...]] = {}
    within: list[Within] = []
    ids: frozenset[str] | None = None
    for prefix in () if only_ids else ("filter", "postFilter"):
        if status := parameters.get(f"{prefix}.overallStatus"):
            filters["status"] = tuple(listed(status))
        if geo := parameters.get(f"{prefix}.geo"):
            texts.append(_near(geo, f"{prefix}.geo"))
        if given := parameters.get(f"{prefix}.ids"):
            found = frozenset(_nct_id(text, f"{prefix}.ids") for text in listed(given))
            ids = found if ids is None else ids & found
        if advanced := parameters.get(f"{prefix}.advanced", "").strip():
            text, held = _split_ranges(advanced)
            within += held
            texts += [f"({text})"] if text else []
    if not only_ids:
        filters |= _aggregates(parameters.get("aggFilters", ""))
    search = Request(text=" AND ".join(texts), filters=filters, facets=())
    return Asked(search, ids, tuple(within), _sort(parameters.get("sort", "")))


def page_size(text: str | None) -> int:
    """How many studies a page holds: 10 unless asked, at most 1,000."""
    if text is None or text == "":
        return 10
    if not text.isascii() or not text.isdigit():
        raise InvalidValue("Invalid value in parameter `pageSize`: a non-negative integer is expected")
    return min(int(text[:9]), MAX_PAGE) or 10


def page_token(asked: Asked, *, offset: int, seq: int) -> str:
    """What leads to the next page."""
    return base64.urlsafe_b64encode(msgspec.json.encode((offset, seq, asked.signature))).decode().rstrip("=")


def read_token(token: str, asked: Asked, *, seq: int) -> int:
    """The offset that a page token stands for.

    Raises:
        InvalidValue: it is no token, is of another request, or the library has changed since.
    """
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        offset, then, signature = msgspec.json.decode(raw, type=tuple[int, int, str])
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        raise InvalidValue("Invalid value in parameter `pageToken`") from error
    if signature != asked.signature:
        raise InvalidValue("Invalid value in parameter `pageToken`: other parameters differ from the first page's")
    if then != seq or offset < 0:
        raise InvalidValue(
            "Invalid value in parameter `pageToken`: the data has changed, start from the first page"
        )
    return offset


def listed(text: str) -> list[str]:
    """The parts of a comma- or pipe-separated list."""
    return [part.strip() for part in re.split(r"[,|]", text) if part.strip()]


def _ids_alone(text: str) -> bool:
    parts = re.split(r"[\s,|;]+|\bOR\b", text)
    return all(_ID.fullmatch(part) for part in parts if part) and any(parts)


def _expression(name: str, text: str) -> str:
    area = _AREAS[name]
    text = _short_pieces(text)
    return f"{area}:({text})" if area else f"({text})"


def _short_pieces(text: str) -> str:
    def short(match: re.Match[str]) -> str:
        field = find_field(match[1])
        return f"AREA[{field.piece}]" if field and field.piece else match[0]

    return _DISTANCE.sub(lambda match: _near(match[0], "query"), _PIECE.sub(short, text))


def _near(text: str, name: str) -> str:
    match = _DISTANCE.fullmatch(text.strip())
    if match is None:
        raise InvalidValue(f"Invalid value in parameter `{name}`: expected distance(latitude,longitude,distance)")
    return f'near:"{match[1]}, {match[2]}, {match[3]} {match[4]}"'


def _nct_id(text: str, name: str) -> str:
    if not _ID.fullmatch(text):
        raise InvalidValue(f"Invalid value in parameter `{name}`: `{text}` is no NCT number")
    return str(NctId(text))


def _split_ranges(text: str) -> tuple[str, list[Within]]:
    """The expression without the ranges that the index does not know, where they simply narrow it; and those."""
    text = _short_pieces(text)
    if re.search(r"[()]|\bOR\b|\bNOT\b", text):
        return text, []
    kept, held = [], []
    for part in re.split(r"\s+AND\s+", text):
        match = _RANGE.fullmatch(part.strip())
        field = find_field(match[1]) if match else None
        if match and field and field.kind == "DATE" and field.piece not in FILTER_BY_PIECE:
            low, high = ("" if match[2] == "MIN" else match[2]), ("" if match[3] == "MAX" else match[3])
            held.append(Within(field, low, high))
        else:
            kept.append(part)
    return " AND ".join(kept), held


def _aggregates(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pair in listed(text):
        name, _, keys = pair.partition(":")
        if name not in _AGGREGATES:
            raise InvalidValue(f"Invalid value in parameter `aggFilters`: unknown filter `{name}`")
        ours, values = _AGGREGATES[name]
        values = values | {
            value: value for value in values.values()
        }  # clients send the enumeration's own names too
        if not keys.split() or not set(keys.split()) <= values.keys():
            raise InvalidValue(f"Invalid value in parameter `aggFilters`: no such option of `{name}`: {keys}")
        found[ours] = tuple(values[key] for key in keys.split())
    return found


def _sort(text: str) -> tuple[tuple[Field | None, bool], ...]:
    parts = listed(text)
    if len(parts) > 2:
        raise InvalidValue("Invalid value in parameter `sort`: at most two fields")
    return tuple(_sort_by(part) for part in parts)


def _sort_by(part: str) -> tuple[Field | None, bool]:
    name, _, direction = part.partition(":")
    if direction not in {"", "asc", "desc"}:
        raise InvalidValue(f"Invalid value in parameter `sort`: `{direction}` is neither asc nor desc")
    if name == "@relevance":
        return None, True
    field = find_field(name)
    if field is None or not field.sortable:
        raise InvalidValue(f"Invalid value in parameter `sort`: cannot sort by `{name}`")
    return field, direction == "desc" or (not direction and field.kind == "DATE")


def unknown_parameters(given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse parameters that there are not, as the registry does.

    Raises:
        InvalidValue: naming the first.
    """
    extra = sorted(set(given) - set(known))
    if extra:
        raise InvalidValue(f"Unknown parameter `{extra[0]}`")
