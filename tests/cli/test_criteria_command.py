"""`trialkin criteria` on texts: one JSON object a line, valid by the published schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from trialkin.cli import app
from trialkin.errors import InvalidValue

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "criteria.schema.json"


def _run(folder: Path, *lines: object) -> list[dict[str, object]]:
    path = folder / "texts.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    result = CliRunner().invoke(app, ["criteria", "--texts", str(path)], catch_exceptions=False)
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_texts_become_valid_objects(tmp_path: Path) -> None:
    made = _run(
        tmp_path,
        {"id": 1, "text": "No stroke within 6 months before randomization", "section": "inclusion"},
        {"id": "b", "text": "NYHA class III or higher"},
        {"id": "c", "text": ""},
    )
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for line in made:
        validator.validate(line)
    assert [line["id"] for line in made] == [1, "b", "c"]
    assert made[2]["criteria"] == made[2]["groups"] == []


def test_a_text_says_how_its_criteria_join(tmp_path: Path) -> None:
    (made,) = _run(tmp_path, {"id": 1, "text": "Stroke and (asthma or epilepsy)", "section": "exclusion"})
    (group,) = made["groups"]  # type: ignore[misc]
    assert (group["code"], group["criteria"]) == ("all-of", [0])
    assert [(held["code"], held["criteria"]) for held in group["groups"]] == [("any-of", [1, 2])]


def test_a_line_that_is_no_object_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="line 1 has no text"):
        _run(tmp_path, ["not an object"])
    with pytest.raises(InvalidValue, match="no section"):
        _run(tmp_path, {"id": 1, "text": "x", "section": "both"})
