"""The same kind of rule in many wordings: whose dose it is, and what selects it."""

from __future__ import annotations

import pytest

from trialkin.model.regimen import RegimenRow
from trialkin.reading.doses import Verdict, ask, parse_facts, read_regimens

# Two wordings of one rule set: the shape of the worked case, in our own words.
FIRST = (
    "Begins within six weeks of the operation; may be left out where a pathological complete response (pCR) was "
    "reached. Primary site and involved nodes: 60-70 Gy in 30-35 fractions, one fraction a day on weekdays (60 Gy at "
    "low risk, 66 Gy at high risk, 70 Gy for residual disease). Areas of suspected subclinical spread: 45-50 Gy "
    "(2 Gy/f) or 54-63 Gy (1.6-1.8 Gy/f). With extracapsular nodal extension or a positive/close margin (\\<1 mm), "
    "cisplatin is added during radiotherapy: 100 mg/m² every 3 weeks ×3, the dose adjusted to renal function. Where "
    "cisplatin is unsuitable, cetuximab takes its place: 400 mg/m² in week one, then 250 mg/m² weekly."
)
SECOND = (
    "Patients achieving a pathological complete response (pCR) may be exempted. For the primary tumour and involved "
    "nodes, 60-70 Gy in 30-35 fractions is delivered once daily, Monday to Friday (low risk: 60 Gy; high risk: 66 Gy; "
    "residual disease: 70 Gy). Suspected subclinical areas receive 45-50 Gy (2 Gy/f) or 54-63 Gy (1.6-1.8 Gy/f). "
    "Concurrent cisplatin is given when extracapsular nodal extension or positive/close margins (\\<1 mm) are present: "
    "100 mg/m² every 3 weeks ×3, with renal function-based dose adjustment. For patients unsuitable for cisplatin, "
    "cetuximab is administered at 400 mg/m² in the first week, then 250 mg/m² weekly."
)
WORKED = [
    ("radiotherapy", 60, 70, "Gy", "5/wk"),
    ("radiotherapy", 60, 60, "Gy", None),
    ("radiotherapy", 66, 66, "Gy", None),
    ("radiotherapy", 70, 70, "Gy", None),
    ("radiotherapy", 45, 50, "Gy", None),
    ("radiotherapy", 54, 63, "Gy", None),
    ("cisplatin", 100, 100, "mg/m2", "q3wk"),
    ("cetuximab", 400, 400, "mg/m2", None),
    ("cetuximab", 250, 250, "mg/m2", "1/wk"),
]
GIVEN = [
    ("margin=0.5 mm; pCR=no", 6, Verdict.APPLIES),
    ("margin=5 mm; extracapsular extension=no; pCR=no", 6, Verdict.NOT),
    ("pCR=no; risk=low", 1, Verdict.APPLIES),
    ("pCR=no; risk=low", 2, Verdict.NOT),
    ("pCR=no; residual disease=yes", 3, Verdict.APPLIES),
    ("pCR=yes; risk=low", 1, Verdict.UNKNOWN),
    ("pCR=no", 4, Verdict.APPLIES),
]


def shape(row: RegimenRow) -> tuple:
    return row.agent.lower(), row.dose_low, row.dose_high, row.dose_unit, row.schedule


@pytest.mark.parametrize("text", [FIRST, SECOND], ids=["first", "second"])
@pytest.mark.parametrize("name", ["radiotherapy", "Adjuvant treatment"])
def test_the_worked_case_reads_alike_in_both_wordings(text: str, name: str) -> None:
    rows = read_regimens(text, name=name)
    assert [shape(row) for row in rows] == WORKED
    assert all(text[row.start : row.end] == row.quote for row in rows)
    assert {proviso.kind for row in rows[:6] for proviso in row.provisos} == {"exemption"}
    assert [proviso.kind for proviso in rows[6].provisos] == ["adjustment"]
    assert "weeks" not in (rows[0].condition or "")


@pytest.mark.parametrize("text", [FIRST, SECOND], ids=["first", "second"])
@pytest.mark.parametrize(("given", "index", "verdict"), GIVEN)
def test_the_worked_case_is_answered_alike_in_both_wordings(
    text: str, given: str, index: int, verdict: Verdict
) -> None:
    assert ask(read_regimens(text, name="radiotherapy"), parse_facts(given))[index].verdict is verdict


