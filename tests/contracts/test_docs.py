"""What the docs promise is what the code does."""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import trialkin
from trialkin import errors

ROOT = Path(__file__).parent.parent.parent


def _reference() -> str:
    spec = spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    text: str = module.reference()
    return text


def test_the_reference_is_fresh() -> None:
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == _reference(), "run: make docs"


def test_the_readme_names_only_commands_that_exist() -> None:
    commands = set(re.findall(r"^### trialkin (\S+)", _reference(), re.MULTILINE))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"trialkin ([a-z]+)\b", readme))
    assert named <= commands, named - commands


def test_links_in_the_docs_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_public_names_are_sorted_and_there() -> None:
    assert trialkin.__all__ == sorted(trialkin.__all__)
    assert all(hasattr(trialkin, name) for name in trialkin.__all__)


def test_every_error_is_drawn_and_has_its_own_code() -> None:
    kinds = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.TrialkinError)
    ]
    codes = [kind.code for kind in kinds]
    assert len(set(codes)) == len(codes)
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in kinds)


def test_modules_say_what_they_own() -> None:
    silent = [
        path.name
        for path in (ROOT / "src" / "trialkin").rglob("*.py")
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_sources_of_what_is_shipped_are_named() -> None:
    notices = files("trialkin").joinpath("notices.md").read_text("utf-8")
    tables = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.tsv"))
    named = {"GeoNames", "Natural Earth", "MeSH", "UCUM", "LOINC", "INN", "FDA", "ClinicalTrials.gov API"}
    assert {source for source in named if source in tables} == {source for source in named if source in notices}
    foreign = ("SNOMED", "MedDRA", "DrugBank", "RxNorm", "UMLS")
    assert [source for source in foreign if f"\t{source}" in tables] == []
