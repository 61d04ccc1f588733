"""Chia and Leaf: polarity, entity spans strict and relaxed, and bounds, against their brat annotations.

Chia: an entity is negated when a Has_negation relation starts at it, at another of its OR or AND group, or at a scope
around it. Leaf: when a Negation event negates its event, or
an Assertion of type absent. An entity's first fragment counts as its span. Our polarity at a span is that of the
statement there; our entity spans are those of the criteria that name something without bounding it.
"""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trialkin.model.criteria import Criterion
from trialkin.reading.criteria import parse_item
from trialkin.reading.criteria.phrase import Phrase
from trialkin.reading.criteria.polarity import Denials
from trialkin.reading.quantities import fold, quantities

_CHIA_TYPES = {"Condition", "Drug", "Procedure", "Observation", "Measurement", "Device"}
_LEAF_TYPES = {"Condition", "Drug", "Procedure", "Observation"}
_DIGIT = re.compile(r"\d")


@dataclass
class Document:
    """One annotated text: spans by id with their type, relations, events and attributes."""

    name: str
    text: str
    spans: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    events: dict[str, tuple[str, str, dict[str, str]]] = field(default_factory=dict)
    attributes: dict[str, tuple[str, str]] = field(default_factory=dict)
    groups: list[set[str]] = field(default_factory=list)


def documents(path: Path) -> Iterator[Document]:
    """The texts of a brat zip, line ends as they are, since the spans count them."""
    with zipfile.ZipFile(path) as archive:
        names = {name for name in archive.namelist() if name.endswith(".txt")}
        for name in sorted(names):
            text = archive.read(name).decode("utf-8")
            made = Document(Path(name).stem, text)
            for line in archive.read(name[:-4] + ".ann").decode("utf-8").splitlines():
                _annotate(made, line)
            yield made


def _annotate(document: Document, line: str) -> None:
    name, _, rest = line.partition("\t")
    words = rest.split("\t")[0].split()
    if name.startswith("T") and len(words) >= 3:
        end = words[2].split(";")[0]
        document.spans[name] = (words[0], int(words[1]), int(end))
    elif name.startswith("R") and len(words) == 3:
        document.relations.append((words[0], words[1].partition(":")[2], words[2].partition(":")[2]))
    elif name.startswith("E") and words:
        kind, _, trigger = words[0].partition(":")
        document.events[name] = (kind, trigger, dict(word.split(":", 1) for word in words[1:] if ":" in word))
    elif name == "*" and words[:1] in (["OR"], ["AND"]):
        document.groups.append(set(words[1:]))
    elif name.startswith("A") and len(words) >= 2:
        document.attributes[words[1]] = (words[0], words[2] if len(words) > 2 else "")


class _Read:
    """A text as our reader sees it: a phrase and its criteria per line."""

    def __init__(self, document: Document) -> None:
        self.starts: list[int] = []
        self.phrases: list[Phrase] = []
        self.denials: list[Denials] = []
        self.criteria: list[tuple[int, int, Criterion]] = []
        at = 0
        for line in document.text.splitlines(keepends=True):
            self.starts.append(at)
            self.phrases.append(Phrase(line))
            self.denials.append(Denials(self.phrases[-1].folded))
            self.criteria += [(c.start + at, c.end + at, c) for c in parse_item(line)]
            at += len(line)

    def denied(self, start: int, end: int) -> bool:
        index = bisect_right(self.starts, start) - 1
        phrase, base = self.phrases[index], self.starts[index]
        return self.denials[index].reach(start - base, end - base, floor=phrase.clause(start - base)[0])


def chia(path: Path) -> dict[str, Any]:
    """Polarity, entity spans and values of Chia."""
    counts: Counter[str] = Counter()
    for document in documents(path):
        read = _Read(document)
        negated = _chia_negated(document)
        entities = {key: span for key, span in document.spans.items() if span[0] in _CHIA_TYPES}
        _polarity(read, {key: (span[1], span[2], key in negated) for key, span in entities.items()}, counts)
        _entities(read, [(a, b) for kind, a, b in entities.values() if kind != "Measurement"], counts)
        for kind, start, end in document.spans.values():
            words = document.text[start:end]
            if kind == "Value" and _DIGIT.search(words):
                _value(read, start, end, words, counts)
    return _figures("chia", counts)


