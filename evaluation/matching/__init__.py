"""Patients against criteria and studies: experts' verdicts of single criteria, and judged pools."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .ranking import ranking_figures
from .verdicts import verdict_figures


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the labels and the library are."""
    parser.add_argument(
        "--verdicts", type=Path, help="criterion_verdicts.jsonl: notes, criteria and experts' labels"
    )
    parser.add_argument("--topics", type=Path, help="JSONL of topic_id and text; with --qrels and --library")
    parser.add_argument("--qrels", type=Path, help="TSV of topic, study, grade: 2 eligible, 1 excluded, 0 neither")
    parser.add_argument("--library", type=Path, help="folder of the library that holds the studies")
    parser.add_argument("--half", choices=("even", "odd"), help="of the verdicts, every other patient only")
    parser.add_argument("--errors", action="store_true", help="print every difference")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The figures of what was given."""
    figures: dict[str, Any] = {}
    if args.verdicts:
        figures |= verdict_figures(args.verdicts, half=args.half, show=args.errors)
    if args.topics and args.qrels and args.library:
        figures |= ranking_figures(args.topics, args.qrels, folder=args.library)
    return figures
