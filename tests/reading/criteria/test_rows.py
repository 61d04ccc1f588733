"""A new laboratory test, scale or concept is a row alone: whatever a table holds is read, and no code names it."""

from __future__ import annotations

import re
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
        patched.setattr(
            vocabulary, "table", lambda name: (*table(name), *(row for key, row in NEW.items() if key == name))
        )
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


def _marks(row: dict[str, str]) -> set[str]:
    """What a gene's row is called by: the first word of its name and the symbols of its code, without hyphens."""
    code = "" if "gene group" in row["source"] else row["source"].removeprefix("HGNC ").lower()
    return {row["name"].split()[0].replace("-", ""), *re.findall(r"[a-z0-9]+", code)}


def test_no_row_with_a_code_holds_the_name_of_another_entity() -> None:
    """A marker of another gene's row, and the whole name of another coded row, are names of another entity."""
    rows = [row for row in table("criteria_concepts") if row["source"] != "registry usage" and row["kind"]]
    names = {row["name"].replace("-", " "): row["name"] for row in rows}
    genes = {row["name"]: _marks(row) for row in rows if row["source"].startswith("HGNC ")}
    for row in rows:
        for alias in (alias for column in ("aliases", "denials") for alias in row[column].split("; ") if alias):
            assert names.get(alias, row["name"]) == row["name"], (row["name"], alias)
            words = set(alias.split()) | {alias.replace(" ", "")}
            others = [name for name, marks in genes.items() if name != row["name"] and words & marks]
            own = genes.get(row["name"], set())
            assert not others or words & own or row["name"] not in genes, (row["name"], alias, others)


MARKERS = (
    ("PIK3CA mutation", "pik3ca mutation"), ("HPV positive tumour", "hpv status"), ("ESR1 mutation", "esr1 mutation"),
    ("FGFR2 fusion", "fgfr2 alteration"), ("Claudin 18.2 positive", "claudin 18.2 expression"),
    ("Mesothelin expression", "mesothelin expression"), ("PTEN loss", "pten loss"), ("GD2", "gd2 expression"),
    ("DLL3", "dll3 expression"), ("NY-ESO-1", "ny-eso-1 expression"), ("IDH1 mutation", "idh1 mutation"),
    ("BCR-ABL", "philadelphia chromosome"), ("JAK2 V617F", "jak2 mutation"), ("CD19 positive", "cd19 expression"),
    ("PSMA positive", "psma expression"), ("NPM1 mutation", "npm1 mutation"), ("del(17p)", "17p deletion"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "name"), MARKERS, ids=[name for _, name in MARKERS])
def test_each_marker_has_its_own_name(text: str, name: str) -> None:
    assert parse_item(text)[0].variable == name


def test_no_name_is_in_two_rows() -> None:
    for name, columns in (("criteria_concepts", ("aliases", "denials")), ("scales", ("aliases",))):
        names = [alias for row in table(name) for column in columns for alias in row[column].split("; ") if alias]
        assert len(names) == len(set(names))
        spelt = [" ".join(map(vocabulary._common, alias.split())) for alias in names]
        assert name == "scales" or len(spelt) == len(set(spelt))
        assert [row["name"] for row in table(name)] == sorted(row["name"] for row in table(name))
        assert all(row["source"] for row in table(name))
