# ruff: noqa: E501
"""Invented studies for the rarer shapes of a record: observational, expanded access, odd texts, registry annotations."""

from __future__ import annotations

import csv
from pathlib import Path

from .build import Json, contact, design, site, study
from .people import AGENCY, CHILDREN, FOUNDATION, IMAGINARY, MADEUP, NETWORK, PLACEHOLDER, UHE

_VIENNA = site("Invented Hospital of Vienna", "Vienna", "Austria", at=(48.21, 16.37))


def _cohort() -> Json:
    return study(
        19,
        "Swallowing and Voice After Treatment of Head and Neck Cancer: a Prospective Cohort (Invented)",
        acronym="SWALLOW-ON",
        org_id="IUHE-HN-OBS",
        status="RECRUITING",
        sponsor=UHE,
        first="2022-01-17",
        update="2026-10-12",
        start="2022-03",
        primary_completion="2028-03~",
        completion="2030-03~",
        study_type="OBSERVATIONAL",
        design={"observationalModel": "COHORT", "timePerspective": "PROSPECTIVE"},
        enrollment=(600, "ESTIMATED"),
        summary="Follows people for five years after surgery, radiotherapy or both for head and neck cancer, and asks how they eat and speak.",
        conditions=["Head and Neck Cancer", "Dysphagia"],
        mesh=["Head and Neck Neoplasms"],
        arms=[
            ("", "Surgery", "With or without radiotherapy.", "Swallowing tests"),
            ("", "Radiotherapy", "With or without chemotherapy.", "Swallowing tests"),
        ],
        interventions=[
            ("DIAGNOSTIC_TEST", "Swallowing tests", "Videofluoroscopy and water-swallow test once a year.")
        ],
        primary=[("MDADI composite score", "5 years", "20 to 100; higher is better.")],
        criteria="""
            Inclusion Criteria:

            * Cancer of the oral cavity, pharynx or larynx treated with intent to cure
            * Less than 3 months since the end of treatment

            Exclusion Criteria:

            * Dysphagia of another cause, such as stroke""",
        contacts=[contact("Erika Musterfrau, MD", phone="555-0101")],
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
                    "studyPopulation": "People seen at the follow-up clinics of two invented hospitals.",
                    "samplingMethod": "NON_PROBABILITY_SAMPLE",
                }
            }
        },
    )


def _case_control() -> Json:
    return study(
        20,
        "Registry of Parkinson Disease With Blood Samples, and Matched Controls (Invented)",
        acronym="PARK-BANK",
        org_id="FNHI-PD-REG",
        status="ENROLLING_BY_INVITATION",
        sponsor=AGENCY,
        collaborators=[FOUNDATION],
        first="2020-05-11",
        update="2025-12-09",
        start="2020-07",
        primary_completion="2030-07~",
        completion="2030-07~",
        study_type="OBSERVATIONAL",
        design={"observationalModel": "CASE_CONTROL", "timePerspective": "CROSS_SECTIONAL"},
        enrollment=(2400, "ESTIMATED"),
        summary="Collects blood and answers from people with Parkinson disease and from neighbors of the same age without it.",
        conditions=["Parkinson Disease"],
        keywords=["biobank", "registry"],
        mesh=["Parkinson Disease"],
        arms=[("", "Parkinson disease", ""), ("", "Controls", "")],
        primary=[("Alpha-synuclein seed amplification", "At enrollment")],
        criteria="""
            Cases:

            * Parkinson disease by the MDS criteria

            Controls:

            * No parkinsonism, same sex, age within 3 years

            Both: able to consent.""",
        ages=("40 Years", None),
        healthy=True,
        responsible={
            "type": "SPONSOR_INVESTIGATOR",
            "investigatorFullName": "John Q. Placeholder",
            "investigatorTitle": "Professor of Invented Neurology",
            "investigatorAffiliation": AGENCY[0],
        },
        sites=[_VIENNA],
        extra={
            "protocolSection": {
                "designModule": {
                    "patientRegistry": True,
                    "targetDuration": "10 Years",
                    "bioSpec": {
                        "retention": "SAMPLES_WITH_DNA",
                        "description": "Whole blood, plasma and DNA, kept at -80 °C.",
                    },
                },
                "eligibilityModule": {
                    "studyPopulation": "Members of three invented patient groups and their neighbors.",
                    "samplingMethod": "PROBABILITY_SAMPLE",
                },
            }
        },
    )


