"""Reference tables: clinical vocabulary as data rows, each with its source.

Owns finding and reading the tables in `data/`. Must not know what they are used for.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/NAME.tsv`, each a mapping from column to text ("" where empty)."""
    lines = files(__package__).joinpath("data", f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    return tuple(dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:] if line)


@cache
def _labels() -> dict[tuple[str, str], str]:
    return {(row["enum"], row["value"]): row["label"] for row in table("enums")}


def label(enum: str, value: str | None) -> str:
    """The registry's display label of an enum value, "" for None; an unknown value is shown as it stands.

    Source: the registry's `Enums` definitions, see `data/enums.tsv`.
    """
    if value is None:
        return ""
    return _labels().get((enum, value), value)


@cache
def known_values(enum: str) -> frozenset[str]:
    """The documented values of an enum."""
    return frozenset(value for (name, value) in _labels() if name == enum)


@cache
def by_value(name: str) -> dict[str, dict[str, str]]:
    """The rows of a table by their `value` column."""
    return {row["value"]: row for row in table(name)}


@cache
def _capitals() -> dict[str, str]:
    return {row["name"]: row["written"] for row in table("capitals")}


@lru_cache(maxsize=4096)
def written(term: str) -> str:
    """A term of these tables, which are in lower case, as it is usually written: "EGFR antibody", "NYHA class"."""
    capitals = _capitals()
    padded = f" {term} "
    for name in capitals:
        if " " in name and name in term:
            padded = padded.replace(f" {name} ", f" {capitals[name]} ")
    return " ".join(capitals.get(word, word) for word in padded[1:-1].split(" "))
