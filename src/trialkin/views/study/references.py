"""Publications, links and posted documents."""

from __future__ import annotations

from ...model.derived import LargeDoc
from ...model.protocol import Reference
from ...reading.markup import plain
from ..blocks import Block, Cell, Disclosure, Inline, Subsection, Table, Value, fact, facts, present
from ..words import count_of, date_value, link_value, yes_no
from .context import PageContext

FOLD_AFTER = 15
_KINDS = (
    ("RESULT", "Publications of results"),
    ("DERIVED", "Publications found by the registry (they cite the study's id)"),
    ("BACKGROUND", "Background"),
)


def references(context: PageContext) -> tuple[Block, ...]:
    """Source: referencesModule.references, seeAlsoLinks."""
    module = context.study.references
    known = {kind for kind, _ in _KINDS}
    other = tuple(one for one in module.references if one.type not in known)
    return present(
        *(
            _publications(title, kind, tuple(one for one in module.references if one.type == kind))
            for kind, title in _KINDS
        ),
        _publications("Other publications", "", other),
        _links(context),
    )


def _publications(title: str, kind: str, references: tuple[Reference, ...]) -> Subsection | None:
    if not references:
        return None
    table = Table((), tuple((_publication(one),) for one in references), label_first=False)
    if len(references) > FOLD_AFTER:
        return Subsection(title, (Disclosure(count_of(len(references), "publication"), (table,)),))
    return Subsection(title, (table,))


def _publication(one: Reference) -> Cell:
    parts: list[Inline] = [Value(plain(one.citation) or "Citation not given", registry=one.type or "")]
    if one.pmid:
        parts.append(pubmed(one.pmid))
    for notice in one.retractions:
        source = f": {plain(notice.source)}" if notice.source else ""
        parts.append(Value(f"Retracted{source}", tone="stop"))
        if notice.pmid:
            parts.append(pubmed(notice.pmid, note="notice of retraction"))
    return Cell(tuple(parts))


def pubmed(pmid: str, *, note: str = "") -> Value:
    """A plain link to the paper's PubMed page; nothing is fetched unless the reader follows it."""
    href = f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isascii() and pmid.isdigit() else ""
    return Value(f"PubMed {pmid}", href=href, note=note)


def _links(context: PageContext) -> Subsection | None:
    links = context.study.references.see_also_links
    if not links:
        return None
    rows = tuple((link_value(one.label, one.url) or "",) for one in links)
    return Subsection("Links", (Table((), rows, label_first=False),))


def documents(context: PageContext) -> tuple[Block, ...]:
    """Source: documentSection.largeDocumentModule."""
    section = context.study.document_section
    module = section.large_document_module if section else None
    if module is None:
        return ()
    rows = tuple(_document(context.study.nct_id, doc) for doc in module.large_docs)
    head = ("Document", "File", "Dated", "Uploaded")
    return present(
        Table(head, rows, stack=True) if rows else None,
        facts(fact("No statistical analysis plan exists", yes_no(module.no_sap, "LargeDocNoSAP"))),
    )


_CONTENTS = (
    ("has_protocol", "Study protocol", "LargeDocHasProtocol"),
    ("has_sap", "Statistical analysis plan", "LargeDocHasSAP"),
    ("has_icf", "Informed consent form", "LargeDocHasICF"),
)


def _document(nct_id: str, doc: LargeDoc) -> tuple[Inline | Cell, ...]:
    held = (
        Value(words, "true", piece=piece, tone="quiet") for name, words, piece in _CONTENTS if getattr(doc, name)
    )
    name = Value(plain(doc.label) or "Document", doc.type_abbrev or "")
    return (
        Cell((name, *held), heading=True),
        _file(nct_id, doc) or "",
        date_value(doc.date) or "",
        date_value(doc.upload_date) or "",
    )


def _file(nct_id: str, doc: LargeDoc) -> Value | None:
    if not doc.filename:
        return None
    size = "" if not doc.size else f"{doc.size / 1e6:.1f} MB" if doc.size >= 1e5 else f"{doc.size / 1e3:.0f} kB"
    return Value(doc.filename, str(doc.size or ""), document_address(nct_id, doc.filename), note=size)


def document_address(nct_id: str, filename: str) -> str:
    """Where the registry serves a posted document.

    Source: cdn.clinicaltrials.gov/large-docs/{last two digits}/{nctId}/{filename}.
    """
    return f"https://cdn.clinicaltrials.gov/large-docs/{nct_id[-2:]}/{nct_id}/{filename}"
