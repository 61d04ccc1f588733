"""What is filtered, faceted and sorted: values that are stated, not stated, or out of the asked range.

Every filter has three answers. "Not stated" is kept as the filter's own name in the index's `missing` field, so
that it can be asked for, counted and never mistaken for "no". Must not know the engine or pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ...model import Age, PartialDate, Study
from ...model.values import Enrollment
from ...vocab import known_values, label

LARGEST = 2**62
"""Stands for "no upper bound" in the index."""


@dataclass(frozen=True)
class Keyword:
    """A filter with named values. `read` gives the values of a study, none when not stated."""

    name: str
    label: str
    pieces: tuple[str, ...]
    short: tuple[str, ...]
    read: Callable[[Study], Iterable[str | None]]
    enum: str = ""  # its values and labels are this enum's; "" means free values
    aliases: tuple[tuple[str, str], ...] = ()
    facet: bool = True

    def show(self, value: str) -> str:
        """The value for people."""
        if self.enum:
            return label(self.enum, value)
        return dict(_SHOWN.get(self.name, ())).get(value, value)

    @property
    def values(self) -> tuple[str, ...]:
        """All values it can have; () when they are free."""
        return tuple(sorted(known_values(self.enum))) if self.enum else tuple(dict(_SHOWN.get(self.name, ())))


@dataclass(frozen=True)
class DateFilter:
    """A date of the record, indexed as its first and its last possible day (yyyymmdd)."""

    name: str
    label: str
    pieces: tuple[str, ...]
    short: tuple[str, ...]
    read: Callable[[Study], str | None]

    def days(self, study: Study) -> tuple[int, int] | None:
        """First and last possible day, None when not stated or no date."""
        text = self.read(study)
        date = PartialDate.parse(text) if text else None
        return (_day(date.first), _day(date.last)) if date else None


@dataclass(frozen=True)
class NumberFilter:
    """A number of the record; None when not stated."""

    name: str
    label: str
    pieces: tuple[str, ...]
    short: tuple[str, ...]
    read: Callable[[Study], int | None]


@dataclass(frozen=True)
class FitFilter:
    """Whether a person's value fits what the study allows: an age within the bounds, a sex among those accepted.

    Absent bounds are open bounds, as the registry means them.
    """

    name: str
    label: str
    short: tuple[str, ...]


Filter = Keyword | DateFilter | NumberFilter | FitFilter


def _day(date: dt.date) -> int:
    return date.year * 10_000 + date.month * 100 + date.day


def _date(part: str) -> Callable[[Study], str | None]:
    def read(study: Study) -> str | None:
        struct = getattr(study.status, part)
        return struct if struct is None or isinstance(struct, str) else struct.date

    return read


def _yes_no(value: bool | None) -> tuple[str, ...]:
    return () if value is None else ("yes" if value else "no",)


def _lead_class(study: Study) -> tuple[str | None, ...]:
    lead = study.sponsors.lead_sponsor
    return (lead.class_,) if lead else ()


def _results(study: Study) -> tuple[str, ...]:
    return _yes_no(bool(study.has_results) or study.results_section is not None)


def _masking(study: Study) -> tuple[str | None, ...]:
    info = study.design_info.masking_info
    return (info.masking,) if info else ()


def _sponsor(study: Study) -> tuple[str | None, ...]:
    lead = study.sponsors.lead_sponsor
    return (lead.name,) if lead else ()


def _condition_terms(study: Study) -> Iterable[str | None]:
    """MeSH terms where the registry has found any, else the conditions as entered."""
    return dict.fromkeys(mesh.term for mesh in study.condition_meshes) or dict.fromkeys(study.conditions)


def _intervention_terms(study: Study) -> Iterable[str | None]:
    """MeSH terms where the registry has found any, else the names as entered."""
    return dict.fromkeys(mesh.term for mesh in study.intervention_meshes) or dict.fromkeys(
        each.name for each in study.interventions
    )


def _results_delay(study: Study) -> int | None:
    """Days from the last possible day of primary completion to the posting of results; 0 when posted before it."""
    done, posted = (
        PartialDate.parse(text) if text else None
        for text in (
            _date("primary_completion_date_struct")(study),
            _date("results_first_post_date_struct")(study),
        )
    )
    return max(0, (posted.first - done.last).days) if done and posted else None


_SHOWN: dict[str, tuple[tuple[str, str], ...]] = {
    "sponsor_class": (
        ("INDUSTRY", "Industry"),
        ("NIH", "NIH"),
        ("FED", "Other US federal"),
        ("OTHER_GOV", "Other government"),
        ("NETWORK", "Network"),
        ("INDIV", "Individual"),
        ("OTHER", "University, hospital or other"),
        ("AMBIG", "Ambiguous"),
        ("UNKNOWN", "Unknown class"),
    ),
    "healthy": (("yes", "Accepted"), ("no", "Not accepted")),
    "results": (("yes", "Posted"), ("no", "None posted")),
}
_PHASES = (
    ("0", "EARLY_PHASE1"),
    ("1", "PHASE1"),
    ("2", "PHASE2"),
    ("3", "PHASE3"),
    ("4", "PHASE4"),
    ("i", "PHASE1"),
    ("ii", "PHASE2"),
    ("iii", "PHASE3"),
    ("iv", "PHASE4"),
    ("n/a", "NA"),
)
_YES = (("true", "yes"), ("y", "yes"), ("with", "yes"), ("false", "no"), ("n", "no"), ("without", "no"))

KEYWORDS: tuple[Keyword, ...] = (
    Keyword("status", "Status", ("OverallStatus",), ("status",), lambda s: (s.overall_status,), "Status"),
    Keyword("phase", "Phase", ("Phase",), ("phase",), lambda s: s.design.phases, "Phase", _PHASES),
    Keyword("type", "Study type", ("StudyType",), ("type",), lambda s: (s.design.study_type,), "StudyType"),
    Keyword("country", "Country", ("LocationCountry",), ("country",), lambda s: s.countries),
    Keyword("sponsor_class", "Sponsor class", ("LeadSponsorClass",), ("class", "funder"), _lead_class),
    Keyword(
        "intervention_type",
        "Intervention type",
        ("InterventionType",),
        ("itype",),
        lambda s: dict.fromkeys(i.type for i in s.interventions),
        "InterventionType",
    ),
    Keyword("results", "Results", ("HasResults",), ("results",), _results, aliases=_YES),
    Keyword(
        "healthy",
        "Healthy volunteers",
        ("HealthyVolunteers",),
        ("healthy",),
        lambda s: _yes_no(s.eligibility.healthy_volunteers),
        aliases=_YES,
    ),
    Keyword("sex_accepted", "Sex accepted", ("Sex",), (), lambda s: (s.eligibility.sex,), "Sex"),
    Keyword("std_age", "Age group", ("StdAge",), ("ages",), lambda s: s.eligibility.std_ages, "StandardAge"),
    Keyword(
        "purpose",
        "Primary purpose",
        ("DesignPrimaryPurpose",),
        ("purpose",),
        lambda s: (s.design_info.primary_purpose,),
        "PrimaryPurpose",
        facet=False,
    ),
    Keyword(
        "allocation",
        "Allocation",
        ("DesignAllocation",),
        ("allocation",),
        lambda s: (s.design_info.allocation,),
        "DesignAllocation",
        facet=False,
    ),
    Keyword("masking", "Masking", ("DesignMasking",), ("masking",), _masking, "DesignMasking", facet=False),
)
KEYWORDS += (
    Keyword("sponsor", "Lead sponsor", ("LeadSponsorExact",), (), _sponsor, facet=False),
    Keyword("condition_term", "Condition", ("ConditionTerm",), (), _condition_terms, facet=False),
    Keyword("intervention_term", "Intervention", ("InterventionTerm",), (), _intervention_terms, facet=False),
    Keyword("phases", "Phases", ("PhaseGroup",), (), lambda s: ("/".join(s.design.phases),), facet=False),
)
"""Exact values that a landscape counts; the pieces are Trialkin's own, the registry has none of these names."""

