"""The study record as typed, frozen values. No I/O, no labels, no pages.

Import the record's parts from `protocol`, `results` and `derived`.
"""

from .ids import StudyId
from .study import Study, not_understood, read_study
from .trimmed import is_trimmed, missing_parts
from .values import Age, Enrollment, NctId, PartialDate

__all__ = [
    "Age", "Enrollment", "NctId", "PartialDate", "Study", "StudyId", "is_trimmed", "missing_parts", "not_understood",
    "read_study",
]  # fmt: skip
