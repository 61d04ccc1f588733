"""Registers of studies: what each offers to the log.

`ctgov` syncs ClinicalTrials.gov. Files of other registers are read by the sources in `SOURCES`; a new one is one module
with `knows` and `read`, and its name here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..log.archive import Offer
from . import european, ictrp
from .converting import Converted

__all__ = ["SOURCES", "Source", "offers", "source_of"]

_HEAD = 65536


@dataclass(frozen=True)
class Source:
    """Files of a register, or of a collection of registers. terms: what its owner asks of those who show it."""

    name: str
    knows: Callable[[bytes, str], bool]
    read: Callable[[Path], Iterator[Converted]]
    terms: str


SOURCES: tuple[Source, ...] = (
    Source(
        "WHO ICTRP export",
        ictrp.knows,
        ictrp.read,
        "The World Health Organization asks to be named as the source, with the date of the export.",
    ),
    Source(
        "CTIS, EUCTR and ISRCTN as JSON",
        european.knows,
        european.read,
        "EMA: reuse with the source named. ISRCTN: attribution to the ISRCTN registry (CC BY 4.0).",
    ),
)


def source_of(path: Path) -> Source | None:
    """What reads a file, None when it is of no other register: then the log's own reader has it."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    return next((source for source in SOURCES if source.knows(head, path.name)), None)


def offers(path: Path, source: Source) -> Iterator[Offer]:
    """Every record of a file of another register, in the shape of the study model, or with why it could not be read."""
    for found in source.read(path):
        if found.record is None:
            yield Offer(found.place, b"", ("not-converted", found.reason))
        else:
            yield Offer(found.place, msgspec.json.encode(found.record), second_hand=True)
