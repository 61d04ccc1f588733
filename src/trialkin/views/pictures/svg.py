"""SVG as text: elements, labels that fit, and the frame every picture has.

A picture is a pure function from a frozen view-model to one `<svg>` string. It carries presentation attributes
and classes only (`static/pictures.css` colours them for light, dark and print), a `<title>` and a `<desc>`. A fluid
picture has no viewBox: x runs in percent and text keeps its size, so it reads the same at 320 px and on a
desktop. A fixed picture keeps its own width and is put in a scroller. Must not know: studies.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape
from itertools import pairwise

FONT_SIZE = 12.0
"""Pixels; `static/pictures.css` sets the same."""

NARROW, NARROW_UNFOLDED = 244.0, 276.0
"""Usable width in pixels of a 320 px screen, inside something folded and outside: what labels are cut to."""

SERIES = 8
"""How many colour and marker pairs there are; later series start again, told apart by their letter."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNSAFE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff&<>\"']")
_SLIM = frozenset("iljtfrI.,:;'|!()[]{}-/ ·")
_BROAD = frozenset("mwMW@%—")


def clean(text: str) -> str:
    """Text safe inside XML: escaped, control characters as spaces."""
    return escape(_CONTROL.sub(" ", text)) if _UNSAFE.search(text) else text


