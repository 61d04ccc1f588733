"""Small values of the registry: ids, partial dates, ages, enrolment.

Owns what a string of the record means. Must not know: the record's shape beyond one object, storage, pages.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Protocol

from ..errors import InvalidValue

UNKNOWN_ENROLLMENT = 99_999_999
_NCT = re.compile(r"[Nn][Cc][Tt][ :#-]{0,2}(?!0{8})([0-9]{8})")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T\d{2}:\d{2}(?::\d{2})?)?")
_AGE = re.compile(r"(\d+) (Year|Month|Week|Day|Hour|Minute)s?")
_UNIT_DAYS = {"Year": 365.25, "Month": 30.4375, "Week": 7.0, "Day": 1.0, "Hour": 1 / 24, "Minute": 1 / 1440}


class NctId(str):
    """A registry id in its one canonical form, "NCT" and eight digits. Zeros are not filled in: with a digit too few
    or too many there is no telling which study is meant.

    Raises:
        InvalidValue: the text is not an NCT id.
    """

    def __new__(cls, text: str) -> NctId:
        match = _NCT.fullmatch(text.strip())
        if match is None:
            raise InvalidValue(f"{text[:40]!r} is not an NCT id", hint="An id looks like NCT07320690.")
        return super().__new__(cls, f"NCT{match[1]}")

    @classmethod
    def find(cls, text: str) -> NctId | None:  # type: ignore[override]
        """The id that the whole text is, or None."""
        return cls(text) if _NCT.fullmatch(text.strip()) else None


@total_ordering
@dataclass(frozen=True, eq=False)
class PartialDate:
    """A date as precise as the registry gives it: year, year and month, or a full day.

    Equal only at the same precision. Sorts by first possible day, less precise before more precise, so the
    order is total; whether one date is *surely* before another is `surely_before`.

    Source: registry format yyyy[-MM[-dd]]; a time of day is dropped.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate | None:
        """The date, or None when the text is not a possible date."""
        match = _DATE.fullmatch(text.strip())
        if match is None:
            return None
        year, month, day = (int(part) if part else None for part in match.groups())
        if year is None or not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
            return None
        if month is not None and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
            return None
        return cls(year, month, day)

    @property
    def first(self) -> dt.date:
        """The first day that it may mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day that it may mean."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def precision(self) -> str:
        """ "year", "month" or "day"."""
        return "day" if self.day else "month" if self.month else "year"

    def surely_before(self, other: PartialDate | dt.date) -> bool:
        """Whether every day it may mean lies before every day the other may mean."""
        return self.last < (other.first if isinstance(other, PartialDate) else other)

    def _key(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self._key() == other._key()

    def __lt__(self, other: PartialDate) -> bool:
        return self._key() < other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __str__(self) -> str:
        return "-".join(f"{part:0{4 if i == 0 else 2}d}" for i, part in enumerate(self._key()) if part)


@dataclass(frozen=True)
class Age:
    """An age bound with its own unit; a maximum includes the whole last unit (75 Years = until the 76th birthday).

    Source: eligibilityModule.minimumAge and maximumAge, designModule.targetDuration.
    """

    count: int
    unit: str  # Year, Month, Week, Day, Hour, Minute

    @classmethod
    def parse(cls, text: str) -> Age | None:
        """The age, or None when the text is none ("N/A", "")."""
        match = _AGE.fullmatch(text.strip())
        return cls(int(match[1]), match[2]) if match else None

    @property
    def years(self) -> float:
        """The age in years of 365.25 days."""
        return self.count * _UNIT_DAYS[self.unit] / _UNIT_DAYS["Year"]

    @property
    def years_exclusive_end(self) -> float:
        """The first age in years that a *maximum* of this age no longer allows."""
        return (self.count + 1) * _UNIT_DAYS[self.unit] / _UNIT_DAYS["Year"]

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


class _EnrollmentInfo(Protocol):
    @property
    def count(self) -> int | None: ...
    @property
    def type(self) -> str | None: ...


@dataclass(frozen=True)
class Enrollment:
    """How many take part. `count` None: not stated or unknown; `actual` None: not said whether planned or actual.

    Source: designModule.enrollmentInfo; 99999999 is the registry's sentinel for "unknown".
    """

    count: int | None = None
    actual: bool | None = None

    @classmethod
    def read(cls, info: _EnrollmentInfo | None) -> Enrollment:
        if info is None:
            return cls()
        count = None if info.count == UNKNOWN_ENROLLMENT else info.count
        return cls(count, None if info.type is None else info.type == "ACTUAL")
