# ruff: noqa: E501
"""Invented studies of locally advanced head and neck squamous cell carcinoma, the field of NCT07320690."""

from __future__ import annotations

from .build import Json, contact, design, prose, site, study
from .people import FOUNDATION, IMAGINARY, MADEUP, NETWORK, UHE

_HNSCC = ["Squamous Cell Carcinoma of Head and Neck"]
_EXAMPLESTADT = {"state": "Exampleshire", "zip": "00001", "at": (51.05, 13.74)}
_RANDOMISED = design("RANDOMIZED", "PARALLEL", "TREATMENT")
_SINGLE = design("NA", "SINGLE_GROUP", "TREATMENT")


def _official(name: str, place: str) -> list[Json]:
    return [{"name": name, "affiliation": place, "role": "PRINCIPAL_INVESTIGATOR"}]


def _less_radiotherapy() -> Json:
    return study(
        1,
        "De-escalated Postoperative Radiotherapy After Pathological Response to Neoadjuvant Immunochemotherapy in Locally Advanced HNSCC (Invented)",
        official="A Randomized Phase 2 Trial of De-escalated Versus Standard Postoperative Radiotherapy in Patients With Locally Advanced Head and Neck Squamous Cell Carcinoma and a Complete or Major Pathological Response After Neoadjuvant Immunochemotherapy (Invented Sample Study)",
        acronym="LESSRAY-1",
        org_id="IUHE-HN-01",
        status="RECRUITING",
        sponsor=UHE,
        collaborators=[FOUNDATION],
        first="2023-05-02",
        update="2026-09-14",
        start="2023-06-01",
        primary_completion="2027-06-30~",
        completion="2029-06~",
        phases=["PHASE2"],
        design=_RANDOMISED,
        enrollment=(124, "ESTIMATED"),
        summary="""Asks whether patients with locally advanced head and neck squamous cell carcinoma whose tumor has gone (pCR) or almost
            gone (MPR) after immunochemotherapy need a full course of radiotherapy after surgery, or whether a lower dose serves as well
            with fewer late effects on swallowing.""",
        description="""Patients receive two or three cycles of an anti-PD-1 antibody with platinum and a taxane, then surgery. Those with a
            pathological complete response (pCR, no viable tumor) or a major pathological response (MPR, \\<= 10 % viable tumor) in the
            primary and no extranodal extension are randomized 1:1, stratified by primary site, p16 status and pCR versus MPR.

            The trial shares its central pathology with NCT99000005 and asks of radiotherapy what NCT07320690 asks of surgery.""",
        conditions=["Head and Neck Squamous Cell Carcinoma", "Locally Advanced HNSCC"],
        keywords=[
            "de-escalation",
            "pathological complete response",
            "major pathological response",
            "postoperative radiotherapy",
            "PD-1",
        ],
        mesh=_HNSCC,
        arms=[
            (
                "EXPERIMENTAL",
                "De-escalated radiotherapy",
                "pCR: no radiotherapy to the primary bed, 50 Gy to involved neck levels. MPR: 50 Gy to primary bed and involved levels.",
                "De-escalated radiotherapy",
                "Tislelizumab",
            ),
            (
                "ACTIVE_COMPARATOR",
                "Standard radiotherapy",
                "Radiotherapy by initial stage, irrespective of pathological response.",
                "Standard radiotherapy",
                "Tislelizumab",
            ),
        ],
        interventions=[
            (
                "RADIATION",
                "De-escalated radiotherapy",
                "50 Gy in 25 fractions, once daily, five days a week, by IMRT, starting within 6 weeks after surgery.",
            ),
            (
                "RADIATION",
                "Standard radiotherapy",
                "60-66 Gy in 30-33 fractions, once daily, five days a week, by IMRT, starting within 6 weeks after surgery; cisplatin 40 mg/m² weekly is added for extranodal extension or a margin \\< 1 mm.",
            ),
            (
                "DRUG",
                "Tislelizumab",
                "200 mg intravenously on day 1 of each 21-day cycle for up to 8 cycles after surgery.",
                ["BGB-A317", "anti-PD-1 monoclonal antibody"],
            ),
        ],
        primary=[
            (
                "2-year locoregional recurrence-free survival",
                "2 years after randomization",
                "Time from randomization to recurrence above the clavicles or death from any cause, estimated by Kaplan-Meier.",
            )
        ],
        secondary=[
            ("Overall survival", "2 and 5 years after randomization"),
            (
                "Swallowing by the MD Anderson Dysphagia Inventory (MDADI)",
                "Baseline, 6, 12 and 24 months",
                "Composite score from 20 to 100; higher is better.",
            ),
            (
                "Acute and late toxicity of grade 3 or higher",
                "From first fraction to 24 months",
                "CTCAE version 5.0.",
            ),
        ],
        criteria="""
            Inclusion Criteria:

            1. Age 18 to 75 years.
            2. Histologically proven squamous cell carcinoma of the oral cavity, oropharynx, hypopharynx or larynx, clinical stage III to IVB before treatment (AJCC 8th edition).
            3. Two or three cycles of neoadjuvant anti-PD-1 or anti-PD-L1 antibody with platinum-based chemotherapy.
            4. R0 resection with pCR or MPR (viable tumor \\<= 10 %) on central pathology.
            5. ECOG performance status 0-1.
            6. Adequate organ function within 14 days before randomization:
               1. Absolute neutrophil count \\>= 1.5 x 10^9/L.
               2. Platelets \\>= 100 x 10^9/L.
               3. Hemoglobin \\>= 90 g/L.
               4. Total bilirubin \\<= 1.5 x ULN; ALT and AST \\<= 2.5 x ULN.
               5. Creatinine clearance \\>= 50 mL/min (Cockcroft-Gault).
            7. Written informed consent.

            Exclusion Criteria:

            1. Nasopharyngeal carcinoma.
            2. Extranodal extension or positive margin in the surgical specimen.
            3. Previous radiotherapy to the head and neck.
            4. Active autoimmune disease that needed systemic treatment in the past 2 years, except replacement therapy (thyroxine, insulin, physiological corticosteroid).
            5. Another malignancy within 5 years, unless treated with curative intent and low in risk (basal cell carcinoma of the skin, carcinoma in situ of the cervix).
            6. Pregnant or breastfeeding.""",
        ages=("18 Years", "75 Years"),
        contacts=[contact("Erika Musterfrau, MD", phone="555-0101", ext="12")],
        officials=_official("Erika Musterfrau, MD", UHE[0]),
        sites=[
            site(
                UHE[0],
                "Dresden",
                "Germany",
                status="RECRUITING",
                **_EXAMPLESTADT,
                contacts=[
                    contact("Erika Musterfrau, MD", phone="555-0101"),
                    contact("Max Mustermann, MD", role="PRINCIPAL_INVESTIGATOR", phone=None),
                ],
            ),
            site(
                "Invented Hospital of Leipzig",
                "Leipzig",
                "Germany",
                status="NOT_YET_RECRUITING",
                state="Saxony",
                zip="00002",
                at=(51.34, 12.37),
            ),
        ],
        references=[
            {
                "type": "BACKGROUND",
                "citation": "Musterfrau E, Mustermann M. Response after neoadjuvant immunochemotherapy in head and neck cancer: an invented citation. J Imaginary Oncol. 2022;1(1):1-9.",
            }
        ],
        ipd={
            "ipdSharing": "YES",
            "description": "De-identified participant data behind the main paper.",
            "infoTypes": ["STUDY_PROTOCOL", "SAP"],
            "timeFrame": "From 6 months after publication, for 5 years.",
            "accessCriteria": "On reasonable request, after a data use agreement.",
            "url": "https://example.org/lessray/data",
        },
    )


