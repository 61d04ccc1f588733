"""Answering requests from the records: the part of the documented API that a sync uses.

Source: the registry's OpenAPI description 2.0.5 and dated observations of it (text errors, 500 for a bad field,
an empty last page that still had a token before it).
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from dataclasses import dataclass

from .faults import Answer
from .records import Records

Parameters = dict[str, str]
_FIELDS = {
    "NCTId": ("protocolSection", "identificationModule", "nctId"),
    "LastUpdatePostDate": ("protocolSection", "statusModule", "lastUpdatePostDateStruct", "date"),
    "BriefTitle": ("protocolSection", "identificationModule", "briefTitle"),
}
_RANGE = re.compile(r"AREA\[LastUpdatePostDate\]RANGE\[([^,\]]+),\s*([^\]]+)\]")
_ID = re.compile(r"[Nn][Cc][Tt]0*([1-9]\d{0,7})")
_KNOWN = {
    "format", "query.cond", "query.term", "filter.ids", "fields", "sort", "countTotal", "pageSize", "pageToken",
    "markupFormat",
}  # fmt: skip


@dataclass
class Habits:
    """How this registry behaves beyond its documentation."""

    token_after_last_page: bool = False  # a full last page still has a token; the next page is empty
    token_loops: bool = False  # every token leads to the same page
    token_expires: bool = False  # a token is void once the data has changed
    hidden_share: float = 0.0  # part of the studies that answers leave out, with success
    resumes_downloads: bool = False  # ranges of the bulk file can be asked for
    aliases_by_redirect: bool = True


def bad_request(text: str) -> Answer:
    return Answer(400, text.encode(), "text/plain")


def version(records: Records) -> Answer:
    return Answer(200, json.dumps({"apiVersion": "2.0.5", "dataTimestamp": records.data_timestamp}).encode())


def one_study(records: Records, nct_id: str, habits: Habits) -> Answer:
    match = _ID.fullmatch(nct_id)
    if match is None:
        return bad_request(f"Invalid NCT ID `{nct_id}`")
    wanted = f"NCT{int(match[1]):08d}"
    if wanted in records.aliases and habits.aliases_by_redirect:
        return Answer(301, b"", "text/plain", {"Location": f"/api/v2/studies/{records.aliases[wanted]}"})
    if wanted not in records.bodies:
        return Answer(404, f"NCT number {wanted} not found".encode(), "text/plain")
    return Answer(200, records.bodies[wanted])


def studies(records: Records, parameters: Parameters, habits: Habits) -> Answer:
    unknown = set(parameters) - _KNOWN
    if unknown:
        return bad_request(f"Unknown parameter `{min(unknown)}`")
    try:
        ids = _select(records, parameters, habits)
        size = min(int(parameters.get("pageSize", "10")) or 10, 1000)
        offset = _read_token(records, parameters, habits)
    except ValueError as error:
        return bad_request(str(error))
    fields = [name for name in re.split(r"[,|]", parameters.get("fields", "")) if name]
    if any(name not in _FIELDS for name in fields):
        return Answer(500, b"Internal server error", "text/plain")
    page = [_project(records.bodies[nct_id], fields) for nct_id in ids[offset : offset + size]]
    parts = []
    if parameters.get("countTotal") == "true" and "pageToken" not in parameters:
        parts.append(b'"totalCount":%d' % len(ids))
    parts.append(b'"studies":[\n' + b",\n".join(page) + b"\n]")
    if offset + size < len(ids) or (habits.token_after_last_page and page and offset + size == len(ids)):
        following = 0 if habits.token_loops else offset + size
        parts.append(b'"nextPageToken":"%s"' % _token(records, parameters, following))
    return Answer(200, b"{" + b",".join(parts) + b"}")


def download(records: Records, habits: Habits) -> Answer:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for nct_id in _visible(sorted(records.bodies), habits):
            archive.writestr(zipfile.ZipInfo(f"{nct_id}.json", (2026, 1, 1, 0, 0, 0)), records.bodies[nct_id])
    return Answer(200, buffer.getvalue(), "application/zip")


def _visible(ids: list[str], habits: Habits) -> list[str]:
    keep = round(len(ids) * (1 - habits.hidden_share))
    return ids[:keep]


def _select(records: Records, parameters: Parameters, habits: Habits) -> list[str]:
    ids = _visible(sorted(records.bodies), habits)
    if "filter.ids" in parameters:
        wanted = {_canonical(records, text) for text in re.split(r"[,|\s]+", parameters["filter.ids"])}
        ids = [nct_id for nct_id in ids if nct_id in wanted]
    term = parameters.get("query.term", "")
    for start, end in _RANGE.findall(term):
        low, high = ("" if start == "MIN" else start), ("9999" if end == "MAX" else end)
        ids = [nct_id for nct_id in ids if low <= records.dates[nct_id] <= high and records.dates[nct_id]]
    for words in (_RANGE.sub("", term), parameters.get("query.cond", "")):
        for word in re.findall(r"\w+", words.lower()):
            if word != "and":
                ids = [nct_id for nct_id in ids if word in records.bodies[nct_id].decode().lower()]
    sort = parameters.get("sort")
    if sort:
        name, _, direction = sort.partition(":")
        if name != "LastUpdatePostDate":
            raise ValueError(f"Cannot sort by `{name}`")
        ids.sort(key=lambda nct_id: records.dates[nct_id], reverse=direction != "asc")
    return ids


def _canonical(records: Records, text: str) -> str:
    match = _ID.fullmatch(text)
    if match is None:
        raise ValueError(f"Invalid NCT ID `{text}`")
    nct_id = f"NCT{int(match[1]):08d}"
    return records.aliases.get(nct_id, nct_id)


def _project(body: bytes, fields: list[str]) -> bytes:
    if not fields:
        return body
    record, kept = json.loads(body), {}
    for name in fields:
        value, target = record, kept
        for key in _FIELDS[name]:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            for key in _FIELDS[name][:-1]:
                target = target.setdefault(key, {})
            target[_FIELDS[name][-1]] = value
    return json.dumps(kept).encode()


def _signature(parameters: Parameters) -> str:
    fixed = {key: value for key, value in parameters.items() if key not in {"countTotal", "pageSize", "pageToken"}}
    return json.dumps(fixed, sort_keys=True)


def _token(records: Records, parameters: Parameters, offset: int) -> bytes:
    text = json.dumps([offset, records.data_timestamp, _signature(parameters)])
    return base64.urlsafe_b64encode(text.encode())


def _read_token(records: Records, parameters: Parameters, habits: Habits) -> int:
    if "pageToken" not in parameters:
        return 0
    try:
        offset, stamp, signature = json.loads(base64.urlsafe_b64decode(parameters["pageToken"]))
    except ValueError as error:
        raise ValueError("Invalid page token") from error
    if signature != _signature(parameters):
        raise ValueError("Parameters differ from those of the first page")
    if habits.token_expires and stamp != records.data_timestamp:
        raise ValueError("Page token is expired")
    return int(offset)
