"""Library: one folder of studies and everything that can be asked of it.

Thin by intent: it opens, wires and delegates; the body of a verb lives in its own wing. Must not know pages,
the command line or HTTP.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, Unpack

import msgspec

from . import sample
from .errors import DamagedLibrary, InvalidValue, MissingExtra, NotFound, NotPrepared, TrialkinError
from .log import Run, Store, StoredRecord
from .log.archive import Offer
from .log.intake import Progress, import_offers, import_paths, silent
from .model import NctId, Study, StudyId, read_study
from .model.criteria import Criteria
from .model.ids import almost_ids

if TYPE_CHECKING:
    from .export.tables.parquet import Exported
    from .export.tables.sql import SqlAnswer
    from .health import Finding
    from .history.versions import Version
    from .history.watch import Look, Watch
    from .indexes.generation import Generations
    from .indexes.readings.asking import Said
    from .indexes.readings.difference import Differences
    from .indexes.readings.index import Readings, ReadingsIndex
    from .indexes.readings.reading import StudyReading
    from .indexes.related.answer import Asked, Kinship
    from .indexes.related.index import KinIndex
    from .indexes.related.state import State as RelatedState
    from .indexes.search.engine import Answer, Request
    from .indexes.search.explain import Reason
    from .indexes.search.index import SearchIndex
    from .indexes.search.landscape import Landscape
    from .links import Link
    from .matching.fit import Fit, Fits, Kept
    from .model.patient import Facts
    from .reading.doses import DosedText
    from .registries.ctgov import Scope
    from .registries.ctgov.client import Registry


AT_ONCE = 50_000
"""Up to so many studies an import makes every index; of a larger library it makes search and keeps up those that were
made when told: `rebuild --only readings`, `rebuild --only kin`."""

WRITTEN_ANEW = 2_000
"""Up to so many studies the search index is written anew after each change: scores count what is no longer there
until the engine merges it away, and an order that a rebuild would change is none to cite."""
RELATED_ON_PAGE = 5
MATCHED = 200
MOST_MEANT = 5
"""So many studies of a patient's condition are judged, the likeliest first."""
_KIN_SECONDS = 0.004  # of one core for a study; see benchmarks/RESULTS.md

IndexName = Literal["search", "readings", "kin"]


@dataclass(frozen=True)
class Found:
    """A study as it stands in the library."""

    study: Study
    record: StoredRecord
    asked_id: str  # differs from the study's id when an alias was asked for


@dataclass(frozen=True)
class ReadStudy:
    """A study with what its texts say."""

    study: Study
    reading: StudyReading


@dataclass(frozen=True)
class RelatedOnPage:
    """Related studies by what they are and by text alone; `problem`: why they cannot be told, and what to run."""

    by_traits: Kinship | None = None
    by_text: Kinship | None = None
    problem: str = ""


@dataclass(frozen=True)
class PageMaterial:
    """What the page of a study tells. versions: all that were ever here, oldest first, () for the one.

    related: None when they were not asked for.
    """

    found: Found
    source: str
    data_timestamp: str | None
    reading: StudyReading
    versions: tuple[Study, ...]
    related: RelatedOnPage | None


@dataclass(frozen=True)
class Damage:
    """What `verify` found: nothing when `problems` is empty."""

    checked: int
    problems: list[str] = field(default_factory=list)


