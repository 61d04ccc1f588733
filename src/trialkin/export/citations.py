"""A study as a reference for reference managers: RIS and BibTeX.

No type of either means a registered trial; RIS says DBASE, as the registry's own export does, and the id stands in AN
and in the address. Must not know surfaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Study
from ..reading.markup import plain

ADDRESS = "https://clinicaltrials.gov/study/"
_LATEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_LATEX |= {sign: f"\\{sign}" for sign in "&%$#_"}


def ris(study: Study) -> str:
    """One RIS record, lines ended as the format wants them."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _tags(study)) + "ER  - \r\n"


def bibtex(study: Study) -> str:
    """One BibTeX entry, its key the study's id."""
    fields = {
        "author": f"{{{_escaped(_sponsor(study))}}}",
        "title": f"{{{_escaped(plain(study.title))}}}",
        "year": _year(study),
        "howpublished": "ClinicalTrials.gov",
        "note": f"Identifier {study.nct_id}",
        "url": f"{ADDRESS}{study.nct_id}",
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{study.nct_id},\n{lines}\n}}\n"


def _tags(study: Study) -> Iterator[tuple[str, str]]:
    yield "TY", "DBASE"
    yield "AN", study.nct_id
    yield "TI", _one_line(study.title)
    if _sponsor(study):
        yield "AU", f"{_sponsor(study)},"
    if _year(study):
        yield "PY", _year(study)
    summary = _one_line(study.description.brief_summary)
    if summary:
        yield "AB", summary
    for term in dict.fromkeys((*study.conditions, *(i.name for i in study.interventions), *study.keywords)):
        if term:
            yield "KW", _one_line(term)
    yield "DB", "ClinicalTrials.gov"
    yield "UR", f"{ADDRESS}{study.nct_id}"


def _sponsor(study: Study) -> str:
    lead = study.sponsors.lead_sponsor
    return _one_line(lead.name) if lead else ""


def _year(study: Study) -> str:
    posted = study.status.study_first_post_date_struct
    return ((posted.date if posted else None) or study.status.study_first_submit_date or "")[:4]


def _one_line(text: str | None) -> str:
    return " ".join(plain(text).split())


def _escaped(text: str) -> str:
    return re.sub(r"[\\{}~^&%$#_]", lambda match: _LATEX[match[0]], " ".join(text.split()))