def _upfront_surgery() -> Json:
    return study(
        2,
        "Neoadjuvant Tislelizumab Plus Chemotherapy Followed by Surgery Versus Upfront Surgery in Resectable HNSCC (Invented)",
        official="Neoadjuvant Tislelizumab With Nab-paclitaxel and Cisplatin Followed by Surgery Versus Upfront Surgery in Resectable Head and Neck Squamous Cell Carcinoma: An Invented Open-label Phase 3 Trial",
        acronym="FIRSTCUT",
        org_id="INET-HN-204",
        status="RECRUITING",
        sponsor=NETWORK,
        collaborators=[MADEUP, UHE],
        first="2024-02-20",
        update="2026-10-01",
        start="2024-04-15",
        primary_completion="2028-04~",
        completion="2031-04~",
        phases=["PHASE3"],
        design=_RANDOMISED,
        enrollment=(420, "ESTIMATED"),
        summary="""Compares immunochemotherapy before surgery with surgery straight away in resectable, clinically node-negative or node-positive
            stage III-IVA head and neck squamous cell carcinoma.""",
        description="After the last neoadjuvant cycle the operation is planned on the boundaries that were tattooed before treatment; no de-escalation of surgery is allowed.",
        conditions=["Head and Neck Squamous Cell Carcinoma", "Resectable Head and Neck Cancer"],
        keywords=["neoadjuvant immunotherapy", "tislelizumab", "upfront surgery"],
        mesh=_HNSCC,
        intervention_mesh=["Cisplatin"],
        arms=[
            (
                "EXPERIMENTAL",
                "Neoadjuvant therapy then surgery",
                "Two cycles before surgery, radiotherapy as indicated, tislelizumab for one year.",
                "Tislelizumab",
                "Nab-paclitaxel",
                "Cisplatin",
                "Surgery",
                "Radiotherapy",
            ),
            (
                "ACTIVE_COMPARATOR",
                "Upfront surgery",
                "Surgery within 3 weeks after randomization, then radiotherapy as indicated.",
                "Surgery",
                "Radiotherapy",
                "Cisplatin",
            ),
        ],
        interventions=[
            (
                "DRUG",
                "Tislelizumab",
                "200 mg IV on day 1 every 3 weeks, 2 cycles before and up to 15 cycles after surgery.",
                ["BGB-A317"],
            ),
            (
                "DRUG",
                "Nab-paclitaxel",
                "260 mg/m² IV on day 1 every 3 weeks for 2 cycles.",
                ["albumin-bound paclitaxel"],
            ),
            (
                "DRUG",
                "Cisplatin",
                "Experimental arm: 75 mg/m² IV on day 1 every 3 weeks for 2 cycles. Both arms: 100 mg/m² every 3 weeks with radiotherapy for extranodal extension or positive margins.",
                ["CDDP"],
            ),
            ("PROCEDURE", "Surgery", "Resection of the primary with 1 to 1.5 cm margins and neck dissection."),
            ("RADIATION", "Radiotherapy", "60-66 Gy in 30-33 fractions within 6 weeks after surgery."),
        ],
        primary=[
            (
                "Event-free survival",
                "From randomization up to 5 years",
                "Events: progression that precludes surgery, recurrence, death from any cause.",
            )
        ],
        secondary=[
            ("Major pathological response rate", "At surgery", "Viable tumor \\<= 10 % in primary and nodes."),
            ("Overall survival", "Up to 5 years"),
            ("Rate of larynx preservation", "2 years"),
        ],
        criteria="""
            Inclusion Criteria:

            * Squamous cell carcinoma of the oral cavity, oropharynx, larynx or hypopharynx, proven by biopsy
            * Stage III-IVA (AJCC 8th edition), judged resectable by a multidisciplinary board
            * At least one measurable lesion by RECIST 1.1
            * ECOG performance status 0 or 1
            * Age 18 to 70 years
            * Neutrophils ≥ 1.5 × 10^9/L, platelets ≥ 100 × 10^9/L, hemoglobin ≥ 9 g/dL
            * Total bilirubin ≤ 1.5 × ULN (≤ 3 × ULN in Gilbert syndrome), AST and ALT ≤ 2.5 × ULN, creatinine ≤ 1.5 × ULN or creatinine clearance ≥ 60 mL/min

            Exclusion Criteria:

            * p16-positive carcinoma of the oropharynx of stage I or II
            * Any previous anticancer therapy for the present tumor
            * Prior treatment with an anti-PD-1, anti-PD-L1 or anti-CTLA-4 antibody
            * Systemic corticosteroid \\> 10 mg prednisone per day or equivalent within 14 days
            * Interstitial lung disease or pneumonitis that needs steroids
            * HIV infection, or hepatitis B with HBV DNA \\> 2000 IU/mL
            * Women who are pregnant or nursing""",
        ages=("18 Years", "70 Years"),
        contacts=[contact("John Q. Placeholder, MD", phone="555-0102")],
        officials=[{"name": "John Q. Placeholder, MD", "affiliation": NETWORK[0], "role": "STUDY_CHAIR"}],
        sites=[
            site("Invented Cancer Center of Lyon", "Lyon", "France", status="RECRUITING", at=(45.75, 4.85)),
            site("Invented Cancer Center of Turin", "Turin", "Italy", status="RECRUITING", at=(45.07, 7.69)),
            site(
                "Invented Cancer Center of Guangzhou",
                "Guangzhou",
                "China",
                status="SUSPENDED",
                state="Guangdong",
                at=(23.13, 113.26),
            ),
        ],
        extra={
            "protocolSection": {
                "identificationModule": {
                    "secondaryIdInfos": [
                        {"id": "2023-599999-99-00", "type": "CTIS"},
                        {"id": "INV-GRANT-77", "type": "OTHER_GRANT", "domain": FOUNDATION[0]},
                    ]
                }
            }
        },
    )


