# ruff: noqa: E501
"""Invented interventional studies, one for each design that the registry knows."""

from __future__ import annotations

from .build import Json, contact, design, site, study
from .people import AGENCY, CHILDREN, FOUNDATION, IMAGINARY, MADEUP, NETWORK, PLACEHOLDER, UHE

_BOSTON = site(
    "Invented Hospital of Boston",
    "Boston",
    "United States",
    state="Massachusetts",
    zip="02100",
    at=(42.36, -71.06),
)
_VIENNA = site("Invented Hospital of Vienna", "Vienna", "Austria", at=(48.21, 16.37))


def _factorial() -> Json:
    return study(
        12,
        "Vitamin D and Balance Training to Prevent Falls: a 2 x 2 Factorial Trial (Invented)",
        acronym="STEADY-2X2",
        org_id="FNHI-FALL-1",
        status="ACTIVE_NOT_RECRUITING",
        sponsor=AGENCY,
        first="2021-04-12",
        update="2026-02-14",
        start="2021-06",
        primary_completion="2027-06~",
        completion="2027-12~",
        phases=["PHASE3"],
        enrollment=(1204, "ACTUAL"),
        design=design("RANDOMIZED", "FACTORIAL", "PREVENTION", "DOUBLE", "PARTICIPANT", "OUTCOMES_ASSESSOR"),
        summary="Tests vitamin D against placebo and balance training against stretching, both at once, in people of 70 years or more who have fallen before.",
        conditions=["Accidental Falls", "Frailty"],
        mesh=["Frailty"],
        intervention_mesh=["Vitamin D"],
        arms=[
            ("EXPERIMENTAL", "Vitamin D and balance training", "", "Vitamin D3", "Balance training"),
            ("ACTIVE_COMPARATOR", "Vitamin D and stretching", "", "Vitamin D3", "Stretching"),
            ("ACTIVE_COMPARATOR", "Placebo and balance training", "", "Placebo", "Balance training"),
            ("PLACEBO_COMPARATOR", "Placebo and stretching", "", "Placebo", "Stretching"),
        ],
        interventions=[
            (
                "DIETARY_SUPPLEMENT",
                "Vitamin D3",
                "2000 IU by mouth once daily for 24 months.",
                ["cholecalciferol"],
            ),
            ("DIETARY_SUPPLEMENT", "Placebo", "One capsule daily."),
            ("BEHAVIORAL", "Balance training", "Two supervised hours a week for 12 months."),
            ("BEHAVIORAL", "Stretching", "One supervised hour a week for 12 months."),
        ],
        primary=[("Rate of falls", "24 months", "Falls per person-year, from monthly calendars.")],
        secondary=[("Fractures", "24 months"), ("Serum 25-hydroxyvitamin D", "0, 12 and 24 months", "nmol/L")],
        criteria="""
            Inclusion Criteria:

            * 70 years or older, living at home
            * At least one fall in the past 12 months
            * Able to walk 10 m with or without a cane

            Exclusion Criteria:

            * Serum calcium \\> 2.6 mmol/L or 25-hydroxyvitamin D \\< 25 nmol/L
            * Kidney stones in the past 5 years
            * Mini-Mental State Examination score below 24""",
        ages=("70 Years", None),
        healthy=True,
        sites=[_VIENNA],
    )


def _early_phase_1() -> Json:
    return study(
        13,
        "Microdose PET Imaging of the Invented Tracer [18F]Madeupine in the Human Brain",
        org_id="IOIS-PET-0",
        status="RECRUITING",
        sponsor=IMAGINARY,
        first="2026-01-12",
        update="2026-10-05",
        start="2026-02-02",
        primary_completion="2027-02~",
        completion="2027-02~",
        phases=["EARLY_PHASE1"],
        enrollment=(12, "ESTIMATED"),
        design=design("NON_RANDOMIZED", "PARALLEL", "BASIC_SCIENCE"),
        summary="Measures where a microdose of a new tracer goes in the brain of healthy people and of people with early Alzheimer disease.",
        conditions=["Alzheimer Disease", "Healthy Volunteers"],
        mesh=["Alzheimer Disease"],
        arms=[
            ("EXPERIMENTAL", "Healthy volunteers", "", "[18F]Madeupine PET"),
            ("EXPERIMENTAL", "Early Alzheimer disease", "", "[18F]Madeupine PET"),
        ],
        interventions=[
            (
                "DIAGNOSTIC_TEST",
                "[18F]Madeupine PET",
                "One injection of at most 5 µg and 185 MBq, then 90 minutes of PET.",
            )
        ],
        primary=[("Standardized uptake value ratio", "90 minutes after injection")],
        criteria="""
            Inclusion Criteria:

            * Healthy volunteers: no cognitive complaint, MMSE ≥ 28
            * Patients: amyloid-positive, MMSE 20-27, Clinical Dementia Rating 0.5 or 1

            Exclusion Criteria:

            * Contraindication to MRI, such as a pacemaker
            * Radiation exposure for research \\> 10 mSv in the past 12 months
            * Body weight \\> 140 kg""",
        ages=("50 Years", "85 Years"),
        healthy=True,
        contacts=[contact("Ada Sample, MD, PhD", phone="555-0120")],
        sites=[
            site(
                IMAGINARY[0],
                "Chicago",
                "United States",
                status="RECRUITING",
                state="Illinois",
                zip="60600",
                at=(41.88, -87.63),
                contacts=[contact("Ada Sample, MD, PhD", phone="555-0120", ext="44")],
            )
        ],
    )


