"""Which registrations are of one trial, and what says so.

Certain: a record names the other's id where registers keep ids or titles, or both name one id that only one trial has.
Likely: title, sponsor, size, dates and interventions agree so far that a person should look; blocked by rare words of
titles and by acronyms, so that growth stays far from quadratic.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ..model import PartialDate, Study, StudyId
from ..model.ids import ids_in
from ..reading.markup import plain

LIKELY = 0.5
"""Score from which a pair is told as likely; see `evaluation/same_trial`."""

_BLOCK = 40
"""A word of titles that stands in more registrations than this brings no pair together."""
_RARE = 4
"""Rarest words of a title that look for company."""
_WORD = re.compile(r"[a-z0-9]+")
_STOP = frozenset(
    "a an and are as at by for from in into of on or the to with versus vs study trial clinical patients subjects "
    "treatment therapy effect effects efficacy safety evaluation evaluate randomized randomised controlled double "
    "blind open label phase multicenter multicentre placebo group parallel comparison prospective pilot "
    "use using".split()
)
_SPONSOR_STOP = frozenset(
    "the of and for university hospital hospitals inc ltd llc co gmbh sa ag de la du center".split()
)


@dataclass(frozen=True)
class Registration:
    """What of a registration tells whose trial it is. named: ids that it names; None values are not stated."""

    study_id: str
    named: frozenset[str]
    words: frozenset[str]
    acronym: str
    sponsor: frozenset[str]
    codes: frozenset[str]
    size: int | None
    start: PartialDate | None
    interventions: frozenset[str]
    countries: frozenset[str]
    phases: frozenset[str]


@dataclass(frozen=True)
class Link:
    """Two registrations of one trial, ids in order. certain: by ids. score: 0 to 1. reasons: in words."""

    first: str
    second: str
    certain: bool
    score: float
    reasons: tuple[str, ...]


def describe(study: Study) -> Registration:
    """A study as what links it."""
    known = study.identification
    own = known.org_study_id_info
    codes = [own.id if own else None, *(other.id for other in known.secondary_id_infos)]
    titles = [known.brief_title, known.official_title, known.acronym]
    texts = [*codes, *(other.link for other in known.secondary_id_infos), *known.nct_id_aliases, *titles]
    lead = study.sponsors.lead_sponsor
    this = StudyId.find(study.nct_id) or study.nct_id
    named = frozenset(str(each) for text in texts if text for each in ids_in(text)) - {str(this)}
    return Registration(
        study_id=str(this),
        named=named,
        words=frozenset(_words(" ".join(plain(title) for title in titles[:2] if title))) - _STOP,
        acronym=re.sub(r"[^a-z0-9]", "", (known.acronym or "").lower()),
        sponsor=frozenset(_words(plain(lead.name) if lead else "")) - _SPONSOR_STOP,
        codes=frozenset(filter(None, (_code(text) for text in codes if text))),
        size=study.enrollment.count,
        start=study.start_date,
        interventions=frozenset(_words(" ".join(each.name or "" for each in study.interventions))) - _STOP,
        countries=frozenset(country.lower() for country in study.countries),
        phases=frozenset(study.design.phases),
    )


def certain_links(registrations: Sequence[Registration]) -> Iterator[Link]:
    """Pairs of which one names the other's id, or that name a third id that only they name.

    A platform names many trials: an id named by more than four registrations joins none of those that name it.
    """
    here = {each.study_id: each for each in registrations}
    namers: dict[str, list[str]] = defaultdict(list)
    found: dict[tuple[str, str], str] = {}
    for each in registrations:
        for named in each.named:
            namers[named].append(each.study_id)
            if named in here:
                found[_pair(each.study_id, named)] = f"{each.study_id} names {named}"
    for named, by in namers.items():
        if named not in here and 1 < len(by) <= 4:
            for pair in combinations(sorted(by), 2):
                if pair[0][:3] != pair[1][:3]:
                    found.setdefault((pair[0], pair[1]), f"both name {named}")
    for (first, second), reason in found.items():
        yield Link(first, second, True, 1.0, (reason,))


def likely_links(registrations: Sequence[Registration], *, least: float = LIKELY) -> Iterator[Link]:
    """Pairs of different registers that agree far, each with what agrees, best first."""
    rarity = _rarity(registrations)
    here = {each.study_id: each for each in registrations}
    found = []
    for first, second in _candidates(registrations, rarity):
        link = _judge(here[first], here[second], rarity)
        if link.score >= least:
            found.append(link)
    yield from sorted(found, key=lambda link: (-link.score, link.first, link.second))


def same_trials(registrations: Sequence[Registration], *, least: float = LIKELY) -> tuple[Link, ...]:
    """Certain links, then likely ones between registrations that no certain link joins already."""
    certain = tuple(certain_links(registrations))
    joined = {(link.first, link.second) for link in certain}
    likely = [each for each in likely_links(registrations, least=least) if (each.first, each.second) not in joined]
    return (*certain, *_best_of_each(likely))


def _best_of_each(links: Sequence[Link]) -> Iterator[Link]:
    """Of likely links, those that are best for both ends: a trial has one registration in another register."""
    best: dict[tuple[str, str], float] = {}
    for link in links:
        for one, other in ((link.first, link.second), (link.second, link.first)):
            key = (one, _register(other))
            best[key] = max(best.get(key, 0), link.score)
    for link in links:
        ends = (best[(link.first, _register(link.second))], best[(link.second, _register(link.first))])
        if link.score >= max(ends):
            yield link


def _register(study_id: str) -> str:
    return re.match(r"[A-Za-z]+", study_id)[0] if study_id[:1].isalpha() else ""  # type: ignore[index]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        yield word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _code(text: str) -> str:
    """A sponsor's own number without signs; "" for what is too short to be one trial's."""
    bare = re.sub(r"[^a-z0-9]", "", text.lower())
    return bare if len(bare) >= 5 and any(sign.isdigit() for sign in bare) and not next(ids_in(text), None) else ""


def _rarity(registrations: Sequence[Registration]) -> dict[str, float]:
    counts = Counter(word for each in registrations for word in each.words | each.interventions)
    return {word: math.log((1 + len(registrations)) / count) for word, count in counts.items()}


def _candidates(registrations: Sequence[Registration], rarity: dict[str, float]) -> set[tuple[str, str]]:
    blocks: dict[str, list[str]] = defaultdict(list)
    for each in registrations:
        rarest = sorted(each.words, key=lambda word: (-rarity[word], word))[:12]
        keys = [f"{a} {b}" for a, b in combinations(sorted(rarest[: _RARE + 4]), 2)] + rarest[:_RARE]
        keys += [f"={each.acronym}"] if len(each.acronym) > 3 else []
        keys += [f"#{code}" for code in each.codes]
        for key in keys:
            blocks[key].append(each.study_id)
    return {
        _pair(one, other)
        for ids in blocks.values()
        if len(ids) <= _BLOCK
        for one, other in combinations(ids, 2)
        if _register(one) != _register(other)
    }


def _judge(one: Registration, other: Registration, rarity: dict[str, float]) -> Link:
    title = _overlap(one.words, other.words, rarity)
    drugs = _overlap(one.interventions, other.interventions, rarity)
    sponsor = _share(one.sponsor, other.sponsor)
    acronym = bool(one.acronym) and len(one.acronym) > 3 and one.acronym == other.acronym
    code = bool(one.codes & other.codes)
    size = _size(one.size, other.size)
    start = _months(one.start, other.start)
    total = -4.4 + 5.2 * title + 1.3 * drugs + 1.6 * (sponsor or 0) + 2.6 * acronym + 3.0 * code
    total += 0.0 if size is None else 1.5 if size > 0.99 else 0.5 if size > 0.75 else -0.7
    total += 0.0 if start is None else 0.9 if start <= 1 else 0.2 if start <= 4 else -0.8
    total += 0.4 if one.countries & other.countries else -0.6 if one.countries and other.countries else 0.0
    total += -0.5 if one.phases and other.phases and not one.phases & other.phases else 0.0
    reasons = [f"titles agree by {title:.0%}"] if title > 0.3 else []
    reasons += [f"one acronym, {one.acronym.upper()}"] if acronym else []
    reasons += ["one number of the sponsor's"] if code else []
    reasons += ["one sponsor"] if sponsor and sponsor > 0.6 else []
    reasons += [f"{one.size:,} people planned in both"] if size and size > 0.99 and one.size else []
    reasons += ["they start within a month"] if start is not None and start <= 1 else []
    reasons += ["the same interventions"] if drugs > 0.5 else []
    first, second = _pair(one.study_id, other.study_id)
    return Link(first, second, False, round(1 / (1 + math.exp(-total)), 4), tuple(reasons))


def _overlap(one: frozenset[str], other: frozenset[str], rarity: dict[str, float]) -> float:
    """Cosine of two sets of words, rare ones heavier."""
    if not one or not other:
        return 0.0
    both = sum(rarity[word] ** 2 for word in one & other)
    norms = math.sqrt(sum(rarity[w] ** 2 for w in one) * sum(rarity[w] ** 2 for w in other))
    return both / norms if norms else 0.0


def _share(one: frozenset[str], other: frozenset[str]) -> float | None:
    return len(one & other) / min(len(one), len(other)) if one and other else None


def _size(one: int | None, other: int | None) -> float | None:
    return min(one, other) / max(one, other) if one and other else None


def _months(one: PartialDate | None, other: PartialDate | None) -> float | None:
    return abs((one.first - other.first).days) / 30.4 if one and other else None


def links_of(study_id: str, links: Iterable[Link]) -> tuple[Link, ...]:
    """The links of one registration."""
    return tuple(link for link in links if study_id in (link.first, link.second))
