"""A query tree as the engine's query, and what to look for when a hit is explained.

Matching is exact: every word of a search must be in the area, in its own form or as another name. Scores: BM25 of
each field times the area's weight, the best field of a word counting most; filters never score. Must not know
disks or pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tantivy import FieldType, Occur, Query

from ...errors import InvalidQuery, InvalidValue
from ...model import Age, PartialDate
from . import tree as ast
from .analysis import STOP_WORDS, key, terms
from .candidates import Candidates, Read, covers, joined
from .expand import MOST_BEGINNING, Expander, Expansion
from .fields import AREA_BY_NAME, BASIC, Area
from .filters import FILTER_BY_NAME, FILTER_BY_PIECE, DateFilter
from .places import Point, country_names, find_place
from .said import Ask, answered
from .sites import LOCATION, beginning, of_the_study, site_test, sites, unsaid

if TYPE_CHECKING:
    import numpy as np
    from tantivy import Schema, Searcher

TIE = 0.1
"""How much the other fields of a word add to its best one."""
EXPANSION_WEIGHT = 0.4
PROXIMITY = {"acronym": 1.0, "brief_title": 1.0, "official_title": 0.6, "condition": 0.8, "intervention": 0.8}
PROXIMITY_WEIGHT = 1.2
MOST_TOKENS = 40
_AS_TYPED = ("None", "Term")
MOST_WIDENED = 40
"""A search of more words than this is searched as it stands: other names and spellings would multiply the work."""
FAR_KM = 25_000.0


@dataclass(frozen=True)
class Sought:
    """Something that a hit may hold: terms next to each other in a field of the area."""

    area: Area
    text: str
    terms: tuple[str, ...]
    expansion: Expansion | None = None


@dataclass
class Compiled:
    """What trees became. `query` finds what passes every one; `parts`: each alone.

    narrowed: without a filter in force, `parts` find only some of the studies that they would.
    """

    query: Query
    parts: tuple[Query, ...] = ()
    sought: list[Sought] = field(default_factory=list)
    expansions: list[Expansion] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    near: Point | None = None
    near_name: str = ""
    near_km: float = 0.0
    ranked: bool = False
    narrowed: bool = False


class Compiler:
    """Compiles trees against one view of the index.

    widen: whether other names are searched too; without: ids of expansions that are not. read: a study by its id,
    for what the index cannot decide alone; ask: the readings.
    """

    def __init__(
        self,
        searcher: Searcher,
        schema: Schema,
        *,
        widen: bool = True,
        without: frozenset[str] = frozenset(),
        read: Read | None = None,
        ask: Ask | None = None,
    ) -> None:
        self._searcher, self._ask = searcher, ask
        self._schema = schema
        self._widen = widen
        self._without = without
        self._candidates = Candidates(searcher, schema, read)
        self._expander = Expander(searcher)
        self._positive = True
        self._many = self._names = False
        self._out = Compiled(Query.all_query())

    def compile(self, *nodes: ast.Node, filters: Sequence[str | None] = ()) -> Compiled:
        """The engine's query for trees that a study must pass together.

        filters: for each tree the filter that it is, None for what is never left out; () when none ever is.

        Raises:
            InvalidQuery: a place that is not known, or too many studies to look at one by one.
        """
        self._out = Compiled(Query.all_query())
        self._many = sum(map(_words_in, nodes)) > MOST_WIDENED
        if self._many and self._widen:
            self._out.notices.append(f"Other names are not searched for more than {MOST_WIDENED} words.")
        self._names = self._widen and not self._many
        names = filters or (None,) * len(nodes)
        parts: dict[int, Query] = {}
        for place in sorted(range(len(nodes)), key=lambda place: _is_checked(nodes[place])):
            parts[place] = self._node(nodes[place], BASIC, "Concept")
            self._narrow(nodes[place], parts[place], names[place])
        self._out.parts = tuple(parts[place] for place in range(len(nodes)))
        self._out.query = joined(self._out.parts)
        self._out.sought = list(dict.fromkeys(self._out.sought))
        self._out.expansions = list(dict.fromkeys(self._out.expansions))
        self._out.narrowed = self._candidates.narrowed
        return self._out

    def _narrow(self, node: ast.Node, query: Query, name: str | None) -> None:
        """Let a part of the search choose what is read for the parts after it."""
        if name is None:
            self._candidates.must(query)
            return
        any_of = self._or(tuple(ast.leaves(node)), BASIC, "None") if isinstance(node, ast.And) else query
        stated = [(Occur.Should, any_of), (Occur.Should, self._missing(name))]
        self._candidates.may_be_asked_without(Query.boolean_query(stated))

    def _node(self, node: ast.Node, area: Area, level: str) -> Query:
        match node:
            case ast.Words():
                return self._words(node.words, area, level)
            case ast.Phrase():
                return self._phrase(node.text, area, level)
            case ast.And():
                return self._and(node.items, area, level)
            case ast.Or():
                return self._or(node.items, area, level)
            case ast.Not():
                return self._not([node.item], area, level)
            case ast.InArea():
                return self._node(node.item, AREA_BY_NAME[node.area.lower()], level)
            case ast.Widened():
                return self._node(node.item, area, node.level)
            case ast.Covered():
                return self._covered(node, area)
            case ast.OnSite():
                return self._on_site(node.item, level)
            case ast.Everything():
                return _unscored(Query.all_query())
        return _unscored(self._filter(node))

    def _and(self, items: tuple[ast.Node, ...], area: Area, level: str) -> Query:
        parts = [(Occur.Must, self._node(item, area, level)) for item in items if not isinstance(item, ast.Not)]
        banned = [item.item for item in items if isinstance(item, ast.Not)]
        if banned:
            parts.append((Occur.Must, self._not(banned, area, level)))
        return Query.boolean_query(parts)

    def _or(self, items: tuple[ast.Node, ...], area: Area, level: str) -> Query:
        parts: list[Query] = []
        for item in items:
            if self._many and isinstance(item, ast.Words) and len(item.words) == 1:
                # fields of many words add up one by one: half the work of the best field of each word
                parts += self._fields(item.words[0], terms(item.words[0]), area)
            else:
                parts.append(self._node(item, area, level))
        return Query.boolean_query([(Occur.Should, part) for part in parts])

    def _not(self, items: Iterable[ast.Node], area: Area, level: str) -> Query:
        before, self._positive = self._positive, not self._positive
        parts = [(Occur.Must, _unscored(Query.all_query()))]
        parts += [(Occur.MustNot, self._node(item, area, level)) for item in items]
        self._positive = before
        return Query.boolean_query(parts)

    # ---- text

    def _words(self, words: tuple[str, ...], area: Area, level: str) -> Query:
        begun = [word for word in words if word.endswith("*")]
        words = tuple(word for word in words if word not in begun)
        content = [word for word in words if key(word) not in STOP_WORDS] or list(words)
        spans: list[tuple[tuple[str, ...], list[Expansion]]] = [((word,), []) for word in words]
        if self._names and area.learns and level not in _AS_TYPED:
            units = self._expander.units(words, area.kinds)
            spans = [(words[unit.start : unit.end], self._allowed(unit.expansions)) for unit in units]
        occur = Occur.Should if level == "Lossy" else Occur.Must
        parts = [(occur, self._beginning(word, area)) for word in begun]
        for own, expansions in spans:
            needed = [word for word in own if word in content]
            if needed:
                parts.append((occur, self._unit(needed, expansions, area)))
        near = self._proximity(words, area) if len(words) > 1 else None
        if near is not None:
            parts.append((Occur.Should, near))
        return parts[0][1] if len(parts) == 1 else Query.boolean_query(parts)

    def _beginning(self, word: str, area: Area) -> Query:
        """Any of the words that begin so."""
        found = self._expander.beginning(key(word))
        if len(found) > MOST_BEGINNING:
            self._out.notices.append(
                f"{word} is searched as the {MOST_BEGINNING} most frequent of {len(found):,} words that begin so."
            )
        any_of = [
            (Occur.Should, query)
            for each in self._allowed(found[:MOST_BEGINNING])
            for query in self._fields(each.other, terms(each.other), area, each)
        ]
        return Query.boolean_query(any_of) if any_of else Query.empty_query()

    def _unit(self, words: list[str], expansions: Iterable[Expansion], area: Area) -> Query:
        own = [(Occur.Must, self._text(word, terms(word), area)) for word in words]
        query = own[0][1] if len(own) == 1 else Query.boolean_query(own)
        return self._with_others(query, expansions, area)

    def _phrase(self, text: str, area: Area, level: str) -> Query:
        if level in ("Relaxation", "Lossy"):
            return self._words(tuple(word for word in text.split() if key(word)), area, level)
        query = self._text(text, terms(text), area)
        if not (self._names and area.learns and level not in _AS_TYPED):
            return query
        return self._with_others(query, self._allowed(self._expander.names(text, area.kinds)), area)

    def _with_others(self, query: Query, expansions: Iterable[Expansion], area: Area) -> Query:
        others = [
            Query.boost_query(self._text(each.other, terms(each.other), area, each), EXPANSION_WEIGHT)
            for each in expansions
        ]
        return Query.disjunction_max_query([query, *others], TIE) if others else query

    def _allowed(self, expansions: Iterable[Expansion]) -> list[Expansion]:
        if self._positive:
            self._out.expansions.extend(expansions)
        return [each for each in expansions if each.id not in self._without]

    def _text(self, text: str, tokens: tuple[str, ...], area: Area, expansion: Expansion | None = None) -> Query:
        """Terms next to each other in any field of the area, the best field counting most."""
        found = self._fields(text, tokens, area, expansion)
        return found[0] if len(found) == 1 else Query.disjunction_max_query(found, TIE)

    def _fields(
        self, text: str, tokens: tuple[str, ...], area: Area, expansion: Expansion | None = None
    ) -> list[Query]:
        """Terms next to each other in each field of the area, weighted."""
        tokens = tokens[:MOST_TOKENS]
        if self._positive:
            self._out.ranked = True
            self._out.sought.append(Sought(area, text, tokens, expansion))
        if not tokens:
            return [Query.empty_query()]
        return [
            Query.boost_query(self._in_field(name, tokens), weight)
            for name, weight in (area.core if expansion and not expansion.asked else area.weights).items()
        ]

    def _in_field(self, name: str, tokens: tuple[str, ...]) -> Query:
        if len(tokens) == 1:
            return Query.term_query(self._schema, name, tokens[0], index_option="freq")
        return Query.phrase_query(self._schema, name, list(tokens), slop=0)

    def _proximity(self, words: tuple[str, ...], area: Area) -> Query | None:
        tokens = tuple(token for word in words for token in terms(word))
        if not 1 < len(tokens) <= MOST_TOKENS:
            return None
        found = [
            Query.boost_query(self._in_field(name, tokens), weight * PROXIMITY_WEIGHT)
            for name, weight in PROXIMITY.items()
            if name in area.weights
        ]
        return Query.disjunction_max_query(found, 0.0) if found else None

    # ---- what the studies themselves decide

    def _covered(self, node: ast.Covered, area: Area) -> Query:
        wanted = terms(node.text)
        rough = self._text(node.text, wanted, area)
        passing = self._candidates.passing(
            rough, lambda study: covers(node.coverage, wanted, study, area), f"COVERAGE[{node.coverage}]"
        )
        return joined((rough, _unscored(passing)))

    def _on_site(self, item: ast.Node, level: str) -> Query:
        """Studies with such a site, most of them known from the index; the others are read."""
        rough, test = self._node(of_the_study(item), LOCATION, level), site_test(item)
        surely, perhaps = self._candidates.sites(test, beginning(item))
        if perhaps is None:
            return joined((rough, _unscored(surely)))
        before, self._positive = self._positive, False  # what chooses candidates is no reason of a hit
        said_only_there = self._node(unsaid(item), LOCATION, "None")
        self._positive = before
        passing = self._candidates.passing(
            joined((rough, perhaps, said_only_there)),
            lambda study: any(map(test, sites(study))),
            "SEARCH[Location]",
        )
        return joined((rough, _unscored(Query.boolean_query([(Occur.Should, surely), (Occur.Should, passing)]))))

    # ---- filters

    def _filter(self, node: ast.Node) -> Query:
        match node:
            case ast.Ids():
                return self.ids(node.ids)
            case ast.Has():
                return self._has(node)
            case ast.Between():
                return self._between(node)
            case ast.Fits():
                return self._fits(node)
            case ast.Missing():
                return self._missing(node.piece)
            case ast.Near():
                return self._near(node)
            case ast.Says():
                return self.studies(answered(self._ask, node).yes)
        raise AssertionError(node)

    def ids(self, ids: tuple[str, ...]) -> Query:
        """Studies of these ids, and those that give an id of another register among their own further ids."""
        found = self._any_of("id", list(ids))
        before, self._positive = self._positive, False
        area = AREA_BY_NAME["idsearch"]
        bare = dict.fromkeys(
            each.removeprefix("EUCTR").removeprefix("CTIS") for each in ids if not each.startswith("NCT")
        )
        named = [self._text(each, terms(each), area) for each in bare]
        self._positive = before
        return (
            _unscored(Query.boolean_query([(Occur.Should, each) for each in (found, *named)])) if named else found
        )

    def studies(self, numbers: np.ndarray) -> Query:
        """The studies of these numbers."""
        return Query.term_set_query(self._schema, "number", numbers.tolist())

    def _has(self, node: ast.Has) -> Query:
        values = [node.value]
        if node.filter == "country":
            values = [*dict.fromkeys((node.value, *country_names(node.value)))]
        return self._any_of(node.filter, values)

    def _any_of(self, name: str, values: list[str]) -> Query:
        """One of the values; a single one is read as its own list, several are gathered first."""
        if len(values) == 1:
            return Query.term_query(self._schema, name, values[0], index_option="basic")
        return Query.term_set_query(self._schema, name, values)

    def _missing(self, piece: str) -> Query:
        found = FILTER_BY_PIECE.get(piece.lower()) or FILTER_BY_NAME.get(piece)
        if found is not None:
            name = "sex_accepted" if found.name == "sex" else found.name
        elif piece == "near":
            name = "near"
        else:
            name = next(iter(AREA_BY_NAME[piece.lower()].weights))
        return Query.term_query(self._schema, "missing", name, index_option="basic")

    def _range(self, name: str, low: int | None, high: int | None) -> Query:
        if low is None and high is None:
            return Query.exists_query(name)
        return Query.range_query(self._schema, name, FieldType.Integer, low, high)

    def _between(self, node: ast.Between) -> Query:
        if not isinstance(FILTER_BY_NAME[node.filter], DateFilter):
            return self._range(
                node.filter, *(None if each is None else int(each) for each in (node.low, node.high))
            )
        low = PartialDate.parse(node.low) if node.low else None
        high = PartialDate.parse(node.high) if node.high else None
        began = self._range(node.filter, None, int(f"{high.last:%Y%m%d}") if high else None)
        ended = self._range(f"{node.filter}_last", int(f"{low.first:%Y%m%d}") if low else None, None)
        return Query.boolean_query([(Occur.Must, began), (Occur.Must, ended)])

    def _fits(self, node: ast.Fits) -> Query:
        if node.filter == "sex":
            return Query.term_set_query(self._schema, "sex_accepted", ["ALL", node.value.upper()])
        number, unit = node.value.split()
        age = Age(int(number), unit.rstrip("s").capitalize())
        first = round(age.years * 365.25)
        last = max(first, round(age.years_exclusive_end * 365.25) - 1)
        return Query.boolean_query(
            [
                (Occur.Must, self._range("age_first", None, last)),
                (Occur.Must, self._range("age_last", first, None)),
            ]
        )

    def _near(self, node: ast.Near) -> Query:
        try:
            point, name, others = find_place(node.place)
        except InvalidValue as error:
            raise InvalidQuery(error.message, column=1, hint=error.hint) from error
        if others:
            self._out.notices.append(f"{node.place} was taken as {name}; there is also {'; '.join(others)}.")
        self._out.near, self._out.near_name, self._out.near_km = point, name, node.km
        field_name = "open_place" if node.open_only else "place"
        places = [
            place
            for place, _ in self._searcher.terms_with_prefix(field_name, "")
            if point.km_to(Point.read(place)) <= node.km
        ]
        return Query.term_set_query(self._schema, field_name, places)


def _words_in(node: ast.Node) -> int:
    return sum(
        len(leaf.words) if isinstance(leaf, ast.Words) else len(leaf.text.split())
        for leaf in ast.leaves(node)
        if isinstance(leaf, ast.Words | ast.Phrase | ast.Covered)
    )


def _is_checked(node: ast.Node) -> bool:
    return any(isinstance(leaf, ast.Covered | ast.OnSite) for leaf in ast.leaves(node))


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)
