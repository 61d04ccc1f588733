"""What selects each dose: its label, its clause, its place in time."""

from __future__ import annotations

import re
from bisect import bisect_right

from trialkin.reading.doses import labels
from trialkin.reading.doses.draft import Dose


def select(text: str, doses: list[Dose], spans: list[tuple[int, int]]) -> None:
    heads = labels.label_spans(text)
    for dose in doses:
        parts = [_label_of(text, dose, heads), _clause_of(text, dose)]
        parts.append(labels.state(text, dose.amount.end, dose.sentence[1]))
        if dose.course is not None:
            parts.append(labels.target(text, max(dose.sentence[0], dose.amount.start - 300), dose.amount.start))
        parts.append(_time_of(text, dose) if not parts[0] or dose.headed is False else None)
        parts.append(dose.then)
        spans_of = sorted({part for part in parts if part})
        chosen = [a for a in spans_of if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in spans_of)]
        said = {_trimmed(text[start:end]): (start, end) for start, end in reversed(chosen)}
        dose.selecting = tuple(span for words, span in reversed(said.items()) if words)
        dose.condition = "; ".join(words for words in reversed(said) if words) or None


def _trimmed(words: str) -> str:
    """The words of a condition without the marks around them; brackets stay where they are a pair."""
    words = re.sub(r"\s+", " ", words).strip(" ,.;:")
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1]
    if words.count("(") > words.count(")"):
        cut = words.rfind("(")
        words = words[:cut] if cut > 2 else words.replace("(", "")
    elif words.count(")") > words.count("("):
        words = words.strip(")")
    return words.strip(" ,.;:")


def _label_of(text: str, dose: Dose, heads: list[tuple[int, int, str]]) -> tuple[int, int] | None:
    place = bisect_right(heads, dose.amount.start, key=lambda head: head[1])
    for start, end, label in reversed(heads[max(0, place - 8) : place]):
        between = text[end : dose.amount.start]
        head = text[text.rfind("\n", 0, start) + 1 : start].strip(" *•-0123456789.)")
        heads_line = not head or (start - dose.sentence[0] < 4 and dose.sentence[0] <= start)
        if "\n\n" in between.strip("\n") or (not heads_line and (start < dose.sentence[0] or ";" in between)):
            continue
        if between.count(")") > between.count("("):
            continue
        if dose.agent and dose.agent.lower() in label.lower():
            continue
        return start, start + len(label)
    return None


def _clause_of(text: str, dose: Dose) -> tuple[int, int] | None:
    found = labels.clauses(
        text, max(dose.sentence[0], dose.amount.start - 500), min(dose.sentence[1], dose.amount.end + 500)
    )
    own = [c for c in found if dose.left <= c[0] < dose.right or c[0] < dose.amount.start]
    own = [c for c in own if c[0] < dose.amount.start or ";" not in text[dose.amount.end : c[0]]]
    for start, end in reversed(own):
        if not start <= dose.amount.start < end:
            return start, min(end, dose.right) if start >= dose.amount.start else end
    return None


def _time_of(text: str, dose: Dose) -> tuple[int, int] | None:
    after = labels.weeks(text, dose.amount.end, min(dose.right, dose.amount.end + 40))
    if after and not re.search(r"\w{3,} \w{3,} \w{3,}", text[dose.amount.end : after[0]]):
        if any(
            m.start < after[1] and after[0] < m.end and m.kind in {"days", "weeks"}
            for ms in dose.marks.values()
            for m in ms
        ):
            return None
        if text[after[0] : after[1]].lower() not in {
            "followed by",
            "then",
            "and then",
            "thereafter",
            "subsequently",
        }:
            return after
    before = labels.weeks(text, dose.left, dose.amount.start)
    if before and text[before[0] : before[1]].lower() not in {"day 1"}:
        return before
    return labels.phase(text, dose.left, dose.amount.start)
