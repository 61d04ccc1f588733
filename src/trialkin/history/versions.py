"""The versions of a study that the library has kept, and what changed from one to the next.

Joins the store, the comparison and the reading of criteria for the library. Must not know pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import InvalidValue, NotFound
from ..log import Store, StoredRecord
from ..model import is_trimmed, missing_parts, read_study
from ..reading.criteria import split
from . import Change, Group, compare, raw_difference

__all__ = [
    "Change", "Comparison", "Version", "changes_between", "compare_versions", "source_of", "versions_of",
]  # fmt: skip


@dataclass(frozen=True)
class Version:
    """One version. `number` counts from 1, the oldest; `raw` None: the registry no longer had the study.

    posted: day of its last posted update, None when not stated. stored: when this library got it, UTC.
    """

    number: int
    posted: str | None
    stored: str
    source: str
    raw: bytes | None


@dataclass(frozen=True)
class Comparison:
    """What changed from one version to another; a removal or a return is one change of its own (`gone`)."""

    before: Version
    after: Version
    groups: tuple[Group, ...]

    @property
    def gone(self) -> bool:
        return self.after.raw is None

    @property
    def back(self) -> bool:
        return self.before.raw is None and self.after.raw is not None

    def lines(self) -> list[str]:
        """The difference of the two records as JSON: see `raw_difference`; empty when one has no record."""
        if self.before.raw is None or self.after.raw is None:
            return []
        return raw_difference(self.before.raw, self.after.raw)


def versions_of(store: Store, nct_id: str) -> tuple[Version, ...]:
    """All versions of a study, oldest first; a form of it that a request trimmed is none when a whole one is here.

    Raises:
        NotFound: the library never held it.
    """
    found = _whole(store.versions(nct_id))
    if not found:
        raise NotFound(f"{nct_id} was never in this library", hint="Import or sync a larger part of the registry.")
    return tuple(
        Version(number, record.last_update_posted, record.recorded_at, source_of(store, record), record.raw)
        for number, record in enumerate(found, start=1)
    )


def _whole(records: list[StoredRecord]) -> list[StoredRecord]:
    missing = {
        record.seq: frozenset[str]() if record.raw is None else missing_parts(read_study(record.raw))
        for record in records
    }
    return [
        record
        for record in records
        if not any(is_trimmed(missing[record.seq], against=missing[other.seq]) for other in records if other.raw)
    ]


def source_of(store: Store, record: StoredRecord) -> str:
    """Where a version came from, for people: "ctg-studies.json.zip, imported 2026-11-22"."""
    run = store.run(record.run_id)
    return f"{run.source}, {'synced' if run.kind == 'sync' else 'imported'} {record.recorded_at[:10]}"


def compare_versions(
    versions: tuple[Version, ...], before: int | None = None, after: int | None = None
) -> Comparison | None:
    """What changed from one version to another, by their numbers; the last change when not said.

    None when there is only one version.

    Raises:
        InvalidValue: there is no such version.
    """
    newer = len(versions) if after is None else after
    older = max(1, newer - 1) if before is None else before
    for number in (older, newer):
        if not 1 <= number <= len(versions):
            raise InvalidValue(f"there is no version {number}", hint=f"There are versions 1 to {len(versions)}.")
    if older == newer:
        return None
    first, second = versions[older - 1], versions[newer - 1]
    groups = compare(first.raw, second.raw, split=_items) if first.raw and second.raw else ()
    return Comparison(first, second, groups)


def changes_between(store: Store, nct_id: str, seq: int) -> tuple[Change, ...] | None:
    """What changed in a study since the version at a position of the log, the dates of the record left out.

    None when that was a form of the record which its request had trimmed: what it lacked did not change.
    """
    kept = store.versions(nct_id)
    if seq not in {record.seq for record in _whole(kept)}:
        return None
    found = {record.seq: record.raw for record in kept}
    current = store.current(nct_id)
    before, after = found.get(seq), current.raw if current else None
    if before is None or after is None:
        return ()
    groups = compare(before, after, split=_items)
    return tuple(change for group in groups if group.key != "record" for change in group.changes)


def _items(text: str) -> Iterator[tuple[str, str]]:
    for item in split(text).items:
        yield item.section, item.text