def _adaptive() -> Json:
    return study(
        3,
        "Response-Adaptive Radiotherapy After Immunotherapy-Based Induction in Non-HPV Head and Neck Cancer (Invented)",
        acronym="RAISE-SAMPLE",
        org_id="IOIS-22",
        status="ACTIVE_NOT_RECRUITING",
        sponsor=IMAGINARY,
        first="2022-08-09",
        update="2026-03-03",
        start="2022-10",
        primary_completion="2026-12~",
        completion="2028-12~",
        phases=["PHASE2"],
        design={
            **_SINGLE,
            "allocation": "NON_RANDOMIZED",
            "interventionModel": "PARALLEL",
            "interventionModelDescription": "The dose of radiotherapy is assigned by the depth of response to induction.",
        },
        enrollment=(61, "ACTUAL"),
        summary="Fits the dose of radiotherapy to how far the tumor shrinks after three cycles of toripalimab, carboplatin and paclitaxel in head and neck squamous cell carcinoma not caused by HPV.",
        conditions=["HNSCC", "Squamous Cell Carcinoma of the Hypopharynx", "Laryngeal Cancer"],
        keywords=["induction", "response-adaptive", "HPV-negative"],
        mesh=[*_HNSCC, "Laryngeal Neoplasms"],
        intervention_mesh=["toripalimab", "Carboplatin", "Paclitaxel"],
        arms=[
            (
                "EXPERIMENTAL",
                "Deep response",
                "Shrinkage of 50 % or more by RECIST 1.1: reduced-dose radiotherapy.",
                "Toripalimab",
                "Carboplatin",
                "Paclitaxel",
                "Reduced-dose radiotherapy",
            ),
            (
                "ACTIVE_COMPARATOR",
                "Lesser response",
                "Shrinkage below 50 %: standard chemoradiotherapy.",
                "Toripalimab",
                "Carboplatin",
                "Paclitaxel",
                "Chemoradiotherapy",
            ),
        ],
        interventions=[
            (
                "DRUG",
                "Toripalimab",
                "240 mg IV every 3 weeks, 3 cycles of induction, then 8 cycles of maintenance.",
                ["JS001"],
            ),
            ("DRUG", "Carboplatin", "AUC 5 IV on day 1 every 3 weeks for 3 cycles."),
            ("DRUG", "Paclitaxel", "175 mg/m² IV over 3 hours on day 1 every 3 weeks for 3 cycles."),
            ("RADIATION", "Reduced-dose radiotherapy", "50 Gy in 25 fractions over 5 weeks."),
            (
                "COMBINATION_PRODUCT",
                "Chemoradiotherapy",
                "70 Gy in 35 fractions with cisplatin 100 mg/m² on days 1, 22 and 43.",
            ),
        ],
        primary=[("2-year progression-free survival", "2 years")],
        secondary=[
            ("Feeding tube dependence", "6 and 12 months"),
            ("Objective response rate after induction", "9 weeks"),
        ],
        criteria="""
            Inclusion Criteria:

            1) p16-negative squamous cell carcinoma of the oropharynx, hypopharynx, larynx or oral cavity, stage III to IVB

            2) PD-L1 combined positive score (CPS) ≥ 1

            3) Karnofsky performance status ≥ 70

            4) No distant metastases (M0)

            Exclusion Criteria:

            1) Cancer of the nasopharynx, sinuses or salivary glands

            2) Peripheral neuropathy of grade 2 or higher

            3) Immunodeficiency, or immunosuppressive therapy within 7 days before the first dose

            4) QTcF \\> 470 ms""",
        ages=("18 Years", None),
        officials=_official("Ada Sample, MD, PhD", IMAGINARY[0]),
        sites=[site(IMAGINARY[0], "Chicago", "United States", state="Illinois", zip="60600", at=(41.88, -87.63))],
    )


