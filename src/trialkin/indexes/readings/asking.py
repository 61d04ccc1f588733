"""Questions to the criteria and doses of all studies, each answered in three values.

`allows`: somebody of whom this holds may take part. `excludes`: may not. `requires`: everybody who takes part is so.
`washout`: the longest time since an earlier treatment that is asked for. `dose`: an agent is given at this dose. A
study says yes, says no, or leaves it open: it says nothing about it, or only under conditions ("unless", one of
several, within a time window). What is open is never in the answer, and never counted as the contrary.

Must not know: the search engine, pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from ...errors import InvalidValue
from ...model.criteria import Criterion
from ...reading.criteria import parse_text
from ...reading.criteria.scales import scale_values
from ...reading.doses import read_regimens
from . import columns as c
from .index import Readings
from .parts import Part

NAMES = ("allows", "excludes", "requires", "washout", "dose")
EXAMPLES = {
    "allows": 'allows:"ECOG 2"',
    "excludes": 'excludes:"prior anti-PD-1"',
    "requires": 'requires:"HER2 positive"',
    "washout": "washout:..14d",
    "dose": 'dose:"cisplatin 100 mg/m2"',
}
_NEAR = 1e-6
_COMPARED = re.compile(
    r"[<>≤≥=–]|\d\s*-\s*\d|\b(?:at (?:least|most)|more|less|above|below|over|under|to|min|max)\b"
)
_WASHOUT = re.compile(r"(?P<low>\d+(?:\.\d+)?)?\s*(?P<dots>\.\.)?\s*(?P<high>\d+(?:\.\d+)?)?\s*(?P<unit>[a-z]+)?")
_DAYS = {"d": 1.0, "w": 7.0, "m": 30.4375, "y": 365.25}
_THERAPIES = ("prior therapy", "concurrent therapy", "trial participation")
_POLARITY = frozenset({"positive", "negative"})  # said by `negated`

Spot = tuple[int, int]
"""The item and the place of a criterion, or the text and the place of a dose row."""


@dataclass(frozen=True)
class Said:
    """What the studies say to a question: the numbers of those that say yes and of those that say no, and where."""

    yes: np.ndarray
    no: np.ndarray
    spots: dict[int, tuple[Spot, ...]] = field(default_factory=dict)


def ask(readings: Readings, name: str, text: str) -> Said:
    """The answer of every study.

    Raises:
        InvalidValue: what is asked for cannot be read, with what was expected.
    """
    if name == "washout":
        return _washout(readings, text)
    if name == "dose":
        return _dose(readings, text)
    wanted = parse_text(text, section="inclusion").criteria
    wanted = tuple(one for one in wanted if one.kind not in ("window", "duration"))
    if not wanted:
        raise InvalidValue(
            f"{name}: nothing in {text[:60]!r} is known as a criterion",
            hint=f'Name one thing as criteria do, such as {EXAMPLES[name]}, or search its words: elig:"{text[:40]}".',
        )
    return reduce(_both, (_one(readings, name, one, text) for one in wanted))


def _both(first: Said, second: Said) -> Said:
    yes = np.intersect1d(first.yes, second.yes)
    spots = {study: (*first.spots.get(study, ()), *second.spots.get(study, ())) for study in yes.tolist()}
    return Said(yes, np.union1d(first.no, second.no), spots)


def _one(readings: Readings, name: str, wanted: Criterion, text: str) -> Said:
    bounded = wanted.bounds
    rows = []
    for part, found in readings.facts(wanted.kind, wanted.variable):
        if not len(found):
            continue
        held = _measured(part, found, wanted, text) if bounded else _named(readings, found, wanted)
        rows.append((found, held))
    for_yes = {"allows": 1, "excludes": -1, "requires": 1}[name]
    if bounded and name == "requires":
        raise InvalidValue(
            "requires: asks for a thing, not for a figure",
            hint='For figures ask whom it lets in: allows:"ECOG 2".',
        )
    return _judged(rows, for_yes)


def _judged(rows: list[tuple[np.ndarray, np.ndarray]], for_yes: int) -> Said:
    """The answer of each study from what its rows say.

    A row lets in or asks for it (1), keeps it out (-1), leaves it open (0), or is about something else (2).
    """
    if not rows:
        return Said(np.zeros(0, np.uint32), np.zeros(0, np.uint32))
    found = np.concatenate([each for each, _ in rows])
    held = np.concatenate([each for _, each in rows])
    found, held = _without_other_ways(found[held != 2], held[held != 2])
    studies, owner = np.unique(found["study"], return_inverse=True)
    some = {sign: np.bincount(owner, held == sign, minlength=len(studies)) > 0 for sign in (1, 0, -1)}
    keeps_out = some[-1]
    lets_in = some[1] & ~some[0] & ~some[-1]
    yes, no = (lets_in, keeps_out) if for_yes == 1 else (keeps_out, lets_in)
    answered, spots = studies[yes], dict[int, tuple[Spot, ...]]()
    for row in found[np.isin(found["study"], answered) & (held == for_yes)]:
        study = int(row["study"])
        spots[study] = (*spots.get(study, ()), (int(row["item"]), int(row["place"])))
    return Said(answered, studies[no], spots)


def _without_other_ways(found: np.ndarray, held: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of several ways to meet one item the one that is met settles it."""
    way = (found["flags"] & c.ALTERNATIVE) > 0
    item = _item(found)
    met = np.unique(item[way & (held == 1)])
    kept = ~(way & (held != 1) & np.isin(item, met))
    return found[kept], held[kept]


