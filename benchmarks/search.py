"""How fast searches are, beside Datasette over SQLite FTS5 with the same rows, question by question in one run.

`python -m benchmarks.search --library DIR [--peer FILE]`; the file is made by `python -m benchmarks.peer`. Every
question is asked of both, in turn; a question that the peer has not answered in `--patience` seconds is counted
with that time. `--http` asks over HTTP with 8 clients instead, in alternating rounds.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import random
import re
import sqlite3
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import quote

from benchmarks import measure, peer
from trialkin.indexes.search.analysis import STOP_WORDS
from trialkin.indexes.search.engine import Request
from trialkin.indexes.search.facets import DEFAULT
from trialkin.library import Library
from trialkin.model import Study
from trialkin.views.search import address

COMMON = (
    "cancer diabetes pain heart surgery children breast lung infection stroke placebo safety therapy blood vaccine"
    " pregnancy kidney liver brain depression asthma obesity hypertension exercise disease patients treatment"
).split()
CLIENTS = 8
_WORD = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True)
class Question:
    """One search for both products. `match`: in FTS5's language."""

    text: str
    match: str
    filters: dict[str, str] = field(default_factory=dict)
    facets: bool = False

    def request(self) -> Request:
        """As Trialkin is asked: each time as a new search, for the index keeps what it has counted."""
        filters = {_NAMES[name]: (value,) for name, value in self.filters.items()}
        new = frozenset({f"turn {next(_TURN)}"})  # another name to be left out, that is not there
        return Request(self.text, filters, without=new, facets=DEFAULT if self.facets else ())

    def page(self) -> str:
        """The address of Trialkin's search page; it always counts ten facets."""
        return address(self.request())

    def data(self) -> str:
        """The address of the same page as JSON, with facets where they are asked for, as the peer has them."""
        return address(self.request(), path="/search.json")


_TURN = itertools.count()
_NAMES = {"status": "status", "phases": "phase", "countries": "country"}


def questions(library: Library, *, count: int, seed: int = 7) -> dict[str, list[Question]]:
    """The mix, made from studies of the library itself."""
    draw = random.Random(seed)
    ids = list(library.store.nct_ids())
    studies = (library.study(each) for each in draw.choices(ids, k=40 * count))
    usable = (study for study in studies if len(_title_words(study)) > 3)
    picked = [next(usable) for _ in range(2 * count)]
    filtered = [study for study in usable if study.design.phases and study.countries][:count]
    return {
        "common term": [Question(word, word) for word in itertools.islice(itertools.cycle(COMMON), count)],
        "OR of 2–4 terms": [_any(draw.sample(_title_words(one), draw.randint(2, 4))) for one in picked[:count]],
        "phrase of 2–3 words": [Question(f'"{text}"', f'"{text}"') for text in _phrases(picked, draw)][:count],
        "AND of 2 + 3 filters": [_all_with_filters(one, draw) for one in filtered],
        "page with 5 facets": [_facets(one, draw) for one in picked[count:]],
        "100-term query": [_any(_words_of(one)) for one in picked if len(_words_of(one)) == 100][: count // 2],
    }


def _title_words(study: Study) -> list[str]:
    words = [word.lower() for word in _WORD.findall(study.title)]
    return [word for word in dict.fromkeys(words) if word not in STOP_WORDS]


def _words_of(study: Study) -> list[str]:
    text = " ".join(filter(None, (study.description.brief_summary, study.eligibility.eligibility_criteria)))
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text))
    return [word for word in words if word not in STOP_WORDS][:100]


def _any(words: list[str]) -> Question:
    text = " OR ".join(words)
    return Question(text, text)


def _phrases(studies: list[Study], draw: random.Random) -> Iterator[str]:
    for study in studies:
        runs = re.findall(r"[A-Za-z]+ [A-Za-z]+(?: [A-Za-z]+)?", study.title)
        if runs:
            yield draw.choice(runs).lower()


def _all_with_filters(study: Study, draw: random.Random) -> Question:
    one, other = draw.sample(_title_words(study), 2)
    filters = {
        "status": study.overall_status or "",
        "phases": study.design.phases[0],
        "countries": draw.choice(study.countries),
    }
    return Question(f"{one} {other}", f"{one} AND {other}", filters)


def _facets(study: Study, draw: random.Random) -> Question:
    one, other = draw.sample(_title_words(study), 2)
    return Question(f"{one} OR {other}", f"{one} OR {other}", facets=True)


class Fts5:
    """The peer in process: what Datasette would ask of SQLite, ranked."""

    def __init__(self, path: Path, *, patience: float, rows: int) -> None:
        self._database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._database.execute("PRAGMA mmap_size=8589934592")
        self._patience, self._rows = patience, rows
        self._until = 0.0
        self._database.set_progress_handler(lambda: time.perf_counter() > self._until, 20_000)

    def ask(self, question: Question) -> None:
        """The best twenty, and for a page with facets the count and the facets."""
        values: dict[str, object] = {"match": question.match, "rows": self._rows}
        if question.filters:
            names = zip(("status", "phase", "country"), question.filters.values(), strict=True)
            values.update(names)
        self._until = time.perf_counter() + self._patience
        statements = [peer.search_sql(filters=bool(question.filters))]
        if question.facets:
            statements += peer.facet_sql()
        try:
            for statement in statements:
                self._database.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            if str(error) != "interrupted":
                raise


