"""Lists whose entries have a life of their own: outcomes, criteria, arms, interventions, sites, results.

Each function takes the two values as JSON gives them (None: absent) and returns changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from ..reading.markup import plain
from ..vocab import label
from .changes import ALIKE, EXACT, Change, Kind, of_text, pair

_OUTCOMES = {"primaryOutcomes": "primary", "secondaryOutcomes": "secondary", "otherOutcomes": "other"}
_PATH = "protocolSection.outcomesModule"
_SITES = "protocolSection.contactsLocationsModule.locations"
_ARMS = "protocolSection.armsInterventionsModule"
_RESULT_PARTS = {
    "participantFlowModule": "Participant flow",
    "baselineCharacteristicsModule": "Baseline characteristics",
    "outcomeMeasuresModule": "Outcome results",
    "adverseEventsModule": "Adverse events",
    "moreInfoModule": "More about the results",
}


def outcomes(before: Any, after: Any) -> list[Change]:
    """Outcomes added, dropped, reworded, or switched from one class to another."""
    old, new = _outcome_list(before), _outcome_list(after)
    changes: list[Change] = []
    # the same words in the same class, then in another; then other words in the same class, then in another
    for alike, within in ((EXACT, True), (EXACT, False), (ALIKE, True), (ALIKE, False)):
        for kinds in [(kind,) for kind in _OUTCOMES.values()] if within else [tuple(_OUTCOMES.values())]:
            left, right = ([entry for entry in listed if entry[0] in kinds] for listed in (old, new))
            pairs, _, _ = pair(left, right, key=lambda entry: entry[1], alike=alike)
            for one, other in pairs:
                old.remove(one)
                new.remove(other)
                changes += _outcome_pair(one, other)
    for kind, name, _ in old:
        changes.append(Change(f"{kind.capitalize()} outcome", Kind.REMOVED, before=name, path=_PATH))
    for kind, name, _ in new:
        changes.append(Change(f"{kind.capitalize()} outcome", Kind.ADDED, after=name, path=_PATH))
    return sorted(changes, key=lambda change: list(Kind).index(change.kind))


def _outcome_list(module: Any) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (kind, plain(entry.get("measure") or "(unnamed)"), entry)
        for key, kind in _OUTCOMES.items()
        for entry in (module or {}).get(key, ())
    ]


def _outcome_pair(one: tuple[str, str, dict[str, Any]], other: tuple[str, str, dict[str, Any]]) -> list[Change]:
    (old_kind, old_name, old), (new_kind, new_name, new) = one, other
    changes = []
    if old_kind != new_kind:
        note = f"from {old_kind} to {new_kind}" + ("" if old_name == new_name else ", and reworded")
        changes.append(Change("Outcome switched", Kind.SWITCHED, old_name, new_name, note, _PATH))
    else:
        changes += of_text(f"{new_kind.capitalize()} outcome", old_name, new_name, path=_PATH, note="reworded")
    for key, what in (("timeFrame", "time frame"), ("description", "description")):
        texts = [plain(entry.get(key) or "") for entry in (old, new)]
        changes += of_text(f"{new_kind.capitalize()} outcome, {what}", *texts, path=_PATH, note=f"of “{new_name}”")
    return changes


def criteria(before: str, after: str, *, split: Callable[[str], Iterable[tuple[str, str]]]) -> list[Change]:
    """Criteria item by item; a text that differs only in layout says so."""
    path = "protocolSection.eligibilityModule.eligibilityCriteria"
    if before == after:
        return []
    old, new = list(split(before)), list(split(after))
    pairs, gone, come = pair(old, new, key=lambda item: f"{item[0]}|{item[1]}")
    changes = []
    for (old_section, old_text), (new_section, new_text) in pairs:
        if old_section != new_section:
            note = f"from {old_section} to {new_section}"
            changes.append(Change("Criterion moved", Kind.SWITCHED, old_text, new_text, note, path))
        else:
            changes += of_text(_criterion(new_section), old_text, new_text, path=path)
    changes += [Change(_criterion(section), Kind.REMOVED, text, "", "", path) for section, text in gone]
    changes += [Change(_criterion(section), Kind.ADDED, "", text, "", path) for section, text in come]
    return changes or [
        Change("Criteria", Kind.CHANGED, "", "", "only the layout, numbering or headings of the text", path)
    ]


def _criterion(section: str) -> str:
    return {"inclusion": "Inclusion criterion", "exclusion": "Exclusion criterion"}.get(section, "Criterion")


def arms_and_interventions(before: Any, after: Any) -> list[Change]:
    """Arms and interventions added, dropped, renamed or described anew."""
    changes: list[Change] = []
    for key, name, what in (("armGroups", "label", "Arm"), ("interventions", "name", "Intervention")):
        old, new = (list((module or {}).get(key, ())) for module in (before, after))
        pairs, gone, come = pair(old, new, key=lambda entry, name=name: str(entry.get(name) or ""))  # type: ignore[misc]
        for one, other in pairs:
            changes += _entry(what, name, one, other)
        changes += [Change(what, Kind.REMOVED, plain(e.get(name) or ""), "", "", _ARMS) for e in gone]
        changes += [Change(what, Kind.ADDED, "", plain(e.get(name) or ""), "", _ARMS) for e in come]
    return changes


def _entry(what: str, name: str, one: dict[str, Any], other: dict[str, Any]) -> list[Change]:
    title = plain(other.get(name) or "")
    changes = of_text(what, plain(one.get(name) or ""), title, path=_ARMS, note="renamed")
    for key in dict.fromkeys([*one, *other]):
        if key != name:
            texts = [_flat(entry.get(key)) for entry in (one, other)]
            words = {"description": "description", "type": "type", "otherNames": "other names"}.get(
                key, "assignment"
            )
            changes += of_text(f"{what}, {words}", *texts, path=_ARMS, note=f"of “{title}”")
    return changes


def _flat(value: Any) -> str:
    return ", ".join(plain(str(item)) for item in value) if isinstance(value, list) else plain(str(value or ""))


def sites(before: Any, after: Any) -> list[Change]:
    """Sites opened and closed, countries come and gone, status changes counted, other changes of a site named."""
    old, new = _site_list(before), _site_list(after)
    changes: list[Change] = []
    countries = [dict.fromkeys(site.get("country") or "" for site in listed.values()) for listed in (old, new)]
    changes += [Change("Country", Kind.REMOVED, c, "", "", _SITES) for c in countries[0] if c not in countries[1]]
    changes += [Change("Country", Kind.ADDED, "", c, "", _SITES) for c in countries[1] if c not in countries[0]]
    changes += [
        Change("Site", Kind.REMOVED, name, "", "no longer listed", _SITES) for name in old if name not in new
    ]
    changes += [
        Change("Site", Kind.ADDED, "", name, label("RecruitmentStatus", site.get("status")), _SITES)
        for name, site in new.items()
        if name not in old
    ]
    moves: Counter[tuple[str, str]] = Counter()
    for name in (name for name in new if name in old):
        states = [label("RecruitmentStatus", site.get("status")) or "(none)" for site in (old[name], new[name])]
        if states[0] != states[1]:
            moves[states[0], states[1]] += 1
        if {**old[name], "status": None} != {**new[name], "status": None}:
            changes.append(Change("Site", Kind.CHANGED, name, name, "contacts or place changed", _SITES))
    for (was, is_now), count in moves.items():
        changes.append(
            Change(
                "Status of sites", Kind.CHANGED, was, is_now, f"{count:,} site{'' if count == 1 else 's'}", _SITES
            )
        )
    return changes or ([] if before == after else [Change("Sites", Kind.CHANGED, "", "", "reordered", _SITES)])


def _site_list(locations: Any) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for site in locations or ():
        parts = (site.get(key) for key in ("facility", "city", "state", "country"))
        name = plain(", ".join(filter(None, parts))) or "(unnamed)"
        while name in found:
            name += " (again)"
        found[name] = site
    return found


def results(before: Any, after: Any) -> list[Change]:
    """Which parts of the results were posted, taken back or revised."""
    old, new = before or {}, after or {}
    changes = []
    for key in dict.fromkeys([*_RESULT_PARTS, *old, *new]):
        if old.get(key) != new.get(key):
            kind = Kind.CHANGED if key in old and key in new else Kind.ADDED if key in new else Kind.REMOVED
            words = {Kind.ADDED: "posted", Kind.REMOVED: "no longer posted", Kind.CHANGED: "revised"}[kind]
            changes.append(Change(_RESULT_PARTS.get(key, key), kind, "", "", words, f"resultsSection.{key}"))
    return changes
