"""The readings of a library: stored as they are read, kept up with the log, told apart when rules change."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from trialkin import Library
from trialkin.errors import NotPrepared
from trialkin.indexes.readings import columns, index, reading
from trialkin.indexes.readings.reading import StudyReading, read_texts
from trialkin.model.ids import number_of

SEED = "NCT07320690"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "library", create=True)
    library.import_sample()
    return library


def _reworded(library: Library, folder: Path, nct_id: str, text: str) -> None:
    record = json.loads(library.find(nct_id).record.raw or b"")
    record["protocolSection"]["eligibilityModule"] = {"eligibilityCriteria": text}
    (folder / f"{nct_id}.json").write_text(json.dumps(record), encoding="utf-8")
    assert library.import_records([folder / f"{nct_id}.json"]).counts["changed"] == 1


def test_what_is_stored_is_what_is_read(library: Library) -> None:
    stored = dict(library.readings.all())
    assert sorted(stored) == sorted(library.store.nct_ids())
    for nct_id, found in stored.items():
        assert found == read_texts(library.study(nct_id))
        assert library.criteria(nct_id) == found.criteria and library.doses(nct_id) == found.doses


def test_pages_and_commands_do_not_parse(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("parsed anew")

    monkeypatch.setattr(reading, "parse_criteria", fail)
    monkeypatch.setattr(reading, "study_regimens", fail)
    assert library.page(SEED).reading.criteria.items
    assert len(library.compare([SEED, "NCT99000001"])) == 2


def test_a_changed_study_is_read_again_and_the_others_are_not(library: Library, tmp_path: Path) -> None:
    before = library.readings
    _reworded(library, tmp_path, SEED, "Inclusion Criteria:\n\n* ECOG 0-1\n")
    now = library.readings
    assert (len(before.parts), len(now.parts)) == (1, 2) and len(now) == len(before)
    assert [item.text for item in library.criteria(SEED).items] == ["ECOG 0-1"]
    rows = [rows for _, rows in now.facts("performance status", "ecog performance status")]
    own = np.concatenate([each[each["study"] == number_of(SEED)] for each in rows])
    assert [(row["low"], row["high"]) for row in own] == [(0.0, 1.0)]
    assert own["flags"][0] & columns.SECTION == columns.INCLUSION
    assert dict(now.all())[SEED] == library.reading(library.find(SEED))


def test_many_small_parts_become_one_that_says_the_same(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MOST_SMALL", 2)
    for number in range(4):
        _reworded(
            library, tmp_path, SEED, f"Inclusion Criteria:\n\n* Platelets at least {100 + number} x 10^9/L\n"
        )
    found = library.readings
    assert len(found.parts) <= 3
    assert {nct_id: each for nct_id, each in found.all()} == {
        nct_id: read_texts(library.study(nct_id)) for nct_id in library.store.nct_ids()
    }
    rows = np.concatenate([rows for _, rows in found.facts("laboratory", "platelet count")])
    assert rows[rows["study"] == number_of(SEED)]["low"].tolist() == [103.0]


def test_columns_say_what_readings_say(library: Library) -> None:
    found = library.readings
    counted = sum(len(item.criteria) for _, each in found.all() for item in each.criteria.items)
    assert counted == sum(len(part.facts) for part in found.parts) > 300
    for about in found.abouts:
        kind, variable = about.split("\t")
        for part, rows in found.facts(kind, variable):
            assert (np.diff(rows["study"].astype(np.int64)) >= 0).all()
            for row in rows:
                study = found.of(f"NCT{row['study']:08d}")
                assert study is not None
                one = study[1].criteria.items[row["item"]].criteria[row["place"]]
                assert (one.kind, one.variable) == (kind, variable)
                assert bool(row["flags"] & columns.NEGATED) == one.negated
                low, unit = (one.low, one.unit)
                if row["flags"] & columns.CANONICAL:
                    low, unit = one.canonical_low, one.canonical_unit
                assert np.isnan(row["low"]) if low is None else np.isclose(row["low"], low)
                assert part.names[row["unit"]] == (unit or "")


def test_other_rules_make_it_anew_and_the_difference_is_told(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_less(study: object) -> StudyReading:
        return StudyReading(read_texts(study).criteria)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "rules", lambda: "other rules")
    monkeypatch.setattr(index, "read_texts", read_less)
    library = Library(library.folder)
    with pytest.raises(NotPrepared, match="readings"):
        library.readings  # noqa: B018
    assert library.doses(SEED), "a page is read by the rules of now while they are not there"
    found = library.reread()
    assert found.studies == len(library) and 0 < found.changed < found.studies
    assert {each.sign for each in found.classes} == {"-"}
    assert all(each.about.startswith("dose: ") and each.examples for each in found.classes)
    assert library.doses(SEED) == ()


def test_processes_change_nothing(library: Library, tmp_path: Path) -> None:
    made = index.ReadingsIndex(tmp_path / "apart")
    made.rebuild(library, upto=library.store.last_seq, progress=lambda *_: None, processes=2)
    assert dict(made.view().all()) == dict(library.readings.all())
