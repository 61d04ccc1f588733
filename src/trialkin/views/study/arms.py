"""Arms and interventions: who gets what as a matrix, each text once, what is shared and what differs said."""

from __future__ import annotations

from ...model import Study
from ...model.protocol import ArmGroup, Intervention
from ...reading.markup import plain
from ...vocab import label
from ..blocks import Block, Card, Cards, Cell, Prose, Table, Value, present
from ..words import enum_value
from .conditions import mesh_blocks
from .context import PageContext

WIDEST = 7
CAPTION = "Which arm gets which intervention"
GIVEN, NOT_GIVEN = Value("✓ yes"), Value("–", tone="quiet")


def arms(context: PageContext) -> tuple[Block, ...]:
    """Source: armsInterventionsModule.armGroups."""
    study = context.study
    if not study.arm_groups:
        return ()
    matrix = _matrix(study)
    return present(
        _shared(study), matrix, Cards(tuple(_arm_card(arm, named=matrix is None) for arm in study.arm_groups))
    )


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
    given = [(Value(intervention_label(one)), arm_set) for one, arm_set in _given(study)] + _undescribed(study)
    if len(arms) > WIDEST:
        return _as_list(given, arms)
    rows = []
    for name, arm_set in given:
        cells = tuple(GIVEN if arm.label in arm_set else NOT_GIVEN for arm in arms)
        rows.append((name, *cells, _who(len(arm_set), len(arms))))
    head = ("Intervention", *(arm_label(arm) for arm in arms), "Given to")
    return Table(head, tuple(rows), caption=CAPTION)


def _as_list(given: list[tuple[Value, set[str | None]]], arms: tuple[ArmGroup, ...]) -> Table:
    """The same with the arms named in one column: more would not fit side by side."""
    rows = tuple(
        (
            name,
            Value("all arms")
            if len(arm_set) == len(arms)
            else Cell(tuple(arm_label(arm) for arm in arms if arm.label in arm_set)),
        )
        for name, arm_set in given
    )
    return Table(("Intervention", "Given to"), rows, caption=CAPTION, stack=True)


def _undescribed(study: Study) -> list[tuple[Value, set[str | None]]]:
    """Names in the arms that no intervention of the record has."""
    known = {name for one in study.interventions for name in (one.name, intervention_label(one))}
    names = dict.fromkeys(name for arm in study.arm_groups for name in arm.intervention_names)
    return [
        (
            Value(plain(name), note="not described"),
            {arm.label for arm in study.arm_groups if name in arm.intervention_names},
        )
        for name in names
        if name.partition(": ")[2] not in known and plain(name) not in known
    ]


def _who(given: int, arms: int) -> Value:
    if given == arms:
        return Value("both arms" if arms == 2 else "all arms")
    return Value(f"{given} of {arms} arms" if given else "no arm", tone="mark")


def _arm_card(arm: ArmGroup, *, named: bool) -> Card:
    """`named`: whether what it gets is said here (where no matrix says it)."""
    gets = _listed([plain(name) for name in arm.intervention_names]) if arm.intervention_names and named else ""
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
