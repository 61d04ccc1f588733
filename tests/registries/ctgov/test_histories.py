"""Random histories of a registry, its faults and our deaths: after a quiet sync the library equals the registry.

TRIALKIN_TEST_SCALE multiplies the number of histories.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.fake_registry import FakeRegistry, Fault, Records, make_study
from tests.fake_registry.faults import KINDS
from tests.fake_registry.records import Record
from tests.registries.ctgov.conftest import quick_folder
from trialkin.errors import RegistryError
from trialkin.log import Store, records, runs
from trialkin.registries.ctgov import Scope, synchronize
from trialkin.registries.ctgov.client import Registry
from trialkin.registries.ctgov.transport import Clock

SCALE = float(os.environ.get("TRIALKIN_TEST_SCALE", "1"))
HISTORIES = int(500 * SCALE)
STEPS = 25


class Killed(BaseException):
    """Stands for the end of the process."""


class Histories(RuleBasedStateMachine):
    """One history; `served` and `asked` are shared by all."""

    served: FakeRegistry
    asked: Registry

    def __init__(self) -> None:
        super().__init__()
        self.served.reset(Records(make_study(n) for n in range(1, 13)))
        self.folder = quick_folder()
        self.store = Store(self.folder, create=True)
        self.number = 100
        self.latest = self.records.now
        self.versions = 0
        self.clock_offset = 0

    @property
    def records(self) -> Records:
        return self.served.records

    def _one(self, pick: int) -> str:
        return sorted(self.records.bodies)[pick % len(self.records.bodies)]

    # ---- the registry lives

    @rule()
    def add(self) -> None:
        self.number += 1
        self.records.add(make_study(self.number))

    @rule(pick=st.integers(0, 99), words=st.text("ab \\*é", max_size=5))
    def edit(self, pick: int, words: str) -> None:
        described = {"briefSummary": words}
        self.records.edit(
            self._one(pick), lambda study: study["protocolSection"].update(descriptionModule=described)
        )

    @precondition(lambda self: len(self.records.bodies) > 2)
    @rule(pick=st.integers(0, 99))
    def remove(self, pick: int) -> None:
        self.records.remove(self._one(pick))

    @precondition(lambda self: len(self.records.bodies) > 2)
    @rule(pick=st.integers(0, 99), other=st.integers(0, 99))
    def merge(self, pick: int, other: int) -> None:
        one, into = self._one(pick), self._one(other)
        if one != into:
            self.records.merge(one, into=into)

    @rule(pick=st.integers(0, 99))
    def post_or_unrelease_results(self, pick: int) -> None:
        def change(study: Record) -> None:
            study["hasResults"] = not study["hasResults"]
            if study["hasResults"]:
                study["resultsSection"] = {"moreInfoModule": {"pointOfContact": {"title": "Invented"}}}
            else:
                study.pop("resultsSection")

        self.records.edit(self._one(pick), change)

    @rule(days=st.integers(-1, 30))
    def clock_jump(self, days: int) -> None:
        self.latest = max(self.latest, self.records.now)
        if days >= 0 or self.latest == self.records.now:
            self.records.tick(days=days)

    @rule(days=st.integers(-400, 400))
    def own_clock_jump(self, days: int) -> None:
        self.clock_offset = days

    # ---- things go wrong

    @rule(kinds=st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4))
    def faults(self, kinds: list[str]) -> None:
        self.served.faults.next(*(Fault.named(kind) for kind in kinds))

    @rule(after_last=st.booleans(), expires=st.booleans(), loops=st.booleans())
    def habits(self, after_last: bool, expires: bool, loops: bool) -> None:
        habits = self.served.habits
        habits.token_after_last_page, habits.token_expires, habits.token_loops = after_last, expires, loops

    @rule(share=st.sampled_from([0.0, 0.1, 0.5, 1.0]))
    def partial_answers(self, share: float) -> None:
        self.served.habits.hidden_share = share

    @rule(requests=st.integers(1, 6))
    def data_move_during_the_next_sync(self, requests: int) -> None:
        due = len(self.served.requests) + requests

        def move(_: object) -> None:
            if len(self.served.requests) == due:
                self.add()

        self.served.on_request = move

    # ---- we sync, or die

    @contextmanager
    def _own_time(self) -> Iterator[None]:
        year = 2026 + self.clock_offset // 365
        with pytest.MonkeyPatch.context() as patch:
            for module in (records, runs):
                patch.setattr(module, "utc_now", lambda: f"{year}-01-01T00:00:00Z")
            yield

    def _sync(self, *, allow_drop: bool = False, die_at: int | None = None) -> bool:
        events = 0

        def progress(_what: str, _done: int, _total: int | None) -> None:
            nonlocal events
            events += 1
            if events == die_at:
                raise Killed

        gone = self._gone()
        try:
            with self._own_time(), self.store.writing():
                synchronize(self.store, self.asked, Scope(), allow_drop=allow_drop, progress=progress)
        except (RegistryError, Killed):
            return False
        finally:
            assert not (self._gone() - gone) & self.records.bodies.keys(), "the registry still has it"
        return True

    def _gone(self) -> set[str]:
        return {record.nct_id for record in self.store.records() if record.raw is None}

    @rule()
    def sync(self) -> None:
        self._sync()

    @rule()
    def sync_as_a_person_confirms(self) -> None:
        self._sync(allow_drop=self.served.habits.hidden_share == 0)

    @rule(event=st.integers(1, 40))
    def die(self, event: int) -> None:
        self._sync(die_at=event)
        self.store.close()
        self.store = Store(self.folder)

    @invariant()
    def no_version_is_ever_lost(self) -> None:
        now = self.store.last_seq
        assert now >= self.versions
        self.versions = now

    def teardown(self) -> None:
        try:
            self._be_quiet()
            self._compare()
        finally:
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _be_quiet(self) -> None:
        self.served.faults.clear()
        self.served.habits = type(self.served.habits)()
        self.served.on_request = None
        self.records.tick(seconds=max(0.0, (self.latest - self.records.now).total_seconds()) + 60)  # type: ignore[arg-type]
        for _ in range(3):
            assert self._sync(allow_drop=True)
            self.records.tick()

    def _compare(self) -> None:
        current = {record.nct_id: record.raw for record in self.store.records() if record.raw is not None}
        assert current == self.records.bodies
        for alias, target in self.records.aliases.items():
            known = {v.nct_id for v in self.store.versions(alias)}
            assert self.store.alias_target(alias) == target or not known
        assert self.store.quick_check() == []
        seq = self.store.last_seq
        assert self._sync() and self.store.last_seq == seq


@pytest.mark.parametrize(
    "histories", [pytest.param(25, id="few"), pytest.param(HISTORIES, id="many", marks=pytest.mark.slow)]
)
def test_random_histories_end_equal_to_the_registry(histories: int) -> None:
    with FakeRegistry.serving() as served:
        clock = Clock(sleep=lambda _: None)
        with Registry(served.url, requests_per_second=1e9, timeout_s=5, page_size=5, clock=clock) as asked:
            Histories.served, Histories.asked = served, asked
            run_state_machine_as_test(
                Histories,
                settings=settings(
                    max_examples=histories,
                    stateful_step_count=STEPS,
                    deadline=None,
                    phases=(Phase.generate, Phase.shrink),
                    suppress_health_check=list(HealthCheck),
                ),
            )
