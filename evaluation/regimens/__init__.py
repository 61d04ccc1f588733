"""Dose rows read from text, against labelled texts, over a corpus, and samples to be judged by reading."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .corpus import difference, understood, write_snapshot
from .gold import HALVES, regimens_figures
from .judged import judged_figures
from .sample import print_sample

__all__ = ["add_arguments", "regimens_figures", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the labels and the records are."""
    parser.add_argument(
        "--gold", type=Path, help="folder with regimens.jsonl, doses_plain.jsonl and their .gold.jsonl"
    )
    parser.add_argument("--half", choices=sorted(HALVES), help="only every second labelled text")
    parser.add_argument("--corpus", type=Path, nargs="+", help="zips of study records: how many doses are read")
    parser.add_argument("--every", type=int, default=10, help="of the corpus, only every n-th record (default 10)")
    parser.add_argument("--sample", type=int, help="print this many texts with an amount, of as many studies")
    parser.add_argument("--longest", type=int, help="leave texts of more characters out of the sample")
    parser.add_argument("--rows", action="store_true", help="print the rows read from each text of the sample too")
    parser.add_argument("--seed", type=int, default=1, help="what draws the sample (default 1)")
    parser.add_argument(
        "--apart",
        type=int,
        nargs="*",
        default=[],
        help="leave out studies of the samples of these seeds, read before",
    )
    parser.add_argument("--again", action="store_true", help="other texts of studies read before")
    parser.add_argument(
        "--judged",
        nargs="*",
        metavar="BATCH",
        help="score the judged texts of the corpus, all or of these batches",
    )
    parser.add_argument("--errors", action="store_true", help="print every row that was missed or added")
    parser.add_argument("--snapshot", type=Path, help="write the rows read of the corpus to this file")
    parser.add_argument("--diff", type=Path, help="compare the rows read of the corpus with this snapshot")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """All figures; a part without its data is left out."""
    if args.sample:
        return print_sample(
            args.corpus,
            size=args.sample,
            seed=args.seed,
            apart=args.apart,
            gold=args.gold,
            rows=args.rows,
            longest=args.longest,
            again=args.again,
        )
    figures: dict[str, Any] = regimens_figures(args.gold, half=args.half, errors=args.errors) if args.gold else {}
    if args.judged is not None and not args.corpus:
        raise SystemExit("--judged needs --corpus: the zips of records that the judged texts stand in")
    if args.judged is not None:
        return figures | judged_figures(args.corpus, batches=args.judged)
    if args.corpus:
        figures |= understood(args.corpus, every=args.every)
        if args.snapshot:
            figures |= write_snapshot(args.corpus, args.snapshot, every=args.every)
        if args.diff:
            figures |= difference(args.corpus, args.diff, every=args.every)
    return figures
