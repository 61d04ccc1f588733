"""Facets: exact counts of every value of a filter among the studies that the rest of the search finds.

A facet that is itself filtered counts as if it were not, so that one sees what another choice would give. "Not
stated" is a value of its own. Must not know pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tantivy import Occur, Query

from .filters import FILTER_BY_NAME, Keyword

if TYPE_CHECKING:
    from tantivy import Schema, Searcher, SearchResult

NOT_STATED = "none"
"""How "not stated" is written as a value of a filter."""
MOST_VALUES = 300
DEFAULT = ("status", "phase", "type", "country", "sponsor_class")


@dataclass(frozen=True)
class Bucket:
    """One value with the number of studies that have it."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    """A filter's values, the most frequent first, "not stated" last; a study may have several values."""

    name: str
    label: str
    buckets: tuple[Bucket, ...]

    def of_the_chosen(self) -> Facet:
        """The values chosen and "not stated" alone."""
        kept = (bucket for bucket in self.buckets if bucket.selected or bucket.value == NOT_STATED)
        return replace(self, buckets=tuple(kept))


def counted(found: SearchResult) -> int:
    """How many studies a search of the engine found; exact."""
    return int(found.count)  # type: ignore[attr-defined]  # not in its stub


def count_unstated(searcher: Searcher, schema: Schema, query: Query, name: str) -> int:
    """How many of the studies found do not state what a filter asks for."""
    if not searcher.doc_freq("missing", name):
        return 0  # every study states it
    absent = Query.term_query(schema, "missing", name, index_option="basic")
    return counted(searcher.search(Query.boolean_query([(Occur.Must, query), (Occur.Must, absent)]), limit=1))


def count_facets(
    searcher: Searcher, names: Iterable[str], queries: Mapping[str, Query], selected: Mapping[str, frozenset[str]]
) -> tuple[Facet, ...]:
    """Facets in the order of `names`. `queries`: per facet, the search without that facet's own filter; equal
    queries are one object, and are asked once."""
    groups: dict[int, list[str]] = {}
    for name in names:
        groups.setdefault(id(queries[name]), []).append(name)
    counted: dict[str, dict[str, int]] = {}
    for group in groups.values():
        counted.update(_count(searcher, queries[group[0]], group))
    return tuple(_facet(name, counted[name], selected.get(name, frozenset())) for name in names)


def _count(searcher: Searcher, query: Query, names: list[str]) -> dict[str, dict[str, int]]:
    wanted = {name: {"terms": {"field": name, "size": MOST_VALUES, "missing": NOT_STATED}} for name in names}
    answer = searcher.aggregate(query, wanted) if wanted else {}
    return {name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]} for name in names}


def _facet(name: str, counts: dict[str, int], selected: frozenset[str]) -> Facet:
    keyword = FILTER_BY_NAME[name]
    assert isinstance(keyword, Keyword)
    for value in selected - counts.keys():
        counts[value] = 0
    order = sorted(counts, key=lambda value: (value == NOT_STATED, -counts[value], value))
    buckets = tuple(
        Bucket(
            value, "Not stated" if value == NOT_STATED else keyword.show(value), counts[value], value in selected
        )
        for value in order
    )
    return Facet(name, keyword.label, buckets)
