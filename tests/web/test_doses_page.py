"""The page that asks which doses apply: facts come by POST and are kept nowhere."""

from __future__ import annotations

from tests.web.test_safety import ask

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PAGE = "/studies/NCT07320690/doses"


def test_the_page_lists_the_doses_and_asks(sample_site: str) -> None:
    answer = ask(sample_site, PAGE)
    text = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status == 200
    assert "mg/m²" in text and 'method="post"' in text
    assert "Not medical advice" in text


def test_an_answer_is_not_cached_and_shows_verdicts(sample_site: str) -> None:
    answer = ask(sample_site, PAGE, method="POST", headers=FORM, body=b"fact-0=&fact-1=")
    text = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status == 200
    assert answer.getheader("cache-control") == "no-store"
    assert "Given what you stated" in text and "unknown" in text


def test_our_own_form_is_taken_although_the_browser_hides_the_origin(sample_site: str) -> None:
    ours = {**FORM, "Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert ask(sample_site, PAGE, method="POST", headers=ours, body=b"").status == 200
    for foreign in ({"Origin": "null"}, {"Origin": "null", "Sec-Fetch-Site": "cross-site"}):
        assert ask(sample_site, PAGE, method="POST", headers={**FORM, **foreign}, body=b"").status == 403


def test_a_number_that_is_none_is_refused_in_words(sample_site: str) -> None:
    answer = ask(sample_site, "/studies/NCT00000001/doses")
    assert answer.status == 404
