"""The registry itself: ClinicalTrials.gov's API v2.

Owns what its answers mean: pages and tokens, aliases, the bulk file, its data timestamp. Must not know the
store, nor what a sync does with the answers.

Source: OpenAPI description 2.0.5; dated observations of the API's behaviour beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from ...errors import RegistryRefusal, UntrustedAnswer
from ...model import NctId
from .transport import Clock, DownloadFile, Transport

PAGE_SIZE = 1000
IDS_PER_REQUEST = 100  # keeps the address below 2 kB
_RESTARTS = 3
_EMPTY_PAGES = 3
_STUDY_PATH = re.compile(r"/studies/([Nn][Cc][Tt]\d+)(?:\?.*)?$")


@dataclass(frozen=True)
class Version:
    """The registry's own statement: version of the API, and the UTC time of its data (ISO 8601, no zone)."""

    api_version: str
    data_timestamp: str


@dataclass(frozen=True)
class Listed:
    """One study of a page. `nct_id` None: the answer holds something that has none."""

    nct_id: str | None
    last_update_posted: str | None
    raw: bytes


@dataclass(frozen=True)
class Page:
    """One page: its bytes as they came, its studies, and how many there are in all (first pages only)."""

    body: bytes
    studies: tuple[Listed, ...]
    total: int | None = None
    next_token: str | None = None


@dataclass(frozen=True)
class Direct:
    """What the registry says of one id: `raw` when it has it, else `moved_to` when it was merged, else nothing."""

    raw: bytes | None = None
    moved_to: str | None = None


class _VersionBody(msgspec.Struct, rename="camel"):
    api_version: str
    data_timestamp: str


class _PageBody(msgspec.Struct, rename="camel"):
    studies: list[msgspec.Raw]
    next_page_token: str | None = None
    total_count: int | None = None


class _DateStruct(msgspec.Struct):
    date: str | None = None


class _Identification(msgspec.Struct, rename="camel"):
    nct_id: str | None = None


class _Status(msgspec.Struct, rename="camel"):
    last_update_post_date_struct: _DateStruct | None = None


class _Protocol(msgspec.Struct, rename="camel"):
    identification_module: _Identification | None = None
    status_module: _Status | None = None


class _Heading(msgspec.Struct, rename="camel"):
    protocol_section: _Protocol | None = None


_version_decoder = msgspec.json.Decoder(_VersionBody)
_page_decoder = msgspec.json.Decoder(_PageBody)
_heading_decoder = msgspec.json.Decoder(_Heading)
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")


class _TokenTrouble(Exception):
    """A page token was refused or leads in a circle."""