def _expanded_access() -> Json:
    return study(
        21,
        "Expanded Access to MUP-404 for KRAS G12C-Mutated Cancer (Invented)",
        org_id="MUP-404-EAP",
        status="AVAILABLE",
        sponsor=MADEUP,
        study_type="EXPANDED_ACCESS",
        first="2026-03-02",
        update="2026-10-20",
        summary="Gives access to MUP-404 outside of trial NCT99000014 to people who cannot take part in it.",
        conditions=["KRAS G12C-Mutated Solid Tumors"],
        interventions=[("DRUG", "MUP-404", "400 mg by mouth once daily.")],
        criteria="""
            Inclusion Criteria:

            * Advanced solid tumor with KRAS G12C
            * No other treatment that can be expected to help
            * Cannot take part in a trial of MUP-404

            Exclusion Criteria:

            * Eligible for NCT99000014""",
        contacts=[contact("Access Desk", phone="555-0150")],
        extra={
            "protocolSection": {
                "designModule": {
                    "expandedAccessTypes": {"individual": True, "intermediate": True, "treatment": True},
                    "nPtrsToThisExpAccNctId": 1,
                },
                "statusModule": {"expandedAccessInfo": None},
                "oversightModule": {"isFdaRegulatedDrug": True, "oversightHasDmc": None},
            }
        },
    )


def _many_sites() -> Json:
    with Path(__file__).with_name("cities.tsv").open(encoding="utf-8", newline="") as file:
        cities = list(csv.DictReader(file, delimiter="\t"))
    states = (
        "RECRUITING",
        "RECRUITING",
        "RECRUITING",
        "NOT_YET_RECRUITING",
        "COMPLETED",
        "WITHDRAWN",
        "RECRUITING",
        "ACTIVE_NOT_RECRUITING",
    )
    kinds = (
        "Invented University Hospital",
        "Invented Heart Clinic",
        "Invented City Hospital",
        "Invented Research Unit",
        "Invented Medical Center",
        "Invented Cardiology Practice",
    )
    sites = []
    for at in range(216):
        city = cities[at % len(cities)]
        ring = at // len(cities)
        here = (round(float(city["lat"]) + 0.011 * ring, 5), round(float(city["lon"]) - 0.013 * ring, 5))
        status = states[at % len(states)]
        people = (
            [contact(f"Site Contact {at + 1}", phone=f"555-01{at % 100:02d}")]
            if status == "RECRUITING" and ring == 0
            else None
        )
        sites.append(
            site(
                f"{kinds[ring % len(kinds)]} of {city['city']}",
                city["city"],
                city["country"],
                status=status,
                state=city["state"] or None,
                zip=f"{10000 + at}" if at % 3 else None,
                contacts=people,
                at=None if at % 54 == 53 else here,
            )
        )
    return study(
        25,
        "Example-gliflozin in Heart Failure With Preserved Ejection Fraction (Invented)",
        acronym="EVERY-HEART",
        org_id="MUP-HF-900",
        status="RECRUITING",
        sponsor=MADEUP,
        collaborators=[NETWORK],
        first="2024-07-01",
        update="2026-11-12",
        start="2024-08-05",
        primary_completion="2028-08~",
        completion="2028-12~",
        phases=["PHASE3"],
        enrollment=(6200, "ESTIMATED"),
        design=design("RANDOMIZED", "PARALLEL", "TREATMENT", "DOUBLE", "PARTICIPANT", "INVESTIGATOR"),
        summary="Compares the invented SGLT2 inhibitor example-gliflozin with placebo in 216 places.",
        conditions=["Heart Failure With Preserved Ejection Fraction"],
        keywords=["SGLT2", "HFpEF"],
        mesh=["Heart Failure"],
        arms=[
            ("EXPERIMENTAL", "Example-gliflozin", "", "Example-gliflozin"),
            ("PLACEBO_COMPARATOR", "Placebo", "", "Placebo"),
        ],
        interventions=[
            ("DRUG", "Example-gliflozin", "10 mg by mouth once daily."),
            ("DRUG", "Placebo", "One tablet once daily."),
        ],
        primary=[("Cardiovascular death or hospital stay for heart failure", "Up to 48 months")],
        secondary=[("Kansas City Cardiomyopathy Questionnaire", "8 months", "0 to 100; higher is better.")],
        criteria="""
            Key Inclusion Criteria:

            * NYHA class II-IV for at least 3 months
            * LVEF \\> 40 %
            * NT-proBNP \\> 300 pg/mL, or \\> 900 pg/mL with atrial fibrillation
            * eGFR ≥ 20 mL/min/1.73 m²

            Key Exclusion Criteria:

            * Type 1 diabetes
            * Systolic blood pressure ≥ 180 mmHg
            * SGLT2 inhibitor within 12 weeks""",
        ages=("40 Years", None),
        contacts=[contact("EVERY-HEART Office", phone="555-0160")],
        sites=sites,
        extra={
            "derivedSection": {"miscInfoModule": {"removedCountries": ["Hungary", "Czechia"]}},
            "protocolSection": {"oversightModule": {"isFdaRegulatedDrug": True}},
        },
    )