def _low_dose() -> Json:
    return study(
        4,
        "Neoadjuvant Low-Dose Radiotherapy Combined With Chemoimmunotherapy in Locally Advanced HNSCC (Invented)",
        acronym="LOWRAY-NEO",
        org_id="IUHE-HN-02",
        status="COMPLETED",
        sponsor=UHE,
        first="2021-11-30",
        update="2025-12-01",
        start="2022-01-10",
        primary_completion="2024-05-31",
        completion="2025-05-31",
        phases=["PHASE1", "PHASE2"],
        design=_SINGLE,
        enrollment=(36, "ACTUAL"),
        summary="Tests whether a little radiation given with each cycle makes chemoimmunotherapy before surgery work better in locally advanced head and neck squamous cell carcinoma.",
        conditions=["Locally Advanced Head and Neck Squamous Cell Carcinoma"],
        keywords=["low-dose radiotherapy", "neoadjuvant"],
        mesh=_HNSCC,
        intervention_mesh=["Cisplatin"],
        arms=[
            (
                "EXPERIMENTAL",
                "Low-dose radiotherapy with chemoimmunotherapy",
                "Two cycles, then surgery in weeks 7 to 8.",
                "Low-dose radiotherapy",
                "Camrelizumab",
                "Nab-paclitaxel",
                "Cisplatin",
                "Surgery",
            )
        ],
        interventions=[
            (
                "RADIATION",
                "Low-dose radiotherapy",
                "1 Gy on days 1, 2, 8 and 15 of each 21-day cycle, 2 cycles, to the whole gross tumor.",
                ["LDRT"],
            ),
            ("DRUG", "Camrelizumab", "200 mg IV on day 1 of each cycle.", ["SHR-1210"]),
            ("DRUG", "Nab-paclitaxel", "260 mg/m² IV on day 1 of each cycle."),
            ("DRUG", "Cisplatin", "60 mg/m² IV on day 1 of each cycle."),
            (
                "PROCEDURE",
                "Surgery",
                "Resection after re-staging; the extent may be reduced when the multidisciplinary board agrees.",
            ),
        ],
        primary=[
            ("Major pathological response", "At surgery, about week 8"),
            ("Dose-limiting toxicity", "42 days from first dose"),
        ],
        secondary=[
            ("Pathological complete response", "At surgery, about week 8"),
            ("Event-free survival", "2 years"),
        ],
        criteria="""
            Inclusion Criteria:

            * Untreated, resectable squamous cell carcinoma of the head and neck, T3-4 or N2-3, M0
            * 18-75 years of age
            * ECOG 0-1
            * Life expectancy over 6 months
            * WBC ≥ 4.0 × 10⁹/L, ANC ≥ 2.0 × 10⁹/L, PLT ≥ 100 × 10⁹/L, Hb ≥ 90 g/L
            * Women of childbearing potential: negative pregnancy test within 7 days and contraception until 6 months after treatment

            Exclusion Criteria:

            * Nasopharyngeal carcinoma
            * Earlier radiotherapy above the clavicles
            * Live vaccine within 30 days
            * Major surgery within 28 days, except for biopsy
            * Uncontrolled infection, diabetes (HbA1c \\> 8 %) or hypertension (\\> 160/100 mmHg despite treatment)""",
        ages=("18 Years", "75 Years"),
        sites=[site(UHE[0], "Dresden", "Germany", **_EXAMPLESTADT)],
    )


