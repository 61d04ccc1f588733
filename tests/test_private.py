"""Nothing of a patient leaves: notes with planted identifiers through every surface, with and without an error at each
stage, then a search of everything that was printed, logged, raised, sent or stored."""

from __future__ import annotations

import importlib
import json
import logging
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from typer.testing import CliRunner

from tests import loops
from tests.web.test_safety import ask
from trialkin import Library
from trialkin.cli import app
from trialkin.errors import TrialkinError
from trialkin.matching.intake import facts_of_bytes
from trialkin.web.app import create_app

PLANTED = ("Zxqvorn", "Plantedstreet", "555-0199", "MRN8812345")
NOTE = (
    "Zxqvorn, MRN8812345, 7 Plantedstreet, phone 555-0199: a 58-year-old woman with head and neck cancer "
    "and Zxqvorn syndrome. "
    "No diabetes."
)
STAGES = (
    "matching.note:phrase",
    "matching.fit:judge",
    "matching.fit:judge_record",
    "matching.fit:next_questions",
    "matching.fit:phrase",
    "matching.ranking:prepare",
    "views.match:evidence_words",
    "views.match_page:evidence_words",
)


def _planted_in(text: str) -> list[str]:
    return [word for word in PLANTED if word.lower() in text.lower()]


def _stored(*folders: Path) -> str:
    held = [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]
    return b"\n".join(held).decode("latin-1") + " ".join(
        str(path) for folder in folders for path in folder.rglob("*")
    )


def _breaks(stage: str, patch: pytest.MonkeyPatch) -> None:
    """The named function of a stage fails, and its error repeats the patient's words."""
    module, _, name = stage.partition(":")

    def failing(*given: object, **_: object) -> object:
        raise KeyError(f"{NOTE} {given!r}")

    patch.setattr(importlib.import_module(f"trialkin.{module}"), name, failing)


@pytest.fixture
def ours(sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of temporary files that is ours alone, where the library would put them too."""
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setenv("TMPDIR", str(temp))
    monkeypatch.setattr("tempfile.tempdir", str(temp))
    return temp


@pytest.mark.parametrize("stage", ["", *STAGES])
def test_python_tells_nothing(
    stage: str, sample_folder: Path, ours: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    if stage:
        _breaks(stage, monkeypatch)
    raised = ""
    with Library(sample_folder) as library:
        try:
            facts = facts_of_bytes(NOTE.encode(), kind="note")
            found = library.match(facts)
            assert found.facts is facts
            assert not stage.startswith("matching")
        except TrialkinError:
            raised = traceback.format_exc()
            assert stage, raised
    printed = capfd.readouterr()
    assert not _planted_in(raised + caplog.text + printed.out + printed.err + _stored(sample_folder, ours))


@pytest.mark.parametrize("stage", ["", *STAGES])
@pytest.mark.parametrize("command", ["match", "screen"])
def test_the_terminal_keeps_nothing(
    command: str, stage: str, sample_folder: Path, ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    if stage:
        _breaks(stage, monkeypatch)
    note = tmp_path / "note.txt"
    note.write_text(NOTE, encoding="utf-8")
    given = ["NCT07320690"] if command == "screen" else []
    result = CliRunner().invoke(app, [command, *given, "--note", str(note), "--library", str(sample_folder)])
    told = "".join(traceback.format_exception(result.exception)) if result.exception else ""
    assert not _planted_in(told + result.stderr + caplog.text + _stored(sample_folder, ours))


def _post(page: Callable[..., object], path: str, form: dict[str, str]) -> tuple[int, str, str]:
    body = urlencode(form).encode()
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    headers = [(b"host", b"here"), (b"origin", b"http://here"), (b"content-length", str(len(body)).encode())]
    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": headers, "scheme": "http", "server": ("here", 80), "client": ("here", 1), "root_path": "",
        "http_version": "1.1",
    }  # fmt: skip
    loops.run(lambda: page(scope, receive, send))  # type: ignore[arg-type]
    text = b"".join(part.get("body", b"") for part in sent).decode()  # type: ignore[misc]
    return int(sent[0]["status"]), repr(sent[0]["headers"]), text  # type: ignore[call-overload]


@pytest.mark.parametrize("stage", ["", *STAGES])
@pytest.mark.parametrize("path", ["/match", "/screen"])
def test_pages_forget(
    path: str, stage: str, sample_folder: Path, ours: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    if stage:
        _breaks(stage, monkeypatch)
    with Library(sample_folder) as library:
        form = {"note": NOTE, "nct_id": "NCT07320690", "near": ""}
        status, headers, text = _post(create_app(library, hosts=["here"]), path, form)
    printed = capfd.readouterr()
    assert "no-store" in headers and "set-cookie" not in headers
    assert not _planted_in(headers + caplog.text + printed.out + printed.err + _stored(sample_folder, ours))
    if status == 500:
        assert not _planted_in(text)
    assert status == 200 or stage


def test_nothing_of_a_person_is_taken_from_an_address(sample_site: str) -> None:
    answer = ask(sample_site, "/match?note=Zxqvorn&condition=Zxqvorn")
    content = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status == 200 and "Zxqvorn" not in content
    assert answer.getheader("Cache-Control") == "no-store"
    assert ask(sample_site, "/screen?nct_id=NCT07320690").status in (404, 405)


def test_a_wrong_file_is_not_repeated(sample_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({"facts": [{"kind": "Zxqvorn", "name": "Plantedstreet"}]}), encoding="utf-8")
    result = CliRunner().invoke(app, ["match", "--facts", str(path), "--library", str(sample_folder)])
    assert result.exception is not None
    told = "".join(traceback.format_exception(result.exception))
    assert not _planted_in(told + result.output + os.environ.get("TRIALKIN_LOG", ""))
