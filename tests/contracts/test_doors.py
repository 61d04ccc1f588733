"""One question gives one answer on every door: the library, the command line, REST, MCP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from mcp import Client

from tests import loops
from tests.cli.test_cli import trialkin
from tests.web.test_safety import ask
from trialkin.indexes.search.engine import Request
from trialkin.library import Library
from trialkin.mcp.server import create_server
from trialkin.views.answers import criteria_answer, doses_answer, history_answer, landscape_answer, same_answer
from trialkin.views.compare import compared
from trialkin.views.compare.report import comparison_json
from trialkin.views.kin import kinship_json

SEED, OTHER = "NCT07320690", "NCT99000001"
WORDS = "cond:cancer status:recruiting"


def rest(site: str, path: str, **asked: str) -> Any:
    answer = ask(site, f"/api/trialkin/v1/{path}" + (f"?{urlencode(asked)}" if asked else ""))
    assert answer.status == 200, answer.content  # type: ignore[attr-defined]
    return json.loads(answer.content)  # type: ignore[attr-defined]


def cli(folder: Path, *words: str) -> Any:
    told = trialkin(*words, "--library", folder)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def assistant(library: Library, tool: str, **arguments: Any) -> Any:
    async def call() -> Any:
        async with Client(create_server(library)) as client:
            return await client.call_tool(tool, arguments)

    told = loops.run(call)
    assert not told.is_error, told.content
    return told.structured_content


def plain(found: Any) -> Any:
    return json.loads(json.dumps(found))


def test_related(sample_folder: Path, sample_library: Library, sample_site: str) -> None:
    ours = plain(kinship_json(sample_library.related(SEED, limit=5)))
    assert ours == rest(sample_site, f"studies/{SEED}/related", limit="5")
    assert ours == cli(sample_folder, "related", SEED, "--limit", "5", "--format", "json")
    told = assistant(sample_library, "related_studies", nct_id=SEED, limit=5)["studies"]
    assert [(each["study"]["nct_id"], each["score"]) for each in told] == [
        (each["nct_id"], each["score"]) for each in ours["kin"]
    ]


def test_compare(sample_folder: Path, sample_library: Library, sample_site: str) -> None:
    ours = plain(comparison_json(compared(sample_library, [SEED, OTHER], only_differences=True)))
    assert ours == rest(sample_site, "compare", ids=f"{SEED},{OTHER}", only_differences="true")
    assert ours == cli(sample_folder, "compare", SEED, OTHER, "--differences", "--format", "json")
    assert ours == assistant(sample_library, "compare_studies", nct_ids=[SEED, OTHER])["data"]


@pytest.mark.parametrize(
    ("verb", "command", "tool", "answer"),
    [
        ("criteria", ("criteria", "--format", "json"), "read_criteria", criteria_answer),
        ("doses", ("doses", "--format", "json"), "read_doses", doses_answer),
        ("history", ("history", "--json"), "what_changed", history_answer),
    ],
)
def test_what_a_study_says(
    sample_folder: Path,
    sample_library: Library,
    sample_site: str,
    verb: str,
    command: tuple[str, ...],
    tool: str,
    answer: Any,
) -> None:
    ours = plain(answer(sample_library, SEED))
    assert ours == rest(sample_site, f"studies/{SEED}/{verb}") == cli(sample_folder, *command, SEED)
    told = assistant(sample_library, tool, nct_id=SEED)["data"]
    assert told == {name: value for name, value in ours.items() if name != "lines"}


def test_search_counts_and_files(sample_folder: Path, sample_library: Library, sample_site: str) -> None:
    ids = list(sample_library.search_all(Request(text=WORDS, facets=())))
    page = rest(sample_site, "search", q=WORDS)
    assert page["studies"] == cli(sample_folder, "search", WORDS, "--format", "json")["studies"]
    assert [each["nctId"] for each in page["studies"]] == ids[:20] and page["totalCount"] == len(ids)
    told = assistant(sample_library, "find_studies", query=WORDS, limit=20)
    assert [each["nct_id"] for each in told["studies"]] == ids[:20] and told["total"] == len(ids)
    file = ask(sample_site, f"/api/trialkin/v1/studies.ndjson?{urlencode({'q': WORDS})}").content  # type: ignore[attr-defined]
    assert file == b"".join(sample_library.export(WORDS, format="ndjson"))
    assert file.decode() == trialkin("export", WORDS, "--library", sample_folder).stdout
    registrys = ask(sample_site, f"/api/v2/studies?{urlencode({'query.term': WORDS, 'countTotal': 'true'})}")
    assert json.loads(registrys.content)["totalCount"] == len(ids)  # type: ignore[attr-defined]


def test_a_field_and_registrations(sample_folder: Path, sample_library: Library, sample_site: str) -> None:
    ours = plain(landscape_answer(sample_library, Request(WORDS)))
    assert ours == rest(sample_site, "landscape", q=WORDS)
    assert ours == cli(sample_folder, "landscape", WORDS, "--format", "json")
    told = assistant(sample_library, "count_studies", query=WORDS, by="status")
    assert told["total"] == ours["total"]
    assert rest(sample_site, f"studies/{SEED}/same") == plain(same_answer(sample_library, SEED))
