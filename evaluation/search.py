"""Known-item search: how high does the one study stand that the searcher has in mind?

Queries are made from the records: acronyms, fragments of titles, sponsors' ids, pairs of drug and disease, words
remembered from title, sponsor and country, and titles with a spelling mistake. Studies are parted by a hash of
their id: `--part dev` is for tuning, `--part test` for reporting. The baseline is plain BM25 over one field that
holds all of a study's text, with the same analyser. Intervals: paired bootstrap over queries.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import tantivy

from trialkin.errors import TrialkinError
from trialkin.indexes.search.analysis import STOP_WORDS, TOKENIZER, analyzer, key, prepare, terms
from trialkin.indexes.search.engine import Request, answer
from trialkin.indexes.search.fields import TEXT_FIELDS
from trialkin.indexes.search.index import SearchIndex
from trialkin.log.archive import read_path
from trialkin.log.intake import order_key
from trialkin.model import Study, read_study
from trialkin.reading.markup import plain

DEPTH = 100
KINDS = ("acronym", "title fragment", "sponsor id", "drug and disease", "remembered words", "misspelt title")
Rank = Callable[[str], list[str]]


@dataclass(frozen=True)
class Known:
    """A query and the studies that answer it."""

    kind: str
    text: str
    wanted: frozenset[str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the records are, and which part of them asks."""
    parser.add_argument("--records", type=Path, nargs="+", required=True, help="bulk zips")
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--queries", type=int, default=300, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)


def run(args: argparse.Namespace) -> dict[str, object]:
    """Rank every query with Trialkin and with the baselines; print the table, return the figures."""
    studies = read_studies(args.records)
    asking = [study for study in studies.values() if _part(study.nct_id) == args.part]
    queries = list(_queries(studies, asking, count=args.queries, seed=args.seed))
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder) / "index")
        records = [(seq, nct_id, study) for seq, (nct_id, study) in enumerate(studies.items(), 1)]
        index.catch_up(records, upto=len(records))
        plain_index = _plain_index(studies)
        systems: dict[str, Rank] = {
            "Trialkin": lambda text: _trialkin(index, text),
            "Trialkin, other names off": lambda text: _trialkin(index, text, widen=False),
            "BM25, one field, any word": lambda text: _plain(plain_index, text, every=False),
            "BM25, one field, every word": lambda text: _plain(plain_index, text, every=True),
        }
        figures = {name: _figures(queries, rank) for name, rank in systems.items()}
    return _report(figures, queries, studies=len(studies), part=args.part, seed=args.seed)


def read_studies(paths: list[Path]) -> dict[str, Study]:
    found: dict[str, Study] = {}
    for path in paths:
        for offer in read_path(path):
            try:
                study = read_study(offer.raw)
            except TrialkinError:
                continue
            old = found.get(study.nct_id)
            if study.nct_id and (old is None or order_key(study) >= order_key(old)):
                found[study.nct_id] = study
    return found


def _part(nct_id: str) -> str:
    byte = hashlib.blake2b(nct_id.encode(), digest_size=1).digest()[0]
    return "dev" if byte < 96 else "test" if byte < 192 else "rest"


# ---- queries


def _queries(studies: dict[str, Study], asking: list[Study], *, count: int, seed: int) -> Iterator[Known]:
    chance = random.Random(seed)
    acronyms: dict[str, set[str]] = defaultdict(set)
    pairs: dict[str, set[str]] = defaultdict(set)
    for study in studies.values():
        if study.identification.acronym:
            acronyms[key(study.identification.acronym)].add(study.nct_id)
        for pair in _pairs(study):
            pairs[pair].add(study.nct_id)
    makers: dict[str, Callable[[Study], Known | None]] = {
        "acronym": lambda study: _acronym(study, acronyms),
        "title fragment": lambda study: _fragment(study, chance),
        "sponsor id": _sponsor_id,
        "drug and disease": lambda study: _drug_and_disease(study, pairs, chance),
        "remembered words": lambda study: _remembered(study, chance),
        "misspelt title": lambda study: _misspelt(study, chance),
    }
    for kind in KINDS:
        order = asking[:]
        chance.shuffle(order)
        made = 0
        for study in order:
            query = makers[kind](study)
            if query is not None:
                yield query
                made += 1
                if made == count:
                    break


def _acronym(study: Study, acronyms: dict[str, set[str]]) -> Known | None:
    text = plain(study.identification.acronym)
    same = acronyms.get(key(text), set())
    return Known("acronym", text, frozenset(same)) if len(key(text)) > 2 and len(same) <= 2 else None


def _title_words(study: Study) -> list[str]:
    return [word for word in plain(study.title).replace('"', " ").split() if key(word)]


def _fragment(study: Study, chance: random.Random) -> Known | None:
    words = _title_words(study)
    if len(words) < 6:
        return None
    size = chance.randint(4, 6)
    start = chance.randint(0, len(words) - size)
    return Known("title fragment", _typed(words[start : start + size]), frozenset((study.nct_id,)))


def _typed(words: list[str]) -> str:
    """As typed into a box: no operators, quotes or parentheses."""
    return " ".join(key(word) for word in words)


def _sponsor_id(study: Study) -> Known | None:
    own = study.identification.org_study_id_info
    text = plain(own.id) if own else ""
    return Known("sponsor id", _typed([text]), frozenset((study.nct_id,))) if len(key(text)) > 4 else None


def _pairs(study: Study) -> list[str]:
    drugs = [key(each.name) for each in study.interventions if each.type == "DRUG" and each.name]
    diseases = [key(each) for each in study.conditions]
    return [f"{drug} {disease}" for drug in drugs[:6] for disease in diseases[:6] if len(drug.split()) <= 2]


