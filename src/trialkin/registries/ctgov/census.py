"""Comparing what the registry lists with what the library holds.

Pure. A registry that answers with success has lost studies before: a drop beyond a small bound is not believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from ...errors import UntrustedAnswer

DROP_SHARE = 0.005
DROP_MOST = 2_000
DROP_LEAST = 5  # below this a share means nothing
ANY_DAY = "?"  # held as of the registry's own bulk file: whatever day is listed is the day held


@dataclass(frozen=True)
class Census:
    """What a census shows. listed: the registry's ids. wanted: those to fetch. absent: ours that it left out."""

    listed: frozenset[str]
    wanted: tuple[str, ...]
    absent: tuple[str, ...]


def compare(listing: Mapping[str, str | None], *, ours: Mapping[str, str], known: Set[str]) -> Census:
    """The census of a listing (id -> day of the last posted update).

    ours: the same of what the library will hold once everything fetched so far is published.
    known: ids that the registry is expected to list.
    """
    wanted = [nct_id for nct_id, posted in listing.items() if ours.get(nct_id) not in (posted or "", ANY_DAY)]
    return Census(frozenset(listing), tuple(sorted(wanted)), tuple(sorted(known - listing.keys())))


def largest_drop(known: int) -> int:
    """How many known studies may be missing from a census before it is not believed."""
    return min(DROP_MOST, max(DROP_LEAST, int(known * DROP_SHARE)))


def check_drop(absent: int, *, known: int, allowed: bool) -> None:
    """Refuse a census that leaves out too much.

    Raises:
        UntrustedAnswer: more is missing than is usual, or everything is.
    """
    if allowed or absent == 0 or (absent <= largest_drop(known) and absent < known):
        return
    raise UntrustedAnswer(
        f"the registry lists {known - absent:,} of {known:,} studies that it listed before: {absent:,} are missing",
        hint="Nothing was published and the library is as it was. The registry has answered with partial data "
        "before; try again later. If the drop is real: trialkin sync --allow-drop",
    )
