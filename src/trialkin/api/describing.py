"""What the registry's API says of its own fields, areas and values, and statistics of the studies here.

Shapes follow the registry's OpenAPI 2.0.5. Statistics read every record once and are kept until the library changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any, TypeVar

import msgspec

from ..errors import NotFound, NotPrepared
from ..indexes.search.fields import AREAS, FIELDS
from ..library import Library
from ..vocab import known_values
from .asked import QUERIES
from .fields import Field, all_fields, find_field

MOST_COUNTED = 100_000
"""Studies up to which statistics over all records are made on request."""

_TOP = 250
_PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)

T = TypeVar("T")

_LINE = {"text/plain": {"schema": {"type": "string"}}}
ERRORS: dict[int | str, dict[str, Any]] = {
    304: {"description": "As the ETag in If-None-Match says, nothing has changed."},
    400: {"description": "A request that cannot be read, in one line of text", "content": _LINE},
    404: {"description": "Not here", "content": _LINE},
    405: {"description": "A method that is not used here"},
    503: {"description": "Not prepared, or too much for one request; the line says what to do", "content": _LINE},
}


def _parameter(name: str, text: str, *choice: str, kind: str = "string", example: str = "") -> dict[str, Any]:
    schema = {"type": kind, **({"enum": list(choice)} if choice else {})}
    more = {"example": example} if example else {}
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema, **more}


_FIELDS = _parameter("fields", "Pieces, paths or areas to return; columns for csv.", example="NCTId,BriefTitle")
_MARKUP = _parameter("markupFormat", "Taken and without effect: texts are as stored.", "markdown", "legacy")
_EXPRESSION = "A search expression of this area."

STUDIES: dict[str, Any] = {
    "parameters": [
        *(_parameter(query, _EXPRESSION) for query in QUERIES),
        _parameter("filter.overallStatus", "Statuses, comma- or pipe-separated.", example="RECRUITING"),
        _parameter("filter.geo", "distance(latitude,longitude,50mi)"),
        _parameter("filter.ids", "NCT numbers, comma- or pipe-separated."),
        _parameter("filter.advanced", "A search expression that does not change the order."),
        _parameter("aggFilters", "results:with,status:not rec,sex:f,healthy:y,phase:2 3,ages:adult"),
        _FIELDS,
        _parameter("sort", "At most two of a date or number piece, with :asc or :desc, or @relevance."),
        _parameter("countTotal", "Say on the first page how many there are.", "true", "false"),
        _parameter("pageSize", "10 by default, at most 1,000.", kind="integer"),
        _parameter("pageToken", "The nextPageToken of the page before."),
        _parameter("format", "json or csv.", "json", "csv"),
        _MARKUP,
    ],
    "responses": {
        "200": {
            "description": "A page of studies",
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["studies"],
                        "properties": {
                            "totalCount": {"type": "integer"},
                            "studies": {"type": "array", "items": {"type": "object"}},
                            "nextPageToken": {"type": "string"},
                        },
                    }
                },
                "text/csv": {"schema": {"type": "string"}},
            },
        },
    },
}
STUDY: dict[str, Any] = {
    "parameters": [_parameter("format", "", "json", "csv", "ris", "json.zip"), _FIELDS, _MARKUP],
    "responses": {
        "200": {
            "description": "The study",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/csv": {"schema": {"type": "string"}},
                "application/x-research-info-systems": {"schema": {"type": "string"}},
                "application/zip": {"schema": {"type": "string"}},
            },
        },
        "301": {"description": "The study stands under another id"},
    },
}
_LEAVES = _parameter("fields", "Leaf fields, by piece or path.", example="Phase,OverallStatus")
FIELD_SIZES: dict[str, Any] = {"parameters": [_LEAVES]}
FIELD_VALUES: dict[str, Any] = {
    "parameters": [_LEAVES, _parameter("types", "ENUM, STRING, DATE, INTEGER, NUMBER, BOOLEAN")]
}


@cache
def metadata() -> bytes:
    """The tree of fields."""
    nodes: dict[tuple[str, ...], dict[str, Any]] = {}
    roots: list[dict[str, Any]] = []
    for field in all_fields():
        node: dict[str, Any] = {
            "name": field.path[-1],
            "piece": field.piece,
            "sourceType": (field.enum and "ENUM") or (field.leaf and field.kind) or "STRUCT",
            "type": f"{field.type}[]" if field.repeated else field.type,
        }
        node |= {"isEnum": True} if field.enum else {}
        node |= {"synonyms": True} if field.synonyms else {}
        node |= {"altPieceNames": list(field.former)} if field.former else {}
        nodes[field.path] = node
        parent = nodes.get(field.path[:-1])
        (parent.setdefault("children", []) if parent else roots).append(node)
    return msgspec.json.encode(roots)


@cache
def search_areas() -> bytes:
    """The search areas with the pieces that each reads and their weights."""
    areas = [
        {
            "name": area.name,
            "uiLabel": area.label,
            **({"param": area.short[0]} if area.short else {}),
            "parts": [
                {
                    "pieces": list(FIELDS[name].pieces),
                    "isEnum": False,
                    "isSynonyms": bool(area.kinds),
                    "type": "text",
                    "weight": weight,
                }
                for name, weight in area.weights.items()
            ],
        }
        for area in AREAS
    ]
    return msgspec.json.encode([{"name": "Study", "areas": areas}])


@cache
def enums() -> bytes:
    """Every enumeration with the pieces that use it."""
    used: dict[str, list[str]] = {}
    for field in all_fields():
        if field.enum:
            used.setdefault(field.enum, []).append(field.piece)
    found = [
        {"type": name, "pieces": pieces, "values": [{"value": value} for value in sorted(known_values(name))]}
        for name, pieces in sorted(used.items())
    ]
    return msgspec.json.encode(found)


def sizes(library: Library) -> bytes:
    """How large the records are."""
    lengths = _over_all(library, _lengths)
    ordered = sorted(lengths.values())
    largest = sorted(lengths, key=lengths.__getitem__, reverse=True)[:10]
    total = len(ordered)
    at = {f"{p}": ordered[min(total - 1, total * p // 100)] for p in _PERCENTILES} if ordered else {}
    return msgspec.json.encode(
        {
            "totalStudies": total,
            "averageSizeBytes": sum(ordered) // total if total else 0,
            "percentiles": at,
            "ranges": _ranges(ordered),
            "largestStudies": [{"id": nct_id, "sizeBytes": lengths[nct_id]} for nct_id in largest],
        }
    )


def values(library: Library, names: list[str], kinds: list[str]) -> bytes:
    """Statistics of the values of the leaf fields named, or of the enumerations and booleans when none is.

    Raises:
        NotFound: a name that is no leaf field.
    """
    fields = (
        _leaves(names) if names else tuple(f for f in all_fields() if f.leaf and f.kind in {"ENUM", "BOOLEAN"})
    )
    if kinds:
        fields = tuple(field for field in fields if field.kind in kinds)
    made = _over_all(library, _counters)
    return msgspec.json.encode([_stats(field, made(field)) for field in fields])


def list_sizes(library: Library, names: list[str]) -> bytes:
    """How many values the fields have in a study; raises as `values`."""
    fields = _leaves(names) if names else tuple(f for f in all_fields() if f.leaf and f.repeated)[:25]
    made = _over_all(library, _counters)
    return msgspec.json.encode([_list_sizes(field, made(field).lengths) for field in fields])


def _leaves(names: Iterable[str]) -> tuple[Field, ...]:
    found = []
    for name in names:
        field = find_field(name)
        if field is None or not field.leaf:
            raise NotFound(f"Field `{name}` is not found")
        found.append(field)
    return tuple(found)


class _Counts:
    """What one field says over all records."""

    def __init__(self) -> None:
        self.studies: Counter[str] = Counter()
        self.lengths: Counter[int] = Counter()
        self.missing = 0


def _over_all(library: Library, make: Callable[[Library, int], T]) -> T:
    if len(library) > MOST_COUNTED:
        raise NotPrepared(
            f"statistics over all records are made for up to {MOST_COUNTED:,} studies",
            hint="Ask the tables instead: trialkin sql",
        )
    return make(library, library.store.last_seq)


@lru_cache(maxsize=1)
def _lengths(library: Library, seq: int) -> dict[str, int]:
    return {record.nct_id: len(record.raw) for record in library.store.records(upto=seq) if record.raw is not None}


@lru_cache(maxsize=1)
def _counters(library: Library, seq: int) -> Callable[[Field], _Counts]:
    @lru_cache(maxsize=64)
    def count(field: Field) -> _Counts:
        counts = _Counts()
        for record in library.store.records(upto=seq):
            if record.raw is None:
                continue
            found = [str(value) for value in field.values(msgspec.json.decode(record.raw))]
            counts.studies.update(set(found))
            counts.lengths[len(found)] += 1
            counts.missing += not found
        return counts

    return count


def _stats(field: Field, counts: _Counts) -> dict[str, Any]:
    head: dict[str, Any] = {
        "type": field.kind,
        "piece": field.piece,
        "field": field.address,
        "missingStudiesCount": counts.missing,
    }
    if field.kind == "BOOLEAN":
        return head | {"trueCount": counts.studies["True"], "falseCount": counts.studies["False"]}
    if field.kind == "DATE":
        formats = sorted({_FORMATS.get(len(value), "other") for value in counts.studies})
        return head | {"formats": formats, **_bounds(counts.studies)}
    if field.kind in {"INTEGER", "NUMBER"}:
        numbers = Counter({float(value): count for value, count in counts.studies.items()})
        mean = sum(v * c for v, c in numbers.items()) / numbers.total() if numbers else None
        return head | ({"avg": mean, **_bounds(numbers)} if numbers else {})
    top = counts.studies.most_common(_TOP)
    return head | {
        "uniqueValuesCount": len(counts.studies),
        "topValues": [{"value": value, "studiesCount": count} for value, count in top],
    }


_FORMATS = {4: "yyyy", 7: "yyyy-MM", 10: "yyyy-MM-dd", 16: "yyyy-MM-dd'T'HH:mm"}


def _bounds(counted: Counter[Any]) -> dict[str, Any]:
    return {"min": min(counted), "max": max(counted)} if counted else {}


def _list_sizes(field: Field, lengths: Counter[int]) -> dict[str, Any]:
    present = Counter({size: count for size, count in lengths.items() if size})
    return {
        "piece": field.piece,
        "field": field.address,
        "uniqueSizesCount": len(present),
        **({"minSize": min(present), "maxSize": max(present)} if present else {}),
        "topSizes": [{"size": size, "studiesCount": count} for size, count in present.most_common(10)],
    }


def _ranges(ordered: list[int]) -> list[dict[str, Any]]:
    edges = (0, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 500_000)
    found = []
    for low, high in zip(edges, (*edges[1:], None), strict=True):
        count = sum(low <= size and (high is None or size < high) for size in ordered)
        found.append({"sizeRange": f"{low}-{'' if high is None else high}", "studiesCount": count})
    return found
