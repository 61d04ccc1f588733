"""The reading of one study: its criteria and its doses, and what they depend on besides the record.

Must not know: files, how texts are read.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from ...model import Study
from ...model.criteria import Criteria
from ...reading.criteria import parse_criteria
from ...reading.doses import DosedText, study_regimens

_NOT_READ_BY = ("cities.tsv", "countries.tsv")  # large, and for maps and search alone


class StudyReading(msgspec.Struct, frozen=True, array_like=True):
    """What the texts of a study say, with spans into them."""

    criteria: Criteria = Criteria()
    doses: tuple[DosedText, ...] = ()


def read_texts(study: Study) -> StudyReading:
    """Read the texts of a study by the rules of now.

    Source: eligibilityModule.eligibilityCriteria, armsInterventionsModule.
    """
    return StudyReading(parse_criteria(study.eligibility.eligibility_criteria), study_regimens(study))


@cache
def rules() -> str:
    """The version of the rules: a hash over the code that reads, the values it makes, and the tables it reads by."""
    package = files(__package__.partition(".")[0])
    made = hashlib.blake2b(digest_size=8)
    for folder, ending in (("reading", ".py"), ("vocab", ".py"), ("vocab/data", ".tsv")):
        for path in _below(package.joinpath(folder), ending):
            made.update(path.read_bytes())
    for name in ("criteria", "regimen", "values"):
        made.update(package.joinpath("model", f"{name}.py").read_bytes())
    return made.hexdigest()


def _below(folder: Traversable, ending: str) -> list[Traversable]:
    found = []
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.is_dir():
            found += _below(path, ending) if ending == ".py" else []
        elif path.name.endswith(ending) and path.name not in _NOT_READ_BY:
            found.append(path)
    return found
