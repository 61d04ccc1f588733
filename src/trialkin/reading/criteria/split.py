"""Eligibility text to sections and items, each with its span in the source; nothing is lost.

Owns headings, list markers, nesting, run-on lists, continuation paragraphs and tables in text. The segments of the
result tile the source. Must not know: what an item means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ...model.criteria import Criteria, Item, Section, Segment
from ..markup import PlainText, unescape

_LINE = re.compile(r"[^\n]*\n?")
_MARKER = re.compile(
    r"[ \t]*(?P<mark>[*•·‣▪●○◦■□➢✓▫o–—-](?=\s)|[*•●–-](?=[A-Z≥≤<>])|\(?\d{1,3}(?:\.\d{1,2}){0,3}[.):](?=\s"
    r"|[A-Z≥≤<>(])"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s[A-Z])|\(?[A-Za-z][.)](?=\s)|\([A-Za-z0-9]{1,4}\)(?=\s?\S)"
    r"|\(?[ivxIVX]{1,5}[.)](?=\s)"
    r"|(?:[IE]|IC|EC|INC|EXC)[ -]?\d{1,2}[.:)]?(?=\s))[ \t]*"
)
_WORDS = r"(?:[\w/&,'()+-]+[ ]){0,8}"
_STRONG = re.compile(
    rf"{_WORDS}(?P<what>(?:non-?|in-|ex-)?(?:inclusions?|exclusions?|eligibility|entry|ineligibility"
    rf"|selection|enroll?ment)"
    r"(?:[ ]?(?:/|and|&|or)[ ]?(?:inclusions?|exclusions?))?[ ](?:criteri(?:a|on|ons|as|ums?)|requirements?)"
    r"|criteri(?:a|on) (?:for|of) (?:inclusion|exclusion|eligibility))"
    r"(?P<more>[^:.;\n]{0,90})(?P<colon>[ ]?[:.;\-–][:.\-]?|$)",
    re.IGNORECASE,
)
_NAMES_CRITERIA = re.compile(r"[cCrR](?:riteri|RITERI|equirem|EQUIREM)")
_BARE = re.compile(
    r"(?:key |main |major |general |patient |subject )?(?P<what>inclusions?|exclusions?|included|excluded"
    r"|include|exclude)"
    r"(?P<more>(?: \([^()\n]{1,40}\)| for [^:\n]{1,40})?)[ ]?(?P<colon>:|-$|$)",
    re.IGNORECASE,
)
_PDQ = re.compile(
    r"(?P<name>(?:DISEASE|PATIENT|DONOR|SUBJECT) CHARACTERISTICS|PRIOR[ /]?CONCURRENT THERAPY"
    r"|PRIOR CONCURRENT THERAPY"
    r"|PROTOCOL ENTRY CRITERIA)[ ]?:"
)
_PDQ_PART = re.compile(
    r"(?P<name>Age|Sex|Menopausal [Ss]tatus|Performance [Ss]tatus|Life [Ee]xpectancy|Hematopoietic|Hepatic"
    r"|Renal|"
    r"Cardiovascular|Pulmonary|Neurologic|Other|Biologic therapy|Chemotherapy|Endocrine therapy"
    r"|Radiotherapy|Surgery)"
    r"[ ]?:(?=\s|$)"
)
_INLINE = re.compile(
    r"(?<=[.;,)\s])(?:Key |Main |Major )?(?:Inclusion|Exclusion|INCLUSION|EXCLUSION) (?:Criteria|criteria"
    r"|CRITERIA)[ ]?:"
)
_RUN_ON = re.compile(r"(?:(?<=\s)|(?<=[;.,:)]))\(?(?P<n>\d{1,2})[.)](?!\d)[ ]?(?=[A-Za-z≥≤<>(])")
_NUMBERED = re.compile(r"\d[.)]")
_DASHED = re.compile(r"(?<=[.;,:])[ ]{1,3}[-–•*][ ]+(?=[A-Z≥≤<>])")
_OUT = re.compile(
    r"exclu|ineligib|not (?:be )?(?:eligible|included|enrolled|qualify|participate|allowed|have|enter)"
    r"|non-?inclusion"
    r"|disqualif|withdrawal criteri|prohibited|discontinuation criteri|may not",
    re.IGNORECASE,
)
_IN = re.compile(
    r"\binclu[sd]|eligib|must (?:have|be|meet)|entry criteri|^required|^allowed|^recommended|be enrolled"
    r"|selection crit",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:for )?(?:the )?(?:cohort|part|arm|group|sub-?study|module|stratum|step"
    r"|phase (?=[1-4I]+[ab]?\b))s? ?[^.;\n]{0,70}[^.;,]",
    re.IGNORECASE,
)
_UPPER = re.compile(r"[A-Z][A-Z0-9 /&,()'-]{3,80}:?\Z")
_TABLE = re.compile(r"[ \t]*\|.*\|[ \t]*\Z")
_NUMERAL = re.compile(r"\(?(\d{1,3})[.):]\Z")


@dataclass(slots=True)
class _Piece:
    """A stretch of one plain text on its way to a segment."""

    kind: str
    start: int
    end: int
    text_start: int = 0
    number: str | None = None
    indent: int = 0
    section: Section = "unspecified"
    heading: str | None = None
    blank_before: bool = False
    level: int = 0
    parent: int | None = None
    flags: list[str] = field(default_factory=list)
    style: str = ""
    table: bool = False


@dataclass(slots=True)
class _Place:
    """Where in the document the reader stands."""

    main: Section = "unspecified"
    sub: Section | None = None
    heading: str | None = None
    pdq: bool = False
    group: str | None = None
    group_is_outer: bool = False
    items_since_group: bool = True

    @property
    def section(self) -> Section:
        return self.sub or self.main

    def title(self) -> str | None:
        """The cohort and the heading below it, as the items carry them."""
        names = [name for name in (self.group, self.heading) if name]
        return ": ".join(names) or None

    def open_group(self, name: str) -> None:
        self.group, self.heading, self.sub = name, None, None
        self.group_is_outer = self.items_since_group = False

    def open_section(self, section: Section, heading: str | None) -> None:
        """A cohort named before its own criteria headings stays; one named inside a section ends with it."""
        self.group_is_outer = self.group_is_outer or not self.items_since_group
        if not self.group_is_outer:
            self.group = None
        self.main, self.sub, self.pdq, self.heading = section, None, False, heading


def split(source: str | None) -> Criteria:
    """The items of an eligibility text, without criteria yet; empty for None or "".

    Every character of the source lies in exactly one segment.
    """
    if not source:
        return Criteria()
    text = unescape(source)
    pieces = _continued(list(_pieces(text.text)), text.text)
    _nest(pieces, text.text)
    _number(pieces)
    return _criteria(pieces, text)


def _pieces(text: str) -> Iterator[_Piece]:
    place = _Place()
    blank = True
    for match in _LINE.finditer(text):
        start, end = match.span()
        if start == end:
            break
        if not match[0].strip():
            blank = True
            continue
        for piece in _line_pieces(text, start, end, place):
            piece.blank_before = blank
            blank = False
            yield piece


def _line_pieces(text: str, start: int, end: int, place: _Place) -> Iterator[_Piece]:
    """The headings and items of one line."""
    line = text[start:end].rstrip()
    end = start + len(line)
    marker = _MARKER.match(text, start, end)
    body = marker.end() if marker else end - len(line.lstrip())
    heading_end = _heading(text[body:end], place, bool(marker))
    if heading_end:
        yield _Piece("heading", start, body + heading_end)
        rest = body + heading_end
        rest += len(text[rest:end]) - len(text[rest:end].lstrip(" \t"))
        if rest < end:
            yield from _line_pieces(text, rest, end, place)
        return
    inline = _INLINE.search(text, body + 3, end) if text.find("riteria", body, end) >= 0 else None
    stop = inline.start() if inline else end
    yield from _items(text, start, stop, body, marker["mark"] if marker else None, place)
    if inline:
        yield from _line_pieces(text, inline.start(), end, place)


def _heading(line: str, place: _Place, marked: bool) -> int:
    """The length of the heading that the line begins with, 0 for none; moves the place."""
    bare = _BARE.match(line)
    if bare and bare["what"].lower() in ("excluded", "included") and bare["colon"] == ":" and not marked:
        place.sub = _section_of(bare["what"])
        return bare.end()
    found = bare or (_STRONG.match(line) if _NAMES_CRITERIA.search(line) else None)
    if found and (found["colon"] or found.end() == len(line)) and _is_strong(line, found, marked):
        name = line[: found.end()].strip(" :.-–")
        plain = len(name) <= 26 and not found["more"].strip()
        place.open_section(_section_of(line[: found.end()]) or "unspecified", None if plain else name)
        return found.end()
    pdq = _PDQ.match(line) if line[:1] in "DPS" else None
    if pdq:
        place.main, place.sub, place.heading, place.pdq = "inclusion", None, pdq["name"], True
        return pdq.end()
    part = _PDQ_PART.match(line) if place.pdq else None
    if part:
        place.heading, place.sub = part["name"], None
        return part.end()
    if marked:
        return 0
    if _GROUP.fullmatch(line) and not _has_amount(line):
        place.open_group(line.rstrip(": "))
        return len(line)
    if line.endswith(":") and len(line) <= 160 and not _has_amount(line):
        section = _section_of(line)
        place.sub = section
        if section is None or len(line) > 12:
            place.heading = line.rstrip(": ")
        return len(line)
    if _UPPER.fullmatch(line) and len(line.split()) <= 9 and not _has_amount(line):
        section = _section_of(line)
        place.sub, place.heading = section, line.rstrip(": ")
        return len(line)
    return 0


def _is_strong(line: str, found: re.Match[str], marked: bool) -> bool:
    """A heading, not a sentence that speaks of criteria."""
    if line[:3].lower() == "no ":
        return False
    whole = found.end() == len(line.rstrip())
    if marked:
        return whole and (":" in found["colon"] or not found["more"].strip())
    if found["colon"].strip()[:1] == ":":
        return True
    if not whole and found["colon"].strip()[:1] in ("-", "–"):
        return not found["more"].strip() and found.start("what") < 12
    return whole and not line.rstrip().endswith((".", ";")) and len(line) < 140


def _has_amount(line: str) -> bool:
    return bool(re.search(r"\d+ ?(?:days?|weeks?|months?|years?|hours?|%)|[<>≥≤]|\d\.\d", line))


def _section_of(line: str) -> Section | None:
    """The section that a heading opens; None when it names neither, or both."""
    out, into = _OUT.search(line), _IN.search(line)
    if out and into and "inclu" in into[0].lower() and "non" not in out[0].lower() and "not" not in out[0].lower():
        return None
    return "exclusion" if out else "inclusion" if into else None


def _items(text: str, start: int, end: int, body: int, mark: str | None, place: _Place) -> Iterator[_Piece]:
    """One item, or several where the line holds a numbered run or, in the old layout, part headings."""
    indent = len(text[start:body]) - len(text[start:body].lstrip(" \t"))
    cuts = [(start, body, mark), *_run_on(text, body, end, mark)]
    for index, (begin, content, number) in enumerate(cuts):
        stop = cuts[index + 1][0] if index + 1 < len(cuts) else end
        if place.pdq:
            yield from _pdq_items(text, begin, content, stop, number, indent, place)
        elif text[begin:stop].strip():
            yield _item(text, begin, content, stop, number, indent, place)


def _item(text: str, start: int, body: int, end: int, number: str | None, indent: int, place: _Place) -> _Piece:
    stop = start + len(text[start:end].rstrip())
    place.items_since_group = True
    return _Piece(
        "item", start, stop, min(body, stop), number, indent, place.section, place.title(),
        style=_style(number), table=bool(_TABLE.match(text[start:stop])),
    )  # fmt: skip


def _pdq_items(
    text: str, start: int, body: int, end: int, number: str | None, indent: int, place: _Place
) -> Iterator[_Piece]:
    at = start
    for part in _PDQ_PART.finditer(text, body, end):
        if part.start() > body and text[part.start() - 1] not in " .;":
            continue
        if text[at : part.start()].strip() and part.start() > body:
            yield _item(text, at, max(body, at), part.start(), number, indent, place)
            number = None
        place.heading = part["name"]
        yield _Piece("heading", part.start() if part.start() > body or at > start else start, part.end())
        at = part.end() + len(text[part.end() : end]) - len(text[part.end() : end].lstrip(" "))
        body = at
    if text[at:end].strip():
        yield _item(text, at, max(body, at), end, number, indent, place)


def _run_on(text: str, body: int, end: int, mark: str | None) -> list[tuple[int, int, str | None]]:
    """Further items inside a line: a rising run of numbers, or dashes after sentence ends."""
    numeral = _numeral(mark)
    expected = 1 if numeral is None else numeral + 1
    found: list[tuple[int, int, str | None]] = []
    for match in _RUN_ON.finditer(text, body, end) if _NUMBERED.search(text, body, end) else ():
        if int(match["n"]) == expected and match.start() > body:
            found.append((match.start(), match.end(), match[0].strip()))
            expected += 1
        elif int(match["n"]) == expected == 1 and match.start() == body:
            expected += 1
    if (
        numeral is None
        and len(found) < 2
        or (numeral is not None and len(found) < 2 and not _after_stop(text, found))
    ):
        found = []
    if not found and mark is None:
        dashes = list(_DASHED.finditer(text, body, end))
        if len(dashes) >= 2:
            found = [(m.start() + len(m[0]) - len(m[0].lstrip()), m.end(), m[0].strip()) for m in dashes]
    return found


def _after_stop(text: str, found: list[tuple[int, int, str | None]]) -> bool:
    return bool(found) and text[: found[0][0]].rstrip()[-1:] in (".", ";", ",")


@lru_cache(maxsize=1024)
def _numeral(mark: str | None) -> int | None:
    """The number of a numbered item."""
    match = _NUMERAL.match(mark) if mark else None
    return int(match[1]) if match else None


@lru_cache(maxsize=1024)
def _style(number: str | None) -> str:
    if number is None:
        return "paragraph"
    if _numeral(number) is not None:
        return "number" + number[-1]
    return "bullet" if not any(c.isalnum() for c in number) else "letter"


def _continued(pieces: list[_Piece], text: str) -> list[_Piece]:
    """Join the lines that continue an item: wrapped lines, indented paragraphs, the rows of a table."""
    out: list[_Piece] = []
    for piece in pieces:
        before = out[-1] if out else None
        if (
            before
            and before.kind == "item" == piece.kind
            and piece.number is None
            and _continues(before, piece, text)
        ):
            before.end = piece.end
        else:
            out.append(piece)
    return out


def _continues(before: _Piece, piece: _Piece, text: str) -> bool:
    if before.table or piece.table:
        return before.table and piece.table
    if before.number is not None and piece.indent > before.indent:
        return True
    if piece.blank_before:
        return False
    first = text[piece.text_start]
    if before.number is not None:
        return first.islower() or text[before.end - 1] not in ".;:"
    return first.islower() and text[before.end - 1] not in ".;:"


def _nest(pieces: list[_Piece], text: str) -> None:
    """Levels and parents: by indent, and by a change of marker below a line that ends in a colon."""
    stack: list[tuple[int, str, int]] = []
    index = -1
    by_index: list[_Piece] = []
    for piece in pieces:
        if piece.kind != "item":
            stack.clear()
            continue
        index += 1
        by_index.append(piece)
        while stack and stack[-1][0] > piece.indent:
            stack.pop()
        if any(entry[0] == piece.indent and entry[1] == piece.style for entry in stack):
            while not (stack[-1][0] == piece.indent and stack[-1][1] == piece.style):
                stack.pop()
            stack.pop()
        elif stack and stack[-1][0] == piece.indent:
            above = by_index[stack[-1][2]]
            opens = text[: above.end].rstrip().endswith(":") and above.style != "paragraph"
            if not (opens or (above.style.startswith("number") and piece.style == "letter")):
                stack.pop()
        piece.level = len(stack)
        piece.parent = stack[-1][2] if stack else None
        stack.append((piece.indent, piece.style, index))


def _number(pieces: list[_Piece]) -> None:
    """Flag lists that start late or skip a number."""
    last: dict[tuple[int | None, str], int] = {}
    for piece in pieces:
        if piece.kind == "heading":
            last.clear()
            continue
        value = _numeral(piece.number)
        if value is None:
            continue
        key = (piece.parent, piece.style)
        if key not in last and value == 2:
            piece.flags.append("starts-late")
        elif key in last and value > last[key] + 1:
            piece.flags.append("skips")
        last[key] = value


def _criteria(pieces: list[_Piece], text: PlainText) -> Criteria:
    items: list[Item] = []
    segments: list[Segment] = []
    at = 0

    def span(start: int, end: int) -> tuple[int, int]:
        return text.source_span(start, end)

    for piece in pieces:
        if piece.start > at:
            segments.append(_segment("gap", *span(at, piece.start)))
        if piece.kind == "heading":
            segments.append(_segment("heading", *span(piece.start, piece.end)))
        else:
            start, end = span(piece.start, piece.end)
            segments.append(_segment("item", start, end, len(items)))
            items.append(
                Item(
                    index=len(items), section=piece.section, heading=piece.heading, number=piece.number,
                    level=piece.level, parent=piece.parent, text=text.text[piece.text_start : piece.end],
                    text_start=span(piece.text_start, piece.end)[0], start=start, end=end, flags=tuple(piece.flags),
                )
            )  # fmt: skip
        at = piece.end
    if at < len(text.text):
        segments.append(_segment("gap", *span(at, len(text.text))))
    return Criteria(items=tuple(items), segments=tuple(segments))


def _segment(kind: str, start: int, end: int, item: int | None = None) -> Segment:
    return Segment(kind=kind, start=start, end=end, item=item)  # type: ignore[arg-type]
