"""What the sources of other registers share: values as people write them, made into values of the study model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_UNITS = {"y": "Years", "a": "Years", "m": "Months", "w": "Weeks", "d": "Days", "h": "Hours"}


@dataclass(frozen=True)
class Converted:
    """One record of a register in the shape of the study model, or None with the reason. place: for people."""

    place: str
    record: dict[str, Any] | None
    reason: str


def compact(value: Any) -> Any:
    """A structure without what is empty: no empty texts, lists, objects or None anywhere."""
    if isinstance(value, dict):
        parts = {key: compact(each) for key, each in value.items()}
        return {key: each for key, each in parts.items() if each not in (None, "", [], {})}
    if isinstance(value, (list, tuple)):
        return [each for each in map(compact, value) if each not in (None, "", [], {})]
    return value


def day(text: str) -> str:
    """A date as yyyy-mm-dd or yyyy-mm out of the styles of registers; "" for none.

    Read are 2020-03-18, 20200318, 18/03/2020 (day first, as WHO writes), 18 March 2020, March 18, 2020 and March 2020.
    """
    text = text.strip()
    if match := re.match(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text):
        return match[0]
    if match := re.fullmatch(r"((?:19|20)\d{2})(\d{2})(\d{2})", text):
        return f"{match[1]}-{match[2]}-{match[3]}"
    if match := re.match(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text):
        first, second = int(match[1]), int(match[2])
        month, of_month = (first, second) if second > 12 else (second, first)
        return f"{match[3]}-{month:02}-{of_month:02}" if month <= 12 else ""
    if match := re.match(r"(?:(\d{1,2})\.? )?([A-Za-z]{3})[a-z]*\.?(?: (\d{1,2}),?)?,? (\d{4})", text):
        named, stated = _MONTHS.get(match[2].lower(), 0), match[1] or match[3]
        return f"{match[4]}-{named:02}" + (f"-{int(stated):02}" if stated else "") if named else ""
    return ""


def number(text: str) -> int | None:
    """A planned size: one number, or the sum of those that groups are given ("a:30;b:30;"); None for none."""
    if match := re.fullmatch(r"\s*(\d{1,7})(?:\.0)?\s*", text.replace(",", "")):
        return int(match[1])
    groups = re.findall(r":\s*(\d{1,6})\s*(?:;|$)", text)
    return sum(map(int, groups)) if groups else None


def years(text: str) -> str:
    """An age with its unit ("18 Years"), years when none is written; "" for none."""
    match = re.match(r"(?:>=?|≥|from)?\s*(\d{1,3})(?:\.0)?\s*([a-z])?", text.strip().lower())
    if match is None or (match[1] == "0" and not match[2]):
        return ""
    return f"{match[1]} {_UNITS.get(match[2] or 'y', 'Years')}"


def criteria_text(inclusion: str, exclusion: str) -> str:
    """Eligibility text with the two headings; a text that has both already stays as it is."""
    if not exclusion and re.search(r"exclusion criteria", inclusion, re.IGNORECASE):
        return inclusion

    def bare(text: str, heading: str) -> str:
        return re.sub(rf"^\s*{heading} criteria\s*:?\s*", "", text, flags=re.IGNORECASE)

    parts = [f"Inclusion Criteria:\n\n{bare(inclusion, 'inclusion')}"] if inclusion else []
    parts += [f"Exclusion Criteria:\n\n{bare(exclusion, 'exclusion')}"] if exclusion else []
    return "\n\n".join(parts)
