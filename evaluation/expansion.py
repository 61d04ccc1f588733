"""What other names bring a condition search: recall and precision with them and without.

A silver set: the registry has tagged studies with MeSH conditions. Studies are parted in two halves by a hash of their
id. Names are learnt from one half; from the other, which is searched, MeSH terms and their ancestors are taken out of
the index, so that a tagged study is found by its own words or not at all. Asked for each MeSH term: the term itself,
and the name under which the learning half most often enters it. Relevant: studies of the searched half tagged with the
term; for precision also those tagged with a narrower one. Studies without any tag are left out of the second half:
nothing is known of them. Intervals: paired bootstrap over queries.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import msgspec

from evaluation.search import interval, read_studies
from trialkin.indexes.search import learning
from trialkin.indexes.search.analysis import key
from trialkin.indexes.search.engine import Request, all_ids
from trialkin.indexes.search.index import SearchIndex
from trialkin.model import Study

FIRST = 50
KINDS = ("MeSH term", "name as entered")


@dataclass(frozen=True)
class Topic:
    """A query; `tagged`: relevant studies, `narrower`: those with a narrower term, right as well when found."""

    kind: str
    text: str
    tagged: frozenset[str]
    narrower: frozenset[str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the records are, and how many relevant studies a term must have."""
    parser.add_argument("--records", type=Path, nargs="+", required=True, help="bulk zips")
    parser.add_argument("--least", type=int, default=10, help="relevant studies of a term")
    parser.add_argument("--seed", type=int, default=1)


def run(args: argparse.Namespace) -> dict[str, object]:
    """Search every topic with other names and without; print the table, return the figures."""
    studies = read_studies(args.records)
    taught = [study for nct_id, study in studies.items() if _half(nct_id) == 0]
    searched = [study for nct_id, study in studies.items() if _half(nct_id) == 1 and study.condition_meshes]
    topics = _topics(taught, searched, least=args.least)
    hidden = {study.nct_id: _without_mesh(study) for study in searched}
    with tempfile.TemporaryDirectory() as folder:
        index = _index(Path(folder) / "index", [*taught, *hidden.values()], hidden)
        figures = {
            widen: [_figures(topic, _found(index, topic, hidden, widen=widen)) for topic in topics]
            for widen in (True, False)
        }
    return _report(topics, figures, taught=len(taught), searched=len(searched), seed=args.seed)


def _half(nct_id: str) -> int:
    return hashlib.blake2b(nct_id.encode(), digest_size=2).digest()[1] & 1


def _without_mesh(study: Study) -> Study:
    derived = msgspec.structs.replace(study.derived_section, condition_browse_module=None)
    return msgspec.structs.replace(study, derived_section=derived)


def _topics(taught: list[Study], searched: list[Study], *, least: int) -> list[Topic]:
    tagged: dict[str, set[str]] = defaultdict(set)
    above: dict[str, set[str]] = defaultdict(set)
    for study in searched:
        for mesh in study.condition_meshes:
            tagged[mesh.term or ""].add(study.nct_id)
        for mesh in study.condition_ancestors:
            above[mesh.term or ""].add(study.nct_id)
    entered: dict[str, Counter[str]] = defaultdict(Counter)
    for study in taught:
        for mesh in study.condition_meshes if len(study.condition_meshes) == 1 else ():
            entered[mesh.term or ""].update({key(each) for each in study.conditions})
    found = []
    for term, ids in sorted(tagged.items()):
        if term and len(ids) >= least:
            counts = sorted(entered[term].items(), key=lambda row: (-row[1], row[0]))
            names = [name for name, count in counts[:5] if count > 1 and name != key(term)]
            for kind, name in zip(KINDS, (key(term), *names[:1]), strict=False):
                found.append(Topic(kind, name, frozenset(ids), frozenset(above[term] - ids)))
    return found


def _index(folder: Path, studies: Iterable[Study], untaught: dict[str, Study]) -> SearchIndex:
    learn: Callable[[Study], set[str]] = learning.pairs
    index = SearchIndex(folder)
    records = [(seq, study.nct_id, study) for seq, study in enumerate(studies, 1)]
    with patch.object(learning, "pairs", lambda study: set() if study.nct_id in untaught else learn(study)):
        index.catch_up(records, upto=len(records))
    return index


def _found(index: SearchIndex, topic: Topic, searched: dict[str, Study], *, widen: bool) -> list[str]:
    ids = all_ids(index, Request(f"cond:({topic.text})", facets=(), widen=widen))
    return [nct_id for nct_id in ids if nct_id in searched]


def _figures(topic: Topic, ids: list[str]) -> tuple[float, float, float]:
    """Recall, precision of the first fifty (1 when nothing is found), and whether anything relevant is found."""
    right = topic.tagged | topic.narrower
    first = ids[:FIRST]
    recall = len(topic.tagged.intersection(ids)) / len(topic.tagged)
    precision = sum(each in right for each in first) / len(first) if first else 1.0
    return recall, precision, float(recall > 0)


def _report(
    topics: list[Topic],
    figures: dict[bool, list[tuple[float, float, float]]],
    *,
    taught: int,
    searched: int,
    seed: int,
) -> dict[str, object]:
    print(f"names learnt from {taught:,} studies, {searched:,} searched")
    print("| query | queries | figure | other names | off | difference, 95 % |\n|---|---|---|---|---|---|")
    table = []
    for kind in KINDS:
        places = [place for place, topic in enumerate(topics) if topic.kind == kind]
        for number, name in enumerate(("recall", f"precision of the first {FIRST}", "anything found")):
            on, off = ([figures[widen][place][number] for place in places] for widen in (True, False))
            low, high = interval([a - b for a, b in zip(on, off, strict=True)], seed)
            row = (sum(on) / len(on), sum(off) / len(off), low, high)
            print(f"| {kind} | {len(places)} | {name} | {row[0]:.3f} | {row[1]:.3f} | {low:+.3f} to {high:+.3f} |")
            table.append({"query": kind, "figure": name, "on": row[0], "off": row[1], "difference": [low, high]})
    return {"queries": len(topics), "table": table}
