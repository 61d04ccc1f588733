"""Arms and interventions: who gets what as a matrix, each text once, what is shared and what differs said."""

from __future__ import annotations

from ...model import Study
from ...model.protocol import ArmGroup, Intervention
from ...text.markup import plain
from ...vocab import label
from ..blocks import Block, Card, Cards, Prose, Table, Value, present
from ..words import enum_value
from .conditions import mesh_blocks
from .context import PageContext

GIVEN, NOT_GIVEN = Value("✓ yes", tone="good"), Value("–", tone="quiet")


def arms(context: PageContext) -> tuple[Block, ...]:
    """Source: armsInterventionsModule.armGroups."""
    study = context.study
    if not study.arm_groups:
        return ()
    return present(_shared(study), _matrix(study), Cards(tuple(_arm_card(study, arm) for arm in study.arm_groups)))


def interventions(context: PageContext) -> tuple[Block, ...]:
    """Source: armsInterventionsModule.interventions, derivedSection.interventionBrowseModule."""
    study = context.study
    cards = tuple(_intervention_card(study, one) for one in study.interventions)
    derived = study.derived_section
    mesh = mesh_blocks(derived.intervention_browse_module if derived else None)
    return present(Cards(cards) if cards else None, mesh)


def intervention_label(one: Intervention) -> str:
    """ "Drug: Aspirin", as the registry writes it."""
    kind, name = label("InterventionType", one.type), plain(one.name)
    return f"{kind}: {name}" if kind and name else name or kind or "Intervention without a name"


def arm_label(arm: ArmGroup) -> str:
    return plain(arm.label) or "Arm without a name"


def _given(study: Study) -> list[tuple[Intervention, set[str | None]]]:
    return [(one, {arm.label for arm in study.arms_of(one)}) for one in study.interventions]


def _shared(study: Study) -> Prose | None:
    """What all arms have in common, and what only one of them gets."""
    everyone = {arm.label for arm in study.arm_groups}
    if len(everyone) < 2 or not study.interventions:
        return None
    given = _given(study)
    shared = [plain(one.name) for one, arm_set in given if arm_set == everyone]
    sentences = []
    if shared:
        sentences.append(f"{'Both' if len(everyone) == 2 else f'All {len(everyone)}'} arms get {_listed(shared)}.")
    for arm in study.arm_groups:
        own = [plain(one.name) for one, arm_set in given if arm_set == {arm.label}]
        if own:
            sentences.append(f"Only “{arm_label(arm)}” gets {_listed(own)}.")
    if not shared and sentences:
        sentences.insert(0, "No intervention is shared by all arms.")
    return Prose(" ".join(sentences), markup=False) if sentences else None


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _matrix(study: Study) -> Table | None:
    """Interventions down, arms across; for a study with a single arm there is nothing to compare."""
    arms = study.arm_groups
    if len(arms) < 2 or not study.interventions:
        return None
    rows = []
    for one, arm_set in _given(study):
        cells = tuple(GIVEN if arm.label in arm_set else NOT_GIVEN for arm in arms)
        rows.append((Value(intervention_label(one)), *cells, _who(len(arm_set), len(arms))))
    head = ("Intervention", *(arm_label(arm) for arm in arms), "Given to")
    return Table(head, tuple(rows), caption="Which arm gets which intervention")


def _who(given: int, arms: int) -> Value:
    if given == arms:
        return Value("both arms" if arms == 2 else "all arms")
    return Value(f"{given} of {arms} arms" if given else "no arm", tone="wait")


def _arm_card(study: Study, arm: ArmGroup) -> Card:
    gets = _listed([plain(name) for name in arm.intervention_names]) if arm.intervention_names else ""
    kind = enum_value("ArmGroupType", arm.type)
    return Card(
        Value(arm_label(arm)),
        (kind,) if kind else (),
        present(
            Prose(arm.description) if arm.description else None,
            Prose(f"Gets {gets}.", markup=False) if gets else None,
        ),
    )


def _intervention_card(study: Study, one: Intervention) -> Card:
    arms = {arm.label for arm in study.arms_of(one)} | set(one.arm_group_labels)
    everyone = {arm.label for arm in study.arm_groups}
    names = tuple(plain(name) for name in one.other_names)
    where = ""
    if len(everyone) > 1 and arms == everyone:
        where = "Given in both arms." if len(everyone) == 2 else "Given in all arms."
    elif len(everyone) > 1 and arms:
        inside = [label_ for label_ in (arm_label(arm) for arm in study.arm_groups if arm.label in arms)]
        strangers = [plain(name) for name in one.arm_group_labels if name not in everyone]
        where = f"Given in {_listed([f'“{name}”' for name in [*inside, *strangers]])}."
    kind = enum_value("InterventionType", one.type)
    return Card(
        Value(plain(one.name) or "Intervention without a name"),
        (kind,) if kind else (),
        present(
            Prose(one.description) if one.description else None,
            Prose(f"Also called {_listed(list(names))}.", markup=False) if names else None,
            Prose(where, markup=False) if where else None,
        ),
    )
