"""One site of a study: what it says, and whether it meets what is asked of one and the same site.

The index keeps place, country, state, city and status of every site as one term, so that what is asked of these is
decided by a look through the dictionary. Facility and postal code are not in the term, they differ from site to site:
a test that rests on them answers None, and only the record can tell. Must not know the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ...model import Study
from . import tree as ast
from .analysis import STOP_WORDS, key, may_hold, prepare, terms
from .fields import AREA_BY_NAME, Area
from .filters import SITE_STATUS
from .places import Point, country_names, find_place, site_is_open, site_point

LOCATION = AREA_BY_NAME["locationsearch"]
SITE_FIELDS = {"facility": "facility", "city": "city", "state": "state", "country_name": "country", "zip": "zip"}
"""What a site says, by text field of the index."""
_UNSAID = {"facility": "LocationFacility", "zip": "LocationZip"}
_NOTHING = ast.Not(ast.Everything())
_SEPARATOR = "\x1f"
_LONGEST = 500


class Site(NamedTuple):
    """A site. `place`: the key of its point, "" when unknown; `status`: the study's where the site has none of its
    own; `facility`, `zip`: None when the site was read from a term, which does not say."""

    place: str
    country: str
    state: str
    city: str
    status: str
    open: bool
    facility: str | None = None
    zip: str | None = None

    @property
    def term(self) -> str:
        """The site as a term of the index."""
        texts = (self.status, "open" if self.open else "", self.country, self.state, self.city, self.place)
        return _SEPARATOR.join(text[:_LONGEST].replace(_SEPARATOR, " ") for text in texts)

    @classmethod
    def read(cls, term: str) -> Site:
        """The site that a term of the index speaks of."""
        status, is_open, country, state, city, place = term.split(_SEPARATOR)
        return cls(place, country, state, city, status, bool(is_open))


def sites(study: Study) -> Iterator[Site]:
    """The sites of a study, as its record has them."""
    for site in study.locations:
        point = site_point(site)
        yield Site(
            point.key if point else "",
            site.country or "",
            site.state or "",
            site.city or "",
            site.status or study.overall_status or "",
            site_is_open(site, study),
            site.facility or "",
            site.zip or "",
        )


SiteTest = Callable[[Site], bool | None]
"""Whether a site meets what is asked; None: it rests on what the site, as given, does not tell."""


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


def unsaid(node: ast.Node, area: Area = LOCATION) -> ast.Node:
    """What holds of every study that has such a site only by what the terms leave out: words of a facility or code."""
    match node:
        case ast.And(items) | ast.Or(items):
            some = [unsaid(item, area) for item in items]
            if ast.Everything() in some:
                return ast.Everything()
            return (
                ast.either(*(each for each in some if each != _NOTHING)) if set(some) != {_NOTHING} else _NOTHING
            )
        case ast.InArea(name, item):
            return unsaid(item, AREA_BY_NAME[name.lower()])
        case ast.Words() | ast.Phrase():
            words = (
                [node] if isinstance(node, ast.Phrase) else [ast.Words((word,)) for word in _content(node.words)]
            )
            pieces = [piece for name, piece in _UNSAID.items() if name in area.weights]
            found = [ast.InArea(piece, word) for piece in pieces for word in words]
            return ast.either(*found) if found else _NOTHING
        case ast.Not():
            return ast.Everything()
    return _NOTHING


def _content(words: Sequence[str]) -> list[str]:
    return [word for word in words if key(word) not in STOP_WORDS] or list(words)


def beginning(node: ast.Node) -> str:
    """What the terms of all such sites begin with."""
    stated = (
        part.value for part in ast.parts(node) if isinstance(part, ast.Has) and part.filter == SITE_STATUS.name
    )
    status = next(stated, None)
    return f"{status}{_SEPARATOR}" if status else ""


def site_test(node: ast.Node, area: Area = LOCATION) -> SiteTest:
    """The test of everything that is asked of one site."""
    match node:
        case ast.And(items):
            quick_first = sorted(items, key=lambda item: not isinstance(item, ast.Has))
            return _every([site_test(item, area) for item in quick_first])
        case ast.Or(items):
            return _opposite(_every([_opposite(site_test(item, area)) for item in items]))
        case ast.Not(item):
            return _opposite(site_test(item, area))
        case ast.InArea(name, item):
            return site_test(item, AREA_BY_NAME[name.lower()])
        case ast.Words(words):
            return _text_test([terms(word) for word in _content(words)], area)
        case ast.Phrase(text):
            return _text_test([terms(text)], area)
        case ast.Has("country", value):
            names = {value, *country_names(value)}
            return lambda site: site.country in names
        case ast.Has(_, value):
            return lambda site: site.status == value
        case ast.Near(place, km, open_only):
            return _near_test(find_place(place)[0], km, open_only)
    raise AssertionError(node)


def _every(tests: Sequence[SiteTest]) -> SiteTest:
    """No when one says no, unknown when one does not know, else yes."""

    def test(site: Site) -> bool | None:
        known = True
        for each in tests:
            answer = each(site)
            if answer is False:
                return False
            known = known and answer is not None
        return True if known else None

    return test


def _opposite(test: SiteTest) -> SiteTest:
    def opposite(site: Site) -> bool | None:
        answer = test(site)
        return None if answer is None else not answer

    return opposite


def _text_test(wanted: Sequence[tuple[str, ...]], area: Area) -> SiteTest:
    names = [SITE_FIELDS[name] for name in area.weights]
    needed = frozenset(wanted)

    @cache  # cities and hospitals come again and again
    def held(text: str) -> frozenset[tuple[str, ...]]:
        return frozenset(each for each in needed if _holds(text, each))

    def test(site: Site) -> bool | None:
        texts = [getattr(site, name) for name in names]
        if needed <= frozenset().union(*(held(text) for text in texts if text)):
            return True
        return None if None in texts else False

    return test


def _near_test(point: Point, km: float, open_only: bool) -> SiteTest:
    @cache
    def reached(place: str) -> bool:
        return bool(place) and point.km_to(Point.read(place)) <= km

    return lambda site: reached(site.place) and (site.open or not open_only)


def _holds(text: str, wanted: tuple[str, ...]) -> bool:
    if not may_hold(prepare(text).lower(), wanted):
        return False
    read = terms(text)
    return any(read[start : start + len(wanted)] == wanted for start in range(len(read) - len(wanted) + 1))
