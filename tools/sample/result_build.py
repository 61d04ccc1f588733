"""Short forms for a results section: flow, baseline, outcome measures, analyses, adverse events.

Owns the counting that must fit (not completed = started - completed). Must not know any single study.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .build import Json, clean, prose

Counts = Sequence[int]


def groups(prefix: str, *arms: tuple[str, str]) -> list[Json]:
    """Groups `(title, description)` with ids such as FG000."""
    return [
        clean({"id": f"{prefix}{at:03d}", "title": title, "description": text or None})
        for at, (title, text) in enumerate(arms)
    ]


def _by_group(prefix: str, values: Sequence[Any], key: str) -> list[Json]:
    return [{"groupId": f"{prefix}{at:03d}", key: str(value)} for at, value in enumerate(values)]


def period(title: str, started: Counts, completed: Counts, lost: Mapping[str, Counts], **between: Counts) -> Json:
    """One period of the flow; `between` are further milestones, `_` for blanks in their names."""
    steps = {
        "STARTED": started,
        **{name.replace("_", " "): counts for name, counts in between.items()},
        "COMPLETED": completed,
        "NOT COMPLETED": [a - b for a, b in zip(started, completed, strict=True)],
    }
    if lost:
        left = [sum(counts) for counts in zip(*lost.values(), strict=True)]
        if left != steps["NOT COMPLETED"]:
            raise ValueError(f"{title}: reasons {left} do not add up to {steps['NOT COMPLETED']}")
    return clean(
        {
            "title": title,
            "milestones": [
                {"type": kind, "achievements": _by_group("FG", counts, "numSubjects")}
                for kind, counts in steps.items()
            ],
            "dropWithdraws": [
                {"type": kind, "reasons": _by_group("FG", counts, "numSubjects")} for kind, counts in lost.items()
            ],
        }
    )


def denoms(prefix: str, counts: Sequence[int], units: str = "Participants") -> list[Json]:
    """How many units were analysed in each group."""
    return [{"units": units, "counts": _by_group(prefix, counts, "value")}]


def _measurement(prefix: str, at: int, value: Any) -> Json:
    keys: tuple[str, ...] = ("value",)
    parts = value if isinstance(value, tuple) else (value,)
    if len(parts) == 2:
        keys = ("value", "spread")
    elif len(parts) in (3, 4):
        keys = ("value", "lowerLimit", "upperLimit", "comment")
    return {"groupId": f"{prefix}{at:03d}", **{key: str(part) for key, part in zip(keys, parts, strict=False)}}


def classes(prefix: str, rows: Mapping[str, Any]) -> list[Json]:
    """Rows of a table: `{class: {category: [value per group]}}`, or `{"": [values]}` for a single cell each.

    A value is text, `(value, spread)`, `(value, lower, upper)` or `(value, lower, upper, comment)`; None is a gap.
    """
    found = []
    for title, cell in rows.items():
        categories = cell if isinstance(cell, Mapping) else {"": cell}
        found.append(
            clean(
                {
                    "title": title or None,
                    "categories": [
                        clean(
                            {
                                "title": name or None,
                                "measurements": [
                                    _measurement(prefix, at, value)
                                    for at, value in enumerate(values)
                                    if value is not None
                                ],
                            }
                        )
                        for name, values in categories.items()
                    ],
                }
            )
        )
    return found


def baseline(
    title: str, param: str, unit: str, rows: Mapping[str, Any], dispersion: str | None = None, **more: Any
) -> Json:
    """One baseline measure."""
    return clean(
        {
            "title": title,
            "paramType": param,
            "dispersionType": dispersion,
            "unitOfMeasure": unit,
            "classes": classes("BG", rows),
            **more,
        }
    )


def measured(
    kind: str,
    title: str,
    frame: str,
    arms: list[tuple[str, str]],
    counts: Sequence[int],
    *,
    param: str,
    unit: str,
    rows: Mapping[str, Any],
    dispersion: str | None = None,
    about: str = "",
    population: str = "",
    analyses: Sequence[Json] = (),
    **more: Any,
) -> Json:
    """One posted outcome measure."""
    return clean(
        {
            "type": kind,
            "title": title,
            "description": prose(about) or None,
            "populationDescription": prose(population) or None,
            "reportingStatus": "POSTED",
            "paramType": param,
            "dispersionType": dispersion,
            "unitOfMeasure": unit,
            "timeFrame": frame,
            "groups": groups("OG", *arms),
            "denoms": more.pop("denoms", None) or denoms("OG", counts),
            "classes": classes("OG", rows),
            "analyses": list(analyses),
            **more,
        }
    )


def analysis(
    method: str | None,
    p: str | None,
    *,
    kind: str = "SUPERIORITY",
    estimate: tuple[str, str] | None = None,
    ci: tuple[str | None, str | None] | None = None,
    level: str = "95",
    **more: Any,
) -> Json:
    """One statistical analysis between OG000 and OG001; `estimate` is (name, value)."""
    return clean(
        {
            "paramType": estimate[0] if estimate else None,
            "paramValue": estimate[1] if estimate else None,
            "statisticalMethod": method,
            "pValue": p,
            "ciNumSides": ("TWO_SIDED" if None not in ci else "ONE_SIDED") if ci else None,
            "ciPctValue": level if ci else None,
            "ciLowerLimit": ci[0] if ci else None,
            "ciUpperLimit": ci[1] if ci else None,
            "nonInferiorityType": kind,
            "groupIds": more.pop("groupIds", ["OG000", "OG001"]),
            **more,
        }
    )


def event(
    term: str, organ: str, affected: Counts, at_risk: Counts, *, events: Counts | None = None, **more: Any
) -> Json:
    """One adverse event term with its counts in each group."""
    stats = [
        clean(
            {
                "groupId": f"EG{at:03d}",
                "numEvents": events[at] if events else None,
                "numAffected": count,
                "numAtRisk": risk,
            }
        )
        for at, (count, risk) in enumerate(zip(affected, at_risk, strict=True))
    ]
    return clean(
        {
            "term": term,
            "organSystem": organ,
            "sourceVocabulary": "Invented terms 1.0",
            "assessmentType": "SYSTEMATIC_ASSESSMENT",
            **more,
            "stats": stats,
        }
    )


def event_groups(
    arms: list[tuple[str, str]],
    *,
    deaths: Sequence[tuple[int, int]],
    serious: Sequence[tuple[int, int]],
    other: Sequence[tuple[int, int]],
) -> list[Json]:
    """The groups of the adverse events, each count as (affected, at risk)."""
    found = groups("EG", *arms)
    for name, counts in (("deaths", deaths), ("serious", serious), ("other", other)):
        for group, (affected, at_risk) in zip(found, counts, strict=True):
            group |= {f"{name}NumAffected": affected, f"{name}NumAtRisk": at_risk}
    return found