def _dose_escalation() -> Json:
    return study(
        14,
        "Dose Escalation and Expansion of MUP-404 in KRAS G12C-Mutated Advanced Solid Tumors (Invented)",
        official="An Invented Phase 1/2, Open-label, Multicenter Study of the Safety, Pharmacokinetics and Activity of MUP-404 Alone and With an Anti-PD-1 Antibody in Participants With Advanced Solid Tumors Harboring a KRAS G12C Mutation",
        org_id="MUP-404-01",
        status="RECRUITING",
        sponsor=MADEUP,
        first="2024-09-02",
        update="2026-11-09",
        start="2024-10-14",
        primary_completion="2027-10~",
        completion="2028-10~",
        phases=["PHASE1", "PHASE2"],
        enrollment=(186, "ESTIMATED"),
        design={
            **design("NON_RANDOMIZED", "SEQUENTIAL", "TREATMENT"),
            "interventionModelDescription": "3 + 3 escalation through five dose levels, then expansion in three cohorts.",
        },
        summary="Looks for the right dose of the invented KRAS G12C inhibitor MUP-404 in advanced solid tumors, and then tries it in lung, colorectal and pancreatic cancer.",
        conditions=[
            "Advanced Solid Tumor",
            "Non-Small Cell Lung Cancer",
            "Colorectal Cancer",
            "Pancreatic Ductal Adenocarcinoma",
        ],
        keywords=["KRAS G12C", "dose escalation"],
        mesh=["Carcinoma, Non-Small-Cell Lung", "Colorectal Neoplasms"],
        intervention_mesh=["pembrolizumab"],
        arms=[
            (
                "EXPERIMENTAL",
                "Part 1: dose escalation",
                "Levels: 50, 100, 200, 400 and 600 mg once daily.",
                "MUP-404",
            ),
            ("EXPERIMENTAL", "Part 2a: expansion, alone", "Recommended dose.", "MUP-404"),
            ("EXPERIMENTAL", "Part 2b: expansion with pembrolizumab", "NSCLC only.", "MUP-404", "Pembrolizumab"),
        ],
        interventions=[
            (
                "DRUG",
                "MUP-404",
                "50 to 600 mg by mouth once daily in 21-day cycles until progression; two dose reductions are allowed.",
            ),
            ("DRUG", "Pembrolizumab", "200 mg IV on day 1 of each 21-day cycle, up to 35 cycles.", ["MK-3475"]),
        ],
        primary=[
            ("Dose-limiting toxicities", "21 days"),
            ("Objective response rate", "Up to 2 years", "RECIST 1.1, part 2."),
        ],
        secondary=[("Cmax", "Days 1 and 15"), ("AUC0-24h", "Days 1 and 15")],
        criteria="""
            Inclusion Criteria:

            1. Age ≥ 18 years
            2. Histologically confirmed, unresectable or metastatic solid tumor with a KRAS G12C mutation found by a validated test
            3. At least one prior line of systemic therapy; NSCLC: platinum and an anti-PD-(L)1 antibody, unless contraindicated
            4. Measurable disease by RECIST 1.1
            5. ECOG performance status 0-1; life expectancy \\> 12 weeks
            6. Adequate organ function:

               a. Absolute neutrophil count ≥ 1.5 × 10^9/L (1500/mm3)
               b. Platelet count ≥ 100,000/µL without transfusion within 7 days
               c. Hemoglobin ≥ 9.0 g/dL (5.6 mmol/L)
               d. Total bilirubin ≤ 1.5 × ULN, or direct bilirubin ≤ ULN when total bilirubin is \\> 1.5 × ULN
               e. AST and ALT ≤ 2.5 × ULN (≤ 5 × ULN with liver metastases)
               f. Creatinine ≤ 1.5 × ULN or creatinine clearance ≥ 60 mL/min for creatinine \\> 1.5 × ULN
               g. Albumin ≥ 30 g/L
               h. INR or PT ≤ 1.5 × ULN unless on anticoagulants
               i. LVEF ≥ 50 %
               j. QTcF ≤ 470 ms

            Exclusion Criteria:

            1. Earlier treatment with a KRAS G12C inhibitor (part 2 only)
            2. Active brain metastases; treated metastases that are stable for ≥ 4 weeks without steroids are allowed
            3. Chemotherapy within 3 weeks, or 5 half-lives of a small molecule, whichever is shorter, before the first dose
            4. Strong CYP3A4 inhibitors or inducers within 14 days
            5. HIV with CD4 \\< 350 cells/µL, active hepatitis B (HBsAg positive and HBV DNA ≥ 500 IU/mL) or hepatitis C
            6. Blood pressure \\> 150/90 mmHg despite treatment
            7. Pregnant or breastfeeding women""",
        contacts=[contact("Trial Desk", phone="555-0121")],
        sites=[
            site(
                "Invented Cancer Unit of Houston",
                "Houston",
                "United States",
                status="RECRUITING",
                state="Texas",
                zip="77000",
                at=(29.76, -95.37),
            ),
            site("Invented Cancer Unit of Seoul", "Seoul", "South Korea", status="RECRUITING", at=(37.57, 126.98)),
            site(
                "Invented Cancer Unit of Barcelona",
                "Barcelona",
                "Spain",
                status="NOT_YET_RECRUITING",
                at=(41.39, 2.17),
            ),
        ],
        extra={
            "protocolSection": {
                "oversightModule": {"isFdaRegulatedDrug": True},
                "statusModule": {
                    "expandedAccessInfo": {
                        "hasExpandedAccess": True,
                        "nctId": "NCT99000021",
                        "statusForNctId": "AVAILABLE",
                    }
                },
            }
        },
    )


