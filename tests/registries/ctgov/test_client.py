"""The client against a real HTTP server that misbehaves in every known way."""

from __future__ import annotations

import datetime as dt
import re
import urllib.request
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_registry import FakeRegistry, Fault, make_study
from tests.fake_registry.faults import KINDS
from trialkin.errors import RegistryRefusal, RegistryUnreachable, UntrustedAnswer
from trialkin.registries.ctgov.client import Listed, Registry
from trialkin.registries.ctgov.transport import ATTEMPTS, LONGEST_RETRY_AFTER_S, Clock, retry_after_s

NOW = dt.datetime(2026, 1, 5, 12, 0, tzinfo=dt.UTC)


class FakeTime:
    """A clock that only waits move."""

    def __init__(self) -> None:
        self.seconds, self.waits = 0.0, []  # type: float, list[float]
        self.clock = Clock(lambda: self.seconds, self._sleep, lambda: NOW)

    def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds


@pytest.fixture
def registry() -> Iterator[FakeRegistry]:
    with FakeRegistry.serving(make_study(n) for n in range(1, 26)) as served:
        yield served


def client(
    served: FakeRegistry, *, time: FakeTime | None = None, page_size: int = 10, timeout_s: float = 5.0
) -> Registry:
    return Registry(
        served.url,
        requests_per_second=1000,
        timeout_s=timeout_s,
        page_size=page_size,
        clock=(time or FakeTime()).clock,
    )


def scanned(asked: Registry, **query: str) -> list[Listed]:
    return [study for page in asked.scan(query) for study in page.studies]


def test_a_scan_gives_every_study_byte_for_byte(registry: FakeRegistry) -> None:
    with client(registry) as asked:
        found = {study.nct_id: study.raw for study in scanned(asked)}
    assert found == registry.records.bodies
    assert asked.requests_sent == 3


def test_a_scan_since_a_day_gives_what_was_updated_since(registry: FakeRegistry) -> None:
    registry.records.tick(days=3)
    registry.records.edit("NCT00000007", lambda study: study.update(hasResults=True))
    with client(registry) as asked:
        pages = list(asked.scan({"query.cond": "asthma"}, since="2026-01-08"))
    assert [study.nct_id for page in pages for study in page.studies] == ["NCT00000007"]
    assert pages[0].total == 1


def test_an_empty_last_page_that_was_announced_by_a_token_ends_the_scan(registry: FakeRegistry) -> None:
    registry.habits.token_after_last_page = True
    with client(registry, page_size=5) as asked:
        assert len(scanned(asked)) == 25


def test_a_token_that_loops_ends_in_an_error_not_in_a_loop(registry: FakeRegistry) -> None:
    registry.habits.token_loops = True
    with client(registry) as asked, pytest.raises(UntrustedAnswer, match="do not lead to an end"):
        scanned(asked)
    assert asked.requests_sent <= 8


def test_a_token_that_expires_is_replaced_by_asking_from_the_last_day_seen(registry: FakeRegistry) -> None:
    registry.habits.token_expires = True
    for number in range(1, 26):
        registry.records.edit(f"NCT{number:08d}", lambda study: None)
        registry.records.tick(days=1)
    moves = iter([False, True, False])
    registry.on_request = lambda _: registry.records.tick() if next(moves, False) else None
    with client(registry) as asked:
        assert {study.nct_id for study in scanned(asked)} == set(registry.records.bodies)
    assert asked.requests_sent == 4  # two pages, one refusal, the rest in one page


def test_fewer_studies_than_announced_are_not_believed(registry: FakeRegistry) -> None:
    def vanish(_: object) -> None:
        registry.habits.hidden_share = 0.5
        registry.on_request = None

    registry.on_request = vanish
    with client(registry) as asked, pytest.raises(UntrustedAnswer, match="said 25 studies and gave"):
        scanned(asked)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_fault_is_outlived(registry: FakeRegistry, kind: str) -> None:
    registry.faults.next(Fault.named(kind))
    with client(registry) as asked:
        assert {study.nct_id: study.raw for study in scanned(asked)} == registry.records.bodies
    assert asked.requests_sent == 4
    assert registry.faults.injected[kind] == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_fault_that_stays_ends_in_a_typed_error(registry: FakeRegistry, kind: str) -> None:
    registry.faults.always(Fault.named(kind))
    with (
        client(registry) as asked,
        pytest.raises((RegistryUnreachable, RegistryRefusal, UntrustedAnswer)) as caught,
    ):
        scanned(asked)
    assert asked.requests_sent <= ATTEMPTS
    assert "<" not in caught.value.message


def test_a_page_cut_at_every_kilobyte_is_never_taken(registry: FakeRegistry) -> None:
    parameters = "sort=LastUpdatePostDate:asc&pageSize=100&countTotal=true"
    with urllib.request.urlopen(f"{registry.url}/studies?{parameters}") as answer:
        size = len(answer.read())
    assert size > 20_000
    for at in range(0, size, 1024):
        for length in (True, False):
            registry.faults.next(Fault.cut(at, length=length))
            with client(registry, page_size=100) as asked:
                pages = list(asked.scan({}))
            assert len(pages) == 1 and len(pages[0].body) == size, f"cut at {at}"
            assert asked.requests_sent == 2


