"""Saved searches and studies that a person watches, and what is new, changed or gone in them since last time.

What is watched stands in `watch.toml` in the library's folder, a plain file that may be edited by hand:

    [[watch]]
    name = "larynx, recruiting"
    search = 'cond:larynx status:recruiting'

    [[watch]]
    name = "two that matter"
    studies = ["NCT07320690", "NCT01810913"]

What was seen last stands beside it in `watch-seen.json`; losing it only means that the next look is a first one.
Must not know pages or the network.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from ..errors import InvalidValue
from ..indexes.search.engine import Request
from ..log import Store
from ..log.runs import utc_now
from ..model import NctId, read_study
from ..reading.markup import plain
from .versions import Change, changes_between

Find = Callable[[Request], tuple[str, ...]]
"""The ids of all studies that a search finds."""

FILE, SEEN_FILE = "watch.toml", "watch-seen.json"
_NEWS_KEPT = 200


class Watch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing watched: a search in the library's own language, or ids; with a name that is unique in the file."""

    name: str
    search: str = ""
    studies: tuple[str, ...] = ()


class News(msgspec.Struct, frozen=True):
    """One study of one watch that is "new", "changed" or "gone". `changes`: what changed, in words.

    gone: the registry removed it, or it no longer fits the search (`changes` says which). seq: the position of
    the log that it is about. seen_at: when the look was taken, UTC.
    """

    watch: str
    nct_id: str
    title: str
    what: str
    changes: tuple[str, ...]
    seq: int
    seen_at: str


class Look(msgspec.Struct, frozen=True):
    """What one look found. first: watches that were looked at for the first time, with how many studies they hold."""

    news: tuple[News, ...]
    first: dict[str, int]
    watched: int


class _Seen(msgspec.Struct):
    """Per watch, id -> position of the log last seen; and the latest news of all looks, newest first."""

    studies: dict[str, dict[str, int]] = {}
    news: list[News] = []


class _File(msgspec.Struct, forbid_unknown_fields=True):
    watch: list[Watch] = []


def read_watches(folder: Path) -> list[Watch]:
    """What the file says, in its order; empty when there is no file.

    Raises:
        InvalidValue: it cannot be read as a list of watches.
    """
    path = folder / FILE
    if not path.exists():
        return []
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File).watch
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise InvalidValue(f"{path} cannot be read: {error}", hint="See: trialkin watch --help") from error
    for number, watch in enumerate(found):
        if bool(watch.search) == bool(watch.studies):
            raise InvalidValue(f"{path}: {watch.name!r} needs either a search or studies")
        if watch.name in {other.name for other in found[:number]}:
            raise InvalidValue(f"{path}: there are two watches named {watch.name!r}", hint="Rename one of them.")
    return found


def add_watch(store: Store, watch: Watch, *, find: Find) -> Path:
    """Write one more watch at the end of the file; what is in it stays as it is.

    Raises:
        InvalidValue, InvalidQuery: the name is taken, an id is none, or the search cannot be read.
    """
    known = read_watches(store.folder)
    if watch.name in {other.name for other in known}:
        raise InvalidValue(f"there is a watch named {watch.name!r} already", hint="Give it another --name.")
    if watch.search:
        find(Request(text=watch.search, limit=1, facets=()))
    lines = ["[[watch]]", f"name = {_quoted(watch.name)}"]
    if watch.search:
        lines.append(f"search = {_quoted(watch.search)}")
    else:
        lines.append(f"studies = [{', '.join(_quoted(NctId(text)) for text in watch.studies)}]")
    path = store.folder / FILE
    with path.open("a", encoding="utf-8") as file:
        file.write(("\n" if path.stat().st_size else "") + "\n".join(lines) + "\n")
    return path


def look(store: Store, *, find: Find, keep: bool = True) -> Look:
    """What is new, changed or gone since the last look. keep: remember this look as the last one.

    Raises: as `read_watches`; InvalidQuery for a saved search that cannot be read.
    """
    watches = read_watches(store.folder)
    seen = _read_seen(store.folder)
    found: list[News] = []
    first: dict[str, int] = {}
    studies: dict[str, dict[str, int]] = {}
    now = utc_now()
    for watch in watches:
        current = _current(store, find, watch)
        studies[watch.name] = current
        if watch.name in seen.studies:
            found += _news(store, watch, seen.studies[watch.name], current, now)
        else:
            first[watch.name] = len(current)
    if keep:
        _write_seen(store.folder, _Seen(studies, [*reversed(found), *seen.news][:_NEWS_KEPT]))
    return Look(tuple(found), first, len(watches))


def kept_news(folder: Path) -> list[News]:
    """The latest news of all looks, newest first."""
    return _read_seen(folder).news


def _current(store: Store, find: Find, watch: Watch) -> dict[str, int]:
    """Id -> position of the log, of the studies that are there now."""
    if watch.search:
        ids: list[str] = list(find(Request(text=watch.search, facets=())))
    else:
        ids = [str(NctId(text)) for text in watch.studies]
    heads = {nct_id: store.current(nct_id) for nct_id in ids}
    return {nct_id: head.seq for nct_id, head in heads.items() if head and head.raw is not None}


def _news(store: Store, watch: Watch, before: dict[str, int], current: dict[str, int], now: str) -> Iterator[News]:
    for nct_id, seq in current.items():
        if nct_id not in before:
            yield _tell(store, watch, nct_id, "new", (), seq, now)
        elif before[nct_id] != seq:
            changes = changes_between(store, nct_id, before[nct_id])
            if changes is not None:
                said = tuple(_in_words(change) for change in changes)
                yield _tell(store, watch, nct_id, "changed", said, seq, now)
    for nct_id in before.keys() - current.keys():
        head = store.current(nct_id)
        removed = head is None or head.raw is None
        why = "the registry no longer has it" if removed else "it no longer fits the search"
        yield _tell(store, watch, nct_id, "gone", (why,), head.seq if head else 0, now)


def _tell(
    store: Store, watch: Watch, nct_id: str, what: str, changes: tuple[str, ...], seq: int, now: str
) -> News:
    raw = next((v.raw for v in reversed(store.versions(nct_id)) if v.raw is not None), None)
    title = plain(read_study(raw).title) if raw else nct_id
    return News(watch.name, nct_id, title, what, changes, seq, now)


def _in_words(change: Change) -> str:
    """One line: "Status: Recruiting → Completed"."""
    moved = " → ".join(filter(None, [_short(change.before), _short(change.after)]))
    how = change.note or ("" if change.before and change.after else change.kind.value)
    return f"{change.what}: {moved}" + (f" ({how})" if how and moved else how)


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119]}…"


def _quoted(text: str) -> str:
    return msgspec.json.encode(str(text)).decode()  # a JSON string is a TOML string


def _read_seen(folder: Path) -> _Seen:
    try:
        return msgspec.json.decode((folder / SEEN_FILE).read_bytes(), type=_Seen)
    except (FileNotFoundError, msgspec.DecodeError):
        return _Seen()


def _write_seen(folder: Path, seen: _Seen) -> None:
    aside = folder / f"{SEEN_FILE}.part"
    aside.write_bytes(msgspec.json.format(msgspec.json.encode(seen)))
    os.replace(aside, folder / SEEN_FILE)