def in_process(
    library: Library, mix: dict[str, list[Question]], fts5: Fts5 | None, *, seconds: float
) -> Iterator[tuple[object, ...]]:
    """A row a kind: the questions asked of both in turn, until the time of the kind is up."""
    for kind, asked in mix.items():
        ours, theirs = measure.Times([]), measure.Times([])
        started = time.monotonic()
        for question in asked:
            ours.values.append(measure.timed(partial(library.search, question.request())))
            if fts5:
                theirs.values.append(measure.timed(partial(fts5.ask, question)))
            if time.monotonic() - started > seconds:
                break
        yield (kind, len(ours.values), ours.cell(), theirs.cell(), *_ratios(ours, theirs))


def _ratios(ours: measure.Times, theirs: measure.Times) -> tuple[str, str]:
    return measure.ratio(ours, theirs, 0.5), measure.ratio(ours, theirs, 0.95)


HEAD = ("", "asked", "Trialkin p50 / p95 / p99 ms", "{peer} p50 / p95 / p99 ms", "ratio p50", "ratio p95")


def over_http(
    library: Path,
    mix: dict[str, list[Question]],
    database: Path | None,
    *,
    seconds: float,
    rounds: int,
    patience: float,
) -> Iterator[tuple[object, ...]]:
    """A row a kind: eight clients at once, the products in alternating rounds on the same questions."""
    port, other = measure.free_port(), measure.free_port()
    with contextlib.ExitStack() as stack:
        command = measure.trialkin("serve", "--port", str(port), "--library", str(library))
        stack.enter_context(measure.serving(command, port, path="/search?q=cancer"))
        turns: Turns = {"JSON": (port, Question.data), "page": (port, Question.page)}
        if database:
            command = measure.datasette(database, other, patience=patience)
            stack.enter_context(measure.serving(command, other, path="/-/versions.json"))
            base = f"/{quote(database.stem)}/studies.json"
            turns["Datasette"] = other, lambda q: base + peer.address(q.match, filters=q.filters, facets=q.facets)
        for kind, asked in mix.items():
            yield kind, *_rounds(asked, turns, seconds / rounds / len(turns), rounds)


Turns = dict[str, tuple[int, Callable[[Question], str]]]
"""By product: its port, and a question as an address of it."""


def _rounds(asked: list[Question], turns: Turns, seconds: float, rounds: int) -> Iterator[object]:
    times = {name: measure.Times([]) for name in ("JSON", "page", "Datasette")}
    rates: dict[str, list[float]] = {name: [] for name in times}
    processor = dict.fromkeys(times, 0.0)
    failed = dict.fromkeys(times, 0)
    for _ in range(rounds):
        for name, (port, path) in turns.items():
            before = measure.processor_seconds(port)
            rate, errors = _load(port, map(path, itertools.cycle(asked)), times[name], seconds)
            rates[name].append(rate)
            processor[name] += measure.processor_seconds(port) - before
            failed[name] += errors
    for name in times:
        yield times[name].cell()
        answers = len(times[name].values)
        each = f"{processor[name] / answers * 1000:.1f} ms" if answers else "–"
        yield f"{statistics.median(rates[name]):.1f}/s; {each}" if rates[name] else "–"
    yield from _ratios(times["JSON"], times["Datasette"])
    yield ", ".join(f"{name} {count}" for name, count in failed.items() if count) or "none"


HTTP_HEAD = (
    "8 clients",
    "Trialkin JSON, 5 facets where asked, p50 / p95 / p99 ms",
    "rate; processor time an answer",
    "Trialkin page, 10 facets",
    "rate; processor time an answer",
    "Datasette JSON, 5 facets where asked",
    "rate; processor time an answer",
    "ratio p50 of JSON",
    "of p95",
    "failed",
)


def _load(port: int, paths: Iterator[str], times: measure.Times, seconds: float) -> tuple[float, int]:
    """Answers a second of eight clients that share the addresses, and how many failed."""
    lock, until = threading.Lock(), time.monotonic() + seconds
    done: list[float] = []
    errors: list[str] = []

    def work() -> None:
        client = measure.Client(port)
        while time.monotonic() < until:
            with lock:
                path = next(paths)
            started = time.perf_counter()
            try:
                client.get(path)
                done.append((time.perf_counter() - started) * 1000)
            except OSError as error:
                errors.append(str(error))
                client = measure.Client(port)

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.values += done
    return len(done) / (time.monotonic() - started), len(errors)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--peer", type=Path, help="database of benchmarks.peer, of the same studies")
    parser.add_argument("--count", type=int, default=100, help="questions of a kind")
    parser.add_argument("--seconds", type=float, default=60, help="for a kind, both products together")
    parser.add_argument("--patience", type=float, default=20, help="seconds for one question to the peer")
    parser.add_argument("--http", action="store_true", help="over HTTP with 8 clients instead")
    parser.add_argument(
        "--rounds", type=int, default=3, help="alternations over HTTP; --seconds is for all of them"
    )
    args = parser.parse_args()
    print(measure.machine())
    with Library(args.library) as library:
        mix = questions(library, count=args.count)
        print(
            f"{len(library):,} studies; opening the index: {measure.timed(lambda: library.search_index):.0f} ms\n"
        )
        indexed = library.search(Request(limit=0, facets=())).total  # fewer than there are while an import goes on
        print(f"{indexed:,} of them in the search index\n")
        fts5 = Fts5(args.peer, patience=args.patience, rows=indexed) if args.peer else None
        for asked in mix.values():  # both warm
            library.search(asked[0].request())
            if fts5:
                fts5.ask(asked[0])
        if not args.http:
            head = [cell.format(peer="SQLite FTS5") for cell in HEAD]
            measure.print_table(head, in_process(library, mix, fts5, seconds=args.seconds))
            return
    rows = over_http(
        args.library, mix, args.peer, seconds=args.seconds, rounds=args.rounds, patience=args.patience
    )
    measure.print_table(HTTP_HEAD, rows)


if __name__ == "__main__":
    main()
