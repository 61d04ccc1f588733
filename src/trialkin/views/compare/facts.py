"""What a comparison says beside the criteria: identity, design, population, arms, outcomes, places, dates, sponsor.

One function for each section: (studies) -> its parts. Must not know: how rows are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ...model import Study
from ...model.protocol import ArmGroup, Outcome
from ...reading.markup import flat, plain
from ...vocab import by_value
from ..blocks import Inline, Item, Prose, Value
from ..study.arms import arm_label, intervention_label
from ..study.design import design_sentence
from ..words import (
    age_text,
    count_of,
    enrollment_value,
    enum_value,
    phase_value,
    status_value,
    struct_value,
    text_value,
    yes_no,
)
from .align import Entry, align, words_of
from .rows import Part, Row, Verdict, fact_row, present_rows, set_row

Studies = Sequence[Study]


def _each(label: str, studies: Studies, read: Callable[[Study], Inline | tuple[Inline, ...] | None]) -> Row | None:
    return fact_row(label, [read(study) for study in studies])


def _sets(label: str, studies: Studies, read: Callable[[Study], Sequence[Value]]) -> Row | None:
    return set_row(label, [read(study) for study in studies])


def _enum(enum: str, value: str | None) -> Value | None:
    return enum_value(enum, value)


def identity(studies: Studies) -> tuple[Part, ...]:
    """Source: identificationModule, statusModule, designModule."""
    rows = present_rows(
        _each("Title", studies, _title),
        _each("Acronym", studies, lambda study: plain(study.identification.acronym)),
        _each(
            "Status", studies, lambda study: status_value(study.overall_status) if study.overall_status else None
        ),
        _each("Why stopped", studies, lambda study: text_value(study.status.why_stopped)),
        _each("Type", studies, lambda study: _enum("StudyType", study.design.study_type)),
        _each("Phase", studies, phase_value),
        _each("Participants", studies, enrollment_value),
        _each("Results posted", studies, lambda study: "yes" if study.has_results else "no"),
        _each("Lead sponsor", studies, _sponsor),
        _sets("Collaborators", studies, lambda study: _values(one.name for one in study.sponsors.collaborators)),
    )
    return (Part("", rows),)


def _title(study: Study) -> str:
    return plain(study.identification.brief_title or study.identification.official_title)


def _sponsor(study: Study) -> Value | None:
    lead = study.sponsors.lead_sponsor
    if lead is None or not lead.name:
        return None
    row = by_value("sponsor_classes").get(lead.class_ or "")
    return Value(plain(lead.name), registry=lead.class_ or "", note=row["label"] if row else lead.class_ or "")


def _values(texts: Iterable[str | None]) -> tuple[Value, ...]:
    return tuple(Value(flat(text)) for text in texts if text)


def design(studies: Studies) -> tuple[Part, ...]:
    """Source: designModule."""
    infos = {study.nct_id: study.design_info for study in studies}

    def masking(study: Study) -> Value | None:
        block = infos[study.nct_id].masking_info
        return _enum("DesignMasking", block.masking) if block else None

    def masked(study: Study) -> tuple[Value, ...]:
        block = infos[study.nct_id].masking_info
        return tuple(value for who in (block.who_masked if block else ()) if (value := _enum("WhoMasked", who)))

    def info(label: str, enum: str, name: str) -> Row | None:
        return _each(label, studies, lambda study: _enum(enum, getattr(infos[study.nct_id], name)))

    rows = present_rows(
        _each("In a sentence", studies, design_sentence),
        info("Allocation", "DesignAllocation", "allocation"),
        info("Intervention model", "InterventionalAssignment", "intervention_model"),
        info("Primary purpose", "PrimaryPurpose", "primary_purpose"),
        _each("Masking", studies, masking),
        _sets("Who is masked", studies, masked),
        info("Observational model", "ObservationalModel", "observational_model"),
        info("Time perspective", "DesignTimePerspective", "time_perspective"),
    )
    return (Part("", rows),)


def population(studies: Studies) -> tuple[Part, ...]:
    """Source: conditionsModule, eligibilityModule without the criteria."""

    def age(label: str, name: str) -> Row | None:
        return _each(label, studies, lambda study: age_text(getattr(study.eligibility, name)))

    rows = present_rows(
        _sets("Conditions", studies, lambda study: _values(study.conditions)),
        _sets("MeSH conditions", studies, lambda study: _values(mesh.term for mesh in study.condition_meshes)),
        age("Minimum age", "minimum_age"),
        age("Maximum age", "maximum_age"),
        _each("Sex", studies, lambda study: _enum("Sex", study.eligibility.sex)),
        _each("Chosen by gender", studies, lambda study: yes_no(study.eligibility.gender_based, "GenderBased")),
        _each(
            "Healthy volunteers",
            studies,
            lambda study: yes_no(study.eligibility.healthy_volunteers, "HealthyVolunteers", yes="Accepted"),
        ),
        _each("Sampling", studies, lambda study: _enum("SamplingMethod", study.eligibility.sampling_method)),
        _each(
            "Study population",
            studies,
            lambda study: Prose(text) if (text := study.eligibility.study_population) else None,
        ),
    )
    return (Part("", rows),)


def arms(studies: Studies) -> tuple[Part, ...]:
    """Arms by their role, interventions aligned by name. Source: armsInterventionsModule."""
    kinds = list(dict.fromkeys(arm.type or "" for study in studies for arm in study.arm_groups))
    roles = present_rows(
        *(_each(_role(kind), studies, lambda study, kind=kind: _arms(study, kind)) for kind in kinds)  # type: ignore[misc]
    )
    given = {
        study.nct_id: [
            Listed(intervention_label(one), flat(one.description), _names(one.other_names))
            for one in study.interventions
        ]
        for study in studies
    }
    found = tuple(row for _, row in _aligned(given))
    return tuple(
        part
        for part in (
            Part("Arms", roles, key="compare-arms"),
            Part("Interventions", found, "Intervention", "compare-interventions"),
        )
        if part.rows
    )


def _role(kind: str) -> str:
    value = _enum("ArmGroupType", kind)
    return value.text if value else "Role not stated"


def _arms(study: Study, kind: str) -> tuple[Inline, ...]:
    """The arms of a role; a study with arms but none of this role says so, one without arms says nothing."""
    if not study.arm_groups:
        return ()
    found = (Value(arm_label(arm), note=_gets(arm)) for arm in study.arm_groups if (arm.type or "") == kind)
    return tuple(found) or (Value("none", tone="quiet"),)


def _gets(arm: ArmGroup) -> str:
    names = [plain(name).partition(": ")[2] or plain(name) for name in arm.intervention_names]
    return f"gets {', '.join(names)}" if names else ""


def _names(names: tuple[str, ...]) -> str:
    return f"also called {', '.join(plain(name) for name in names)}" if names else ""


def outcomes(studies: Studies) -> tuple[Part, ...]:
    """Outcomes aligned by their measure, also a primary with a secondary one. Source: outcomesModule."""
    kinds = ("primary", "secondary", "other")
    given = {
        study.nct_id: [
            _outcome(one, kind) for kind in kinds for one in getattr(study.outcomes, f"{kind}_outcomes")
        ]
        for study in studies
    }
    rows: dict[str, list[Row]] = {kind: [] for kind in kinds}
    for first, row in _aligned(given):
        rows[first.rank].append(row)
    return tuple(
        Part(f"{kind.capitalize()} outcomes", tuple(rows[kind]), "Outcome", f"compare-{kind}-outcomes")
        for kind in kinds
        if rows[kind]
    )


def _outcome(one: Outcome, kind: str) -> Listed:
    frame = f"time frame: {flat(one.time_frame)}" if one.time_frame else ""
    return Listed(plain(one.measure) or "Measure not named", flat(one.description), frame, kind)


class Listed(NamedTuple):
    """An entry of a list. more: further names, or the time frame. rank: primary, secondary, other; "" for none."""

    name: str
    description: str
    more: str
    rank: str = ""


def _aligned(given: Mapping[str, Sequence[Listed]]) -> list[tuple[Listed, Row]]:
    """A row for each entry with those that belong to it, and its first; each entry stands in exactly one row."""
    rows = []
    for aligned in align({nct_id: tuple(Entry(one.name) for one in found) for nct_id, found in given.items()}):
        own = {nct_id: given[nct_id][index] for nct_id, index in aligned.items()}
        first = next(iter(own.values()))
        ranked = len({one.rank for one in own.values()}) > 1
        stated = tuple(_named(own[nct_id], ranked) if nct_id in own else () for nct_id in given)
        item = Item("\n".join(filter(None, first[:3])))
        said = _unlike(own)
        verdict = Verdict.ALONE if len(own) == 1 else Verdict.DIFFERS if said else Verdict.SAME
        if verdict is Verdict.SAME and len(own) < len(given):
            verdict = Verdict.PARTLY
        rows.append((first, Row("", stated, verdict, said, item)))
    return rows


def _unlike(own: Mapping[str, Listed]) -> tuple[str, ...]:
    """In what the entries of a row differ."""
    ranks = {nct_id: one.rank for nct_id, one in own.items()}
    said = []
    if len(set(ranks.values())) > 1:
        said.append(", ".join(f"{rank} in {nct_id}" for nct_id, rank in ranks.items()))
    if len({words_of(one.name) for one in own.values()}) > 1:
        said.append("like names")
    if len({words_of(one.more) for one in own.values()}) > 1:
        said.append("time frame differs" if all(ranks.values()) else "other names differ")
    if len({words_of(one.description) for one in own.values()}) > 1:
        said.append("description differs")
    return tuple(said)


def _named(one: Listed, ranked: bool) -> tuple[Inline, ...]:
    note = ", ".join(filter(None, (f"{one.rank} outcome" if ranked else "", one.more)))
    return (Value(one.name, note=note), *((Prose(one.description, markup=False),) if one.description else ()))


def places(studies: Studies) -> tuple[Part, ...]:
    """Source: contactsLocationsModule.locations."""
    countries = {
        study.nct_id: Counter(site.country for site in study.locations if site.country) for study in studies
    }

    def shown(study: Study) -> tuple[Value, ...]:
        return tuple(Value(plain(name)) for name in countries[study.nct_id])

    def counted(study: Study) -> tuple[Inline, ...]:
        found = countries[study.nct_id].most_common(5)
        return tuple(Value(plain(name), note=count_of(count, "site")) for name, count in found)

    rows = present_rows(
        _each("Sites", studies, lambda study: count_of(len(study.locations), "site") if study.locations else None),
        _sets("Countries", studies, shown),
        _each("Most sites", studies, counted) if any(len(found) > 1 for found in countries.values()) else None,
    )
    return (Part("", rows),)


def dates(studies: Studies) -> tuple[Part, ...]:
    """Source: statusModule."""

    def date(label: str, name: str) -> Row | None:
        return _each(label, studies, lambda study: struct_value(getattr(study.status, name)))

    rows = present_rows(
        date("Start", "start_date_struct"),
        date("Primary completion", "primary_completion_date_struct"),
        date("Completion", "completion_date_struct"),
        date("First posted", "study_first_post_date_struct"),
        date("Results first posted", "results_first_post_date_struct"),
        date("Last update posted", "last_update_post_date_struct"),
    )
    return (Part("", rows),)
