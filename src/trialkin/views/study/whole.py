"""The whole study page as text and as JSON, from the same sections as the HTML page.

Must not know: HTML, terminals.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import msgspec

from ...model import Study
from ...reading.markup import printable, printable_json
from ..text import WIDTH, inline_text, lines_text, sections_text
from . import StudyPage


def page_text(page: StudyPage, *, width: int = WIDTH) -> str:
    """The page as plain text of a width, complete, ending with a line break."""
    facts = (page.nct_id, page.acronym, inline_text(page.status), page.sponsor)
    head = [page.title, " · ".join(part for part in facts if part)]
    if page.invented:
        head.append("INVENTED SAMPLE STUDY: not a real trial.")
    if page.rewritten:
        head.append("A registered study; for the sample library its texts are in Trialkin's own words.")
    dated = f", data of {page.data_timestamp}" if page.data_timestamp else ""
    source = f"{'' if page.invented else f'ClinicalTrials.gov{dated}; '}{page.source}"
    foot = lines_text([f"Source: {source}. Not medical advice."], width)
    return printable(f"{lines_text(head, width)}\n\n{sections_text(page.sections, width=width)}\n\n{foot}\n")


def page_json(page: StudyPage, study: Study | None) -> str:
    """The page's sections as JSON, with the registry's record beside them when `study` is given."""
    shown: dict[str, Any] = {"nct_id": page.nct_id, "title": page.title, "status": asdict(page.status)}
    shown["sections"] = [asdict(section) for section in page.sections]
    if study is not None:
        shown["record"] = msgspec.to_builtins(study)
    return printable_json(msgspec.json.format(msgspec.json.encode(shown)).decode()) + "\n"
