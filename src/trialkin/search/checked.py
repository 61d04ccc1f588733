"""Conditions that the index cannot answer alone: that several things hold of one and the same site, or that a term is
the whole, the beginning or the end of a text. The index finds candidates, the study itself decides.

Reads with the analyser of the index. Must not know the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter

from ..model import Study
from ..model.protocol import Location
from . import tree as ast
from .analysis import STOP_WORDS, key, may_hold, prepare, terms
from .fields import AREA_BY_NAME, FIELDS, Area
from .filters import SITE_STATUS
from .places import Point, country_names, find_place, site_is_open, site_point

SITE_FIELDS = {"facility": "facility", "city": "city", "state": "state", "country_name": "country", "zip": "zip"}
"""What a site says, by text field of the index."""
LOCATION = AREA_BY_NAME["locationsearch"]

SiteTest = Callable[[Location, Study], bool]


def speaks_of_a_site(node: ast.Node) -> bool:
    """Whether everything that is asked can be told of a single site."""
    match node:
        case ast.And(items) | ast.Or(items):
            return all(map(speaks_of_a_site, items))
        case ast.Not(item):
            return speaks_of_a_site(item)
        case ast.InArea(area, item):
            return SITE_FIELDS.keys() >= AREA_BY_NAME[area.lower()].weights.keys() and speaks_of_a_site(item)
        case ast.Words(words):
            return not any(word.endswith("*") for word in words)
        case ast.Has(name, _):
            return name in ("country", SITE_STATUS.name)
    return isinstance(node, ast.Phrase | ast.Near)


def of_the_study(node: ast.Node) -> ast.Node:
    """What holds of every study that has such a site: the tree without what only one site can tell."""
    match node:
        case ast.And(items):
            return ast.both(*map(of_the_study, items))
        case ast.Or(items):
            parts = [of_the_study(item) for item in items]
            return ast.Everything() if ast.Everything() in parts else ast.either(*parts)
        case ast.InArea(area, item):
            inner = of_the_study(item)
            return inner if isinstance(inner, ast.Everything) else ast.InArea(area, inner)
        case ast.Not() | ast.Has(SITE_STATUS.name):
            return ast.Everything()
    return node


def has_such_a_site(node: ast.Node, study: Study) -> bool:
    """Whether one of the study's sites meets everything that is asked."""
    test = _site_test(node, LOCATION)
    return any(test(site, study) for site in study.locations)


def _site_test(node: ast.Node, area: Area) -> SiteTest:
    match node:
        case ast.And(items):
            every = [_site_test(item, area) for item in items]
            return lambda site, study: all(test(site, study) for test in every)
        case ast.Or(items):
            some = [_site_test(item, area) for item in items]
            return lambda site, study: any(test(site, study) for test in some)
        case ast.Not(item):
            unwanted = _site_test(item, area)
            return lambda site, study: not unwanted(site, study)
        case ast.InArea(name, item):
            return _site_test(item, AREA_BY_NAME[name.lower()])
        case ast.Words(words):
            content = [word for word in words if key(word) not in STOP_WORDS] or words
            return _text_test([terms(word) for word in content], area)
        case ast.Phrase(text):
            return _text_test([terms(text)], area)
        case ast.Has("country", value):
            names = {value, *country_names(value)}
            return lambda site, _: site.country in names
        case ast.Has(_, value):
            return lambda site, study: (site.status or study.overall_status) == value
        case ast.Near(place, km, open_only):
            return _near_test(find_place(place)[0], km, open_only)
    raise AssertionError(node)


def _text_test(wanted: Sequence[tuple[str, ...]], area: Area) -> SiteTest:
    read = attrgetter(*(SITE_FIELDS[name] for name in area.weights))
    needed = frozenset(wanted)

    @cache  # cities and hospitals come again and again
    def held(text: str | None) -> frozenset[tuple[str, ...]]:
        return frozenset(each for each in needed if text and _holds(text, each))

    def test(site: Location, _: Study) -> bool:
        texts = read(site)
        return needed <= (held(texts) if len(area.weights) == 1 else frozenset().union(*map(held, texts)))

    return test


def _near_test(point: Point, km: float, open_only: bool) -> SiteTest:
    def test(site: Location, study: Study) -> bool:
        place = site_point(site)
        return place is not None and place.km_to(point) <= km and (not open_only or site_is_open(site, study))

    return test


def _holds(text: str, wanted: tuple[str, ...]) -> bool:
    if not may_hold(prepare(text).lower(), wanted):
        return False
    read = terms(text)
    return any(read[start : start + len(wanted)] == wanted for start in range(len(read) - len(wanted) + 1))


def covers(coverage: str, wanted: tuple[str, ...], study: Study, area: Area) -> bool:
    """Whether the terms are the whole ("FullMatch"), the beginning or the end of a text in the area."""
    size = len(wanted)
    for name in area.weights:
        for text in FIELDS[name].read(study):
            read = terms(text) if text else ()
            held = read if coverage == "FullMatch" else read[:size] if coverage == "StartsWith" else read[-size:]
            if size and held == wanted:
                return True
    return False
