"""The sample library is valid, plainly invented, complete, and small."""

from __future__ import annotations

import json
import re
import types
import typing
from typing import Any

import msgspec
import pytest

from tests.sample.fields import leaves
from trialkin.model import Age, NctId, PartialDate, Study, read_study
from trialkin.sample import REWRITTEN, is_invented, records
from trialkin.vocab import known_values, label

RECORDS = {name.removesuffix(".json"): data for name, data in records()}
INVENTED = sorted(name for name in RECORDS if is_invented(name))

# Enum of each leaf: the last key, or the last two where one key means several things.
ENUMS = {
    "overallStatus": "Status",
    "lastKnownStatus": "Status",
    "statusForNctId": "ExpandedAccessStatus",
    "studyType": "StudyType",
    "phases[]": "Phase",
    "allocation": "DesignAllocation",
    "interventionModel": "InterventionalAssignment",
    "primaryPurpose": "PrimaryPurpose",
    "observationalModel": "ObservationalModel",
    "timePerspective": "DesignTimePerspective",
    "masking": "DesignMasking",
    "whoMasked[]": "WhoMasked",
    "retention": "BioSpecRetention",
    "enrollmentInfo.type": "EnrollmentType",
    "armGroups[].type": "ArmGroupType",
    "class": "AgencyClass",
    "interventions[].type": "InterventionType",
    "sex": "Sex",
    "stdAges[]": "StandardAge",
    "samplingMethod": "SamplingMethod",
    "role": "ContactRole",
    "status": "RecruitmentStatus",
    "references[].type": "ReferenceType",
    "ipdSharing": "IpdSharing",
    "infoTypes[]": "IpdSharingInfoType",
    "paramType": "MeasureParam",
    "measures[].dispersionType": "MeasureDispersionType",
    "outcomeMeasures[].type": "OutcomeMeasureType",
    "reportingStatus": "ReportingStatus",
    "analyses[].dispersionType": "AnalysisDispersionType",
    "ciNumSides": "ConfidenceIntervalNumSides",
    "nonInferiorityType": "NonInferiorityType",
    "assessmentType": "EventAssessment",
    "restrictionType": "AgreementRestrictionType",
    "unpostedEvents[].type": "UnpostedEventType",
    "violationEvents[].type": "ViolationEventType",
    "relevance": "BrowseLeafRelevance",
    "responsibleParty.type": "ResponsiblePartyType",
    "orgStudyIdInfo.type": "OrgStudyIdType",
    "secondaryIdInfos[].type": "SecondaryIdType",
}
FREE_TEXT = {"analyses[].paramType"}


def _shape(kind: Any) -> tuple[Any, bool]:
    """The type inside `X | None` or `tuple[X, ...]`, and whether it repeats."""
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        kind = next(part for part in typing.get_args(kind) if part is not type(None))
    if typing.get_origin(kind) is tuple:
        return typing.get_args(kind)[0], True
    return kind, False


def model_leaves(struct: type[msgspec.Struct], path: str = "") -> set[str]:
    """Every leaf path of the model."""
    found = set()
    hints = typing.get_type_hints(struct)
    for field in msgspec.structs.fields(struct):
        kind, repeated = _shape(hints[field.name])
        here = f"{path}.{field.encode_name}".lstrip(".") + ("[]" if repeated else "")
        found |= (
            model_leaves(kind, here) if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else {here}
        )
    return found


def _enum_of(path: str) -> str | None:
    last_two = ".".join(path.split(".")[-2:])
    if last_two in FREE_TEXT:
        return None
    if path.endswith("Struct.type"):
        return "DateType"
    return ENUMS.get(last_two) or ENUMS.get(path.split(".")[-1])


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_reads_whole(name: str) -> None:
    study = read_study(RECORDS[name])
    assert study.nct_id == name == NctId(name)
    again = json.loads(msgspec.json.encode(study))
    assert again == json.loads(RECORDS[name]), "a key or value that the model does not know"


@pytest.mark.parametrize("name", RECORDS)
def test_enums_and_dates_are_the_registrys(name: str) -> None:
    for path, value in leaves(json.loads(RECORDS[name])):
        enum = _enum_of(path)
        if enum:
            assert value in known_values(enum), f"{path}: {value} is no {enum}"
        if path.endswith("Date") or path.endswith("Struct.date"):
            assert PartialDate.parse(value), f"{path}: {value}"
        if path.endswith("imumAge"):
            assert Age.parse(value), f"{path}: {value}"


def test_every_enum_of_the_sample_is_checked() -> None:
    leaf = "protocolSection.designModule.designInfo.maskingInfo.masking"
    assert _enum_of(leaf) == "DesignMasking"
    assert not {name for name in ENUMS.values() if not known_values(name)}


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_record_says_so(name: str) -> None:
    study = read_study(RECORDS[name])
    text = RECORDS[name].decode()
    assert (study.description.brief_summary or "").startswith("Invented sample study")
    assert re.search(
        r"invented|imaginary|made-up|placeholder|example|fictitious",
        study.sponsors.lead_sponsor.name,
        re.IGNORECASE,
    )
    for address in re.findall(r"[\w.+-]+@[\w.-]+", text):
        assert address.endswith("example.org"), address
    for link in re.findall(r"https?://([\w.-]+)", text):
        assert link == "example.org" or link.endswith(".example.org"), link
    for path, phone in leaves(json.loads(text)):
        if path.endswith(".phone"):
            assert re.fullmatch(r"555-01\d\d", phone), phone
        if path.endswith(".citation"):
            assert "invented" in phone.lower(), phone
        if path.endswith(".pmid"):
            assert phone.startswith("999"), "a pmid that may exist"


def test_arms_and_interventions_name_each_other() -> None:
    for data in RECORDS.values():
        study = read_study(data)
        names = {f"{label('InterventionType', item.type)}: {item.name}" for item in study.interventions}
        arms = {arm.label for arm in study.arm_groups}
        for arm in study.arm_groups:
            assert set(arm.intervention_names) <= names
        for item in study.interventions:
            assert set(item.arm_group_labels) <= arms


def test_the_seed_study_keeps_its_facts() -> None:
    study = read_study(RECORDS["NCT07320690"])
    assert {"NCT07320690"} == REWRITTEN
    assert study.enrollment.count == 356
    lists = (study.eligibility.eligibility_criteria or "").split("Exclusion Criteria:")
    assert [re.findall(r"^(\d+)\. ", part, re.MULTILINE) for part in lists] == [
        [str(n) for n in range(2, 13)],
        [str(n) for n in range(2, 8)],
    ]
    assert "(\\<1 mm)" in (study.interventions[2].description or "")
    assert study.locations[0].facility == "Shanghai Ninth Peolple's Hospital"


def test_the_files_are_what_their_source_writes() -> None:
    from tools.make_sample import rendered

    assert {f"{name}.json": data for name, data in RECORDS.items()} == rendered()


def test_the_sample_is_small() -> None:
    assert sum(map(len, RECORDS.values())) <= 1_500_000


def test_no_record_holds_an_unknown_path() -> None:
    known = model_leaves(Study)
    for data in RECORDS.values():
        assert {path for path, _ in leaves(json.loads(data))} <= known


def test_together_they_fill_every_field() -> None:
    filled = {path for data in RECORDS.values() for path, _ in leaves(json.loads(data))}
    assert not model_leaves(Study) - filled  # the model has the registry's 344 leaves
