"""What `doctor` says of a library: the database is read through only where that is quick."""

from __future__ import annotations

import pytest

from trialkin import health as doctor
from trialkin.library import Library


def _state(library: Library, what: str) -> doctor.Finding:
    return next(finding for finding in library.examine() if finding.what == what)


def test_a_small_database_is_read_through_and_a_large_one_names_the_command(
    sample_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _state(sample_library, "database") == doctor.Finding("database", "sound")
    monkeypatch.setattr(doctor, "_READ_AT_ONCE", 0)
    assert "trialkin verify" in _state(sample_library, "database").state
