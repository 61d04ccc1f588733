"""The command that reads doses."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import InvalidValue
from .shell import LibraryOption, app, columns, message, open_library, write, write_json


class DosesFormat(StrEnum):
    """How rows are shown."""

    TEXT = "text"
    JSON = "json"


@app.command("regimens", hidden=True)
@app.command()
def doses(
    nct_ids: Annotated[
        list[str] | None, typer.Argument(help="For example NCT07320690.", show_default=False)
    ] = None,
    given: Annotated[
        str | None, typer.Option(help='Facts, "name=value; name=value": which rows apply.', show_default=False)
    ] = None,
    format: Annotated[DosesFormat, typer.Option(help="json: one object a study.")] = DosesFormat.TEXT,
    texts: Annotated[
        Path | None,
        typer.Option(help='Read these texts instead: one JSON object a line, with "id", "text" and maybe "name".'),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Read the doses of studies, or of any text, as rows. Facts given here are used for the answer only.

    Example: trialkin doses NCT07320690 --given "margin=0.5 mm; pCR=no"
    """
    if (texts is None) == (not nct_ids):
        raise InvalidValue("name studies or --texts FILE, one of the two", hint="trialkin doses NCT07320690")
    if texts is not None:
        _read_texts(texts)
        return
    from ..reading.doses import parse_facts
    from ..views.answers import doses_answer
    from ..views.blocks import Note, Section
    from ..views.regimens import NOTICE, askables, study_blocks
    from ..views.text import section_text

    facts = parse_facts(given) if given is not None else None
    with open_library(library) as lib:
        for nct_id in nct_ids or ():
            stored = lib.find(nct_id)
            study, found = stored.study, lib.reading(stored).doses
            if format is DosesFormat.JSON:
                write_json(json.dumps(doses_answer(lib, nct_id, facts=facts), ensure_ascii=False))
                continue
            blocks = study_blocks(found, facts) or (Note("No dose could be read from the texts of this study."),)
            doses = Section("doses", f"Doses of {study.nct_id}", (Note(NOTICE), *blocks))
            write(section_text(doses, width=columns()) + "\n")
            if asked := askables(found):
                said = "; ".join(f"{one.subject} ({one.unit})" if one.unit else one.subject for one in asked)
                message(f"What --given can state for {study.nct_id}: {said}")


def _read_texts(path: Path) -> None:
    """One JSON object out for each line in, in the same order."""
    import msgspec

    from ..model.regimen import TextRegimens
    from ..reading.doses import read_regimens

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidValue(
            f"{path} cannot be read: {error}", hint="Name a text file of JSON lines in UTF-8."
        ) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        entry = _entry(line, number, path)
        name = entry.get("name")
        rows = read_regimens(entry["text"], name=name if isinstance(name, str) else "")
        out = TextRegimens(id=entry["id"], rows=rows)
        write_json(msgspec.json.encode(out).decode())


def _entry(line: str, number: int, path: Path) -> dict[str, Any]:
    hint = 'Each line is one object with "id" and "text".'
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise InvalidValue(f"{path}, line {number}: not JSON ({error})", hint=hint) from error
    if (
        not isinstance(entry, dict)
        or not isinstance(entry.get("text"), str)
        or not isinstance(entry.get("id"), str | int)
    ):
        raise InvalidValue(f'{path}, line {number}: "id" or "text" is missing', hint=hint)
    return entry