def _few_fields() -> Json:
    record = study(
        26,
        "An Invented Study With Almost Nothing",
        status="WITHHELD",
        sponsor=("Invented Sponsor", "UNKNOWN"),
        summary="Little is known.",
        conditions=["Other"],
        extra={"derivedSection": None},
    )
    keep = ("identificationModule", "statusModule", "sponsorCollaboratorsModule", "descriptionModule")
    record["protocolSection"] = {key: record["protocolSection"][key] for key in keep}
    record["protocolSection"]["statusModule"] = {"overallStatus": "WITHHELD", "delayedPosting": True}
    record["protocolSection"]["sponsorCollaboratorsModule"].pop("responsibleParty")
    return record


def _nested() -> Json:
    return study(
        27,
        "Venetoclax and Azacitidine Before Transplantation in Acute Myeloid Leukemia (Invented)",
        org_id="INET-AML-4",
        status="RECRUITING",
        sponsor=NETWORK,
        first="2025-05-05",
        update="2026-04-30",
        start="2025-09",
        primary_completion="2029-09~",
        completion="2031~",
        phases=["PHASE2"],
        enrollment=(84, "ESTIMATED"),
        design=design("NA", "SINGLE_GROUP", "TREATMENT"),
        summary="Two cycles of venetoclax and azacitidine as a bridge to transplantation; all dates are given to the month, the last one to the year.",
        conditions=["Acute Myeloid Leukemia"],
        mesh=["Leukemia, Myeloid, Acute"],
        arms=[("EXPERIMENTAL", "Venetoclax and azacitidine", "", "Venetoclax", "Azacitidine")],
        interventions=[
            (
                "DRUG",
                "Venetoclax",
                "100 mg on day 1, 200 mg on day 2, 400 mg by mouth once daily on days 3 to 28.",
                ["ABT-199"],
            ),
            ("DRUG", "Azacitidine", "75 mg/m² subcutaneously on days 1 to 7 of a 28-day cycle, 2 cycles."),
        ],
        primary=[("Relapse-free survival", "1 year")],
        criteria="""
            Inclusion Criteria:

            1. Acute myeloid leukemia that is
               a. newly diagnosed, or
               b. in first relapse after
                  i. chemotherapy alone, or
                  ii. chemotherapy with a FLT3 inhibitor
            2. One of the following:

               * Age ≥ 60 years
               * Age 18 to 59 years with at least one of:

                 * LVEF ≤ 50 %
                 * DLCO ≤ 65 % or FEV1 ≤ 65 %
                 * Creatinine clearance ≥ 30 to \\< 45 mL/min
            3. ECOG performance status:
               * 0-2 if 75 years or older
               * 0-3 if 60 to 74 years
            4. WBC \\< 25 × 10^9/L (hydroxyurea is allowed)

            Exclusion Criteria:

            1. Acute promyelocytic leukemia
            2. Active involvement of the central nervous system
            3. Any of these within 6 months:
               (a) myocardial infarction
               (b) stroke
               (c) unstable angina
            5. Strong CYP3A inducers within 7 days (the list skips number 4 on purpose)""",
        ages=("18 Years", None),
        sites=[_VIENNA | {"status": "RECRUITING"}],
    )


