"""The study record as typed, frozen values. No I/O, no labels, no pages.

Import the record's parts from `protocol`, `results` and `derived`.
"""

from .study import Study, read_study
from .values import Age, Enrollment, NctId, PartialDate

__all__ = ["Age", "Enrollment", "NctId", "PartialDate", "Study", "read_study"]
