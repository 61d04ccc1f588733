"""The page of a study's history: its versions, and what changed between two of them.

The same sections serve the browser and the terminal. Must not know HTML.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..history import Change, Group
from ..history.changes import Kind
from ..history.versions import Comparison, Version, compare_versions
from ..model import NctId, PartialDate, read_study
from ..reading.markup import plain
from .blocks import Block, Inline, Note, Section, Table, Tone, Value
from .words import count_of, day

if TYPE_CHECKING:
    from ..library import Library

_SUMMARISED = 30  # versions whose changes are told in the list
_WORDS: dict[Kind, tuple[str, Tone]] = {
    Kind.ADDED: ("added", "good"),
    Kind.REMOVED: ("removed", "stop"),
    Kind.CHANGED: ("changed", ""),
    Kind.SWITCHED: ("switched", "wait"),
}


@dataclass(frozen=True)
class HistoryPage:
    """Everything that the page says. `older`, `newer`: the versions compared; equal when there is only one."""

    nct_id: str
    title: str
    current: bool
    versions: tuple[Version, ...]
    older: int
    newer: int
    choices: tuple[tuple[int, str], ...]
    sections: tuple[Section, ...]
    comparison: Comparison | None


def history_page(
    library: Library, nct_id: str, *, before: int | None = None, after: int | None = None
) -> HistoryPage:
    """The history of a study; raises as `versions_of` and `compare_versions`."""
    found = NctId(nct_id)
    versions = library.versions(found)
    comparison = compare_versions(versions, before, after)
    last = next((version.raw for version in reversed(versions) if version.raw), None)
    sections = [*_difference(comparison), _list(found, versions)]
    return HistoryPage(
        nct_id=found,
        title=plain(read_study(last).title) if last else found,
        current=versions[-1].raw is not None,
        versions=versions,
        older=comparison.before.number if comparison else len(versions),
        newer=comparison.after.number if comparison else len(versions),
        choices=tuple((version.number, _name(version)) for version in reversed(versions)),
        sections=tuple(sections),
        comparison=comparison,
    )


def _name(version: Version) -> str:
    what = "removed from the registry" if version.raw is None else f"updated {_day(version.posted)}"
    return f"Version {version.number}, {what}"


def _day(text: str | None) -> str:
    date = PartialDate.parse(text or "")
    return day(date) if date else "on a day not stated"


def _list(nct_id: str, versions: tuple[Version, ...]) -> Section:
    rows = []
    for version in reversed(versions):
        rows.append(
            (
                Value(str(version.number), href=f"/studies/{nct_id}/history?to={version.number}"),
                _day(version.posted) if version.raw is not None else "no longer at the registry",
                _day(version.stored[:10]),
                version.source,
                _in_brief(versions, version.number),
            )
        )
    begun = Note(
        f"History begins with the first import: this library has known the study since "
        f"{_day(min(version.stored for version in versions)[:10])}. Earlier versions are added from files, in any "
        "order: trialkin import FOLDER. They are put in their place by the day of their last posted update.",
        title="Where this history begins",
    )
    head = ("Version", "Last update posted", "In this library since", "From", "What changed")
    table = Table(head, tuple(rows), caption=f"{count_of(len(versions), 'version')} kept", stack=True)
    return Section("versions", "Versions", (table, begun))


def _in_brief(versions: tuple[Version, ...], number: int) -> str:
    if number == 1:
        return "the first one known here"
    if number <= len(versions) - _SUMMARISED:
        return ""
    comparison = compare_versions(versions, number - 1, number)
    if comparison is None or comparison.gone:
        return "no longer at the registry"
    if comparison.back:
        return "back at the registry"
    matters = [group.title.lower() for group in comparison.groups if group.key != "record"]
    return ", ".join(matters) or "only the dates of the record"


def _difference(comparison: Comparison | None) -> Iterable[Section]:
    if comparison is None:
        text = "Only one version is known here so far; changes show after a sync or an import brings another."
        yield Section("changes", "What changed", (Note(text),))
    elif comparison.gone or comparison.back:
        words = "is no longer at the registry" if comparison.gone else "was not at the registry before"
        yield Section("changes", "What changed", (Note(f"The study {words}.", level="warning"),))
    elif not comparison.groups:
        yield Section("changes", "What changed", (Note("Nothing but the date of the registry's data release."),))
    else:
        yield from (Section(f"changed-{group.key}", group.title, _changes(group)) for group in comparison.groups)


def _changes(group: Group) -> tuple[Block, ...]:
    rows = tuple(_row(change) for change in group.changes)
    return (Table(("What", "Before", "After", "How"), rows, stack=True),)


def _row(change: Change) -> tuple[Inline, ...]:
    word, tone = _WORDS[change.kind]
    return (
        Value(change.what, piece=change.path),
        change.before or "–",
        change.after or "–",
        Value(word, note=change.note, tone=tone),
    )
