"""Bounds and windows against what a reader wrote down who saw the items and the guideline, never the program's output.

`judged.tsv` holds what was written: study, span of the item in its eligibility text, section, and each constraint. The
texts themselves stay in the registry's records. "open" marks items that a careful second reader could read otherwise.
"""

from __future__ import annotations

import csv
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from trialkin.model import read_study
from trialkin.model.criteria import Section
from trialkin.reading.criteria import parse_item

from .items import Bound, count, figures_of

_JUDGED = Path(__file__).with_name("judged.tsv")


class Place(NamedTuple):
    """Where an item stands: batch, characters of the study's eligibility text, section; whether it is open."""

    batch: str
    start: int
    end: int
    section: Section
    is_open: bool


def judged_figures(corpus: Path, *, show: bool = False) -> dict[str, Any]:
    """F1 of bounds and windows per batch and over all; `show` prints every difference.

    Raises: ValueError for a judged study that the zip does not hold.
    """
    wanted = _wanted()
    every: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    batches: dict[str, Counter[str]] = defaultdict(Counter)
    with zipfile.ZipFile(corpus) as archive:
        held = set(archive.namelist())
        if missing := [nct_id for nct_id in wanted if f"{nct_id}.json" not in held]:
            raise ValueError(
                f"the zip holds no {', '.join(missing[:5])}: give the one that the items were drawn from"
            )
        for nct_id, places in wanted.items():
            eligibility = read_study(archive.read(f"{nct_id}.json")).eligibility
            source = (eligibility.eligibility_criteria if eligibility else None) or ""
            for place, bounds in places.items():
                text = source[place.start : place.end]
                found = [c for c in parse_item(text, section=place.section) if c.bounds]
                item = {"id": nct_id, "section": place.section, "text": text}
                count(item, bounds, found, batches[place.batch], show)
                if not place.is_open:
                    count(item, bounds, found, closed, False)
    for counts in batches.values():
        every += counts
    figures = {
        f"judged_{name}_f1_{batch}": figures_of(counts)[f"{name}_f1"]
        for batch, counts in sorted(batches.items())
        for name in ("numeric", "window")
    }
    items = sum(len(places) for places in wanted.values())
    return (
        figures | {f"judged_{name}": value for name, value in figures_of(every).items()} | {"judged_items": items}
    )


def _wanted() -> dict[str, dict[Place, list[Bound]]]:
    wanted: dict[str, dict[Place, list[Bound]]] = defaultdict(dict)
    with _JUDGED.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t"):
            section: Section = line["section"]  # type: ignore[assignment]
            place = Place(line["batch"], int(line["start"]), int(line["end"]), section, line["open"] == "1")
            here = wanted[line["nct_id"]].setdefault(place, [])
            if line["type"]:
                here.append(_bound(line))
    return wanted


def _bound(line: dict[str, str]) -> Bound:
    ends: Bound = {side: float(line[side]) if line[side] else None for side in ("low", "high")}
    for side in ("low_inclusive", "high_inclusive"):
        ends[side] = {"1": True, "0": False}.get(line[side])
    values = [value or None for value in line["values"].split("..")] if line["values"] else None
    return ends | {
        "type": line["type"],
        "variable": line["variable"],
        "values": values,
        "unit": line["unit"] or None,
        "quote": None,
    }
