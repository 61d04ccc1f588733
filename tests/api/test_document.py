"""The OpenAPI document: valid, with examples that hold, and answers that keep to it whatever is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS

from tests.web.test_safety import ask
from trialkin.api.document import document


def test_the_document_is_served_and_names_both_apis(sample_site: str) -> None:
    answer = ask(sample_site, "/api/openapi.json")
    found = json.loads(answer.content)  # type: ignore[attr-defined]
    assert found == json.loads(json.dumps(document())) and found["openapi"].startswith("3.1")
    assert {path.split("/")[2] for path in found["paths"]} == {"v2", "trialkin"}
    for path, operations in found["paths"].items():
        for operation in operations.values():
            assert operation["summary"] and operation["description"], path


# a search, a date or an id is a text with a grammar that JSON Schema cannot say: refusing one is no breach
NOT_ASKED = ("positive_data_acceptance",)


def _ask_everything(site: str, *, examples: int) -> None:
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document())))
    excluded = [CHECKS.get_one(name) for name in NOT_ASKED]
    known = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    for result in schema.get_all_operations():
        strategy = result.ok().as_strategy()

        @known
        @given(case=strategy)
        def one(case: Any) -> None:
            case.call_and_validate(base_url=site, excluded_checks=excluded)

        one()


def test_no_question_breaks_the_document(sample_site: str) -> None:
    _ask_everything(sample_site, examples=6)


@pytest.mark.slow
def test_no_question_of_thousands_breaks_the_document(sample_site: str) -> None:
    _ask_everything(sample_site, examples=300)