def _behavioural() -> Json:
    return study(
        15,
        "Pharmacist Coaching to Stop Smoking, Randomized by Pharmacy (Invented)",
        acronym="QUIT-SHOP",
        org_id="FNHI-TOB-3",
        status="COMPLETED",
        sponsor=AGENCY,
        collaborators=[FOUNDATION],
        first="2018-10-01",
        update="2022-07-07",
        start="2018-11-05",
        primary_completion="2021-11",
        completion="2021-12",
        phases=["NA"],
        enrollment=(960, "ACTUAL"),
        design={
            **design("RANDOMIZED", "PARALLEL", "HEALTH_SERVICES_RESEARCH", "SINGLE", "OUTCOMES_ASSESSOR"),
            "interventionModelDescription": "Cluster randomized: 48 pharmacies, 24 in each arm.",
        },
        summary="Pharmacies, not people, were randomized to four coaching talks or to a leaflet for customers who wanted to stop smoking.",
        conditions=["Smoking Cessation", "Tobacco Use Disorder"],
        mesh=["Tobacco Use Disorder"],
        arms=[("EXPERIMENTAL", "Coaching", "", "Coaching"), ("NO_INTERVENTION", "Usual care", "A leaflet.")],
        interventions=[
            ("BEHAVIORAL", "Coaching", "Four talks of 15 minutes within 8 weeks.", ["motivational interviewing"])
        ],
        primary=[("Abstinence confirmed by carbon monoxide", "6 months", "Exhaled carbon monoxide below 7 ppm.")],
        criteria="""
            Inclusion Criteria:

            * Smokes 10 or more cigarettes a day
            * Wants to stop within 30 days

            Exclusion Criteria:

            * Uses nicotine replacement, varenicline or bupropion now""",
        healthy=True,
        dmc=False,
        sites=[_VIENNA],
        responsible={"oldNameTitle": "Dr. John Q. Placeholder", "oldOrganization": AGENCY[0]},
    )


