"""The tables of `cases/`, one per kind: text, section, and what is read from it as that kind.

A row without criteria is a near-miss: it looks like the kind and must yield nothing of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from trialkin.model.criteria import Criterion, Section
from trialkin.reading.criteria import parse_item
from trialkin.reading.criteria.kinds import KINDS
from trialkin.vocab import table

CASES = Path(__file__).parent / "cases"
VOCABULARY = {
    "scale": ("scales", "category"),
    "variable": ("variables", "category"),
    "named": ("criteria_concepts", "kind"),
}
"""Modules whose kinds are a column of a table."""


def rows(path: Path) -> list[tuple[str, Section, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines]  # type: ignore[misc]


def kinds() -> set[str]:
    """Every kind that a module or a row of the vocabulary can make."""
    found = {kind.name for kind in KINDS} - VOCABULARY.keys() | {"condition"}
    for name, column in VOCABULARY.values():
        found |= {row[column] for row in table(name)}
    return found - {""}


ROWS = [(path.stem, *row) for path in sorted(CASES.glob("*.tsv")) for row in rows(path)]


def read(kind: str, text: str, section: Section) -> list[Criterion]:
    """What is read from a text as this kind; gestation is every age but the plain one."""
    found = parse_item(text, section=section)
    if kind == "gestation":
        return [c for c in found if c.kind == "age" and c.variable != "age"]
    return [c for c in found if c.kind == kind]


def shown(criterion: Criterion) -> str:
    """ "not variable [low;high) unit {exceptions}"."""
    low = "" if criterion.low is None else f"{'[' if criterion.low_inclusive else '('}{criterion.low:g}"
    high = "" if criterion.high is None else f"{criterion.high:g}{']' if criterion.high_inclusive else ')'}"
    ends = f"{low};{high}" if low or high else ""
    values = "..".join(value or "" for value in criterion.values) if criterion.values else ""
    denied = "not" if criterion.negated and not criterion.bounds else ""
    excepted = f"{{{', '.join(criterion.exceptions)}}}" if criterion.exceptions and not criterion.bounds else ""
    return " ".join(filter(None, (denied, criterion.variable, ends + values, criterion.unit, excepted)))


@pytest.mark.parametrize(("kind", "text", "section", "criteria"), ROWS, ids=[f"{r[0]}: {r[1]}" for r in ROWS])
def test_a_phrase_reads_as_its_criteria(kind: str, text: str, section: Section, criteria: str) -> None:
    assert ", ".join(map(shown, read(kind.replace("_", " "), text, section))) == criteria


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_each_kind_has_twenty_rows_and_five_near_misses(kind: str) -> None:
    table = rows(CASES / f"{kind.replace(' ', '_')}.tsv")
    texts = {row[0] for row in table}
    assert len(texts) == len(table)
    assert sum(bool(row[2]) for row in table) >= 20
    assert sum(not row[2] for row in table) >= 5


def test_each_table_is_of_a_kind() -> None:
    assert {path.stem.replace("_", " ") for path in CASES.glob("*.tsv")} == kinds()
