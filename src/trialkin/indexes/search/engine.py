"""Asking the index: a request in, an answer out.

Joins the language, the index, facets, other names and suggestions into one search. Must not know records: what a
hit says is shown by `explain`, from the study itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tantivy import Occur, Order, Query

from ...errors import InvalidValue
from ...model.ids import FIRST_OTHER
from . import tree as ast
from .candidates import Read, joined
from .compile import FAR_KM, Compiler, Sought
from .document import in_order_of
from .expand import Expansion
from .facets import DEFAULT, NOT_STATED, Facet, count_facets, count_unstated, counted
from .filters import FILTER_BY_NAME, FILTER_BY_PIECE, Keyword
from .places import Point
from .query import parse
from .said import NAMES as SAID
from .said import Ask, answered
from .spelling import suggest
from .values import read_filter

if TYPE_CHECKING:
    from tantivy import DocAddress

    from .index import SearchIndex, View

SORTS: dict[str, tuple[str, Order] | None] = {
    "relevance": None,
    "distance": None,
    "updated": ("updated", Order.Desc),
    "posted": ("first_posted", Order.Desc),
    "start": ("start", Order.Desc),
    "oldest": ("start", Order.Asc),
    "largest": ("enrollment", Order.Desc),
    "smallest": ("enrollment", Order.Asc),
}
"""Sort orders by name; studies that do not state the value come last in every one."""

MAX_LIMIT = 1000
MOST_NAMED = 20
NARROWED = (
    "This search reads the records of the studies that it may mean, and without the filters there are too many:"
    " of a filter in force only the values chosen are counted."
)
MOST_RINGS = 500


@dataclass(frozen=True)
class Request:
    """A search. `filters`: values by filter name ("near" too), "none" for not stated; any of a name's values will
    do. `widen` False and `without` (ids of expansions) switch other names off."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    offset: int = 0
    limit: int = 20
    widen: bool = True
    without: frozenset[str] = frozenset()
    facets: tuple[str, ...] = DEFAULT


@dataclass(frozen=True)
class Unstated:
    """So many studies that match otherwise do not state what a filter asks for."""

    name: str
    label: str
    count: int
    included: bool


@dataclass(frozen=True)
class Answer:
    """What a search found. `total` is exact; `ids` is the page asked for, in order.

    query: the tree that was searched, filters included; it prints back as text. seq: the position of the log that
    the index stood at. suggestion: a search with the spelling mended, None when there is nothing to mend.
    """

    request: Request
    query: ast.Node
    total: int
    ids: tuple[str, ...]
    sort: str
    facets: tuple[Facet, ...]
    expansions: tuple[Expansion, ...]
    unstated: tuple[Unstated, ...]
    notices: tuple[str, ...]
    suggestion: str | None
    seq: int
    sought: tuple[Sought, ...]
    near: Point | None = None
    near_name: str = ""

    def searched(self, expansion: Expansion) -> bool:
        """Whether another name was searched, or switched off."""
        return (self.request.widen or expansion.asked) and expansion.id not in self.request.without


def read_filters(filters: Mapping[str, tuple[str, ...]]) -> dict[str, ast.Node]:
    """The tree of each filter of a request, by name.

    Raises:
        InvalidQuery: no such filter, or a value that it cannot have.
    """
    found = {}
    for name, values in filters.items():
        nodes = [read_filter(name, value) for value in values if value.strip()]
        if nodes:
            found[name] = ast.either(*nodes)
    return found


def answer(index: SearchIndex, request: Request, *, read: Read | None = None, ask: Ask | None = None) -> Answer:
    """Search the index. read: a study by its id; ask: the readings.

    Raises:
        InvalidQuery: the search cannot be read.
        InvalidValue: an unknown sort order or facet, or a page out of bounds.
        DamagedLibrary: the index cannot be read. NotPrepared: it has not been made yet.
    """
    _check(request)
    with index.engine_read():
        return _answer(_sought(index, request, read, ask), request)