# ---- figures and ordered scales


def _measured(part: Part, rows: np.ndarray, wanted: Criterion, text: str) -> np.ndarray:
    """What each row says of somebody whose figure lies in what is wanted."""
    if wanted.values is not None:
        low, high, bounds = _on_scale(part, rows, wanted)
    else:
        low, high = _figures(wanted, text)
        unit = (
            wanted.canonical_unit
            if wanted.canonical_low is not None or wanted.canonical_high is not None
            else wanted.unit
        )
        bounds = rows["low"].astype(np.float64), rows["high"].astype(np.float64)
        comparable = np.array([_same_unit(name, unit) for name in part.names])[rows["unit"]]
        bounds = tuple(np.where(comparable, each, np.nan) for each in bounds)  # type: ignore[assignment]
    least, most = (
        np.where(np.isnan(bounds[0]), -np.inf, bounds[0]),
        np.where(np.isnan(bounds[1]), np.inf, bounds[1]),
    )
    flags = rows["flags"]
    open_low = (flags & c.LOW_INCLUDED) == 0
    open_high = (flags & c.HIGH_INCLUDED) == 0
    inside = _reaches(low, least, open_low) & _reaches(-high, -most, open_high)
    outside = ~_reaches(high, least, open_low) | ~_reaches(-low, -most, open_high)
    stated = ~(np.isnan(bounds[0]) & np.isnan(bounds[1]))
    turned = _keeps_out(flags)
    lets_in = np.where(turned, outside, inside) & stated
    keeps_out = np.where(turned, inside, outside) & stated
    return np.where(lets_in, 1, np.where(keeps_out & ~_hedged(flags, c.EXCEPTED | c.WINDOWED), -1, 0))


def _figures(wanted: Criterion, text: str) -> tuple[float, float]:
    """The figures asked about; a single one without a comparison is that very figure."""
    low, high = wanted.canonical_low, wanted.canonical_high
    if low is None and high is None:
        low, high = wanted.low, wanted.high
    if not _COMPARED.search(text.lower()):
        low = high = low if low is not None else high
    return -np.inf if low is None else low, np.inf if high is None else high


def _on_scale(
    part: Part, rows: np.ndarray, wanted: Criterion
) -> tuple[float, float, tuple[np.ndarray, np.ndarray]]:
    scale = scale_values(wanted.variable)
    rank = {value: float(number) for number, value in enumerate(scale)}
    ranks = np.array([rank.get(name, np.nan) for name in part.names])
    first, last = wanted.values or (None, None)
    low, high = (rank.get(first or "", -np.inf), rank.get(last or "", np.inf))
    return low, high, (ranks[rows["first"]], ranks[rows["last"]])


def _reaches(value: float, bounds: np.ndarray, is_open: np.ndarray) -> np.ndarray:
    """Whether a value lies at or above bounds; at one that is not included it does not."""
    finite = np.where(np.isfinite(bounds), bounds, 0.0)
    near = np.isfinite(bounds) & (np.abs(finite - value) <= _NEAR * np.maximum(np.abs(finite), 1e-9))
    found: np.ndarray = np.where(near, ~is_open, value > bounds)
    return found


def _same_unit(name: str, wanted: str | None) -> bool:
    plain = ("", "1", "{score}")
    return name == (wanted or "") or (name in plain and (wanted or "") in plain)


# ---- things that are named


def _named(readings: Readings, rows: np.ndarray, wanted: Criterion) -> np.ndarray:
    """What each row says of somebody of whom the thing wanted holds."""
    turned = _keeps_out(rows["flags"])
    held = np.where(turned != wanted.negated, -1, 1)
    held[_hedged(rows["flags"], c.EXCEPTED | c.WINDOWED)] = 0
    kinds = rows["words"].astype(np.int64) << 1 | turned
    for kind in np.unique(kinds):
        same = kinds == kind
        settled = _settles(_criterion(readings, rows[np.argmax(same)]), wanted, excluding=bool(kind & 1))
        held[same] = held[same] if settled else 2 if settled is None else 0
    return held


def _settles(one: Criterion, wanted: Criterion, *, excluding: bool) -> bool | None:
    """Whether a criterion settles what is wanted; False: it leaves it open; None: it is about another thing."""
    covers = _covers(one, wanted, excluding=excluding)
    own, asked = set(one.qualifiers), set(wanted.qualifiers)
    unsaid = bool(asked & _POLARITY) and not (own & _POLARITY or one.negated)  # "HER2 status is known"
    return False if covers and (own - asked - _POLARITY or unsaid) else covers