def _disease_characteristics() -> Json:
    return study(
        28,
        "Doxorubicin in Older Women With Breast Cancer (Invented, Old Layout)",
        org_id="INET-BR-1999",
        status="COMPLETED",
        sponsor=NETWORK,
        first="1999-11-01",
        update="2012-06-21",
        start="1999-06",
        completion="2008-01",
        phases=["PHASE2"],
        enrollment=(52, None),
        design=design("NON_RANDOMIZED", "SINGLE_GROUP", "TREATMENT"),
        summary="An old record: it shows the layout that criteria had around the year 2000.",
        conditions=["Breast Cancer"],
        keywords=["stage IV breast cancer"],
        mesh=["Breast Neoplasms"],
        arms=[("EXPERIMENTAL", "Doxorubicin", "", "doxorubicin")],
        interventions=[("DRUG", "doxorubicin", "60 mg/m² IV every 21 days for 6 courses.")],
        criteria="""
            DISEASE CHARACTERISTICS:

            * Histologically proven metastatic adenocarcinoma of the breast

              * No bone metastasis as the only site
            * Hormone receptor status:

              * Any

            PATIENT CHARACTERISTICS:

            Age:

            * 65 and over

            Sex:

            * Female

            Performance status:

            * ECOG 0-2

            Life expectancy:

            * At least 3 months

            Hematopoietic:

            * Absolute neutrophil count at least 1,500/mm\\^3
            * Platelet count at least 100,000/mm\\^3

            Hepatic:

            * Bilirubin no greater than 1.5 times upper limit of normal

            Renal:

            * Creatinine no greater than 1.5 mg/dL

            PRIOR CONCURRENT THERAPY:

            Chemotherapy:

            * No prior anthracycline
            * At least 4 weeks since prior chemotherapy""",
        ages=("65 Years", "120 Years"),
        sex="FEMALE",
        healthy=None,
        dmc=None,
        responsible=None,
    )


def _no_headings() -> Json:
    return study(
        29,
        "Walking Groups for Adults With Type 2 Diabetes (Invented)",
        org_id="IUHE-WALK",
        status="COMPLETED",
        sponsor=UHE,
        first="2016-02-01",
        update="2018-03-05",
        start="2016-03",
        primary_completion="2017-09",
        completion="2017-12",
        phases=["NA"],
        enrollment=(99999999, "ACTUAL"),
        design=design("RANDOMIZED", "PARALLEL", "SUPPORTIVE_CARE"),
        summary="Compared walking in a group with walking alone. The number who took part was never reported: the record holds the registry's sign for an unknown number.",
        conditions=["Type 2 Diabetes"],
        mesh=["Diabetes Mellitus, Type 2"],
        arms=[("EXPERIMENTAL", "Group", "", "Walking group"), ("ACTIVE_COMPARATOR", "Alone", "", "Walking alone")],
        interventions=[
            ("BEHAVIORAL", "Walking group", "30 minutes three times a week."),
            ("BEHAVIORAL", "Walking alone", "30 minutes three times a week."),
        ],
        primary=[("HbA1c", "12 months", "%")],
        criteria="""
            Adults with type 2 diabetes and HbA1c between 7.0 and 10.0 % who can walk for 30 minutes. People on insulin, pregnant
            women and people with a foot ulcer cannot take part; nor can those who have had a heart attack within 3 months.

            Metformin and diet may go on as before.""",
        ages=("30 Years", "79 Years"),
        sites=[site(UHE[0], "Dresden", "Germany")],
    )


