"""What a file is that holds no study records of ours: its kind by name, and what to do instead. Pure.

Knows the neighbours of the registry's JSON (its CSV, its old interfaces, other registries) by first bytes or keys.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_JSON_DOWNLOAD = "choose JSON in the registry's download, or fetch it with: trialkin sync"
_OTHER_REGISTRY = "Trialkin reads records of ClinicalTrials.gov"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"PGDMP", "a PostgreSQL dump, as AACT gives it"),
    (b"RDX", "an R data file"),
    (b"RDA", "an R data file"),
    (b"\x80\x04\x95", "a Python pickle"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)

_XML: tuple[tuple[str, str], ...] = (
    (r"<!doctype html|<html", f"a saved web page: {_JSON_DOWNLOAD}"),
    (r"<clinical_study\b", f"the registry's classic XML, which it retired in 2024: {_JSON_DOWNLOAD}"),
    (r"<full_?studies?", f"the registry's old interface as XML: {_JSON_DOWNLOAD}"),
    (r"trials_downloaded_from_ictrp|<ictrp", f"an export of the WHO's ICTRP: {_OTHER_REGISTRY}"),
    (r"isrctn", f"records of ISRCTN: {_OTHER_REGISTRY}"),
    (r"drks", f"records of DRKS: {_OTHER_REGISTRY}"),
    (r"anzctr|actrnumber", f"records of ANZCTR: {_OTHER_REGISTRY}"),
    (r"<pubmedarticle", "articles of PubMed, not studies"),
    (r"<rss|<feed", f"a news feed: {_JSON_DOWNLOAD}"),
)

_TEXT: tuple[tuple[str, str], ...] = (
    (r'"?(?:rank"?[,;\t]"?)?nct number"?[,;\t]', f"the registry's CSV: {_JSON_DOWNLOAD}"),
    (r'"?(?:nct_id|id)"?\|', f"a table of AACT (pipe-separated): {_JSON_DOWNLOAD}"),
    (r"[a-z_]+\|[a-z_]+", f"a pipe-separated table, as AACT gives it: {_JSON_DOWNLOAD}"),
    (r'"?trialid"?[,;\t]', f"an export of the WHO's ICTRP: {_OTHER_REGISTRY}"),
    (r"eudract number:", f"an export of the EU Clinical Trials Register: {_OTHER_REGISTRY}"),
    (r"ty  - ", f"references in RIS: {_JSON_DOWNLOAD}"),
    (r"@\w+\{", f"references in BibTeX: {_JSON_DOWNLOAD}"),
    (r"nct\d{8}\s*(?:[,;\s]\s*nct\d{8}\s*)*\Z", "a list of ids: fetch the studies with: trialkin sync"),
    (r"(?:study|search) (?:results|1|record)", f"the registry's plain text: {_JSON_DOWNLOAD}"),
)

_KEYS: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(keys.split()), said)
    for keys, said in (
        (
            "FullStudiesResponse FullStudies ProtocolSection",
            f"the registry's old interface (full_studies, version 1): {_JSON_DOWNLOAD}",
        ),
        ("StudyFieldsResponse StudyFields", f"the registry's old interface (study_fields): {_JSON_DOWNLOAD}"),
        ("NCTId", f"single fields from the registry's old interface: {_JSON_DOWNLOAD}"),
        ("clinical_study required_header", f"the registry's classic XML turned into JSON: {_JSON_DOWNLOAD}"),
        ("nct_id", f"rows of AACT: {_JSON_DOWNLOAD}"),
        ("nctId nctid", f"studies flattened to single fields: {_JSON_DOWNLOAD}"),
        ("ctNumber ctStatus authorizedApplication authorizedPartI", f"records of CTIS: {_OTHER_REGISTRY}"),
        ("a2_eudract_number eudract_number", f"records of the EU Clinical Trials Register: {_OTHER_REGISTRY}"),
        ("isrctn externalRefs", f"records of ISRCTN: {_OTHER_REGISTRY}"),
        ("drksId drks_id", f"records of DRKS: {_OTHER_REGISTRY}"),
        ("actrnumber anzctrId", f"records of ANZCTR: {_OTHER_REGISTRY}"),
        ("TrialID trial_id Trial", f"an export of the WHO's ICTRP: {_OTHER_REGISTRY}"),
        ("jrctId umin ctri chictr", f"records of another registry: {_OTHER_REGISTRY}"),
        ("resourceType", "FHIR resources: Trialkin writes FHIR, it does not read it"),
        ("FeatureCollection features", "a map (GeoJSON) without study records"),
        ("totalStudies averageSizeBytes", "statistics of the registry, not studies"),
        ("apiVersion dataTimestamp", "the registry's version, not studies"),
        ("piece sourceType", "the registry's list of fields, not studies"),
        ("error errors message detail", "an error message where studies should be: fetch it again"),
        ("resultsSection derivedSection hasResults documentSection", "a study without its protocol section"),
    )
)


def kind_of_bytes(head: bytes) -> tuple[str, str] | None:
    """(code, what it is) of a file that surely is not JSON, from its first bytes; None when it may be."""
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "empty", "nothing in it: fetch it again"
    for magic, said in _MAGIC:
        if head.startswith(magic):
            return "not-a-record", said
    text = head[:4096].decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    text = text.lstrip("\ufeff \t\r\n").lower()
    if text.startswith("<"):
        said = next((said for pattern, said in _XML if re.search(pattern, text)), f"XML: {_JSON_DOWNLOAD}")
        return "not-a-record", said
    if text[:1] in "{[" or '"protocolsection"' in text:
        return None
    for pattern, said in _TEXT:
        if re.match(pattern, text):
            return "not-a-record", said
    if head[:1000].count(b"\0") > 10:
        return "not-a-record", "a binary file of no kind that Trialkin knows"
    line = text.partition("\n")[0]
    if max(line.count(mark) for mark in ",;\t|") >= 2:
        return "not-a-record", f"a table (CSV or the like): {_JSON_DOWNLOAD}"
    return "not-a-record", f"text, not study records: {_JSON_DOWNLOAD}"


def kind_of_keys(keys: Collection[str]) -> tuple[str, str]:
    """(code, what it is) of a JSON object that is no study record, from its keys and those inside it."""
    found = frozenset(keys)
    for known, said in _KEYS:
        if known & found:
            return "not-a-record", said
    if not found:
        return "not-a-record", "an empty object"
    named = ", ".join(key[:40] for key in sorted(found)[:3])
    return "not-a-record", f"JSON without study records (keys: {named}): {_JSON_DOWNLOAD}"
