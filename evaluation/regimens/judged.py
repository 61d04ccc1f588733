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
from typing import Any

from trialkin.model.regimen import RegimenRow
from trialkin.reading.doses import study_regimens

from .corpus import studies, texts
from .gold import MEASURES, Counts, counted, f1, mean_f1

_JUDGED = Path(__file__).with_name("judged.tsv")
_MEASURES = {"regimen": "judged_f1", "regimen_agent_dose": "judged_agent_dose_f1"}
Row = dict[str, Any]
Rows = tuple[RegimenRow, ...]


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
    found: dict[str, dict[str, list[Counts]]] = {measure: defaultdict(list) for measure in _MEASURES}
    closed: dict[str, list[Counts]] = {measure: [] for measure in _MEASURES}
    for study in studies(paths):
        read: dict[str, Rows] | None = None
        for place, (_, name, text) in enumerate(texts(study)):
            for batch, is_open, rows in wanted.pop((study.nct_id, place), ()):
                if read is None:  # as the product reads it: every name of the study known
                    read = {one.text: one.rows for one in study_regimens(study)}
                for measure in _MEASURES:
                    counts = counted({"name": name, "text": text}, rows, read.get(text, ()), MEASURES[measure])
                    found[measure][batch].append(counts)
                    if not is_open:
                        closed[measure].append(counts)
    if wanted:
        missing = ", ".join(sorted({nct_id for nct_id, _ in wanted})[:5])
        raise ValueError(f"the zips hold no text of {missing}: give those that the batches were drawn from")
    figures: dict[str, Any] = {f"judged_f1_{batch}": f1(some) for batch, some in sorted(found["regimen"].items())}
    for measure, key in _MEASURES.items():
        every = [counts for batch in found[measure].values() for counts in batch]
        figures[key] = f1(every)
        figures[f"{key}_low"], figures[f"{key}_high"] = _interval(every)
        figures[f"{key}_mean_of_texts"] = mean_f1(every)
        figures[f"{key}_not_open"] = f1(closed[measure])
    return figures | {"judged_texts": len(every), "judged_rows": sum(one.wanted for one in every)}


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


def _interval(some: list[Counts]) -> tuple[float, float]:
    drawn = sorted(f1(random.Random(seed).choices(some, k=len(some))) for seed in range(1000))
    return drawn[25], drawn[975]
