"""Nothing from a record reaches a terminal raw: every command in every format, over records that try."""

from __future__ import annotations

import enum
import inspect
import json
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from trialkin import Library
from trialkin.cli import app
from trialkin.history.watch import Watch
from trialkin.reading.markup import printable, printable_json
from trialkin.sample import records

ESCAPES = "\x1b[31m\x1b]8;;http://x.invalid\x07\x07\x9b31m\x9d0;x\x9c\x7f\x08\x85\x1a\r"
DIRECTION = "\u202e\u2066\u200f\u061c\u2069\u202a"
NO_WIDTH = "\u200b\u200d\u2060\ufeff\u00ad\u180e\U000e0041\u2028"
PAYLOAD = ESCAPES + DIRECTION + NO_WIDTH
BAD = {sign for sign in PAYLOAD if not " " <= sign <= "~"} - {"\r"}

ONE, TWO = "NCT99000001", "NCT99000002"
WHO = Path(__file__).parent / "who_fits"
PATIENT = ["--facts", str(WHO / "patient.json")]
ARGUMENTS: dict[str, list[str]] = {
    "show": [ONE],
    "criteria": [ONE],
    "doses": [ONE],
    "history": [ONE],
    "related": [ONE],
    "compare": [ONE, TWO],
    "search": [],
    "landscape": [],
    "watch": ["--peek"],
    "doctor": [],
    "same": [ONE],
    "match": [*PATIENT, "--candidates", str(WHO / "ids.txt")],
    "screen": [ONE, *PATIENT],
    "sql": ["SELECT * FROM studies"],
}
NOTHING_OF_A_RECORD = {"demo", "export", "import", "mcp", "rebuild", "serve", "sync", "tables", "verify"}


def spoilt(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: item if key in ("nctId", "date") else spoilt(item) for key, item in value.items()}
    if isinstance(value, list):
        return [spoilt(item) for item in value]
    if isinstance(value, str) and not value.isupper() and not value[:1].isdigit():
        return f"{value[:3]}{PAYLOAD}{value[3:]}"
    return value


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("spoilt")
    found = [json.loads(data) for name, data in records() if ONE in name or TWO in name]
    with Library(place / "library", create=True) as library:
        for turn in range(2):  # twice, so that there is a history and news
            (place / "x.json").write_text(json.dumps([spoilt(record) for record in found], ensure_ascii=True))
            library.import_records([place / "x.json"])
            if turn == 0:
                library.add_watch(Watch(name="all", studies=(ONE, TWO)))
                library.watch()
            for record in found:
                record["protocolSection"]["identificationModule"]["briefTitle"] += " again"
                record["protocolSection"]["odd" + PAYLOAD] = 1
        library.build_kin()
    assert CliRunner().invoke(app, ["tables", "--library", str(place / "library")]).exit_code == 0
    return place / "library"


def calls() -> Iterator[tuple[str, list[str]]]:
    for command in app.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__
        if command.hidden or name in NOTHING_OF_A_RECORD:
            continue
        hints = typing.get_type_hints(command.callback)
        yield name, []
        for parameter in inspect.signature(command.callback).parameters:
            kinds = [kind for kind in (hints[parameter], *typing.get_args(hints[parameter])) if _is_choice(kind)]
            if parameter == "format":
                texts = [each.value for each in kinds[0] if each.value != "parquet"]  # which goes to a file
                yield from ((name, ["--format", text]) for text in texts)
            elif parameter in ("as_json", "json_"):
                yield name, ["--json"]
            elif parameter == "raw":
                yield name, ["--raw"]


def _is_choice(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, enum.Enum)


CALLS = list(calls())


@pytest.mark.parametrize(("name", "options"), CALLS, ids=[" ".join([name, *more]) for name, more in CALLS])
def test_every_command_in_every_format(folder: Path, name: str, options: list[str]) -> None:
    assert name in ARGUMENTS, "a new command: say here what it is asked"
    done = CliRunner().invoke(app, [name, *ARGUMENTS[name], *options, "--library", str(folder)])
    assert done.exit_code == 0, done.output
    if options == ["--format", "raw"]:  # the bytes as stored, for a file; a terminal gets them escaped
        assert json.loads(done.stdout)
        return
    found = set(done.output) & BAD
    assert not found, [hex(ord(sign)) for sign in found]
    assert done.output.count("\r") == done.output.count("\r\n")


def test_json_means_the_same() -> None:
    value = {"a" + PAYLOAD: [PAYLOAD, "é–中"]}
    text = printable_json(json.dumps(value, ensure_ascii=False, indent=1))
    assert json.loads(text) == value and not set(text) & BAD and "é–中" in text


def test_what_is_read_stays() -> None:
    for text in ("é–中 ≥ 5 µg\tdl\n", "עברית", "👍"):
        assert printable(text) == text
    assert printable(f"a{NO_WIDTH[:-1]}b") == "ab"
