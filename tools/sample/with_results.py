# ruff: noqa: E501
"""Invented studies with posted results: a phase 3 survival trial, a crossover, a device trial that counts eyes."""

from __future__ import annotations

from .build import Json, design, site, study
from .people import AGENCY, FOUNDATION, MADEUP, NETWORK, PLACEHOLDER, UHE
from .result_build import analysis, baseline, denoms, event, event_groups, groups, measured, period

_POSTED = {
    "resultsFirstSubmitDate": "2025-03-03",
    "resultsFirstSubmitQcDate": "2025-04-07",
    "resultsFirstPostDateStruct": {"date": "2025-04-09", "type": "ACTUAL"},
}


def _lung_results() -> Json:
    arms = [
        ("Inventimab + chemotherapy", "Inventimab 300 mg every 3 weeks with carboplatin and pemetrexed."),
        ("Placebo + chemotherapy", "Placebo every 3 weeks with carboplatin and pemetrexed."),
    ]
    treated = [
        ("Inventimab + chemotherapy", "All participants who received at least one dose of inventimab."),
        ("Placebo + chemotherapy", "All participants who received placebo and no inventimab."),
        ("Inventimab after crossover", "Participants who moved from placebo to inventimab on progression."),
    ]
    risk = (302, 148, 61)
    hazard = analysis(
        "Log Rank",
        "<0.001",
        estimate=("Hazard Ratio (HR)", "0.61"),
        ci=("0.49", "0.76"),
        groupDescription="Inventimab against placebo, stratified by PD-L1 (\\< 1 %, 1-49 %, \\>= 50 %) and sex.",
        estimateComment="Below 1 favors inventimab.",
        statisticalComment="Stratified log-rank test; Cox model for the ratio.",
        pValueComment="Two-sided; the threshold at this interim analysis was 0.0249.",
    )
    response = analysis(
        "Cochran-Mantel-Haenszel", "0.002", estimate=("Risk Difference (RD)", "14.9"), ci=("5.6", "24.1")
    )
    noninferior = analysis(
        "ANCOVA",
        "=0.04",
        kind="NON_INFERIORITY",
        estimate=("LS Mean Difference", "-0.4"),
        ci=("-2.9", None),
        level="97.5",
        testedNonInferiority=True,
        nonInferiorityComment="Margin of -4 points.",
        dispersionType="STANDARD_ERROR_OF_MEAN",
        dispersionValue="1.27",
        ciUpperLimitComment="One-sided interval: no upper limit.",
    )
    flow = {
        "recruitmentDetails": "Recruited at 38 invented sites between March 2019 and June 2021.",
        "preAssignmentDetails": "641 people were screened; 187 did not meet the criteria or withdrew before randomization.",
        "groups": groups("FG", *arms),
        "periods": [
            period(
                "Treatment",
                (304, 150),
                (121, 34),
                {
                    "Progressive disease": (118, 88),
                    "Adverse Event": (38, 12),
                    "Death": (11, 9),
                    "Withdrawal by Subject": (14, 5),
                    "Lost to Follow-up": (2, 2),
                },
                Treated=(302, 148),
            ),
            period(
                "Crossover to inventimab",
                (0, 61),
                (0, 22),
                {"Progressive disease": (0, 30), "Adverse Event": (0, 6), "Physician Decision": (0, 3)},
            ),
            period(
                "Long-term follow-up", (242, 101), (150, 48), {"Death": (80, 47), "Lost to Follow-up": (12, 6)}
            ),
        ],
    }
    flow["periods"][0]["milestones"][1]["comment"] = "Received at least one dose."
    flow["periods"][0]["milestones"][1]["achievements"][0]["comment"] = (
        "Two participants withdrew before the first dose."
    )
    flow["periods"][0]["dropWithdraws"][0]["comment"] = "By RECIST 1.1, assessed by the investigator."
    flow["periods"][0]["dropWithdraws"][3]["reasons"][0]["comment"] = "Four of them moved away."
    who = [*arms, ("Total", "Total of all reporting groups")]
    base = {
        "populationDescription": "All randomized participants.",
        "groups": groups("BG", *who),
        "denoms": denoms("BG", (304, 150, 454)),
        "measures": [
            baseline(
                "Age, Continuous",
                "MEAN",
                "years",
                {"": [("63.2", "9.4"), ("62.7", "9.9"), ("63.0", "9.6")]},
                "STANDARD_DEVIATION",
            ),
            baseline(
                "Age, Categorical",
                "COUNT_OF_PARTICIPANTS",
                "Participants",
                {
                    "": {
                        "<=18 years": ["0", "0", "0"],
                        "Between 18 and 65 years": ["161", "83", "244"],
                        ">=65 years": ["143", "67", "210"],
                    }
                },
            ),
            baseline(
                "Sex: Female, Male",
                "COUNT_OF_PARTICIPANTS",
                "Participants",
                {"": {"Female": ["124", "66", "190"], "Male": ["180", "84", "264"]}},
            ),
            baseline(
                "Region of Enrollment",
                "NUMBER",
                "participants",
                {"Germany": ["98", "47", "145"], "Japan": ["74", "36", "110"], "Brazil": ["132", "67", "199"]},
            ),
            baseline(
                "Eastern Cooperative Oncology Group (ECOG) performance status",
                "COUNT_OF_PARTICIPANTS",
                "Participants",
                {
                    "": {
                        "0 (fully active)": ["131", "62", "193"],
                        "1 (restricted in strenuous activity)": ["173", "88", "261"],
                    }
                },
                description="0 = fully active; 1 = restricted in strenuous activity.",
            ),
            baseline(
                "Baseline tumor size",
                "MEDIAN",
                "mm",
                {"": [("78", "11", "242"), ("81", "10", "229"), ("79", "10", "242")]},
                "FULL_RANGE",
                populationDescription="Participants with at least one measurable lesion.",
            ),
            baseline(
                "Lactate dehydrogenase",
                "GEOMETRIC_MEAN",
                "U/L",
                {"": [("231", "38.5"), ("236", "40.1"), ("233", "39.0")]},
                "GEOMETRIC_COEFFICIENT",
            ),
        ],
    }
    base["measures"][5]["classes"][0]["denoms"] = denoms("BG", (298, 147, 445))
    base["measures"][5]["classes"][0]["categories"][0]["measurements"][0]["comment"] = (
        "Six participants had no measurable lesion."
    )
    measures = [
        measured(
            "PRIMARY",
            "Overall Survival (OS)",
            "From randomization up to 48 months",
            arms,
            (304, 150),
            param="MEDIAN",
            unit="months",
            dispersion="95% Confidence Interval",
            rows={
                "": [
                    ("22.4", "19.8", "NA", "The upper limit was not reached because of too few events."),
                    ("14.1", "11.9", "16.8"),
                ]
            },
            about="Time from randomization to death from any cause.",
            population="All randomized participants (intention to treat).",
            analyses=[hazard],
        ),
        measured(
            "PRIMARY",
            "Progression-Free Survival (PFS)",
            "From randomization up to 36 months",
            arms,
            (304, 150),
            param="MEDIAN",
            unit="months",
            dispersion="95% Confidence Interval",
            rows={"": [("9.7", "8.6", "11.1"), ("5.2", "4.9", "6.0")]},
            analyses=[
                analysis("Log Rank", "<0.0001", estimate=("Hazard Ratio (HR)", "0.48"), ci=("0.39", "0.60"))
            ],
        ),
        measured(
            "SECONDARY",
            "Objective Response Rate",
            "Up to 36 months",
            arms,
            (298, 147),
            param="COUNT_OF_PARTICIPANTS",
            unit="Participants",
            rows={
                "": {
                    "Complete response": ["19", "3"],
                    "Partial response": ["126", "47"],
                    "Stable disease": ["104", "66"],
                    "Progressive disease": ["49", "31"],
                }
            },
            about="Best response by RECIST 1.1, confirmed after 4 weeks.",
            analyses=[response],
            calculatePct=True,
        ),
        measured(
            "SECONDARY",
            "Change From Baseline in Global Health Status (EORTC QLQ-C30)",
            "Baseline and weeks 12 and 24",
            arms,
            (287, 139),
            param="LEAST_SQUARES_MEAN",
            unit="score on a scale",
            dispersion="Standard Error",
            rows={"Week 12": [("2.1", "0.9"), ("2.5", "1.2")], "Week 24": [("1.8", "1.1"), ("-0.6", "1.6")]},
            about="0 to 100; higher is better; change = later - baseline.",
            analyses=[noninferior],
        ),
        measured(
            "SECONDARY",
            "Duration of Response",
            "Up to 48 months",
            arms,
            (145, 50),
            param="MEDIAN",
            unit="months",
            dispersion="Full Range",
            rows={"": [("NA", "1.4", "41.3", "The median was not reached."), ("7.0", "1.9", "30.2")]},
            population="Participants with a complete or partial response.",
        ),
        {
            "type": "OTHER_PRE_SPECIFIED",
            "title": "Anti-Drug Antibodies",
            "description": "Samples are still being analyzed.",
            "reportingStatus": "NOT_POSTED",
            "anticipatedPostingDate": "2027-06",
            "timeFrame": "Up to 24 months",
        },
        measured(
            "POST_HOC",
            "Overall Survival Rate at 3 Years",
            "36 months",
            arms,
            (304, 150),
            param="NUMBER",
            unit="percentage of participants",
            dispersion="95% Confidence Interval",
            rows={"": [("34.8", "29.1", "40.6"), ("17.5", "11.2", "25.0")]},
        ),
    ]
    measures[3]["classes"][1]["denoms"] = denoms("OG", (231, 97))
    events = {
        "frequencyThreshold": "5",
        "timeFrame": "From first dose to 90 days after the last, up to 27 months; deaths up to 48 months.",
        "description": "Coded with terms invented for this sample.",
        "allCauseMortalityComment": "Deaths are counted in all randomized participants.",
        "eventGroups": event_groups(
            treated,
            deaths=[(171, 304), (109, 150), (33, 61)],
            serious=[(114, 302), (46, 148), (17, 61)],
            other=[(289, 302), (138, 148), (48, 61)],
        ),
        "seriousEvents": [
            event("Pneumonia", "Infections and infestations", (17, 9, 2), risk, events=(19, 9, 2)),
            event(
                "Pneumonitis",
                "Respiratory, thoracic and mediastinal disorders",
                (14, 2, 3),
                risk,
                events=(15, 2, 3),
                notes="Immune-mediated by the investigator's judgement in 12.",
            ),
            event(
                "Febrile neutropenia", "Blood and lymphatic system disorders", (18, 6, 0), risk, events=(18, 7, 0)
            ),
            event("Colitis", "Gastrointestinal disorders", (9, 0, 2), risk),
            event("Acute kidney injury", "Renal and urinary disorders", (8, 3, 1), risk),
            event("Myocardial infarction", "Cardiac disorders", (2, 3, 0), (302, 148, 60)),
            event("Pulmonary embolism", "Respiratory, thoracic and mediastinal disorders", (7, 6, 1), risk),
        ],
        "otherEvents": [
            event("Nausea", "Gastrointestinal disorders", (166, 78, 10), risk, events=(241, 119, 13)),
            event("Fatigue", "General disorders", (121, 56, 14), risk, events=(160, 71, 15)),
            event("Anemia", "Blood and lymphatic system disorders", (139, 69, 9), risk),
            event("Decreased appetite", "Metabolism and nutrition disorders", (85, 44, 6), risk),
            event("Neutropenia", "Blood and lymphatic system disorders", (82, 36, 1), risk),
            event(
                "Rash",
                "Skin and subcutaneous tissue disorders",
                (61, 17, 9),
                risk,
                assessmentType="NON_SYSTEMATIC_ASSESSMENT",
                notes="All kinds of rash together.",
            ),
            event("Pruritus", "Skin and subcutaneous tissue disorders", (49, 10, 8), risk),
            event("Hypothyroidism", "Endocrine disorders", (34, 4, 7), risk),
            event("Diarrhea", "Gastrointestinal disorders", (92, 32, 11), risk),
            event("Alanine aminotransferase increased", "Investigations", (38, 13, 4), (301, 147, 61)),
        ],
    }
    return study(
        9,
        "Inventimab With Carboplatin and Pemetrexed in Metastatic Nonsquamous Non-Small Cell Lung Cancer (Invented)",
        official="A Randomized, Double-blind, Placebo-controlled, Invented Phase 3 Study of Inventimab Plus Carboplatin and Pemetrexed as First-line Treatment of Metastatic Nonsquamous Non-Small Cell Lung Cancer",
        acronym="INVENT-LUNG 1",
        org_id="MUP-301",
        status="COMPLETED",
        sponsor=MADEUP,
        collaborators=[NETWORK],
        first="2019-01-22",
        update="2025-04-09",
        start="2019-03-04",
        primary_completion="2024-03-28",
        completion="2024-11-15",
        phases=["PHASE3"],
        enrollment=(454, "ACTUAL"),
        design=design(
            "RANDOMIZED",
            "PARALLEL",
            "TREATMENT",
            "QUADRUPLE",
            "PARTICIPANT",
            "CARE_PROVIDER",
            "INVESTIGATOR",
            "OUTCOMES_ASSESSOR",
        ),
        summary="Compared inventimab, an invented anti-PD-1 antibody, with placebo, both with chemotherapy, as first treatment of metastatic nonsquamous non-small cell lung cancer without EGFR or ALK alterations.",
        description="""Participants were randomized 2:1. Those on placebo could cross over to inventimab on documented progression.

            Tumors were imaged every 6 weeks until week 48, then every 9 weeks.""",
        conditions=["Nonsquamous Non-Small Cell Lung Cancer", "NSCLC Stage IV"],
        keywords=["PD-L1", "first-line", "immunotherapy"],
        mesh=["Lung Neoplasms", "Carcinoma, Non-Small-Cell Lung"],
        intervention_mesh=["Carboplatin", "Pemetrexed"],
        arms=[
            (
                "EXPERIMENTAL",
                "Inventimab + chemotherapy",
                "Up to 35 cycles of inventimab.",
                "Inventimab",
                "Carboplatin",
                "Pemetrexed",
            ),
            (
                "PLACEBO_COMPARATOR",
                "Placebo + chemotherapy",
                "Crossover to inventimab on progression.",
                "Placebo",
                "Carboplatin",
                "Pemetrexed",
            ),
        ],
        interventions=[
            (
                "BIOLOGICAL",
                "Inventimab",
                "300 mg IV on day 1 every 3 weeks, up to 35 cycles.",
                ["MUP-118", "invented anti-PD-1"],
            ),
            ("DRUG", "Placebo", "Saline IV on day 1 every 3 weeks.", ["0.9 % sodium chloride"]),
            ("DRUG", "Carboplatin", "AUC 5 IV on day 1 every 3 weeks, 4 cycles."),
            (
                "DRUG",
                "Pemetrexed",
                "500 mg/m² IV on day 1 every 3 weeks, with folic acid, vitamin B12 and dexamethasone.",
                ["Alimta"],
            ),
        ],
        primary=[
            ("Overall Survival (OS)", "From randomization up to 48 months"),
            ("Progression-Free Survival (PFS)", "From randomization up to 36 months"),
        ],
        secondary=[
            ("Objective Response Rate", "Up to 36 months"),
            ("Change From Baseline in Global Health Status (EORTC QLQ-C30)", "Baseline and weeks 12 and 24"),
            ("Duration of Response", "Up to 48 months"),
        ],
        other=[("Anti-Drug Antibodies", "Up to 24 months")],
        criteria="""
            Inclusion Criteria:

            * Nonsquamous NSCLC, stage IV (AJCC 8th edition), histologically confirmed
            * No EGFR mutation (exon 19 deletion or L858R) and no ALK rearrangement
            * No previous systemic therapy for metastatic disease
            * At least 1 measurable lesion by RECIST 1.1
            * ECOG performance status of 0 or 1
            * Known PD-L1 tumor proportion score (TPS)

            Exclusion Criteria:

            * Symptomatic or untreated brain metastases (treated and stable for 4 weeks is allowed)
            * Radiotherapy to the lung \\> 30 Gy within 6 months before the first dose
            * Immunosuppressive medication within 14 days, except topical, inhaled or ≤ 10 mg/day prednisone
            * Creatinine clearance \\< 45 mL/min""",
        sites=[
            site("Invented Lung Clinic of Berlin", "Berlin", "Germany", at=(52.52, 13.41)),
            site("Invented Lung Clinic of Osaka", "Osaka", "Japan", at=(34.69, 135.5)),
            site("Invented Lung Clinic of Sao Paulo", "São Paulo", "Brazil", at=(-23.55, -46.64)),
        ],
        references=[
            {
                "pmid": "99900001",
                "type": "RESULT",
                "citation": "Placeholder JQ, et al. Inventimab in lung cancer: an invented citation. Imaginary Lancet. 2025;1:1-10.",
            }
        ],
        ipd={"ipdSharing": "UNDECIDED"},
        results={
            "participantFlowModule": flow,
            "baselineCharacteristicsModule": base,
            "outcomeMeasuresModule": {"outcomeMeasures": measures},
            "adverseEventsModule": events,
            "moreInfoModule": {
                "limitationsAndCaveats": {"description": "Crossover dilutes the difference in overall survival."},
                "certainAgreement": {
                    "piSponsorEmployee": False,
                    "restrictionType": "LTE60",
                    "restrictiveAgreement": True,
                    "otherDetails": "The sponsor may ask for up to 60 days to review a manuscript.",
                },
                "pointOfContact": {
                    "title": "Invented Disclosure Desk",
                    "organization": MADEUP[0],
                    "email": "disclosure@example.org",
                    "phone": "555-0110",
                    "phoneExt": "3",
                },
            },
        },
        extra={
            "protocolSection": {
                "statusModule": {
                    **_POSTED,
                    "dispFirstSubmitDate": "2025-01-10",
                    "dispFirstSubmitQcDate": "2025-01-10",
                    "dispFirstPostDateStruct": {"date": "2025-01-14", "type": "ACTUAL"},
                },
                "oversightModule": {"isFdaRegulatedDrug": True, "isUsExport": True},
                "identificationModule": {
                    "secondaryIdInfos": [
                        {"id": "2018-009999-99", "type": "EUDRACT_NUMBER"},
                        {
                            "id": "jRCT-INVENTED-01",
                            "type": "REGISTRY",
                            "domain": "Invented Japanese registry",
                            "link": "https://example.org/jrct/1",
                        },
                    ]
                },
            },
            "documentSection": {
                "largeDocumentModule": {
                    "largeDocs": [
                        {
                            "typeAbbrev": "Prot",
                            "hasProtocol": True,
                            "hasSap": False,
                            "hasIcf": False,
                            "label": "Study Protocol",
                            "date": "2021-02-11",
                            "uploadDate": "2025-03-03T10:21",
                            "filename": "Prot_000.pdf",
                            "size": 2874113,
                        },
                        {
                            "typeAbbrev": "SAP",
                            "hasProtocol": False,
                            "hasSap": True,
                            "hasIcf": False,
                            "label": "Statistical Analysis Plan",
                            "date": "2022-05-30",
                            "uploadDate": "2025-03-03T10:23",
                            "filename": "SAP_001.pdf",
                            "size": 733201,
                        },
                    ]
                }
            },
        },
    )


