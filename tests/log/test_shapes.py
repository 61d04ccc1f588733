"""Files as people have them: every shape in which a record is plain to see is read, and the others are named."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from trialkin import Library
from trialkin.log.archive import Limits, read_path


def study(number: int, **more: Any) -> dict[str, Any]:
    ident = {"nctId": f"NCT99{number:06d}", "briefTitle": "Wüst tired knees – “one”"}
    return {"protocolSection": {"identificationModule": ident}, "hasResults": False, **more}


ONE, TWO = study(1), study(2)
TEXT = json.dumps(ONE, ensure_ascii=False)
LINES = (TEXT + "\n" + json.dumps(TWO, ensure_ascii=False) + "\n").encode()
PAGE = json.dumps({"totalCount": 2, "studies": [ONE, TWO]}, ensure_ascii=False).encode()


def tarred(members: dict[str, bytes], mode: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, body in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return buffer.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


# name of the kind -> file name, bytes; each holds the records ONE and TWO
READ: dict[str, tuple[str, bytes]] = {
    "JSON lines": ("x.jsonl", LINES),
    "JSON lines, Windows": ("x.ndjson", LINES.replace(b"\n", b"\r\n")),
    "JSON lines with a mark": ("x.jsonl", b"\xef\xbb\xbf" + LINES),
    "JSON lines with empty lines": ("x.jsonl", LINES.replace(b"\n", b"\n\n")),
    "JSON lines, no last end": ("x.jsonl", LINES.rstrip()),
    "JSON lines in UTF-16": ("x.jsonl", LINES.decode().encode("utf-16")),
    "JSON lines named JSON": ("x.json", LINES),
    "JSON lines in gzip": ("x.jsonl.gz", gzip.compress(LINES)),
    "JSON lines in a zip": ("x.zip", zipped({"x.jsonl": LINES})),
    "pages as lines": ("x.jsonl", dumped({"studies": [ONE]}) + b"\n" + dumped({"studies": [TWO]})),
    "upper case": ("X.JSON", PAGE),
    "upper case in a zip": ("X.ZIP", zipped({"A.JSON": PAGE})),
    "no suffix": ("x", PAGE),
    "another suffix": ("x.txt", PAGE),
    "a list": ("x.json", dumped([ONE, TWO])),
    "a list of pages": ("x.json", dumped([{"studies": [ONE]}, {"studies": [TWO]}])),
    "wrapped studies": ("x.json", dumped([{"study": ONE}, {"study": TWO, "history": {"changes": []}}])),
    "data": ("x.json", dumped({"data": [ONE, TWO], "status": "ok"})),
    "hits of a search engine": ("x.json", dumped({"hits": {"hits": [{"_source": ONE}, {"_source": TWO}]}})),
    "by id": ("x.json", dumped({"NCT99000001": ONE, "NCT99000002": TWO})),
    "one after the other": ("x.json", dumped(ONE) + dumped(TWO)),
    "one after the other, pretty": ("x.json", b"\n".join(json.dumps(s, indent=1).encode() for s in (ONE, TWO))),
    "record separators": ("x.json", b"\x1e" + dumped(ONE) + b"\n\x1e" + dumped(TWO) + b"\n"),
    "of a database": ("x.json", dumped([{"_id": {"$oid": "6"}, **ONE}, {"_id": "NCT99000002", **TWO}])),
    "NaN": ("x.json", PAGE.replace(b'"totalCount": 2', b'"a": NaN, "b": [-Infinity]')),
    "a trailing comma": ("x.json", PAGE.replace(b"}]}", b"},\n]}")),
    "UTF-16 with a mark": ("x.json", PAGE.decode().encode("utf-16")),
    "UTF-16 without": ("x.json", PAGE.decode().encode("utf-16-le")),
    "Windows' Latin": ("x.json", PAGE.decode().encode("cp1252")),
    "bzip2": ("x.json.bz2", bz2.compress(PAGE)),
    "xz": ("x.json.xz", lzma.compress(PAGE)),
    "tar": ("x.tar", tarred({"a/1.json": dumped(ONE), "a/2.json": dumped(TWO)}, "w")),
    "tar in gzip": ("x.tgz", tarred({"a/1.json": dumped(ONE), "a/2.json": dumped(TWO)}, "w:gz")),
    "zip in zip": ("x.zip", zipped({"in.zip": zipped({"1.json": PAGE})})),
    "gzip in zip": ("x.zip", zipped({"1.json.gz": gzip.compress(PAGE)})),
}


@pytest.mark.parametrize("kind", READ)
def test_a_shape_that_is_read(tmp_path: Path, kind: str) -> None:
    name, body = READ[kind]
    (tmp_path / name).write_bytes(body)
    for path in (tmp_path / name, tmp_path):  # named, and found in a folder
        offers = list(read_path(path))
        assert [offer.problem for offer in offers] == [None, None], offers
        assert [json.loads(offer.raw) for offer in offers] == [ONE, TWO]


# name of the kind -> file name, bytes, words that the reason must hold
NAMED: dict[str, tuple[str, bytes, str]] = {
    "CSV": ("x.csv", b"NCT Number,Study Title\nNCT99000001,x\n", "the registry's CSV: choose JSON"),
    "CSV named JSON": ("x.json", b'\xef\xbb\xbf"NCT Number","Study Title"\n', "the registry's CSV"),
    "another table": ("x.csv", b"id;title;phase\n1;2;3\n", "a table"),
    "classic XML": ("x.xml", b'<?xml version="1.0"?>\n<clinical_study rank="1">', "classic XML"),
    "ICTRP": ("x.xml", b"<Trials_downloaded_from_ICTRP><Trial>", "ICTRP"),
    "AACT": ("studies.txt", b"nct_id|brief_title\nNCT99000001|x\n", "AACT"),
    "a saved page": ("x.json", b"<!DOCTYPE html><html>", "a saved web page: choose JSON"),
    "PDF": ("x.pdf", b"%PDF-1.7", "PDF"),
    "Excel": ("x.xlsx", zipped({"[Content_Types].xml": b"<x/>", "xl/a.xml": b"<x/>"}), "Excel"),
    "a list of ids": ("ids.txt", b"NCT99000001\nNCT99000002\n", "list of ids"),
    "version 1": ("x.json", dumped({"FullStudiesResponse": {"FullStudies": [{"Study": {}}]}}), "old interface"),
    "study_fields": ("x.json", dumped({"StudyFieldsResponse": {"StudyFields": []}}), "study_fields"),
    "CTIS": ("x.json", dumped({"ctNumber": "2099-500000-01-00", "ctStatus": "x"}), "CTIS"),
    "FHIR": ("x.json", dumped({"resourceType": "ResearchStudy"}), "FHIR"),
    "an error": ("x.json", dumped({"error": "too many requests"}), "error message"),
    "empty": ("x.json", b"", "nothing in it"),
}


@pytest.mark.parametrize("kind", NAMED)
def test_a_shape_that_is_named(tmp_path: Path, kind: str) -> None:
    name, body, words = NAMED[kind]
    (tmp_path / name).write_bytes(body)
    (offer,) = read_path(tmp_path / name)
    assert offer.problem is not None and words in offer.problem[1], offer.problem


# what is damaged -> a file of three records of which the first and the last are good
DAMAGED: dict[str, bytes] = {
    "a lone surrogate": b'{"studies": [A, {"protocolSection": {"x": "\\ud83d"}}, B]}',
    "a bad byte": b'{"studies": [A, {"protocolSection": {"x": "\xff"}}, B]}',
    "a bad byte in a line": b'A\n{"protocolSection": {"x": "\xff"}}\nB',
    "a cut line": b'A\n{"protocolSection": {"x": "\nB',
    "an unescaped quote": b'{"studies": [A, {"protocolSection": {"x": "a"b"}}, B]}',
    "another thing in the list": b'{"studies": [A, {"foo": 1}, B]}',
    "a number in the list": b"[A, 5, B]",
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_one_bad_record_costs_a_record(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(DAMAGED[kind].replace(b"A", dumped(ONE)).replace(b"B", dumped(TWO)))
    with Library(tmp_path / "library", create=True) as library:
        run = library.import_records([path])
        assert run.counts["added"] == 2 and run.counts["quarantined"] == 1, library.store.quarantined()
        assert list(library.store.nct_ids()) == ["NCT99000001", "NCT99000002"]


def test_a_cut_page_gives_what_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(PAGE[:-20])
    first, second = read_path(path)
    assert json.loads(first.raw) == ONE and second.problem is not None and "cut off" in second.problem[1]


def test_json_lines_have_no_bound_but_that_of_a_record(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    long = dumped(study(3, documentSection={"x": "y" * 3_000}))
    path.write_bytes(LINES + long + b"\n" + LINES)
    offers = list(read_path(path, limits=Limits(member_bytes=1_000, file_bytes=1_000)))
    assert [offer.problem and offer.problem[0] for offer in offers] == [None, None, "too-large", None, None]


def test_a_folder_counts_what_it_passes_over(tmp_path: Path) -> None:
    for name, body in (
        ("a.csv", b"NCT Number,x\n"),
        ("b.csv", b"NCT Number,x\n"),
        ("c.png", b"\x89PNG"),
        ("d", PAGE),
    ):
        (tmp_path / name).write_bytes(body)
    offers = list(read_path(tmp_path))
    assert [offer.passed for offer in offers] == [True, True, True, False, False]


def test_bytes_are_kept_where_the_text_is_strict(tmp_path: Path) -> None:
    odd = b'{ "hasResults":false,\t"protocolSection" : {"identificationModule":{"nctId":"NCT99000001"}}}'
    for body in (odd, b"[" + odd + b" ]", b'{"study":' + odd + b"}", odd + b"\n" + odd):
        (tmp_path / "x.json").write_bytes(body)
        assert all(offer.raw == odd for offer in read_path(tmp_path / "x.json"))
