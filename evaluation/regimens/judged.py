"""Dose rows against what readers wrote down who saw the texts and the guideline, never the program's output.

`judged.tsv` holds what they wrote: study, place of the text among its arms and interventions, and each row's agent,
bounds, unit and schedule. The texts themselves stay in the registry's records. "open" marks texts that a careful second
reader could read otherwise. Must not know how rows are read.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from trialkin.reading.doses import read_regimens

from .corpus import Text, studies, texts
from .gold import MEASURES, match, names_in

_JUDGED = Path(__file__).with_name("judged.tsv")
Row = dict[str, Any]


class Counts(NamedTuple):
    """Of one text: rows read as they were written down, rows read, rows written down."""

    right: int
    made: int
    wanted: int


def judged_figures(paths: list[Path], *, batches: list[str] | None = None) -> dict[str, Any]:
    """F1 of agent, dose, unit and schedule per batch and over all, with and without the open texts.

    Intervals are percentiles (2.5, 97.5) of 1,000 draws of texts. Raises: ValueError for a judged study that the zips
    do not hold.
    """
    wanted = _wanted(batches)
    if not wanted:
        raise ValueError(
            f"no judged batch is called {' or '.join(batches or ())}: see the first column of {_JUDGED.name}"
        )
    found: dict[str, list[Counts]] = defaultdict(list)
    closed: list[Counts] = []
    for study in studies(paths):
        for place, text in enumerate(texts(study)):
            for batch, is_open, rows in wanted.pop((study.nct_id, place), ()):
                counts = _counted(text, rows)
                found[batch].append(counts)
                if not is_open:
                    closed.append(counts)
    if wanted:
        missing = ", ".join(sorted({nct_id for nct_id, _ in wanted})[:5])
        raise ValueError(f"the zips hold no text of {missing}: give those that the batches were drawn from")
    every = [counts for batch in found.values() for counts in batch]
    figures: dict[str, Any] = {f"judged_f1_{batch}": _f1(some) for batch, some in sorted(found.items())}
    low, high = _interval(every)
    return figures | {
        "judged_texts": len(every),
        "judged_rows": sum(one.wanted for one in every),
        "judged_f1": _f1(every),
        "judged_f1_low": low,
        "judged_f1_high": high,
        "judged_f1_not_open": _f1(closed),
    }


def _wanted(batches: list[str] | None) -> dict[tuple[str, int], list[tuple[str, bool, list[Row]]]]:
    rows: dict[tuple[str, int, str, bool], list[Row]] = defaultdict(list)
    with _JUDGED.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines, delimiter="\t"):
            if batches and line["batch"] not in batches:
                continue
            here = rows[line["nct_id"], int(line["text"]), line["batch"], line["open"] == "1"]
            if line["unit"]:
                here.append(
                    {
                        "agent": line["agent"],
                        "dose_low": float(line["low"]) if line["low"] else None,
                        "dose_high": float(line["high"]) if line["high"] else None,
                        "dose_unit": line["unit"],
                        "schedule": line["schedule"] or None,
                    }
                )
    found: dict[tuple[str, int], list[tuple[str, bool, list[Row]]]] = defaultdict(list)
    for (nct_id, place, batch, is_open), some in rows.items():
        found[nct_id, place].append((batch, is_open, some))
    return found


def _counted(text: Text, wanted: list[Row]) -> Counts:
    _, name, words = text
    read = [
        {field: getattr(row, field) for field in row.__struct_fields__} for row in read_regimens(words, name=name)
    ]
    for row in (*wanted, *read):
        row["names"] = names_in(row["agent"], f"{name}\n{words}")
    missed, _ = match(wanted, read, MEASURES["regimen"])
    return Counts(len(wanted) - len(missed), len(read), len(wanted))


def _f1(some: list[Counts]) -> float:
    sides = sum(one.made + one.wanted for one in some)
    return round(2 * sum(one.right for one in some) / sides, 4) if sides else 0.0


def _interval(some: list[Counts]) -> tuple[float, float]:
    drawn = sorted(_f1(random.Random(seed).choices(some, k=len(some))) for seed in range(1000))
    return drawn[25], drawn[975]
