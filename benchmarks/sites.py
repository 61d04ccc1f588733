"""Searches that ask several things of one site, or for a whole text, and the second page of a search.

`python -m benchmarks.sites --library DIR`: how many studies each finds, how long the first page takes with ten facets,
and how long the second, for which the index keeps what was counted. A search that is refused says why.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from benchmarks import measure
from trialkin.errors import InvalidQuery
from trialkin.indexes.search.engine import Request
from trialkin.library import Library
from trialkin.views.search.address import FACETS

RECRUITS = "AREA[LocationStatus]RECRUITING"
ON_SITE = (
    f"AREA[LocationCity]Berlin AND {RECRUITS}",
    f"Berlin AND {RECRUITS}",
    f'near:"Berlin, 30 km" AND {RECRUITS}',
    f'country:"United States" AND {RECRUITS}',
    'AREA[LocationCity]Boston NOT country:"United States"',
    f"AREA[LocationFacility]charite AND {RECRUITS}",
    f'AREA[LocationFacility]"MD Anderson" AND {RECRUITS}',
)
ASKED = (
    *(Request(f"SEARCH[Location]({text})") for text in ON_SITE),
    Request(f"SEARCH[Location]({ON_SITE[-1]})", {"phase": ("PHASE3",)}),
    Request('AREA[Condition]COVERAGE[FullMatch]"breast cancer"'),
    Request(
        'AREA[Condition]COVERAGE[FullMatch]"breast cancer"', {"status": ("RECRUITING",), "phase": ("PHASE2",)}
    ),
    Request("cancer"),
    Request("cancer OR heart OR pain"),
    Request(""),
)
TIMES = 5


def row(library: Library, request: Request) -> tuple[str, str, str, str]:
    """The search, what it found, the milliseconds of its first page when asked anew and of its second page."""
    shown = " ".join(
        [request.text or "(all)", *(f"{name}:{values[0]}" for name, values in request.filters.items())]
    )
    first, second = measure.Times([]), measure.Times([])
    try:
        for turn in range(TIMES):
            # another name that is not there to be left out: nothing that is kept answers it
            asked = replace(request, facets=FACETS, without=frozenset({f"turn {turn}"}))
            first.values.append(measure.timed(lambda asked=asked: library.search(asked)))
            page = replace(asked, offset=20)
            second.values.append(measure.timed(lambda page=page: library.search(page)))
    except InvalidQuery as error:
        return f"`{shown}`", error.message, "–", "–"
    found = library.search(request).total
    return f"`{shown}`", f"{found:,}", f"{first.at(0.5):.0f} / {max(first.values):.0f}", f"{second.at(0.5):.0f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sites", description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    args = parser.parse_args()
    print(measure.machine())
    with Library(args.library) as library:
        view = library.search_index.view()
        sites = len(view.searcher.terms_with_prefix("site", ""))
        print(f"{view.searcher.num_docs:,} studies, {sites:,} different sites as the index has them\n")
        head = ("search", "studies", "first page, median / most ms", "second page ms")
        measure.print_table(head, (row(library, request) for request in ASKED))


if __name__ == "__main__":
    main()