# name, text, rows as (agent, low, high, unit, schedule), words that the condition of each row holds ("" for none)
RULES = [
    ("radiotherapy", "Where the margin is involved, cisplatin is added to radiotherapy: 40 mg/m² weekly.",
     [("cisplatin", 40, 40, "mg/m2", "1/wk")], ["margin is involved"]),
    ("Radiation", "Temozolomide is given alongside radiation, 75 mg/m² daily; without MGMT methylation, 60 Gy alone.",
     [("temozolomide", 75, 75, "mg/m2", "1/d"), ("radiation", 60, 60, "Gy", None)], ["", "MGMT methylation"]),
    ("Insulin glargine", "In patients with renal impairment, the dose is 0.2 units/kg once daily.",
     [("insulin glargine", 0.2, 0.2, "[U]/kg", "1/d")], ["renal impairment"]),
    ("Metformin", "If the eGFR is below 45 mL/min, 500 mg twice daily; otherwise 1000 mg twice daily.",
     [("metformin", 500, 500, "mg", "2/d"), ("metformin", 1000, 1000, "mg", "2/d")], ["eGFR is below 45", ""]),
    ("Apixaban", "Apixaban 5 mg twice daily (2.5 mg twice daily for patients aged over 80 years).",
     [("apixaban", 5, 5, "mg", "2/d"), ("apixaban", 2.5, 2.5, "mg", "2/d")], ["", "aged over 80"]),
    ("Oseltamivir", "30 mg (< 15 kg), 45 mg (15-23 kg) or 75 mg (> 40 kg), twice daily for 5 days",
     [("oseltamivir", 30, 30, "mg", "2/d"), ("oseltamivir", 45, 45, "mg", "2/d"),
      ("oseltamivir", 75, 75, "mg", "2/d")], ["< 15 kg", "", "> 40 kg"]),
    ("Antifungal prophylaxis", "For patients taking ritonavir, the dose of itraconazole is 100 mg once daily.",
     [("itraconazole", 100, 100, "mg", "1/d")], ["taking ritonavir"]),
    ("Dexamethasone", "If lopinavir is taken, the dose will be 6 mg daily.",
     [("dexamethasone", 6, 6, "mg", "1/d")], ["lopinavir is taken"]),
    ("Chemotherapy", "With HER2-positive disease, trastuzumab is added: 8 mg/kg, then 6 mg/kg every 3 weeks.",
     [("trastuzumab", 8, 8, "mg/kg", None), ("trastuzumab", 6, 6, "mg/kg", "q3wk")],
     ["HER2-positive disease", "HER2-positive disease"]),
    ("Standard care", "Where aspirin is not tolerated, clopidogrel takes its place: 75 mg daily.",
     [("clopidogrel", 75, 75, "mg", "1/d")], ["aspirin is not tolerated"]),
    ("Bridging", "In case of heparin-induced thrombocytopenia, bivalirudin is used instead, 0.15 mg/kg/h.",
     [("bivalirudin", 0.15, 0.15, "mg/kg/h", None)], ["heparin-induced thrombocytopenia"]),
    ("Biologic", "Without a response at week 12, dupilumab 300 mg every 2 weeks is started.",
     [("dupilumab", 300, 300, "mg", "q2wk")], ["response at week 12"]),
    ("SBRT", "Peripheral lesions: 54 Gy in 3 fractions. Central lesions: 50 Gy in 5 fractions.",
     [("sbrt", 54, 54, "Gy", None), ("sbrt", 50, 50, "Gy", None)], ["Peripheral lesions", "Central lesions"]),
    ("Brachytherapy", "Ovoid brachytherapy of 21 Gy in 3 fractions; cisplatin 40 mg/m² weekly is kept up.",
     [("brachytherapy", 21, 21, "Gy", None), ("cisplatin", 40, 40, "mg/m2", "1/wk")], ["", ""]),
    ("Whole breast irradiation", "40 Gy in 15 fractions; after positive margins, 16 Gy in 8 fractions to the "
     "tumour bed.",
     [("whole breast irradiation", 40, 40, "Gy", None), ("whole breast irradiation", 16, 16, "Gy", None)],
     ["", "positive margins"]),
    ("Antibiotic", "For children weighing under 25 kg, amoxicillin 50 mg/kg/day; for adults, amoxicillin 1 g three "
     "times a day.", [("amoxicillin", 50, 50, "mg/kg", "1/d"), ("amoxicillin", 1, 1, "g", "3/d")],
     ["under 25 kg", "adults"]),
    ("GVHD prophylaxis", "After total body irradiation 12 Gy in 6 fractions, cyclophosphamide 60 mg/kg on days -3 "
     "and -2.", [("total body irradiation", 12, 12, "Gy", None), ("cyclophosphamide", 60, 60, "mg/kg", "d-3,-2")],
     ["", ""]),
    ("Colchicine", "Colchicine 0.5 mg once daily in renal impairment, 0.5 mg twice daily otherwise.",
     [("colchicine", 0.5, 0.5, "mg", "1/d"), ("colchicine", 0.5, 0.5, "mg", "2/d")], ["renal impairment", ""]),
    ("Rituximab", "Rituximab replaces ofatumumab where the latter is not available: 375 mg/m² once weekly.",
     [("rituximab", 375, 375, "mg/m2", "1/wk")], ["not available"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "expected", "conditions"), RULES, ids=[text[:60] for _, text, _, _ in RULES]
)
def test_rules_in_other_words(name: str, text: str, expected: list[tuple], conditions: list[str]) -> None:
    rows = read_regimens(text, name=name)
    assert [shape(row) for row in rows] == expected
    for row, words in zip(rows, conditions, strict=True):
        assert words in (row.condition or "")
