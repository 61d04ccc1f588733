"""What a sync has fetched and not yet published: whole, checked answers in a folder of the library.

Every file is complete or absent: it is written aside, flushed and renamed. A sync that was stopped goes on from
here; a sync that has published removes the folder. Must not know what the answers mean for the library.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ...errors import UntrustedAnswer
from .client import Page, read_page
from .transport import DownloadFile

CHANGED, CENSUS, NAMED = "changed", "census", "named"


class Spool:
    """The folder of one scope. `begun`: the registry's data timestamp when fetching began."""

    def __init__(self, folder: Path, *, scope_key: str) -> None:
        self.folder = folder / scope_key
        self.begun = ""
        self.data_timestamp = ""

    def open(self, data_timestamp: str) -> None:
        """Begin, or go on with what is there. Answers that hold for one data release only are dropped with it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            known = json.loads((self.folder / "begun.json").read_bytes())
        except (FileNotFoundError, ValueError):
            self.clear()
            self.folder.mkdir(parents=True)
            known = {"begun": data_timestamp, "now": data_timestamp}
        if data_timestamp < known["now"]:
            self.clear()  # the registry's clock went back: days seen so far say nothing of what is still to come
            self.folder.mkdir(parents=True)
        elif data_timestamp > known["now"]:
            for phase in (CHANGED, CENSUS, NAMED):
                (self.folder / f"{phase}.done").unlink(missing_ok=True)
            self.drop(CENSUS)
        self.begun, self.data_timestamp = min(known["begun"], data_timestamp), data_timestamp
        self._write("begun.json", json.dumps({"begun": self.begun, "now": data_timestamp}).encode())

    def clear(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, phase: str, page: Page) -> None:
        """Keep a page."""
        self._write(f"{phase}-{len(self._files(phase)) + 1:06d}.json", page.body)

    def pages(self, phase: str) -> Iterator[Page]:
        """The pages kept so far, in the order in which they came. A damaged file ends a phase: the rest is void."""
        for path in self._files(phase):
            try:
                yield read_page(path.read_bytes())
            except ValueError:
                self.drop(phase)
                raise UntrustedAnswer(
                    f"a page that was fetched earlier is damaged: {path}", hint="Run the same command again."
                ) from None

    def finish(self, phase: str) -> None:
        """Note that a phase is complete."""
        self._write(f"{phase}.done", b"")

    def finished(self, phase: str) -> bool:
        return (self.folder / f"{phase}.done").exists()

    def drop(self, phase: str) -> None:
        """Forget the pages of a phase."""
        (self.folder / f"{phase}.done").unlink(missing_ok=True)
        for path in self._files(phase):
            path.unlink()

    @property
    def bulk(self) -> BulkFile:
        """The registry's bulk file, wholly or partly there."""
        return BulkFile(self.folder / "bulk.zip")

    def _files(self, phase: str) -> list[Path]:
        return sorted(self.folder.glob(f"{phase}-*.json"))

    def _write(self, name: str, body: bytes) -> None:
        aside = self.folder / f"{name}.part"
        with aside.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(self.folder / name)


class BulkFile(DownloadFile):
    """The bulk zip: filled under another name, under its own once its directory of members reads back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_suffix(".part")
        self._validator = path.with_suffix(".etag")
        self.watch: Callable[[int, int | None], None] = lambda _done, _size: None
        self._size: int | None = None
        self._done = 0

    @property
    def complete(self) -> bool:
        return self.path.exists()

    def nct_ids(self) -> set[str]:
        """The ids that the file's directory names: the registry's census as of the file."""
        with zipfile.ZipFile(self.path) as archive:
            return {Path(name).stem for name in archive.namelist() if name.endswith(".json")}

    def resume_headers(self) -> dict[str, str]:
        if not (self._part.exists() and self._validator.exists()):
            return {}
        return {"Range": f"bytes={self._part.stat().st_size}-", "If-Range": self._validator.read_text()}

    def begin(self, headers: Mapping[str, str], *, resumed: bool) -> None:
        if not resumed:
            self.forget()
            self._part.touch()
            etag = headers.get("etag", "")
            if etag.startswith('"') and headers.get("accept-ranges") == "bytes":
                self._validator.write_text(etag)
        self._done = self._part.stat().st_size
        length = headers.get("content-length")
        self._size = self._done + int(length) if length and length.isdigit() else None

    def write(self, chunk: bytes) -> None:
        with self._part.open("ab") as file:
            file.write(chunk)
        self._done += len(chunk)
        self.watch(self._done, self._size)

    def finish(self) -> None:
        try:
            with zipfile.ZipFile(self._part) as archive:
                archive.infolist()
        except (zipfile.BadZipFile, OSError) as error:
            self.forget()
            raise ValueError(f"the bulk file is not whole: {error}") from error
        with self._part.open("rb") as file:
            os.fsync(file.fileno())
        self._part.rename(self.path)
        self._validator.unlink(missing_ok=True)

    def forget(self) -> None:
        self._part.unlink(missing_ok=True)
        self._validator.unlink(missing_ok=True)
