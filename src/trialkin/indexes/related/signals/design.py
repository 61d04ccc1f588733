"""Design and phase: how the study is built."""

from __future__ import annotations

from ....reading.passages import Reading
from ....vocab import label
from .base import Bag, Signal, no_quote


def _bag(reading: Reading) -> Bag:
    design, info = reading.study.design, reading.study.design_info
    masking = info.masking_info.masking if info.masking_info else None
    fields = (
        ("StudyType", design.study_type, 2.0),
        ("PrimaryPurpose", info.primary_purpose, 1.0),
        ("DesignAllocation", info.allocation, 0.7),
        ("InterventionalAssignment", info.intervention_model, 0.5),
        ("DesignMasking", masking and ("NONE" if masking == "NONE" else "DOUBLE"), 0.5),
        ("ObservationalModel", info.observational_model, 0.7),
        ("DesignTimePerspective", info.time_perspective, 0.5),
        *(("Phase", phase, 0.7) for phase in design.phases if phase != "NA"),
    )
    return {f"{enum}:{value}": weight for enum, value, weight in fields if value and value != "NA"}


def _say(term: str) -> str:
    enum, _, value = term.partition(":")
    if enum == "DesignMasking":
        return "open label" if value == "NONE" else "masked"
    return label(enum, value).lower()


SIGNAL = Signal(
    name="design",
    facet="design",
    label="same design and phase",
    absent="no design",
    bag=_bag,
    say=_say,
    quote=no_quote,
    rare_counts=False,
)