def _migraine_crossover() -> Json:
    sequences = [
        ("Samplegepant first", "Samplegepant, washout of 4 weeks, then placebo."),
        ("Placebo first", "Placebo, washout of 4 weeks, then samplegepant."),
    ]
    treatments = [("Samplegepant 75 mg", "While on samplegepant."), ("Placebo", "While on placebo.")]
    risk = (78, 79)
    return study(
        10,
        "Samplegepant for the Prevention of Migraine: a Two-Period Crossover (Invented)",
        acronym="CROSS-HEAD",
        org_id="AG-2020-8",
        status="COMPLETED",
        sponsor=AGENCY,
        first="2020-06-01",
        update="2024-02-20",
        start="2020-09",
        primary_completion="2022-08",
        completion="2022-10-31",
        phases=["PHASE2"],
        enrollment=(82, "ACTUAL"),
        design={
            **design("RANDOMIZED", "CROSSOVER", "PREVENTION", "DOUBLE", "PARTICIPANT", "INVESTIGATOR"),
            "interventionModelDescription": "Two periods of 12 weeks with a washout of 4 weeks between.",
        },
        summary="Each participant with episodic migraine took the invented tablet samplegepant for 12 weeks and placebo for 12 weeks, in random order.",
        conditions=["Migraine", "Episodic Migraine"],
        keywords=["CGRP", "prevention", "crossover"],
        mesh=["Migraine Disorders"],
        arms=[
            ("EXPERIMENTAL", "Samplegepant first", "AB sequence.", "Samplegepant", "Placebo tablet"),
            ("EXPERIMENTAL", "Placebo first", "BA sequence.", "Samplegepant", "Placebo tablet"),
        ],
        interventions=[
            ("DRUG", "Samplegepant", "75 mg by mouth every other day for 12 weeks."),
            ("DRUG", "Placebo tablet", "One tablet by mouth every other day for 12 weeks."),
        ],
        primary=[("Change in monthly migraine days", "Baseline and weeks 9 to 12 of each period")],
        secondary=[("Participants with a reduction of at least 50 %", "Weeks 9 to 12 of each period")],
        criteria="""
            Inclusion Criteria:

            * Migraine with or without aura (ICHD-3) for at least 1 year
            * 4 to 14 migraine days per month in the 3 months before screening
            * Onset before 50 years of age
            * BMI 18.5-35 kg/m2

            Exclusion Criteria:

            * Medication-overuse headache
            * Cluster headache or hemiplegic migraine
            * Onabotulinumtoxin A within 4 months
            * ALT \\> 2 × ULN or eGFR \\< 60 mL/min/1.73 m²""",
        ages=("18 Years", "65 Years"),
        sites=[site("Invented Headache Clinic", "Copenhagen", "Denmark", at=(55.68, 12.57))],
        ipd={"ipdSharing": "NO", "description": "Participants did not consent to sharing."},
        results={
            "participantFlowModule": {
                "groups": groups("FG", *sequences),
                "periods": [
                    period(
                        "First period",
                        (41, 41),
                        (38, 39),
                        {"Adverse Event": (2, 0), "Lack of Efficacy": (0, 1), "Protocol Violation": (1, 1)},
                    ),
                    period("Washout", (38, 39), (37, 38), {"Withdrawal by Subject": (1, 1)}),
                    period("Second period", (37, 38), (36, 35), {"Adverse Event": (0, 2), "Pregnancy": (1, 1)}),
                ],
            },
            "baselineCharacteristicsModule": {
                "groups": groups("BG", *sequences, ("Total", "Total of all reporting groups")),
                "denoms": denoms("BG", (41, 41, 82)),
                "measures": [
                    baseline(
                        "Age, Continuous",
                        "MEDIAN",
                        "years",
                        {"": [("41", "33", "50"), ("39", "31", "49"), ("40", "32", "50")]},
                        "INTER_QUARTILE_RANGE",
                    ),
                    baseline(
                        "Sex: Female, Male",
                        "COUNT_OF_PARTICIPANTS",
                        "Participants",
                        {"": {"Female": ["34", "35", "69"], "Male": ["7", "6", "13"]}},
                    ),
                    baseline(
                        "Migraine days per month",
                        "MEAN",
                        "days",
                        {"": [("8.1", "2.6"), ("8.4", "2.9"), ("8.2", "2.7")]},
                        "STANDARD_DEVIATION",
                    ),
                ],
            },
            "outcomeMeasuresModule": {
                "outcomeMeasures": [
                    measured(
                        "PRIMARY",
                        "Change in Monthly Migraine Days",
                        "Baseline and weeks 9 to 12 of each period",
                        treatments,
                        (75, 74),
                        param="MEAN",
                        unit="days per month",
                        dispersion="Standard Deviation",
                        rows={"": [("-3.9", "2.8"), ("-2.1", "2.7")]},
                        analyses=[
                            analysis(
                                "Mixed Models Analysis",
                                "<0.001",
                                estimate=("Mean Difference (Net)", "-1.8"),
                                ci=("-2.6", "-1.0"),
                                dispersionType="STANDARD_DEVIATION",
                                dispersionValue="3.4",
                                groupDescription="Within participants, adjusted for period and sequence.",
                            )
                        ],
                    ),
                    measured(
                        "SECONDARY",
                        "Participants With a Reduction of at Least 50 %",
                        "Weeks 9 to 12 of each period",
                        treatments,
                        (75, 74),
                        param="COUNT_OF_PARTICIPANTS",
                        unit="Participants",
                        rows={"": ["41", "22"]},
                        analyses=[
                            analysis(
                                "McNemar",
                                "0.003",
                                kind="OTHER",
                                otherAnalysisDescription="Pairs within participants.",
                                groupDescription="75 and 74 of 82.",
                            )
                        ],
                    ),
                ]
            },
            "adverseEventsModule": {
                "frequencyThreshold": "2",
                "timeFrame": "From first dose to the end of the second period, 28 weeks.",
                "eventGroups": event_groups(
                    treatments, deaths=[(0, 78), (0, 79)], serious=[(1, 78), (0, 79)], other=[(24, 78), (17, 79)]
                ),
                "seriousEvents": [
                    event("Appendicitis", "Infections and infestations", (1, 0), risk, events=(1, 0))
                ],
                "otherEvents": [
                    event("Nausea", "Gastrointestinal disorders", (11, 5), risk),
                    event("Somnolence", "Nervous system disorders", (7, 4), risk),
                    event("Nasopharyngitis", "Infections and infestations", (8, 9), risk),
                ],
            },
            "moreInfoModule": {
                "certainAgreement": {"piSponsorEmployee": True},
                "pointOfContact": {
                    "title": "Dr. Ada Sample",
                    "organization": AGENCY[0],
                    "phone": "555-0111",
                    "email": "a.sample@example.org",
                },
            },
        },
        extra={
            "protocolSection": {
                "statusModule": {
                    "resultsFirstSubmitDate": "2023-10-02",
                    "resultsFirstSubmitQcDate": "2024-02-19",
                    "resultsFirstPostDateStruct": {"date": "2024-02-20", "type": "ACTUAL"},
                }
            }
        },
    )


