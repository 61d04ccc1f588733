"""Figures, courses and agents as registries write them: what is one dose, whose, when; and what holds it."""

from __future__ import annotations

import pytest

from trialkin.reading.doses import read_regimens

# name of the intervention, text, rows as (agent, low, high, unit, schedule)
FIGURES = [
    ("Zalu-T", "dose groups: 10\\^6, 5x10\\^6 and 3x10\\^7 CD19 cells/kg", [
        ("Zalu-T", 1e6, 1e6, "cells/kg", None), ("Zalu-T", 5e6, 5e6, "cells/kg", None),
        ("Zalu-T", 3e7, 3e7, "cells/kg", None)]),
    ("Zalu-T", "from 5×10\\^4 /kg to 1×10\\^7 /kg of modified cells", [("Zalu-T", 5e4, 1e7, "cells/kg", None)]),
    ("Zalu-T", "15-20 million mature dendritic cells", [("Zalu-T", 1.5e7, 2e7, "cells", None)]),
    ("Zalumab", "300 mg/2 mL given every 2 weeks", [("Zalumab", 300, 300, "mg", "q2wk")]),
    ("Zalumab", "300 mg (300 mg/2 mL) every 2 weeks", [("Zalumab", 300, 300, "mg", "q2wk")]),
    ("Vitamin D3", "100.000 IU weekly", [("Vitamin D3", 100000, 100000, "[IU]", "1/wk")]),
    ("Zalumab", "10 000 U/m² on days 1 and 3", [("Zalumab", 10000, 10000, "[U]/m2", "d1,3")]),
    ("Zalutinib", "3,375 mg", [("Zalutinib", 3.375, 3.375, "mg", None)]),
    ("Zalutinib", "2,500 mg", [("Zalutinib", 2500, 2500, "mg", None)]),
    ("Zalutinib", "16 mg from day 1 to 5 and 8 mg from day 6 to 10", [
        ("Zalutinib", 16, 16, "mg", "d1-5"), ("Zalutinib", 8, 8, "mg", "d6-10")]),
    ("Zalumab", "doses of 0.3; 1.0; 3.0 mg/kg", [("Zalumab", d, d, "mg/kg", None) for d in (0.3, 1, 3)]),
    ("Zaluspray", "2 puffs twice daily", [("Zaluspray", 2, 2, "puffs", "2/d")]),
    ("Gadozal", "0.1 mmol Gd/kg body weight, single dose", [("Gadozal", 0.1, 0.1, "mmol/kg", "once")]),
    ("A", "zalusone/fluzalone 6/125 mcg twice daily", [
        ("zalusone", 6, 6, "ug", "2/d"), ("fluzalone", 125, 125, "ug", "2/d")]),
    ("Zalutinib", "two capsules daily, each capsule containing 250 mg", [("Zalutinib", 500, 500, "mg", "1/d")]),
    ("Zalumab", "Two injections of zalumab 150 mg (for a total of 300 mg)", [("zalumab", 300, 300, "mg", None)]),
    ("Zalumab", "Two injections of 300 mg zalumab, 14 days apart", [("zalumab", 300, 300, "mg", "q2wk")]),
    ("Zalutinib", "Zalutinib 25 mg tablets, 50 mg b.i.d.", [("Zalutinib", 50, 50, "mg", "2/d")]),
    ("Placebo", "100 mL saline 0.9% iv once", [("saline", 100, 100, "mL", "once")]),
    ("Zalumab", "9 mCi (333 MBq) is injected", [("Zalumab", 9, 9, "mCi", None)]),
    ("Immunoglobulin", "2 g/kg divided over 4 days (0.5 g/kg/day)", [("Immunoglobulin", 0.5, 0.5, "g/kg", "1/d")]),
]  # fmt: skip

COURSES = [
    ("daily for 4 days every 4 weeks", "d1-4 q28d"),
    ("once daily for 21 days; repeat every 28 days", "d1-21 q28d"),
    ("for 21 of 28 days", "d1-21 q28d"),
    ("qd, take 3 weeks and then stop for 1 week", "d1-21 q28d"),
    ("weekly for 3 weeks followed by 1 week of rest", "d1,8,15 q28d"),
    ("on days 1 and 15 for 5 28-day cycles", "d1,15 q28d"),
    ("on day 1 of each 21-28 day cycle", "d1 q21-28d"),
    ("on days 1-5, with a rest period from days 6-21", "d1-5"),
    ("for 4 days: -5, -4, -3, -2", "d-5,-4,-3,-2"),
    ("/m² days 1, 8, 15 (q 28 days)", "d1,8,15 q28d"),
    ("at intervals of 4-6 weeks", "q4-6wk"),
    ("in three sessions spaced by one week", "1/wk"),
    ("in 4 monthly doses", "1/mo"),
    ("/6h", "4/d"),
    ("o/d", "1/d"),
    ("qn", "1/d"),
    ("every 2 weeks for 12 weeks, followed by resection on day 84, with visits every 30 days", "q2wk"),
    ("once daily for the first 7 days, starting with day 8", "1/d"),
    ("up to the target dose. Once they reach it, they keep it", None),
    ("in a single-dose vial, given every 2 weeks", "q2wk"),
]

