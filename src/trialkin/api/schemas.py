"""The shapes of the verbs' answers as JSON Schema, for the OpenAPI document. Knows no verb and no library."""

from __future__ import annotations

from typing import Any

import msgspec

from ..model.regimen import RegimenRow

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
ANY: Schema = {}


def maybe(schema: Schema) -> Schema:
    """The schema, or null where nothing is stated."""
    return {"anyOf": [schema, {"type": "null"}]}


def several(schema: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": schema}


def by_name(schema: Schema) -> Schema:
    """An object whose names are data."""
    return {"type": "object", "additionalProperties": schema}


def thing(**properties: Schema) -> Schema:
    """An object with exactly these properties; a name that Python keeps for itself ends with "_"."""
    named = {name.removesuffix("_"): schema for name, schema in properties.items()}
    return {"type": "object", "required": list(named), "properties": named, "additionalProperties": False}


PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "hint"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": WHOLE,
        "detail": TEXT,
        "code": {**TEXT, "description": "Stable, for programs: one of the codes in the reference."},
        "hint": {**TEXT, "description": "What to do."},
        "column": {**WHOLE, "description": "Where a search could not be read, from 1."},
    },
}

_WINDOW = thing(
    variable=TEXT, low=maybe(NUMBER), low_inclusive=ANY, high=maybe(NUMBER), high_inclusive=ANY, unit=maybe(TEXT)
)
_CRITERION = {
    "type": "object",
    "required": ["kind", "variable", "low", "high", "unit", "negated", "window", "quote", "start", "end"],
    "properties": {
        "kind": TEXT,
        "variable": TEXT,
        "low": maybe(NUMBER),
        "high": maybe(NUMBER),
        "unit": maybe(TEXT),
        "negated": TRUTH,
        "window": maybe(_WINDOW),
        "quote": TEXT,
        "start": WHOLE,
        "end": WHOLE,
    },
}
_ITEM = {
    "type": "object",
    "required": ["index", "section", "text", "start", "end", "status", "groups", "criteria"],
    "properties": {
        "index": WHOLE,
        "section": {"enum": ["inclusion", "exclusion", "unspecified"]},
        "text": TEXT,
        "start": WHOLE,
        "end": WHOLE,
        "status": TEXT,
        "groups": several({"type": "object"}),
        "criteria": several(_CRITERION),
    },
}
CRITERIA = thing(
    nct_id=TEXT,
    completeness=maybe(NUMBER),
    items=several(_ITEM),
    segments=several(thing(kind=TEXT, start=WHOLE, end=WHOLE, item=maybe(WHOLE))),
)

_SPAN = thing(low=WHOLE, high=maybe(WHOLE), studies=WHOLE)
LANDSCAPE = thing(
    query=thing(typed=TEXT, searched=TEXT),
    total=WHOLE,
    by=by_name(thing(values=several(thing(value=TEXT, studies=WHOLE)), unstated=WHOLE, complete=TRUTH)),
    years=several(thing(year=WHOLE, phases=by_name(WHOLE))),
    undated=WHOLE,
    enrollment=several(_SPAN),
    unsized=WHOLE,
    results_delay_days=several(_SPAN),
    undelayed=WHOLE,
    grid=several(several(WHOLE)),
)

_VERSION = thing(number=WHOLE, posted=maybe(TEXT), stored=TEXT, source=TEXT, removed=TRUTH)
_CHANGE = thing(what=TEXT, kind=TEXT, before=TEXT, after=TEXT, note=TEXT, path=TEXT)
HISTORY = thing(
    nctId=TEXT,
    versions=several(_VERSION),
    from_=WHOLE,
    to=WHOLE,
    groups=several(thing(key=TEXT, title=TEXT, changes=several(_CHANGE))),
    lines=several(TEXT),
)

SAME = thing(
    nct_id=TEXT,
    links=several(thing(first=TEXT, second=TEXT, certain=TRUTH, score=NUMBER, reasons=several(TEXT))),
)

_ROW = thing(
    label=maybe(TEXT),
    verdict=TEXT,
    words=TEXT,
    differences=several(TEXT),
    stated=by_name(maybe(several(TEXT))),
)
COMPARISON = thing(
    nct_ids=several(TEXT),
    titles=several(TEXT),
    counts=by_name(WHOLE),
    sections=several(thing(key=TEXT, title=TEXT, parts=several(thing(title=maybe(TEXT), rows=several(_ROW))))),
)

_REASON = thing(
    signal=TEXT,
    facet=TEXT,
    label=TEXT,
    contribution=NUMBER,
    shared=several(TEXT),
    quotes=several(thing(nct_id=maybe(TEXT), path=TEXT, text=TEXT)),
    differs=thing(here=several(TEXT), there=several(TEXT)),
)
KIN = thing(
    nct_id=maybe(TEXT),
    weights=by_name(NUMBER),
    kin=several(
        thing(
            nct_id=TEXT,
            title=maybe(TEXT),
            score=NUMBER,
            relation=TEXT,
            contributions=by_name(NUMBER),
            reasons=several(_REASON),
            silent=by_name(TEXT),
            sentence=TEXT,
        )
    ),
)

SEARCH = {
    "type": "object",
    "required": ["query", "totalCount", "offset", "sort", "studies", "facets", "otherNames", "notStated"],
    "properties": {
        "query": thing(typed=TEXT, searched=TEXT, address=TEXT),
        "totalCount": WHOLE,
        "offset": WHOLE,
        "sort": TEXT,
        "seq": WHOLE,
        "suggestion": maybe(TEXT),
        "facets": by_name(several({"type": "object"})),
        "otherNames": several({"type": "object"}),
        "notStated": several({"type": "object"}),
        "studies": several({"type": "object", "required": ["nctId"], "properties": {"nctId": TEXT}}),
    },
}


def components() -> dict[str, Schema]:
    """Every named schema of the document. Rows of doses are told by their own type."""
    (rows,), made = msgspec.json.schema_components([RegimenRow], ref_template="#/components/schemas/{name}")
    row = {
        "allOf": [rows],
        "properties": {"answer": thing(verdict=TEXT, because=several(TEXT), questions=several(TEXT))},
    }
    texts = several(thing(from_=TEXT, name=TEXT, arms=several(TEXT), rows=several(row)))
    ours = {
        "Problem": PROBLEM,
        "Criteria": CRITERIA,
        "Doses": thing(id=TEXT, texts=texts),
        "Landscape": LANDSCAPE,
        "History": HISTORY,
        "Same": SAME,
        "Compared": COMPARISON,
        "Related": KIN,
        "Search": SEARCH,
    }
    return {**made, **ours}
