"""What is tested and what is background, by arms and title."""

from __future__ import annotations

import msgspec

from trialkin.indexes.related.explain import Explainer
from trialkin.indexes.related.learnt import learn, traits
from trialkin.indexes.related.roles import Roles, roles
from trialkin.indexes.related.signals import intervention
from trialkin.model import read_study
from trialkin.reading.passages import Reading


def reading(title: str, *arms: tuple[str, str, list[str]]) -> Reading:
    groups = [{"label": label, "type": kind, "interventionNames": names} for label, kind, names in arms]
    protocol = {
        "identificationModule": {"nctId": "NCT90000001", "briefTitle": title},
        "armsInterventionsModule": {
            "armGroups": groups,
            "interventions": [{"name": name.partition(": ")[2]} for _, _, names in arms for name in names],
        },
    }
    return Reading(read_study(msgspec.json.encode({"protocolSection": protocol})))


ADDED = (
    ("Experimental", "EXPERIMENTAL", ["Radiation: radiotherapy", "Drug: cetuximab"]),
    ("Control", "ACTIVE_COMPARATOR", ["Radiation: radiotherapy", "Drug: cisplatin"]),
)


def test_what_all_arms_get_or_only_comparators_is_background() -> None:
    assert roles(reading("A trial", *ADDED)) == Roles(
        frozenset({"egfr antibody"}), frozenset({"radiotherapy", "platinum"})
    )


def test_what_the_title_names_is_tested() -> None:
    found = roles(reading("Radiation therapy with or without another drug", *ADDED))
    assert "radiotherapy" in found.tested
    assert found.background == {"platinum"}


def test_a_class_in_the_title_covers_its_members() -> None:
    arms = (
        ("A", "EXPERIMENTAL", ["Drug: pembrolizumab", "Drug: cetuximab"]),
        ("B", "EXPERIMENTAL", ["Drug: pembrolizumab"]),
    )
    assert "pd-1 inhibitor" in roles(reading("Immune checkpoint inhibitor", *arms)).tested
    assert roles(reading("A trial", *arms)).background == {"pd-1 inhibitor"}


def test_nothing_is_background_where_nothing_else_is_tested() -> None:
    same = (("Low dose", "EXPERIMENTAL", ["Drug: cisplatin"]), ("High dose", "EXPERIMENTAL", ["Drug: cisplatin"]))
    assert roles(reading("Two doses", *same)) == Roles()
    assert roles(reading("One arm", same[0])).tested == {"platinum"}
    assert roles(reading("Nothing")) == Roles()


def test_background_counts_less_and_the_reason_says_so() -> None:
    given = reading("A trial", *ADDED)
    bag = intervention.SIGNAL.bag(given)
    assert bag["radiotherapy"] < bag["egfr antibody"]
    learnt = learn([traits(given), traits(reading("Anything"))])
    (reason,) = Explainer(learnt, given).reasons(given, {"intervention": 1.0})
    assert "egfr antibody (tested in both)" in reason.shared
    assert "radiotherapy (background in both)" in reason.shared