def _spine_device() -> Json:
    return study(
        16,
        "Feasibility of a 3D-Printed Lattice Cage for Lumbar Fusion in Degenerative Disc Disease (Invented)",
        org_id="PLD-S-2",
        status="RECRUITING",
        sponsor=PLACEHOLDER,
        first="2025-06-16",
        update="2026-09-30",
        start="2025-08-01",
        primary_completion="2026-08~",
        completion="2028-08~",
        phases=["NA"],
        enrollment=(20, "ESTIMATED"),
        design={
            **design("NA", "SINGLE_GROUP", "DEVICE_FEASIBILITY"),
            "maskingInfo": {
                "masking": "NONE",
                "maskingDescription": "Radiographs are read without knowledge of the clinical course.",
            },
        },
        summary="First use of an invented lattice cage in people whose back and leg pain from lumbar disc degeneration has not got better without surgery.",
        conditions=["Degenerative Disc Disease", "Lumbar Spinal Stenosis", "Low Back Pain"],
        mesh=["Intervertebral Disc Degeneration", "Spinal Stenosis", "Low Back Pain"],
        arms=[("EXPERIMENTAL", "Lattice cage", "", "Lattice cage")],
        interventions=[("DEVICE", "Lattice cage", "Titanium cage for one level from L2 to S1.", ["PLD-S"])],
        primary=[
            ("Device-related serious adverse events", "6 months"),
            ("Fusion on computed tomography", "12 months"),
        ],
        secondary=[
            ("Oswestry Disability Index", "3, 6, 12 and 24 months", "0 to 100; higher is worse."),
            ("Visual analog scale for back pain", "3, 6, 12 and 24 months", "0 to 10"),
        ],
        criteria="""
            Inclusion Criteria:

            * Degenerative disc disease at one level from L2 to S1, with or without stenosis or spondylolisthesis of grade 1
            * At least 6 months of conservative care without success
            * Oswestry Disability Index ≥ 40
            * Skeletally mature

            Exclusion Criteria:

            * Earlier fusion at the level
            * T-score ≤ -2.5 on DXA
            * BMI \\> 40 kg/m²
            * Active infection, or smoking of more than 1 pack per day""",
        ages=("21 Years", "80 Years"),
        sites=[
            site(
                "Invented Spine Center",
                "Cleveland",
                "United States",
                status="RECRUITING",
                state="Ohio",
                zip="44100",
                at=(41.5, -81.69),
            )
        ],
        extra={
            "protocolSection": {
                "oversightModule": {
                    "isFdaRegulatedDevice": True,
                    "isUnapprovedDevice": True,
                    "oversightHasDmc": False,
                }
            }
        },
    )


def _vaccine() -> Json:
    return study(
        17,
        "Immunogenicity of an Invented mRNA Vaccine Against Respiratory Syncytial Virus in Healthy Older Adults",
        acronym="RSV-SAMPLE",
        org_id="MUP-V-77",
        status="COMPLETED",
        sponsor=MADEUP,
        first="2022-03-01",
        update="2024-10-10",
        start="2022-04-11",
        primary_completion="2023-06-30",
        completion="2023-12-15",
        phases=["PHASE2"],
        enrollment=(420, "ACTUAL"),
        design={
            **design(
                "RANDOMIZED",
                "PARALLEL",
                "PREVENTION",
                "TRIPLE",
                "PARTICIPANT",
                "INVESTIGATOR",
                "OUTCOMES_ASSESSOR",
            ),
            "maskingInfo": {
                "masking": "TRIPLE",
                "maskingDescription": "Syringes are covered by an opaque sleeve.",
                "whoMasked": ["PARTICIPANT", "INVESTIGATOR", "OUTCOMES_ASSESSOR"],
            },
        },
        summary="Compared two doses of an invented vaccine against RSV with placebo in healthy people of 60 years or more.",
        conditions=["Respiratory Syncytial Virus Infections"],
        mesh=["Respiratory Syncytial Virus Infections"],
        arms=[
            ("EXPERIMENTAL", "30 µg", "", "RSV vaccine"),
            ("EXPERIMENTAL", "60 µg", "", "RSV vaccine"),
            ("PLACEBO_COMPARATOR", "Placebo", "", "Saline"),
        ],
        interventions=[
            ("BIOLOGICAL", "RSV vaccine", "One intramuscular injection of 30 µg or 60 µg on day 1."),
            ("OTHER", "Saline", "0.5 mL intramuscularly on day 1."),
        ],
        primary=[
            ("Geometric mean titer of neutralizing antibodies against RSV-A", "Day 29"),
            ("Solicited reactions", "7 days"),
        ],
        criteria="""
            Inclusion Criteria:

            * Healthy, or with stable chronic illness
            * 60 years of age or older

            Exclusion Criteria:

            * Fever (≥ 38.0 °C) within 72 hours before vaccination
            * Immunoglobulins or blood products within 90 days
            * History of anaphylaxis after a vaccine""",
        ages=("60 Years", None),
        healthy=True,
        sites=[_BOSTON],
        extra={
            "derivedSection": {
                "miscInfoModule": {
                    "submissionTracking": {
                        "estimatedResultsFirstSubmitDate": "2024-09-30",
                        "firstMcpInfo": {"postDateStruct": {"date": "2024-10-10", "type": "ACTUAL"}},
                        "submissionInfos": [
                            {"releaseDate": "2024-09-30", "resetDate": "2024-11-04", "mcpReleaseN": 1},
                            {"releaseDate": "2025-01-20", "unreleaseDate": "2025-02-03"},
                            {"releaseDate": "2025-02-10", "unreleaseDateUnknown": True},
                        ],
                    }
                }
            },
            "annotationSection": {
                "annotationModule": {
                    "unpostedAnnotation": {
                        "unpostedResponsibleParty": MADEUP[0],
                        "unpostedEvents": [
                            {"type": "RELEASE", "date": "2024-09-30"},
                            {"type": "RESET", "date": "2024-11-04"},
                            {"type": "RELEASE", "date": "2025-01-20"},
                            {"type": "UNRELEASE", "dateUnknown": True},
                        ],
                    }
                }
            },
            "protocolSection": {
                "statusModule": {
                    "dispFirstSubmitDate": "2024-06-28",
                    "dispFirstSubmitQcDate": "2024-10-08",
                    "dispFirstPostDateStruct": {"date": "2024-10-10", "type": "ACTUAL"},
                },
                "oversightModule": {"isFdaRegulatedDrug": True},
            },
        },
    )


