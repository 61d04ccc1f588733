"""The answer box: what most readers came for, by the state of the study, before any chapter."""

from __future__ import annotations

from ...model import Study
from ...model.protocol import Location
from ...model.results import OutcomeMeasure
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Block, Fact, Facts, Inline, Note, Value, fact, present
from ..standing import OPEN, standing
from ..words import count_of, enum_value, text_value
from . import results_parts as parts
from .context import PageContext
from .identity import ages_value
from .people import email_value, phone_value

_MOST = 2
_MOST_GROUPS = 4


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Open: the doubt, whom to ask, where, who. Ended early: why. Results posted: the first primary outcome.

    Source: statusModule, contactsLocationsModule, eligibilityModule, hasResults.
    """
    study = context.study
    if study.overall_status in OPEN:
        doubt = standing(study, context.today).doubt
        shown = (_whom(context), _where(context), _who(context))
        warning = Note(f"{doubt[:1].upper()}{doubt[1:]}. Ask before you plan.", "flag", title="In doubt")
        return present(warning if doubt else None, Facts(tuple(one for one in shown if one)))
    why = fact("Why it stopped", text_value(study.status.why_stopped))
    rows = tuple(one for one in (why, _found(study)) if one)
    return (Facts(rows),) if rows else ()


def _found(study: Study) -> Fact | None:
    """The first primary outcome with one value per group, as posted; else where the results are."""
    if not study.has_results:
        return None
    whole = Value("All results", href="#outcome-results")
    module = study.results_section and study.results_section.outcome_measures_module
    outcome = next((one for one in module.outcome_measures if one.type == "PRIMARY"), None) if module else None
    if outcome is None:
        return Fact("Results", (Value("Posted: what was found", href="#results"),))
    kind, unit = label("MeasureParam", outcome.param_type or ""), plain(outcome.unit_of_measure)
    unit = "" if kind and unit.lower() in kind.lower() else unit
    measured = ", ".join(part for part in (kind, unit, plain(outcome.time_frame)) if part)
    said: list[Inline] = [Value(plain(outcome.title) or "Untitled outcome measure", note=measured)]
    return Fact("Primary outcome", (*said, *_by_group(outcome), whole))


def _by_group(outcome: OutcomeMeasure) -> tuple[str, ...]:
    """ "Placebo: 12.3 (9.1 to 15), 60 analysed" per group; () for several rows or many groups."""
    found = tuple(parts.lines(outcome.classes, denoms=outcome.denoms, units=outcome.type_units_analyzed))
    if len(found) != 1 or len(outcome.groups) > _MOST_GROUPS:
        return ()
    line = found[0]
    return tuple(
        f"{parts.title_of(group)}: {parts.measurement_text(line.by_group[group.id])}"
        + (f", {line.denominators[group.id]} analysed" if group.id in line.denominators else "")
        for group in outcome.groups
        if group.id and group.id in line.by_group
    )


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
