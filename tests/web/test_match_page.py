"""The pages about one person: without JavaScript, from the form to an answered question and a study's checklist."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import pytest

from tests.web.test_safety import ask


def _post(site: str, path: str, **form: str) -> tuple[int, str]:
    headers = {"Origin": site, "Content-Type": "application/x-www-form-urlencoded"}
    answer = ask(site, path, method="POST", headers=headers, body=urlencode(form).encode())
    assert answer.getheader("Cache-Control") == "no-store"
    return answer.status, answer.content.decode()  # type: ignore[attr-defined]


def _hidden(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found, page
    return html.unescape(found[1])


def test_from_the_form_to_the_checklist(sample_site: str) -> None:
    status, page = _post(sample_site, "/match", condition="head and neck cancer", age="54", sex="female")
    assert status == 200 and "May fit" in page and "Not medical advice" in page
    assert page.index("main condition") < page.index("age 54 years")
    carried, name = _hidden(page, "facts"), _hidden(page, "asked_name")
    more = {key: _hidden(page, key) for key in ("asked_kind", "asked_name", "asked_unit")}
    status, later = _post(sample_site, "/match", facts=carried, answer="unknown", **more)
    assert status == 200 and _hidden(later, "asked_name") != name
    status, sheet = _post(sample_site, "/screen", facts=_hidden(later, "facts"), nct_id="NCT07320690")
    assert status == 200 and "Rules out" in sheet and "54 years (stated)" in sheet


def test_a_conflict_is_quoted_with_its_fact(sample_site: str) -> None:
    _, page = _post(sample_site, "/match", condition="head and neck cancer", age="7")
    assert "18 Years or older" in page and "age 7 years (stated)" in page


def test_what_is_struck_out_is_gone(sample_site: str) -> None:
    _, page = _post(sample_site, "/match", condition="head and neck cancer", age="7")
    _, later = _post(sample_site, "/match", facts=_hidden(page, "facts"), strike="1")
    assert "age 7 years" not in later


@pytest.mark.parametrize(
    "form",
    [{}, {"age": "old"}, {"facts": "{"}, {"facts": '{"main": 3}'}, {"condition": "a", "near": "x", "within": "y"}],
)
def test_what_cannot_be_read_is_said(sample_site: str, form: dict[str, str]) -> None:
    status, page = _post(sample_site, "/match", **form)
    assert status == 400 and 'role="alert"' in page


def test_words_are_escaped(sample_site: str) -> None:
    _, page = _post(sample_site, "/match", condition="cancer <script>x</script>")
    assert "<script>x" not in page


def test_a_form_of_another_site_is_refused(sample_site: str) -> None:
    headers = {"Origin": "http://elsewhere.invalid"}
    assert ask(sample_site, "/match", method="POST", headers=headers, body=b"condition=x").status == 403
