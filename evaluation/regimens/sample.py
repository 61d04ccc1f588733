"""A random sample of texts that state an amount, to be judged by reading: one text of a study, none labelled."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

from trialkin.reading.doses import read_regimens

from .corpus import Text, line, studies, texts

# Any figure with a unit of dose, whether or not the reader takes it for one: what is missed must show.
_AMOUNT = re.compile(
    r"\d ?(?:mg|mcg|μg|µg|ug|g|kg|ml|cc|l|iu|i\.u\.|u|units?|c?gy|%|mmol|meq|m?mci|[mg]bq|cells|pfu|vg|puffs?|"
    r"drops?|tablets?|capsules?|million|billion)\b|\bAUC\b|10\^|×10",
    re.I,
)


def print_sample(
    paths: list[Path],
    *,
    size: int,
    seed: int,
    apart: list[int],
    gold: Path | None = None,
    rows: bool = False,
    longest: int | None = None,
    again: bool = False,
) -> dict[str, Any]:
    """Print `size` texts of as many studies, drawn by `seed`; with `rows` what is read of each; count both.

    `longest` leaves out texts of more characters; the labelled texts have no more than 600. With `again` the studies
    may have been read before, but no text that one of the seeds `apart` drew.

    No study is printed that a sample of this size by one of the seeds `apart` printed, alone or apart from those
    before it: those were read before.
    """
    shut = _labelled(gold) if gold else set()
    stated = [
        (study.nct_id, [one for one in texts(study) if _AMOUNT.search(one[2])])
        for study in studies(paths)
        if study.nct_id not in shut
    ]
    stated = [(nct_id, found) for nct_id, found in stated if found]
    if again:
        drawn_before = {one for other in apart for one in _drawn(stated, other)}
        stated = [
            (nct_id, [one for one in found if (nct_id, one) not in drawn_before]) for nct_id, found in stated
        ]
        stated = [(nct_id, found) for nct_id, found in stated if found]
    read: set[str] = set()
    for other in () if again else apart:
        drawn = _drawn(stated, other)
        fresh = [one for one in drawn if one[0] not in read]
        read |= {nct_id for some in (drawn, fresh, _short(fresh, longest)) for nct_id, _ in some[:size]}
    count = 0
    shown = _short([one for one in _drawn(stated, seed) if one[0] not in read], longest)[:size]
    for place, (nct_id, (kind, name, text)) in enumerate(shown, start=1):
        print(f"== {place}. {nct_id} {kind} [{name}] {' / '.join(text.split(chr(10)))}")
        found = read_regimens(text, name=name)
        count += len(found)
        for row in found if rows else ():
            print(f"   + {line(row)}")
    return {"texts": len(shown), "rows": count}


def _drawn(stated: list[tuple[str, list[Text]]], seed: int) -> list[tuple[str, Text]]:
    chance = random.Random(seed)
    drawn = [(nct_id, chance.choice(found)) for nct_id, found in stated]
    chance.shuffle(drawn)
    return drawn


def _short(drawn: list[tuple[str, Text]], longest: int | None) -> list[tuple[str, Text]]:
    return [one for one in drawn if longest is None or len(one[1][2]) <= longest]


def _labelled(gold: Path) -> set[str]:
    lines = (gold / "regimens.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(one)["nct_id"] for one in lines}