def _maintenance() -> Json:
    return study(
        5,
        "PD-1 Inhibitor Maintenance Versus Radiotherapy After Major Pathological Response in Locally Advanced HNSCC (Invented)",
        acronym="HOLD-THE-BEAM",
        org_id="IUHE-HN-03",
        status="NOT_YET_RECRUITING",
        sponsor=UHE,
        collaborators=[NETWORK],
        first="2026-08-11",
        update="2026-08-20",
        start="2027-01~",
        primary_completion="2031-01~",
        completion="2033-12~",
        phases=["PHASE3"],
        design=_RANDOMISED,
        enrollment=(298, "ESTIMATED"),
        summary="Randomizes patients with locally advanced head and neck squamous cell carcinoma and a major pathological response after neoadjuvant immunochemotherapy and surgery between a PD-1 inhibitor alone and standard radiotherapy.",
        description="The trial builds on the invented trial NCT99000001 and uses its pathology manual.",
        conditions=["Head and Neck Squamous Cell Carcinoma"],
        keywords=["MPR", "pCR", "omission of radiotherapy", "toripalimab"],
        mesh=_HNSCC,
        intervention_mesh=["toripalimab"],
        arms=[
            ("EXPERIMENTAL", "PD-1 inhibitor maintenance", "No radiotherapy.", "Toripalimab"),
            (
                "ACTIVE_COMPARATOR",
                "Radiotherapy",
                "Adjuvant radiotherapy by guideline.",
                "Intensity-modulated radiotherapy",
            ),
        ],
        interventions=[
            (
                "DRUG",
                "Toripalimab",
                "240 mg IV every 3 weeks for up to 1 year, starting 4 to 6 weeks after surgery.",
                ["JS001", "anti-PD-1"],
            ),
            ("RADIATION", "Intensity-modulated radiotherapy", "60 Gy in 30 fractions over 6 weeks.", ["IMRT"]),
        ],
        primary=[("3-year disease-free survival", "3 years")],
        secondary=[
            ("Overall survival", "5 years"),
            ("EORTC QLQ-H&N43 swallowing scale", "12 months", "Scores from 0 to 100; lower is better."),
        ],
        criteria="""
            Inclusion Criteria:

            1. Squamous cell carcinoma of the oral cavity, oropharynx, larynx or hypopharynx, stage III-IVb at diagnosis
            2. 2-4 cycles of neoadjuvant PD-1 inhibitor with chemotherapy, followed by R0 resection
            3. MPR or pCR in the primary and no viable tumor in the nodes (ypN0)
            4. ECOG 0-1

            Exclusion Criteria:

            1. Immune-related adverse event of grade ≥ 3 during neoadjuvant therapy
            3. History of organ or allogeneic stem cell transplantation
            4. Active tuberculosis""",
        ages=("18 Years", "75 Years"),
        contacts=[contact("Max Mustermann, MD", phone="555-0103")],
        sites=[site(UHE[0], "Dresden", "Germany", **_EXAMPLESTADT)],
    )


