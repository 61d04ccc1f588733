"""Who runs the study and who can be asked: sponsor, collaborators, responsible party, officials, contacts."""

from __future__ import annotations

from functools import cache

from ...model.protocol import Contact, Official, Sponsor
from ...reading.markup import plain
from ...vocab import by_value, label, table
from ..blocks import Block, Prose, Subsection, Table, Value, fact, facts, present
from ..words import enum_value, text_value
from .context import PageContext


def sponsors(context: PageContext) -> tuple[Block, ...]:
    """Source: sponsorCollaboratorsModule, contactsLocationsModule.overallOfficials."""
    module = context.study.sponsors
    party = module.responsible_party
    return present(
        facts(
            fact("Lead sponsor", sponsor_value(module.lead_sponsor)),
            fact("Collaborators", *(sponsor_value(one) for one in module.collaborators)),
        ),
        Subsection("Responsible party", _party(context)) if party else None,
        _officials(context.study.contacts_locations.overall_officials),
    )


def contacts(context: PageContext) -> tuple[Block, ...]:
    """Source: contactsLocationsModule.centralContacts."""
    people, countries = context.study.contacts_locations.central_contacts, context.study.countries
    country = countries[0] if len(countries) == 1 else ""
    return (contact_table(people, caption="", country=country),) if people else ()


def sponsor_value(sponsor: Sponsor | None) -> Value | None:
    """The name with its class explained."""
    if sponsor is None or not (sponsor.name or sponsor.class_):
        return None
    row = by_value("sponsor_classes").get(sponsor.class_ or "")
    note = f"{row['label']}: {row['meaning']}" if row else sponsor.class_ or ""
    return Value(plain(sponsor.name) or "Name not given", registry=sponsor.class_ or "", note=note)


def _party(context: PageContext) -> tuple[Block, ...]:
    party = context.study.sponsors.responsible_party
    if party is None:
        return ()
    rows = facts(
        fact("Type", enum_value("ResponsiblePartyType", party.type)),
        fact("Name", text_value(party.investigator_full_name or party.old_name_title)),
        fact("Title", text_value(party.investigator_title)),
        fact("Affiliation", text_value(party.investigator_affiliation)),
        fact("Organization", text_value(party.old_organization)),
        fact(
            "Name as first registered", text_value(party.old_name_title) if party.investigator_full_name else None
        ),
    )
    return present(rows or Prose("Named without details.", markup=False))


def _officials(officials: tuple[Official, ...]) -> Subsection | None:
    if not officials:
        return None
    rows = tuple(
        (
            Value(plain(one.name) or "Name not given"),
            enum_value("OfficialRole", one.role) or "",
            text_value(one.affiliation) or "",
        )
        for one in officials
    )
    return Subsection("Study officials", (Table(("Name", "Role", "Affiliation"), rows, stack=True),))


def contact_table(people: tuple[Contact, ...], *, caption: str, country: str) -> Table:
    """Names with role, telephone and address; the links dial or write only when clicked."""
    rows = tuple(
        (
            Value(
                plain(one.name) or "Name not given", note=label("ContactRole", one.role), registry=one.role or ""
            ),
            phone_value(one, country=country) or "",
            email_value(one) or "",
        )
        for one in people
    )
    return Table(("Name", "Telephone", "E-mail"), rows, caption=caption, stack=True)


def phone_value(one: Contact, *, country: str = "") -> Value | None:
    """The number with its extension; a link only where it is surely one telephone number.

    country: where the contact is, as the record names it, for numbers that are written without their country.
    """
    if not one.phone:
        return Value(f"extension {plain(one.phone_ext)}") if one.phone_ext else None
    note = f"extension {plain(one.phone_ext)}" if one.phone_ext else ""
    return Value(plain(one.phone), href=_dialled(plain(one.phone), country), note=note)


def _dialled(text: str, country: str) -> str:
    """The address that dials the one valid number of a text, "" when there is none or more than one.

    A number without its country is read as one of the contact's country; where that is not known it is not dialled.
    """
    import phonenumbers

    region = _regions().get(country.casefold())
    code = str(phonenumbers.country_code_for_region(region)) if region else ""
    written = [text, f"+{text.lstrip()}"] if code and text.lstrip().startswith(code) else [text]
    for tried in written:
        found = list(phonenumbers.PhoneNumberMatcher(tried, region, leniency=phonenumbers.Leniency.VALID))
        if len(found) == 1:
            return phonenumbers.format_number(found[0].number, phonenumbers.PhoneNumberFormat.RFC3966)
    return ""


@cache
def _regions() -> dict[str, str]:
    """Name of a country as the registry writes it, in lower case -> its ISO code."""
    return {
        name.casefold(): row["iso"]
        for row in table("countries")
        for name in (row["name"], *row["other_names"].split("|"))
        if name
    }


def email_value(one: Contact) -> Value | None:
    if not one.email:
        return None
    plausible = one.email.count("@") == 1 and not set(one.email) & set(" ?&<>\"'")
    return Value(plain(one.email), href=f"mailto:{one.email}" if plausible else "")


def contact_values(one: Contact, *, in_short: bool, country: str) -> tuple[Value, ...]:
    """Name, telephone and address, the latter two to be clicked; in short as one line without links."""
    if in_short:
        return (Value(line),) if (line := one_line(one)) else ()
    role = label("ContactRole", one.role).lower() if one.role and one.role != "CONTACT" else ""
    name = Value(plain(one.name), note=role) if one.name else Value(role) if role else None
    return tuple(value for value in (name, phone_value(one, country=country), email_value(one)) if value)


def one_line(one: Contact) -> str:
    """A contact in one line: name, role, telephone, address."""
    phone = phone_value(one)
    parts = (
        plain(one.name),
        label("ContactRole", one.role).lower() if one.role and one.role != "CONTACT" else "",
        f"{phone.text}{f' {phone.note}' if phone.note else ''}" if phone else "",
        plain(one.email),
    )
    return ", ".join(part for part in parts if part)
