"""The programme: studies that name each other, share ids or papers, or have the same lead sponsor."""

from __future__ import annotations

import re

from ....reading.passages import Quote, Reading
from .base import Bag, Signal

_NCT = re.compile(r"NCT[0-9]{8}")
_PLAIN = re.compile(r"[^A-Z0-9]")
_TEXTS = ("title", "summary", "description", "inclusion", "exclusion", "arms")


def _bag(reading: Reading) -> Bag:
    study = reading.study
    ident = study.identification
    bag: Bag = {f"nct:{one}": 4.0 for one in (study.nct_id, *ident.nct_id_aliases) if one}
    bag |= {f"nct:{one}": 4.0 for one in sorted(named_by(reading))}
    own = ident.org_study_id_info
    for written in (own and own.id, *(one.id for one in ident.secondary_id_infos)):
        if written and len(_PLAIN.sub("", written.upper())) >= 5:
            bag[f"id:{_PLAIN.sub('', written.upper())}"] = 1.5
    bag |= {f"pmid:{one.pmid}": 1.0 for one in study.references.references if one.pmid}
    if study.sponsors.lead_sponsor and study.sponsors.lead_sponsor.name:
        bag[f"sponsor:{study.sponsors.lead_sponsor.name.casefold()}"] = 0.5
    return bag


def named_by(reading: Reading) -> frozenset[str]:
    """The other studies that a record names, in its texts, references, other ids or expanded access."""
    study = reading.study
    found: set[str] = set()
    for kind in _TEXTS:
        for passage in reading.passages.get(kind, ()):
            found.update(_NCT.findall(passage.source))
    for written in study.identification.secondary_id_infos:
        found.update(_NCT.findall(written.id or ""))
    for reference in study.references.references:
        found.update(_NCT.findall(reference.citation or ""))
    access = study.status.expanded_access_info
    found.update(_NCT.findall((access and access.nct_id) or ""))
    return frozenset(found - {study.nct_id, *study.identification.nct_id_aliases})


def _say(term: str) -> str:
    kind, _, value = term.partition(":")
    return {"nct": f"the mention of {value}", "id": f"the id {value}", "pmid": f"the paper PMID {value}"}.get(
        kind, "the lead sponsor"
    )


def _quote(reading: Reading, term: str) -> Quote | None:
    kind, _, value = term.partition(":")
    if kind == "sponsor":
        lead = reading.study.sponsors.lead_sponsor
        return Quote("leadSponsor.name", lead.name) if lead and lead.name else None
    if kind != "nct" or value == reading.study.nct_id:
        return None
    for field in _TEXTS:
        for passage in reading.passages.get(field, ()):
            start = passage.source.find(value)
            if start >= 0:
                return Quote(passage.path, passage.source[max(0, start - 60) : start + 71].strip())
    return None


SIGNAL = Signal(
    name="programme",
    facet="programme",
    label="same programme",
    absent="no ids, papers or sponsor",
    bag=_bag,
    say=_say,
    quote=_quote,
)
