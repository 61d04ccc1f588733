"""What a section of the study page may look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model import Study
from ...sample import is_rewritten
from ..blocks import Block, Section

if TYPE_CHECKING:
    from ...library import Library


@dataclass(frozen=True)
class PageContext:
    """One study and the circumstances of its page.

    today: the reader's day, which rules about passed dates compare with. source: where the record came from.
    stored_at: when it was stored, None for a record outside a library. data_timestamp: the registry's own
    date of the data, "" when unknown. library: for sections that look further than the record, else None.
    rewritten: the texts are the sample library's words, not the registry's. kin: whether related studies are shown,
    which takes longer than all the rest.
    """

    study: Study
    today: dt.date
    source: str = ""
    stored_at: dt.datetime | None = None
    data_timestamp: str = ""
    library: Library | None = None
    rewritten: bool = False
    kin: bool = False


Build = Callable[[PageContext], tuple[Block, ...]]


@dataclass(frozen=True)
class SectionKind:
    """A section of the study page: its anchor, its heading, and how it is built.

    part: the group of the page's navigation that it belongs to. build: the blocks, () when the record has
    nothing to say there; then the section, its heading and its anchor are left out.
    """

    key: str
    title: str
    part: str
    build: Build

    def section(self, context: PageContext) -> Section | None:
        """The section, or None when there is nothing to show."""
        blocks = self.build(context)
        return Section(self.key, self.title, blocks) if blocks else None


def together(*builders: Build) -> Build:
    """One section out of several builders, in their order."""
    return lambda context: tuple(block for build in builders for block in build(context))


def page_context(library: Library, nct_id: str, *, today: dt.date | None = None, kin: bool = False) -> PageContext:
    """The context of a study in a library; raises as `Library.find`."""
    found = library.find(nct_id)
    return PageContext(
        study=found.study,
        today=today or dt.date.today(),
        source=library.source_of(found.record),
        stored_at=dt.datetime.fromisoformat(found.record.recorded_at),
        data_timestamp=library.data_timestamp or "",
        library=library,
        rewritten=is_rewritten(found.study.nct_id, found.record.raw or b""),
        kin=kin,
    )
