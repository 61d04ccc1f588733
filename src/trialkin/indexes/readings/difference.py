"""What is read otherwise than before over a whole library, after the rules have changed.

Must not know: the log's files, surfaces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import NotPrepared
from ...model.criteria import Criterion
from ...model.regimen import RegimenRow
from ..log import Log, Progress
from .reading import StudyReading

if TYPE_CHECKING:
    from .index import ReadingsIndex

EXAMPLES = 5


@dataclass(frozen=True)
class Example:
    """One criterion or dose row that is read on one side only."""

    nct_id: str
    quote: str
    row: str


@dataclass(frozen=True)
class Difference:
    """One class of differences. sign: "+" read now and not before, "-" the other way round. about: what is read:
    "laboratory: serum creatinine", "dose: cisplatin"."""

    sign: str
    about: str
    count: int
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Differences:
    """studies: how many were compared. changed: how many of them are read otherwise. before, after: facts then and
    now. classes: the most frequent first."""

    studies: int
    changed: int
    before: int
    after: int
    classes: tuple[Difference, ...]


Row = tuple[str, str, str]
"""What it is about, the words, and the whole of what was read."""


def rows_of(reading: StudyReading) -> Counter[Row]:
    """Everything that was read of a study, without where it stands."""
    found: Counter[Row] = Counter()
    for item in reading.criteria.items:
        for criterion in item.criteria:
            about = f"{criterion.kind}: {criterion.variable}"
            found[about, criterion.quote, f"{item.section}: {_criterion(criterion)}"] += 1
    for text in reading.doses:
        for row in text.rows:
            found[f"dose: {row.agent}", row.quote, _dose(row)] += 1
    return found


def _criterion(one: Criterion) -> str:
    bounds = (
        f"{one.low}{'=' if one.low_inclusive else ''}..{'=' if one.high_inclusive else ''}{one.high} {one.unit}"
    )
    said = [bounds] if one.low is not None or one.high is not None else []
    said += ["–".join(str(end) for end in one.values)] if one.values else []
    said += ["denied"] if one.negated else []
    said += [f"({', '.join(one.qualifiers)})"] if one.qualifiers else []
    said += [f"except {'; '.join(one.exceptions)}"] if one.exceptions else []
    said += [f"window {one.window.low}..{one.window.high} {one.window.unit}"] if one.window else []
    said += [one.group] if one.group else []
    return " ".join([one.variable, *said])


def _dose(row: RegimenRow) -> str:
    said = (row.agent, f"{row.dose_low}..{row.dose_high}", row.dose_unit, row.schedule, row.route, row.condition)
    return " ".join(each for each in said if each)


def reread(index: ReadingsIndex, log: Log, *, upto: int, progress: Progress) -> Differences:
    """Rebuild the readings, and compare them with those that were there, whatever rules made them."""
    before = index.last()
    if before is None:
        raise NotPrepared("there are no readings to compare with", hint=index.generations.hint)
    index.rebuild(log, upto=upto, progress=progress)
    now = index.view()
    counted, examples, changed = Counter[tuple[str, str]](), dict[tuple[str, str], list[Example]](), 0
    studies = facts_before = facts_now = 0
    for nct_id, reading in now.all():
        old = before.of(nct_id)
        if old is None:
            continue
        was, becomes = rows_of(old[1]), rows_of(reading)
        studies, changed = studies + 1, changed + (was != becomes)
        facts_before, facts_now = facts_before + was.total(), facts_now + becomes.total()
        for sign, (about, quote, row), count in _differing(was, becomes):
            counted[sign, about] += count
            known = examples.setdefault((sign, about), [])
            if len(known) < EXAMPLES:
                known.append(Example(nct_id, quote, row))
    classes = tuple(
        Difference(*key, count, tuple(examples[key])) for key, count in sorted(counted.items(), key=_frequent)
    )
    return Differences(studies, changed, facts_before, facts_now, classes)


def _differing(was: Counter[Row], becomes: Counter[Row]) -> Iterator[tuple[str, Row, int]]:
    for sign, rest in (("-", was - becomes), ("+", becomes - was)):
        for row, count in rest.items():
            yield sign, row, count


def _frequent(counted: tuple[tuple[str, str], int]) -> tuple[int, str, str]:
    (sign, about), count = counted
    return -count, about, sign