class Library:
    """The facade: its methods are the product's verbs. Safe to read from many threads.

    Raises:
        NoLibrary: the folder holds no library and `create` is False.
        DamagedLibrary: the log cannot be read.
    """

    def __init__(self, folder: Path | str, *, create: bool = False) -> None:
        self.folder = Path(folder)
        self.store = Store(self.folder, create=create)
        self._links: tuple[int, tuple[Link, ...]] | None = None

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self.store)

    def __reduce__(self) -> tuple[type[Library], tuple[Path]]:
        """To another process a library goes as its folder, to be opened there."""
        return Library, (self.folder,)

    def close(self) -> None:
        """Close what this thread opened."""
        self.store.close()

    @property
    def data_timestamp(self) -> str | None:
        """The registry's own date of the newest data here, None when no record says it."""
        return self.store.data_timestamp

    # ---- records

    def find(self, nct_id: str) -> Found:
        """A study by its id, or by an id that the registry has replaced.

        Raises:
            InvalidValue: not an NCT id.
            NotFound: no such study here, or the registry has removed it.
            DamagedLibrary: the stored bytes do not read back.
        """
        asked = self._asked_id(nct_id)
        record = self.store.current(asked)
        if record is None or record.raw is None:
            target = self.store.alias_target(asked)
            record = self.store.current(target) if target else record
        if record is None:
            raise NotFound(
                f"{asked} is not in this library of {len(self):,} studies",
                hint="Import or sync a larger part of the registry.",
            )
        if record.raw is None:
            raise NotFound(
                f"the registry no longer has {asked}; its removal was seen on {record.recorded_at[:10]}",
                hint=f"Earlier versions are kept: trialkin history {asked}",
            )
        return Found(read_study(record.raw), record, asked)

    def _asked_id(self, text: str) -> str:
        """An id in canonical form; one that is none is asked back, with the studies here that it may mean."""
        try:
            return _study_id(text)
        except InvalidValue as error:
            meant = [each for each in almost_ids(text) if self.store.current(each) is not None][:MOST_MEANT]
            if not meant:
                raise
            raise InvalidValue(error.message, hint=f"Did you mean {' or '.join(meant)}?") from error

    def study(self, nct_id: str) -> Study:
        """The study alone; raises as `find`."""
        return self.find(nct_id).study

    def criteria(self, nct_id: str) -> Criteria:
        """The eligibility criteria of a study as data; raises as `find`."""
        return self.reading(self.find(nct_id)).criteria

    def doses(self, nct_id: str) -> tuple[DosedText, ...]:
        """The texts of a study that state doses, each with its rows; raises as `find`."""
        return self.reading(self.find(nct_id)).doses

    def compare(self, nct_ids: Iterable[str]) -> tuple[ReadStudy, ...]:
        """Studies with their criteria, to be laid side by side; raises as `find`."""
        found = (self.find(nct_id) for nct_id in nct_ids)
        return tuple(ReadStudy(each.study, self.reading(each)) for each in found)

    def page(self, nct_id: str, *, related: bool = False) -> PageMaterial:
        """Everything that the page of a study tells; related: related studies too, which take longer than the rest.

        Raises:
            As `find`.
        """
        found = self.find(nct_id)
        versions = self.versions(found.study.nct_id)
        return PageMaterial(
            found=found,
            source=self.source_of(found.record),
            data_timestamp=self.data_timestamp,
            reading=self.reading(found),
            versions=tuple(read_study(each.raw) for each in versions if each.raw) if len(versions) > 1 else (),
            related=self._related_on_page(found.study.nct_id) if related else None,
        )

    def reading(self, found: Found) -> StudyReading:
        """What the texts of a study say: the stored reading of this very version, else it is read now."""
        from .indexes.readings.reading import read_texts

        with suppress(NotPrepared, DamagedLibrary):
            stored = self.readings.of(found.study.nct_id)
            if stored is not None and stored[0] == found.record.seq:
                return stored[1]
        return read_texts(found.study)

    @property
    def readings(self) -> Readings:
        """The readings of all studies, as they stand.

        Raises:
            NotPrepared: none were made by the rules of now. DamagedLibrary: they are not as they were written.
        """
        return self._readings.view()

    @cached_property
    def _readings(self) -> ReadingsIndex:
        from .indexes.readings.index import ReadingsIndex

        return ReadingsIndex(self.folder / "readings")

    def positions(self) -> list[int]:
        """The seq of every current study, rising."""
        return self.store.positions()

    def studies(self, *, since: int = 0, upto: int | None = None) -> Iterator[tuple[int, str, Study | None]]:
        """(seq, id, study) of current studies with since < seq <= upto (None: all), rising.

        study None: removed from the registry.
        """
        for record in self.store.records(since=since, upto=upto):
            yield record.seq, record.nct_id, None if record.raw is None else read_study(record.raw)

    def import_records(self, paths: Iterable[Path], *, repair: bool = False, progress: Progress = silent) -> Run:
        """Read archives, folders and files into the library and bring its projections up to date.

        Nothing is lost: read = added + changed + unchanged + older + quarantined. What a batch has acknowledged
        survives a kill; importing again goes on where it stopped.

        Raises:
            Busy: another process is writing. InvalidValue, RefusedArchive: a path cannot be read.
        """
        with self.store.writing():
            run = import_paths(
                self.store, list(paths), repair=repair, progress=progress, other=_of_another_register
            )
            self.catch_up(progress=progress)
        return run

    def sync(
        self,
        scope: Scope,
        *,
        registry: Registry,
        allow_drop: bool = False,
        full_census: bool = False,
        progress: Progress = silent,
    ) -> Run:
        """Bring a scope of the library to what the registry holds now; see `sync.synchronize`.

        Raises:
            Busy: another process is writing. RegistryError: nothing was published, what was fetched is kept.
        """
        from .registries.ctgov import synchronize

        with self.store.writing():
            run = synchronize(
                self.store, registry, scope, allow_drop=allow_drop, full_census=full_census, progress=progress
            )
            self.catch_up(progress=progress)
        return run

    def source_of(self, record: StoredRecord) -> str:
        """Where a version came from, for people: "ctg-studies.json.zip, imported 2026-11-22"."""
        from .history.versions import source_of

        return source_of(self.store, record)

    def versions(self, nct_id: str) -> tuple[Version, ...]:
        """All versions of a study that were ever here, oldest first; compare them with `versions.compare_versions`.

        Raises:
            NotFound: the study was never here.
        """
        from .history.versions import versions_of

        return versions_of(self.store, nct_id)

    def watch(self, *, keep: bool = True) -> Look:
        """What is new, changed or gone in watched searches and studies since the last look; see `watch.look`."""
        from .history.watch import look

        return look(self.store, find=self.search_all, keep=keep)

    def add_watch(self, watch: Watch) -> Path:
        """Write one more watch into the library's `watch.toml`; raises as `history.watch.add_watch`."""
        from .history.watch import add_watch

        return add_watch(self.store, watch, find=self.search_all)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader should know about the data: what the last sync found odd, or that it failed."""
        last = next((run for run in self.store.runs() if run.kind == "sync"), None)
        if last is None:
            return ()
        failed = f"the last sync ({last.started_at[:10]}) failed: {last.detail.get('error', 'it was stopped')}"
        found = [failed] if last.state in {"failed", "interrupted"} else []
        return (*found, *last.detail.get("warnings", ()))

    def import_sample(self, *, progress: Progress = silent) -> Run:
        """Bring in the sample library: invented studies, and one real one in our own words."""
        offers = (Offer(f"sample/{name}", raw) for name, raw in sample.records())
        with self.store.writing():
            run = import_offers(self.store, offers, source="the sample library", progress=progress)
            self.catch_up(progress=progress)
        return run

    # ---- search

    def search(self, request: Request) -> Answer:
        """Find studies; how is in `search.engine`.

        Raises:
            InvalidQuery: the search cannot be read; the column and what was expected are in the error.
            InvalidValue: a sort order, facet or page that there is not.
            NotPrepared, DamagedLibrary: the index cannot be asked; the hint names the command that makes it.
        """
        from .indexes.search.engine import answer

        return answer(self.search_index, request, read=self.study, ask=self.ask)

    def search_all(self, request: Request) -> tuple[str, ...]:
        """The ids of every study that a search finds, in its order, without a cap; raises as `search`."""
        from .indexes.search.engine import all_ids

        return all_ids(self.search_index, request, read=self.study, ask=self.ask)

    def landscape(self, request: Request) -> Landscape:
        """Everything that a search finds, counted; raises as `search`."""
        from .indexes.search.landscape import landscape

        return landscape(self.search_index, request, read=self.study, ask=self.ask)

    def ask(self, name: str, text: str) -> Said:
        """What the criteria and doses of all studies say to a question, in three values; see `readings.asking`.

        Raises:
            InvalidValue: it cannot be read. NotPrepared, DamagedLibrary: the readings cannot be asked.
        """
        return self.readings.said(name, text)

    def reasons_said(self, answer: Answer, study: Study) -> tuple[Reason, ...]:
        """The words of a study that answer what a search asks of criteria and doses."""
        from .indexes.search.quoting import reasons
        from .indexes.search.said import says_of

        asked = says_of(answer.query)
        return tuple(reasons(asked, self.ask, self.readings, study)) if asked else ()

    @cached_property
    def search_index(self) -> SearchIndex:
        """The search index, as it stands."""
        from .indexes.search.index import SearchIndex

        return SearchIndex(self.folder / "search")

    # ---- related studies

    def related(self, nct_id: str, **asked: Unpack[Asked]) -> Kinship:
        """Related studies with reasons; what can be asked for is said at `related.answer.answer`.

        Raises:
            InvalidValue: not an NCT id, or weights that cannot be used. NotFound: no such study here.
            NotPrepared, DamagedLibrary: the index cannot be asked; the hint names the command that makes it.
        """
        from .indexes.related.answer import answer

        return answer(self._related_state, self.study(nct_id), self.study, **asked)

    def related_to_text(self, text: str, **asked: Unpack[Asked]) -> Kinship:
        """Studies like a protocol synopsis; the text stays in memory; raises as `related`."""
        from .indexes.related.answer import answer
        from .indexes.related.ask import study_of_text

        return answer(self._related_state, study_of_text(text), self.study, **asked)

    @property
    def kin_to_find(self) -> str:
        """What to run so that related studies are found, and how long it takes; "" when they have been."""
        if self.kin.built:
            return ""
        from .indexes.workers import available

        minutes = len(self) * _KIN_SECONDS / available() / 60
        long = f"about {minutes:.0f} minutes" if minutes > 1 else "a minute"
        return f"Find the related studies of all {len(self):,}, once, in {long}: trialkin rebuild --only kin"

    @cached_property
    def kin(self) -> KinIndex:
        """The index of related studies; `kin.built` tells whether there is one to ask."""
        from .indexes.related.index import KinIndex

        return KinIndex(self.folder / "kin")

    def _related_on_page(self, nct_id: str) -> RelatedOnPage:
        try:
            return RelatedOnPage(
                self.related(nct_id, limit=RELATED_ON_PAGE, brief=True),
                self.related(nct_id, limit=RELATED_ON_PAGE, by_text=True, brief=True),
            )
        except (NotPrepared, DamagedLibrary) as error:
            return RelatedOnPage(problem=f"{error.message[:1].upper()}{error.message[1:]}. {error.hint}")

    @property
    def _related_state(self) -> RelatedState:
        where = self.kin.position
        if not where.built and not where.problem:
            raise NotPrepared("related studies have not been looked for yet", hint=self.kin_to_find)
        return self.kin.state

    # ---- one patient

    def match(
        self,
        facts: Facts,
        *,
        note: str = "",
        candidates: Iterable[str] | None = None,
        near: str = "",
        limit: int = MATCHED,
    ) -> Fits:
        """Open studies against one patient, grouped, in memory only.

        note: the text that the facts were read from, for the order alone; candidates: exactly these studies; near:
        "Boston, 50 km".

        Raises:
            InvalidValue: neither a condition nor candidates are given, or the place is not known. NotFound: a
            candidate is not here. NotPrepared, DamagedLibrary: the index cannot be asked.
        """
        from .indexes.search.engine import Request
        from .matching.fit import Told, fits, sought
        from .matching.private import private

        with private():
            if candidates is None:
                filters = {"status": ("RECRUITING", "NOT_YET_RECRUITING")} | ({"near": (near,)} if near else {})
                answer = self.search(Request(text=sought(facts), filters=filters, limit=limit, facets=()))
                ids, found = answer.ids, answer.total
            else:
                ids = tuple(dict.fromkeys(candidates))
                found = len(ids)
            here = [self.find(nct_id) for nct_id in ids]
            told = [Told(each.study, self.reading(each).criteria) for each in here]
            return fits(told, facts, note=note, found=found, data_timestamp=self.data_timestamp)

    def screen(self, nct_id: str, facts: Facts) -> Fit:
        """One study against one patient, criterion by criterion; raises as `find`."""
        from .matching.fit import Told, fit
        from .matching.private import private

        with private():
            found = self.find(nct_id)
            return fit(Told(found.study, self.reading(found).criteria), facts)

    def screen_many(self, nct_id: str, patients: Iterable[Facts]) -> tuple[Kept, ...]:
        """How many patients each criterion of a study keeps, loses and leaves open; raises as `find`."""
        from .matching.fit import Told, kept
        from .matching.private import private

        with private():
            found = self.find(nct_id)
            return kept(Told(found.study, self.reading(found).criteria), patients)

    # ---- files for other programs

    def export(self, text: str = "", *, format: str, ids: Iterable[str] | None = None) -> Iterator[bytes]:
        """Studies as the pieces of a file: all that a search finds, in its order; or these; or everything, by id.

        Formats: `export.formats.FORMATS`.

        Raises:
            InvalidQuery, InvalidValue, NotFound: a search, a format or an id that cannot be used; before the first
            piece.
        """
        from .export.formats import FORMATS, Record

        if format not in FORMATS:
            raise InvalidValue(f"there is no format {format!r}", hint=f"One of: {', '.join(FORMATS)}")
        found = self._ids_of(text, ids)
        return FORMATS[format].write(Record(self._raw(study_id)) for study_id in found)

    def _ids_of(self, text: str, ids: Iterable[str] | None) -> Iterable[str]:
        from .indexes.search.engine import Request

        if ids is not None:
            return dict.fromkeys(self.study(study_id).nct_id for study_id in ids)
        return self.search_all(Request(text=text, facets=())) if text.strip() else self.store.heads()

    def _raw(self, study_id: str) -> bytes:
        """The stored bytes, in one step: the pieces of a file are asked for by whatever thread is free."""
        record = self.store.current(study_id)
        return record.raw if record and record.raw is not None else self.find(study_id).record.raw or b"{}"

    # ---- registrations of one trial

    def same(self, study_id: str) -> tuple[Link, ...]:
        """Other registrations of a study's trial that are here: certain ones by ids, likely ones with reasons.

        Raises:
            As `find`.
        """
        from .links.same import links_of

        return links_of(StudyId.find(self.study(study_id).nct_id) or study_id, self.links())

    def links(self) -> tuple[Link, ...]:
        """Every link between registrations here; reads all studies once, then keeps them until the library changes."""
        from .links import describe, same_trials

        seq = self.store.last_seq
        if self._links is None or self._links[0] != seq:
            here = tuple(describe(study) for _, _, study in self.studies() if study is not None)
            self._links = (seq, same_trials(here))
        return self._links[1]

    # ---- tables

    def tables(self, folder: Path | None = None, *, progress: Progress = silent) -> Exported:
        """Write all studies as Parquet tables, or only what changed since; None: into the library's own folder.

        Raises:
            MissingExtra: the packages for tables are not installed. InvalidValue: the folder holds something else.
        """
        written: Exported = _tables().write_tables(
            folder or self.folder / "tables",
            self.store.heads(),
            self._table_rows,
            seq=self.store.last_seq,
            data_timestamp=self.data_timestamp or "",
            progress=progress,
        )
        return written

    def sql(self, text: str, *, folder: Path | None = None) -> SqlAnswer:
        """Ask the tables one SELECT; nothing but the tables can be read, nothing written.

        Raises:
            NotPrepared: no tables yet. InvalidQuery, InvalidValue: it cannot be read, or would write.
        """
        _tables()
        from .export.tables.sql import ask

        return ask(folder or self.folder / "tables", text)

    def _table_rows(self, nct_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
        from .export.tables import aact, own

        found = self.find(nct_id)
        reading = self.reading(found)
        yield from aact.rows(msgspec.json.decode(found.record.raw or b"{}"), nct_id)
        yield from own.site_rows(found.study)
        yield from own.criteria_rows(reading.criteria)
        yield from own.dose_rows(reading.doses)

    # ---- indexes and health

    def catch_up(self, *, progress: Progress = silent) -> None:
        """Bring every index to the end of the log; one that is damaged is made again. The caller holds the lock."""
        self._catch_up_search(progress)
        few = len(self) <= AT_ONCE
        where = self._readings.state
        if few or where.built or where.problem:
            self._catch_up_readings(progress)
        where = self.kin.position
        if few or where.built or where.problem:
            self.build_kin(progress=progress)

    def bring_up_to_date(self, *, progress: Progress = silent) -> bool:
        """`catch_up` as far as that can be done now; False where it cannot: another process is at it, the disk is
        full, the library is read-only. What is asked then is answered from where the indexes stand."""
        if self.up_to_date:
            return True
        try:
            with self.store.writing():
                self.catch_up(progress=progress)
        except (OSError, TrialkinError):
            return False
        return True

    @property
    def up_to_date(self) -> bool:
        """Whether the search index is at the end of the log."""
        where = self.search_index.state
        return where.built and where.seq >= self.store.last_seq

    def rebuild(self, *, only: IndexName | None = None, progress: Progress = silent) -> None:
        """Throw the indexes away and make them again from the log; only: one of them alone."""
        with self.store.writing():
            if only in (None, "search"):
                self._catch_up_search(progress, anew=True)
            if only in (None, "readings"):
                self._catch_up_readings(progress, anew=True)
            if only in (None, "kin"):
                self.build_kin(progress=progress, anew=True)

    def reread(self, *, progress: Progress = silent) -> Differences:
        """Read every study again by the rules of now, and tell what is read otherwise than before.

        Raises:
            NotPrepared: there are no readings to compare with. Busy: another process is writing.
        """
        from .indexes.readings.difference import reread

        with self.store.writing():
            return reread(self._readings, self, upto=self.store.last_seq, progress=progress)

    def build_kin(self, *, progress: Progress = silent, anew: bool = False) -> None:
        """Bring the kin of all studies to the end of the log; minutes for a large library that has none yet."""
        if anew or not self.kin.built or self.kin.seq < self.store.last_seq:
            write = self.kin.rebuild if anew else self.kin.catch_up
            write(self, upto=self.store.last_seq, progress=progress)

    def _catch_up_readings(self, progress: Progress, *, anew: bool = False) -> None:
        upto, where = self.store.last_seq, self._readings.state
        if anew or not where.built or where.seq < upto:
            write = self._readings.rebuild if anew else self._readings.catch_up
            write(self, upto=upto, progress=progress)

    def _catch_up_search(self, progress: Progress, *, anew: bool = False) -> None:
        upto, where = self.store.last_seq, self.search_index.state
        few = where.seq < upto and len(self) <= WRITTEN_ANEW
        if anew or few or not where.built:
            self.search_index.rebuild(self.studies(), upto=upto, progress=progress)
        elif where.seq < upto:
            self.search_index.catch_up(self.studies(since=where.seq), upto=upto, progress=progress)

    def verify(self, *, deep: bool = False, progress: Progress = silent) -> Damage:
        """Look for damage; deep reads every version back and compares it with the hash of what came, and every
        byte of the indexes with theirs."""
        problems = self.store.quick_check()
        checked = 0
        if deep:
            for nct_id, seq, problem in self.store.deep_check():
                checked += 1
                if problem:
                    problems.append(problem if nct_id in problem else f"{nct_id} (seq {seq}): {problem}")
                if checked % 1000 == 0:
                    progress("verifying", checked, None)
        for generations in self._generations:
            problems += generations.problems(deep=deep)
        return Damage(checked or len(self), problems)

    @property
    def _generations(self) -> tuple[Generations, ...]:
        return self.search_index.generations, self._readings.generations, self.kin.generations

    def examine(self) -> list[Finding]:
        """What state the library and this installation are in, and how to mend what is wrong."""
        from .health import examine

        return examine(self.store, self._generations, warnings=self.warnings)


def _tables() -> ModuleType:
    try:
        from .export.tables import parquet, sql
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"tables need {error.name}", hint="Install it with: pip install 'trialkin[tables]'"
        ) from error
    assert sql
    return parquet


def _study_id(text: str) -> str:
    """An id in canonical form, of whatever register; raises InvalidValue for what is none."""
    return StudyId.find(text) or NctId(text)


def _of_another_register(path: Path) -> Iterator[Offer] | None:
    from .registries import offers, source_of

    source = source_of(path)
    return offers(path, source) if source else None
