"""Syncs against the fake registry: what ends in the library, what is refused, what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fake_registry import FakeRegistry, Fault, Records, make_study
from tests.fake_registry.records import Record
from trialkin import Library
from trialkin.errors import NotFound, RegistryError, RegistryUnreachable, UntrustedAnswer
from trialkin.log import Run
from trialkin.registries.ctgov import Scope, Step
from trialkin.registries.ctgov.client import Registry
from trialkin.registries.ctgov.transport import Clock

WHOLE = Scope()


def client(served: FakeRegistry) -> Registry:
    """A client that never waits."""
    return Registry(
        served.url, requests_per_second=1e9, timeout_s=5, page_size=10, clock=Clock(sleep=lambda _: None)
    )


def sync(library: Library, served: FakeRegistry, scope: Scope = WHOLE, *, allow_drop: bool = False) -> Run:
    with client(served) as asked:
        return library.sync(scope, registry=asked, allow_drop=allow_drop)


def held(library: Library) -> dict[str, bytes]:
    """What the library shows as current."""
    return {record.nct_id: record.raw for record in library.store.records() if record.raw is not None}


def retitle(study: Record) -> None:
    study["protocolSection"]["identificationModule"]["briefTitle"] += " (edited)"


def test_a_first_sync_fetches_the_bulk_file(library: Library, registry: FakeRegistry) -> None:
    run = sync(library, registry)
    assert held(library) == registry.records.bodies
    assert run.counts["added"] == 40 and run.state == "done"
    assert library.data_timestamp == registry.records.data_timestamp
    assert [request.path for request in registry.requests].count("/api/v2/studies/download") == 1
    assert not (library.folder / "sync" / "whole").exists()


def test_the_next_sync_asks_for_updates_alone(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    registry.records.tick(days=30)
    registry.records.edit("NCT00000007", retitle)
    registry.records.add(make_study(99))
    registry.requests.clear()
    run = sync(library, registry)
    assert held(library) == registry.records.bodies
    assert (run.counts["added"], run.counts["changed"]) == (1, 1)
    window = registry.requests[1].parameters["query.term"]
    assert window == "AREA[LastUpdatePostDate]RANGE[2026-01-03,MAX]"


def test_a_sync_when_nothing_changed_writes_nothing(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    seq = library.store.last_seq
    run = sync(library, registry)
    assert library.store.last_seq == seq and run.counts["changed"] == run.counts["added"] == 0


def test_a_slice_by_condition(library: Library, registry: FakeRegistry) -> None:
    scope = Scope.read(condition="eczema")
    for number in (50, 51):
        registry.records.add(make_study(number, condition="Atopic eczema"))
    sync(library, registry, scope)
    assert held(library).keys() == {"NCT00000050", "NCT00000051"}
    registry.records.edit("NCT00000050", retitle)
    registry.records.add(make_study(52, condition="Eczema"))
    sync(library, registry, scope)
    assert held(library).keys() == {"NCT00000050", "NCT00000051", "NCT00000052"}
    assert held(library)["NCT00000050"] == registry.records.bodies["NCT00000050"]


def test_a_study_that_leaves_its_slice_is_updated_not_removed(library: Library, registry: FakeRegistry) -> None:
    scope = Scope.read(condition="asthma")
    sync(library, registry, scope)

    def change(study: Record) -> None:
        study["protocolSection"]["conditionsModule"]["conditions"] = ["Hay fever"]

    registry.records.edit("NCT00000003", change)
    for _ in range(3):
        sync(library, registry, scope)
        registry.records.tick(days=1)
    assert held(library) == registry.records.bodies


def test_a_slice_by_ids_follows_aliases(library: Library, registry: FakeRegistry) -> None:
    registry.records.merge("NCT00000002", into="NCT00000005")
    sync(library, registry, Scope.read(ids=["nct00000002, NCT00000003"]))
    assert held(library).keys() == {"NCT00000003", "NCT00000005"}
    assert library.find("NCT00000002").study.nct_id == "NCT00000005"


def test_a_query_in_the_registrys_language(library: Library, registry: FakeRegistry) -> None:
    registry.records.add(make_study(60, title="Zebra stripes"))
    sync(library, registry, Scope.read(query="zebra"))
    assert held(library).keys() == {"NCT00000060"}


def test_a_library_filled_from_files_is_brought_up_to_date_by_a_census(
    library: Library, registry: FakeRegistry, tmp_path: Path
) -> None:
    registry.reset(Records(make_study(n, posted="2025-11-01") for n in range(1, 41)))
    for nct_id, body in registry.records.bodies.items():
        (tmp_path / f"{nct_id}.json").write_bytes(body)
    library.import_records(sorted(tmp_path.glob("*.json")))
    registry.records.edit("NCT00000001", retitle)
    registry.records.add(make_study(80))
    registry.records.tick(days=20)
    run = sync(library, registry)
    assert held(library) == registry.records.bodies
    assert run.counts["read"] == 2
    assert not any(request.path.endswith("download") for request in registry.requests)


def test_a_removed_study_goes_after_two_censuses_and_a_direct_404(
    library: Library, registry: FakeRegistry
) -> None:
    sync(library, registry)
    registry.records.remove("NCT00000004")
    assert sync(library, registry).detail["in_doubt"] == 1
    assert "NCT00000004" in held(library)
    sync(library, registry)
    assert "NCT00000004" in held(library), "the same data asked twice is one census"
    registry.records.tick(days=1)
    assert sync(library, registry).detail["removed"] == 1
    assert held(library) == registry.records.bodies
    with pytest.raises(NotFound, match="no longer has NCT00000004"):
        library.find("NCT00000004")
    assert len(library.store.versions("NCT00000004")) == 2


def test_a_merged_study_is_found_under_its_new_id(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    registry.records.merge("NCT00000004", into="NCT00000009")
    for _ in range(2):
        sync(library, registry)
        registry.records.tick(days=1)
    assert held(library) == registry.records.bodies
    assert library.find("NCT00000004").study.nct_id == "NCT00000009"


def test_a_study_that_comes_back_is_current_again(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    body = registry.records.bodies["NCT00000004"]
    registry.records.remove("NCT00000004")
    for _ in range(2):
        sync(library, registry)
        registry.records.tick(days=1)
    registry.records.load(body)
    registry.records.tick()
    sync(library, registry)
    assert held(library) == registry.records.bodies


@pytest.mark.parametrize("share", [1.0, 0.5, 0.2])
def test_a_drop_beyond_the_bound_stops_the_publish(library: Library, registry: FakeRegistry, share: float) -> None:
    sync(library, registry)
    before = held(library)
    registry.records.edit("NCT00000001", retitle)
    registry.habits.hidden_share = share
    for _ in range(3):
        registry.records.tick(days=1)
        with pytest.raises(UntrustedAnswer, match="are missing"):
            sync(library, registry)
        assert held(library) == before
    assert library.store.runs(limit=1)[0].state == "failed"
    registry.habits.hidden_share = 0.0
    sync(library, registry)
    assert held(library) == registry.records.bodies


def test_a_small_wrong_drop_never_removes_a_study(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    registry.habits.hidden_share = 0.1
    for _ in range(4):
        registry.records.tick(days=1)
        sync(library, registry)
    assert held(library) == registry.records.bodies


def test_a_real_drop_is_let_through_when_a_person_says_so(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    for number in range(1, 31):
        registry.records.remove(f"NCT{number:08d}")
    with pytest.raises(UntrustedAnswer):
        sync(library, registry)
    for _ in range(2):
        registry.records.tick(days=1)
        sync(library, registry, allow_drop=True)
    assert held(library) == registry.records.bodies


def test_invented_studies_are_left_alone(library: Library, registry: FakeRegistry) -> None:
    library.import_sample()
    own = held(library).keys()
    for _ in range(3):
        sync(library, registry, Scope.read(condition="asthma"))
        registry.records.tick(days=1)
    assert held(library).keys() == own | registry.records.bodies.keys()


def test_a_data_version_that_changes_midway_is_read_again(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    registry.records.tick(days=5)
    for number in range(1, 31):
        registry.records.edit(f"NCT{number:08d}", retitle)
    seen = len(registry.requests)

    def move(_: object) -> None:
        if len(registry.requests) == seen + 3:
            registry.records.edit("NCT00000001", retitle)
            registry.records.add(make_study(90))

    registry.on_request = move
    sync(library, registry)
    assert held(library) == registry.records.bodies


def test_a_registry_that_never_stands_still_is_given_up(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    registry.on_request = lambda _: registry.records.tick()
    with pytest.raises(UntrustedAnswer, match="changed 3 times"):
        sync(library, registry)


def test_silent_edits_of_the_last_two_days_are_seen(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    registry.records.edit("NCT00000001", retitle, silently=True)
    sync(library, registry)
    assert held(library) == registry.records.bodies


def test_a_clock_that_goes_back_loses_nothing(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    registry.records.tick(days=-20)
    registry.records.edit("NCT00000001", retitle)
    registry.records.tick(days=60)
    sync(library, registry)
    assert held(library) == registry.records.bodies


def test_what_was_fetched_before_a_stop_is_not_fetched_again(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    registry.records.tick(days=5)
    for number in range(1, 41):
        registry.records.edit(f"NCT{number:08d}", retitle)
        if number % 10 == 0:
            registry.records.tick(days=1)
    start = len(registry.requests)
    registry.on_request = lambda _: (
        registry.faults.always(Fault.named("drop")) if len(registry.requests) == start + 4 else None
    )
    with pytest.raises(RegistryUnreachable):
        sync(library, registry)
    registry.faults.clear()
    registry.on_request = None
    registry.requests.clear()
    sync(library, registry)
    assert held(library) == registry.records.bodies
    windows = [r.parameters.get("query.term", "") for r in registry.requests if "fields" not in r.parameters]
    assert "RANGE[2026-01-12,MAX]" in windows[1], windows


def test_a_bulk_file_goes_on_where_it_broke_off(library: Library, registry: FakeRegistry) -> None:
    registry.habits.resumes_downloads = True
    registry.faults.next(Fault.cut(9_000, path="/api/v2/studies/download"))
    sync(library, registry)
    assert held(library) == registry.records.bodies
    assert [request.path for request in registry.requests].count("/api/v2/studies/download") == 2


def test_a_bulk_file_that_is_cut_unsaid_is_fetched_again(library: Library, registry: FakeRegistry) -> None:
    registry.faults.next(Fault.cut(9_000, length=False, path="/api/v2/studies/download"))
    sync(library, registry)
    assert held(library) == registry.records.bodies


def test_a_bulk_file_that_lacks_studies_is_completed(library: Library, registry: FakeRegistry) -> None:
    registry.habits.hidden_share = 0.5
    download = registry.faults.spoil

    def reveal(path: str, answer: object) -> object:
        if path.endswith("/download"):
            registry.habits.hidden_share = 0.0
        return download(path, answer)  # type: ignore[arg-type]

    registry.faults.spoil = reveal  # type: ignore[method-assign, assignment]
    sync(library, registry)
    assert held(library) == registry.records.bodies


def test_a_renamed_field_is_warned_of(library: Library, registry: FakeRegistry) -> None:
    registry.reset(Records(make_study(n) for n in range(1, 121)))
    sync(library, registry)
    registry.records.tick(days=1)
    for number in range(1, 121):
        registry.records.edit(f"NCT{number:08d}", retitle)
    assert sync(library, registry).detail["warnings"] == []

    def rename(study: Record) -> None:
        module = study["protocolSection"]["eligibilityModule"]
        module["criteriaText"] = module.pop("eligibilityCriteria")

    for number in range(1, 121):
        registry.records.edit(f"NCT{number:08d}", rename)
    (warning,) = sync(library, registry).detail["warnings"]
    assert warning.startswith("protocolSection.eligibilityModule.eligibilityCriteria holds a value in 0%")
    assert ("protocolSection.eligibilityModule.criteriaText", "") in {(d[0], d[1]) for d in library.store.drift()}


def test_a_value_that_cannot_be_read_costs_that_value(library: Library, registry: FakeRegistry) -> None:
    def spoil(study: Record) -> None:
        study["protocolSection"]["conditionsModule"]["conditions"] = {"not": "a list"}

    registry.records.edit("NCT00000002", spoil)
    for _ in range(2):
        run = sync(library, registry)
    assert run.counts["quarantined"] == 0 and len(library) == 40
    assert library.study("NCT00000002").conditions == ()
    told = [(path, value) for path, value, _, _ in library.store.drift()]
    assert told == [("protocolSection.conditionsModule.conditions[]", "{'not': 'a list'}")]


def test_every_step_is_told(library: Library, registry: FakeRegistry) -> None:
    told: set[str] = set()
    registry.records.tick(days=1)
    for change in (None, lambda: registry.records.remove("NCT00000001"), lambda: registry.records.tick(days=1)):
        if change:
            change()
        with client(registry) as asked:
            library.sync(WHOLE, registry=asked, progress=lambda what, _d, _t: told.add(what))
        registry.records.edit("NCT00000005", retitle)
        registry.records.dates["NCT00000005"] = (
            "2025-01-01"  # listed on another day than it says: named by the census
        )
    assert told >= set(Step)


def test_a_share_of_faults_costs_no_more_than_a_quarter(library: Library, registry: FakeRegistry) -> None:
    sync(library, registry)
    least = sent = 0
    for seed in range(15):
        registry.records.tick(days=3)
        for number in range(1, 41):
            registry.records.edit(f"NCT{number:08d}", retitle)
        with Library(library.folder.parent / f"twin-{seed}", create=True) as twin:
            least += sync(twin, registry).detail["requests"]
        with Library(library.folder.parent / f"faulty-{seed}", create=True) as faulty:
            registry.faults.share(0.1, seed=seed)
            sent += sync(faulty, registry).detail["requests"]
            registry.faults.clear()
            assert held(faulty) == registry.records.bodies
    assert sent <= 1.25 * least


def test_errors_of_the_registry_are_told_apart(library: Library, registry: FakeRegistry) -> None:
    registry.faults.always(Fault.named("html"))
    with pytest.raises(RegistryError) as caught:
        sync(library, registry)
    assert caught.value.code == "registry-unreachable" and "web page" in caught.value.message
