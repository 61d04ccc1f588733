"""The search page: cards, facets, chips for what is applied, other names, notices, links to the next page.

Every link is an address of its own; nothing depends on a script. Must not know HTML.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...errors import InvalidQuery
from ...indexes.search.engine import SORTS, Answer, Request, Unstated
from ...indexes.search.expand import Expansion
from ...indexes.search.facets import NOT_STATED, Bucket, Facet
from ...indexes.search.query import parse
from ...library import Library
from ..words import count_of
from .address import FACETS, FORM_FILTERS, PAGE_SIZE, address, toggled, with_filter
from .cards import Card, cards
from .chips import Chip, chips
from .lately import confirmed_lately, is_confirmed_lately
from .meant import with_filters

OPEN_FACETS = 3
SHORT_LIST = 6
RECRUITING = ("status", "RECRUITING")
"""The choice that the form offers as a box of its own."""
SORT_WORDS = {
    "relevance": "Best match",
    "distance": "Nearest open site",
    "updated": "Last updated",
    "posted": "First posted",
    "start": "Start, latest first",
    "oldest": "Start, earliest first",
    "largest": "Most participants",
    "smallest": "Fewest participants",
}


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere; `on`: it is in force now."""

    text: str
    href: str
    on: bool = False
    note: str = ""


@dataclass(frozen=True)
class FacetList:
    """One facet as links. `more` are folded; `open`: unfolded from the start."""

    name: str
    label: str
    links: tuple[Link, ...]
    more: tuple[Link, ...]
    open: bool


@dataclass(frozen=True)
class OtherName:
    """One other name that was searched (or is switched off), with the link that turns it the other way."""

    name: str
    other: str
    kind: str
    source: str
    link: Link


@dataclass(frozen=True)
class SearchPage:
    """All that the page shows. `problem` with `column`: the search could not be read, and there are no hits.

    total: exact. first, last: numbers of the hits shown, from 1. pending: records of the library that the index has
    not taken in yet. meant: the same search with words such as "recruiting" as filters. held: studies in the library.
    lately: the same search for recruiting studies that nothing puts in doubt, and their number. landscape: address.
    """

    text: str
    title: str
    problem: str = ""
    hint: str = ""
    column: int = 0
    query: str = ""
    total: int = 0
    first: int = 0
    last: int = 0
    cards: tuple[Card, ...] = ()
    chips: tuple[Chip, ...] = ()
    facets: tuple[FacetList, ...] = ()
    sorts: tuple[Link, ...] = ()
    other_names: tuple[OtherName, ...] = ()
    names_switch: Link | None = None
    notices: tuple[str, ...] = ()
    unstated: tuple[Link, ...] = ()
    suggestion: Link | None = None
    meant: Link | None = None
    lately: Link | None = None
    landscape: str = ""
    held: int = 0
    pages: tuple[Link, ...] = ()
    forms: tuple[Link, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    statuses: tuple[str, ...] = ()
    form: tuple[tuple[str, str], ...] = ()
    pending: int = 0
    data_timestamp: str = ""


def search_page(library: Library, request: Request, unknown: tuple[str, ...] = ()) -> SearchPage:
    """Search and lay the answer out; a search that cannot be read is a page that says so."""
    request = replace(request, facets=FACETS)
    try:
        answer = library.search(request)
    except InvalidQuery as error:
        return SearchPage(
            request.text,
            "Search",
            problem=error.message,
            hint=error.hint,
            column=error.column if _unreadable(request.text) else 0,
            form=_form(request),
            kept=_kept(request),
            statuses=request.filters.get("status", ()),
        )
    notices = [*answer.notices]
    if unknown:
        notices.append(f"Parts of the address that mean nothing here were passed over: {', '.join(unknown)}.")
    return SearchPage(
        text=request.text,
        title=f"{request.text[:60]} – Search" if request.text else "Search",
        query=str(answer.query),
        total=answer.total,
        first=request.offset + 1 if answer.ids else 0,
        last=request.offset + len(answer.ids),
        cards=cards(library, answer),
        chips=tuple(chips(request)),
        facets=tuple(facet_lists(answer)),
        sorts=tuple(_sorts(answer)),
        other_names=tuple(_other_name(answer, each) for each in answer.expansions),
        names_switch=_names_switch(answer),
        notices=tuple(notices),
        unstated=tuple(_unstated(answer)),
        suggestion=_searched(library, answer, answer.suggestion),
        meant=_searched(library, answer, with_filters(request.text)),
        lately=_lately(library, answer),
        landscape=address(replace(request, offset=0), path="/landscape"),
        held=len(library),
        pages=tuple(_pages(answer)),
        forms=tuple(_forms(request)),
        kept=_kept(request),
        statuses=request.filters.get("status", ()),
        form=_form(request),
        pending=max(0, library.store.last_seq - answer.seq),
        data_timestamp=library.data_timestamp or "",
    )


def _unreadable(text: str) -> bool:
    """Whether it is the text that cannot be read, and not a field of the form."""
    try:
        parse(text)
    except InvalidQuery:
        return True
    return False


def _form(request: Request) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, next((value for value in request.filters.get(name, ()) if value != NOT_STATED), ""))
        for name in FORM_FILTERS
    )


