"""What kind of kin a study is, from its likenesses alone.

Thresholds were read off graded pairs (grade 3 is the same question) and are meant for grouping, not for judging.
Must not know: texts, storage, weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Relation(StrEnum):
    """The kinds, in the order in which groups are shown."""

    SAME_QUESTION = "same-question"
    OTHER_INTERVENTION = "same-population-other-intervention"
    ELSEWHERE = "same-intervention-elsewhere"
    FOLLOW_ON = "follow-on-extension-or-parent"
    PROGRAMME = "same-programme"
    DUPLICATE = "possible-duplicate-registration"
    OTHER = "related-otherwise"
    ITSELF = "the-study-itself"
    ABSENT = "not-in-this-library"


LABELS: dict[Relation, str] = {
    Relation.SAME_QUESTION: "Same question",
    Relation.OTHER_INTERVENTION: "Same population, other intervention",
    Relation.ELSEWHERE: "Same intervention, elsewhere",
    Relation.FOLLOW_ON: "Follow-on, extension or parent",
    Relation.PROGRAMME: "Same programme",
    Relation.DUPLICATE: "Possibly the same study registered twice",
    Relation.OTHER: "Related otherwise",
    Relation.ITSELF: "The study itself",
    Relation.ABSENT: "Not in this library",
}

_ALIKE = 0.5  # disease or intervention: mostly the same concepts
_TWINS = 0.97  # text so like that only a second registration explains it
_NAMED = 0.3  # the programme signal when one study names the other
_SHARED_IDS = 0.04  # the programme signal for a shared id or paper; a shared sponsor alone stays far below


def relation_of(found: Mapping[str, float | None]) -> Relation:
    """The kind of kinship; a study that names the other is a follow-on whatever else is alike."""
    value = {name: likeness or 0.0 for name, likeness in found.items()}
    if value["words"] >= _TWINS and value["text_vectors"] >= _TWINS:
        return Relation.DUPLICATE
    if value["programme"] >= _NAMED:
        return Relation.FOLLOW_ON
    disease, intervention = value["disease"] >= _ALIKE, value["intervention"] >= _ALIKE
    if disease and intervention:
        return Relation.SAME_QUESTION
    if value["programme"] >= _SHARED_IDS:
        return Relation.PROGRAMME
    if disease:
        return Relation.OTHER_INTERVENTION
    return Relation.ELSEWHERE if intervention else Relation.OTHER
