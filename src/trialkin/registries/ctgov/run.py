"""One sync: fetch into the spool, take a census, and only then publish, all at once.

    version → bulk file (first time, whole registry) → updates → census → studies it names → ids in doubt
    → version again (it moved: repeat) → check → publish in one transaction → forget the spool

The caller holds the library's write lock. Whatever happens before "publish" leaves the library as it was; what
was fetched is kept and the next sync goes on from it. Must not know HTTP, SQLite or pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath

from ... import sample
from ...errors import TrialkinError, UntrustedAnswer
from ...log import Run, Store
from ...log.archive import Offer, read_path
from ...log.drift import DriftCounter
from ...log.intake import Progress, silent, take_in, take_one
from .census import ANY_DAY, Census, check_drop, compare
from .client import Direct, Listed, Page, Registry
from .fill import FillRates, falls
from .scope import Scope, ScopeState, watermark
from .spool import CENSUS, CHANGED, NAMED, Spool

SWEEP_AT_MOST = 20_000  # up to here every sync lists all ids; beyond, when the count differs or a week has passed
_SWEEP_EVERY_DAYS = 7
_BULK_BELOW = 0.5  # of the registry: with less than this here, the bulk file is cheaper than asking
_ROUNDS = 3
_MB = 1_000_000
_SWEEP_FIELDS = ("NCTId", "LastUpdatePostDate")


class Step(StrEnum):
    """The named steps of a sync, as progress tells them."""

    VERSION = "asking the registry for its version"
    BULK = "fetching the bulk file, MB"
    CHANGED = "fetching updated studies"
    CENSUS = "taking a census of ids"
    NAMED = "fetching studies that the census names"
    DOUBTS = "asking for ids that are missing"
    CHECK = "checking what came"
    PUBLISH = "publishing"
    PUBLISHED = "published"
    DONE = "synced"


@dataclass
class _Job:
    """A sync under way."""

    store: Store
    registry: Registry
    scope: Scope
    spool: Spool
    state: ScopeState | None
    progress: Progress
    allow_drop: bool
    full_census: bool
    stamp: str = ""
    census: Census | None = None
    total: int = 0
    removed: dict[str, Direct] = field(default_factory=dict)
    found: dict[str, bytes] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)


def synchronize(
    store: Store,
    registry: Registry,
    scope: Scope,
    *,
    allow_drop: bool = False,
    full_census: bool = False,
    progress: Progress = silent,
) -> Run:
    """Bring a scope of the library to what the registry holds now.

    allow_drop: publish although more studies are missing than is usual. full_census: list all ids even where a
    count would do.

    Raises:
        RegistryError: nothing was published; what was fetched is kept for the next try.
    """
    run = store.begin_run(kind="sync", source=scope.describe())
    spool = Spool(store.folder / "sync", scope_key=scope.key)
    state = ScopeState.load(store, scope)
    job = _Job(store, registry, scope, spool, state, progress, allow_drop, full_census)
    outcome = "failed"
    try:
        _gather_steadily(job)
        progress(Step.CHECK, 0, None)
        _publish(job, run)
        outcome = "done"
    except TrialkinError as error:
        run.detail["error"] = error.message
        raise
    finally:
        run.detail["requests"] = registry.requests_sent
        store.end_run(run, state=outcome)
    progress(Step.PUBLISHED, run.counts["read"], run.counts["read"])
    spool.clear()
    store.checkpoint()
    progress(Step.DONE, 1, 1)
    return run


# ---- fetching


def _gather_steadily(job: _Job) -> None:
    """Gather until the registry's data did not move meanwhile."""
    job.progress(Step.VERSION, 0, None)
    job.stamp = job.registry.version().data_timestamp
    for _ in range(_ROUNDS):
        job.spool.open(job.stamp)
        problem = _gather(job)
        now = job.registry.version().data_timestamp
        if now == job.stamp:
            if problem:
                for phase in (CHANGED, CENSUS, NAMED):
                    job.spool.drop(phase)
                raise problem
            return
        job.stamp = now
    raise UntrustedAnswer(
        f"the registry's data changed {_ROUNDS} times while they were being read",
        hint="What was fetched is kept; run the same command again.",
    )


def _gather(job: _Job) -> UntrustedAnswer | None:
    """Fill the spool and judge the census; the error that stands if the data did not move meanwhile."""
    job.census, job.removed, job.found, job.doubts = None, {}, {}, {}
    try:
        if job.scope.ids:
            _fetch_ids(job)
        else:
            if job.scope.is_whole and job.state is None:
                _fetch_bulk(job)
            _fetch_changed(job)
            _take_census(job)
        _judge(job)
    except UntrustedAnswer as error:
        return error
    return None


