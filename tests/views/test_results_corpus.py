"""Pictures of all real records with results: every one draws or says why not, and the numbers are those posted."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from trialkin.indexes.readings.reading import read_texts
from trialkin.model import Study, read_study
from trialkin.views.blocks import Block, Disclosure, Figure, Note, Section
from trialkin.views.posted import posted
from trialkin.views.study import SECTIONS, PageContext, results_flow, where
from trialkin.views.study.schema import design_schema

pytestmark = pytest.mark.corpus
TODAY = dt.date(2026, 11, 22)
DRAWN = ("participant-flow", "baseline", "adverse-events")


@pytest.fixture(scope="module")
def studies(corpus: Path) -> list[Study]:
    with zipfile.ZipFile(corpus / "ctg-studies.json.zip") as archive:
        raws = (archive.read(name) for name in archive.namelist() if name.endswith(".json"))
        return [read_study(raw) for raw in raws if b'"resultsSection"' in raw]


@pytest.fixture(scope="module")
def pages(studies: list[Study]) -> list[tuple[Study, dict[str, Section]]]:
    kinds = [kind for kind in SECTIONS if kind.part == "Results"]
    made = []
    for study in studies:
        context = PageContext(study, TODAY, read_texts(study))
        sections = [section for kind in kinds if (section := kind.section(context))]
        made.append((study, {section.key: section for section in sections}))
    return made


def all_of(blocks: tuple[Block, ...]) -> list[Block]:
    return [inner for block in blocks for inner in (block, *all_of(tuple(getattr(block, "blocks", ()) or ())))]


def test_there_are_as_many_as_the_records_say(studies: list[Study]) -> None:
    assert len(studies) == 220


def test_every_section_draws_or_says_why_not(pages: list[tuple[Study, dict[str, Section]]]) -> None:
    silent = []
    for study, sections in pages:
        for key in DRAWN:
            found = all_of(sections[key].blocks)
            if not any(isinstance(block, Figure | Note) for block in found):
                silent.append((study.nct_id, key))
        for fold in sections["outcome-results"].blocks:
            assert isinstance(fold, Disclosure)
            if not any(isinstance(block, Figure | Note) for block in all_of(fold.blocks)):
                silent.append((study.nct_id, fold.summary))
    assert silent == []


def test_every_drawing_is_sound(pages: list[tuple[Study, dict[str, Section]]]) -> None:
    for study, sections in pages:
        for section in sections.values():
            for block in all_of(section.blocks):
                if isinstance(block, Figure):
                    root = ET.fromstring(f"<all>{block.svg}</all>")
                    coordinates = " ".join(v for node in root.iter() for v in node.attrib.values())
                    assert not re.search(r"\b(nan|inf|None)\b", coordinates), (study.nct_id, block.title)
                    assert "style=" not in block.svg


def test_starts_of_the_first_period_add_up_to_the_first_box(studies: list[Study]) -> None:
    for study in studies:
        module = study.results_section and study.results_section.participant_flow_module
        assert module
        diagram = results_flow.flow_diagram(module)
        started = [cell.started for cell in diagram.stages[0].cells if cell.started is not None]
        total = sum(int(posted(count).value or 0) for count in started)
        assert any(f"Started {total:,} in" in line for line in diagram.total), study.nct_id


def test_every_posted_outcome_value_is_in_its_table(pages: list[tuple[Study, dict[str, Section]]]) -> None:
    """The page's own test looks for every field; this one that values stand in the table of their outcome."""
    for study, sections in pages:
        results = study.results_section
        assert results and results.outcome_measures_module
        folds = sections["outcome-results"].blocks
        for outcome, fold in zip(results.outcome_measures_module.outcome_measures, folds, strict=True):
            shown = repr(fold)
            for klass in outcome.classes:
                for category in klass.categories:
                    for measurement in category.measurements:
                        if measurement.value is not None:
                            assert measurement.value in shown, (study.nct_id, outcome.title, measurement.value)


def test_every_real_study_has_its_schema_and_places(corpus: Path) -> None:
    with zipfile.ZipFile(corpus / "ctg-studies.json.zip") as archive:
        for name in [n for n in archive.namelist() if n.endswith(".json")][::4]:
            study = read_study(archive.read(name))
            made = design_schema(study)
            assert len(made.arms) == len(study.arm_groups)
            places, unplaced = where.site_places(study, study.locations)
            assert sum(place.count for place in places) + unplaced == len(study.locations)