def _supplement_in_pregnancy() -> Json:
    return study(
        18,
        "Fish Oil in Pregnancy to Prevent Preterm Birth (Invented)",
        acronym="FISHFUL",
        org_id="IUHE-OB-5",
        status="RECRUITING",
        sponsor=UHE,
        first="2024-05-06",
        update="2026-08-01",
        start="2024-06",
        primary_completion="2027-12~",
        completion="2028-06~",
        phases=["NA"],
        enrollment=(1500, "ESTIMATED"),
        design=design(
            "RANDOMIZED",
            "PARALLEL",
            "PREVENTION",
            "QUADRUPLE",
            "PARTICIPANT",
            "CARE_PROVIDER",
            "INVESTIGATOR",
            "OUTCOMES_ASSESSOR",
        ),
        summary="Gives fish oil or olive oil capsules to pregnant women from week 12 to week 34.",
        conditions=["Preterm Birth", "Pregnancy"],
        mesh=["Premature Birth"],
        intervention_mesh=["Fatty Acids, Omega-3"],
        arms=[
            ("EXPERIMENTAL", "Fish oil", "", "Omega-3 capsules"),
            ("PLACEBO_COMPARATOR", "Olive oil", "", "Olive oil capsules"),
        ],
        interventions=[
            ("DIETARY_SUPPLEMENT", "Omega-3 capsules", "900 mg of DHA and EPA daily.", ["fish oil"]),
            ("DIETARY_SUPPLEMENT", "Olive oil capsules", "Two capsules daily."),
        ],
        primary=[("Birth before 34 weeks of gestation", "At birth")],
        criteria="""
            Inclusion Criteria:

            * Pregnant women with one living fetus at 11 to 14 weeks
            * Fish on the table less than once a week

            Exclusion Criteria:

            * Bleeding disorder or use of anticoagulants
            * Known malformation of the fetus""",
        ages=("18 Years", "45 Years"),
        sex="FEMALE",
        healthy=True,
        sites=[
            site(
                UHE[0],
                "Dresden",
                "Germany",
                status="RECRUITING",
                state="Exampleshire",
                zip="00001",
                at=(51.05, 13.74),
            )
        ],
        extra={
            "protocolSection": {
                "eligibilityModule": {
                    "genderBased": True,
                    "genderDescription": "Only people who are pregnant can take part.",
                }
            }
        },
    )


def _withdrawn() -> Json:
    return study(
        22,
        "Robot-Assisted Neck Dissection in Oral Cancer (Invented)",
        org_id="IOIS-ROB",
        status="WITHDRAWN",
        sponsor=IMAGINARY,
        first="2023-01-09",
        update="2024-01-22",
        start="2023-09~",
        primary_completion="2025-09~",
        completion="2026-09~",
        phases=["NA"],
        enrollment=(0, "ACTUAL"),
        design=design("RANDOMIZED", "PARALLEL", "TREATMENT"),
        summary="Was to compare robot-assisted with open neck dissection; it was withdrawn before anybody was enrolled.",
        conditions=["Oral Cancer"],
        mesh=["Mouth Neoplasms"],
        arms=[
            ("EXPERIMENTAL", "Robot-assisted", "", "Robot-assisted neck dissection"),
            ("ACTIVE_COMPARATOR", "Open", "", "Open neck dissection"),
        ],
        interventions=[
            ("PROCEDURE", "Robot-assisted neck dissection", ""),
            ("PROCEDURE", "Open neck dissection", ""),
        ],
        primary=[("Operating time", "Day of surgery", "Minutes from incision to closure.")],
        criteria="""
            Inclusion Criteria:

            * cN0 squamous cell carcinoma of the oral cavity, T1-T2

            Exclusion Criteria:

            * Previous neck surgery""",
        extra={
            "protocolSection": {
                "statusModule": {"whyStopped": "The funder withdrew before the first enrollment (invented)."}
            }
        },
    )


