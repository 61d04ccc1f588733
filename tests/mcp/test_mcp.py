"""The MCP server, asked by the SDK's own client over a real pipe."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters, stdio_client

from tests import loops
from trialkin.library import Library

SEED = "NCT07320690"
Talk = Callable[[Client], Coroutine[Any, Any, Any]]


def talk(folder: Path, what: Talk) -> Any:
    """One conversation with `trialkin mcp` over a library."""

    async def run() -> Any:
        server = StdioServerParameters(
            command=sys.executable, args=["-m", "trialkin", "mcp", "--library", str(folder)], env=dict(os.environ)
        )
        async with Client(stdio_client(server)) as client:
            return await what(client)

    return loops.run(run)


def ask(folder: Path, tool: str, **arguments: Any) -> Any:
    """The structured answer of one tool; fails on an error."""

    async def call(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    told = talk(folder, call)
    assert not told.is_error, told.content
    assert json.loads(told.content[0].text) == told.structured_content, "the text says the same as the data"
    return told.structured_content


def test_every_tool_reads_only_and_says_what_it_answers(sample_folder: Path) -> None:
    async def listed(client: Client) -> Any:
        return (await client.list_tools(), await client.list_prompts(), await client.list_resource_templates())

    tools, prompts, templates = talk(sample_folder, listed)
    assert len(tools.tools) == 9 and len(prompts.prompts) == 4 and len(templates.resource_templates) == 1
    for tool in tools.tools:
        assert tool.annotations.read_only_hint and tool.description and tool.output_schema


def test_finding_pages_to_the_true_total(sample_folder: Path, sample_library: Library) -> None:
    seen: list[str] = []
    offset: int | None = 0
    while offset is not None:
        page = ask(sample_folder, "find_studies", query="", limit=15, offset=offset)
        seen += [study["nct_id"] for study in page["studies"]]
        offset = page["next_offset"]
    assert sorted(seen) == sorted(sample_library.store.nct_ids()) and page["total"] == len(seen)


@pytest.mark.parametrize(
    ("tool", "arguments", "part"),
    [
        ("read_study", {"nct_id": SEED, "section": "eligibility"}, "eligibility"),
        ("related_studies", {"nct_id": SEED, "limit": 3}, '"sentence"'),
        ("related_to_text", {"synopsis": "Neoadjuvant pembrolizumab in head and neck cancer"}, "NCT"),
        ("compare_studies", {"nct_ids": [SEED, "NCT99000001"]}, "NCT99000001"),
        ("read_criteria", {"nct_id": SEED}, '"items"'),
        ("read_doses", {"nct_id": SEED}, "cisplatin"),
        ("what_changed", {"nct_id": SEED}, '"versions"'),
        ("count_studies", {"query": "", "by": "phase"}, "PHASE2"),
    ],
)
def test_each_tool_answers(sample_folder: Path, tool: str, arguments: dict[str, Any], part: str) -> None:
    answer = ask(sample_folder, tool, **arguments)
    assert part.lower() in json.dumps(answer, ensure_ascii=False).lower()


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("read_study", {"nct_id": "NCT00000009"}, "Import or sync"),
        ("read_study", {"nct_id": SEED, "section": "nope"}, "One of:"),
        ("find_studies", {"query": '"unclosed'}, "not closed"),
    ],
)
def test_an_error_says_what_to_do(sample_folder: Path, tool: str, arguments: dict[str, Any], says: str) -> None:
    async def call(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    told = talk(sample_folder, call)
    assert told.is_error and says in told.content[0].text


def test_a_study_is_a_resource(sample_folder: Path) -> None:
    async def read(client: Client) -> Any:
        return await client.read_resource(f"trialkin://study/{SEED}")

    assert SEED in talk(sample_folder, read).contents[0].text


def test_nothing_of_a_record_steers_the_terminal(tmp_path: Path) -> None:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT99550001", "briefTitle": "A \u001b[31mred title"},
            "statusModule": {"overallStatus": "RECRUITING"},
        }
    }
    (tmp_path / "r.json").write_text(json.dumps(record))
    with Library(tmp_path / "lib", create=True) as library:
        library.import_records([tmp_path / "r.json"])
    text = json.dumps(ask(tmp_path / "lib", "find_studies", query=""), ensure_ascii=False)
    assert "\\u001b" not in text and "\x1b" not in text