def _links() -> Json:
    return study(
        31,
        "Hydroxysamplequine for Early COVID-19 (Invented)",
        org_id="IOIS-C19",
        status="TERMINATED",
        sponsor=IMAGINARY,
        first="2020-04-06",
        update="2024-08-08",
        start="2020-04-10",
        primary_completion="2020-12-01",
        completion="2021-02-01",
        phases=["PHASE2", "PHASE3"],
        enrollment=(212, "ACTUAL"),
        design=design("RANDOMIZED", "PARALLEL", "TREATMENT", "DOUBLE", "PARTICIPANT", "INVESTIGATOR"),
        summary="Compared an invented antiviral with placebo; it shows references (one of them retracted), links, shared data and a notice of violation.",
        conditions=["COVID-19"],
        mesh=["COVID-19"],
        arms=[
            ("EXPERIMENTAL", "Hydroxysamplequine", "", "Hydroxysamplequine"),
            ("PLACEBO_COMPARATOR", "Placebo", "", "Placebo"),
        ],
        interventions=[
            (
                "DRUG",
                "Hydroxysamplequine",
                "400 mg by mouth twice daily on day 1, then 200 mg twice daily on days 2 to 5.",
            ),
            ("DRUG", "Placebo", "Twice daily for 5 days."),
        ],
        primary=[("Hospital stay or death", "28 days")],
        criteria="""
            Inclusion Criteria:

            * SARS-CoV-2 found by PCR or antigen test within 5 days

            Exclusion Criteria:

            * Oxygen saturation \\< 94 %
            * QTc \\> 450 ms""",
        sites=[
            site("Invented Hospital of Lagos", "Lagos", "Nigeria", at=(6.45, 3.39)),
            site("Invented Hospital of Lima", "Lima", "Peru", at=(-12.05, -77.04)),
        ],
        references=[
            {
                "pmid": "99900002",
                "type": "BACKGROUND",
                "citation": "Nobody N. An invented citation about an invented antiviral. J Imaginary Virol. 2020;3:33.",
                "retractions": [{"pmid": "99900003", "source": "J Imaginary Virol. 2021;4:44 (invented)"}],
            },
            {
                "pmid": "99900004",
                "type": "DERIVED",
                "citation": "Somebody S, et al. Pooled invented data: an invented citation. Made-up Med. 2023;9:99.",
            },
        ],
        ipd={
            "ipdSharing": "YES",
            "description": "All data that were collected, without names.",
            "infoTypes": ["STUDY_PROTOCOL", "SAP", "ICF", "CSR", "ANALYTIC_CODE"],
            "timeFrame": "Now, with no end.",
            "accessCriteria": "Open to all.",
            "url": "https://example.org/data/c19",
        },
        extra={
            "protocolSection": {
                "referencesModule": {
                    "seeAlsoLinks": [
                        {"label": "The invented study's *own* page", "url": "https://example.org/studies/c19"}
                    ],
                    "availIpds": [
                        {
                            "id": "INV-DATA-1",
                            "type": "Individual Participant Data Set",
                            "url": "https://example.org/data/c19/set",
                            "comment": "As **CSV**.",
                        }
                    ],
                },
                "statusModule": {"whyStopped": "Too few infections (invented); see the notice below."},
                "oversightModule": {"fdaaa801Violation": True, "isFdaRegulatedDrug": True, "isUsExport": False},
            },
            "annotationSection": {
                "annotationModule": {
                    "violationAnnotation": {
                        "violationEvents": [
                            {
                                "type": "VIOLATION_IDENTIFIED",
                                "description": "Failed to submit results in time (invented).",
                                "creationDate": "2023-01-09",
                                "issuedDate": "2023-01-10",
                                "releaseDate": "2023-01-11",
                                "postedDate": "2023-01-12",
                            },
                            {
                                "type": "CORRECTION_CONFIRMED",
                                "description": "Results were found to be submitted (invented).",
                                "creationDate": "2024-08-05",
                                "issuedDate": "2024-08-05",
                                "releaseDate": "2024-08-06",
                                "postedDate": "2024-08-07",
                            },
                        ]
                    }
                }
            },
            "documentSection": {
                "largeDocumentModule": {
                    "noSap": True,
                    "largeDocs": [
                        {
                            "typeAbbrev": "Prot_ICF",
                            "hasProtocol": True,
                            "hasSap": False,
                            "hasIcf": True,
                            "label": "Study Protocol and Informed Consent Form",
                            "date": "2020-04-01",
                            "uploadDate": "2024-08-05T09:00",
                            "filename": "Prot_ICF_000.pdf",
                            "size": 1048576,
                        }
                    ],
                }
            },
        },
    )


