"""What the index cannot decide alone: it finds candidates, and the record of each decides.

Whatever else a study must pass chooses the candidates. Filters do so only where there are too many without them: a
facet counts as if its own filter were not there, and then it can tell of the chosen values only. Must not know trees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tantivy import Occur, Query

from ...errors import InvalidQuery
from ...model import Study
from .analysis import terms
from .facets import counted
from .fields import FIELDS, Area
from .sites import Site, SiteTest

if TYPE_CHECKING:
    from tantivy import Schema, Searcher

MOST_READ = 2_000
"""More records than this are not read for one search: 0.2 to 0.6 ms each at 600,000 studies."""

Read = Callable[[str], Study]
"""A study by its id."""


class Candidates:
    """Finds the studies of one search that are worth reading, and reads them.

    narrowed: whether filters in force had to choose the candidates.
    """

    def __init__(self, searcher: Searcher, schema: Schema, read: Read | None) -> None:
        self._searcher, self._schema, self._read = searcher, schema, read
        self._always: list[Query] = []
        self._filters: list[Query] = []
        self.narrowed = False

    def must(self, query: Query) -> None:
        """Every study found must pass this."""
        self._always.append(query)

    def may_be_asked_without(self, filtered: Query) -> None:
        """A filter, or what it asks for not stated: every study found passes, but a facet asks what else there is."""
        self._filters.append(filtered)

    def passing(self, rough: Query, passes: Callable[[Study], bool], asked: str) -> Query:
        """Of the studies that `rough` finds those that pass when they are read.

        Raises:
            InvalidQuery: there are too many, or there is nothing to read them with.
        """
        found = self._searcher.search(joined((*self._always, rough)), limit=MOST_READ)
        if counted(found) > MOST_READ and self._filters:
            self.narrowed = True
            found = self._searcher.search(joined((*self._always, *self._filters, rough)), limit=MOST_READ)
        if counted(found) > MOST_READ:
            raise InvalidQuery(
                f"{asked} would have to read {counted(found):,} studies one by one, more than {MOST_READ:,}",
                column=1,
                hint="Add what else must be in the studies, such as cond:melanoma or status:recruiting.",
            )
        ids = sorted(self._searcher.doc(address)["id"][0] for _, address in found.hits)
        if ids and self._read is None:
            raise InvalidQuery(f"{asked} cannot be asked without the records", column=1)
        read = self._read
        return Query.term_set_query(self._schema, "id", [each for each in ids if read and passes(read(each))])

    def sites(self, test: SiteTest, beginning: str) -> tuple[Query, Query | None]:
        """The studies that surely have a site which meets the test, and those that may have (None: no others).

        beginning: what the terms of all such sites begin with.
        """
        verdicts: dict[bool | None, list[str]] = {True: [], None: [], False: []}
        for term, _ in self._searcher.terms_with_prefix("site", beginning):
            verdicts[test(Site.read(term))].append(term)
        sure, unsure = (Query.term_set_query(self._schema, "site", verdicts[each]) for each in (True, None))
        if not verdicts[None]:
            return sure, None
        return sure, Query.boolean_query([(Occur.Must, unsure), (Occur.MustNot, sure)])


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


def joined(parts: Sequence[Query]) -> Query:
    """What passes every part."""
    return parts[0] if len(parts) == 1 else Query.boolean_query([(Occur.Must, part) for part in parts])