def _extension() -> Json:
    return study(
        6,
        "Long-Term Follow-up and Re-treatment of Participants of the LOWRAY-NEO Trial (Invented)",
        acronym="LOWRAY-EXT",
        org_id="IUHE-HN-02-EXT",
        status="ENROLLING_BY_INVITATION",
        sponsor=UHE,
        first="2024-06-03",
        update="2026-01-15",
        start="2024-06-20",
        primary_completion="2030-06~",
        completion="2030-12~",
        phases=["PHASE2"],
        design=_SINGLE,
        enrollment=(30, "ESTIMATED"),
        summary="An extension of NCT99000004: follows its participants with head and neck squamous cell carcinoma for five more years, and offers camrelizumab again to those whose cancer comes back.",
        conditions=["Locally Advanced Head and Neck Squamous Cell Carcinoma"],
        keywords=["extension", "rollover"],
        mesh=_HNSCC,
        arms=[("EXPERIMENTAL", "Roll-over", "Observation; camrelizumab on recurrence.", "Camrelizumab")],
        interventions=[
            (
                "DRUG",
                "Camrelizumab",
                "200 mg IV every 3 weeks until progression, for at most 2 years.",
                ["SHR-1210"],
            )
        ],
        primary=[("Overall survival", "5 years after surgery in NCT99000004")],
        criteria="""
            Inclusion Criteria:

            * Took part in NCT99000004 and had surgery there
            * Consent to further follow-up

            Exclusion Criteria:

            * None for follow-up. For re-treatment: any immune-related adverse event that led to the end of camrelizumab""",
        sites=[site(UHE[0], "Dresden", "Germany", **_EXAMPLESTADT)],
        extra={
            "protocolSection": {
                "identificationModule": {
                    "secondaryIdInfos": [
                        {"id": "NCT99000004", "type": "REGISTRY", "domain": "ClinicalTrials.gov (invented id)"}
                    ]
                }
            }
        },
    )


