"""Archives made to do harm, each with what must become of its members."""

from __future__ import annotations

import gzip
import io
import stat
import warnings
import zipfile
import zlib
from collections.abc import Callable
from typing import Literal

Fate = Literal["refused", "set aside", "stored"]


def record(number: int) -> bytes:
    """A small good record."""
    return (
        f'{{"protocolSection": {{"identificationModule": {{"nctId": "NCT95{number:06d}", '
        f'"briefTitle": "member {number}"}}}}}}'
    ).encode()


def _zip(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # duplicate names
        with zipfile.ZipFile(buffer, "w", method) as archive:
            for name, body in members:
                archive.writestr(name, body)
    return buffer.getvalue()


def _link(name: str, target: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target


def _flagged_encrypted() -> bytes:
    body = bytearray(_zip(("NCT95000001.json", record(1))))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = body.index(mark) + offset
        body[at] |= 1
    return bytes(body)


def _patched(mark: bytes, offset: int, patch: bytes, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    body = bytearray(_zip(("NCT95000001.json", record(1)), method=method))
    at = body.index(mark) + offset
    body[at : at + len(patch)] = patch
    return bytes(body)


def _overlapping() -> bytes:
    """Two entries of the directory that point at the same bytes."""
    body = bytearray(_zip(("NCT95000001.json", record(1)), ("NCT95000002.json", record(2))))
    second = body.index(b"PK\x01\x02", body.index(b"PK\x01\x02") + 4)
    body[second + 42 : second + 46] = (0).to_bytes(4, "little")
    return bytes(body)


def _lying_size() -> bytes:
    """A member that says 100 bytes and unpacks to 80 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(b" " * 80_000_000) + packer.flush()
    body = bytearray(_zip(("NCT95000001.json", b"x" * 100), method=zipfile.ZIP_STORED))
    name = b"NCT95000001.json"
    start = 30 + len(name)
    body[8:10] = (8).to_bytes(2, "little")
    body[18:22] = len(data).to_bytes(4, "little")
    directory = bytearray(body[body.index(b"PK\x01\x02") : body.index(b"PK\x05\x06")])
    directory[10:12] = (8).to_bytes(2, "little")
    directory[20:24] = len(data).to_bytes(4, "little")
    end = bytearray(body[body.index(b"PK\x05\x06") :])
    end[16:20] = (start + len(data)).to_bytes(4, "little")
    return bytes(body[:start]) + data + bytes(directory) + bytes(end)


GOOD = ("NCT95000099.json", record(99))

# file name, bytes, what becomes of it
ARCHIVES: dict[str, tuple[str, Callable[[], bytes], Fate]] = {
    "climbing names": ("a.zip", lambda: _zip(("../../../NCT95000001.json", record(1)), GOOD), "stored"),
    "absolute names": ("a.zip", lambda: _zip(("/etc/NCT95000002.json", record(2)), GOOD), "stored"),
    "backslash names": ("a.zip", lambda: _zip(("..\\..\\NCT95000003.json", record(3)), GOOD), "stored"),
    "control characters": ("a.zip", lambda: _zip(("\x1b[2J\r\nNCT95000004.json", record(4)), GOOD), "stored"),
    "long names": ("a.zip", lambda: _zip(("d/" * 20_000 + "x.json", record(5)), GOOD), "stored"),
    "same name twice": ("a.zip", lambda: _zip(("x.json", record(6)), ("x.json", record(7)), GOOD), "stored"),
    "bomb": ("a.zip", lambda: _zip(("x.json", b" " * 60_000_000), GOOD), "set aside"),
    "bomb that lies": ("a.zip", _lying_size, "set aside"),
    "bomb in gzip": ("a.json.gz", lambda: gzip.compress(b" " * 80_000_000), "set aside"),
    "bomb in bzip2": (
        "a.zip",
        lambda: _zip(("x.json", b" " * 60_000_000), GOOD, method=zipfile.ZIP_BZIP2),
        "set aside",
    ),
    "zip in a zip": ("a.zip", lambda: _zip(("in.zip", _zip(("x.json", record(8)))), GOOD), "stored"),
    "zip in a zip in a zip": (
        "a.zip",
        lambda: _zip(("in.zip", _zip(("in.zip", _zip(("x.json", record(8))))))),
        "set aside",
    ),
    "zip called json": ("a.zip", lambda: _zip(("in.json", _zip(("x.json", record(8)))), GOOD), "stored"),
    "link": ("a.zip", lambda: _zip(_link("x.json", b"/etc/passwd"), GOOD), "set aside"),
    "encrypted": ("a.zip", _flagged_encrypted, "set aside"),
    "wrong check sum": ("a.zip", lambda: _patched(b"PK\x01\x02", 16, b"\0\0\0\0"), "set aside"),
    "unknown method": ("a.zip", lambda: _patched(b"PK\x01\x02", 10, (99).to_bytes(2, "little")), "set aside"),
    "header elsewhere": ("a.zip", lambda: _patched(b"PK\x01\x02", 42, (7).to_bytes(4, "little")), "set aside"),
    "header beyond": ("a.zip", lambda: _patched(b"PK\x01\x02", 42, b"\xf0\xff\xff\x7f"), "set aside"),
    "another name inside": ("a.zip", lambda: _patched(b"PK\x03\x04", 30, b"ABC"), "set aside"),
    "overlapping": ("a.zip", _overlapping, "set aside"),
    "cut at the end": ("a.zip", lambda: _zip(GOOD)[:-10], "refused"),
    "cut in the middle": (
        "a.zip",
        lambda: _zip(*((f"{n}.json", record(n)) for n in range(50)))[:2_000],
        "refused",
    ),
    "not a zip": ("a.zip", lambda: b"MZ" + b"\0" * 500, "refused"),
    "empty": ("a.zip", lambda: b"", "refused"),
    "no members": ("a.zip", lambda: _zip(), "stored"),
    "directory destroyed": ("a.zip", lambda: _patched(b"PK\x01\x02", 0, b"XXXX"), "refused"),
    "gzip cut": ("a.json.gz", lambda: gzip.compress(record(9))[:-9], "set aside"),
    "gzip of nothing": ("a.json.gz", lambda: b"", "set aside"),
    "no gzip": ("a.json.gz", lambda: b"\x1f\x8b" + b"\xff" * 40, "set aside"),
    "gzip in gzip": ("a.json.gz", lambda: gzip.compress(gzip.compress(record(10))), "set aside"),
}
