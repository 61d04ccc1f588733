"""How much of real eligibility texts is understood: in full, in part, not at all."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trialkin.model import read_study
from trialkin.reading.criteria import parse_criteria


def texts(path: Path, *, every: int) -> Iterator[tuple[str, str]]:
    """(id, eligibility text) of every n-th record of a bulk zip."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))
        for name in names[::every]:
            study = read_study(archive.read(name))
            yield study.nct_id, study.eligibility.eligibility_criteria or ""


def understood(path: Path, *, every: int) -> dict[str, Any]:
    """Shares of items by status, and how many criteria of each kind were read."""
    status: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    studies = 0
    for _, text in texts(path, every=every):
        studies += 1
        for item in parse_criteria(text).items:
            status[item.status] += 1
            kinds.update(criterion.kind for criterion in item.criteria)
    total = max(sum(status.values()), 1)
    return {
        "corpus_studies": studies,
        "corpus_items": sum(status.values()),
        "understood_full": round(status["full"] / total, 4),
        "understood_part": round(status["part"] / total, 4),
        "understood_none": round(status["none"] / total, 4),
        "criteria_by_kind": dict(kinds.most_common()),
    }
