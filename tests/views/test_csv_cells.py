"""No cell of a CSV file is run by a spreadsheet, whatever stands before the sign that begins a formula."""

from __future__ import annotations

import pytest

from trialkin.views.search.report import guarded

FORMULAS = [
    f"{before}{sign}cmd()"
    for before in ("", " ", "\n", "\r\n", "\t", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2060 ", "\u2028")
    for sign in ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_text(cell: str) -> None:
    shown = guarded(cell)
    assert shown.startswith(("'", "\ufffd"))


@pytest.mark.parametrize("cell", ["", "A = B", "NCT99000001", "5-fluorouracil", "é–中"])
def test_other_cells_stay(cell: str) -> None:
    assert guarded(cell) == cell
