"""The dose rows of a corpus: how many there are, and what a changed rule changes of them.

python -m evaluation regimens --corpus ZIP --snapshot before.json
python -m evaluation regimens --corpus ZIP --diff before.json
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trialkin.model import Study, read_study
from trialkin.model.regimen import RegimenRow
from trialkin.reading.doses import read_regimens, study_regimens

from ..snapshots import Lines, differences, keep

Text = tuple[str, str, str]


def texts(study: Study) -> list[Text]:
    """(arm or intervention, name, text) of every such text of a study, as the record orders them."""
    arms = [("arm", arm.label or "", arm.description or "") for arm in study.arm_groups]
    given = [("intervention", one.name or "", one.description or "") for one in study.interventions]
    return [one for one in (*arms, *given) if one[2]]


def studies(paths: list[Path], *, every: int = 1) -> Iterator[Study]:
    """Every n-th record of bulk zips."""
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(".json"))
            yield from (read_study(archive.read(name)) for name in names[::every])


def line(row: RegimenRow) -> str:
    """One row in normal form."""
    dose = f"{_figure(row.dose_low)}..{_figure(row.dose_high)} {row.dose_unit}"
    if row.fractions_low is not None or row.dose_per_fraction is not None:
        dose += f" {row.fractions_low}x{row.dose_per_fraction}"
    course = "".join(
        f" | {value:g} {unit}"
        for value, unit in ((row.repeats, row.repeats_unit), (row.duration, row.duration_unit))
        if value is not None
    )
    return f"{row.agent} | {dose} | {row.schedule} | {row.route}{course} | {row.condition}"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def understood(paths: list[Path], *, every: int) -> dict[str, Any]:
    """How many texts state a dose, and how much of each row is known."""
    counts: Counter[str] = Counter()
    for study in studies(paths, every=every):
        counts["corpus_studies"] += 1
        for _, name, text in texts(study):
            rows = read_regimens(text, name=name)
            counts["corpus_texts"] += 1
            counts["texts_with_rows"] += bool(rows)
            counts["rows"] += len(rows)
            for field in ("schedule", "route", "condition"):
                counts[f"rows_with_{field}"] += sum(getattr(row, field) is not None for row in rows)
    return dict(counts)


def _lines(paths: list[Path], *, every: int) -> Lines:
    """The rows of each text in normal form with their quotes, as the product reads the study."""
    found: Lines = {}
    for study in studies(paths, every=every):
        read = {one.text: one.rows for one in study_regimens(study)}
        for place, (kind, name, text) in enumerate(texts(study)):
            made = [f"{line(row)} ← {row.quote!r}" for row in read.get(text, ())]
            found[f"{study.nct_id} {kind} {place}"] = [f"{name}: {text[:600]}", *made]
    return found


def write_snapshot(paths: list[Path], path: Path, *, every: int) -> dict[str, Any]:
    """Keep the rows read now."""
    return {"snapshot_texts": keep(_lines(paths, every=every), path)}


def difference(paths: list[Path], path: Path, *, every: int) -> dict[str, Any]:
    """Print every text that is now read otherwise: − before, + now."""
    counts = differences(_lines(paths, every=every), path)
    return {"texts_changed": counts["changed"], "rows_lost": counts["lost"], "rows_gained": counts["gained"]}
