"""The address of a search: the whole request in the query part, so that a link is the search.

Must not know HTML or the web framework.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from ...errors import InvalidValue
from ...indexes.search.engine import Request
from ...indexes.search.facets import DEFAULT, NOT_STATED
from ...indexes.search.filters import FILTER_BY_NAME

PAGE_SIZE = 20
FACETS = (*DEFAULT, "intervention_type", "healthy", "sex_accepted", "std_age", "results")
FORM_FILTERS = ("age", "sex", "near", "start", "enrollment")
"""Filters that are fields of the form; "not stated" alone is no answer to them, only an addition to one."""
MOST_PAGES = 5_000


def read_address(pairs: Iterable[tuple[str, str]]) -> tuple[Request, tuple[str, ...]]:
    """The request that an address holds, and the names in it that mean nothing here.

    Raises:
        InvalidValue: a page number that is none.
    """
    text, sort, offset, widen = "", "", 0, True
    facets: tuple[str, ...] = FACETS
    without: list[str] = []
    filters: dict[str, list[str]] = {}
    unknown: list[str] = []
    for name, value in pairs:
        value = value.strip()
        if name == "q":
            text = value
        elif name == "sort":
            sort = value
        elif name == "page":
            offset = (_page(value) - 1) * PAGE_SIZE
        elif name == "names":
            widen = value != "off"
        elif name == "without":
            without.append(value)
        elif name == "facets":
            facets = tuple(part for part in value.split(",") if part and part != "none")
        elif name == "near" or name in FILTER_BY_NAME:
            if value and value not in filters.setdefault(name, []):
                filters[name].append(value)
        else:
            unknown.append(name)
    kept = {
        name: tuple(values)
        for name, values in filters.items()
        if values and not (name in FORM_FILTERS and values == [NOT_STATED])
    }
    request = Request(text, kept, sort, offset, PAGE_SIZE, widen, frozenset(without), facets)
    return request, tuple(dict.fromkeys(unknown))


def _page(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= MOST_PAGES:
        raise InvalidValue(f"{value[:20]!r} is no page number", hint=f"Pages go from 1 to {MOST_PAGES:,}.")
    return int(value)


def address(request: Request, *, path: str = "/search") -> str:
    """The address of a request; the same request has one address."""
    pairs: list[tuple[str, str]] = []
    if request.text:
        pairs.append(("q", request.text))
    for name in sorted(request.filters):
        pairs += [(name, value) for value in request.filters[name]]
    if request.sort:
        pairs.append(("sort", request.sort))
    if not request.widen:
        pairs.append(("names", "off"))
    pairs += [("without", each) for each in sorted(request.without)]
    if request.facets != FACETS and path.endswith(".json"):
        pairs.append(("facets", ",".join(request.facets) or "none"))
    if request.offset:
        pairs.append(("page", str(request.offset // PAGE_SIZE + 1)))
    return f"{path}?{'&'.join(f'{name}={_quoted(value)}' for name, value in pairs)}" if pairs else path


@lru_cache(maxsize=2048)  # a page has hundreds of links that share their values
def _quoted(value: str) -> str:
    return quote(value, safe=",:")


def with_filter(request: Request, name: str, values: Sequence[str]) -> Request:
    """The request with a filter's values replaced, none taking it away, from its first page."""
    filters = {key: kept for key, kept in request.filters.items() if key != name}
    if values:
        filters[name] = tuple(values)
    sort = "" if request.sort == "distance" and "near" not in filters else request.sort
    return replace(request, filters=filters, offset=0, sort=sort)


def toggled(request: Request, name: str, value: str) -> Request:
    """The request with one value of a filter put in or taken out."""
    values = list(request.filters.get(name, ()))
    if value in values:
        values.remove(value)
    else:
        values.append(value)
    return with_filter(request, name, values)
