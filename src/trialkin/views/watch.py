"""News of what is watched, as text, JSON and an Atom feed.

Source of the feed's format: RFC 4287. Must not know terminals or HTTP.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from itertools import groupby

import msgspec

from ..history.watch import Look, News
from ..reading.markup import printable
from .words import count_of

_ATOM = "http://www.w3.org/2005/Atom"
_MARK = {"new": "+", "changed": "~", "gone": "-"}


def news_text(look: Look) -> str:
    """What one look found, watch by watch."""
    parts = []
    for name, news in groupby(look.news, key=lambda one: one.watch):
        lines = [name]
        for one in news:
            lines.append(f"  {_MARK[one.what]} {one.nct_id}  {one.what}: {one.title}")
            lines += [f"      {change}" for change in one.changes]
        parts.append("\n".join(lines))
    parts += [
        f"{name}\n  watched from now on: {count_of(count, 'study', 'studies')}"
        for name, count in look.first.items()
    ]
    quiet = look.watched - len(look.first) - len({one.watch for one in look.news})
    if quiet:
        parts.append(f"Nothing new in {count_of(quiet, 'watch', 'watches')}.")
    return printable("\n\n".join(parts) + "\n") if parts else ""


def news_json(look: Look) -> str:
    """The same as one JSON object."""
    return msgspec.json.encode(look).decode() + "\n"


def news_atom(news: Sequence[News], *, updated: str) -> str:
    """The latest news as a feed, newest first. updated: UTC, ISO 8601."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", "urn:trialkin:watch")
    _add(feed, "title", "Trialkin: what is new in the studies you watch")
    _add(feed, "updated", news[0].seen_at if news else updated)
    _add(_add(feed, "author"), "name", "Trialkin")
    for one in news:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:trialkin:{_slug(one.watch)}:{one.nct_id}:{one.seq}:{one.what}")
        _add(entry, "title", f"{one.what}: {one.title} ({one.nct_id})")
        _add(entry, "updated", one.seen_at)
        _add(entry, "category").set("term", one.watch)
        link = _add(entry, "link")
        link.set("href", f"https://clinicaltrials.gov/study/{one.nct_id}")
        _add(entry, "content", "\n".join(one.changes) or one.title).set("type", "text")
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = None if text is None else printable(text)
    return element


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
