"""The fields of a study record as the registry's API names them, and records cut down to some of them.

Source: /studies/metadata of ClinicalTrials.gov API 2.0.5, as rows of `vocab/data/registry_fields.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..errors import InvalidValue
from ..indexes.search.fields import AREAS, FIELDS
from ..vocab import table

Tree = dict[str, "Tree"]
"""Wanted keys with what is wanted below each; an empty tree wants all of it."""


@dataclass(frozen=True)
class Field:
    """One node of the record. `path`: keys from the root, lists passed through; `piece`: the registry's short name.

    type: "text", "markup", "NormalizedDate", "integer", the name of an enum or of a structure, …; `leaf`: a value.
    enum: the name of its enum, "" for none. former: its names before 2024.
    """

    path: tuple[str, ...]
    piece: str
    leaf: bool
    repeated: bool
    type: str
    enum: str
    former: tuple[str, ...]
    synonyms: bool

    @property
    def address(self) -> str:
        """The path as the registry writes it: `protocolSection.statusModule.overallStatus`."""
        return ".".join(self.path)

    @property
    def kind(self) -> str:
        """What statistics the registry has of it: "ENUM", "STRING", "DATE", "INTEGER", "NUMBER" or "BOOLEAN"."""
        if self.enum:
            return "ENUM"
        return _KIND_OF_TYPE.get(self.type, "STRING")

    @property
    def sortable(self) -> bool:
        """Whether studies can be sorted by it: dates and numbers that a study has once."""
        return self.leaf and not self.repeated and self.kind in {"DATE", "INTEGER", "NUMBER"}

    def values(self, record: Any) -> Iterator[Any]:
        """Every value of the field in a record, as it stands there."""
        yield from _below(record, self.path)


_KIND_OF_TYPE = {
    "NormalizedDate": "DATE",
    "PartialDate": "DATE",
    "DateTimeMinutes": "DATE",
    "integer": "INTEGER",
    "long": "INTEGER",
    "number": "NUMBER",
    "boolean": "BOOLEAN",
}


@cache
def all_fields() -> tuple[Field, ...]:
    """Every field, parents before what is below them."""
    return tuple(
        Field(
            path=tuple(part.removesuffix("[]") for part in row["path"].split(".")),
            piece=row["piece"],
            leaf=row["kind"] == "leaf",
            repeated="[]" in row["path"],
            type=row["type"],
            enum=row["enum"],
            former=tuple(filter(None, row["former_names"].split("|"))),
            synonyms=row["synonyms"] == "yes",
        )
        for row in table("registry_fields")
    )


@cache
def _by_name() -> dict[str, Field]:
    names: dict[str, Field] = {}
    for field in all_fields():
        for name in filter(None, (field.piece, field.address, *field.former)):
            names.setdefault(name, field)
    return names


def find_field(name: str) -> Field | None:
    """A field by its piece name, its path, or a former name; capitals count, as at the registry. None: none such."""
    return _by_name().get(name)


def wanted(names: Iterable[str]) -> Tree:
    """The tree of the fields asked for by piece, path or search area; a branch brings all that is below it.

    Raises:
        InvalidValue: a name that is no field.
    """
    tree: Tree = {}
    for name in names:
        for field in _named(name):
            _want(tree, field.path)
    return tree


def cut(record: Any, tree: Tree) -> Any:
    """What a tree wants of a record, in the record's own order; None when there is nothing of it."""
    if not tree:
        return record
    if isinstance(record, list):
        found = [part for part in (cut(each, tree) for each in record) if part is not None]
        return found or None
    if not isinstance(record, dict):
        return None
    parts = {key: cut(value, tree[key]) for key, value in record.items() if key in tree}
    return {key: part for key, part in parts.items() if part is not None} or None


def _named(name: str) -> Iterator[Field]:
    area = next((area for area in AREAS if area.name == name), None)
    if area:
        for text_field in area.weights:
            yield from filter(None, map(find_field, FIELDS[text_field].pieces))
    elif field := find_field(name):
        yield field
    else:
        raise InvalidValue(f"Invalid value in parameter `fields`: unknown field `{name}`")


def _want(tree: Tree, path: tuple[str, ...]) -> None:
    for number, key in enumerate(path, 1):
        if key in tree and not tree[key]:
            return  # all of it is wanted already
        if number == len(path):
            tree[key] = {}
            return
        tree = tree.setdefault(key, {})


def _below(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _below(each, path)
    elif not path:
        if value is not None:
            yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from _below(value[path[0]], path[1:])
