"""Verdicts against experts' labels: the six labels of that set, its consent sentence and its rule for silence.

The set's own habits live here, not in the product: a sentence about consent was added to every note, and what a note
does not mention counts as "not excluded".
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from trialkin.matching import judge_text
from trialkin.matching.note import facts_of_note
from trialkin.model.patient import Facts
from trialkin.model.verdict import Verdict

LABELS = {
    "inclusion": {"met": "included", "not met": "not included", "unknown": "not enough information"},
    "exclusion": {"met": "excluded", "not met": "not excluded", "unknown": "not excluded"},
}
_CONSENT = re.compile(
    r"\b(?:informed consent|consent|assent|compl(?:y|iance|iant)|willing|adhere|cooperat\w+|understands? (?:and|the)|"
    r"able to read|"
    r"agree(?:s|ment)? to|follow-?up visits?)\b",
    re.IGNORECASE,
)
_UNWILLING = re.compile(
    r"\b(?:unwilling|unable to (?:give|provide|comply|consent|understand|cooperate)|refus\w+|declin\w+|inability to|"
    r"non-?complian\w+|lack of (?:consent|compliance)|withdraw\w*|no(?:t)? (?:willing|able)|without consent)\b",
    re.IGNORECASE,
)


def verdict_figures(path: Path, *, half: str | None, show: bool) -> dict[str, Any]:
    """Accuracy, macro-F1 over the six labels, precision of "included", and conflicts."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    people = sorted({row["patient_id"] for row in rows})
    kept = set(people[half == "odd" :: 2] if half else people)
    pairs = list[tuple[str, str]]()
    notes = dict[str, Facts]()
    for row in rows:
        if row["patient_id"] not in kept:
            continue
        facts = notes.setdefault(row["patient_id"], facts_of_note(row["note"]))
        got, verdict = _label(row, facts)
        pairs.append((got, row["expert_eligibility"]))
        if show and got != row["expert_eligibility"]:
            print(f"{row['patient_id']} {got} for {row['expert_eligibility']} [{verdict.answer}, {verdict.grade}]")
            print(f"    {row['criterion_type']}: {row['criterion_text'][:300]}")
            print(f"    {[facts.facts[place].name for place in verdict.evidence]}")
    return _figures(pairs)


def _label(row: dict[str, Any], facts: Facts) -> tuple[str, Verdict]:
    kind, text = row["criterion_type"], row["criterion_text"] or ""
    verdict = judge_text(text, facts, section=kind)
    if verdict.answer == "unknown" and "informed consent" in row["note"]:
        if kind == "inclusion" and _CONSENT.search(text) and not _UNWILLING.search(text):
            return "included", verdict
        if kind == "exclusion" and _UNWILLING.search(text):
            return "not excluded", verdict
    return LABELS[kind].get(verdict.answer, "not applicable"), verdict


def _figures(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    labels = sorted({want for _, want in pairs})
    right = Counter(want for got, want in pairs if got == want)
    said, meant = Counter(got for got, _ in pairs), Counter(want for _, want in pairs)
    f1 = [2 * right[label] / (said[label] + meant[label]) if right[label] else 0.0 for label in labels]
    conflicts = said["excluded"] + said["not included"]
    hits = right["excluded"] + right["not included"]
    return {
        "pairs": len(pairs), "verdict_accuracy": round(right.total() / len(pairs), 4),
        "macro_f1": round(sum(f1) / len(f1), 4),
        "met_precision": round(right["included"] / said["included"], 4) if said["included"] else None,
        "met_said": said["included"], "conflicts": conflicts, "conflicts_right": hits,
        "conflict_share": round(conflicts / len(pairs), 4),
        "by_label": {label: f"{right[label]} right of {said[label]} said, {meant[label]} meant" for label in labels},
    }  # fmt: skip