def _kept(request: Request) -> tuple[tuple[str, str], ...]:
    """What a new search from the page's form keeps: the facets in force, not what the form itself asks."""
    return tuple(
        (name, value)
        for name, values in request.filters.items()
        for value in values
        if value == NOT_STATED or (name not in FORM_FILTERS and (name, value) != RECRUITING)
    )


def facet_lists(answer: Answer) -> Iterator[FacetList]:
    """The facets that have something to choose, as links."""
    for number, facet in enumerate(answer.facets):
        if not facet.buckets:
            continue
        links = [_facet_link(answer.request, facet, bucket) for bucket in facet.buckets]
        top = [link for place, link in enumerate(links) if place < SHORT_LIST or link.on]
        more = [link for link in links if link not in top]
        opened = number < OPEN_FACETS or any(link.on for link in links)
        yield FacetList(facet.name, facet.label, tuple(top), tuple(more), opened)


def _facet_link(request: Request, facet: Facet, bucket: Bucket) -> Link:
    return Link(
        bucket.label, address(toggled(request, facet.name, bucket.value)), bucket.selected, f"{bucket.count:,}"
    )


def _sorts(answer: Answer) -> Iterator[Link]:
    for name in SORTS:
        if name == "distance" and answer.near is None:
            continue
        request = replace(answer.request, sort=name, offset=0)
        yield Link(SORT_WORDS[name], address(request), on=name == answer.sort)


def _other_name(answer: Answer, expansion: Expansion) -> OtherName:
    request, off = answer.request, not answer.searched(expansion)
    without = request.without - {expansion.id} if off else request.without | {expansion.id}
    changed = replace(request, without=without, widen=request.widen or not expansion.asked, offset=0)
    link = Link("search for it too" if off else "do not search for it", address(changed), on=not off)
    return OtherName(expansion.typed, expansion.other, expansion.kind, expansion.source, link)


def _names_switch(answer: Answer) -> Link | None:
    request = answer.request
    if not request.widen:
        return Link("Search other names too", address(replace(request, widen=True, offset=0)))
    if any(not each.asked for each in answer.expansions):
        return Link("Search only what was typed", address(replace(request, widen=False, offset=0)), on=True)
    return None


def unstated_words(each: Unstated) -> str:
    """ "2 studies match otherwise but do not state: age"."""
    one = each.count == 1
    said = "matches otherwise but does" if one else "match otherwise but do"
    return f"{count_of(each.count, 'study', 'studies')} {said} not state: {each.label.lower()}"


def _unstated(answer: Answer) -> Iterator[Link]:
    for each in answer.unstated:
        values = answer.request.filters.get(each.name)
        said = unstated_words(each)
        if values and not each.included:
            request = with_filter(answer.request, each.name, (*values, NOT_STATED))
            yield Link(f"{said}.", address(request), note="Include it" if each.count == 1 else "Include them")
        elif values:
            rest = [value for value in values if value != NOT_STATED]
            yield Link(
                f"{said}; included.",
                address(with_filter(answer.request, each.name, rest)),
                True,
                "Without them",
            )
        else:
            yield Link(f"{said}.", "")


def _searched(library: Library, answer: Answer, text: str | None) -> Link | None:
    """The search with another text, when that finds any study."""
    if text is None:
        return None
    request = replace(answer.request, text=text, offset=0)
    total = library.search(replace(request, limit=0, facets=())).total
    return Link(text, address(request), note=count_of(total, "study", "studies")) if total else None


def _lately(library: Library, answer: Answer) -> Link | None:
    """Offered where recruiting studies are among the hits; in force it leads back to all that are recruiting."""
    today, request = dt.date.today(), answer.request
    if is_confirmed_lately(request, today):
        kept = {
            k: v for k, v in request.filters.items() if k not in ("completion", "primary_completion", "updated")
        }
        return Link("recruiting, confirmed lately", address(replace(request, filters=kept, offset=0)), on=True)
    open_ones = {bucket.value for facet in answer.facets if facet.name == "status" for bucket in facet.buckets}
    if "RECRUITING" not in open_ones or not answer.total:
        return None
    narrowed = confirmed_lately(request, today)
    total = library.search(replace(narrowed, limit=0, facets=())).total
    return Link("recruiting, confirmed lately", address(narrowed), note=f"{total:,}")


def _pages(answer: Answer) -> Iterator[Link]:
    request, total = answer.request, answer.total
    if request.offset:
        yield Link("Previous", address(replace(request, offset=max(0, request.offset - PAGE_SIZE))))
    if request.offset + PAGE_SIZE < total:
        yield Link("Next", address(replace(request, offset=request.offset + PAGE_SIZE)))


def _forms(request: Request) -> Iterator[Link]:
    whole = replace(request, offset=0)
    yield Link("Search report", address(whole, path="/search.txt"))
    yield Link("CSV of all", address(whole, path="/search.csv"))
    yield Link("JSON", address(request, path="/search.json"))
