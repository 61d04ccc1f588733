"""Pictures of posted results and of designs: what is drawn is what was posted."""

from __future__ import annotations

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from trialkin.indexes.readings.reading import read_texts
from trialkin.model import Study, read_study
from trialkin.model.results import AdverseEventsModule
from trialkin.views.blocks import Block, Cards, Figure, Note
from trialkin.views.pictures import events, flow, intervals, schema
from trialkin.views.study import (
    PageContext,
    results_events,
    results_flow,
    results_forest,
    results_outcomes,
    timeline,
    where,
)
from trialkin.views.study.schema import design_schema

TODAY = dt.date(2026, 11, 22)


def study(**sections: Any) -> Study:
    return read_study(json.dumps(sections).encode())


def context(**sections: Any) -> PageContext:
    made = study(**sections)
    return PageContext(made, TODAY, read_texts(made))


def blocks_of(blocks: tuple[Block, ...]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        found += blocks_of(tuple(getattr(block, "blocks", ()) or ()))
        if isinstance(block, Cards):
            for card in block.cards:
                found += blocks_of(card.blocks)
    return found


def words(drawn: str) -> list[str]:
    """All texts of the drawing, titles too."""
    root = ET.fromstring(f"<all>{drawn}</all>")
    return [text for node in root.iter() if (text := (node.text or "").strip())]


FLOW = {
    "groups": [{"id": "FG000", "title": "Drug"}, {"id": "FG001", "title": "Placebo"}],
    "periods": [
        {
            "title": "Overall Study",
            "milestones": [
                {"type": "STARTED", "achievements": [{"groupId": "FG000", "numSubjects": "60"},
                                                     {"groupId": "FG001", "numSubjects": "58"}]},
                {"type": "Treated", "achievements": [{"groupId": "FG000", "numSubjects": "59"}]},
                {"type": "COMPLETED", "achievements": [{"groupId": "FG000", "numSubjects": "50"},
                                                       {"groupId": "FG001", "numSubjects": "51"}]},
                {"type": "NOT COMPLETED", "achievements": [{"groupId": "FG000", "numSubjects": "10"},
                                                           {"groupId": "FG001", "numSubjects": "8"}]},
            ],
            "dropWithdraws": [{"type": "Death", "reasons": [{"groupId": "FG000", "numSubjects": "7"}]}],
        }
    ],
}  # fmt: skip


def test_the_flow_shows_every_posted_count() -> None:
    page = context(resultsSection={"participantFlowModule": FLOW})
    diagram = results_flow.flow_diagram(page.study.results_section.participant_flow_module)
    shown = words(flow.draw(diagram))
    for expected in ("Started 118 in 2 arms", "Started 60", "Treated 59", "Completed 50", "Left 10", "Death 7",
                     "Started 58", "Completed 51", "Left 8"):  # fmt: skip
        assert expected in shown


def test_a_flow_that_does_not_add_up_is_flagged() -> None:
    page = context(resultsSection={"participantFlowModule": FLOW})
    flags = [b for b in blocks_of(results_flow.blocks(page)) if isinstance(b, Note) and b.level == "flag"]
    assert len(flags) == 1 and "Placebo" in flags[0].text and "Drug" not in flags[0].text


def outcome(**changes: Any) -> PageContext:
    measure: dict[str, Any] = {
        "type": "PRIMARY", "title": "Survival", "paramType": "MEDIAN", "dispersionType": "95% Confidence Interval",
        "unitOfMeasure": "Months", "groups": [{"id": "OG000", "title": "Drug"}, {"id": "OG001", "title": "Placebo"}],
        "denoms": [{"units": "Participants", "counts": [{"groupId": "OG000", "value": "60"},
                                                        {"groupId": "OG001", "value": "58"}]}],
        "classes": [{"categories": [{"measurements": [
            {"groupId": "OG000", "value": "12.3", "lowerLimit": "9,9", "upperLimit": "NA"},
            {"groupId": "OG001", "value": "NA", "lowerLimit": ".5", "upperLimit": "NA"}]}]}],
    }  # fmt: skip
    measure.update(changes)
    return context(resultsSection={"outcomeMeasuresModule": {"outcomeMeasures": [measure]}})


def plot_of(page: PageContext) -> intervals.IntervalPlot:
    assert page.study.results_section and page.study.results_section.outcome_measures_module
    return results_outcomes.outcome_plot(page.study.results_section.outcome_measures_module.outcome_measures[0])[0]


def test_values_stay_as_posted() -> None:
    plot = plot_of(outcome())
    first, second = plot.rows[0].dots
    assert (first.text, first.value, first.low, first.high_open) == ("12.3 (9,9 to NA)", 12.3, 9.9, True)
    assert (second.text, second.value) == ("NA (.5 to NA)", None)
    shown = words(intervals.draw(plot))
    assert "12.3 (9,9 to NA)" in shown and "NA (.5 to NA)" in shown and "Drug · N 60" in shown


def test_counts_stand_at_their_share_of_those_analysed() -> None:
    category = {"title": "Responder", "measurements": [{"groupId": "OG000", "value": "15"}]}
    page = outcome(paramType="COUNT_OF_PARTICIPANTS", dispersionType=None, classes=[{"categories": [category]}])
    plot = plot_of(page)
    assert plot.unit == "% of those analysed"
    assert plot.rows[0].dots[0].text == "15 of 60 (25.0%)"
    assert plot.rows[0].dots[0].value == 25.0


def test_a_class_has_its_own_denominators() -> None:
    row = {
        "title": "Week 4", "denoms": [{"units": "Participants", "counts": [{"groupId": "OG000", "value": "30"}]}],
        "categories": [{"measurements": [{"groupId": "OG000", "value": "15"}]}],
    }  # fmt: skip
    plot = plot_of(outcome(paramType="COUNT_OF_PARTICIPANTS", classes=[row]))
    assert plot.rows[0].title == "Week 4"
    assert plot.rows[0].dots[0].text == "15 of 30 (50.0%)"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"classes": [], "denoms": []}, "not posted this outcome"),
        ({"classes": []}, "no values"),
        ({"classes": [{"categories": [{"measurements": [{"groupId": "OG000", "value": "NA"}]}]}]}, "Not drawn"),
    ],
)
def test_what_cannot_be_drawn_says_why(changes: dict[str, Any], why: str) -> None:
    found = blocks_of(results_outcomes.blocks(outcome(**changes)))
    assert not any(isinstance(block, Figure) for block in found)
    assert any(isinstance(block, Note) and why in block.text for block in found)