def number(value: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def percent(share: float) -> str:
    """A fluid coordinate: 0 is the left edge, 1 the right."""
    return number(round(share * 100, 2)) + "%"


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """One element; `class_` and `font_size` become `class` and `font-size`, None is left out."""
    drawn = "<" + name
    for key, value in attributes.items():
        if value is not None:
            shown = clean(value) if isinstance(value, str) else number(value)
            drawn += f' {_attribute(key)}="{shown}"'
    return f"{drawn}>{''.join(children)}</{name}>" if children else drawn + "/>"


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def text(content: str, *, x: str | float, y: float, **attributes: str | float | None) -> str:
    """A line of text with its baseline at y."""
    return element("text", clean(content), x=x, y=y, **attributes)


def fitted(content: str, *, x: str | float, y: float, width: float, **attributes: str | float | None) -> str:
    """A line that is shortened on narrow screens only: `width` is the room it has at 320 px."""
    short = shorten(content, width=width)
    if short == content:
        return text(content, x=x, y=y, **attributes)
    named = str(attributes.pop("class_", "") or "")
    return text(content, x=x, y=y, class_=f"{named} wide".strip(), **attributes) + text(
        short, x=x, y=y, class_=f"{named} narrow".strip(), **attributes
    )


def lines_of(
    lines: tuple[str, ...], *, x: float, y: float, leading: float = 15, **attributes: str | float | None
) -> str:
    """Several lines below each other, the first with its baseline at y."""
    return "".join(text(line, x=x, y=y + index * leading, **attributes) for index, line in enumerate(lines))


@lru_cache(maxsize=16_384)
def text_width(content: str, *, size: float = FONT_SIZE) -> float:
    """Estimated width in pixels of a line in the system's sans-serif, rather too wide than too narrow."""
    units = 0.0
    for letter in content:
        if letter in _SLIM:
            units += 0.36
        elif letter in _BROAD or letter > "\u2e80":
            units += 0.98
        else:
            units += 0.7 if letter.isupper() else 0.57
    return units * size


@lru_cache(maxsize=16_384)
def shorten(content: str, *, width: float, size: float = FONT_SIZE) -> str:
    """The text, or its beginning with an ellipsis where it is wider than `width` pixels."""
    if len(content) * 0.98 * size <= width or text_width(content, size=size) <= width:
        return content
    room = width - 0.98 * size
    used = 0.0
    for index, letter in enumerate(content):
        used += text_width(letter, size=size)
        if used > room:
            return content[:index].rstrip() + "…"
    return content


def wrap(content: str, *, width: float, lines: int = 3, size: float = FONT_SIZE) -> tuple[str, ...]:
    """The text in at most `lines` lines of `width` pixels; what does not fit ends in an ellipsis."""
    done: list[str] = []
    current = ""
    words = content.split()
    for index, word in enumerate(words):
        candidate = f"{current} {word}" if current else word
        if text_width(candidate, size=size) <= width or not current:
            current = candidate
            continue
        if len(done) == lines - 1:
            current = " ".join((current, *words[index:]))
            break
        done.append(shorten(current, width=width, size=size))
        current = word
    if current:
        done.append(shorten(current, width=width, size=size))
    return tuple(done)


def marker(series: int, *, x: str | float, y: float, size: float = 4.5, hollow: bool = False) -> str:
    """The mark of a series: colour and shape together, so that neither is needed alone."""
    named = f"mark series-{series % SERIES + 1}" + (" hollow" if hollow else "")
    shape = series % 4
    if shape == 0:
        return f'<circle cx="{_coordinate(x)}" cy="{number(y)}" r="{number(size)}" class="{named}"/>'
    if isinstance(x, str):
        return f'<svg x="{x}" y="{number(y)}" overflow="visible">{_at_origin(shape, size, named)}</svg>'
    return _polygon(shape, x, y, size, named)


def _coordinate(x: str | float) -> str:
    return x if isinstance(x, str) else number(x)


@cache
def _at_origin(shape: int, size: float, named: str) -> str:
    return _polygon(shape, 0, 0, size, named)


def _polygon(shape: int, x: float, y: float, size: float, named: str) -> str:
    if shape == 1:
        side = size * 0.9
        return element("rect", x=x - side, y=y - side, width=2 * side, height=2 * side, class_=named)
    reach = size * 1.25
    points: tuple[tuple[float, float], ...]
    if shape == 2:
        points = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
    else:
        points = ((x, y - reach), (x + reach, y + reach * 0.8), (x - reach, y + reach * 0.8))
    return element("polygon", points=" ".join(f"{number(a)},{number(b)}" for a, b in points), class_=named)


def letter_of(series: int) -> str:
    """A, B, … Z, AA, AB …: the short name of a series."""
    head, tail = divmod(series, 26)
    return (letter_of(head - 1) if head else "") + chr(65 + tail)


def box(lines: tuple[str, ...], *, x: float, y: float, width: float, class_: str = "box") -> tuple[str, float]:
    """A box around centred lines; answers the drawing and the height in pixels."""
    height = 15.0 * len(lines) + 12
    drawn = element("rect", x=x, y=y, width=width, height=height, rx=4, class_=class_)
    return drawn + lines_of(lines, x=x + width / 2, y=y + 18, text_anchor="middle"), height


def path(points: tuple[tuple[float, float], ...], *, arrow: bool = False, class_: str = "edge") -> str:
    """Straight lines through the points, with an arrow head at the end where asked."""
    d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    if arrow:
        (x0, y0), (x, y) = list(pairwise(points))[-1]
        dx, dy = (x > x0) - (x < x0), (y > y0) - (y < y0)
        wing = 4
        d += f"M{number(x - wing * (dx + dy))} {number(y - wing * (dy - dx))}L{number(x)} {number(y)}"
        d += f"L{number(x - wing * (dx - dy))} {number(y - wing * (dy + dx))}"
    return element("path", d=d, class_=class_, fill="none")


def picture(
    *parts: str,
    kind: str,
    title: str,
    description: str,
    height: float = 0.0,
    width: float | None = None,
    view: tuple[float, float, float, float] | None = None,
    interactive: bool = False,
) -> str:
    """The frame: fluid, or `width` pixels wide, or showing `view` (x, y, width, height) scaled to the room.

    `interactive` is for pictures whose marks are links: they are a group of links, not one image.
    """
    size: dict[str, str | float | None] = {"width": "100%", "height": height}
    if view is not None:
        size = {"width": "100%", "viewBox": " ".join(number(v) for v in view)}
    elif width is not None:
        size = {"width": width, "height": height, "viewBox": f"0 0 {number(width)} {number(height)}"}
    return element(
        "svg",
        element("title", clean(title)),
        element("desc", clean(description)),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"picture picture-{kind}" + ("" if width is None else " fixed"),
        role="group" if interactive else "img",
        **size,
    )
