"""Records from files of every allowed shape, and refusal of those that are not."""

from __future__ import annotations

import gzip
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest

from trialkin.errors import InvalidValue, RefusedArchive
from trialkin.log.archive import Limits, read_path, split_page


def record(number: int) -> bytes:
    ident = {"nctId": f"NCT{number:08d}", "briefTitle": "t"}
    return json.dumps({"protocolSection": {"identificationModule": ident}}).encode()


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def write(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


def test_every_shape_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = record(1), record(2)
    page = b'{"nextPageToken": "x", "studies": [' + one + b", " + two + b"]}"
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder, "a.json", one)
    (folder / "deeper").mkdir()
    write(folder / "deeper", "b.json.gz", gzip.compress(two))
    paths = [
        write(tmp_path, "bulk.zip", zipped({"NCT00000001.json": one, "NCT00000002.json": two})),
        write(tmp_path, "page.json", page),
        write(tmp_path, "list.json", b"[" + one + b"," + two + b"]"),
        write(tmp_path, "page.json.gz", gzip.compress(page)),
        folder,
    ]
    for path in paths:
        offers = list(read_path(path))
        assert [(offer.raw, offer.problem) for offer in offers] == [(one, None), (two, None)], path


def test_a_byte_order_mark_is_no_problem() -> None:
    (offer,) = split_page(b"\xef\xbb\xbf" + record(1), source="x")
    assert (offer.raw, offer.problem) == (record(1), None)


def problems(path: Path, limits: Limits | None = None) -> list[str]:
    return [offer.problem[0] for offer in read_path(path, limits=limits) if offer.problem]


def test_members_that_are_no_records_are_named(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("NCT00000003.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", b"hello")
        archive.writestr("inner.zip", zipped({"NCT00000001.json": record(1)}))
        archive.writestr(link, b"/etc/passwd")
        archive.writestr("NCT00000004.json", b" " * 3_000_000)
        archive.writestr("../../NCT00000005.json", record(5))
        archive.writestr("NCT00000006.json", b"{")
        archive.writestr("NCT00000007.json", b"[" * 200 + b"]" * 200)
    assert problems(path) == ["not-a-record", "link", "too-compressed", "not-json", "too-deep"]
    assert not (tmp_path.parent / "NCT00000005.json").exists()


def test_a_member_beyond_the_limit_is_set_aside(tmp_path: Path) -> None:
    path = write(tmp_path, "big.zip", zipped({"NCT00000001.json": record(1), "NCT00000002.json": b"x" * 500}))
    assert problems(path, Limits(member_bytes=300)) == ["too-large"]


def test_archives_are_refused_whole(tmp_path: Path) -> None:
    good = zipped({f"NCT{n:08d}.json": record(n) for n in range(1, 50)})
    with pytest.raises(RefusedArchive, match="not a readable zip"):
        list(read_path(write(tmp_path, "cut.zip", good[:-300])))
    with pytest.raises(RefusedArchive, match="members"):
        list(read_path(write(tmp_path, "many.zip", good), limits=Limits(members=10)))
    with pytest.raises(RefusedArchive, match="unpack to more"):
        list(read_path(write(tmp_path, "large.zip", good), limits=Limits(total_bytes=1000)))


def test_damage_inside_an_archive_is_named(tmp_path: Path) -> None:
    body = bytearray(zipped({"NCT00000001.json": record(1) * 1, "NCT00000002.json": record(2)}))
    body[45] ^= 0xFF
    assert problems(write(tmp_path, "bent.zip", bytes(body))) == ["damaged-member"]


def test_a_truncated_gzip_is_named(tmp_path: Path) -> None:
    assert problems(write(tmp_path, "x.json.gz", gzip.compress(record(1))[:-12])) == ["damaged-member"]


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue):
        list(read_path(tmp_path / "absent.zip"))
    assert problems(write(tmp_path, "notes.txt", b"hello")) == ["not-a-record"]