def _suspended() -> Json:
    return study(
        23,
        "Madeupizumab in Severe Eosinophilic Asthma (Invented)",
        acronym="BREATHE-EASY",
        org_id="MUP-A-9",
        status="SUSPENDED",
        sponsor=MADEUP,
        first="2024-01-08",
        update="2026-05-19",
        start="2024-03-04",
        primary_completion="2027-03~",
        completion="2027-09~",
        phases=["PHASE3"],
        enrollment=(640, "ESTIMATED"),
        design=design("RANDOMIZED", "PARALLEL", "TREATMENT", "DOUBLE", "PARTICIPANT", "INVESTIGATOR"),
        summary="Compares an invented anti-IL-5 antibody with placebo, added to inhaled treatment, in severe asthma with many eosinophils.",
        conditions=["Severe Eosinophilic Asthma"],
        keywords=["IL-5", "biologic"],
        mesh=["Asthma"],
        arms=[
            ("EXPERIMENTAL", "Madeupizumab", "", "Madeupizumab"),
            ("PLACEBO_COMPARATOR", "Placebo", "", "Placebo injection"),
        ],
        interventions=[
            ("BIOLOGICAL", "Madeupizumab", "100 mg subcutaneously every 4 weeks for 52 weeks."),
            ("DRUG", "Placebo injection", "Subcutaneously every 4 weeks."),
        ],
        primary=[("Annual rate of exacerbations", "52 weeks")],
        secondary=[("Change in FEV1 before bronchodilator", "52 weeks", "mL")],
        criteria="""
            Inclusion Criteria:

            * Asthma for ≥ 12 months with ≥ 2 exacerbations that needed systemic steroids in the past year
            * Blood eosinophils ≥ 300 cells/µL at screening, or ≥ 150 cells/µL with daily oral steroids
            * FEV1 \\< 80 % predicted
            * Asthma Control Questionnaire (ACQ-6) ≥ 1.5

            Exclusion Criteria:

            * COPD or another lung disease that matters
            * Current smoker, or ex-smoker with ≥ 10 pack-years
            * Anti-IL-5, anti-IL-4R or anti-IgE antibody within 4 months or 5 half-lives, whichever is longer""",
        ages=("12 Years", "80 Years"),
        sites=[
            site("Invented Chest Clinic of Manchester", "Manchester", "United Kingdom", at=(53.48, -2.24)),
            site("Invented Chest Clinic of Warsaw", "Warsaw", "Poland", at=(52.23, 21.01)),
        ],
        extra={
            "protocolSection": {
                "statusModule": {"whyStopped": "Supply of the study drug was interrupted (invented)."},
                "oversightModule": {"isFdaRegulatedDrug": True},
            }
        },
    )


def _unknown() -> Json:
    return study(
        24,
        "Acupuncture for Low Back Pain in Nurses (Invented)",
        org_id="IUHE-ACU",
        status="UNKNOWN",
        sponsor=UHE,
        first="2019-02-11",
        update="2020-03-03",
        start="2019-03",
        primary_completion="2021-03~",
        completion="2021-06~",
        phases=["NA"],
        enrollment=(90, "ESTIMATED"),
        design=design("RANDOMIZED", "PARALLEL", "TREATMENT", "SINGLE", "OUTCOMES_ASSESSOR"),
        summary="Compares acupuncture with sham needles in nurses with low back pain; nothing has been heard since 2020.",
        conditions=["Low Back Pain"],
        mesh=["Low Back Pain"],
        arms=[
            ("EXPERIMENTAL", "Acupuncture", "", "Acupuncture"),
            ("SHAM_COMPARATOR", "Sham needles", "", "Sham needles"),
        ],
        interventions=[
            ("DEVICE", "Acupuncture", "Two sessions a week for 6 weeks."),
            ("DEVICE", "Sham needles", "Retractable needles."),
        ],
        primary=[("Pain on a numeric rating scale", "6 weeks", "0 to 10")],
        criteria="""
            Inclusion Criteria:

            * Low back pain for 3 months or longer, ≥ 4 of 10

            Exclusion Criteria:

            * Radiculopathy or red flags""",
        ages=("20 Years", "60 Years"),
        sites=[site(UHE[0], "Dresden", "Germany", status="RECRUITING", at=(51.05, 13.74))],
        extra={"protocolSection": {"statusModule": {"lastKnownStatus": "RECRUITING"}}},
    )


