"""Damage to what is derived: an answer is right, or an error that says what to run; `verify --deep` sees it."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from trialkin import Library
from trialkin.errors import DamagedLibrary, NotPrepared
from trialkin.indexes import generation
from trialkin.indexes.search.engine import Request

DAMAGES = int(os.environ.get("TRIALKIN_TEST_DAMAGES", "300"))
SEED = "NCT07320690"


def _flip(path: Path, chance: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    if raw:
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(raw) or b"x")


def _cut(path: Path, chance: random.Random) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: chance.randrange(len(raw))] if raw else b"x")


def _blank(path: Path, chance: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    start = chance.randrange(len(raw) or 1)
    end = min(len(raw), start + chance.choice((1, 64, 4096)))
    if not any(raw[start:end]):
        return _flip(path, chance)
    raw[start:end] = bytes(end - start)
    path.write_bytes(bytes(raw))
    return None


def _remove(path: Path, _chance: random.Random) -> None:
    path.unlink()


QUESTIONS: dict[str, Callable[[Library], object]] = {
    "a word": lambda lib: lib.search(Request("cancer")).ids,
    "a filter": lambda lib: lib.search(Request("status:recruiting", sort="start", facets=("phase",))).facets,
    "counts": lambda lib: lib.landscape(Request()).by,
    "criteria": lambda lib: lib.criteria(SEED),
    "readings": lambda lib: [each.tobytes() for part in lib.readings.parts for each in (part.facts, part.doses)],
    "related": lambda lib: lib.related(SEED).kin,
    "related by text": lambda lib: lib.related(SEED, by_text=True, brief=True).kin,
}


def _answers(folder: Path) -> dict[str, object]:
    """What each question is answered with; None for an error that says what to run."""
    found: dict[str, object] = {}
    with Library(folder) as library:
        for name, ask in QUESTIONS.items():
            try:
                found[name] = ask(library)
            except (DamagedLibrary, NotPrepared) as error:
                assert "trialkin rebuild" in error.hint
                found[name] = None
    return found


def derived(folder: Path) -> list[Path]:
    """Every file that is made from the log."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.parent != folder and not path.name.endswith(".lock")
    )


def test_damage_is_an_error_and_never_another_answer(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = shutil.copytree(sample_folder, tmp_path / "library")
    right, files = _answers(home), derived(home)
    assert None not in right.values() and len(files) > 25
    with Library(home) as library:
        assert library.verify(deep=True).problems == []
    chance = random.Random(20261130)
    for number in range(DAMAGES):
        path = files[number % len(files)]
        raw, damage = path.read_bytes(), chance.choice((_flip, _cut, _blank, _remove))
        damage(path, chance)
        monkeypatch.setattr(generation, "READ_WHOLE", (0, 16_000_000)[number % 2])
        what = f"{damage.__name__} of {path.relative_to(home)} (number {number})"
        for name, answer in _answers(home).items():
            assert answer in (None, right[name]), f"{what}: another answer to {name}"
        with Library(home) as library:
            assert library.verify(deep=True).problems or path.name == "checked.json", what
            assert library.examine()
        path.write_bytes(raw)
    assert _answers(home) == right


def test_what_is_damaged_is_made_again_by_the_next_import(sample_folder: Path, tmp_path: Path) -> None:
    right = _answers(sample_folder)
    for name in ("search", "readings", "kin"):
        for damage in (_flip, _remove):
            home = shutil.copytree(sample_folder, tmp_path / f"{name}{damage.__name__}")
            damage(next((home / name).glob("g-*/manifest.json")), random.Random(1))
            with Library(home) as library:
                library.import_sample()
                assert library.verify(deep=True).problems == []
            assert _answers(home) == right


def test_reading_writes_nothing(sample_folder: Path, tmp_path: Path) -> None:
    home = shutil.copytree(sample_folder, tmp_path / "library")
    before = {path: path.stat().st_mtime_ns for path in derived(home)}
    _answers(home)
    with Library(home) as library:
        library.verify(deep=True)
        library.examine()
    assert {path: path.stat().st_mtime_ns for path in derived(home) if path.name != "checked.json"} == before
