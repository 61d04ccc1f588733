"""The tables of `cases/`: text, then what is read from it; near-misses hold what must not be read as that kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from trialkin.eligibility import parse_item
from trialkin.model.criteria import Criterion

CASES = Path(__file__).parent / "cases"


def rows(path: Path) -> list[tuple[str, str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines]  # type: ignore[misc]


ROWS = [(path.stem, *row) for path in sorted(CASES.glob("*.tsv")) for row in rows(path)]


def shown(criterion: Criterion) -> str:
    """ "kind: variable [low;high) unit", or "kind: variable" for what bounds nothing."""
    if not criterion.bounds:
        return f"{'not ' if criterion.negated else ''}{criterion.kind}: {criterion.variable}"
    low = "" if criterion.low is None else f"{'[' if criterion.low_inclusive else '('}{criterion.low:g}"
    high = "" if criterion.high is None else f"{criterion.high:g}{']' if criterion.high_inclusive else ')'}"
    ends = f"{low};{high}" if low or high else ""
    values = "..".join(value or "" for value in criterion.values) if criterion.values else ""
    return f"{criterion.kind}: {criterion.variable} {ends}{values} {criterion.unit or ''}".strip()


@pytest.mark.parametrize(("kind", "group", "text", "criteria"), ROWS, ids=[f"{row[0]}: {row[2]}" for row in ROWS])
def test_a_phrase_reads_as_its_criteria(kind: str, group: str, text: str, criteria: str) -> None:
    found = [c for c in parse_item(text) if c.bounds == (kind != "named")]
    assert " | ".join(shown(criterion) for criterion in found) == criteria


@pytest.mark.parametrize("path", sorted(CASES.glob("*.tsv")), ids=lambda path: path.stem)
def test_each_table_is_full_and_its_near_misses_are_of_another_kind(path: Path) -> None:
    table = rows(path)
    kind = {"window": "window", "life_expectancy": "life expectancy", "count": "count"}.get(path.stem)
    near = [row for row in table if row[0] == "near"]
    assert sum(row[0] == "read" for row in table) >= 20
    assert len(near) >= 5
    assert kind is None or not any(row[2].startswith(f"{kind}:") for row in near)