def _alphabets() -> Json:
    return study(
        32,
        "TNF-α and IL-1β in Behçet’s Disease — "
        + "a Very Long Invented Title About the Same Thing, Told Once More for Those Who Measure the Width of Pages, "
        * 2
        + "With an End 🧪",
        official="Étude inventée: Βήτα-αποκλειστές, 伪造的研究, 架空の研究, דוגמה מומצאת, دراسة خيالية (an Invented Study in Many Alphabets)",
        acronym="BΕΤΑ-α",
        org_id="ÎÑV-ß-1",
        status="RECRUITING",
        sponsor=("Μη Υπαρκτό Πανεπιστήμιο (Invented University)", "OTHER"),
        first="2025-01-02",
        update="2026-01-03",
        start="2025-02-03",
        primary_completion="2027-02~",
        completion="2027-03~",
        phases=["PHASE4"],
        enrollment=(40, "ESTIMATED"),
        design=design("RANDOMIZED", "PARALLEL", "TREATMENT"),
        summary="Greek letters (α, β, γδ T cells), right-to-left text (هذه دراسة مخترعة، ليست حقيقية; זה מחקר מומצא), emoji 👩🏽‍⚕️ and math (10⁻³, ≥ 5 µg·mL⁻¹, ½ dose) must all come out as they went in.",
        conditions=["Behçet Disease"],
        keywords=["Adamantiades–Behçet", "ベーチェット病"],
        arms=[
            ("EXPERIMENTAL", "β-blocker Ψ", "مخترع (invented)", "Ψ-mab"),
            ("NO_INTERVENTION", "Контроль", "Usual care."),
        ],
        interventions=[("BIOLOGICAL", "Ψ-mab", "5 mg/kg IV at weeks 0, 2 and 6.", ["psi-mab", "Ψ-抗体"])],
        primary=[("Δ in oral ulcers", "week 12", "Number of ulcers at week 12 − number at baseline.")],
        criteria="""
            Inclusion Criteria:

            • Behçet’s disease (ISG criteria)
            • CRP ≥ 5 mg/L
            • שני כיבים או יותר (two or more ulcers)

            Exclusion Criteria:

            • Uveitis that threatens sight
            • ΔHb > 2 g/dL in 4 weeks""",
        sites=[
            site(
                "Μη Υπαρκτό Νοσοκομείο (Invented Hospital)",
                "Athens",
                "Greece",
                status="RECRUITING",
                at=(37.98, 23.73),
            )
        ],
    )