def forest(*analyses: dict[str, Any]) -> tuple[intervals.IntervalPlot, ...]:
    page = outcome(analyses=list(analyses))
    assert page.study.results_section and page.study.results_section.outcome_measures_module
    return results_forest.forest_plots(page.study.results_section.outcome_measures_module.outcome_measures[0])


RATIO = {
    "groupIds": ["OG000", "OG001"],
    "paramType": "Hazard Ratio (HR)",
    "paramValue": "0.72",
    "ciPctValue": "95",
    "ciLowerLimit": "0.55",
    "ciUpperLimit": "0.94",
    "pValue": "<0.001",
    "statisticalMethod": "Log Rank",
}


def test_a_ratio_has_its_line_at_one_on_a_logarithmic_axis() -> None:
    (plot,) = forest(RATIO)
    assert (plot.reference, plot.log) == (1.0, True)
    assert plot.rows[0].title == "Drug vs Placebo"
    shown = words(intervals.draw(plot))
    assert "0.72 (95% CI 0.55 to 0.94) · p <0.001" in shown


def test_kinds_of_estimates_never_share_an_axis() -> None:
    difference = {**RATIO, "paramType": "Mean Difference (Net)", "paramValue": "-3", "ciLowerLimit": "-5"}
    unknown = {**RATIO, "paramType": "see above"}
    ratio, change, other = forest(RATIO, difference, unknown)
    assert (change.reference, change.log) == (0.0, False)
    assert other.reference is None
    assert "No line" in other.description


def test_a_one_sided_interval_is_open() -> None:
    (plot,) = forest({**RATIO, "ciLowerLimit": None, "ciNumSides": "ONE_SIDED"})
    dot = plot.rows[0].dots[0]
    assert dot.low_open and not dot.high_open
    assert dot.text.startswith("0.72 (1-sided 95% CI up to 0.94)")