def _answer(search: _Search, request: Request) -> Answer:
    compiled, sort = search.compiled, search.sort(request.sort)
    if request.facets:
        with ThreadPoolExecutor(1) as beside:  # the engine works without the interpreter's lock
            counting = beside.submit(search.facets, request.facets)
            ids, total = search.page(sort, request.offset, request.limit)
            facets = counting.result()
    else:
        (ids, total), facets = search.page(sort, request.offset, request.limit), ()
    narrowed = (NARROWED,) if compiled.narrowed and request.filters and facets else ()
    return Answer(
        request=request,
        query=search.tree,
        total=total,
        ids=ids,
        sort=sort,
        facets=facets,
        expansions=tuple(compiled.expansions),
        unstated=tuple(search.unstated(facets)),
        notices=(*compiled.notices, *search.not_here(), *search.left_open(), *narrowed),
        suggestion=suggest(search.searcher, request.text) if request.offset == 0 else None,
        seq=search.seq,
        sought=tuple(compiled.sought),
        near=compiled.near,
        near_name=compiled.near_name,
    )


def _sought(index: SearchIndex, request: Request, read: Read | None, ask: Ask | None) -> _Search:
    """The search of a request, as it was found out for another page of it or made anew."""
    view = index.view()
    filters = tuple(request.filters.items())
    key = request.text, filters, request.widen, request.without, read is None
    if any(f"{name}:" in request.text.lower() for name in SAID):
        return _Search(view, request, read, ask)  # the readings may change while the index does not
    return view.kept.get(key, lambda: _Search(view, request, read, ask))


def all_ids(
    index: SearchIndex, request: Request, *, read: Read | None = None, ask: Ask | None = None
) -> tuple[str, ...]:
    """The ids of every study found, in the request's order, without a cap; raises as `answer`."""
    _check(request)
    with index.engine_read():
        search = _sought(index, request, read, ask)
        return search.page(search.sort(request.sort), 0, search.count())[0]


def _check(request: Request) -> None:
    if request.sort and request.sort not in SORTS:
        raise InvalidValue(f"no sort order {request.sort[:40]!r}", hint=f"Expected one of {', '.join(SORTS)}.")
    if request.offset < 0 or not 0 <= request.limit <= MAX_LIMIT:
        raise InvalidValue(
            f"a page of {request.limit} from {request.offset} cannot be given",
            hint=f"At most {MAX_LIMIT} a page, from 0.",
        )
    for name in request.facets:
        if not isinstance(FILTER_BY_NAME.get(name), Keyword):
            raise InvalidValue(f"no facet {name[:40]!r}")


