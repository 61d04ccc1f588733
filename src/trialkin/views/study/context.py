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
    from ...indexes.readings.reading import StudyReading
    from ...library import PageMaterial, RelatedOnPage


@dataclass(frozen=True)
class PageContext:
    """One study and the circumstances of its page.

    today: the reader's day, which rules about passed dates compare with. reading: its criteria and doses. source:
    where the record came from. stored_at: when it was stored, None for a record outside a library. data_timestamp: the
    registry's own date of the data, "" when unknown. rewritten: the texts are the sample library's words, not the
    registry's. versions: of the study, oldest first; () for this one alone. related: None when they are not shown.
    """

    study: Study
    today: dt.date
    reading: StudyReading
    source: str = ""
    stored_at: dt.datetime | None = None
    data_timestamp: str = ""
    rewritten: bool = False
    versions: tuple[Study, ...] = ()
    related: RelatedOnPage | None = None


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


def page_context(material: PageMaterial, *, today: dt.date | None = None) -> PageContext:
    """The context of a study in a library."""
    found = material.found
    return PageContext(
        study=found.study,
        today=today or dt.date.today(),
        reading=material.reading,
        source=material.source,
        stored_at=dt.datetime.fromisoformat(found.record.recorded_at),
        data_timestamp=material.data_timestamp or "",
        rewritten=is_rewritten(found.study.nct_id, found.record.raw or b""),
        versions=material.versions,
        related=material.related,
    )