def _markup() -> Json:
    return study(
        33,
        "Markup, Lists, Escapes and Entities in One Invented Record",
        org_id="INV-MARKUP",
        status="NOT_YET_RECRUITING",
        sponsor=FOUNDATION,
        first="2026-09-01",
        update="2026-09-02",
        start="2026-12~",
        primary_completion="2027-12~",
        completion="2027-12~",
        phases=["PHASE1"],
        enrollment=(10, "ESTIMATED"),
        design=design("NA", "SINGLE_GROUP", "OTHER"),
        summary="It shows what texts of the registry may hold: \\*no emphasis here\\*, **strong words**, a\\_name\\_with\\_lines, 5 \\< 6 \\> 4, \\&gt; and &lt;, AT\\&T.",
        description="x",
        conditions=["Cystic Fibrosis"],
        mesh=["Cystic Fibrosis"],
        arms=[("EXPERIMENTAL", "Only arm", "", "Invented spray")],
        interventions=[
            (
                "DRUG",
                "Invented spray",
                "1\\. Inhale. 2\\. Wait 5 min. Dose \\~ 2 puffs (100 \\[µg\\] each) \\+ 1 if FEV1 \\<= 60 %.",
            )
        ],
        primary=[("FEV1 \\[% predicted\\]", "4 weeks", "\\# of participants with a rise \\>= 5 points")],
        criteria="""
            **Inclusion Criteria**

            1\\. Cystic fibrosis with sweat chloride \\>= 60 mmol/L

            2\\. FEV1 \\> 40 % and \\< 90 % predicted

            Exclusion Criteria :

            \\- *Burkholderia cepacia* in sputum

            \\- ALT \\&gt; 3 x ULN""",
        ages=("6 Years", None),
        extra={
            "protocolSection": {
                "descriptionModule": {
                    "detailedDescription": "Numbered:\n\n1. one\n2. two\n   * two and a half\n   * a `code` word\n\nA table of doses would be\n\n* 5 mg \\| children\n* 10 mg \\| adults\n\nA link: [the page](https://example.org/page) and a bare one, https://example.org/bare.\n\n# A heading\n\n> A quoted line.\n\nHard  \nbreak, and <b>not bold</b>."
                }
            }
        },
    )


def _ids() -> Json:
    return study(
        34,
        "Rituxi-sample in Multiple Myeloma With Many Names (Invented)",
        acronym="MANY-IDS",
        org_id="MUP-MM-1",
        status="ACTIVE_NOT_RECRUITING",
        sponsor=MADEUP,
        collaborators=[
            AGENCY,
            ("Invented Navy Hospital", "FED"),
            ("Invented Section of an Institute", "NIH"),
            ("Person Who Does Not Exist", "INDIV"),
            ("Ambiguous Invented Body", "AMBIG"),
        ],
        first="2015-05-05",
        update="2023-11-11",
        start="2015-07-01",
        primary_completion="2019-01-31",
        completion="2027-01-31~",
        phases=["PHASE3"],
        enrollment=(318, "ACTUAL"),
        design=design("RANDOMIZED", "PARALLEL", "TREATMENT", "SINGLE", "CARE_PROVIDER"),
        summary="It shows every kind of id, and results whose posting was certified as delayed.",
        conditions=["Multiple Myeloma"],
        mesh=["Multiple Myeloma"],
        arms=[
            ("EXPERIMENTAL", "Rituxi-sample", "", "Rituxi-sample", "Gene panel"),
            ("OTHER", "Choice of the investigator", "", "Gene panel"),
        ],
        interventions=[("BIOLOGICAL", "Rituxi-sample", "375 mg/m² IV weekly ×4."), ("GENETIC", "Gene panel", "")],
        primary=[("Progression-free survival", "3 years")],
        criteria="""
            Inclusion Criteria:

            * Multiple myeloma, 1 to 3 prior lines including a proteasome inhibitor
            * Serum M-protein ≥ 0.5 g/dL or urine M-protein ≥ 200 mg/24 h

            Exclusion Criteria:

            * Plasma cell leukemia
            * Peripheral neuropathy of grade ≥ 3, or grade 2 with pain""",
        sites=[
            site("Invented Clinic of Prague", "Prague", "Czechia", at=(50.08, 14.44)),
            site("Invented Clinic of Chennai", "Chennai", "India"),
        ],
        officials=[{"name": "Director of the Invented", "affiliation": MADEUP[0], "role": "STUDY_DIRECTOR"}],
        extra={
            "protocolSection": {
                "identificationModule": {
                    "nctIdAliases": ["NCT99900034"],
                    "orgStudyIdInfo": {"id": "MUP-MM-1", "type": "FDA", "link": "https://example.org/ids/1"},
                    "secondaryIdInfos": [
                        {"id": "2014-009999-98", "type": "EUDRACT_NUMBER"},
                        {"id": "2024-599999-98-00", "type": "CTIS"},
                        {"id": "R01INVENTED9999", "type": "NIH", "link": "https://example.org/reporter/9999"},
                        {"id": "U1111-INVENTED", "type": "REGISTRY", "domain": "Invented registry network"},
                        {"id": "VA-INVENTED", "type": "VA"},
                        {"id": "OTHER-9", "type": "OTHER", "domain": "Invented insurer"},
                        {"id": "UNTYPED-1"},
                    ],
                },
                "statusModule": {
                    "dispFirstSubmitDate": "2020-01-20",
                    "dispFirstSubmitQcDate": "2020-01-20",
                    "dispFirstPostDateStruct": {"date": "2020-01-23", "type": "ESTIMATED"},
                },
                "oversightModule": {"isFdaRegulatedDrug": True},
            },
            "derivedSection": {
                "conditionBrowseModule": {
                    "browseLeaves": [
                        {
                            "id": "M11526",
                            "name": "Multiple Myeloma",
                            "asFound": "Multiple Myeloma",
                            "relevance": "HIGH",
                        },
                        {"id": "M12315", "name": "Neoplasms, Plasma Cell", "relevance": "LOW"},
                    ],
                    "browseBranches": [
                        {"abbrev": "BC04", "name": "Neoplasms"},
                        {"abbrev": "All", "name": "All Conditions"},
                    ],
                },
                "interventionBrowseModule": {
                    "browseLeaves": [
                        {"id": "M9999", "name": "Invented Leaf", "asFound": "Choice", "relevance": "LOW"}
                    ],
                    "browseBranches": [{"abbrev": "ANeo", "name": "Antineoplastic Agents"}],
                },
            },
        },
    )