def _covers(one: Criterion, wanted: Criterion, *, excluding: bool) -> bool | None:
    """Whether what a criterion names holds what is wanted; False: it may or may not; None: it is another thing.

    Who is kept out for immunotherapy is so for anti-PD-1; who must have had immunotherapy need not have had that.
    """
    asked, named = c.naming(wanted.quote), c.naming(one.quote)
    concept = c.naming(f"{one.kind} {one.variable}")
    if asked <= named or (named <= concept and asked <= concept):
        return True
    if named <= concept:
        return excluding
    return False if asked <= concept else None


def _criterion(readings: Readings, row: np.ndarray) -> Criterion:
    found = readings.numbered(int(row["study"]))
    assert found is not None  # its row is there
    return found[1].criteria.items[row["item"]].criteria[row["place"]]


def _keeps_out(flags: np.ndarray) -> np.ndarray:
    """Whether a row keeps out those of whom it holds: an exclusion, or an inclusion that denies it."""
    found: np.ndarray = ((flags & c.SECTION) == c.EXCLUSION) != ((flags & c.NEGATED) > 0)
    return found


def _hedged(flags: np.ndarray, conditions: int) -> np.ndarray:
    """Whether a row says it under conditions only."""
    excluding = (flags & c.SECTION) == c.EXCLUSION
    joined = np.where(excluding, flags & c.TOGETHER, flags & c.ALTERNATIVE) > 0
    found: np.ndarray = ((flags & conditions) > 0) | joined | ((flags & c.SECTION) == 0)
    return found


# ---- time since, and doses


def _washout(readings: Readings, text: str) -> Said:
    """The longest time since an earlier treatment that a study asks for, against bounds in days."""
    low, high = _days(text)
    therapies, windows = readings.of_kind(*_THERAPIES), readings.of_kind("window")
    within = np.where(_keeps_out(therapies["flags"]), therapies["window_high"], np.nan)  # none within 14 days
    since = np.where(_keeps_out(windows["flags"]), np.nan, windows["low"])  # at least 14 days since
    since[~np.isin(_item(windows), _item(therapies))] = np.nan
    rows, days = np.concatenate((therapies, windows)), np.concatenate((within, since))
    rows, days = rows[~np.isnan(days)], days[~np.isnan(days)]
    order = np.lexsort((-days, rows["study"]))
    studies, first = np.unique(rows["study"][order], return_index=True)
    longest = order[first]
    held = (days[longest] >= low - _NEAR) & (days[longest] <= high + _NEAR)
    spots: dict[int, tuple[Spot, ...]] = {
        int(study): ((int(rows["item"][at]), int(rows["place"][at])),)
        for study, at in zip(studies[held], longest[held], strict=True)
    }
    return Said(studies[held], studies[~held], spots)


def _item(rows: np.ndarray) -> np.ndarray:
    found: np.ndarray = rows["study"].astype(np.int64) << 16 | rows["item"]
    return found


def _days(text: str) -> tuple[float, float]:
    asked = _WASHOUT.fullmatch(text.strip().lower())
    unit = (asked["unit"] or "d").lower() if asked else ""
    if asked is None or not (asked["low"] or asked["high"]) or unit[0] not in _DAYS:
        raise InvalidValue(
            f"washout: {text[:40]!r} is no time", hint="Expected days, weeks or months: washout:..14d."
        )
    low, high = (None if end is None else float(end) * _DAYS[unit[0]] for end in (asked["low"], asked["high"]))
    if not asked["dots"]:
        return low or 0.0, low or 0.0
    return low or 0.0, np.inf if high is None else high


def _dose(readings: Readings, text: str) -> Said:
    """Whether an agent is given at a dose; a study that states other doses of it in that unit says no."""
    wanted = [row for row in read_regimens(text) if row.dose_unit and (row.dose_low or row.dose_high)]
    if not wanted:
        raise InvalidValue(f"dose: no dose is read in {text[:60]!r}", hint=f"Such as {EXAMPLES['dose']}.")
    one = wanted[0]
    low = one.dose_low if one.dose_low is not None else one.dose_high or 0.0
    high = one.dose_high if one.dose_high is not None else np.inf
    studies, spots = set[int](), dict[int, tuple[Spot, ...]]()
    for part, rows in readings.doses(one.agent):
        stated = np.array([name == one.dose_unit for name in part.names])[rows["unit"]]
        stated &= ~(np.isnan(rows["low"]) & np.isnan(rows["high"]))
        for row in rows[stated]:
            least = -np.inf if np.isnan(row["low"]) else row["low"] * (1 - _NEAR)
            most = np.inf if np.isnan(row["high"]) else row["high"] * (1 + _NEAR)
            study = int(row["study"])
            studies.add(study)
            if least <= high and low <= most:
                spots[study] = (*spots.get(study, ()), (int(row["text"]), int(row["place"])))
    yes = np.array(sorted(spots), np.uint32)
    return Said(yes, np.setdiff1d(np.array(sorted(studies), np.uint32), yes), spots)