class _Search:
    """What is searched, on whatever page and in whatever order, against one view of the index."""

    def __init__(self, view: View, request: Request, read: Read | None, ask: Ask | None) -> None:
        self.searcher, self.schema, self.seq = view.searcher, view.schema, view.seq
        self._typed = parse(request.text)
        self._filters = read_filters(request.filters)
        self.tree = ast.both(self._typed, *self._filters.values())
        self._parts, self._names = self._all_parts()
        compiler = Compiler(
            self.searcher, self.schema, widen=request.widen, without=request.without, read=read, ask=ask
        )
        self._ask, self._compiler = ask, compiler
        self.compiled = compiler.compile(*self._parts, filters=self._names)
        self._without: dict[int, Query] = {}
        self._counted: dict[tuple[str, ...], tuple[Facet, ...]] = {}
        self._absent: dict[int, int] = {}

    def _all_parts(self) -> tuple[tuple[ast.Node, ...], tuple[str | None, ...]]:
        """What every hit must pass: the parts of what was typed, then the filters; and the filter that each part is."""
        typed = ast.parts(self._typed)
        return (*typed, *self._filters.values()), (*map(_filter_of, typed), *self._filters)

    def sort(self, asked: str) -> str:
        """The order asked for, "" for the one that suits."""
        near = self.compiled.near
        if asked == "distance" and near is None:
            raise InvalidValue("there is no place to measure from", hint='Add a place: near:"Boston, 50 km".')
        if asked in ("", "relevance") and not self.compiled.ranked:
            return "distance" if near else "updated"
        return asked or "relevance"

    def count(self, query: Query | None = None) -> int:
        """How many studies a query finds, the whole search by default; exact."""
        return counted(self.searcher.search(query or self.compiled.query, limit=1))

    # ---- hits

    def page(self, sort: str, offset: int, limit: int) -> tuple[tuple[str, ...], int]:
        """Ids of a page of hits, in order, and how many hits there are."""
        if not limit:
            return (), self.count()
        order = SORTS[sort]
        if order is None:
            query = self._by_distance() if sort == "distance" else self.compiled.query
            addresses, total = self._by_score(query, offset, limit)
        else:
            total = self.count()
            addresses = self._by_value(*order, offset, limit, total) if offset < total else []
        return tuple(self._id(*each) for each in zip(self._numbers(addresses), addresses, strict=True)), total

    def _id(self, number: int, address: DocAddress) -> str:
        return f"NCT{number:08d}" if number < FIRST_OTHER else self.searcher.doc(address)["id"][0]

    def _by_score(self, query: Query, offset: int, limit: int) -> tuple[list[DocAddress], int]:
        """A page of the best, and how many there are; equal ones by their number, wherever they lie."""
        most = last = offset + limit
        while True:
            most = 2 * most
            found = self.searcher.search(query, limit=most)
            hits = found.hits
            if len(hits) < most or hits[-1][0] < hits[last - 1][0]:
                break  # all that are as good as the last of the page are here
        numbers = self._numbers([each for _, each in hits])
        order = sorted(range(len(hits)), key=lambda at: (-float(hits[at][0]), numbers[at]))
        return [hits[at][1] for at in order[offset:last]], counted(found)

    def _numbers(self, addresses: list[DocAddress]) -> list[int]:
        return [int(number or 0) for number in self.searcher.fast_field_values("number", addresses)]

    def _by_value(self, name: str, direction: Order, offset: int, limit: int, total: int) -> list[DocAddress]:
        """Those that state the value in its order, then those that do not."""
        absent = Query.term_query(self.schema, "missing", name, index_option="basic")
        stated = Query.boolean_query([(Occur.Must, self.compiled.query), (Occur.MustNot, absent)])
        found = self.searcher.search(
            stated, limit=limit, offset=offset, order_by_field=in_order_of(name), order=direction
        )
        addresses = [each for _, each in found.hits]
        have = self.count(stated) if len(addresses) < limit else total
        if have < total:
            unstated = Query.boolean_query([(Occur.Must, self.compiled.query), (Occur.Must, absent)])
            skip, wanted = max(0, offset - have), limit - len(addresses)
            rest = self.searcher.search(
                unstated, limit=wanted, offset=skip, count=False, order_by_field="number", order=Order.Desc
            )
            addresses += [each for _, each in rest.hits]
        return addresses

    def _by_distance(self) -> Query:
        """The nearest open site first, then studies without an open one, in rings of at least a kilometre."""
        near = self.compiled.near
        assert near is not None
        width = max(1.0, self.compiled.near_km / MOST_RINGS)
        rings = []
        for field_name, best in (("open_place", 2 * FAR_KM), ("place", FAR_KM)):
            by_ring: dict[int, list[str]] = {}
            for place, _ in self.searcher.terms_with_prefix(field_name, ""):
                km = near.km_to(Point.read(place))
                if km <= self.compiled.near_km:
                    by_ring.setdefault(int(km / width), []).append(place)
            for ring, places in by_ring.items():
                found = Query.term_set_query(self.schema, field_name, places)
                rings.append(Query.const_score_query(found, best - ring * width))
        unscored = Query.const_score_query(self.compiled.query, 0.0)
        return Query.boolean_query(
            [(Occur.Must, unscored), (Occur.Should, Query.disjunction_max_query(rings or [Query.empty_query()]))]
        )

    # ---- counts

    def facets(self, names: tuple[str, ...]) -> tuple[Facet, ...]:
        """The facets asked for; each counted without the request's own filter of that name."""
        if names not in self._counted:
            queries = {name: self._without_part(self._filters.get(name)) for name in names}
            selected = {name: frozenset(_values(node)) for name, node in self._filters.items()}
            found = count_facets(self.searcher, names, queries, selected)
            if self.compiled.narrowed:
                found = tuple(facet.of_the_chosen() if facet.name in self._filters else facet for facet in found)
            self._counted[names] = found
        return self._counted[names]

    def _without_part(self, part: ast.Node | None) -> Query:
        """The search without one of its parts; one object for the same part, so that it is asked once."""
        if part is None:
            return self.compiled.query
        if id(part) not in self._without:
            pairs = zip(self._parts, self.compiled.parts, strict=True)
            rest = [query for node, query in pairs if node is not part]
            self._without[id(part)] = joined(rest) if rest else Query.all_query()
        return self._without[id(part)]

    def unstated(self, facets: tuple[Facet, ...]) -> Iterator[Unstated]:
        """Per filter in force: how many studies match all else and do not state it; a facet has counted them."""
        known = {
            facet.name: sum(bucket.count for bucket in facet.buckets if bucket.value == NOT_STATED)
            for facet in facets
            if facet.name in self._filters
        }
        for part, name in zip(self._parts, self._names, strict=True):
            if name is None or isinstance(part, ast.Missing):
                continue
            included = any(isinstance(leaf, ast.Missing) for leaf in ast.leaves(part))
            is_filter = part is self._filters.get(name)
            count = known[name] if is_filter and name in known else self._count_absent(name, part)
            if count:
                label = FILTER_BY_NAME[name].label if name in FILTER_BY_NAME else "Place"
                yield Unstated(name, label, count, included)

    def not_here(self) -> Iterator[str]:
        """Which of the ids asked for no study here has."""
        for part in self._parts:
            if isinstance(part, ast.Ids):
                gone = [each for each in part.ids if not self.count(self._compiler.ids((each,)))]
                if gone:
                    more = f" and {len(gone) - MOST_NAMED:,} more" if len(gone) > MOST_NAMED else ""
                    yield f"Not in this library: {', '.join(gone[:MOST_NAMED])}{more}."

    def left_open(self) -> Iterator[str]:
        """Per question to the criteria or doses: how many studies match all else and do not answer it."""
        for part in self._parts:
            if isinstance(part, ast.Says):
                said, rest = answered(self._ask, part), self._without_part(part)
                known = [(Occur.MustNot, self._compiler.studies(each)) for each in (said.yes, said.no)]
                left = self.count(Query.boolean_query([(Occur.Must, rest), *known]))
                no = self.count(joined((rest, self._compiler.studies(said.no))))
                yield (
                    f"{part}: {no:,} studies that match otherwise say the contrary;"
                    f" {left:,} leave it open, as they say nothing of it or only under conditions."
                )

    def _count_absent(self, name: str, part: ast.Node) -> int:
        if id(part) not in self._absent:
            field_name = "sex_accepted" if name == "sex" else name
            query = self._without_part(part)
            self._absent[id(part)] = count_unstated(self.searcher, self.schema, query, field_name)
        return self._absent[id(part)]


def _filter_of(node: ast.Node) -> str | None:
    """The one filter that a part of a search speaks of, None when it is no filter or several."""
    names = {_leaf_filter(leaf) for leaf in ast.leaves(node)}
    plain = isinstance(node, ast.Or | ast.Has | ast.Between | ast.Fits | ast.Near | ast.Missing)
    return names.pop() if plain and len(names) == 1 else None


def _leaf_filter(leaf: ast.Node) -> str | None:
    match leaf:
        case ast.Has() | ast.Between() | ast.Fits():
            return leaf.filter
        case ast.Near():
            return "near"
        case ast.Missing():
            found = FILTER_BY_PIECE.get(leaf.piece.lower())
            return found.name if found else leaf.piece if leaf.piece in ("near", "age", "sex") else None
    return None


def _values(node: ast.Node) -> Iterator[str]:
    for leaf in ast.leaves(node):
        if isinstance(leaf, ast.Has):
            yield leaf.value
        elif isinstance(leaf, ast.Missing):
            yield NOT_STATED
