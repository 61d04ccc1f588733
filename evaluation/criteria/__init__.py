"""Criteria read from text, against labelled items, Chia and Leaf, and over a corpus."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..regimens import regimens_figures
from .brat import chia, leaf
from .corpus import understood
from .items import items_against_gold
from .judged import judged_figures
from .sample import print_sample
from .snapshot import difference, write_snapshot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the labels and the records are."""
    parser.add_argument(
        "--gold", type=Path, help="folder with items.jsonl, items.gold.jsonl and the regimen labels"
    )
    parser.add_argument("--chia", type=Path, help="zip of Chia's brat files")
    parser.add_argument("--leaf", type=Path, help="zip of the Leaf corpus's brat files")
    parser.add_argument("--corpus", type=Path, help="zip of study records: how much of their items is understood")
    parser.add_argument("--every", type=int, default=10, help="of the corpus, only every n-th record (default 10)")
    parser.add_argument("--sample", type=int, help="print this many random items of the corpus as they are read")
    parser.add_argument("--seed", type=int, default=1, help="what draws the sample (default 1)")
    parser.add_argument("--judged", action="store_true", help="score the judged items of the corpus")
    parser.add_argument("--errors", action="store_true", help="print every difference from the gold items")
    parser.add_argument("--snapshot", type=Path, help="write what is understood of the corpus to this file")
    parser.add_argument("--diff", type=Path, help="compare what is understood of the corpus with this snapshot")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """All figures; a part without its data is left out."""
    figures: dict[str, Any] = {}
    if args.sample:
        return {"sample": print_sample(args.corpus, size=args.sample, seed=args.seed, gold=args.gold)}
    if args.judged and not args.corpus:
        raise SystemExit("--judged needs --corpus: the zip of records that the judged items stand in")
    if args.judged:
        return judged_figures(args.corpus, show=args.errors)
    if args.gold:
        figures |= items_against_gold(args.gold, show=args.errors)
        figures |= regimens_figures(args.gold)
    if args.chia:
        figures |= chia(args.chia)
    if args.leaf:
        figures |= leaf(args.leaf)
    right = [figures[f"{name}_polarity_right"] for name in ("chia", "leaf") if f"{name}_polarity_right" in figures]
    count = [figures[f"{name}_entities"] for name in ("chia", "leaf") if f"{name}_entities" in figures]
    if count:
        figures["polarity_accuracy"] = round(sum(right) / sum(count), 4)
    if args.corpus:
        figures |= understood(args.corpus, every=args.every)
        if args.snapshot:
            figures |= write_snapshot(args.corpus, args.snapshot, every=args.every)
        if args.diff:
            figures |= difference(args.corpus, args.diff, every=args.every)
    return figures
