"""Names that the library itself teaches: what to learn from one study.

Pairs are terms of the index, so that they follow every change of the log and one look-up by prefix counts them: a
condition and its MeSH term, an intervention and its other name, an abbreviation and what a text says it stands for.
Must not know the engine or queries.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Study
from ...reading.abbreviations import abbreviations
from .analysis import key

CONDITION, MESH, NAME, SHORT = "c", "m", "n", "a"
SEPARATOR = "\x1f"
LONGEST_NAME = 80
MOST_CROSSED = 24
"""A study with more conditions times MeSH terms than this says too little about which belongs to which."""

GENERIC = frozenset(
    "placebo control controls sham saline observation treatment drug intervention arm group questionnaire exercise"
    " surgery radiotherapy chemotherapy survey education vaccine".split()
) | {"standard of care", "usual care", "no intervention", "normal saline", "control group", "placebo comparator"}
"""Names that stand for too many things to be another name of anything."""


def prefix(name: str) -> str:
    """What all pairs of a name begin with."""
    return f"{name}{SEPARATOR}"


def read_pair(pair: str) -> tuple[str, str, str]:
    """(name, kind, other name) of a pair; other name "": how many studies have the name at all."""
    name, kind, other = pair.split(SEPARATOR)
    return name, kind, other


def pairs(study: Study) -> set[str]:
    """The pairs of one study."""
    return {
        f"{name}{SEPARATOR}{kind}{SEPARATOR}{other}"
        for kind, name, other in _all(study)
        if name and len(name) <= LONGEST_NAME and len(other) <= LONGEST_NAME and name != other
    }


def _all(study: Study) -> Iterator[tuple[str, str, str]]:
    conditions = [key(text) for text in study.conditions[:12]]
    meshes = [key(mesh.term) for mesh in study.condition_meshes if mesh.term]
    for mesh in meshes:
        yield MESH, mesh, ""
    for condition in conditions:
        yield CONDITION, condition, ""
        if len(conditions) * len(meshes) <= MOST_CROSSED:
            for mesh in meshes:
                yield CONDITION, condition, mesh
    for intervention in study.interventions:
        name = key(intervention.name or "")
        yield NAME, name, ""
        for other in map(key, intervention.other_names[:10]):
            if name not in GENERIC and other not in GENERIC and len(name) > 2 and len(other) > 2:
                yield NAME, name, other
                yield NAME, other, name
    for text in _texts(study):
        for short, long in abbreviations(text):
            yield SHORT, key(short), key(long)
            yield SHORT, key(long), key(short)


def _texts(study: Study) -> Iterator[str]:
    ident, about = study.identification, study.description
    for text in (ident.brief_title, ident.official_title, about.brief_summary, about.detailed_description):
        if text:
            yield text
    yield from study.conditions
    yield from study.keywords