def test_a_bad_field_is_refused_after_three_equal_errors(registry: FakeRegistry) -> None:
    time = FakeTime()
    with client(registry, time=time) as asked, pytest.raises(RegistryRefusal, match="error each time"):
        list(asked.scan({}, fields=["ConditionList"]))
    assert asked.requests_sent == 3
    assert sum(time.waits) < 10


def test_a_refusal_carries_the_registrys_own_words(registry: FakeRegistry) -> None:
    with client(registry) as asked, pytest.raises(RegistryRefusal, match="Unknown parameter `wrong`") as caught:
        asked.count({"wrong": "1"})
    assert caught.value.status == 400
    assert asked.requests_sent == 1


def test_a_study_asked_for_directly(registry: FakeRegistry) -> None:
    registry.records.merge("NCT00000003", into="NCT00000009")
    registry.records.remove("NCT00000004")
    with client(registry) as asked:
        assert asked.study("NCT00000005").raw == registry.records.bodies["NCT00000005"]
        assert asked.study("NCT00000003").moved_to == "NCT00000009"
        gone = asked.study("NCT00000004")
    assert gone.raw is None and gone.moved_to is None


def test_a_404_that_is_a_web_page_is_no_proof_of_absence(registry: FakeRegistry) -> None:
    registry.faults.always(Fault.status(404, text="<html>Not found</html>"))
    with client(registry) as asked, pytest.raises(UntrustedAnswer):
        asked.study("NCT00000005")


AFTER = {
    "0": 0.0,
    "7": 7.0,
    " 120 ": 120.0,
    "-5": 0.0,
    "1.5": 1.5,
    "Mon, 05 Jan 2026 12:00:30 GMT": 30.0,
    "Mon, 05 Jan 2026 11:00:00 GMT": 0.0,
    "Monday, 05-Jan-26 12:01:00 GMT": 60.0,
    "1000000000": 1e9,
    "": None,
    "soon": None,
    "٣": None,
    "12 seconds": None,
    "Mon, 99 Jan 2026 99:00:00 GMT": None,
    "1e3": None,
    "0x10": None,
    "--1": None,
    "nan": None,
    "inf": None,
}


@pytest.mark.parametrize(("header", "seconds"), AFTER.items())
def test_retry_after_in_all_its_forms(header: str, seconds: float | None) -> None:
    assert retry_after_s(header, now=NOW) == seconds


@given(st.text(max_size=40))
def test_retry_after_never_raises_and_never_goes_back(header: str) -> None:
    asked = retry_after_s(header, now=NOW)
    assert asked is None or asked >= 0


@pytest.mark.parametrize("header", [h for h, s in AFTER.items() if s is not None and s <= LONGEST_RETRY_AFTER_S])
def test_it_is_never_asked_again_earlier_than_the_registry_wants(registry: FakeRegistry, header: str) -> None:
    time = FakeTime()
    registry.faults.next(Fault.status(429, retry_after=header.strip()))
    with client(registry, time=time) as asked:
        asked.version()
    assert time.seconds >= (AFTER[header] or 0)
    assert asked.requests_sent == 2


def test_a_wait_beyond_reason_ends_the_run_with_what_was_asked(registry: FakeRegistry) -> None:
    time = FakeTime()
    registry.faults.next(Fault.status(503, retry_after="1000000000"))
    with client(registry, time=time) as asked, pytest.raises(RegistryUnreachable, match="1,000,000,000 seconds"):
        asked.version()
    assert sum(time.waits) == 0


def test_waits_are_told(registry: FakeRegistry) -> None:
    told: list[tuple[str, float]] = []
    registry.faults.next(Fault.status(429, retry_after="30"))
    with Registry(
        registry.url,
        requests_per_second=1000,
        clock=FakeTime().clock,
        waiting=lambda why, s: told.append((why, s)),
    ) as asked:
        asked.version()
    assert len(told) == 1 and re.match("HTTP 429", told[0][0]) and told[0][1] >= 30


def test_one_request_a_second_at_most(registry: FakeRegistry) -> None:
    time = FakeTime()
    with Registry(registry.url, page_size=5, clock=time.clock) as asked:
        scanned(asked)
    assert time.seconds >= asked.requests_sent - 1 == 4


def test_a_slow_answer_is_given_up_and_asked_for_again(registry: FakeRegistry) -> None:
    registry.faults.next(Fault("slow", lambda a: type(a)(**{**a.__dict__, "delay_s": 0.6})))
    with client(registry, timeout_s=0.3) as asked:
        assert asked.version().data_timestamp == registry.records.data_timestamp
    assert asked.requests_sent == 2


def test_nobody_there_is_an_error_of_its_own() -> None:
    with Registry("http://127.0.0.1:9", requests_per_second=1000, clock=FakeTime().clock) as asked:
        with pytest.raises(RegistryUnreachable, match="ConnectError"):
            asked.version()