def adverse(*groups: dict[str, Any], started: int | None, terms: int = 2) -> tuple[results_events.EventSet, ...]:
    made = [{"id": f"EG{n:03d}", "seriousNumAtRisk": 50, "otherNumAtRisk": 50, **g} for n, g in enumerate(groups)]
    listed = [{"term": f"T{n}", "stats": [{"groupId": g["id"], "numAffected": n + k, "numAtRisk": 50}
                                          for k, g in enumerate(made)]} for n in range(terms)]  # fmt: skip
    page = study(resultsSection={"adverseEventsModule": {"eventGroups": made, "otherEvents": listed}})
    assert page.results_section and page.results_section.adverse_events_module
    return results_events.event_sets(page.results_section.adverse_events_module, started=started)


def titles(found: results_events.EventSet) -> list[str | None]:
    return [group.title for group in found.groups]


def test_groups_of_different_people_are_compared() -> None:
    (only,) = adverse({"title": "Drug"}, {"title": "Placebo"}, started=100)
    assert only.disjoint and titles(only) == ["Drug", "Placebo"]


def test_a_pooled_group_stands_apart() -> None:
    arms, total = adverse({"title": "Drug"}, {"title": "Placebo"}, {"title": "Total"}, started=100)
    assert titles(arms) == ["Drug", "Placebo"] and titles(total) == ["Total"]


def test_periods_that_hold_the_same_people_are_drawn_one_by_one() -> None:
    found = adverse(
        {"title": "Drug (Double-Blind Phase)"}, {"title": "Placebo (Double-Blind Phase)"},
        {"title": "Drug (Open-Label Phase)"}, started=100,
    )  # fmt: skip
    assert [len(each.groups) for each in found] == [2, 1]
    assert all(each.disjoint for each in found)


def test_a_crossover_is_not_compared_as_if_people_differed() -> None:
    (only,) = adverse({"title": "Drug"}, {"title": "Placebo"}, started=50)
    assert not only.disjoint and "counted in more than one" in only.why


def test_rates_use_their_own_denominators_and_absent_is_not_zero() -> None:
    module = read_study(json.dumps({"resultsSection": {"adverseEventsModule": {
        "eventGroups": [{"id": "A", "title": "Drug", "seriousNumAtRisk": 40, "otherNumAtRisk": 50},
                        {"id": "B", "title": "Placebo", "seriousNumAtRisk": 40, "otherNumAtRisk": 50}],
        "seriousEvents": [{"term": "Stroke", "stats": [{"groupId": "A", "numAffected": 4, "numAtRisk": 40},
                                                       {"groupId": "B", "numAtRisk": 40}]}],
        "otherEvents": [{"term": "Rash", "stats": [{"groupId": "A", "numAffected": 5},
                                                   {"groupId": "B", "numAffected": 10, "numAtRisk": 20}]}],
    }}}).encode()).results_section  # fmt: skip
    assert module and module.adverse_events_module
    drawn: AdverseEventsModule = module.adverse_events_module
    (only,) = results_events.event_sets(drawn, started=100)
    plot = results_events.event_plot(drawn, only)
    rash, stroke = plot.rows
    assert [rate.text for rate in rash.rates] == ["5/50", "10/20"]
    assert events.difference_of([(5, 50), (10, 20)]) == pytest.approx(0.4)
    assert [rate.text for rate in stroke.rates] == ["4/40", "–/40"]
    assert stroke.serious and events.difference_of([(4, 40), (None, 40)]) == 0.0
    assert "SAE" in words(events.draw(plot))


def test_one_person_in_a_tiny_group_decides_nothing() -> None:
    assert events.difference_of([(1, 1), (5, 50), (10, 50)]) == pytest.approx(0.1)
    assert events.difference_of([(1, 1), (5, 50)]) == pytest.approx(0.9)


def arms_of(model: str, *labels: str) -> schema.Schema:
    arms = [{"label": name, "type": "EXPERIMENTAL", "interventionNames": [f"Drug: {name}"]} for name in labels]
    return design_schema(
        study(protocolSection={
            "designModule": {"studyType": "INTERVENTIONAL", "designInfo": {
                "interventionModel": model, "allocation": "RANDOMIZED", "maskingInfo": {"masking": "DOUBLE"}}},
            "armsInterventionsModule": {"armGroups": arms},
        })
    )  # fmt: skip


