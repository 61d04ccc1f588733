"""Trialkin's own verbs over HTTP: answers, limits, errors, tags, streams."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import jsonschema
import pytest
from fastapi.routing import APIRoute

from tests import loops
from tests.web.test_safety import ask
from trialkin.api.document import document
from trialkin.api.verbs import streamed
from trialkin.library import Library
from trialkin.web.app import _APIS, _NOUNS

SEED, OTHER = "NCT07320690", "NCT99000001"
V1 = "/api/trialkin/v1"
ADDRESSES = (
    ("/search?q=cancer", "Search"),
    (f"/studies/{SEED}/related?limit=3", "Related"),
    (f"/compare?ids={SEED},{OTHER}", "Compared"),
    (f"/studies/{SEED}/criteria", "Criteria"),
    (f"/studies/{SEED}/doses", "Doses"),
    (f"/studies/{SEED}/history", "History"),
    (f"/studies/{SEED}/same", "Same"),
    ("/landscape?q=cancer", "Landscape"),
)


def post(site: str, path: str, said: Any) -> Any:
    body = json.dumps(said).encode()
    return ask(site, V1 + path, method="POST", headers={"Content-Type": "application/json"}, body=body)


def valid(found: Any, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    jsonschema.Draft202012Validator(schema).validate(found)


@pytest.mark.parametrize(("path", "name"), ADDRESSES)
def test_each_verb_answers_as_the_document_says_and_knows_its_tag(sample_site: str, path: str, name: str) -> None:
    answer = ask(sample_site, V1 + path)
    assert answer.status == 200, answer.content  # type: ignore[attr-defined]
    valid(json.loads(answer.content), name)  # type: ignore[attr-defined]
    again = ask(sample_site, V1 + path, headers={"If-None-Match": f'W/"x", {answer.getheader("etag")}'})
    assert again.status == 304 and not again.content  # type: ignore[attr-defined]


def test_texts_come_by_post(sample_site: str) -> None:
    found = post(
        sample_site, "/related", {"text": "Neoadjuvant pembrolizumab in head and neck cancer", "limit": 2}
    )
    assert found.status == 200 and len(json.loads(found.content)["kin"]) == 2
    valid(json.loads(found.content), "Related")
    doses = json.loads(post(sample_site, f"/studies/{SEED}/doses", {"given": "margin=0.5 mm"}).content)
    valid(doses, "Doses")
    assert all(row["answer"]["verdict"] for text in doses["texts"] for row in text["rows"])


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/studies/NCT00000009/criteria", 404, "not-found"),
        ("/studies/none/criteria", 400, "invalid-value"),
        (f"/studies/{SEED}/related?limit=51", 400, "invalid-value"),
        (f"/studies/{SEED}/related?relation=cousin", 400, "invalid-value"),
        (f"/studies/{SEED}/related?limt=5", 400, "invalid-value"),
        (f"/studies/{SEED}/history?from=9", 400, "invalid-value"),
        (f"/compare?ids={SEED}", 400, "invalid-value"),
        ("/search?q=%22unclosed", 400, "invalid-query"),
        ("/studies.docx", 400, "invalid-value"),
        (f"/studies.ris?ids={SEED}&q=cancer", 400, "invalid-value"),
        ("/studies.ris?ids=NCT00000009", 404, "not-found"),
        ("/nothing", 404, "not-found"),
    ],
)
def test_an_error_is_a_problem_document(sample_site: str, path: str, status: int, code: str) -> None:
    answer = ask(sample_site, V1 + path)
    said = json.loads(answer.content)  # type: ignore[attr-defined]
    assert (answer.status, answer.getheader("content-type")) == (status, "application/problem+json")
    assert said["code"] == code and said["title"]
    valid(said, "Problem")


@pytest.mark.parametrize("said", [{}, {"text": ""}, {"text": "a", "limit": 0}, {"text": "a", "more": 1}, [], "x"])
def test_a_body_that_cannot_be_read_is_told(sample_site: str, said: Any) -> None:
    answer = post(sample_site, "/related", said)
    assert answer.status == 400 and json.loads(answer.content)["code"] == "invalid-value"


def test_studies_as_files(sample_site: str, sample_library: Library) -> None:
    everything = ask(sample_site, f"{V1}/studies.ndjson")
    lines = [json.loads(line) for line in everything.content.splitlines()]  # type: ignore[attr-defined]
    assert [json.loads(sample_library.find(i).record.raw or b"") for i in sample_library.store.heads()] == lines
    named = ask(sample_site, f"{V1}/studies.json?ids={OTHER},{SEED},{OTHER}")
    ids = [s["protocolSection"]["identificationModule"]["nctId"] for s in json.loads(named.content)]  # type: ignore[attr-defined]
    assert ids == [OTHER, SEED]


def test_a_stream_waits_for_who_reads() -> None:
    made = []

    def pieces() -> Any:
        for number in range(1000):
            made.append(number)
            yield b"x"

    async def stuck() -> None:
        request: Any = type("R", (), {"method": "GET"})
        answer = streamed(request, pieces(), media_type="x/y", headers={})
        taken = asyncio.Event()

        async def send(message: Any) -> None:
            if message.get("body"):
                taken.set()
                await asyncio.Event().wait()

        scope = {"type": "http", "asgi": {"spec_version": "2.4"}}
        task = asyncio.create_task(answer(scope, None, send))  # type: ignore[arg-type]
        await taken.wait()
        await asyncio.sleep(0.05)
        task.cancel()

    loops.run(stuck)
    assert len(made) == 1


_FILLED = {"nct_id": SEED, "nctId": SEED, "study_id": SEED, "ending": "ris"}


def _routes() -> list[str]:
    routes = [route for noun in (*_NOUNS, *_APIS) for route in noun.router.routes if isinstance(route, APIRoute)]
    return [route.path.format(**_FILLED) for route in routes if "GET" in route.methods]


@pytest.mark.parametrize("path", [*_routes(), "/static/trialkin.css", "/nothing", f"{V1}/studies.ndjson"])
def test_head_answers_what_get_answers_without_a_body(sample_site: str, path: str) -> None:
    path += f"?ids={SEED},{OTHER}" if path.endswith("/compare") else ""
    got, head = ask(sample_site, path), ask(sample_site, path, method="HEAD")
    assert head.status == got.status and head.content == b""  # type: ignore[attr-defined]
    assert head.getheader("content-type") == got.getheader("content-type")
    if head.getheader("content-length") and not path.endswith((".txt", "/health")):
        assert head.getheader("content-length") == got.getheader("content-length")
