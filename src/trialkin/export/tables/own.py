"""Trialkin's own tables beside AACT's: criteria, doses, kin and sites with points. Must not know files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...indexes.search.places import site_point
from ...model import Study
from ...model.criteria import Criteria
from ...reading.doses import DosedText
from ...reading.markup import plain

Row = dict[str, Any]


def criteria_rows(criteria: Criteria) -> Iterator[tuple[str, Row]]:
    """A row for each criterion read; an item of which nothing was read has one row with its text alone."""
    position = 0
    for item in criteria.items:
        head = {
            "item": item.index,
            "section": item.section,
            "number": item.number,
            "text": plain(item.text),
            "status": item.status,
        }
        for criterion in item.criteria:
            window = criterion.window
            yield (
                "criteria",
                head
                | {
                    "position": position,
                    "kind": criterion.kind,
                    "variable": criterion.variable,
                    "negated": criterion.negated,
                    "low": criterion.low,
                    "low_included": criterion.low_inclusive,
                    "high": criterion.high,
                    "high_included": criterion.high_inclusive,
                    "values": "..".join(value or "" for value in criterion.values) if criterion.values else None,
                    "unit": criterion.unit,
                    "canonical_low": criterion.canonical_low,
                    "canonical_high": criterion.canonical_high,
                    "canonical_unit": criterion.canonical_unit,
                    "window_variable": window.variable if window else None,
                    "window_low": window.low if window else None,
                    "window_high": window.high if window else None,
                    "window_unit": window.unit if window else None,
                    "joined": criterion.group,
                    "quote": criterion.quote,
                },
            )
            position += 1
        if not item.criteria:
            yield "criteria", head | {"position": position}
            position += 1


def dose_rows(texts: Iterable[DosedText]) -> Iterator[tuple[str, Row]]:
    """A row for each dose read, with the arm or intervention whose text states it."""
    position = 0
    for text in texts:
        for row in text.rows:
            yield (
                "doses",
                {
                    "position": position,
                    "source": text.source,
                    "name": text.name,
                    "agent": row.agent,
                    "dose_low": row.dose_low,
                    "dose_high": row.dose_high,
                    "dose_unit": row.dose_unit,
                    "route": row.route,
                    "schedule": row.schedule,
                    "condition": row.condition,
                    "quote": row.quote,
                },
            )
            position += 1


def site_rows(study: Study) -> Iterator[tuple[str, Row]]:
    """A row for each site, with its point: the record's, or the middle of its city (`placed_by` says which)."""
    for position, site in enumerate(study.locations):
        point = site_point(site)
        yield (
            "sites",
            {
                "position": position,
                "facility": site.facility,
                "city": site.city,
                "state": site.state,
                "country": site.country,
                "status": site.status,
                "latitude": point.lat if point else None,
                "longitude": point.lon if point else None,
                "placed_by": ("city" if point.guessed else "record") if point else None,
            },
        )
