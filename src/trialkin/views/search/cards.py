"""A hit as a card: what the study is, where it stands, and why it was found. Must not know pages or HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...indexes.search.engine import Answer
from ...indexes.search.explain import Explainer, Reason
from ...indexes.search.places import NearestSite, Point, nearest_site
from ...library import Library
from ...model import Study
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Fact, Value, fact
from ..standing import standing
from ..study.identity import ages_value
from ..words import count_of, enrollment_value, enum_value, phase_value, struct_value

MOST_NAMED = 4


@dataclass(frozen=True)
class Card:
    """One hit. `nearest`: the nearest open site when a place was asked for, "" otherwise.

    doubt: why an open status is not to be trusted, "" for none; confirmed: when an open study was last confirmed.
    ages: "18 to 75 years", "" where the record gives no bound. short: phase or type, and size, in one line.
    """

    nct_id: str
    title: str
    acronym: str
    status: Value
    sponsor: str
    conditions: str
    interventions: str
    facts: tuple[Fact, ...]
    nearest: str
    reasons: tuple[Reason, ...]
    invented: bool
    doubt: str = ""
    confirmed: str = ""
    ages: str = ""
    short: str = ""

    @property
    def titled(self) -> Reason | None:
        """The reason that lies in the title as shown, to be marked there."""
        return next((each for each in self.reasons if each.snippet.text == self.title), None)

    @property
    def reason(self) -> Reason | None:
        """One more reason; None where the title says it all."""
        return next((each for each in self.reasons if each.snippet.text != self.title), None)


def cards(library: Library, answer: Answer) -> tuple[Card, ...]:
    """The cards of an answer's page, in its order."""
    explainer = Explainer(answer.sought)
    return tuple(_card(library, answer, library.study(nct_id), explainer) for nct_id in answer.ids)


def _card(library: Library, answer: Answer, study: Study, explainer: Explainer) -> Card:
    shown = card(study, explainer, answer.near)
    return replace(shown, reasons=(*library.reasons_said(answer, study), *shown.reasons))


def card(study: Study, explainer: Explainer | None = None, near: Point | None = None) -> Card:
    """The card of a study."""
    dates, stands = study.status, standing(study, dt.date.today())
    shown = (
        fact("Phase", phase_value(study)),
        fact("Type", enum_value("StudyType", study.design.study_type)),
        fact("Participants", enrollment_value(study)),
        fact("Start", struct_value(dates.start_date_struct)),
        fact("Completion", struct_value(dates.completion_date_struct)),
        fact("Countries", _some(study.countries, "country", "countries")),
    )
    lead = study.sponsors.lead_sponsor
    return Card(
        nct_id=study.nct_id,
        title=plain(study.title),
        acronym=plain(study.identification.acronym),
        status=stands.status,
        doubt=stands.doubt,
        confirmed=stands.confirmed,
        ages=ages.text if (ages := ages_value(study)) else "",
        short=" · ".join(_short(study)),
        sponsor=plain(lead.name) if lead and lead.name else "",
        conditions=_listed(study.conditions),
        interventions=_listed([name for each in study.interventions if (name := each.name)]),
        facts=tuple(each for each in shown if each is not None),
        nearest=_nearest(study, near) if near else "",
        reasons=explainer.reasons(study) if explainer else (),
        invented=study.nct_id.startswith("NCT99"),
    )


def _short(study: Study) -> Iterator[str]:
    sort, size = phase_value(study), enrollment_value(study)
    kind = enum_value("StudyType", study.design.study_type)
    if sort and sort.text != "Not Applicable":
        yield sort.text
    elif kind:
        yield kind.text
    if size:
        yield f"{size.text} people"


def _some(names: Sequence[str], singular: str, plural: str) -> Value | None:
    if not names:
        return None
    if len(names) > MOST_NAMED:
        return Value(
            f"{', '.join(names[:2])} and {len(names) - 2} more", note=count_of(len(names), singular, plural)
        )
    return Value(", ".join(names))


def _listed(names: Sequence[str]) -> str:
    shown = [plain(name) for name in names[:MOST_NAMED]]
    more = len(names) - len(shown)
    return "; ".join(shown) + (f" and {more} more" if more > 0 else "")


def _nearest(study: Study, near: Point) -> str:
    found = nearest_site(study, near)
    if found is None:
        return "Sites without a known place" if study.locations else "No sites in the record"
    kind = "Nearest open site" if found.open else "No open site; nearest site"
    said = f"{kind} {_site_in_words(found, study)}"
    nearer = nearest_site(study, near, recruiting=False)
    if nearer and nearer.open and nearer.km < found.km - 1:
        said += f"; nearer, but not recruiting yet, {_site_in_words(nearer, study)}"
    return said


def _site_in_words(found: NearestSite, study: Study) -> str:
    site = found.site
    place = ", ".join(plain(part) for part in (site.facility, site.city, site.country) if part)
    state = label("Status", site.status or study.overall_status) or "status not stated"
    guess = ", placed by the name of its city" if found.guessed else ""
    away = f"{found.km:,.0f} km away" if found.km >= 1 else "in the same place"  # sites are known to the city
    return f"{away}: {place} ({state.lower()}{guess})"
