"""How the study is built: in one plain sentence, and as a list."""

from __future__ import annotations

from ...model import Study
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Block, Prose, Value, fact, facts, present
from ..words import age_text, count_of, enum_value, yes_no
from .context import PageContext

_MASKING_WORDS = {"NONE": "open-label", "SINGLE": "single-masked", "DOUBLE": "double-masked",
                  "TRIPLE": "triple-masked", "QUADRUPLE": "quadruple-masked"}  # fmt: skip
_MODEL_WORDS = {"PARALLEL": "parallel-group", "CROSSOVER": "crossover", "FACTORIAL": "factorial",
                "SEQUENTIAL": "sequential", "SINGLE_GROUP": "single-group"}  # fmt: skip
_PURPOSE_WORDS = {
    "TREATMENT": "of a treatment", "PREVENTION": "of prevention", "DIAGNOSTIC": "of diagnosis",
    "SUPPORTIVE_CARE": "of supportive care", "SCREENING": "of screening", "BASIC_SCIENCE": "in basic science",
    "HEALTH_SERVICES_RESEARCH": "of health services", "DEVICE_FEASIBILITY": "of a device's feasibility",
    "ECT": "of education, counselling or training",
}  # fmt: skip
_ACCESS_WORDS = (
    ("individual", "ExpandedAccessTypeIndividual", "Individual patients"),
    ("intermediate", "ExpandedAccessTypeIntermediate", "Intermediate-size population"),
    ("treatment", "ExpandedAccessTypeTreatment", "Treatment IND or protocol"),
)


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: designModule."""
    study = context.study
    sentence = design_sentence(study)
    return present(Prose(sentence, markup=False) if sentence else None, _facts(study), _descriptions(study))


def design_sentence(study: Study) -> str:
    """The design as one sentence of plain English, "" when the record says too little for one."""
    kind = study.design.study_type
    if kind == "EXPANDED_ACCESS":
        return "A programme that offers the treatment outside a trial (expanded access); it tests no hypothesis."
    if kind == "OBSERVATIONAL":
        return _observational_sentence(study)
    return _interventional_sentence(study) if kind == "INTERVENTIONAL" else ""


def _interventional_sentence(study: Study) -> str:
    info, words = study.design_info, []
    words += {"RANDOMIZED": ["randomized"], "NON_RANDOMIZED": ["non-randomized"]}.get(info.allocation or "", [])
    masking = info.masking_info.masking if info.masking_info else None
    named = (_MASKING_WORDS.get(masking or ""), _MODEL_WORDS.get(info.intervention_model or ""))
    words += [word for word in named if word]
    phases = [phase for phase in study.design.phases if phase != "NA"]
    if phases:
        words.append("/".join(label("Phase", phase) for phase in phases).lower().replace("/phase ", "/"))
    subject = " ".join([", ".join(words), "trial"] if words else ["trial"])
    purpose = _PURPOSE_WORDS.get(info.primary_purpose or "", "")
    sentence = f"{_article(subject)} {subject}{' ' + purpose if purpose else ''}"
    return f"{sentence}{_arms_words(study)}{_size_words(study)}."


def _observational_sentence(study: Study) -> str:
    info = study.design_info
    time = label("DesignTimePerspective", info.time_perspective).lower() if info.time_perspective else ""
    model = label("ObservationalModel", info.observational_model).lower() if info.observational_model else ""
    words = " ".join(word for word in (time, "" if model == "other" else model) if word and word != "other")
    subject = f"{words} observational study".strip()
    registry = ", kept as a patient registry" if study.design.patient_registry else ""
    return f"{_article(subject)} {subject}{registry}{_arms_words(study, 'group')}{_size_words(study)}."


def _article(words: str) -> str:
    return "An" if words[0] in "aeiou" else "A"


def _arms_words(study: Study, noun: str = "arm") -> str:
    count = len(study.arm_groups)
    return f" with {count_of(count, noun)}" if count else ""


def _size_words(study: Study) -> str:
    enrollment = study.enrollment
    if not enrollment.count:
        return ""
    verb = "took part" if enrollment.actual else "are to take part"
    people = "person" if enrollment.count == 1 else "people"
    if enrollment.count == 1 and not enrollment.actual:
        verb = "is to take part"
    return f"; {enrollment.count:,} {people} {verb}"


def _facts(study: Study) -> Block | None:
    design, info = study.design, study.design_info
    masking, access, specimens = info.masking_info, design.expanded_access_types, design.bio_spec
    return facts(
        fact("Allocation", enum_value("DesignAllocation", info.allocation)),
        fact("Intervention model", enum_value("InterventionalAssignment", info.intervention_model)),
        fact("Primary purpose", enum_value("PrimaryPurpose", info.primary_purpose)),
        fact("Masking", enum_value("DesignMasking", masking.masking) if masking else None),
        fact("Who is masked", *(enum_value("WhoMasked", who) for who in (masking.who_masked if masking else ()))),
        fact("Observational model", enum_value("ObservationalModel", info.observational_model)),
        fact("Time perspective", enum_value("DesignTimePerspective", info.time_perspective)),
        fact("Patient registry", yes_no(design.patient_registry, "PatientRegistry")),
        fact("Follow-up in the registry", _duration(design.target_duration)),
        fact("Biospecimens", enum_value("BioSpecRetention", specimens.retention) if specimens else None),
        *(
            fact(f"Expanded access: {words.lower()}", yes_no(getattr(access, name), piece) if access else None)
            for name, piece, words in _ACCESS_WORDS
        ),
        fact("Studies that point to this programme", _pointers(design.n_ptrs_to_this_exp_acc_nct_id)),
    )


def _duration(text: str | None) -> Value | None:
    return Value(age_text(text), registry=text) if text else None


def _pointers(count: int | None) -> Value | None:
    return None if count is None else Value(f"{count:,}", registry=str(count), piece="NPtrsToThisExpAccNCTId")


def _descriptions(study: Study) -> tuple[Block, ...]:
    info, specimens = study.design_info, study.design.bio_spec
    rows = (
        ("About the model", info.intervention_model_description),
        ("About the masking", info.masking_info.masking_description if info.masking_info else None),
        ("About the biospecimens", specimens.description if specimens else None),
    )
    found = facts(*(fact(name, Prose(text)) for name, text in rows if text and plain(text)))
    return (found,) if found else ()
