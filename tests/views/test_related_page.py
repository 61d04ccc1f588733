"""Related studies on the study page and on their own page."""

from __future__ import annotations

import re

import pytest

from trialkin.library import Library
from trialkin.views.blocks import Cards, Tabs
from trialkin.views.kin import kinship_json, kinship_text
from trialkin.views.related_page import related_page
from trialkin.views.study import page_context, study_page

SEED = "NCT07320690"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("kin"), create=True)
    library.import_sample()
    return library


def test_the_section_has_both_blocks_of_the_seed(library: Library) -> None:
    (section,) = study_page(page_context(library.page(SEED, related=True)), only="related").sections
    (shown,) = [block for block in section.blocks if isinstance(block, Tabs)]
    assert [part.title for part in shown.parts] == ["By study characteristics", "By text similarity"]
    for block in shown.parts:
        (cards,) = block.blocks
        assert isinstance(cards, Cards)
        assert cards.cards
        assert SEED not in {card.title.href for card in cards.cards}


def test_surfaces_without_kin_leave_the_section_out(library: Library) -> None:
    assert not study_page(page_context(library.page(SEED)), only="related").sections


def test_the_map_shows_what_the_list_shows(library: Library) -> None:
    page = related_page(library.study(SEED), library.related(SEED, limit=20))
    (figure,) = page.sections[0].blocks
    links = re.findall(r'<a href="(/studies/NCT\d{8})"', figure.svg)  # type: ignore[union-attr]
    listed = [row[1].href for row in figure.data.rows]  # type: ignore[union-attr]
    assert sorted(links) == sorted(listed)
    assert "style=" not in figure.svg  # type: ignore[union-attr]


def test_the_weights_of_the_page_are_those_used(library: Library) -> None:
    page = related_page(library.study(SEED), library.related(SEED, weights={"disease": 1, "words": 3}))
    assert {field.name: field.percent for field in page.weights if field.percent} == {"disease": 25, "words": 75}


def test_json_and_text_tell_every_kin(library: Library) -> None:
    found = library.related(SEED, limit=5)
    told = kinship_json(found)
    assert [one["nct_id"] for one in told["kin"]] == [one.kin.nct_id for one in found.kin]
    for one in told["kin"]:
        assert abs(sum(one["contributions"].values()) - one["score"]) < 1e-6
        assert one["relation"] and one["reasons"]
        assert one["nct_id"] in kinship_text(found)