def _fetch_bulk(job: _Job) -> None:
    bulk = job.spool.bulk
    if not bulk.complete and len(job.store) < _BULK_BELOW * job.registry.count({}):
        job.progress(Step.BULK, 0, None)
        bulk.watch = lambda done, size: job.progress(Step.BULK, done // _MB, size and size // _MB)
        job.registry.download(bulk)


def _fetch_changed(job: _Job) -> None:
    """Updates since the watermark, in pages that go on where an earlier try stopped."""
    if job.spool.finished(CHANGED):
        return
    since: str | None = None
    if job.state is not None:
        since = watermark(min(job.state.started, job.spool.begun))
    elif job.spool.bulk.complete:
        since = watermark(job.spool.begun)
    elif job.scope.is_whole:  # a library filled from files; the census names whatever else differs
        since = watermark(job.store.data_timestamp or job.stamp)
    kept = max((study.last_update_posted or "" for study in _spooled(job, CHANGED)), default="")
    since = max(since or "", kept) or None
    _spool(job, CHANGED, Step.CHANGED, job.registry.scan(job.scope.parameters, since=since))


def _fetch_ids(job: _Job) -> None:
    job.spool.drop(CHANGED)
    _spool(job, CHANGED, Step.CHANGED, job.registry.listed(job.scope.ids))
    listing = {s.nct_id: s.last_update_posted for s in _spooled(job, CHANGED) if s.nct_id}
    job.total = len(listing)
    job.census = compare(listing, ours=_ours(job), known=_known(job))


def _take_census(job: _Job) -> None:
    """List all ids where that is cheap or called for, else compare the count alone."""
    job.progress(Step.CENSUS, 0, None)
    if not _sweep_is_due(job):
        job.total = job.registry.count(job.scope.parameters)
        expected = _expected(job)
        if job.total == len(expected):
            if job.state is None:
                job.census = Census(frozenset(expected), (), ())
            return
    if not job.spool.finished(CENSUS):
        job.spool.drop(CENSUS)
        pages = job.registry.scan(job.scope.parameters, fields=_SWEEP_FIELDS)
        _spool(job, CENSUS, Step.CENSUS, pages)
    listing = {study.nct_id: study.last_update_posted for study in _spooled(job, CENSUS) if study.nct_id}
    job.total = len(listing)
    job.census = compare(listing, ours=_ours(job), known=_known(job))
    check_drop(len(job.census.absent), known=len(_known(job)), allowed=job.allow_drop)
    if job.census.wanted:
        _fetch_named(job, job.census.wanted)


def _fetch_named(job: _Job, wanted: tuple[str, ...]) -> None:
    """Studies that are listed but not here as listed; those that an earlier try fetched are not asked for again."""
    job.spool.drop(NAMED)
    _spool(job, NAMED, Step.NAMED, job.registry.listed(wanted), total=len(wanted))
    missing = set(wanted) - {study.nct_id for study in _spooled(job, NAMED)}
    if missing:
        raise UntrustedAnswer(
            f"the registry lists {len(missing):,} studies that it does not give, for example {min(missing)}",
            hint="Nothing was published; try again later.",
        )


def _judge(job: _Job) -> None:
    """Decide on every id that is missing: first time in doubt, second time asked for directly."""
    doubts = job.state.doubts if job.state else {}
    known = _known(job)
    if job.census is None:
        absent = _still_absent(job, [nct_id for nct_id in sorted(doubts) if nct_id in known])
    else:
        absent = list(job.census.absent)
        check_drop(len(absent), known=len(known), allowed=job.allow_drop)
    for number, nct_id in enumerate(absent):
        first = doubts.get(nct_id)
        if first is None or first == job.stamp:
            job.doubts[nct_id] = job.stamp
            continue
        job.progress(Step.DOUBTS, number, len(absent))
        answer = job.registry.study(nct_id)
        if answer.raw is not None:
            job.found[nct_id] = answer.raw
            if job.scope.is_whole or job.scope.ids:
                job.doubts[nct_id] = first
            continue
        job.removed[nct_id] = answer
        if answer.moved_to:
            target = job.registry.study(answer.moved_to)
            if target.raw is not None:
                job.found[answer.moved_to] = target.raw


def _still_absent(job: _Job, nct_ids: list[str]) -> list[str]:
    """Which of the ids a second, narrow census leaves out as well."""
    listed = {study.nct_id for page in job.registry.listed(nct_ids) for study in page.studies}
    return [nct_id for nct_id in nct_ids if nct_id not in listed]


def _sweep_is_due(job: _Job) -> bool:
    if job.full_census:
        return True
    if job.state is None:
        return not job.spool.bulk.complete  # the bulk file's directory is a census of its own
    if job.state.total <= SWEEP_AT_MOST or job.state.census > job.stamp:
        return True
    age = dt.date.fromisoformat(job.stamp[:10]) - dt.date.fromisoformat(job.state.census[:10])
    return age.days >= _SWEEP_EVERY_DAYS


def _known(job: _Job) -> set[str]:
    """Ids that the registry is expected to list: those of the last census that are still current here."""
    current = {nct_id for nct_id in job.store.nct_ids() if not sample.is_invented(nct_id)}
    if job.scope.is_whole:
        return current
    listed = job.scope.ids if job.scope.ids else (job.state.ids if job.state and job.state.ids else ())
    return current.intersection(listed)


def _expected(job: _Job) -> set[str]:
    """Ids that the registry should list if nothing was lost on either side."""
    bulk, doubts = job.spool.bulk, job.state.doubts.keys() if job.state else set()
    here = _known(job) | {study.nct_id for study in _spooled(job, CHANGED) if study.nct_id}
    return (here | (bulk.nct_ids() if bulk.complete else set())) - doubts


def _ours(job: _Job) -> dict[str, str]:
    """Id -> day of the last posted update, as the library will be when the spool is published."""
    ours = job.store.posted_dates()
    if job.spool.bulk.complete:
        ours |= dict.fromkeys(job.spool.bulk.nct_ids(), ANY_DAY)
    ours |= {study.nct_id: study.last_update_posted or "" for study in _spooled(job, CHANGED) if study.nct_id}
    return ours


def _spool(job: _Job, phase: str, step: Step, pages: Iterable[Page], *, total: int | None = None) -> None:
    done = 0
    job.progress(step, done, total)
    for page in pages:
        total = page.total if total is None else total
        if page.studies:
            job.spool.add(phase, page)
        done += len(page.studies)
        job.progress(step, min(done, total or done), total)
    job.spool.finish(phase)


def _spooled(job: _Job, phase: str) -> Iterator[Listed]:
    for page in job.spool.pages(phase):
        yield from page.studies


# ---- publishing


def _offers(job: _Job) -> Iterator[Offer]:
    """Everything that is to be stored, oldest answer first."""
    listed = job.census.listed if job.census else None
    if job.spool.bulk.complete:
        for offer in read_path(job.spool.bulk.path):
            nct_id = PurePath(offer.source.rpartition(":")[2]).stem
            if listed is None or nct_id in listed:
                yield replace(offer, source=f"registry, {nct_id}")
    for phase in (CHANGED, NAMED):
        for study in _spooled(job, phase):
            if listed is None or study.nct_id is None or study.nct_id in listed:
                yield Offer(f"registry, {study.nct_id or 'a study without id'}", study.raw)
    for nct_id, raw in job.found.items():
        yield Offer(f"registry, {nct_id}", raw)


def _publish(job: _Job, run: Run) -> None:
    """Make everything visible: in one transaction; a first fill in batches, there being nothing to protect."""
    store, drift = job.store, DriftCounter()
    rates = FillRates(updates=job.state is not None)
    job.progress(Step.PUBLISH, 0, None)
    if job.state is None:
        watched = _counted(_offers(job), rates)
        take_in(store, run, watched, authoritative=True, progress=lambda _, d, t: job.progress(Step.PUBLISH, d, t))
    with store.batch(run):
        if job.state is not None:
            for number, offer in enumerate(_counted(_offers(job), rates)):
                take_one(store, run, offer, drift, authoritative=True)
                if number % 100 == 0:
                    job.progress(Step.PUBLISH, number, None)
            store.put_drift(drift.seen)
        for nct_id, answer in job.removed.items():
            store.put_tombstone(run, nct_id)
            if answer.moved_to:
                store.put_alias(run, nct_id, answer.moved_to)
        run.data_timestamp = job.stamp
        run.detail |= {"removed": len(job.removed), "in_doubt": len(job.doubts), "listed": job.total}
        run.detail["warnings"] = _warnings(job, rates)
        _next_state(job, rates).save(store, job.scope)
        job.progress(Step.PUBLISH, run.counts["read"], run.counts["read"])


def _next_state(job: _Job, rates: FillRates) -> ScopeState:
    state, census = job.state, job.census
    ids = None if job.scope.is_whole else sorted((census.listed if census else set()) | job.doubts.keys())
    if census is None and state is not None and not job.scope.is_whole:
        ids = sorted(_known(job) | {s.nct_id for s in _spooled(job, CHANGED) if s.nct_id})
    return ScopeState(
        scope=job.scope.describe(),
        started=job.spool.begun,
        census=job.stamp if census else state.census if state else "",
        total=job.total,
        ids=ids,
        doubts=job.doubts,
        fill=rates if rates.studies or state is None else state.fill,
    )


def _warnings(job: _Job, rates: FillRates) -> list[str]:
    return [str(fall) for fall in falls(job.state.fill, rates)] if job.state else []


def _counted(offers: Iterable[Offer], rates: FillRates) -> Iterator[Offer]:
    for offer in offers:
        if offer.problem is None and offer.raw[:1] == b"{":
            try:
                rates.look(offer.raw)
            except ValueError:
                pass  # not JSON: set aside with its reason when it is stored
        yield offer