def _retrospective() -> Json:
    return study(
        38,
        "Time to Treatment of Melanoma in Rural Clinics: Charts From 2010 to 2020 (Invented)",
        org_id="FNHI-MEL",
        status="COMPLETED",
        sponsor=AGENCY,
        study_type="OBSERVATIONAL",
        first="2021-09-01",
        update="2022-02-02",
        start="2021-10-01",
        primary_completion="2021-12-01",
        completion="2021-12-31",
        enrollment=(812, "ACTUAL"),
        design={"observationalModel": "OTHER", "timePerspective": "RETROSPECTIVE"},
        summary="Read old charts to learn how long people waited for surgery of a melanoma.",
        conditions=["Melanoma"],
        mesh=["Melanoma"],
        primary=[("Days from biopsy to surgery", "2010 to 2020")],
        criteria="Any adult with a biopsy-proven melanoma.",
        sites=[_VIENNA],
        extra={
            "protocolSection": {
                "designModule": {"bioSpec": {"retention": "NONE_RETAINED"}, "patientRegistry": False},
                "eligibilityModule": {
                    "samplingMethod": "PROBABILITY_SAMPLE",
                    "studyPopulation": "Charts of 14 invented clinics.",
                },
            }
        },
    )


def _no_longer_available() -> Json:
    return study(
        39,
        "Compassionate Use of an Invented Enzyme for Pompe Disease in Children",
        org_id="ICHM-EAP",
        status="NO_LONGER_AVAILABLE",
        sponsor=CHILDREN,
        collaborators=[PLACEHOLDER],
        study_type="EXPANDED_ACCESS",
        first="2017-03-03",
        update="2021-05-05",
        summary="It was open to children with infantile-onset Pompe disease until the enzyme was approved (in this story).",
        conditions=["Pompe Disease"],
        interventions=[("COMBINATION_PRODUCT", "Invented enzyme", "20 mg/kg IV every 2 weeks.")],
        criteria="Children with infantile-onset Pompe disease, GAA activity \\< 1 % of normal.",
        ages=(None, "2 Years"),
        extra={
            "protocolSection": {
                "designModule": {"expandedAccessTypes": {"intermediate": True}},
                "statusModule": {"expandedAccessInfo": None},
            }
        },
    )


def studies() -> list[Json]:
    """The rarer shapes."""
    return [
        _cohort(),
        _case_control(),
        _expanded_access(),
        _many_sites(),
        _few_fields(),
        _nested(),
        _disease_characteristics(),
        _no_headings(),
        _links(),
        _alphabets(),
        _markup(),
        _ids(),
        _retrospective(),
        _no_longer_available(),
    ]
