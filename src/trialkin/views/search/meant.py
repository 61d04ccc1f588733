"""Words that name a filter: "melanoma recruiting" is searched as words, and the status is offered.

Only a search of plain words is read so; nothing is changed without being asked. Must not know HTML.
"""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[\w\s,.'’/-]+")
_OPERATOR = re.compile(r"\b(?:AND|OR|NOT)\b")
_STUDIES = r"(?: (?:clinical )?(?:trials?|stud(?:y|ies)))"
_FILTERS = (
    (re.compile(rf"\bnot[ -]yet[ -]recruiting\b{_STUDIES}?", re.I), "status:not_yet_recruiting"),
    (re.compile(rf"\b(?:(?:now|currently) )?(?:recruiting|enrolling)\b{_STUDIES}?", re.I), "status:recruiting"),
    (re.compile(rf"\bopen(?:{_STUDIES}\b|\s*$)", re.I), "status:recruiting"),
    (re.compile(r"\bphase[ -]?(?:1|i)\b(?!/)", re.I), "phase:1"),
    (re.compile(r"\bphase[ -]?(?:2|ii)\b(?!/)", re.I), "phase:2"),
    (re.compile(r"\bphase[ -]?(?:3|iii)\b(?!/)", re.I), "phase:3"),
    (re.compile(r"\bphase[ -]?(?:4|iv)\b(?!/)", re.I), "phase:4"),
)


def with_filters(text: str) -> str | None:
    """The text with such words made filters: "melanoma phase 3" → "melanoma phase:3"; None where there are none."""
    if not _PLAIN.fullmatch(text) or _OPERATOR.search(text):
        return None
    rest, found = text, []
    for pattern, asked in _FILTERS:
        changed = pattern.sub(" ", rest)
        if changed != rest and asked not in found:
            found.append(asked)
        rest = changed
    return " ".join([*rest.split(), *found]) if found else None
