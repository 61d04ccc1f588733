"""The dose rows of a whole study: every arm and intervention text once.

Owns which texts are read and whose they are. Must not know how a text is read.
"""

from __future__ import annotations

from dataclasses import dataclass

from trialkin.model import Study
from trialkin.model.regimen import RegimenRow
from trialkin.reading.doses.reading import read_regimens
from trialkin.reading.markup import plain


@dataclass(frozen=True, slots=True)
class DosedText:
    """One text of a study and its rows.

    `source` is "arm" or "intervention"; `name` its label; `arms` the labels of the arms that it is about.
    """

    source: str
    name: str
    arms: tuple[str, ...]
    text: str
    rows: tuple[RegimenRow, ...]


def study_regimens(study: Study) -> tuple[DosedText, ...]:
    """The texts of a study that state a dose, interventions first, as the record orders them; equal texts once.

    Source: armsInterventionsModule.interventions[].description, armsInterventionsModule.armGroups[].description.
    """
    known = tuple(
        plain(name)
        for one in study.interventions
        for name in (one.name, *one.other_names)
        if name and len(name) < 80
    )
    texts = [
        (
            "intervention",
            plain(one.name),
            tuple(plain(label) for label in one.arm_group_labels),
            one.description,
            (),
        )
        for one in study.interventions
    ] + [("arm", plain(arm.label), (plain(arm.label),), arm.description, known) for arm in study.arm_groups]
    found: dict[str, DosedText] = {}
    for source, name, arms, text, names in texts:
        if not text:
            continue
        if text in found:
            one = found[text]
            arms = tuple(dict.fromkeys((*one.arms, *arms)))
            found[text] = DosedText(one.source, one.name, arms, text, one.rows)
        else:
            found[text] = DosedText(source, name, arms, text, read_regimens(text, name=name, known=names))
    return tuple(one for one in found.values() if one.rows)
