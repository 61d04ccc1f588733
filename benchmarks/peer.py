"""The same studies for Datasette: a table with a full-text index, and the same questions in its own terms.

`python -m benchmarks.peer OUT.db --library DIR [--limit N]` writes the file that `search` and `page` compare with:
one row a study, the texts of Trialkin's search fields in five columns (title, condition, intervention, sponsor,
all other text), indexed by SQLite FTS5 with the Porter stemmer, filters as columns, lists as JSON arrays.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.measure import megabytes
from trialkin.indexes.search.fields import TEXT_FIELDS, TextField
from trialkin.library import Library
from trialkin.model import Study

COLUMNS = {
    "title": ("nct_id", "acronym", "brief_title", "official_title"),
    "condition": ("condition", "keyword", "condition_mesh", "condition_ancestor"),
    "intervention": ("intervention", "other_name", "arm", "intervention_mesh", "intervention_ancestor"),
    "sponsor": ("lead_sponsor", "collaborator", "other_id"),
}
FACETS = ("status", "study_type", "sponsor_class")
ARRAY_FACETS = ("phases", "countries")
_TEXTS = (*COLUMNS, "text")


def build(library: Library, out: Path, *, limit: int) -> None:
    """Write the table and its index."""
    out.unlink(missing_ok=True)
    database = sqlite3.connect(out)
    database.execute("PRAGMA journal_mode=OFF")
    database.execute("PRAGMA synchronous=OFF")
    database.execute(
        f"CREATE TABLE studies (nct_id TEXT PRIMARY KEY, {', '.join(_TEXTS)}, status TEXT, study_type TEXT,"
        " sponsor_class TEXT, phases TEXT, countries TEXT, start_date TEXT, enrollment INTEGER)"
    )
    with database:
        database.executemany(f"INSERT INTO studies VALUES ({','.join('?' * 13)})", islice(_rows(library), limit))
    for column in FACETS:
        database.execute(f"CREATE INDEX studies_{column} ON studies ({column})")
    database.execute(
        f"CREATE VIRTUAL TABLE studies_fts USING fts5({', '.join(_TEXTS)}, content=studies,"
        " tokenize='porter unicode61')"
    )
    with database:
        database.execute("INSERT INTO studies_fts(studies_fts) VALUES ('rebuild')")
        database.execute("INSERT INTO studies_fts(studies_fts) VALUES ('optimize')")
    database.execute("ANALYZE")
    database.commit()
    database.close()


def _rows(library: Library) -> Iterator[tuple[object, ...]]:
    for _, nct_id, study in library.studies():
        if study is not None:
            yield nct_id, *_texts(study), *_values(study)


def _texts(study: Study) -> Iterator[str]:
    known = {name for names in COLUMNS.values() for name in names}
    for names in COLUMNS.values():
        yield _joined(study, [field for field in TEXT_FIELDS if field.name in names])
    yield _joined(study, [field for field in TEXT_FIELDS if field.name not in known])


def _joined(study: Study, fields: list[TextField]) -> str:
    return "\n".join(text for field in fields for text in field.read(study) if text)


def _values(study: Study) -> tuple[object, ...]:
    lead = study.sponsors.lead_sponsor
    return (
        study.overall_status,
        study.design.study_type,
        lead.class_ if lead else None,
        json.dumps(list(study.design.phases)),
        json.dumps(list(study.countries)),
        str(study.start_date) if study.start_date else None,
        study.enrollment.count if study.enrollment else None,
    )


def search_sql(*, filters: bool) -> str:
    """The best twenty by BM25, the title counting most."""
    where = (
        " AND status = :status AND :phase IN (SELECT value FROM json_each(phases))"
        " AND :country IN (SELECT value FROM json_each(countries))"
    )
    return (
        "SELECT nct_id FROM studies_fts JOIN studies ON studies.rowid = studies_fts.rowid"
        f" WHERE studies_fts MATCH :match AND studies_fts.rowid <= :rows{where if filters else ''}"
        " ORDER BY bm25(studies_fts, 4, 3, 2, 1, 1) LIMIT 20"
    )


def facet_sql() -> list[str]:
    """The count of a search, and each of its five facets."""
    matching = "SELECT rowid FROM studies_fts WHERE studies_fts MATCH :match AND rowid <= :rows"
    found = f"WITH hit AS (SELECT * FROM studies WHERE rowid IN ({matching}))"
    one = [f"{found} SELECT {name}, count(*) FROM hit GROUP BY 1 ORDER BY 2 DESC LIMIT 300" for name in FACETS]
    many = [
        f"{found} SELECT value, count(DISTINCT nct_id) FROM hit, json_each({name}) GROUP BY 1 ORDER BY 2 DESC LIMIT 300"
        for name in ARRAY_FACETS
    ]
    return ["SELECT count(*) FROM studies_fts WHERE studies_fts MATCH :match AND rowid <= :rows", *one, *many]


def address(
    match: str, *, filters: dict[str, str] | None = None, facets: bool = False, counted: bool = True
) -> str:
    """The page of Datasette that answers the same question; raw mode, so that OR and phrases are understood."""
    pairs = [("_search", match), ("_searchmode", "raw"), ("_size", "20"), ("_col", "title")]
    for name, value in (filters or {}).items():
        pairs.append((name if name == "status" else f"{name}__arraycontains", value))
    if facets:
        pairs += [("_facet", name) for name in FACETS] + [("_facet_array", name) for name in ARRAY_FACETS]
    if not counted:
        pairs.append(("_nocount", "1"))
    return f"?{urlencode(pairs)}"


def main() -> None:
    """Build the file and say what it cost."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peer", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=10_000_000)
    args = parser.parse_args()
    started, cpu = time.monotonic(), time.process_time()
    with Library(args.library) as library:
        build(library, args.out, limit=args.limit)
    print(
        f"{megabytes(args.out.stat().st_size)}, {time.monotonic() - started:.0f} s, "
        f"{time.process_time() - cpu:.0f} s of processor time"
    )


if __name__ == "__main__":
    main()
