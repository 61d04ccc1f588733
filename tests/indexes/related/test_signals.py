"""Every signal: symmetric, one with itself, nought when silent, and each quote verbatim in its record."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from trialkin import sample
from trialkin.errors import InvalidValue
from trialkin.indexes.related.combine import NAMES, checked_weights, contributions, default_weights, likenesses
from trialkin.indexes.related.learnt import Learnt, Portrait, learn, traits
from trialkin.indexes.related.signals import FACETS, SIGNALS
from trialkin.indexes.related.signals.programme import named_by
from trialkin.model import Study, read_study
from trialkin.model.protocol import ArmGroup, ArmsInterventionsModule, IdentificationModule, ProtocolSection
from trialkin.reading.concepts import TABLES, concepts
from trialkin.reading.passages import Reading, words_of


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [Reading(read_study(raw)) for _, raw in sample.records()]


@pytest.fixture(scope="module")
def learnt(readings: list[Reading]) -> Learnt:
    return learn(traits(reading) for reading in readings)


@pytest.fixture(scope="module")
def portraits(readings: list[Reading], learnt: Learnt) -> list[Portrait]:
    return [learnt.portrait(reading) for reading in readings]


def test_a_study_is_wholly_like_itself(portraits: list[Portrait]) -> None:
    for portrait in portraits:
        for name, value in likenesses(portrait, portrait).items():
            assert value is None or math.isclose(value, 1.0, abs_tol=1e-5), (portrait.nct_id, name)


def test_likeness_is_symmetric_and_in_its_range(portraits: list[Portrait]) -> None:
    for a, b in combinations(portraits, 2):
        there, back = likenesses(a, b), likenesses(b, a)
        for name in NAMES:
            x, y = there[name], back[name]
            assert (x is None) == (y is None)
            if x is not None and y is not None:
                assert math.isclose(x, y, abs_tol=1e-6)
                assert (-1 if name == "setting" else 0) <= x <= 1  # opposite settings count against each other


def test_an_empty_study_contributes_nothing(learnt: Learnt, portraits: list[Portrait]) -> None:
    empty = learnt.portrait(Reading(Study()))
    found = likenesses(empty, portraits[0])
    assert all(value is None for value in found.values())
    assert sum(contributions(found, default_weights()).values()) == 0


def test_contributions_sum_to_the_score_and_weights_to_one(portraits: list[Portrait]) -> None:
    assert math.isclose(sum(default_weights().values()), 1, abs_tol=1e-3)
    assert set(default_weights()) == set(NAMES)
    found = likenesses(portraits[0], portraits[1])
    parts = contributions(found, default_weights())
    score = sum(default_weights()[name] * (found[name] or 0) for name in NAMES)
    assert math.isclose(sum(parts.values()), score, abs_tol=1e-9)


def test_quotes_stand_verbatim_in_the_record(readings: list[Reading]) -> None:
    quoted = 0
    for reading in readings:
        texts = [passage.source for found in reading.passages.values() for passage in found]
        texts.append((reading.study.sponsors.lead_sponsor and reading.study.sponsors.lead_sponsor.name) or "")
        for signal in SIGNALS:
            for term in signal.bag(reading):
                assert signal.say(term)
                quote = signal.quote(reading, term)
                if quote is not None:
                    quoted += 1
                    assert quote.text and any(quote.text in text for text in texts), (signal.name, term, quote)
    assert quoted > 1000


@pytest.mark.parametrize("name", TABLES)
def test_concept_tables_are_whole(name: str) -> None:
    from trialkin.vocab import table

    rows = table(name)
    known = {row["concept"] for row in rows}
    assert [row["concept"] for row in rows] == sorted(known)
    for row in rows:
        assert row["source"]
        for broader in row["broader"].split(" | "):
            assert not broader or broader in known, (row["concept"], broader)
        for written in row["names"].split(" | "):
            assert not written or words_of(written), (row["concept"], written)
    for concept in concepts(name):
        assert concept not in concepts(name).above[concept], "a concept is broader than itself"


def test_the_longest_name_wins() -> None:
    found = list(concepts("disease_concepts").find(words_of("Recurrent non-small cell lung cancer")))
    assert {one for mention in found for one in mention.concepts} == {"non-small cell lung cancer"}


def test_every_signal_has_a_known_facet() -> None:
    assert {signal.facet for signal in SIGNALS} <= set(FACETS)
    assert len({signal.name for signal in SIGNALS}) == len(SIGNALS)


def test_learning_is_deterministic(readings: list[Reading], learnt: Learnt) -> None:
    again = learn(traits(Reading(reading.study)) for reading in readings)
    assert again.counts == learnt.counts
    assert again.space.rows == learnt.space.rows
    assert (again.space.table == learnt.space.table).all()


@pytest.mark.parametrize(
    "bad", [{"nothing": 1}, {"disease": -1}, {"disease": "1"}, {"disease": 0}, {"disease": float("nan")}]
)
def test_weights_from_outside_are_checked(bad: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        checked_weights(bad)


def test_weights_are_scaled_to_one() -> None:
    assert checked_weights({"disease": 3, "words": 1}) == {"disease": 0.75, "words": 0.25}


def test_a_record_names_other_studies_never_itself() -> None:
    study = read_study(
        b'{"protocolSection":{"identificationModule":{"nctId":"NCT90000001","briefTitle":"Extension of NCT90000002"},'
        b'"descriptionModule":{"briefSummary":"NCT90000001 follows NCT90000003."}}}'
    )
    assert named_by(Reading(study)) == {"NCT90000002", "NCT90000003"}


def _setting(title: str) -> Reading:
    return Reading(Study(ProtocolSection(identification_module=IdentificationModule(brief_title=title))))


def test_opposite_settings_count_against_each_other() -> None:
    titles = (
        "Neoadjuvant treatment of resectable cancer",
        "Salvage treatment of recurrent metastatic cancer",
        "Adjuvant treatment of early stage cancer",
    )
    known = learn(traits(_setting(title)) for title in (*titles, "Treatment of cancer"))
    before, late, after = (known.portrait(_setting(title)) for title in titles)
    assert (likenesses(before, late)["setting"] or 0) < 0 < (likenesses(before, after)["setting"] or 0)
    assert likenesses(late, late)["setting"] == pytest.approx(1)


def test_a_strategy_is_what_an_arm_combines_and_when() -> None:
    arms = (
        ArmGroup(label="A", intervention_names=("Drug: pembrolizumab", "Procedure: resection")),
        ArmGroup(label="B", intervention_names=("Radiation: radiotherapy",)),
    )
    study = Study(
        ProtocolSection(
            identification_module=IdentificationModule(
                brief_title="Neoadjuvant pembrolizumab to spare the larynx"
            ),
            arms_interventions_module=ArmsInterventionsModule(arm_groups=arms),
        )
    )
    found = next(signal for signal in SIGNALS if signal.name == "strategy").bag(Reading(study))
    assert "neoadjuvant" in found and "immunotherapy with surgery" in found
    assert not any("radiotherapy" in term for term in found)