@pytest.mark.parametrize(
    ("model", "shape", "mark"),
    [
        ("PARALLEL", "parallel", None),
        ("CROSSOVER", "crossover", "crossover: the same people"),
        ("SEQUENTIAL", "sequential", None),
        ("FACTORIAL", "factorial", "factorial"),
    ],
)
def test_designs_are_told_apart(model: str, shape: str, mark: str | None) -> None:
    made = arms_of(model, "Alpha", "Beta")
    assert made.shape == shape
    shown = words(schema.draw(made))
    assert "Drug: Alpha" in shown and "Drug: Beta" in shown
    assert mark is None or any(mark in text for text in shown)


def test_an_observational_study_has_cohorts_and_no_allocation() -> None:
    made = design_schema(
        study(protocolSection={
            "designModule": {"studyType": "OBSERVATIONAL"},
            "armsInterventionsModule": {"armGroups": [{"label": "Smokers"}]},
        })
    )  # fmt: skip
    assert (made.shape, made.allocation) == ("cohorts", ())


SITES = [
    {
        "city": "Boston",
        "country": "United States",
        "status": "RECRUITING",
        "geoPoint": {"lat": 42.36, "lon": -71.06},
    },
    {
        "city": "Boston",
        "country": "United States",
        "status": "RECRUITING",
        "geoPoint": {"lat": 42.36, "lon": -71.06},
    },
    {
        "city": "Boston",
        "country": "United States",
        "status": "WITHDRAWN",
        "geoPoint": {"lat": 42.36, "lon": -71.06},
    },
    {"city": "Seoul", "country": "Korea, Republic of"},
    {"facility": "Somewhere"},
]


def test_sites_are_placed_counted_and_never_lost() -> None:
    page = context(protocolSection={"contactsLocationsModule": {"locations": SITES}})
    places, unplaced = where.site_places(page.study, page.study.locations)
    assert sum(place.count for place in places) + unplaced == len(SITES)
    assert {(place.name, place.count, place.exact) for place in places} == {
        ("Boston", 2, True), ("Boston", 1, True), ("Seoul", 1, False),
    }  # fmt: skip
    table = where.country_table(page.study)
    assert sum(int(row[-1].parts[0]) for row in table.rows) == len(SITES)
    found = blocks_of(where.blocks(page))
    assert any(isinstance(block, Note) and "1 site cannot be placed" in block.text for block in found)


def test_every_picture_is_named_described_and_free_of_styles() -> None:
    page = outcome(analyses=[RATIO])
    found = [b for b in blocks_of(results_outcomes.blocks(page)) if isinstance(b, Figure)]
    assert len(found) == 2
    for figure in found:
        for drawing in ET.fromstring(f"<all>{figure.svg}</all>"):
            tags = [re.sub(r"\{.*\}", "", node.tag) for node in drawing][:2]
            assert tags == ["title", "desc"]
            assert drawing.get("role") == "img"
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=", figure.svg)


def recruiting(*statuses: tuple[str, str], start: str = "2024-01-15") -> list[tuple[str, str, str]]:
    versions = [
        read_study(
            json.dumps({"protocolSection": {"statusModule": {
                "overallStatus": status, "startDateStruct": {"date": start, "type": "ACTUAL"},
                "lastUpdatePostDateStruct": {"date": posted}}}}).encode()
        )
        for status, posted in statuses
    ]  # fmt: skip
    return [(str(p.first), str(p.last), p.words) for p in timeline.periods_of(versions)]


def test_recruiting_is_drawn_only_as_far_as_the_versions_tell() -> None:
    assert recruiting(("RECRUITING", "2024-06-01")) == [
        ("2024-01-15", "2024-06-01", "Recruiting as of 1 June 2024")
    ]
    assert recruiting(("COMPLETED", "2024-06-01")) == []
    assert recruiting(
        ("NOT_YET_RECRUITING", "2023-12-01"), ("RECRUITING", "2024-02-01"), ("RECRUITING", "2024-05-01"),
        ("SUSPENDED", "2024-06-01"), ("RECRUITING", "2024-08-01"), ("COMPLETED", "2024-09-01"),
    ) == [
        ("2024-02-01", "2024-06-01", "Recruiting until 1 June 2024"),
        ("2024-08-01", "2024-09-01", "Recruiting until 1 September 2024"),
    ]  # fmt: skip