def _surgery_elsewhere() -> Json:
    return study(
        7,
        "Organ-Preserving Surgery After Neoadjuvant Immunotherapy for Oral Cavity and Oropharyngeal Cancer (Invented)",
        acronym="KEEP-JAW",
        org_id="IOIS-31",
        status="RECRUITING",
        sponsor=IMAGINARY,
        collaborators=[FOUNDATION],
        first="2025-02-17",
        update="2026-11-02",
        start="2025-03-10",
        primary_completion="2028-03~",
        completion="2030-03~",
        phases=["PHASE2"],
        design=design("RANDOMIZED", "PARALLEL", "TREATMENT", "SINGLE", "OUTCOMES_ASSESSOR"),
        enrollment=(140, "ESTIMATED"),
        summary="""Asks the question of NCT07320690 in another place: can the surgeon take out less, sparing jaw and tongue, once immunotherapy
            has shrunk a locally advanced oral or oropharyngeal squamous cell carcinoma?""",
        description=prose(
            "Margins are planned on the residual tumor (experimental) or on tattoos set before treatment (control). Frozen sections steer both."
        ),
        conditions=["Oral Cavity Squamous Cell Carcinoma", "Oropharyngeal Squamous Cell Carcinoma"],
        keywords=[
            "surgical de-escalation",
            "mandible preservation",
            "neoadjuvant immunotherapy",
            "organ preservation",
        ],
        mesh=[*_HNSCC, "Mouth Neoplasms", "Oropharyngeal Neoplasms"],
        intervention_mesh=["pembrolizumab"],
        arms=[
            (
                "EXPERIMENTAL",
                "De-escalated surgery",
                "Resection to post-treatment boundaries.",
                "De-escalated surgery",
                "Pembrolizumab",
                "Risk-adapted radiotherapy",
            ),
            (
                "ACTIVE_COMPARATOR",
                "Standard surgery",
                "Resection to pre-treatment boundaries.",
                "Standard surgery",
                "Pembrolizumab",
                "Risk-adapted radiotherapy",
            ),
        ],
        interventions=[
            (
                "PROCEDURE",
                "De-escalated surgery",
                "Resection with 5 mm margins around the residual tumor.",
                ["limited resection"],
            ),
            ("PROCEDURE", "Standard surgery", "Resection with 10 mm margins around the original tumor."),
            (
                "DRUG",
                "Pembrolizumab",
                "200 mg IV every 3 weeks, 2 cycles before and 15 cycles after surgery.",
                ["MK-3475", "Keytruda"],
            ),
            (
                "RADIATION",
                "Risk-adapted radiotherapy",
                "Omitted after pCR; otherwise 60 Gy in 30 fractions, or 66 Gy in 33 fractions with cisplatin 100 mg/m² every 3 weeks ×3 for extranodal extension.",
            ),
        ],
        primary=[
            ("2-year locoregional control", "2 years"),
            (
                "Performance Status Scale for Head and Neck Cancer: understandability of speech",
                "12 months after surgery",
            ),
        ],
        secondary=[
            ("Event-free survival", "2 years"),
            ("Rate of segmental mandibulectomy", "At surgery"),
            ("Free-flap reconstruction rate", "At surgery"),
        ],
        other=[
            (
                "Circulating tumor DNA clearance",
                "Before surgery",
                "Share of participants whose plasma no longer holds tumor DNA.",
            )
        ],
        criteria="""
            Inclusion Criteria:

            * Squamous cell carcinoma of the oral cavity or oropharynx, stage III-IVA
            * 2 cycles of neoadjuvant pembrolizumab, with or without chemotherapy
            * Complete or partial response by RECIST 1.1
            * ECOG performance status ≤ 1
            * The surgeon expects to spare at least one of:

              * mandible
              * more than half of the tongue
              * larynx

            Exclusion Criteria:

            * Recurrent tumor, or earlier head and neck radiotherapy
            * Trismus with an interincisal distance below 20 mm
            * Myocardial infarction or unstable angina within 6 months, or heart failure of NYHA class II-IV
            * Pregnancy or lactation""",
        ages=("18 Years", "80 Years"),
        contacts=[contact("Ada Sample, MD, PhD", phone="555-0104")],
        sites=[
            site(
                IMAGINARY[0],
                "Chicago",
                "United States",
                status="RECRUITING",
                state="Illinois",
                zip="60600",
                at=(41.88, -87.63),
                contacts=[contact("Ada Sample, MD, PhD", phone="555-0104")],
            ),
            site(
                "Invented Clinic of Toronto",
                "Toronto",
                "Canada",
                status="RECRUITING",
                state="Ontario",
                at=(43.65, -79.38),
            ),
        ],
    )


