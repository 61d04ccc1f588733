"""What criteria say of small patients: holds, fails or unknown, against known answers."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from trialkin.matching import judge_text
from trialkin.model.verdict import Verdict

from .patients import facts_of

SAID = {"met": "holds", "not met": "fails"}
BESIDE = {"inclusion": "holds", "exclusion": "fails"}
"""What a sentence says of somebody whom it does not speak of: nothing is asked of them, nothing excludes them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the probes are, and which of them count."""
    parser.add_argument(
        "file", type=Path, help="probes.jsonl: criteria with small patients and what holds of them"
    )
    parser.add_argument("--half", choices=("even", "odd"), help="every other criterion only")
    parser.add_argument("--errors", action="store_true", help="print every wrong answer")
    parser.add_argument("--open", action="store_true", help="print every settled probe that was not answered")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Coverage and precision over the settled, accuracy over all, and accuracy by what is tested."""
    rows = [json.loads(line) for line in args.file.read_text(encoding="utf-8").splitlines() if line]
    if args.half:
        rows = rows[args.half == "odd" :: 2]
    seen, right = Counter[str](), Counter[str]()
    settled = answered = said = correct = 0
    for row in rows:
        for probe in row["probes"]:
            verdict = judge_text(row["text"], facts_of(probe["patient"]), section=row["section"])
            got, want = _said(verdict), probe["expect"]
            seen[probe["tests"]] += 1
            right[probe["tests"]] += got == want
            settled += want != "unknown"
            answered += want != "unknown" and got != "unknown"
            said += got != "unknown"
            correct += got == want != "unknown"
            _show(args, row, probe, got)
    total = seen.total()
    return {
        "criteria": len(rows), "probes": total, "probe_coverage": round(answered / settled, 4),
        "probe_precision": round(correct / said, 4) if said else None, "answered": said, "wrong": said - correct,
        "probe_accuracy": round(right.total() / total, 4),
        "by_tests": {name: f"{right[name]}/{count}" for name, count in sorted(seen.items())},
    }  # fmt: skip


def _said(verdict: Verdict) -> str:
    if verdict.answer == "not applicable":
        return BESIDE.get(verdict.section, "unknown")
    return SAID.get(verdict.answer, "unknown")


def _show(args: argparse.Namespace, row: dict[str, Any], probe: dict[str, Any], got: str) -> None:
    wrong = got not in ("unknown", probe["expect"])
    missed = got == "unknown" != probe["expect"]
    if (wrong and args.errors) or (missed and args.open):
        facts = "; ".join(" ".join(str(value) for value in fact.values()) for fact in probe["patient"])
        print(f"{row['id']} {'WRONG' if wrong else 'open'} {got} for {probe['expect']} ({probe['tests']})")
        print(f"    {row['section']}: {row['text']}\n    {facts}")
