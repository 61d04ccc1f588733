"""How well registrations of one trial are found.

Pairs over the library's studies and an export of the WHO's ICTRP. A pair is judged when one of its ids stands in the
groups file: pairs that the file does not name are different trials. Pairs that touch none of its ids are counted apart.
Certain links are measured against the pairs of which a record names the other's id. The last line is a JSON object.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import msgspec

from trialkin.library import Library
from trialkin.links import Link, Registration, certain_links, describe, same_trials
from trialkin.model import StudyId, read_study
from trialkin.registries import ictrp

Pair = tuple[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked."""
    parser.add_argument("--groups", type=Path, required=True, help="table of group and registration")
    parser.add_argument("--export", type=Path, required=True, help="an export of the WHO's ICTRP")
    parser.add_argument("--library", type=Path, required=True, help="folder of a library")
    parser.add_argument("--missed", action="store_true", help="print what was missed and what was wrong")


def run(asked: argparse.Namespace) -> dict[str, float]:
    """Print the figures and give them."""
    truth = _pairs(asked.groups)
    here = _registrations(asked.library, asked.export)
    known = {study_id for pair in truth for study_id in pair}
    truth = {pair for pair in truth if pair[0] in here and pair[1] in here}
    links = same_trials(tuple(here.values()))
    return _report(here, truth, known, links, verbose=asked.missed)


def _pairs(path: Path) -> set[Pair]:
    groups = defaultdict(list)
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            groups[row["group"]].append(str(StudyId.find(row["registration"]) or row["registration"]))
    return {pair for ids in groups.values() for pair in combinations(sorted(set(ids)), 2)}


def _registrations(library: Path, export: Path) -> dict[str, Registration]:
    found = {}
    for converted in ictrp.read(export):
        if converted.record is not None:
            study = describe(read_study(msgspec.json.encode(converted.record)))
            before = found.get(study.study_id)
            found[study.study_id] = study if before is None else _joined(before, study)
    with Library(library) as lib:
        for _, _, study in lib.studies():
            if study is not None:
                each = describe(study)
                found[each.study_id] = each
    return found


def _joined(one: Registration, other: Registration) -> Registration:
    """Two protocols of one trial in different countries, as one registration."""
    return Registration(
        **{
            name: getattr(one, name) | getattr(other, name)
            if isinstance(getattr(one, name), frozenset)
            else getattr(one, name) or getattr(other, name)
            for name in one.__dataclass_fields__
        }
    )


def _report(
    here: dict[str, Registration], truth: set[Pair], known: set[str], links: tuple[Link, ...], *, verbose: bool
) -> dict[str, float]:
    said = {(link.first, link.second): link for link in links}
    judged = {pair for pair in said if pair[0] in known or pair[1] in known}
    certain = {pair for pair in judged if said[pair].certain}
    nameable = {(a, b) for a, b in truth if b in here[a].named or a in here[b].named}
    right = judged & truth
    precision, recall = _share(right, judged), _share(right, truth)
    figures = {
        "certain_precision": _share(certain & truth, certain),
        "certain_recall": _share(certain & nameable, nameable),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        "pairs": len(truth),
        "named": len(nameable),
        "links": len(links),
        "links_beside": len(links) - len(judged),
    }
    low, high = _interval(truth, judged)
    print(f"{len(here):,} registrations, {len(truth)} pairs known, {len(nameable)} of them by an id")
    print(f"f1 {figures['f1']:.3f} ({low:.3f} to {high:.3f} over resampled pairs)")
    for name, pairs in (("id named alone", set(_named(here))), ("titles alone", _by_title(here, truth, known))):
        pairs = {pair for pair in pairs if pair[0] in known or pair[1] in known}
        print(
            f"baseline, {name}: precision {_share(pairs & truth, pairs):.3f}, recall {_share(pairs & truth, truth):.3f}"
        )
    if verbose:
        for pair in sorted(truth - judged):
            print("missed", *pair)
        for pair in sorted(judged - truth):
            print("wrong", *pair, said[pair].score, "; ".join(said[pair].reasons))
    return {name: round(value, 4) for name, value in figures.items()}


def _named(here: dict[str, Registration]) -> list[Pair]:
    return [(link.first, link.second) for link in certain_links(tuple(here.values()))]


def _by_title(here: dict[str, Registration], truth: set[Pair], known: set[str]) -> set[Pair]:
    """The pair of most similar titles (Jaccard above one half) for each known id: a plain baseline."""
    found = set()
    for study_id in known & here.keys():
        words = here[study_id].words
        best, score = "", 0.5
        for other in here.values():
            union = len(words | other.words)
            value = len(words & other.words) / union if union and other.study_id[:3] != study_id[:3] else 0.0
            if value > score:
                best, score = other.study_id, value
        if best:
            found.add((min(study_id, best), max(study_id, best)))
    return found


def _share(part: set[Pair], whole: set[Pair]) -> float:
    return len(part) / len(whole) if whole else math.nan


def _interval(truth: set[Pair], judged: set[Pair]) -> tuple[float, float]:
    chance = random.Random(7)
    pairs, values = sorted(truth | judged), []
    for _ in range(1000):
        drawn = [chance.choice(pairs) for _ in pairs]
        right = sum(pair in truth and pair in judged for pair in drawn)
        total = sum(pair in truth for pair in drawn) + sum(pair in judged for pair in drawn)
        values.append(2 * right / total if total else 0.0)
    values.sort()
    return values[25], values[974]
