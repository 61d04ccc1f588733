"""Where the study takes place: sites by country, each with its status."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...model import Study
from ...model.protocol import Location
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Block, Cell, Disclosure, Inline, Prose, Subsection, Table, Tags, Value, present
from ..words import count_of, status_value
from .context import PageContext
from .people import contact_values

FOLD_AFTER = 25
SPLIT_BY_STATE_AFTER = 40
MANY = 200
NO_COUNTRY = "Country not given"


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: contactsLocationsModule.locations; countries are those of the sites."""
    study = context.study
    if not study.locations:
        return ()
    inherited = any(site.status is None for site in study.locations)
    groups = _grouped(study.locations, lambda site: plain(site.country) or NO_COUNTRY)
    return present(
        _countries(groups),
        Prose(_statuses_sentence(study), markup=False) if inherited and study.overall_status else None,
        *(_country(name, sites, study) for name, sites in groups.items()),
    )


def _grouped(sites: Iterable[Location], key: Callable[[Location], str]) -> dict[str, list[Location]]:
    groups: dict[str, list[Location]] = {}
    for site in sites:
        groups.setdefault(key(site), []).append(site)
    return dict(sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _countries(groups: dict[str, list[Location]]) -> Tags | None:
    """Every country with its number of sites; with only one the heading below says it."""
    if len(groups) < 2:
        return None
    values = tuple(Value(name, note=str(len(sites))) for name, sites in groups.items())
    return Tags(values, "Countries, with the number of sites")


def _statuses_sentence(study: Study) -> str:
    """Why sites show the study's status; with very many sites it is said here once instead of on each."""
    status = label("Status", study.overall_status)
    if len(study.locations) > MANY and not any(site.status for site in study.locations):
        return f"The registry gives no status for single sites here; the status of the whole study is “{status}”."
    return f"A site without a status of its own is shown with that of the whole study, “{status}”, and marked so."


def _country(name: str, sites: list[Location], study: Study) -> Block:
    title = f"{name}: {count_of(len(sites), 'site')}"
    if len(sites) > SPLIT_BY_STATE_AFTER:
        states = _grouped(sites, lambda site: plain(site.state) or "State not given")
        if len(states) > 1:
            return Disclosure(
                title,
                tuple(
                    Subsection(f"{state}: {count_of(len(members), 'site')}", (_table(members, study),))
                    for state, members in sorted(states.items())
                ),
            )
    table = _table(sites, study)
    if len(study.locations) > FOLD_AFTER:
        return Disclosure(title, (table,))
    return Subsection(title, (table,))


def _table(sites: list[Location], study: Study) -> Table:
    """Sites with their place, their status where it is worth a column, and contacts where there are any."""
    with_status = len(study.locations) <= MANY or any(site.status for site in study.locations)
    with_contacts = any(site.contacts for site in sites)
    head = ["Site", "Place", *(["Status"] if with_status else []), *(["Contact"] if with_contacts else [])]
    rows = []
    for site in sites:
        cells: list[Inline | Cell] = [Value(plain(site.facility) or "Site not named"), _place(site)]
        if with_status:
            cells.append(site_status(site, study))
        if with_contacts:
            in_short, country = len(study.locations) > FOLD_AFTER, site.country or ""
            told = (contact_values(one, in_short=in_short, country=country) for one in site.contacts)
            cells.append(Cell(tuple(value for values in told for value in values)))
        rows.append(tuple(cells))
    return Table(tuple(head), tuple(rows), stack=True, labels=False)


def _place(site: Location) -> Value:
    where = ", ".join(plain(part) for part in (site.city, site.state, site.zip) if part)
    point = site.geo_point
    spot = f"{point.lat}, {point.lon}" if point and point.lat is not None and point.lon is not None else ""
    return Value(where or plain(site.country) or "not given", registry=spot)


def site_status(site: Location, study: Study) -> Value:
    """The site's own status, else the study's, marked as inherited."""
    if site.status:
        return status_value(site.status)
    return status_value(study.overall_status, note="whole study") if study.overall_status else Value("not given")