def _drug_and_disease(study: Study, pairs: dict[str, set[str]], chance: random.Random) -> Known | None:
    rare = [pair for pair in _pairs(study) if len(pairs[pair]) <= 3 and len(pair.split()) <= 6]
    if not rare:
        return None
    pair = chance.choice(rare)
    return Known("drug and disease", pair, frozenset(pairs[pair]))


def _remembered(study: Study, chance: random.Random) -> Known | None:
    words = [key(word) for word in _title_words(study)]
    words = [word for word in dict.fromkeys(words) if len(word) > 3 and word not in STOP_WORDS]
    lead = study.sponsors.lead_sponsor
    sponsor = [word for word in key(lead.name or "").split() if len(word) > 3] if lead else []
    if len(words) < 3 or not sponsor or not study.countries:
        return None
    text = [*chance.sample(words, 3), sponsor[0], key(study.countries[0])]
    return Known("remembered words", " ".join(text), frozenset((study.nct_id,)))


def _misspelt(study: Study, chance: random.Random) -> Known | None:
    made = _fragment(study, chance)
    if made is None:
        return None
    words = made.text.split()
    long = [place for place, word in enumerate(words) if len(word) >= 7 and word.isalpha() and word.isascii()]
    if not long:
        return None
    place = chance.choice(long)
    words[place] = _mistake(words[place], chance)
    return Known("misspelt title", " ".join(words), made.wanted)


def _mistake(word: str, chance: random.Random) -> str:
    """One letter swapped, dropped, doubled or changed, not the first."""
    at = chance.randint(1, len(word) - 2)
    return chance.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("aeiourstln") + word[at + 1 :],
        )
    )


# ---- systems


def _trialkin(index: SearchIndex, text: str, *, widen: bool = True) -> list[str]:
    """As a person uses it: when a mended spelling is offered and nothing or little was found, it is taken."""
    found = answer(index, Request(text, limit=DEPTH, facets=(), widen=widen))
    if found.suggestion and found.total == 0:
        found = answer(index, Request(found.suggestion, limit=DEPTH, facets=(), widen=widen))
    return list(found.ids)


def _plain_index(studies: dict[str, Study]) -> tantivy.Index:
    build = tantivy.SchemaBuilder()
    build.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    build.add_text_field("text", tokenizer_name=TOKENIZER)
    index = tantivy.Index(build.build())
    index.register_tokenizer(TOKENIZER, analyzer())
    writer = index.writer(100_000_000, 1)
    for nct_id, study in studies.items():
        whole = "\n".join(text for field in TEXT_FIELDS for text in field.read(study) if text)
        writer.add_document(tantivy.Document(id=nct_id, text=prepare(whole)))
    writer.commit()
    index.reload()
    return index


def _plain(index: tantivy.Index, text: str, *, every: bool) -> list[str]:
    occur = tantivy.Occur.Must if every else tantivy.Occur.Should
    parts = [
        (occur, tantivy.Query.term_query(index.schema, "text", term, index_option="freq"))
        for term in dict.fromkeys(terms(text))
        if term not in STOP_WORDS
    ]
    searcher = index.searcher()
    hits = searcher.search(tantivy.Query.boolean_query(parts), limit=DEPTH).hits
    return [searcher.doc(place)["id"][0] for _, place in hits]


# ---- figures


def _figures(queries: list[Known], rank: Rank) -> list[float]:
    """Per query the reciprocal rank of the first wanted study, 0 when it is not among the first hundred."""
    started = time.perf_counter()
    found = []
    for query in queries:
        ids = rank(query.text)
        found.append(next((1 / place for place, each in enumerate(ids, 1) if each in query.wanted), 0.0))
    print(f"{(time.perf_counter() - started) / len(queries) * 1000:.1f} ms a query")
    return found


def _report(
    figures: dict[str, list[float]], queries: list[Known], *, studies: int, part: str, seed: int
) -> dict[str, object]:
    counts = Counter(query.kind for query in queries)
    kinds = [*KINDS, "all"]
    table: dict[str, dict[str, dict[str, object]]] = {}
    base = figures["BM25, one field, any word"]
    for name, ranks in figures.items():
        table[name] = {}
        for kind in kinds:
            places = [i for i, query in enumerate(queries) if kind in ("all", query.kind)]
            mine, other = [ranks[i] for i in places], [base[i] for i in places]
            low, high = interval([a - b for a, b in zip(mine, other, strict=True)], seed)
            table[name][kind] = {
                "mrr": round(sum(mine) / len(mine), 3),
                "success@10": round(sum(each >= 0.1 for each in mine) / len(mine), 3),
                "mrr against baseline, 95 %": [round(low, 3), round(high, 3)],
            }
    print(f"{studies:,} studies, part {part}, {dict(counts)}")
    print("| | " + " | ".join(kinds) + " |\n|" + "---|" * (len(kinds) + 1))
    for name, row in table.items():
        cells = [f"{row[kind]['mrr']:.3f} / {row[kind]['success@10']:.3f}" for kind in kinds]
        print(f"| {name} | " + " | ".join(cells) + " |")
    return {"studies": studies, "part": part, "queries": dict(counts), "systems": table}


def interval(differences: list[float], seed: int, rounds: int = 2000) -> tuple[float, float]:
    chance = random.Random(seed)
    size = len(differences)
    means = sorted(sum(chance.choices(differences, k=size)) / size for _ in range(rounds))
    return means[int(0.025 * rounds)], means[int(0.975 * rounds)]
