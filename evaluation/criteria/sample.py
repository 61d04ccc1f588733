"""A random sample of items with numbers and what is read from them, to be judged by reading."""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path

from trialkin.model import read_study
from trialkin.model.criteria import Criterion
from trialkin.reading.criteria import parse_criteria

from .items import labelled_studies

_DIGIT = re.compile(r"\d|\b(?:one|two|three|four|five|six|twelve|year|month|week|day|stage|grade|class)s?\b")


def print_sample(corpus: Path, *, size: int, seed: int, gold: Path | None = None) -> int:
    """Print `size` items of as many studies, drawn by `seed`, none of them a labelled one; return how many."""
    shut = labelled_studies(gold) if gold else set()
    chooser = random.Random(seed)
    shown = 0
    with zipfile.ZipFile(corpus) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".json"))
        chooser.shuffle(names)
        for name in names:
            if shown == size:
                break
            study = read_study(archive.read(name))
            if study.nct_id in shut or study.eligibility is None:
                continue
            items = parse_criteria(study.eligibility.eligibility_criteria).items
            numbered = [item for item in items if _DIGIT.search(item.text.lower())]
            if not numbered:
                continue
            item = chooser.choice(numbered)
            shown += 1
            print(f"{shown}. {study.nct_id} {item.section[:2]} | {' '.join(item.text.split())[:600]}")
            for criterion in item.criteria:
                if criterion.bounds:
                    print(f"      {_shown(criterion)}")
    return shown


def _shown(criterion: Criterion) -> str:
    low = "" if criterion.low is None else f"{'[' if criterion.low_inclusive else '('}{criterion.low:g}"
    high = "" if criterion.high is None else f"{criterion.high:g}{']' if criterion.high_inclusive else ')'}"
    ends = "..".join(value or "" for value in criterion.values) if criterion.values else f"{low};{high}"
    kind = "W" if criterion.kind == "window" else "B"
    return f"{kind} {criterion.variable} {ends} {criterion.unit or ''} «{' '.join(criterion.quote.split())[:60]}»"
