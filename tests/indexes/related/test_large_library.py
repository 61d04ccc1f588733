"""A library too large to find kin in passing says so instead of keeping the person waiting."""

from __future__ import annotations

from pathlib import Path

import pytest

from trialkin import Library, library
from trialkin.errors import NotPrepared


def test_kin_of_a_large_library_are_found_when_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "AT_ONCE", 10)
    with Library(tmp_path, create=True) as large:
        large.import_sample()
        with pytest.raises(NotPrepared, match="have not been looked for"):
            large.related("NCT07320690")
        assert "trialkin rebuild --only kin" in large.kin_to_find
        large.rebuild(only="kin")
        assert large.kin_to_find == ""
        assert large.related("NCT07320690", limit=3).kin
