"""Registry markup (CommonMark with backslash escapes) to plain text with an offset map, and to safe HTML.

Registry text is untrusted: raw HTML is never let through, and what is rendered is sanitised afterwards.
Must not know: studies, pages, templates.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from .patterns import Pattern

_ESCAPE = Pattern(r"\\([!-/:-@\[-`{-~])")
_ENTITY = Pattern(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_ESCAPED_ENTITY = Pattern(r"\\(&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_EMPHASIS = Pattern(r"[*_`\[<]")
_TAG = Pattern(r"<[^>]*>")
_CONTROL = Pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class PlainText(NamedTuple):
    """Text as a reader sees it, and where each character stands in the source.

    `offsets[i]` is the source index of character i, and the last entry is the length of the source; None
    means that text and source are the same.
    """

    text: str
    source: str
    offsets: array[int] | None = None

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that the plain characters start..end come from."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def unescape(source: str) -> PlainText:
    """Undo backslash escapes once, then entities: what CommonMark shows, character by character.

    List markers, headings and emphasis stay: this is for reading and for spans, not for pages.
    """
    if "\\" not in source and "&" not in source:
        return PlainText(source, source)
    text, offsets = _replace(source, None, _ESCAPE, lambda m: m[1])
    if "&" in text:
        text, offsets = _replace(text, offsets, _ENTITY, lambda m: html.unescape(m[0]))
    return PlainText(text, source, offsets)


def plain(source: str | None) -> str:
    """The text alone, "" for None."""
    return unescape(source).text if source else ""


def flat(source: str | None) -> str:
    """The words of a short markup text on one line: escapes, emphasis and links gone, "" for None."""
    if not source:
        return ""
    if not _EMPHASIS.search(source):
        return plain(source)
    return " ".join(html.unescape(_TAG.sub("", to_html(source))).split())


def _replace(
    text: str, offsets: array[int] | None, pattern: Pattern, replacement: Callable[[re.Match[str]], str]
) -> tuple[str, array[int]]:
    old = offsets if offsets is not None else range(len(text) + 1)
    pieces: list[str] = []
    new = array("l")
    done = 0
    for match in pattern.finditer(text):
        shown = replacement(match)
        if shown == match[0]:  # looks like an entity and is none
            continue
        pieces += text[done : match.start()], shown
        new.extend(old[done : match.start()])
        new.extend([old[match.start()]] * len(shown))
        done = match.end()
    pieces.append(text[done:])
    new.extend(old[done:])
    return "".join(pieces), new


@cache
def _renderer():  # type: ignore[no-untyped-def]
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).disable("image")


_MARKS = r"\\`*_\[\]<>&!|~\x00-\x1f\x7f\xa0\ud800-\udfff"
_ONE_PARAGRAPH = Pattern(rf"[A-Za-z][^{_MARKS}]*[^\s{_MARKS}]")


def _render(source: str) -> str:
    """Rendered CommonMark; list items keep the number that the source gives them, which CommonMark would not."""
    renderer = _renderer()
    tokens = renderer.parse(source)
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)
    return str(renderer.renderer.render(tokens, renderer.options, {}))


_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "h4", "h5", "h6", "a", "hr"}


def to_html(source: str | None) -> str:
    """Safe HTML of a markup text, "" for None: headings lowered to h4–h6, links only http, https and mailto.

    The result is sanitised and may be put on a page unescaped.
    """
    if not source:
        return ""
    if _ONE_PARAGRAPH.fullmatch(source):
        return f"<p>{source}</p>\n"
    import nh3

    shown = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _ESCAPED_ENTITY.sub(r"\1", source))
    rendered = re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{min(6, int(m[2]) + 3)}>", _render(shown))
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "li": {"value"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def _utf16(code: int) -> tuple[int, ...]:
    return (code,) if code < 0x10000 else (0xD800 + ((code - 0x10000) >> 10), 0xDC00 + ((code - 0x10000) & 0x3FF))


# what steers a terminal or reorders what is read: control characters, marks and overrides of writing direction, line
# separators, and characters without a width, in which text can hide
_DIRECTION = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070))
_NO_WIDTH = (
    0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, *range(0x200B, 0x200E), *range(0x2060, 0x2066),
    0x3164, 0xFEFF, 0xFFA0, *range(0xE0000, 0xE0080),
)  # fmt: skip
_STEERING = (
    *range(32),
    *range(127, 160),
    0x2028,
    0x2029,
    *_DIRECTION,
    *range(0xD800, 0xE000),
    *range(0xFFF9, 0xFFFC),
)
_SHOWN = {code: "\ufffd" for code in _STEERING if chr(code) not in "\t\n"} | dict.fromkeys(_NO_WIDTH, "")
_IN_JSON = {
    code: "".join(f"\\u{unit:04x}" for unit in _utf16(code))
    for code in (*_STEERING, *_NO_WIDTH)
    if code >= 32  # below, JSON has escaped its texts already, and a line break is its layout
}


def printable(text: str) -> str:
    """The text as it may be shown: nothing of a record can steer the terminal, reorder a line or hide in it."""
    return text.translate(_SHOWN)


def printable_json(text: str) -> str:
    """JSON that means the same, every character escaped that `printable` would not let through."""
    return text.translate(_IN_JSON)
