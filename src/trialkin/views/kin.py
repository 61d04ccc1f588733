"""Kin for people and programs: as JSON, as text, and the words that all surfaces share.

Must not know: HTML, how kin are found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model import Study
from ..reading.markup import plain
from ..vocab import label
from .text import WIDTH, lines_text
from .words import day

if TYPE_CHECKING:
    from ..indexes.related.answer import Kinship, Related
    from ..indexes.related.explain import Reason

_BAR = 20


def kinship_json(found: Kinship) -> dict[str, Any]:
    """The whole answer; contributions sum to the score, quotes are verbatim spans of the records."""
    return {
        "nct_id": found.nct_id or None,
        "weights": dict(found.weights),
        "kin": [_related_json(found.nct_id, one) for one in found.kin],
    }


def _related_json(nct_id: str, one: Related) -> dict[str, Any]:
    return {
        "nct_id": one.kin.nct_id,
        "title": plain(one.study.title) if one.study else None,
        "score": one.kin.score,
        "relation": str(one.kin.relation),
        "contributions": one.kin.contributions,
        "reasons": [_reason_json(nct_id, one.kin.nct_id, reason) for reason in one.reasons],
        "silent": one.silent or {},
        "sentence": one.sentence,
    }


def _reason_json(nct_id: str, other: str, reason: Reason) -> dict[str, Any]:
    quotes = [(nct_id, quote) for quote in reason.quotes_a] + [(other, quote) for quote in reason.quotes_b]
    return {
        "signal": reason.signal,
        "facet": reason.facet,
        "label": reason.label,
        "contribution": reason.contribution,
        "shared": list(reason.shared),
        "quotes": [{"nct_id": whose or None, "path": quote.path, "text": quote.text} for whose, quote in quotes],
        "differs": {"here": list(reason.only_a), "there": list(reason.only_b)},
    }


def kinship_text(found: Kinship, *, width: int = WIDTH) -> str:
    """The answer for a terminal."""
    if not found.kin:
        return "No kin were found.\n"
    return "\n".join(_related_text(place, one, width) for place, one in enumerate(found.kin, start=1))


def _related_text(place: int, one: Related, width: int) -> str:
    from ..indexes.related.relations import LABELS

    title = plain(one.study.title) if one.study else "not in this library"
    lines = [f"{place}. {one.kin.nct_id}  {title}", f"   {LABELS[one.kin.relation]}; score {one.kin.score:.3f}"]
    if one.study:
        lines.append(f"   {' · '.join(circumstances(one.study))}")
    lines.append(f"   {one.sentence}")
    for facet, value in sorted(one.by_facet.items(), key=lambda pair: -pair[1]):
        if value > 0:
            bar = "█" * round(_BAR * value / max(one.kin.score, 1e-9))
            lines.append(f"     {facet:<13}{value:6.3f}  {bar}")
    return lines_text(lines, width) + "\n"


def circumstances(study: Study) -> tuple[str, ...]:
    """Status, phase, size, dates and countries in short, those that the record has."""
    count = study.enrollment.count
    start, countries = study.start_date, study.countries
    shown = ", ".join(plain(one) for one in countries[:3])
    shown += f" and {len(countries) - 3} more" if countries[3:] else ""
    phases = "/".join(label("Phase", phase) for phase in study.design.phases if phase != "NA")
    said = (
        label("Status", study.overall_status),
        phases,
        f"{count:,} participants" if count is not None else "",
        f"start {day(start)}" if start else "",
        shown,
    )
    return tuple(one for one in said if one)
