# ruff: noqa: E501
"""NCT07320690: the facts of the registered study, every sentence in our own words.

What the source page does not give (conditions, summary, outcomes, contacts) is left out rather than made up.
Both criteria lists start at 2 as posted, the site's name is spelt as posted and dates carry no type.
"""

from __future__ import annotations

from .build import Json, arms_and_interventions, cleandoc, date

_SPONSOR = "Shanghai Ninth People's Hospital Affiliated to Shanghai Jiao Tong University"

_ARMS = [
    (
        "",
        "De-escalation surgery",
        "What is resected, and how, follows the tumor boundaries that remain once neoadjuvant therapy is over.",
        "De-escalation surgery",
        "radiotherapy",
        "adjuvant immunotherapy",
    ),
    (
        "",
        "Standard Surgery",
        "What is resected, and how, follows the tumor boundaries as they were before neoadjuvant therapy.",
        "Standard Surgery",
        "radiotherapy",
        "adjuvant immunotherapy",
    ),
]

_INTERVENTIONS = [
    (
        "PROCEDURE",
        "De-escalation surgery",
        "Resection planned on the extent of tumor found after neoadjuvant therapy.",
    ),
    (
        "PROCEDURE",
        "Standard Surgery",
        "Resection planned on the extent of tumor recorded before neoadjuvant therapy.",
    ),
    (
        "RADIATION",
        "radiotherapy",
        """
        To begin no later than 6 weeks after the operation; may be left out where a pathological complete response
        (pCR) was reached. Primary site and involved nodes: 60-70 Gy in 30-35 fractions, one fraction a day on weekdays
        (60 Gy at low risk, 66 Gy at high risk, 70 Gy for residual disease). Areas of suspected subclinical spread: 45-50 Gy
        (2 Gy/f) or 54-63 Gy (1.6-1.8 Gy/f). With extracapsular nodal extension or a positive/close margin (\\<1 mm),
        cisplatin is added during radiotherapy: 100 mg/m² every 3 weeks ×3, the dose adjusted to renal function. Where
        cisplatin is unsuitable, cetuximab takes its place: 400 mg/m² in week one, then 250 mg/m² weekly.""",
    ),
    (
        "DRUG",
        "adjuvant immunotherapy",
        "Immunotherapy after surgery, guided by the plan made at the start of treatment and by clinical need.",
    ),
]

_CRITERIA = """
    Inclusion Criteria:

    2. Primary squamous cell carcinoma of the head and neck proven by histology (nasopharyngeal carcinoma not included).
    3. Clinical stage III-IVa before immunotherapy, staged by the AJCC TNM system, 8th edition; for the oropharynx: stage III-IVa when p16-negative, stage III when p16-positive.
    4. ECOG performance status 0 or 1.
    5. Expected survival ≥6 months.
    6. Immune checkpoint inhibitor given before surgery, mainly an anti-PD-1 monoclonal antibody or a bispecific antibody with an anti-PD-1 arm, of any brand, alone or together with chemotherapy or targeted therapy, for six cycles at most.
    7. Complete response (CR) or partial response (PR) on imaging after preoperative therapy by RECIST 1.1.
    8. Judged by the surgeon to be suitable for de-escalation surgery, for example: no operation on the primary lesion; a critical structure or function kept, such as a mandible that was due for resection; no flap reconstruction needed; or less than half of the tongue removed where hemi-glossectomy had been planned.
    9. Neither curative surgery nor radiotherapy for the present tumor so far.
    10. Ready to have surgery.
    11. Nothing that clearly speaks against surgery.
    12. Takes part of their own will, has signed informed consent, and is able and prepared to keep to treatment and follow-up visits.

    Exclusion Criteria:

    2. The present tumor is a recurrence.
    3. Within 6 months before randomization: myocardial infarction, severe or unstable angina, heart failure of NYHA class II or higher, or symptomatic congestive heart failure.
    4. Past abuse of psychiatric drugs or drug addiction.
    5. Pregnancy or breastfeeding.
    6. Another malignancy diagnosed within 5 years before entry, except for the following when treated locally and cured: basal or squamous cell carcinoma of the skin, superficial carcinoma of the bladder, carcinoma in situ of the cervix, ductal carcinoma in situ of the breast, papillary carcinoma of the thyroid.
    7. Any further serious physical or mental disease or abnormal laboratory value that could make taking part riskier or blur the results, or anything else for which the investigator finds the person unsuitable.
"""


def studies() -> list[Json]:
    """The one registered study."""
    owner = {"name": _SPONSOR, "class": "OTHER"}
    site = {
        "facility": "Shanghai Ninth Peolple's Hospital",
        "city": "Shanghai",
        "state": "Shanghai Municipality",
        "country": "China",
    }
    return [
        {
            "protocolSection": {
                "identificationModule": {
                    "nctId": "NCT07320690",
                    "orgStudyIdInfo": {"id": "JYKQ-2025-057"},
                    "secondaryIdInfos": [{"id": "NCRCO2025ZD-01", "type": "OTHER_GRANT"}],
                    "briefTitle": "De-Escalation Surgery After Immunotherapy in Locally Advanced Head and Neck Squamous Cell Carcinoma",
                    "organization": {"fullName": _SPONSOR, "class": "OTHER"},
                },
                "statusModule": {
                    "overallStatus": "NOT_YET_RECRUITING",
                    "startDateStruct": date("2026-01-01?"),
                    "completionDateStruct": date("2031-07-01?"),
                    "lastUpdatePostDateStruct": date("2026-01-06?"),
                },
                "sponsorCollaboratorsModule": {
                    "responsibleParty": {
                        "type": "PRINCIPAL_INVESTIGATOR",
                        "investigatorFullName": "Yue He, MD",
                        "investigatorTitle": "Director of Oral and Maxillofacial & Head and Neck Oncology Department , Principal Investigator, Clinical Professor",
                    },
                    "leadSponsor": owner,
                },
                "designModule": {
                    "studyType": "INTERVENTIONAL",
                    "phases": ["PHASE3"],
                    "designInfo": {
                        "allocation": "RANDOMIZED",
                        "interventionModel": "PARALLEL",
                        "primaryPurpose": "TREATMENT",
                        "maskingInfo": {"masking": "NONE"},
                    },
                    "enrollmentInfo": {"count": 356},
                },
                "armsInterventionsModule": arms_and_interventions(_ARMS, _INTERVENTIONS),
                "eligibilityModule": {
                    "eligibilityCriteria": cleandoc(_CRITERIA),
                    "healthyVolunteers": False,
                    "sex": "ALL",
                    "minimumAge": "18 Years",
                    "maximumAge": "75 Years",
                },
                "contactsLocationsModule": {"locations": [site]},
            },
            "hasResults": False,
        }
    ]