def _paediatric() -> Json:
    return study(
        30,
        "Oral Immunotherapy for Peanut Allergy in Toddlers (Invented)",
        acronym="PEANUT-TOTS",
        org_id="ICHM-7",
        status="RECRUITING",
        sponsor=CHILDREN,
        collaborators=[NETWORK],
        first="2025-01-20",
        update="2026-11-01",
        start="2025-03",
        primary_completion="2028-03~",
        completion="2028-09~",
        phases=["PHASE2"],
        enrollment=(132, "ESTIMATED"),
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
        summary="Gives slowly rising amounts of peanut flour or oat flour to toddlers who are allergic to peanut.",
        conditions=["Peanut Allergy", "Food Allergy"],
        mesh=["Peanut Hypersensitivity"],
        arms=[
            ("EXPERIMENTAL", "Peanut flour", "", "Peanut flour"),
            ("PLACEBO_COMPARATOR", "Oat flour", "", "Oat flour"),
        ],
        interventions=[
            (
                "BIOLOGICAL",
                "Peanut flour",
                "From 0.1 mg to 300 mg of peanut protein daily over 28 weeks, then 300 mg daily for 24 weeks.",
            ),
            ("OTHER", "Oat flour", "Daily for 52 weeks."),
        ],
        primary=[
            (
                "Tolerates a single dose of 1000 mg of peanut protein",
                "52 weeks",
                "Double-blind, placebo-controlled food challenge.",
            )
        ],
        criteria="""
            Inclusion Criteria:

            * 9 to 47 months of age
            * Peanut-specific IgE ≥ 0.35 kUA/L or a skin prick wheal ≥ 3 mm
            * Reacts to ≤ 300 mg of peanut protein in a food challenge
            * Weight ≥ 7 kg
            * Consent of the parents or the legal guardian

            Exclusion Criteria:

            * Anaphylaxis with shock in the past 60 days
            * Eosinophilic esophagitis
            * Severe or uncontrolled asthma or eczema""",
        ages=("9 Months", "47 Months"),
        contacts=[contact("Petra Playground, MD", phone="555-0130")],
        sites=[
            site(
                CHILDREN[0],
                "Denver",
                "United States",
                status="RECRUITING",
                state="Colorado",
                zip="80200",
                at=(39.74, -104.99),
                contacts=[
                    contact("Petra Playground, MD", phone="555-0130", ext="9"),
                    {"name": "Paul Playground, MD", "role": "SUB_INVESTIGATOR"},
                ],
            )
        ],
        extra={
            "protocolSection": {
                "oversightModule": {"isFdaRegulatedDrug": True},
                "identificationModule": {
                    "orgStudyIdInfo": {
                        "id": "U01-INV-7",
                        "type": "NIH",
                        "link": "https://example.org/grants/U01-INV-7",
                    }
                },
            }
        },
    )


def _newborns() -> Json:
    return study(
        35,
        "Caffeine Within Two Hours of Birth in Very Preterm Infants (Invented)",
        acronym="WAKE-UP",
        org_id="ICHM-11",
        status="TERMINATED",
        sponsor=CHILDREN,
        first="2021-02-01",
        update="2025-06-20",
        start="2021-04",
        primary_completion="2024-10",
        completion="2025-04",
        phases=["PHASE4"],
        enrollment=(88, "ACTUAL"),
        design=design(
            "RANDOMIZED", "PARALLEL", "PREVENTION", "TRIPLE", "PARTICIPANT", "CARE_PROVIDER", "OUTCOMES_ASSESSOR"
        ),
        summary="Looked at whether caffeine soon after birth keeps very preterm infants off the ventilator.",
        conditions=["Respiratory Distress Syndrome, Newborn", "Premature Birth"],
        mesh=["Premature Birth"],
        intervention_mesh=["Caffeine"],
        arms=[
            ("EXPERIMENTAL", "Early caffeine", "", "Caffeine citrate"),
            ("PLACEBO_COMPARATOR", "Saline first", "", "Saline", "Caffeine citrate"),
        ],
        interventions=[
            (
                "DRUG",
                "Caffeine citrate",
                "20 mg/kg IV once, within 2 hours (early) or at 12 hours; then 5 mg/kg daily.",
            ),
            ("DRUG", "Saline", "1 mL/kg IV within 2 hours."),
        ],
        primary=[("Intubation", "72 hours of life")],
        criteria="""
            Inclusion Criteria:

            * Born at 24 0/7 to 28 6/7 weeks of gestation
            * Breathing without a tube at 60 minutes

            Exclusion Criteria:

            * Major malformation""",
        ages=("0 Minutes", "120 Minutes"),
        sites=[site(CHILDREN[0], "Denver", "United States", state="Colorado", zip="80200", at=(39.74, -104.99))],
        extra={
            "protocolSection": {
                "statusModule": {
                    "whyStopped": "Stopped for futility at the first interim analysis (invented).",
                    "resultsWaived": True,
                }
            }
        },
    )


