"""A new laboratory test, scale or concept is a row alone: whatever a table holds is read, and no code names it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from trialkin.reading.criteria import parse_item, vocabulary
from trialkin.reading.criteria.scales import scale_values
from trialkin.vocab import table

NEW = {
    "variables": {
        "name": "zorbin", "category": "laboratory", "unit": "ng/mL", "low": "0", "high": "9",
        "aliases": "zorbin; serum zorbin", "source": "made up",
    },
    "scales": {
        "name": "quux grade", "category": "stage", "values_as": "roman", "values": "I II III",
        "aliases": "quux grade; quux", "source": "made up",
    },
    "criteria_concepts": {
        "name": "blorbosis", "kind": "comorbidity", "aliases": "blorbosis; blorb disease", "denials": "blorb free",
        "source": "made up",
    },
}  # fmt: skip


@pytest.fixture
def new_rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    indexes = (vocabulary._measures, vocabulary._concepts, vocabulary._lexicon, vocabulary.counted)
    with monkeypatch.context() as patched:
        patched.setattr(vocabulary, "table", lambda name: (*table(name), NEW[name]))
        for index in indexes:
            index.cache_clear()
        yield
    for index in indexes:
        index.cache_clear()


@pytest.mark.usefixtures("new_rows")
@pytest.mark.parametrize(
    ("text", "kind", "variable", "bound", "negated"),
    [
        ("serum zorbin ≤ 4.5 ng/mL", "laboratory", "zorbin", 4.5, False),
        ("Quux II-III", "stage", "quux grade", ("II", "III"), False),
        ("no Blorb diseases", "comorbidity", "blorbosis", None, True),
        ("blorb-free", "comorbidity", "blorbosis", None, True),
    ],
)
def test_a_new_row_is_read(
    text: str, kind: str, variable: str, bound: float | tuple[str, str] | None, negated: bool
) -> None:
    (found,) = parse_item(text)
    assert (found.kind, found.variable, found.values or found.high, found.negated) == (
        kind,
        variable,
        bound,
        negated,
    )


@pytest.mark.parametrize("row", table("scales"), ids=lambda row: row["name"])
def test_every_scale_is_read_and_ordered(row: dict[str, str]) -> None:
    values = scale_values(row["name"])
    top = values[-1] if values else row["values"].split("..")[1]
    for alias in row["aliases"].split("; "):
        text = f"{alias} {top}" if values else f"{alias} ≥ {top}"
        found = [c for c in parse_item(text) if c.variable == row["name"]]
        assert found, text
        assert found[0].kind == row["category"]
    assert len(values) != 1
    assert row["source"]


@pytest.mark.parametrize(
    "row",
    [row for row in table("variables") if row["category"] in ("laboratory", "size")],
    ids=lambda row: row["name"],
)
def test_every_laboratory_test_and_size_is_read(row: dict[str, str]) -> None:
    for alias in row["aliases"].split("; "):
        found = [c for c in parse_item(f"{alias} above {row['high']} %") if row["name"] in c.variable]
        assert found or row["unit"] != "%", alias


def test_no_name_is_in_two_rows() -> None:
    for name, columns in (("criteria_concepts", ("aliases", "denials")), ("scales", ("aliases",))):
        names = [alias for row in table(name) for column in columns for alias in row[column].split("; ") if alias]
        assert len(names) == len(set(names))
        spelt = [" ".join(map(vocabulary._common, alias.split())) for alias in names]
        assert name == "scales" or len(spelt) == len(set(spelt))
        assert [row["name"] for row in table(name)] == sorted(row["name"] for row in table(name))
        assert all(row["source"] for row in table(name))