def _chia_negated(document: Document) -> set[str]:
    """Ids that a negation reaches: directly, through their OR or AND group, or inside a negated scope."""
    found = {first for kind, first, _ in document.relations if kind == "Has_negation"}
    for group in document.groups:
        if found & group:
            found |= group
    scopes = [document.spans[key] for key in found if document.spans.get(key, ("", 0, 0))[0] == "Scope"]
    for key, (_, start, end) in document.spans.items():
        if any(a <= start and end <= b for _, a, b in scopes):
            found.add(key)
    return found


def leaf(path: Path) -> dict[str, Any]:
    """Polarity, entity spans and comparisons of the Leaf corpus."""
    counts: Counter[str] = Counter()
    for document in documents(path):
        read = _Read(document)
        negated = {
            target
            for kind, _, roles in document.events.values()
            if kind == "Negation"
            for role, target in roles.items()
            if role.startswith("Negates")
        }
        entities: dict[str, tuple[int, int, bool]] = {}
        for key, (kind, trigger, roles) in document.events.items():
            if kind in _LEAF_TYPES and trigger in document.spans:
                _, start, end = document.spans[trigger]
                entities[key] = (start, end, key in negated or trigger in negated)
            elif kind == "Eq-Comparison" and roles.get("Value") in document.spans:
                _, start, end = document.spans[roles["Value"]]
                if _DIGIT.search(document.text[start:end]):
                    _value(read, start, end, document.text[start:end], counts)
        _polarity(read, entities, counts)
        _entities(read, [(a, b) for a, b, _ in entities.values()], counts)
    return _figures("leaf", counts)


def _polarity(read: _Read, entities: dict[str, tuple[int, int, bool]], counts: Counter[str]) -> None:
    for start, end, negated in entities.values():
        made = read.denied(start, end)
        counts["entities"] += 1
        counts["polarity right"] += made == negated
        counts["negated"] += negated
        counts["negated made"] += made
        counts["negated right"] += made and negated


def _entities(read: _Read, spans: list[tuple[int, int]], counts: Counter[str]) -> None:
    made = sorted({(a, b) for a, b, c in read.criteria if not c.bounds})
    wanted = sorted(set(spans))
    counts["spans wanted"] += len(wanted)
    counts["spans made"] += len(made)
    counts["spans strict"] += len(set(made) & set(wanted))
    counts["spans found"] += sum(any(a < y and x < b for x, y in made) for a, b in wanted)
    counts["spans overlapping"] += sum(any(a < y and x < b for x, y in wanted) for a, b in made)


def _value(read: _Read, start: int, end: int, words: str, counts: Counter[str]) -> None:
    """Found: a bound overlaps the value; right: it has one of its numbers as an end."""
    near = [c for a, b, c in read.criteria if c.bounds and a < end and start < b]
    numbers = {n for q in quantities(fold(words)) for n in (q.low, q.high) if n is not None}
    counts["values"] += 1
    counts["values found"] += bool(near)
    counts["values right"] += any(end in (c.low, c.high) for c in near for end in numbers) or any(
        c.values for c in near
    )


def _figures(name: str, counts: Counter[str]) -> dict[str, Any]:
    def share(part: str, whole: str) -> float:
        return counts[part] / max(counts[whole], 1)

    def f1(precision: float, recall: float) -> float:
        return round(2 * precision * recall / max(precision + recall, 1e-9), 4)

    return {
        f"{name}_entities": counts["entities"],
        f"{name}_polarity_right": counts["polarity right"],
        f"{name}_polarity_accuracy": round(share("polarity right", "entities"), 4),
        f"{name}_negation_f1": f1(share("negated right", "negated made"), share("negated right", "negated")),
        f"{name}_negated": counts["negated"],
        f"{name}_span_f1_strict": f1(share("spans strict", "spans made"), share("spans strict", "spans wanted")),
        f"{name}_span_f1_relaxed": f1(
            share("spans overlapping", "spans made"), share("spans found", "spans wanted")
        ),
        f"{name}_values": counts["values"],
        f"{name}_value_found": round(share("values found", "values"), 4),
        f"{name}_value_right": round(share("values right", "values"), 4),
    }