def _metastatic() -> Json:
    return study(
        8,
        "Pembrolizumab With or Without Cetuximab in Recurrent or Metastatic Head and Neck Cancer (Invented)",
        official="A Randomized Invented Phase 2 Study of First-line Pembrolizumab With or Without Cetuximab in PD-L1-positive Recurrent or Metastatic Head and Neck Squamous Cell Carcinoma",
        org_id="MUP-HN-118",
        status="TERMINATED",
        sponsor=MADEUP,
        first="2020-01-20",
        update="2024-02-02",
        start="2020-03-02",
        primary_completion="2022-09-15",
        completion="2022-11-30",
        phases=["PHASE2"],
        design=_RANDOMISED,
        enrollment=(47, "ACTUAL"),
        summary="Looked at whether cetuximab adds to pembrolizumab as the first treatment of recurrent or metastatic head and neck squamous cell carcinoma.",
        conditions=["Recurrent Head and Neck Squamous Cell Carcinoma", "Metastatic Head and Neck Cancer"],
        keywords=["first-line", "CPS"],
        mesh=_HNSCC,
        intervention_mesh=["pembrolizumab", "Cetuximab"],
        arms=[
            ("EXPERIMENTAL", "Pembrolizumab + cetuximab", "", "Pembrolizumab", "Cetuximab"),
            ("ACTIVE_COMPARATOR", "Pembrolizumab", "", "Pembrolizumab"),
        ],
        interventions=[
            ("DRUG", "Pembrolizumab", "200 mg IV every 3 weeks up to 35 cycles.", ["MK-3475"]),
            ("DRUG", "Cetuximab", "400 mg/m² IV loading dose, then 250 mg/m² weekly.", ["C225"]),
        ],
        primary=[("Overall response rate", "Up to 2 years")],
        criteria="""
            Inclusion Criteria:

            - Recurrent or metastatic HNSCC not curable by local therapy
            - PD-L1 CPS ≥ 1
            - No earlier systemic therapy in the recurrent or metastatic setting; platinum as part of treatment for locally advanced disease is allowed if completed \\> 6 months before

            Exclusion Criteria:

            - Symptomatic brain metastases
            - Prior anti-EGFR therapy""",
        sites=[site("Invented Hospital of Madrid", "Madrid", "Spain", at=(40.42, -3.70))],
        extra={
            "protocolSection": {
                "statusModule": {"whyStopped": "Slow accrual; no safety concerns (invented)."},
                "oversightModule": {"isFdaRegulatedDrug": True, "isUsExport": False},
            }
        },
    )


def studies() -> list[Json]:
    """The head and neck cluster, NCT99000001 to NCT99000008."""
    return [
        _less_radiotherapy(),
        _upfront_surgery(),
        _adaptive(),
        _low_dose(),
        _maintenance(),
        _extension(),
        _surgery_elsewhere(),
        _metastatic(),
    ]
