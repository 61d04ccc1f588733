"""The kin of a library: built, asked, brought up to date, explained."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from trialkin import sample
from trialkin.errors import InvalidValue
from trialkin.indexes.related.combine import NAMES, default_weights, likenesses
from trialkin.indexes.related.relations import Relation
from trialkin.library import Library
from trialkin.reading.passages import Reading

SEED = "NCT07320690"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("kin"), create=True)
    library.import_sample()
    return library


def test_contributions_sum_to_the_score(library: Library) -> None:
    found = library.related(SEED, limit=50)
    assert found.kin
    for one in found.kin:
        assert abs(sum(one.kin.contributions.values()) - one.kin.score) < 1e-6
        assert set(one.kin.contributions) <= set(NAMES)
        assert abs(sum(reason.contribution for reason in one.reasons) - one.kin.score) < 1e-6


def test_a_study_is_never_its_own_kin(library: Library) -> None:
    for nct_id in library.store.nct_ids():
        assert nct_id not in {one.kin.nct_id for one in library.related(nct_id, limit=50).kin}


def test_the_graph_is_sorted_and_agrees_with_comparing_directly(library: Library) -> None:
    state = library.kin.state
    portraits = {n: state.learnt.portrait(Reading(library.study(n))) for n in library.store.nct_ids()}
    for one in library.related(SEED, limit=50).kin:
        direct = likenesses(portraits[SEED], portraits[one.kin.nct_id])
        score = sum(default_weights()[name] * (direct[name] or 0) for name in NAMES)
        assert math.isclose(score, one.kin.score, abs_tol=2e-3)  # rows keep half-precision numbers
    scores = [one.kin.score for one in library.related(SEED, limit=50).kin]
    assert scores == sorted(scores, reverse=True)


def test_quotes_are_verbatim(library: Library) -> None:
    for one in library.related(SEED, limit=10).kin:
        records = {
            name: json.dumps(json.loads(library.find(name).record.raw or b""), ensure_ascii=False)
            for name in (SEED, one.kin.nct_id)
        }
        for reason in one.reasons:
            for name, quotes in ((SEED, reason.quotes_a), (one.kin.nct_id, reason.quotes_b)):
                for quote in quotes:
                    assert json.dumps(quote.text, ensure_ascii=False)[1:-1] in records[name]


def test_every_candidate_is_listed(library: Library) -> None:
    asked = [*list(library.store.nct_ids())[:5], SEED, "NCT00000001"]
    found = library.related(SEED, candidates=asked)
    assert sorted(one.kin.nct_id for one in found.kin) == sorted(set(asked))
    relations = {one.kin.nct_id: one.kin.relation for one in found.kin}
    assert relations[SEED] is Relation.ITSELF
    assert relations["NCT00000001"] is Relation.ABSENT


def test_weights_facet_and_relation_change_the_answer(library: Library) -> None:
    only = library.related(SEED, weights={"design": 1}, limit=5)
    assert all(set(one.kin.contributions) == {"design"} for one in only.kin)
    population = library.related(SEED, facet="population", limit=5)
    assert all(one.by_facet.keys() == {"population"} for one in population.kin)
    for kind in Relation:
        assert all(one.kin.relation is kind for one in library.related(SEED, relation=kind).kin)
    with pytest.raises(InvalidValue):
        library.related(SEED, weights={"colour": 1})


def test_a_synopsis_has_kin(library: Library) -> None:
    found = library.related_to_text(
        "Adjuvant immunotherapy after surgery for head and neck squamous cell carcinoma\nStage III patients.",
        limit=3,
    )
    assert found.nct_id == ""
    assert SEED in {one.kin.nct_id for one in found.kin}
    assert all(one.silent for one in found.kin)


def test_a_text_without_known_words_has_no_reasons(library: Library) -> None:
    for one in library.related_to_text("zzzz qqqq", limit=3).kin:
        assert one.kin.score == 0
        assert not one.reasons


def test_a_changed_study_is_taken_in_without_learning_anew(tmp_path: Path) -> None:
    with Library(tmp_path, create=True) as library:
        library.import_sample()
        before = library.kin.state.learnt.counts
        raw = json.loads(next(raw for name, raw in sample.records() if SEED in name))
        module = raw["protocolSection"]["identificationModule"]
        module["nctId"], module["briefTitle"] = "NCT00000009", "A second look at de-escalation surgery"
        raw["protocolSection"]["descriptionModule"] = {"briefSummary": f"Follows {SEED} in head and neck cancer."}
        file = tmp_path / "NCT00000009.json"
        file.write_text(json.dumps(raw), encoding="utf-8")
        library.import_records([file])
        assert library.kin.state.learnt.counts == before
        assert library.kin.seq == library.store.last_seq
        there = {one.kin.nct_id: one.kin for one in library.related("NCT00000009", limit=5).kin}
        back = {one.kin.nct_id: one.kin for one in library.related(SEED, limit=5).kin}
        assert there[SEED].relation is Relation.FOLLOW_ON
        assert math.isclose(there[SEED].score, back["NCT00000009"].score, abs_tol=1e-5)
        graph, rows = library.kin.state.graph.by_score, len(library.kin.state.rows)
        for row in range(rows):
            kin = graph.kin[row][graph.kin[row] >= 0]
            assert row not in kin and len(set(kin.tolist())) == len(kin)
            assert (np.diff(graph.scores[row]) <= 1e-6).all()


def test_an_update_that_changes_nothing_kinship_reads_keeps_the_state(tmp_path: Path) -> None:
    with Library(tmp_path / "library", create=True) as library:
        library.import_sample()
        state, seq = library.kin.state.folder, library.kin.seq
        record = json.loads(library.find(SEED).record.raw or b"")
        record["protocolSection"]["statusModule"]["overallStatus"] = "RECRUITING"
        (tmp_path / "newer.json").write_text(json.dumps(record), encoding="utf-8")
        assert library.import_records([tmp_path / "newer.json"]).counts["changed"] == 1
        assert library.kin.seq > seq
        assert library.kin.state.folder == state


def test_taking_out_the_top_reason_lowers_the_score(library: Library) -> None:
    """The deletion test on the sample; the real library's figure is in evaluation/RESULTS.md."""
    found = library.related(SEED, limit=10)
    for one in found.kin:
        if one.kin.score > 0:
            assert one.reasons[0].contribution == max(one.kin.contributions.values()) > 0


def test_brief_reasons_from_the_index_say_what_a_reading_says(library: Library) -> None:
    for nct_id in list(library.store.nct_ids())[:12]:
        whole = library.related(nct_id, limit=10).kin
        brief = library.related(nct_id, limit=10, brief=True).kin
        assert [one.sentence for one in brief] == [one.sentence for one in whole]


def test_the_nearest_by_text_are_kept(library: Library) -> None:
    kept = library.related(SEED, limit=5, by_text=True).kin
    asked = library.related(SEED, limit=15, by_text=True).kin
    assert [one.kin.nct_id for one in kept] == [one.kin.nct_id for one in asked[:5]]
