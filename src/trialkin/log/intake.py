"""Bringing offered records into the store: what is stored, what is set aside, and in what batches.

Joins `sources` and `store` for the library; an import and a sync both come through here. Must not know where
offers come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from ..errors import InvalidValue, TrimmedRecord, UnreadableRecord
from ..model import NctId, Study, StudyId, is_trimmed, missing_parts, read_study
from . import Put, Run, Store, StoredRecord
from .archive import Offer, Other, count_members, existing, no_other, read_path, shown_name
from .drift import DriftCounter

Progress = Callable[[str, int, int | None], None]
"""Called with (what is being done, how many are done, how many there are or None)."""

BATCH = 500
_DICTIONARY_SAMPLES = 2000
_KINDS_TOLD = 20
_KEEP_BYTES = 1024 * 1024  # of a record that is set aside


def silent(_what: str, _done: int, _total: int | None) -> None:
    """Progress that nobody watches."""


def import_paths(
    store: Store, paths: list[Path], *, repair: bool, progress: Progress, other: Other = no_other
) -> Run:
    """Read files into the store; the caller holds the write lock. other: as `archive.read_path`."""
    totals = [count_members(existing(path)) for path in paths]
    offers = chain.from_iterable(read_path(path, other=other) for path in paths)
    return import_offers(
        store,
        offers,
        source=", ".join(shown_name(path) for path in paths),
        repair=repair,
        progress=progress,
        total=sum(filter(None, totals)) if all(totals) else None,
    )


def import_offers(
    store: Store,
    offers: Iterable[Offer],
    *,
    source: str,
    repair: bool = False,
    progress: Progress = silent,
    total: int | None = None,
) -> Run:
    """One import run over any offers; the caller holds the write lock."""
    run = store.begin_run(kind="import", source=source)
    state = "failed"
    try:
        take_in(store, run, offers, repair=repair, progress=progress, total=total)
        state = "done"
    finally:
        store.end_run(run, state=state)
        store.checkpoint()
    return run


def take_in(
    store: Store,
    run: Run,
    offers: Iterable[Offer],
    *,
    repair: bool = False,
    authoritative: bool = False,
    progress: Progress = silent,
    total: int | None = None,
) -> None:
    """Store or set aside every offer, batch by batch; a batch is durable when the next one begins."""
    offers = iter(offers)
    store.mend_dictionaries()
    first = list(islice(offers, _DICTIONARY_SAMPLES))
    store.learn_dictionary(
        [offer.raw for offer in first if offer.problem is None and len(offer.raw) < _KEEP_BYTES]
    )
    for batch in _batches(chain(first, offers)):
        drift = DriftCounter()
        with store.batch(run):
            for offer in batch:
                take_one(store, run, offer, drift, repair=repair, authoritative=authoritative)
            store.put_drift(drift.seen)
        progress("importing", run.counts["read"], total)


def _batches(offers: Iterable[Offer]) -> Iterator[list[Offer]]:
    batch: list[Offer] = []
    size = 0
    for offer in offers:
        batch.append(offer)
        size += len(offer.raw)
        if len(batch) >= BATCH or size > 64 * 1024 * 1024:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def take_one(
    store: Store,
    run: Run,
    offer: Offer,
    drift: DriftCounter,
    *,
    repair: bool = False,
    authoritative: bool = False,
) -> None:
    """Store or set aside one offer, inside the caller's batch. authoritative: as `Store.put`."""
    code, reason = offer.problem or ("", "")
    if offer.passed:
        _tally(run, "passed_over", reason)
        return
    if not code:
        try:
            study = read_study(offer.raw)
            nct_id = StudyId(study.nct_id)
            if offer.second_hand and _is_first_hand(store.current(nct_id)):
                _tally(run, "passed_over", "told by another collection; the register's own record is here")
                return
            key = order_key(study)
            outcome = store.put(
                run,
                nct_id,
                offer.raw,
                order_key=key,
                repair=repair,
                authoritative=authoritative,
                standing=_standing(study),
            )
        except UnreadableRecord as error:
            code, reason = error.code, error.message
        except InvalidValue:
            code, reason = "no-id", f"the record has no usable id: {study.nct_id[:40]!r}"
    if code:
        keep = len(offer.raw) <= _KEEP_BYTES
        store.put_quarantine(run, source=offer.source, code=code, reason=reason, raw=offer.raw, keep=keep)
        _tally(run, "set_aside", reason)
        return
    if outcome is not Put.UNCHANGED:
        drift.look(offer.raw, nct_id=nct_id)
    for alias in study.identification.nct_id_aliases:
        if found := _alias(alias):
            store.put_alias(run, found, nct_id)
    release = _release(study)
    if release and release > (run.data_timestamp or ""):
        run.data_timestamp = release


def _tally(run: Run, what: str, reason: str) -> None:
    """Count one more of a kind, for what the run says at its end; kinds beyond the first few are one."""
    kinds = run.detail.setdefault(what, {})
    kind = reason[:200] if reason[:200] in kinds or len(kinds) < _KINDS_TOLD else "other reasons"
    kinds[kind] = kinds.get(kind, 0) + 1


def _is_first_hand(record: StoredRecord | None) -> bool:
    """Whether there is a record that its own register told, rather than a collection such as the WHO's."""
    return record is not None and record.raw is not None and b'"registration"' not in record.raw


def _standing(study: Study) -> Callable[[bytes], bool | None]:
    """How a record stands to the current one: True when it is the whole of which that is a trimmed form.

    Raises (from what is returned): UnreadableRecord when it is itself the trimmed form.
    """
    missing = missing_parts(study)

    def judge(current: bytes) -> bool | None:
        here = missing_parts(read_study(current))
        if is_trimmed(missing, against=here):
            raise TrimmedRecord(
                f"trimmed by its request ({len(missing - here)} parts that every whole record has are not in it), so "
                "it is no update of the record here: ask for it without `fields`"
            )
        return is_trimmed(here, against=missing) or None

    return judge


def _alias(text: str) -> str | None:
    try:
        return NctId(text)
    except InvalidValue:
        return None


def _release(study: Study) -> str | None:
    misc = study.derived_section and study.derived_section.misc_info_module
    return misc.version_holder if misc else None


def order_key(study: Study) -> str:
    """What tells the newer of two versions: last update posted, then data release; "" parts when not stated."""
    posted = study.last_update_posted
    return f"{posted or study.status.last_update_submit_date or ''} {_release(study) or ''}"