def _men_only() -> Json:
    return study(
        36,
        "Five-Fraction Stereotactic Radiotherapy With or Without Short Androgen Deprivation in Prostate Cancer (Invented)",
        acronym="FIVE-AND-DONE",
        org_id="INET-GU-2",
        status="RECRUITING",
        sponsor=NETWORK,
        first="2023-11-13",
        update="2026-07-07",
        start="2024-01",
        primary_completion="2029-01~",
        completion="2034-01~",
        phases=["PHASE3"],
        enrollment=(538, "ESTIMATED"),
        design=design("RANDOMIZED", "PARALLEL", "TREATMENT"),
        summary="Adds 6 months of relugolix, or nothing, to stereotactic radiotherapy in intermediate-risk prostate cancer.",
        conditions=["Prostate Cancer"],
        keywords=["SBRT", "androgen deprivation"],
        mesh=["Prostatic Neoplasms"],
        arms=[
            ("EXPERIMENTAL", "SBRT with relugolix", "", "SBRT", "Relugolix"),
            ("ACTIVE_COMPARATOR", "SBRT", "", "SBRT"),
        ],
        interventions=[
            (
                "RADIATION",
                "SBRT",
                "36.25 Gy in 5 fractions on alternate days.",
                ["stereotactic body radiotherapy"],
            ),
            ("DRUG", "Relugolix", "360 mg on day 1, then 120 mg by mouth once daily for 6 months."),
        ],
        primary=[("Biochemical failure", "5 years", "PSA nadir + 2 ng/mL (Phoenix).")],
        secondary=[("EPIC-26 urinary domain", "3, 12 and 24 months")],
        criteria="""
            INCLUSION CRITERIA:

            1. Adenocarcinoma of the prostate, Gleason 7 (ISUP grade group 2 or 3)
            2. PSA ≤ 20 ng/mL
            3. cT1c-T2c N0 M0
            4. International Prostate Symptom Score ≤ 18
            5. ECOG 0-2

            EXCLUSION CRITERIA:

            1. Prior pelvic radiotherapy or prostatectomy
            2. Testosterone \\< 150 ng/dL before treatment
            3. Inflammatory bowel disease""",
        sex="MALE",
        contacts=[contact("Network Office", phone="555-0140")],
        sites=[_VIENNA | {"status": "RECRUITING"}],
    )


def _bioequivalence() -> Json:
    return study(
        37,
        "Relative Bioavailability of Two Tablets of Samplegepant in Healthy Volunteers (Invented)",
        org_id="MUP-BE-12",
        status="COMPLETED",
        sponsor=MADEUP,
        first="2023-02-06",
        update="2023-08-08",
        start="2023-02-20",
        primary_completion="2023-04-03",
        completion="2023-04-10",
        phases=["PHASE1"],
        enrollment=(28, "ACTUAL"),
        design=design("RANDOMIZED", "CROSSOVER", "OTHER"),
        summary="Healthy people took two tablet forms of the invented drug samplegepant, one week apart, fasting and after a meal.",
        conditions=["Healthy Volunteers"],
        arms=[
            (
                "EXPERIMENTAL",
                "Test then reference",
                "",
                "Samplegepant test tablet",
                "Samplegepant reference tablet",
            ),
            (
                "EXPERIMENTAL",
                "Reference then test",
                "",
                "Samplegepant test tablet",
                "Samplegepant reference tablet",
            ),
        ],
        interventions=[
            ("DRUG", "Samplegepant test tablet", "75 mg once."),
            ("DRUG", "Samplegepant reference tablet", "75 mg once."),
        ],
        primary=[("AUC0-inf", "72 hours"), ("Cmax", "72 hours")],
        criteria="""
            Inclusion Criteria:

            * BMI 18.0 to 30.0 kg/m², weight ≥ 50 kg
            * Non-smoker for ≥ 6 months
            * Blood pressure 90-140/50-90 mmHg and heart rate 45-100 beats/min

            Exclusion Criteria:

            * Any drug within 14 days except paracetamol ≤ 2 g/day
            * Blood donation of ≥ 450 mL within 56 days
            * Positive test for drugs, alcohol, HIV, hepatitis B or C""",
        ages=("18 Years", "55 Years"),
        healthy=True,
        dmc=False,
        sites=[_BOSTON],
        extra={
            "protocolSection": {
                "identificationModule": {"secondaryIdInfos": [{"id": "NCT99000010", "type": "REGISTRY"}]}
            }
        },
    )


def studies() -> list[Json]:
    """One study for each design."""
    return [
        _factorial(),
        _early_phase_1(),
        _dose_escalation(),
        _behavioural(),
        _spine_device(),
        _vaccine(),
        _supplement_in_pregnancy(),
        _withdrawn(),
        _suspended(),
        _unknown(),
        _paediatric(),
        _newborns(),
        _men_only(),
        _bioequivalence(),
    ]
