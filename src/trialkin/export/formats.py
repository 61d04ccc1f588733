"""Studies as files that other programs open: one table of formats, each a stream of bytes. Knows no surface.

A growth point: a new format is a function from records to bytes and its row in `FORMATS`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import msgspec

from ..errors import MissingExtra
from ..model import Study, read_study
from .citations import bibtex, ris
from .fhir_research_study import research_study
from .registry_csv import COLUMNS, columns, line, row


class Record:
    """One study as its stored bytes, and as values for the formats that want them."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    @cached_property
    def study(self) -> Study:
        """The record, read."""
        return read_study(self.raw)


Records = Iterable[Record]
_PIECE = 256 * 1024  # bytes that go out at once: a piece for each record would cost more than reading it


@dataclass(frozen=True)
class Format:
    """A format by name: its file ending, its media type, and how records become bytes."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Records], Iterator[bytes]]


def _ndjson(records: Records) -> Iterator[bytes]:
    return _gathered(_one_line(each.raw) + b"\n" for each in records)


def _json(records: Records) -> Iterator[bytes]:
    def parts() -> Iterator[bytes]:
        before = b"[\n"
        for each in records:
            yield before + each.raw.strip()
            before = b",\n"
        yield b"[]\n" if before == b"[\n" else b"\n]\n"

    return _gathered(parts())


def _csv(records: Records) -> Iterator[bytes]:
    names = columns(())
    yield line(names).encode()
    for each in records:
        yield row(each.study, names).encode()


def _ris(records: Records) -> Iterator[bytes]:
    for each in records:
        yield ris(each.study).encode() + b"\r\n"


def _bibtex(records: Records) -> Iterator[bytes]:
    for each in records:
        yield bibtex(each.study).encode() + b"\n"


def _xlsx(records: Records) -> Iterator[bytes]:
    try:
        from openpyxl import Workbook
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    except ModuleNotFoundError as error:
        raise MissingExtra("a workbook needs openpyxl", hint="pip install 'trialkin[tables]'") from error
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Studies")
    sheet.append(list(COLUMNS))
    for each in records:
        cells = (read(each.study)[:32_000] for read in COLUMNS.values())  # of a cell, by the format's own bound
        sheet.append([_text_cell(sheet, ILLEGAL_CHARACTERS_RE.sub("", cell)) for cell in cells])
    out = io.BytesIO()
    book.save(out)
    yield out.getvalue()


def _fhir(records: Records) -> Iterator[bytes]:
    return _gathered(msgspec.json.encode(research_study(each.study)) + b"\n" for each in records)


def _text_cell(sheet: object, text: str) -> object:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=text)
    if cell.data_type == "f":
        cell.data_type = "s"  # a text that begins with "=" is no formula
    return cell


def _gathered(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of a size that is worth sending."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _one_line(raw: bytes) -> bytes:
    """JSON without line breaks, which can stand between its tokens only."""
    return b" ".join(part.strip() for part in raw.splitlines()) if b"\n" in raw or b"\r" in raw else raw


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("ndjson", "ndjson", "application/x-ndjson", _ndjson),
        Format("json", "json", "application/json", _json),
        Format("csv", "csv", "text/csv; charset=utf-8", _csv),
        Format("ris", "ris", "application/x-research-info-systems", _ris),
        Format("bibtex", "bib", "application/x-bibtex", _bibtex),
        Format("fhir", "fhir.ndjson", "application/fhir+ndjson", _fhir),
        Format("xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    )
}
"""By name: records as stored (ndjson, json), the registry's CSV, references, FHIR R5 ResearchStudy, a workbook."""
