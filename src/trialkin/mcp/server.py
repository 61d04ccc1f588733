"""The tools, resources and prompts of the MCP server. Nothing here writes.

Each tool is a verb of the library. Must not know transports.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from .. import __version__
from ..errors import InvalidValue, TrialkinError
from ..indexes.search.engine import Answer, Request
from ..library import Library
from ..model import Study
from ..reading.markup import plain, printable, printable_json
from ..views.answers import criteria_answer, doses_answer, history_answer
from ..views.compare import compared
from ..views.compare.report import comparison_json
from ..views.kin import kinship_json
from ..views.search.page import unstated_words
from ..views.study import SECTIONS, page_context, study_page
from ..views.study.whole import page_text
from ..views.text import sections_text
from . import answers

MOST_CHARACTERS = 80_000
"""Of one text answer: about 20,000 tokens."""

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = (
    "A local copy of the clinical-trial registry. Find studies first, then read one or a section of it. "
    'Searches take words, or the registry\'s language: cond:melanoma status:recruiting phase:3 near:"Boston, 50 km". '
) + answers.UNTRUSTED

NctId = Annotated[str, Field(description="A study's id, for example NCT07320690.")]
Query = Annotated[
    str, Field(description='Words, or fields: cond:"lung cancer" intr:cisplatin status:recruiting phase:3')
]
Limit = Annotated[int, Field(ge=1, le=50, description="How many at most.")]
Offset = Annotated[int, Field(ge=0, description="0, or the next_offset of the answer before.")]
Verb = TypeVar("Verb", bound=Callable[..., Any])


def create_server(library: Library) -> MCPServer:
    """An MCP server over one library; run it with its `run`."""
    server: MCPServer = MCPServer("trialkin", instructions=_INSTRUCTIONS, version=__version__)
    for verb in _verbs(library):
        server.add_tool(_told(verb), annotations=_READS)
    server.resource("trialkin://study/{nct_id}", name="study", mime_type="text/plain")(_resource(library))
    for prompt in _PROMPTS:
        server.prompt()(prompt)
    return server


def _verbs(library: Library) -> tuple[Callable[..., Any], ...]:
    def find_studies(query: Query, limit: Limit = 10, offset: Offset = 0) -> answers.Found:
        """Find studies. The answer tells how the query was read, the true total, and a page of studies."""
        found = library.search(Request(text=query, limit=limit, offset=offset, facets=()))
        more = offset + len(found.ids)
        return answers.Found(
            total=found.total,
            read_as=str(found.query),
            also_searched=_other_names(found),
            not_stated=[unstated_words(each) for each in found.unstated],
            suggestion=found.suggestion,
            studies=[brief(library.study(nct_id)) for nct_id in found.ids],
            next_offset=more if more < found.total else None,
            data_of=library.data_timestamp or "",
        )

    def read_study(
        nct_id: NctId,
        section: Annotated[str, Field(description="The key of one section, or nothing for the whole study.")] = "",
        offset: Offset = 0,
    ) -> answers.Text:
        """Read a study whole, or one section of it, as text."""
        page = study_page(page_context(library.page(nct_id)), only=section or None)
        if section and section not in {kind.key for kind in SECTIONS}:
            raise InvalidValue(
                f"there is no section {section!r}", hint=f"One of: {', '.join(k.key for k in SECTIONS)}"
            )
        keys = [
            part.key for part in (study_page(page_context(library.page(nct_id))) if section else page).sections
        ]
        text = printable(sections_text(page.sections)) if section else page_text(page)
        return _text(page.nct_id, keys, text or "This study has nothing to say in this section.", offset)

    def related_studies(nct_id: NctId, limit: Limit = 5) -> answers.KinFound:
        """Studies related to a study, nearest first, each with reasons."""
        return _kin(library, kinship_json(library.related(nct_id, limit=limit)))

    def related_to_text(
        synopsis: Annotated[str, Field(description="A protocol synopsis or a description of a study; not kept.")],
        limit: Limit = 5,
    ) -> answers.KinFound:
        """Studies like the one that a text describes."""
        return _kin(library, kinship_json(library.related_to_text(synopsis, limit=limit)))

    def compare_studies(
        nct_ids: Annotated[list[str], Field(min_length=2, max_length=5, description="2 to 5 ids.")],
    ) -> answers.Data:
        """Lay two to five studies side by side: what is the same, what differs."""
        return _data(comparison_json(compared(library, nct_ids, only_differences=True)))

    def read_criteria(nct_id: NctId) -> answers.Data:
        """Eligibility criteria as data: bounds, scales, time windows, with the words that state them."""
        return _data(criteria_answer(library, nct_id))

    def read_doses(nct_id: NctId) -> answers.Data:
        """Doses and schedules as rows, with the words that state them."""
        return _data(doses_answer(library, nct_id))

    def what_changed(nct_id: NctId) -> answers.Data:
        """What changed between the last two versions of a study that this library has seen."""
        found = history_answer(library, nct_id)
        return _data({name: value for name, value in found.items() if name != "lines"})

    def count_studies(
        query: Query,
        by: Annotated[
            str, Field(description="status, phase, type, country, sponsor_class, intervention_type …")
        ] = "status",
    ) -> answers.Counts:
        """How many studies a search finds, counted by status, phase, country and the like."""
        found = library.search(Request(text=query, limit=1, facets=(by,)))
        buckets = found.facets[0].buckets if found.facets else ()
        counted = [answers.Count(value=b.value, label=b.label, studies=b.count) for b in buckets]
        return answers.Counts(total=found.total, by=by, counts=counted, data_of=library.data_timestamp or "")

    return (
        find_studies,
        read_study,
        related_studies,
        related_to_text,
        compare_studies,
        read_criteria,
        read_doses,
        what_changed,
        count_studies,
    )


def brief(study: Study) -> answers.Brief:
    """A study in short."""
    lead = study.sponsors.lead_sponsor
    start = study.status.start_date_struct
    return answers.Brief(
        nct_id=study.nct_id,
        title=_words(study.title),
        status=study.overall_status or "",
        phases=list(study.design.phases),
        study_type=study.design.study_type or "",
        enrollment=study.enrollment.count,
        conditions=[_words(text) for text in study.conditions[:10]],
        interventions=[_words(each.name) for each in study.interventions[:10]],
        sponsor=_words(lead.name) if lead else "",
        start=(start.date if start else None) or "",
        has_results=bool(study.has_results),
    )


def _words(text: str | None) -> str:
    return printable(plain(text)).strip()


def _other_names(found: Answer) -> list[str]:
    return [f"{each.typed or each.name}: {each.other}" for each in found.expansions if found.searched(each)]


def _text(nct_id: str, keys: list[str], text: str, offset: int) -> answers.Text:
    end = min(offset + MOST_CHARACTERS, len(text))
    return answers.Text(
        nct_id=nct_id,
        sections=keys,
        text=text[offset:end],
        next_offset=end if end < len(text) else None,
        total_characters=len(text),
    )


def _kin(library: Library, found: dict[str, Any]) -> answers.KinFound:
    return answers.KinFound(studies=[_one_kin(library, each) for each in found["kin"]])


def _one_kin(library: Library, each: dict[str, Any]) -> answers.Kin:
    shared = [
        f"{reason['label']}: {', '.join(reason['shared'])}" for reason in each["reasons"] if reason["shared"]
    ]
    return answers.Kin(
        study=brief(library.study(each["nct_id"])),
        relation=each["relation"],
        score=each["score"],
        sentence=printable(each["sentence"] or ""),
        shared=[printable(text) for text in shared],
    )


def _data(found: dict[str, Any]) -> answers.Data:
    made = printable_json(json.dumps(found, ensure_ascii=False))
    if len(made) > MOST_CHARACTERS:
        raise InvalidValue(
            f"the answer has {len(made):,} characters, more than the {MOST_CHARACTERS:,} of one answer",
            hint="Read the section of the study instead (read_study), or ask for fewer studies.",
        )
    return answers.Data(data=json.loads(made))


def _told(verb: Verb) -> Verb:
    """The verb, with errors that say what to do next."""

    @wraps(verb)
    def tool(*args: Any, **named: Any) -> Any:
        try:
            return verb(*args, **named)
        except TrialkinError as error:
            raise ToolError(printable(f"{error.message}. {error.hint}".strip())) from error

    return tool  # type: ignore[return-value]


def _resource(library: Library) -> Callable[[str], str]:
    def study(nct_id: str) -> str:
        """A study, whole, as text."""
        return page_text(study_page(page_context(library.page(nct_id))))

    return study


def _open_trials(condition: str, place: str = "") -> str:
    """Open trials for a condition, near a place."""
    near = f' near:"{place}, 100 km"' if place else ""
    return (
        f'Use find_studies with: cond:"{condition}" status:recruiting{near}. For the five most fitting,'
        " read_study with the sections eligibility and contacts; tell in plain words what each tests, who can join, and"
        " whom to call."
    )


def _precedents(synopsis: str) -> str:
    """Precedents for a protocol synopsis."""
    return (
        "Use related_to_text with this synopsis, then compare_studies with the nearest four; tell how they differ in"
        f" population, comparator, primary outcome and size.\n\n{synopsis}"
    )


def _explain(nct_id: str) -> str:
    """One study in plain words."""
    return (
        f"Use read_study for {nct_id} and explain it to a patient's family:"
        " its purpose, what happens, who can join, its status."
    )


def _field(query: str) -> str:
    """A field at a glance."""
    return (
        f"Use count_studies for {query!r} by status, phase, country and sponsor_class, then find_studies for the"
        " largest recruiting ones, and sum up the field with the numbers."
    )


for _prompt, _name in (
    (_open_trials, "open_trials"),
    (_precedents, "precedents"),
    (_explain, "explain_study"),
    (_field, "field_at_a_glance"),
):
    _prompt.__name__ = _name
_PROMPTS = (_open_trials, _precedents, _explain, _field)
