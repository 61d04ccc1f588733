"""The answer box: what most readers came for, by the state of the study, before any chapter."""

from __future__ import annotations

from ...model.protocol import Location
from ...reading.markup import plain
from ..blocks import Block, Fact, Facts, Inline, Note, Value, fact, present
from ..standing import OPEN, standing
from ..words import count_of, enum_value, text_value
from .context import PageContext
from .identity import ages_value
from .people import email_value, phone_value

_MOST = 2


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Open: the doubt, whom to ask, where, who. Ended early: why. Results posted: where they are.

    Source: statusModule, contactsLocationsModule, eligibilityModule, hasResults.
    """
    study = context.study
    if study.overall_status in OPEN:
        doubt = standing(study, context.today).doubt
        shown = (_whom(context), _where(context), _who(context))
        warning = Note(f"{doubt[:1].upper()}{doubt[1:]}. Ask before you plan.", "flag", title="In doubt")
        return present(warning if doubt else None, Facts(tuple(one for one in shown if one)))
    why = fact("Why it stopped", text_value(study.status.why_stopped))
    results = fact("Results", Value("Posted: what was found", href="#results") if study.has_results else None)
    rows = tuple(one for one in (why, results) if one)
    return (Facts(rows),) if rows else ()


def _whom(context: PageContext) -> Fact:
    """The first central contact, else the first contact of a site, else who is responsible."""
    module, countries = context.study.contacts_locations, context.study.countries
    country = countries[0] if len(countries) == 1 else ""
    found: list[Inline] = []
    for one in module.central_contacts[:_MOST]:
        found += [
            part for part in (text_value(one.name), phone_value(one, country=country), email_value(one)) if part
        ]
    if found:
        return Fact("Whom to ask", tuple(found))
    for site in context.study.locations:
        for one in site.contacts:
            values = (text_value(one.name), phone_value(one, country=site.country or ""), email_value(one))
            reached = tuple(part for part in values if part)
            if len(reached) > 1:
                return Fact("Whom to ask", (*reached, Value(f"at {_named(site)}")))
    return Fact("Whom to ask", _nobody(context))


def _nobody(context: PageContext) -> tuple[Inline, ...]:
    party, nct_id = context.study.sponsors.responsible_party, context.study.nct_id
    name = plain(party.investigator_full_name or "") if party else ""
    said: list[Inline] = ["The record gives no telephone number and no e-mail."]
    if name:
        said.append(f"Responsible: {name}")
    if not nct_id.startswith("NCT99"):
        said.append(
            Value("Look at the registry for a newer one", href=f"https://clinicaltrials.gov/study/{nct_id}")
        )
    return tuple(said)


def _named(site: Location) -> str:
    return (
        ", ".join(plain(part) for part in (site.facility, site.city, site.country) if part) or "a site not named"
    )


def _where(context: PageContext) -> Fact:
    sites, countries = context.study.locations, context.study.countries
    if not sites:
        return Fact("Where", ("The record lists no site.",))
    if len(sites) == 1:
        return Fact("Where", (_named(sites[0]),))
    there = countries[0] if len(countries) == 1 else count_of(len(countries), "country", "countries")
    return Fact("Where", (Value(f"{count_of(len(sites), 'site')} in {there}", href="#locations"),))


def _who(context: PageContext) -> Fact:
    rules = context.study.eligibility
    sex = enum_value("Sex", rules.sex)
    said: list[Inline] = [ages_value(context.study) or "No age limit in the record"]
    if sex and rules.sex != "ALL":
        said.append(sex)
    said.append(Value("All requirements", href="#eligibility"))
    return Fact("Who can take part", tuple(said))
