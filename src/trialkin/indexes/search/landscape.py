"""The landscape of a search: everything it finds, counted by year and phase, status, sponsor, country and more.

All counts are exact and come from the index alone, in two rounds of aggregations. Must not know pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from tantivy import Occur, Query

from ...errors import DamagedLibrary, NotPrepared
from . import tree as ast
from .candidates import Read
from .compile import Compiler
from .engine import Request, read_filters
from .facets import count_unstated, counted
from .query import parse
from .said import Ask

if TYPE_CHECKING:
    from .index import SearchIndex, View

ENROLLMENT_FROM = (0, 1, 26, 51, 101, 201, 501, 1001, 5001)
DELAY_FROM = (0, 366, 731, 1096, 1826)
"""Lower ends of the classes, in participants and in days; a class ends where the next begins."""
UPPER_AGE_FROM = (0, 18, 45, 65, 75, 80, 85, 120)
_UPPER_AGE_DAYS = tuple(round(years * 365.25) for years in UPPER_AGE_FROM)
QUESTIONS = (
    *(("allows", f"ECOG {grade}") for grade in range(5)),
    *(("allows", f"creatinine {limit} mg/dL") for limit in ("1.2", "1.5", "1.8", "2.0", "2.5", "3.0")),
)
MOST_ASKED = 50_000
"""Studies of which it is counted what their criteria let in; more would take seconds."""
LISTED = {"status": 30, "country": 300, "phases": 60, "type": 10, "sponsor": 20, "sponsor_class": 20,
          "condition_term": 20, "intervention_term": 20, "results": 2}  # fmt: skip
GRID = 12
ALL_OF_A_CONDITION = 3000


@dataclass(frozen=True)
class Counts:
    """How many studies have each value, the most frequent first. `complete`: no value was left out.

    `unstated`: studies without any value.
    """

    values: tuple[tuple[str, int], ...]
    unstated: int
    complete: bool


@dataclass(frozen=True)
class Span:
    """A class of a number, both ends included; `high` None is open; `count` studies lie in it."""

    low: int
    high: int | None
    count: int


@dataclass(frozen=True)
class SaidCount:
    """How many studies answer a question to the criteria with yes, with no, and leave it open."""

    name: str
    text: str
    yes: int
    no: int
    open: int


@dataclass(frozen=True)
class Landscape:
    """What a search finds, counted. `query` is the tree that was searched; `seq`: the log position of the index.

    by: counts by filter name. years: per start year the counts by phases ("" for not stated); undated: without one.
    upper_age: by the oldest age accepted, in years (the last class: no upper limit); unaged: nothing says who may join.
    said: what criteria let in, for `QUESTIONS`; () with the reason in `unsaid`.
    grid: per condition and intervention (both of `by`, the first GRID) the studies that have both.
    """

    query: ast.Node
    total: int
    seq: int
    by: Mapping[str, Counts]
    years: tuple[tuple[int, Mapping[str, int]], ...]
    undated: int
    enrollment: tuple[Span, ...]
    unsized: int
    delay: tuple[Span, ...]
    undelayed: int
    grid: tuple[tuple[int, ...], ...]
    upper_age: tuple[Span, ...]
    unaged: int
    said: tuple[SaidCount, ...]
    unsaid: str


def landscape(
    index: SearchIndex, request: Request, *, read: Read | None = None, ask: Ask | None = None
) -> Landscape:
    """Count everything that a search finds; raises as `engine.answer`."""
    with index.engine_read():
        return _landscape(index.view(), request, read, ask)


def _landscape(view: View, request: Request, read: Read | None, ask: Ask | None) -> Landscape:
    tree = ast.both(parse(request.text), *read_filters(request.filters).values())
    compiler = Compiler(
        view.searcher, view.schema, widen=request.widen, without=request.without, read=read, ask=ask
    )
    query = Query.const_score_query(compiler.compile(*ast.parts(tree)).query, 1.0)
    answer: dict[str, Any] = view.searcher.aggregate(query, _wanted())

    def unstated(name: str) -> int:
        return count_unstated(view.searcher, view.schema, query, name)

    by = {name: _counts(answer[name], unstated(name)) for name in LISTED}
    total = counted(view.searcher.search(query, limit=1))
    said, unsaid = _said(view, query, total, ask)
    return Landscape(
        query=tree,
        total=total,
        seq=view.seq,
        by=by,
        years=_years(answer["years"]),
        undated=unstated("start"),
        enrollment=_spans(answer["enrollment"], ENROLLMENT_FROM),
        unsized=unstated("enrollment"),
        delay=_spans(answer["results_delay"], DELAY_FROM),
        undelayed=unstated("results_delay"),
        grid=_grid(view, query, by),
        upper_age=_spans_of_ages(answer["age_last"]),
        unaged=unstated("age"),
        said=said,
        unsaid=unsaid,
    )


def _said(view: View, query: Query, total: int, ask: Ask | None) -> tuple[tuple[SaidCount, ...], str]:
    """What the criteria of the studies found let in; why not, where that cannot be told."""
    if ask is None or not total:
        return (), ""
    if total > MOST_ASKED:
        return (), f"Whom criteria let in is counted for searches that find up to {MOST_ASKED:,} studies."
    hits = view.searcher.search(query, limit=total, count=False).hits
    numbers = np.asarray(view.searcher.fast_field_values("number", [address for _, address in hits]), np.uint32)
    found = []
    try:
        for name, text in QUESTIONS:
            said = ask(name, text)
            yes, no = (int(np.isin(numbers, each).sum()) for each in (said.yes, said.no))
            found.append(SaidCount(name, text, yes, no, total - yes - no))
    except (NotPrepared, DamagedLibrary) as error:
        return (), f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}"
    return tuple(found), ""


def _spans_of_ages(answer: dict[str, Any]) -> tuple[Span, ...]:
    counts = [span.count for span in _spans(answer, _UPPER_AGE_DAYS)]
    ends = (*(start - 1 for start in UPPER_AGE_FROM[1:]), None)
    return tuple(Span(low, high, count) for low, high, count in zip(UPPER_AGE_FROM, ends, counts, strict=True))


def _wanted() -> dict[str, Any]:
    wanted: dict[str, Any] = {name: {"terms": {"field": name, "size": size}} for name, size in LISTED.items()}
    wanted["years"] = {
        "histogram": {"field": "start", "interval": 10_000},
        "aggs": {"phases": {"terms": {"field": "phases", "size": 60}}},
    }
    for name, starts in (("enrollment", ENROLLMENT_FROM), ("results_delay", DELAY_FROM)):
        wanted[name] = {"range": {"field": name, "ranges": _ranges(starts)}}
    wanted["age_last"] = {"range": {"field": "age_last", "ranges": _ranges(_UPPER_AGE_DAYS)}}
    return wanted


def _ranges(starts: tuple[int, ...]) -> list[dict[str, float]]:
    ends = (*starts[1:], None)
    return [
        {"from": float(low)} if high is None else {"from": float(low), "to": float(high)}
        for low, high in zip(starts, ends, strict=True)
    ]


def _counts(answer: dict[str, Any], unstated: int) -> Counts:
    values = tuple((str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer["buckets"])
    return Counts(values, unstated, complete=not answer.get("sum_other_doc_count"))


def _years(answer: dict[str, Any]) -> tuple[tuple[int, Mapping[str, int]], ...]:
    found = []
    for bucket in answer["buckets"]:
        phases = {str(b["key"]): int(b["doc_count"]) for b in bucket["phases"]["buckets"]}
        rest = int(bucket["doc_count"]) - sum(phases.values())
        if rest:
            phases[""] = rest
        if phases:
            found.append((int(bucket["key"]) // 10_000, phases))
    return tuple(found)


def _spans(answer: dict[str, Any], starts: tuple[int, ...]) -> tuple[Span, ...]:
    counts = {int(b["from"]): int(b["doc_count"]) for b in answer["buckets"] if b.get("from") is not None}
    ends = (*(start - 1 for start in starts[1:]), None)
    return tuple(Span(low, high, counts.get(low, 0)) for low, high in zip(starts, ends, strict=True))


def _grid(view: View, query: Query, by: Mapping[str, Counts]) -> tuple[tuple[int, ...], ...]:
    columns = [value for value, _ in by["intervention_term"].values[:GRID]]
    return tuple(
        _with_condition(view, query, condition, columns) for condition, _ in by["condition_term"].values[:GRID]
    )


def _with_condition(view: View, query: Query, condition: str, columns: Iterable[str]) -> tuple[int, ...]:
    own = Query.term_query(view.schema, "condition_term", condition, index_option="basic")
    both = Query.boolean_query([(Occur.Must, query), (Occur.Must, own)])
    terms = {"terms": {"field": "intervention_term", "size": ALL_OF_A_CONDITION}}
    answer: dict[str, Any] = view.searcher.aggregate(both, {"found": terms})
    counts = {bucket["key"]: int(bucket["doc_count"]) for bucket in answer["found"]["buckets"]}
    return tuple(counts.get(column, 0) for column in columns)