def _eye_device() -> Json:
    arms = [("Mock Stent", "Implanted at cataract surgery."), ("Cataract surgery alone", "No stent.")]
    all_arms = [*arms, ("Total", "Total of all reporting groups")]
    eyes = [
        {
            "units": "Participants",
            "counts": [{"groupId": "OG000", "value": "58"}, {"groupId": "OG001", "value": "30"}],
        },
        {"units": "Eyes", "counts": [{"groupId": "OG000", "value": "71"}, {"groupId": "OG001", "value": "36"}]},
    ]
    flow = {
        "typeUnitsAnalyzed": "Eyes",
        "groups": groups("FG", *arms),
        "periods": [period("Overall Study", (60, 31), (58, 30), {"Lost to Follow-up": (2, 1)})],
    }
    for step, units in zip(
        flow["periods"][0]["milestones"], (("74", "37"), ("71", "36"), ("3", "1")), strict=True
    ):
        for at, count in enumerate(units):
            step["achievements"][at]["numUnits"] = count
    for at, count in enumerate(("3", "1")):
        flow["periods"][0]["dropWithdraws"][0]["reasons"][at]["numUnits"] = count
    by_eye = [
        {
            "units": "Participants",
            "counts": [{"groupId": f"BG00{at}", "value": n} for at, n in enumerate(("60", "31", "91"))],
        },
        {
            "units": "Eyes",
            "counts": [{"groupId": f"BG00{at}", "value": n} for at, n in enumerate(("74", "37", "111"))],
        },
    ]
    return study(
        11,
        "Mock Stent at Cataract Surgery to Lower Eye Pressure in Open-Angle Glaucoma (Invented)",
        acronym="MOCKSTENT",
        org_id="PLD-G-7",
        status="COMPLETED",
        sponsor=PLACEHOLDER,
        collaborators=[UHE, FOUNDATION],
        first="2020-02-03",
        update="2025-01-30",
        start="2020-03-16",
        primary_completion="2023-05-12",
        completion="2023-11-10",
        phases=["NA"],
        enrollment=(91, "ACTUAL"),
        design=design("RANDOMIZED", "PARALLEL", "TREATMENT", "SINGLE", "OUTCOMES_ASSESSOR"),
        summary="Compared cataract surgery with and without the invented micro-stent in people with mild open-angle glaucoma; one or both eyes were treated, and eyes were counted.",
        conditions=["Open-Angle Glaucoma", "Cataract"],
        mesh=["Glaucoma, Open-Angle", "Cataract"],
        arms=[
            ("EXPERIMENTAL", "Mock Stent", "", "Mock Stent", "Cataract surgery"),
            (
                "SHAM_COMPARATOR",
                "Cataract surgery alone",
                "A sham gonioscopy keeps the assessor masked.",
                "Cataract surgery",
            ),
        ],
        interventions=[
            ("DEVICE", "Mock Stent", "One stent, ab interno.", ["MS-1"]),
            ("PROCEDURE", "Cataract surgery", "Phacoemulsification with an intraocular lens."),
        ],
        primary=[("Eyes with a reduction of intraocular pressure of at least 20 %", "24 months")],
        criteria="""
            Inclusion Criteria:

            * Mild primary open-angle glaucoma, intraocular pressure 21 to 36 mm Hg after washout
            * Age-related cataract with best corrected visual acuity of 20/40 or worse

            Exclusion Criteria:

            * Angle-closure, traumatic or uveitic glaucoma
            * Earlier incisional glaucoma surgery in the study eye""",
        ages=("45 Years", "84 Years"),
        sites=[
            site(
                "Invented Eye Center",
                "Boston",
                "United States",
                state="Massachusetts",
                zip="02100",
                at=(42.36, -71.06),
            )
        ],
        results={
            "participantFlowModule": flow,
            "baselineCharacteristicsModule": {
                "typeUnitsAnalyzed": "Eyes",
                "groups": groups("BG", *all_arms),
                "denoms": by_eye,
                "measures": [
                    baseline(
                        "Age, Customized",
                        "NUMBER",
                        "participants",
                        {"45 to 64 years": ["17", "9", "26"], "65 to 84 years": ["43", "22", "65"]},
                    ),
                    baseline(
                        "Sex: Female, Male",
                        "COUNT_OF_PARTICIPANTS",
                        "Participants",
                        {"": {"Female": ["33", "17", "50"], "Male": ["27", "14", "41"]}},
                        calculatePct=True,
                    ),
                    baseline(
                        "Intraocular pressure after washout",
                        "MEAN",
                        "mm Hg",
                        {"": [("25.4", "2.9"), ("25.1", "3.0"), ("25.3", "2.9")]},
                        "STANDARD_DEVIATION",
                        denomUnitsSelected="Eyes",
                        denoms=[
                            {
                                "units": "Eyes",
                                "counts": [
                                    {"groupId": f"BG00{at}", "value": n}
                                    for at, n in enumerate(("74", "37", "111"))
                                ],
                            }
                        ],
                    ),
                ],
            },
            "outcomeMeasuresModule": {
                "outcomeMeasures": [
                    measured(
                        "PRIMARY",
                        "Eyes With a Reduction of Intraocular Pressure of at Least 20 %",
                        "24 months",
                        arms,
                        (58, 30),
                        param="COUNT_OF_UNITS",
                        unit="Eyes",
                        rows={"": ["52", "20"]},
                        denoms=eyes,
                        typeUnitsAnalyzed="Eyes",
                        denomUnitsSelected="Eyes",
                        population="Eyes with a 24-month visit.",
                        analyses=[
                            analysis(
                                "Generalized estimating equations",
                                "0.049",
                                estimate=("Odds Ratio (OR)", "2.19"),
                                ci=("1.00", "NA"),
                                ciUpperLimitComment="Not estimable in this invented data set.",
                                ciLowerLimitComment="Rounded from 1.003.",
                            )
                        ],
                    )
                ]
            },
            "adverseEventsModule": {
                "frequencyThreshold": "0",
                "eventGroups": event_groups(
                    arms, deaths=[(1, 60), (0, 31)], serious=[(0, 60), (0, 31)], other=[(6, 60), (2, 31)]
                ),
                "otherEvents": [
                    event("Stent obstruction", "Product Issues", (3, 0), (60, 31)),
                    event("Intraocular inflammation", "Eye disorders", (4, 2), (60, 31)),
                ],
            },
            "moreInfoModule": {
                "certainAgreement": {"piSponsorEmployee": False, "restrictiveAgreement": False},
                "pointOfContact": {
                    "title": "Clinical Affairs",
                    "organization": PLACEHOLDER[0],
                    "phone": "555-0112",
                },
            },
        },
        extra={
            "protocolSection": {
                "statusModule": {
                    "resultsFirstSubmitDate": "2024-11-20",
                    "resultsFirstSubmitQcDate": "2025-01-29",
                    "resultsFirstPostDateStruct": {"date": "2025-01-30", "type": "ACTUAL"},
                    "delayedPosting": True,
                },
                "oversightModule": {
                    "isFdaRegulatedDevice": True,
                    "isUnapprovedDevice": True,
                    "isPpsd": True,
                    "oversightHasDmc": False,
                },
            }
        },
    )


def studies() -> list[Json]:
    """NCT99000009 to NCT99000011."""
    return [_lung_results(), _migraine_crossover(), _eye_device()]