AGENTS = [
    ("CHOP", "CHOP (cyclophosphamide 750 mg/m², doxorubicin 50 mg/m²)", ["cyclophosphamide", "doxorubicin"]),
    ("A", "Biological/Vaccine: ZX-LAMP plasmid 2 mg", ["ZX-LAMP plasmid"]),
    ("Oil", "2.8 g soybean oil containing 2.5 g linoleic acid", ["soybean oil", "linoleic acid"]),
    ("Cohort 1", "5 μg/disc dose of ZTP-001", ["ZTP-001"]),
    ("Zalumab", "0.18 mg/kg/h of theoretical ideal weight", ["Zalumab"]),
    ("A", "1 mL, 5 mL and 10 mL of cow milk", ["cow milk", "cow milk", "cow milk"]),
    ("A", "ZY-9591 80mg QD+pemetrexed 500 mg/m²+Carboplatin AUC5", ["ZY-9591", "pemetrexed", "Carboplatin"]),
    ("A", "with standard paracetamol therapy (500 mg QID)", ["paracetamol"]),
    (
        "Zalubody",
        "cyclophosphamide 500 mg/m² for 3 days, then 1×10\\^6 cells/kg",
        ["cyclophosphamide", "Zalubody"],
    ),
]

NEAR_MISSES = [
    "Each vial contained 150 mg of the active compound",
    "One capsule contains 550 mg of the oil",
    "With a composition of protein A 6 mg, protein B 6 mg, protein C 38 mg",
    "750 mg/vial, supplied as a liquid",
    "high iron milk (1.2 mg/100 mL)",
    "Doses of more than 150 mg are divided",
    "rounded to the nearest 6 mg",
    "then taper 5 mg every 4 weeks",
    "proteinuria of 300 mg/24 hours",
    "using a 1 cc 28 gauge needle",
    "to a total weight of 200 mg",
    "Cumulative dose: 9 mg/m2.",
    "2 units of fresh convalescent plasma",
]


@pytest.mark.parametrize(("name", "text", "expected"), FIGURES, ids=[text[:50] for _, text, _ in FIGURES])
def test_figures(name: str, text: str, expected: list[tuple]) -> None:
    rows = read_regimens(text, name=name)
    assert [(r.agent, r.dose_low, r.dose_high, r.dose_unit, r.schedule) for r in rows] == expected


@pytest.mark.parametrize(("words", "schedule"), COURSES, ids=[words[:50] for words, _ in COURSES])
def test_courses(words: str, schedule: str | None) -> None:
    row = read_regimens(f"Zalumab 20 mg{'' if words.startswith('/') else ' '}{words}", name="Zalumab")[0]
    assert row.schedule == schedule


@pytest.mark.parametrize(("name", "text", "agents"), AGENTS, ids=[text[:50] for _, text, _ in AGENTS])
def test_whose(name: str, text: str, agents: list[str]) -> None:
    assert [row.agent for row in read_regimens(text, name=name)] == agents


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses(text: str) -> None:
    assert read_regimens(text, name="Zalumab") == ()


def test_a_condition_stands_beside_the_words_it_was_read_from() -> None:
    text = (
        "If margins are close (\\<1 mm), zalutinib 20 mg daily. For patients unfit for it, fluzalone 5 mg daily."
    )
    rows = read_regimens(text, name="A")
    assert [len(row.condition_quotes) for row in rows] == [1, 1]
    for row in rows:
        assert all(text[one.start : one.end] == one.quote for one in row.condition_quotes)
    assert rows[0].condition_quotes[0].quote == "If margins are close (\\<1 mm)"


def test_days_and_cycles_of_other_sentences() -> None:
    stated = read_regimens("Each cycle lasts 28 days.\n\nCycle 1: zalutinib 10 mg on days 1-5.", name="A")
    assert stated[0].schedule == "d1-5 q28d"
    named = read_regimens(
        "Zalutinib 8 mg once daily. Zalutinib is taken on days 1-14 of each 21-day cycle.", name="A"
    )
    assert named[0].schedule == "d1-14 q21d"
    defined = read_regimens("5 mL of oil daily. This dose provides 1200 mg of omega-3.", name="A")
    assert [row.schedule for row in defined] == ["1/d", "1/d"]
