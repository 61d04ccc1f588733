"""Plain text with a faithful offset map, and HTML that cannot do anything."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from trialkin.reading.markup import plain, to_html, unescape

MARKUP = st.text(alphabet=st.sampled_from("ab \\<>&;.*_-#1)x2ü\n\"'lgtamp"), max_size=60)


@given(MARKUP)
@example(r"margin \<1 mm \&gt; 2 &amp; \\")
def test_offsets_are_faithful(source: str) -> None:
    shown = unescape(source)
    assert shown.source == source
    spans = [shown.source_span(i, i + 1) for i in range(len(shown.text))]
    assert all(start <= end for start, end in spans)
    assert shown.source_span(0, len(shown.text)) == (0, len(source))
    for (start, end), char in zip(spans, shown.text, strict=True):
        piece = source[start:end]
        assert char in piece or piece.startswith(("&", "\\&")) or "&" in piece


@given(st.text(max_size=80))
def test_text_without_markup_stays(source: str) -> None:
    if "\\" not in source and "&" not in source:
        assert plain(source) == source


def test_escapes_and_entities() -> None:
    assert plain(r"\<1 mm") == "<1 mm"
    assert plain(r"\&gt; 5 &amp; \* a\.b") == "> 5 & * a.b"
    assert plain(r"\\") == "\\"
    assert plain(None) == ""


def test_html_is_inert() -> None:
    html = to_html(
        "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](data:text/html,x) "
        '![i](https://example.org/i.png) [ok](https://example.org/) <b onmouseover="x">b</b>'
    )
    assert "<script" not in html and "<img" not in html and "<b " not in html
    assert 'href="javascript' not in html and 'href="data' not in html
    assert '<a href="https://example.org/" rel="noopener noreferrer nofollow">ok</a>' in html


@given(st.text(max_size=200))
def test_html_never_fails(source: str) -> None:
    assert "\\<" not in to_html(source).replace("\\\\", "") or "\\" in source


def test_lists_keep_their_first_number() -> None:
    assert '<ol start="2">' in to_html("2. b\n3. c")
