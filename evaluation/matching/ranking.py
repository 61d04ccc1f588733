"""Ranking of judged pools against plain TF-IDF and BM25 of the note over one field, paired over topics.

Gains 2, 1, 0 pay for an excluded study too; `eligible_ndcg_at_10` pays for eligible ones only.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trialkin.indexes.search.analysis import prepare, terms
from trialkin.library import Library
from trialkin.matching.fit import scored
from trialkin.matching.note import facts_of_note
from trialkin.matching.ranking import Ranking, Vector, Weights, cosine, queries, subject
from trialkin.model import Study

Scores = Mapping[str, float]
ABLATIONS = ("without_age_and_sex", "without_opening_too", "note_alone")
"""Less and less of the ranking."""
KEYS = ("ndcg_at_10", "eligible_ndcg_at_10", "p_at_10", "mrr", "auroc")


def ranking_figures(topics: Path, qrels: Path, *, folder: Path) -> dict[str, Any]:
    """Means over topics with a study graded 1 or 2; p of the differences in nDCG by flipping signs."""
    notes = {row["topic_id"]: row["text"] for row in map(json.loads, topics.read_text("utf-8").splitlines())}
    grades = defaultdict[str, dict[str, int]](dict)
    for line in qrels.read_text("utf-8").splitlines():
        topic, nct_id, grade = line.split("\t")
        grades[topic][nct_id] = int(grade)
    judged = {nct_id for pool in grades.values() for nct_id in pool}
    with Library(folder) as library:
        studies = {n: study for _, n, study in library.studies() if n in judged and study is not None}
    grades = defaultdict(dict, {t: {n: g for n, g in pool.items() if n in studies} for t, pool in grades.items()})
    asked = {topic: pool for topic, pool in grades.items() if topic in notes and any(pool.values())}
    ranking, plain = Ranking(list(studies.values())), _Plain(studies)
    rows = defaultdict[str, list[dict[str, float]]](list)
    for topic, pool in asked.items():
        note = notes[topic]
        vector, plain_words = plain.weights.vector(note), terms(prepare(note))
        facts = facts_of_note(note)
        words = queries(facts, note=note)
        rows["ours"].append(measure(scored(ranking, [studies[n] for n in pool], facts, note=note), pool))
        rows["without_age_and_sex"].append(measure(ranking.scores(words, among=pool), pool))
        rows["without_opening_too"].append(measure(ranking.scores(words[:-1], among=pool), pool))
        rows["note_alone"].append(measure(ranking.scores(words[:1], among=pool), pool))
        rows["tf_idf"].append(measure({n: plain.tf_idf(vector, n) for n in pool}, pool))
        rows["bm25"].append(measure({n: plain.bm25(plain_words, n) for n in pool}, pool))
    means = {name: {key: _mean(of, key) for key in KEYS} for name, of in rows.items()}
    base = {name: means[name] | {"p": _p(rows["ours"], rows[name])} for name in ("tf_idf", "bm25")}
    return (
        {"topics": len(asked), "judged": len(judged), "not_in_library": len(judged) - len(studies)}
        | means["ours"]
        | base
        | {"ablations": {name: means[name] for name in ABLATIONS}}
    )


def measure(scores: Scores, grades: Mapping[str, int]) -> dict[str, float]:
    """The figures of one topic; no `auroc` where eligible or excluded studies are missing."""
    order = sorted(scores, key=lambda n: (-scores[n], n))
    got = [grades[n] for n in order]
    figures = {
        "ndcg_at_10": _ndcg(got),
        "p_at_10": got[:10].count(2) / 10, "mrr": 1 / (got.index(2) + 1) if 2 in got else 0.0,
    }  # fmt: skip
    if 2 in got:
        figures["eligible_ndcg_at_10"] = _ndcg([int(g == 2) for g in got])
    pairs = [(scores[a], scores[b]) for a in order for b in order if grades[a] == 2 and grades[b] == 1]
    if pairs:
        figures["auroc"] = sum((a > b) + (a == b) / 2 for a, b in pairs) / len(pairs)
    return figures


def _ndcg(gains: list[int]) -> float:
    best = _dcg(sorted(gains, reverse=True))
    return _dcg(gains) / best if best else 0.0


def _dcg(gains: list[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains[:10]))


def _mean(rows: list[dict[str, float]], key: str) -> float | None:
    values = [row[key] for row in rows if key in row]
    return round(sum(values) / len(values), 4) if values else None


def _p(ours: list[dict[str, float]], theirs: list[dict[str, float]], *, rounds: int = 5000) -> float:
    differences = [a["ndcg_at_10"] - b["ndcg_at_10"] for a, b in zip(ours, theirs, strict=True)]
    seen, flip = abs(sum(differences)) - 1e-12, random.Random(1)
    more = sum(abs(sum(d * flip.choice((-1, 1)) for d in differences)) >= seen for _ in range(rounds))
    return round((more + 1) / (rounds + 1), 4)


class _Plain:
    def __init__(self, studies: Mapping[str, Study]) -> None:
        texts = {nct_id: _whole(study) for nct_id, study in studies.items()}
        self.weights = Weights(texts.values())
        self.vectors = {nct_id: self.weights.vector(text) for nct_id, text in texts.items()}
        self.counts = {nct_id: Counter(terms(prepare(text))) for nct_id, text in texts.items()}
        self.mean = sum(c.total() for c in self.counts.values()) / max(1, len(self.counts))

    def tf_idf(self, note: Vector, nct_id: str) -> float:
        return cosine(note, self.vectors[nct_id])

    def bm25(self, note: Sequence[str], nct_id: str) -> float:
        counts = self.counts[nct_id]
        norm = 1.2 * (0.25 + 0.75 * counts.total() / self.mean)
        return sum(self.weights.idf(t) * counts[t] * 2.2 / (counts[t] + norm) for t in note)


def _whole(study: Study) -> str:
    asked, told = study.protocol_section.eligibility_module, study.description
    criteria = asked.eligibility_criteria if asked else None
    texts = (subject(study), told.brief_summary, told.detailed_description, criteria)
    return " \n".join(text for text in texts if text)
