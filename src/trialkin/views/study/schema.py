"""The design drawn: how people enter, how they are allocated, what each arm receives, what is measured."""

from __future__ import annotations

from ...model import Study
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Block, Figure
from ..pictures.schema import Schema, SchemaArm, Shape, draw
from ..words import age_text, count_of
from .context import PageContext

_SHAPES: dict[str, Shape] = {
    "CROSSOVER": "crossover",
    "SEQUENTIAL": "sequential",
    "FACTORIAL": "factorial",
    "SINGLE_GROUP": "single",
    "PARALLEL": "parallel",
}
_SAID = {
    "parallel": "arms run side by side",
    "crossover": "the same people change over from one treatment to the next",
    "sequential": "groups are enrolled one after another",
    "factorial": "each arm is one combination of treatments",
    "single": "everybody is in one group",
    "cohorts": "groups are observed, nothing is assigned",
}


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: armsInterventionsModule, designModule; shown where the record names at least one arm or cohort."""
    if not context.study.arm_groups:
        return ()
    shown = design_schema(context.study)
    return (Figure(draw(shown), shown.title, shown.description),)


def design_schema(study: Study) -> Schema:
    """The design as boxes."""
    shape = design_shape(study)
    arms = tuple(
        SchemaArm(
            plain(arm.label) or "Arm without a name",
            label("ArmGroupType", arm.type).lower() if arm.type else "",
            tuple(plain(name) for name in arm.intervention_names) or ("nothing assigned is stated",),
        )
        for arm in study.arm_groups
    )
    noun = "cohort" if shape == "cohorts" else "arm"
    return Schema(
        title="The design as a schema",
        description=f"{count_of(len(arms), noun)}; {_SAID[shape]}.",
        shape=shape,
        entry=_entry(study),
        allocation=_allocation(study, shape),
        arms=arms,
        follow_up=_follow_up(study),
    )


def design_shape(study: Study) -> Shape:
    """The shape that the record states; a record without a model is drawn as one group or as parallel arms."""
    if study.design.study_type == "OBSERVATIONAL":
        return "cohorts"
    found = _SHAPES.get(study.design_info.intervention_model or "")
    return found or ("single" if len(study.arm_groups) == 1 else "parallel")


def _entry(study: Study) -> tuple[str, ...]:
    first = "Expanded access" if study.design.study_type == "EXPANDED_ACCESS" else "Screening"
    low, high = age_text(study.eligibility.minimum_age), age_text(study.eligibility.maximum_age)
    ages = f"{low} to {high}" if low and high else f"{low} or older" if low else f"up to {high}" if high else ""
    sex = {"FEMALE": "female", "MALE": "male", "ALL": "all sexes"}.get(study.eligibility.sex or "", "")
    who = ", ".join(part for part in (ages, sex) if part)
    return tuple(line for line in (first, who, _size(study)) if line)


def _size(study: Study) -> str:
    size = study.enrollment
    if size.count is None:
        return ""
    kind = {True: " (actual)", False: " (planned)", None: ""}[size.actual]
    return f"{count_of(size.count, 'participant')}{kind}"


def _allocation(study: Study, shape: Shape) -> tuple[str, ...]:
    info = study.design_info
    masking = info.masking_info.masking if info.masking_info else None
    masked = f"masking: {label('DesignMasking', masking).lower()}" if masking else ""
    words = {
        "RANDOMIZED": "Randomized",
        "NON_RANDOMIZED": "Allocated, not at random",
        "NA": "" if shape == "single" else "Allocation does not apply",
    }.get(info.allocation or "", "")
    if shape == "factorial":
        words = f"{words}, factorial" if words else "Factorial"
    return tuple(line for line in (words, masked) if line)


def _follow_up(study: Study) -> tuple[str, ...]:
    primary = study.outcomes.primary_outcomes
    if not primary:
        return ()
    first = primary[0]
    when = f" ({plain(first.time_frame)})" if first.time_frame else ""
    lines = ["Follow-up: primary outcome", f"{plain(first.measure) or 'not named'}{when}"]
    if len(primary) > 1:
        lines.append(f"and {count_of(len(primary) - 1, 'further primary outcome')}")
    return tuple(lines)
