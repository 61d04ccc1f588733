"""The command that finds kin."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InvalidValue
from .shell import LibraryOption, app, columns, message, open_library, progress, write, write_json

if TYPE_CHECKING:
    from ..library import Library


class RelatedFormat(StrEnum):
    """How kin are shown."""

    TEXT = "text"
    JSON = "json"


@app.command()
def related(
    nct_id: Annotated[
        str, typer.Argument(help="A study, or - for a synopsis on standard input.", show_default=False)
    ],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 10,
    facet: Annotated[str | None, typer.Option(help="Rank by one facet alone, for example population.")] = None,
    relation: Annotated[str | None, typer.Option(help="Only one kind of kin, for example same-question.")] = None,
    candidates: Annotated[
        Path | None, typer.Option(help="Score exactly the ids in this file, one per line.", dir_okay=False)
    ] = None,
    weights: Annotated[
        Path | None, typer.Option(help="JSON file: signal to weight, scaled to sum to one.", dir_okay=False)
    ] = None,
    format: Annotated[
        RelatedFormat, typer.Option(help="json: with contributions and quotes.")
    ] = RelatedFormat.TEXT,
    library: LibraryOption = None,
) -> None:
    """Find related studies, each with the reasons.

    Example: trialkin related NCT07320690 --relation same-question
    """
    asked: dict[str, Any] = {"limit": limit}
    if facet is not None:
        asked["facet"] = _one_of(facet, "facet", _facets())
    if relation is not None:
        from ..indexes.related.relations import Relation

        asked["relation"] = Relation(_one_of(relation, "relation", tuple(Relation)))
    if candidates is not None:
        asked["candidates"] = _ids(candidates)
    if weights is not None:
        asked["weights"] = _weights(weights)
    with open_library(library) as lib:
        _ready(lib)
        found = lib.related_to_text(sys.stdin.read(), **asked) if nct_id == "-" else lib.related(nct_id, **asked)
        from ..views.kin import kinship_json, kinship_text

        if format is RelatedFormat.JSON:
            write_json(json.dumps(kinship_json(found), ensure_ascii=False, indent=2))
        else:
            write(kinship_text(found, width=columns()))


def _ready(lib: Library) -> None:
    """Find the kin of a library that has none yet, saying so."""
    if lib.kin.built:
        return
    message("Finding the kin of all studies; this is done once and kept up to date.")
    with lib.store.writing(), progress() as show:
        lib.build_kin(progress=show)


def _facets() -> tuple[str, ...]:
    from ..indexes.related.signals import FACETS

    return FACETS


def _one_of(given: str, what: str, known: tuple[str, ...]) -> str:
    if given not in known:
        raise InvalidValue(f"there is no {what} {given!r}", hint=f"One of: {', '.join(known)}")
    return given


def _ids(path: Path) -> list[str]:
    from ..model import NctId

    lines = (line.strip() for line in _text(path).splitlines())
    return [str(NctId(line)) for line in lines if line and not line.startswith("#")]


def _weights(path: Path) -> dict[str, object]:
    try:
        found = json.loads(_text(path))
    except ValueError as error:
        raise InvalidValue(
            f"{path} is not JSON: {error}", hint='For example: {"disease": 2, "words": 1}'
        ) from error
    if not isinstance(found, dict):
        raise InvalidValue(f"{path} holds no object", hint='For example: {"disease": 2, "words": 1}')
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(f"{path} cannot be read: {error}") from error
