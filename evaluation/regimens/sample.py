"""A random sample of texts that state an amount, to be judged by reading: one text of a study, none labelled."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

from trialkin.regimens import read_regimens

from .corpus import line, studies, texts

# Any figure with a unit of dose, whether or not the reader takes it for one: what is missed must show.
_AMOUNT = re.compile(
    r"\d ?(?:mg|mcg|μg|µg|ug|g|kg|ml|cc|l|iu|i\.u\.|u|units?|c?gy|%|mmol|meq|m?mci|[mg]bq|cells|pfu|vg|puffs?|"
    r"drops?|tablets?|capsules?|million|billion)\b|\bAUC\b|10\^|×10",
    re.I,
)


def print_sample(
    paths: list[Path], *, size: int, seed: int, gold: Path | None = None, rows: bool = False
) -> dict[str, Any]:
    """Print `size` texts of as many studies, drawn by `seed`; with `rows` what is read of each; count both."""
    shut = _labelled(gold) if gold else set()
    chance = random.Random(seed)
    drawn = []
    for study in studies(paths):
        stating = [one for one in texts(study) if _AMOUNT.search(one[2])]
        if stating and study.nct_id not in shut:
            drawn.append((study.nct_id, chance.choice(stating)))
    chance.shuffle(drawn)
    count = 0
    for place, (nct_id, (kind, name, text)) in enumerate(drawn[:size], start=1):
        print(f"== {place}. {nct_id} {kind} [{name}] {' / '.join(text.split(chr(10)))}")
        found = read_regimens(text, name=name)
        count += len(found)
        for row in found if rows else ():
            print(f"   + {line(row)}")
    return {"texts": min(size, len(drawn)), "rows": count}


def _labelled(gold: Path) -> set[str]:
    lines = (gold / "regimens.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(one)["nct_id"] for one in lines}