DATES: tuple[DateFilter, ...] = (
    DateFilter("start", "Start", ("StartDate",), ("start",), _date("start_date_struct")),
    DateFilter(
        "primary_completion",
        "Primary completion",
        ("PrimaryCompletionDate",),
        ("primary",),
        _date("primary_completion_date_struct"),
    ),
    DateFilter("completion", "Completion", ("CompletionDate",), ("completion",), _date("completion_date_struct")),
    DateFilter(
        "first_posted",
        "First posted",
        ("StudyFirstPostDate",),
        ("posted",),
        _date("study_first_post_date_struct"),
    ),
    DateFilter(
        "results_posted",
        "Results first posted",
        ("ResultsFirstPostDate",),
        ("resultsposted",),
        _date("results_first_post_date_struct"),
    ),
    DateFilter(
        "updated",
        "Last update posted",
        ("LastUpdatePostDate",),
        ("updated",),
        _date("last_update_post_date_struct"),
    ),
)


def _enrolled(study: Study) -> int | None:
    return Enrollment.read(study.design.enrollment_info).count


NUMBERS: tuple[NumberFilter, ...] = (
    NumberFilter("enrollment", "Participants", ("EnrollmentCount",), ("enrollment", "size"), _enrolled),
    NumberFilter("results_delay", "Days to results", ("ResultsDelayDays",), (), _results_delay),
)
AGE = FitFilter("age", "Age", ("age",))
SEX = FitFilter("sex", "Sex", ("sex",))
FITS: tuple[FitFilter, ...] = (AGE, SEX)

FILTERS: tuple[Filter, ...] = (*KEYWORDS, *DATES, *NUMBERS, *FITS)
FILTER_BY_NAME: dict[str, Filter] = {each.name: each for each in FILTERS}
SITE_STATUS = Keyword(
    "site_status", "Status of a site", ("LocationStatus",), (), lambda _: (), "Status", facet=False
)
"""Asked of one site only (`SEARCH[Location]`), so no field of the index; the study's status where a site has none."""
FILTER_BY_PIECE: dict[str, Filter] = {
    piece.lower(): each
    for each in (*FILTERS, SITE_STATUS)
    if not isinstance(each, FitFilter)
    for piece in each.pieces
}
FILTER_BY_SHORT: dict[str, Filter] = {short: each for each in FILTERS for short in each.short}


def age_days(study: Study) -> tuple[int, int] | None:
    """The ages accepted, in days from birth: the first and the last day; None when nothing says who may join.

    Source: eligibilityModule.minimumAge, maximumAge (the whole last unit counts), stdAges.
    """
    rules = study.eligibility
    low = Age.parse(rules.minimum_age) if rules.minimum_age else None
    high = Age.parse(rules.maximum_age) if rules.maximum_age else None
    if low is None and high is None and not rules.std_ages:
        return None
    first = 0 if low is None else _days(low.years)
    last = LARGEST if high is None else _days(high.years_exclusive_end) - 1
    return first, last


def _days(years: float) -> int:
    return round(years * 365.25)
