"""Two to five studies side by side: what is the same, what differs, and what only one of them has.

    Comparison                 the studies and the sections
    └── ComparedSection        a titled part of the page
        └── Part               rows of facts, or of a list whose entries are aligned
            └── Row            what each study says, and a verdict

A new section is one function from read studies to `tuple[Part, ...]` and one line in `SECTIONS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...errors import InvalidValue
from ...model import NctId, Study, StudyId
from ...reading.markup import plain
from ...sample import is_invented
from ..blocks import Section
from . import criteria, facts
from .rows import Part, Row, Verdict, part_blocks

if TYPE_CHECKING:
    from ...library import Library, ReadStudy

__all__ = ["LEAST", "MOST", "Comparison", "ComparedSection", "compare", "compared", "read_ids"]

LEAST, MOST = 2, 5

Build = Callable[[Sequence["ReadStudy"]], tuple[Part, ...]]


def _of_records(build: Callable[[Sequence[Study]], tuple[Part, ...]]) -> Build:
    return lambda read: build([each.study for each in read])


SECTIONS: tuple[tuple[str, str, Build], ...] = (
    ("identity", "Identity and status", _of_records(facts.identity)),
    ("design", "Design", _of_records(facts.design)),
    ("population", "Population", _of_records(facts.population)),
    ("criteria", "Eligibility criteria", criteria.parts),
    ("arms", "Arms and interventions", _of_records(facts.arms)),
    ("outcomes", "Outcomes", _of_records(facts.outcomes)),
    ("places", "Places", _of_records(facts.places)),
    ("dates", "Dates", _of_records(facts.dates)),
)


@dataclass(frozen=True)
class ComparedSection:
    """One titled part of a comparison."""

    key: str
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Comparison:
    """Studies in the order they were asked for.

    titles: one for each id. only_differences: rows that are the same are left out.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    sections: tuple[ComparedSection, ...]
    only_differences: bool = False

    @property
    def invented(self) -> tuple[str, ...]:
        """Those of the ids that are the sample library's own studies, never real ones."""
        return tuple(nct_id for nct_id in self.ids if is_invented(nct_id))

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for section in self.sections for part in section.parts for row in part.rows)

    @property
    def counts(self) -> Counter[Verdict]:
        """How many rows have each verdict."""
        return Counter(row.verdict for row in self.rows)

    def blocks(self) -> tuple[Section, ...]:
        """The sections as blocks, for every surface."""
        return tuple(
            Section(
                one.key, one.title, tuple(block for part in one.parts for block in part_blocks(part, self.ids))
            )
            for one in self.sections
        )


def read_ids(given: Iterable[str]) -> tuple[str, ...]:
    """The ids out of words and comma lists, each in its one form.

    Raises:
        InvalidValue: not an NCT id, fewer than two ids, more than five, or one of them twice.
    """
    words = [word for text in given for word in text.replace(",", " ").split()]
    ids = tuple(str(StudyId.find(word) or NctId(word)) for word in words)
    _check(ids)
    return ids


def _check(ids: Sequence[str]) -> None:
    twice = [nct_id for nct_id, count in Counter(ids).items() if count > 1]
    if twice:
        raise InvalidValue(f"{twice[0]} is given twice", hint="A study is compared with others, each named once.")
    if not LEAST <= len(ids) <= MOST:
        raise InvalidValue(
            f"{LEAST} to {MOST} studies can be compared, not {len(ids)}",
            hint="For example: NCT07320690 and NCT99000001.",
        )


def compared(library: Library, given: Iterable[str], *, only_differences: bool = False) -> Comparison:
    """Studies of a library compared; an id that was replaced leads to its study.

    Raises:
        InvalidValue: as `read_ids`; also when two ids lead to one study.
        NotFound: the library does not hold one of them.
    """
    found = library.compare(read_ids(given))
    _check([each.study.nct_id for each in found])
    return compare(found, only_differences=only_differences)


def compare(read: Sequence[ReadStudy], *, only_differences: bool = False) -> Comparison:
    """The comparison of 2 to 5 studies with different ids."""
    sections, studies = [], [each.study for each in read]
    for key, title, build in SECTIONS:
        parts = (_narrowed(part) if only_differences else part for part in build(read))
        kept = tuple(part for part in parts if part.rows)
        if kept:
            sections.append(ComparedSection(key, title, kept))
    return Comparison(
        ids=tuple(study.nct_id for study in studies),
        titles=tuple(plain(study.title) for study in studies),
        sections=tuple(sections),
        only_differences=only_differences,
    )


def _narrowed(part: Part) -> Part:
    return replace(part, rows=tuple(row for row in part.rows if row.verdict is not Verdict.SAME))
