"""Blocks in plain text: every kind shows everything it holds."""

from __future__ import annotations

from typing import get_args

import pytest

from trialkin.views import text
from trialkin.views.blocks import (
    Block,
    Card,
    Cards,
    Cell,
    Disclosure,
    Fact,
    Facts,
    Figure,
    Item,
    Items,
    Note,
    Prose,
    Subsection,
    Table,
    Tabs,
    Tags,
    Value,
    fact,
    facts,
)

EXAMPLES: dict[type, tuple[Block, tuple[str, ...]]] = {
    Facts: (
        Facts((Fact("Sex", (Value("All", registry="ALL", note="both"),), note="as posted"),)),
        ("Sex", "All (both)", "as posted"),
    ),
    Prose: (Prose("a \\<1 mm\n\n* one"), ("a <1 mm", "* one")),
    Tags: (Tags((Value("Asthma"), Value("COPD")), "Conditions"), ("Conditions", "Asthma; COPD")),
    Table: (
        Table(("Arm", "n"), (("A", "1"), (Cell(("B",), heading=True), "2"))),
        ("Arm", "A", "1", "B", "2"),
    ),
    Items: (
        Items((Item("Adults", "2.", children=(Item("well", "a)", flags=("odd",), chips=(Value("age"),)),)),)),
        ("2. Adults", "a) well", "! odd", "[ age ]"),
    ),
    Note: (Note("Start passed", "flag", rule="start < today", title="Status"), ("Status", "Rule: start < today")),
    Figure: (
        Figure("<svg/>", "Dates", "Start in 2026", Table(("a",), (("1",),))),
        ("Dates. Start in 2026", "1"),
    ),
    Cards: (
        Cards((Card(Value("Drug X"), (Value("Drug"),), (Prose("twice a day"),)),)),
        ("Drug X [Drug]", "twice a day"),
    ),
    Disclosure: (Disclosure("More", (Prose("inside"),)), ("More", "inside")),
    Subsection: (Subsection("Primary", (Prose("inside"),)), ("Primary", "inside")),
    Tabs: (
        Tabs(
            "Two ways", (Subsection("One", (Prose("first"),), "one"), Subsection("Two", (Prose("second"),), "two"))
        ),
        ("One", "first", "Two", "second"),
    ),
}


@pytest.mark.parametrize("kind", get_args(Block), ids=lambda kind: kind.__name__)
def test_every_kind_of_block_is_shown_whole(kind: type) -> None:
    block, wanted = EXAMPLES[kind]
    shown = text.blocks_text((block,))
    assert [piece for piece in wanted if piece not in shown] == []


def test_a_table_too_wide_for_columns_becomes_a_list() -> None:
    shown = text.blocks_text((Table(("Measure", "Time"), (("m" * 50, "t" * 50),)),), width=60)
    assert f"- {'m' * 50}" in shown and f"Time: {'t' * 50}" in shown.replace("\n    ", " ")


def test_absent_values_leave_no_empty_row() -> None:
    assert facts(fact("Sex", None), fact("Age", "")) is None
