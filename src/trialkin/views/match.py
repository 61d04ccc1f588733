"""Who fits, in words: groups of studies with reasons, quotes and questions; a study's criteria as a checklist.

Must not know: how it is judged, pages, terminals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ..matching.fit import GROUPS, Fit, Fits, Group, Kept
from ..model.patient import Fact, Facts
from ..model.verdict import Verdict
from ..vocab import label
from .words import count_of, day_of

SHOWN = 20
"""So many studies of a group are shown where nobody asks for all."""
NO_ADVICE = "Not medical advice: only the study's own team can say who may join."
TITLES: dict[Group, str] = {
    "may fit": "May fit", "needs answers": "Needs answers", "conflicts": "Conflicts with what is known",
}  # fmt: skip
_SIGNS = {"fits": "[x]", "conflicts": "[!]", "open": "[ ]", "beside the point": "[-]"}
GRADES = {
    "stated": "stated", "computed": "computed from what is stated", "denied": "said not to be there",
    "complete": "not in a complete list", "silent": "nothing said",
}  # fmt: skip


def as_posted(timestamp: str | None) -> str:
    """ "As posted on 2 October 2026. Not medical advice: …" """
    posted = f"As posted on {day_of(timestamp)}. " if timestamp else ""
    return posted + NO_ADVICE


def fact_words(fact: Fact) -> str:
    """A fact for a reader: "hemoglobin 9.1 g/dL", "no asthma", "mother or other relative: diabetes"."""
    value = fact.value
    words = fact.name
    if value is not None:
        said = value.text or ("" if value.number is None else f"{value.number:g}")
        sign = "" if value.comparator == "=" else f"{value.comparator} "
        unit = "years" if value.unit == "a" else value.unit or ""
        words = f"{fact.name} {sign}{said} {unit}".strip()
        words = f"no {fact.name}" if value.flag is False else words
    before = {"absent": "no ", "possible": "possibly ", "hypothetical": "not yet: ", "family": "in the family: ",
              "unknown": "not known: "}.get(fact.assertion, "")  # fmt: skip
    return before + words + (" (past)" if fact.status == "past" else "")


def evidence_words(verdict: Verdict, facts: Facts) -> str:
    """What a verdict rests on, with its grade: "hemoglobin 9.1 g/dL (stated)"; "" where nothing was said."""
    known = "; ".join(fact_words(facts.facts[place]) for place in verdict.evidence)
    if not known and verdict.grade == "silent":
        return ""
    return f"{known} ({GRADES[verdict.grade]})".strip()


def fits_text(found: Fits, *, every: bool = False) -> Iterator[str]:
    """Lines: what was understood, the questions that settle most, the groups."""
    yield from facts_text(found.facts)
    yield f"{count_of(len(found.fits), 'study', 'studies')} judged of {found.found:,} found."
    if found.questions:
        yield ""
        yield "Worth asking next"
        for one in found.questions[:3]:
            yield f"  {one.question.text} ({count_of(one.studies, 'study asks', 'studies ask')})"
    for group in GROUPS:
        held = found.group(group)
        yield ""
        yield f"{TITLES[group]} ({len(held)})"
        for fit in held if every else held[:SHOWN]:
            yield from _fit_lines(fit, found.facts)
        if len(held) > SHOWN and not every:
            yield f"  … and {len(held) - SHOWN} more"
    yield ""
    yield as_posted(found.data_timestamp)


def facts_text(facts: Facts) -> Iterator[str]:
    """What was understood of the patient and what was not read."""
    for place, fact in enumerate(facts.facts):
        yield f"  {'main condition: ' if place == facts.main else ''}{fact_words(fact)}"
    if facts.unread:
        yield f"  Not read: {', '.join(facts.unread)}"
    yield ""


def _fit_lines(fit: Fit, facts: Facts) -> Iterator[str]:
    yield f"  {fit.nct_id}  {fit.title}"
    if fit.reason is not None:
        yield f"    “{fit.reason.quote}” – {evidence_words(fit.reason, facts)}"
    elif fit.questions:
        yield f"    {count_of(len(fit.questions), 'question')}: {fit.questions[0].text}"


def checklist_text(fit: Fit, facts: Facts) -> Iterator[str]:
    """One study's criteria in its own order and numbering as a checklist."""
    yield f"{fit.nct_id}  {fit.title}"
    yield f"{TITLES[fit.group]}; {label('Status', fit.status) if fit.status else 'status not stated'}"
    for section in ("inclusion", "exclusion", "unspecified"):
        held = [one for one in fit.verdicts if one.section == section]
        if held:
            yield ""
            yield {"inclusion": "To join", "exclusion": "Rules out", "unspecified": "Other criteria"}[section]
        for one in held:
            yield f"  {_SIGNS[one.effect]} {one.quote}"
            if words := evidence_words(one, facts):
                yield f"      {words}"
            if one.question is not None:
                yield f"      ? {one.question.text}"
    yield ""
    yield "[x] fits  [!] conflicts  [ ] open  [-] does not apply"
    yield f"As posted on {fit.posted}. {NO_ADVICE}" if fit.posted else NO_ADVICE


def kept_text(rows: Iterable[Kept]) -> Iterator[str]:
    """A line for each criterion: how many it keeps, loses and leaves open."""
    yield "keeps  loses  open"
    for row in rows:
        yield f"{row.keeps:5}  {row.loses:5}  {row.open:4}  {row.quote}"
    yield NO_ADVICE


def fits_json(found: Fits) -> dict[str, Any]:
    """Everything, for programs; verdicts with quotes, spans and positions of facts."""
    made: dict[str, Any] = msgspec.to_builtins(found)
    made["groups"] = {group: [fit.nct_id for fit in found.group(group)] for group in GROUPS}
    made["note"] = as_posted(found.data_timestamp)
    return made


def fit_json(fit: Fit) -> dict[str, Any]:
    """One study, for programs."""
    made: dict[str, Any] = msgspec.to_builtins(fit)
    made["note"] = f"As posted on {fit.posted}. {NO_ADVICE}" if fit.posted else NO_ADVICE
    return made


def kept_json(rows: Iterable[Kept]) -> dict[str, Any]:
    """The counts, for programs."""
    return {"criteria": [msgspec.structs.asdict(row) for row in rows], "note": NO_ADVICE}