class Registry:
    """Questions to the registry, each answered whole or with a typed error.

    Raises (every method):
        RegistryUnreachable: no usable answer for as long as it is right to try.
        RegistryRefusal: the question itself is wrong. UntrustedAnswer: an answer that contradicts itself.
    """

    def __init__(
        self,
        base_url: str,
        *,
        requests_per_second: float = 1.0,
        timeout_s: float = 60.0,
        page_size: int = PAGE_SIZE,
        clock: Clock | None = None,
        waiting: Callable[[str, float], None] | None = None,
    ) -> None:
        self._http = Transport(
            base_url,
            requests_per_second=requests_per_second,
            timeout_s=timeout_s,
            clock=clock,
            waiting=waiting,
        )
        self._page_size = page_size

    def __enter__(self) -> Registry:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @property
    def requests_sent(self) -> int:
        """How many requests went out so far."""
        return self._http.sent

    def version(self) -> Version:
        """The registry's version and data timestamp."""

        def check(body: bytes) -> Version:
            found: _VersionBody = _decode(_version_decoder, body)
            if not _TIMESTAMP.match(found.data_timestamp):
                raise ValueError(f"the data timestamp reads {found.data_timestamp[:40]!r}")
            return Version(found.api_version, found.data_timestamp)

        _, version = self._http.get("/version", check=check)
        assert isinstance(version, Version)
        return version

    def count(self, query: Mapping[str, str]) -> int:
        """How many studies a query finds."""
        page = self._page({**query, "fields": "NCTId", "pageSize": "1", "countTotal": "true"})
        if page.total is None:
            raise UntrustedAnswer("the registry gave no total for a query that asked for one")
        return page.total

    def scan(
        self, query: Mapping[str, str], *, since: str | None = None, fields: Sequence[str] = ()
    ) -> Iterator[Page]:
        """Pages of all studies that a query finds, least recently updated first.

        since: only those whose last update was posted on this day or later. Studies may come twice. A token
        that is refused or loops is answered by asking again from the last day seen.

        Raises:
            UntrustedAnswer: fewer studies came than the registry said there are.
        """
        seen: set[str] = set()
        total, low, last, ordered = None, since, since or "", True
        for restart in range(_RESTARTS + 1):
            try:
                for page in self._chain(query, low, fields):
                    total = page.total if total is None else total
                    for study in page.studies:
                        seen.add(study.nct_id or f"#{len(seen)}")
                        ordered &= last <= (study.last_update_posted or last)
                        last = max(last, study.last_update_posted or "")
                    yield page
                break
            except _TokenTrouble as error:
                if restart == _RESTARTS:
                    raise UntrustedAnswer(f"the registry's pages do not lead to an end: {error}") from error
                low = last if ordered and last else since
        if total is not None and len(seen) < total:
            raise UntrustedAnswer(
                f"the registry said {total:,} studies and gave {len(seen):,}",
                hint="Nothing was published; try again later.",
            )

    def listed(self, nct_ids: Sequence[str]) -> Iterator[Page]:
        """Pages of those of the ids that the registry still has, by one request per hundred ids."""
        for start in range(0, len(nct_ids), IDS_PER_REQUEST):
            ids = ",".join(nct_ids[start : start + IDS_PER_REQUEST])
            yield self._page({"filter.ids": ids, "pageSize": str(IDS_PER_REQUEST)})

    def study(self, nct_id: str) -> Direct:
        """What the registry says of one id when asked for it directly."""
        path, expected = f"/studies/{nct_id}", frozenset({200, 301, 404})
        reply, listed = self._http.get(path, check=_read_study, expected=expected)
        if reply.status == 404:
            if reply.body.lstrip()[:1] in {b"<", b""}:
                raise UntrustedAnswer(f"something other than the registry says that {nct_id} is not there")
            return Direct()
        target = listed.nct_id if listed else _moved_to(reply.location)
        if target is None:
            raise UntrustedAnswer(f"the registry's answer for {nct_id} leads to no study: {reply.location!r}")
        if target != nct_id:
            return Direct(moved_to=target)
        if not listed:
            raise UntrustedAnswer(f"the registry's answer for {nct_id} leads back to itself")
        return Direct(raw=listed.raw)

    def download(self, file: DownloadFile) -> None:
        """The bulk zip of the whole registry, one JSON file per study, into a file."""
        self._http.fetch("/studies/download", {"format": "json.zip"}, file)

    def _chain(self, query: Mapping[str, str], since: str | None, fields: Sequence[str]) -> Iterator[Page]:
        parameters = {**query, "sort": "LastUpdatePostDate:asc", "pageSize": str(self._page_size)}
        if since:
            window = f"AREA[LastUpdatePostDate]RANGE[{since},MAX]"
            term = query.get("query.term")
            parameters["query.term"] = f"({term}) AND {window}" if term else window
        if fields:
            parameters["fields"] = "|".join(fields)
        token, tokens, empty = None, set(), 0
        while True:
            more = {"pageToken": token} if token else {"countTotal": "true"}
            try:
                page = self._page({**parameters, **more})
            except RegistryRefusal as error:
                if token and error.status in {400, 404, 410}:
                    raise _TokenTrouble(error.message) from error
                raise
            empty = 0 if page.studies else empty + 1
            yield page
            token = page.next_token
            if token is None or empty == _EMPTY_PAGES:
                return
            if token in tokens:
                raise _TokenTrouble("a page token came twice")
            tokens.add(token)

    def _page(self, parameters: Mapping[str, str]) -> Page:
        _, page = self._http.get("/studies", parameters, check=read_page)
        assert isinstance(page, Page)
        return page


def read_page(body: bytes) -> Page:
    """A page from its bytes.

    Raises:
        ValueError: not a whole page.
    """
    found: _PageBody = _decode(_page_decoder, body)
    studies = tuple(_read_listed(bytes(raw)) for raw in found.studies)
    return Page(body, studies, found.total_count, found.next_page_token)


def _read_listed(raw: bytes) -> Listed:
    try:
        heading = _heading_decoder.decode(raw).protocol_section or _Protocol()
    except msgspec.ValidationError:
        return Listed(None, None, raw)
    except msgspec.DecodeError as error:
        raise ValueError(str(error)) from error
    nct_id = heading.identification_module and heading.identification_module.nct_id
    posted = heading.status_module and heading.status_module.last_update_post_date_struct
    return Listed(nct_id or None, posted.date if posted else None, raw)


def _read_study(raw: bytes) -> Listed:
    listed = _read_listed(raw)
    if listed.nct_id is None:
        raise ValueError("no study record")
    return listed


def _decode(decoder: msgspec.json.Decoder[Any], body: bytes) -> Any:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _moved_to(location: str | None) -> str | None:
    match = _STUDY_PATH.search(location or "")
    return NctId(match[1]) if match else None
