"""Ordered scales: performance status, stage, class, grade and scores, in numbers, Roman numerals or letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from ...patterns import Pattern
from .. import patterns as p
from ..phrase import Amount, Draft, Phrase
from ..scales import in_order
from ..vocabulary import Mention
from .kind import Kind

_ROMAN = Pattern(r"\b[iv]")
_PATTERNS = {name: Pattern(p.SCALE_FILL + pattern.pattern) for name, pattern in p.SCALE_VALUES.items()}


def _scale(amount: Amount) -> list[Draft] | None:
    mention, quantity = amount.mention, amount.quantity
    if mention is None:
        return _headed(amount)
    if (
        not mention.term.values_as
        or amount.is_time
        or (quantity.unit not in (None, "%", "{score}", "mm", "cm", "{fold}"))
    ):
        return None
    term = mention.term
    if term.name == "ctcae toxicity grade" and quantity.unit not in (None, "{score}"):
        return None
    between = amount.phrase.folded[mention.end : quantity.start] if mention.end <= quantity.start else ""
    if quantity.form == "bare" and (len(between) > 32 or "," in between or quantity.word):
        return None
    if len(between) > 110 or (quantity.form == "bare" and "guideline" in between):
        return None
    if term.name == "gina step" and amount.right.startswith(":"):  # "STEP 1: …", a step of the study
        return []
    if term.name in _SYSTEMS.values() and any(
        m.start() <= quantity.number_start < m.end()
        for m in p.EDITION.finditer(amount.phrase.folded, amount.clause_start, amount.clause_end)
    ):
        return []
    start, end = amount.span_with(mention)
    unit = quantity.unit or "{score}"
    made = amount.draft(term.category, term.name, start=start, end=end, unit=unit)
    if term.name in _HIGH_IS_BAD and p.JUDGED.search(amount.phrase.folded, quantity.start, quantity.end):
        made = made._replace(
            low=made.high, low_inclusive=made.high_inclusive, high=made.low, high_inclusive=made.low_inclusive
        )  # "ECOG 2 or better"
    if (
        quantity.form == "bare"
        and term.name == "ctcae toxicity grade"
        and p.RESOLVED.search(amount.phrase.folded[max(0, mention.start - 120) : mention.start])
    ):
        made = made._replace(low=None, low_inclusive=None)
    if quantity.over and term.values_as == "numeric" and quantity.form == "ratio":
        made = made._replace(high=None, high_inclusive=None)
    return [made]


def _headed(amount: Amount) -> list[Draft] | None:
    """ "Performance status: * 0-2": the heading names the scale."""
    quantity = amount.quantity
    if (
        not amount.phrase.heading.endswith("performance status")
        or amount.is_time
        or quantity.unit not in (None, "%")
    ):
        return None
    karnofsky = (quantity.low or quantity.high or 0) > 5
    name = "karnofsky performance status" if karnofsky else "ecog performance status"
    return [amount.draft("performance status", name, unit=quantity.unit or "{score}")]


def _values(phrase: Phrase) -> Iterator[Draft]:
    """Roman numerals, letters and stages with letters; plain numbers are read as quantities."""
    done = 0
    for mention in phrase.mentions:
        form = mention.term.values_as
        if not form or mention.start < done:
            continue
        if form == "numeric" and mention.term.category not in ("stage", "comorbidity"):
            continue
        pattern = _PATTERNS["stage" if form == "numeric" else form]
        match = pattern.match(phrase.folded, mention.end)
        if match is None or match.end() - mention.end > 140:
            continue
        if match["first"].isdigit() and not _ROMAN.search(match["rest"]):
            continue
        draft = _value_draft(phrase, mention, match)
        if draft:
            done = draft.end
            yield draft
    yield from _t_stages(phrase)
    if p.holds(phrase.folded, ("her2", "her-2", "her 2", "erbb2")):
        yield from _her2_scores(phrase)


def _written(value: str) -> str:
    """A value in upper case, Roman numerals that are one sign in letters."""
    return normalize("NFKC", value.upper())


def _value_draft(phrase: Phrase, mention: Mention, match: re.Match[str]) -> Draft | None:
    first = _written(match["first"])
    others = [v for v in p.SCALE_VALUE_SPLIT.split(match["rest"]) if v and v not in _JOINERS]
    last = _written(others[-1]) if others else first
    left = p.COMPARE_BEFORE_SCALE.search(phrase.folded[max(0, mention.start - 40) : mention.start])
    sign = match["left"] or (left["left"] if left and not match["left"] else None)
    end = match.end() if match["post"] else max(match.end("first"), match.end("rest"))
    start = mention.start - (len(left[0]) if left else 0)
    low_inclusive = high_inclusive = None
    values: tuple[str | None, str | None] = in_order(mention.term.name, first, last)
    word = match["post"] or sign
    if word and not others:
        low = bool(p.LOW_SIDE.search(word))
        strict = not match["post"] and not p.INCLUSIVE.search((left[0] if left else "") + (match["left"] or ""))
        values = (first, None) if low else (None, first)
        low_inclusive, high_inclusive = (
            (False, None) if strict and low else (None, False) if strict else (None, None)
        )
    term = mention.term
    staged = term.name == "cancer stage" or term.name in _SYSTEMS.values()
    if staged and first.startswith(("V", "IX")):  # the edition: "AJCC stage VIII"
        return None
    name = _system(phrase, start, end) or term.name if term.name == "cancer stage" else term.name
    return Draft(term.category, name, start, end, None, low_inclusive, None, high_inclusive, values, None)


def _system(phrase: Phrase, start: int, end: int) -> str | None:
    """The stage system that the statement names beside a stage ("stage III (AJCC 8th edition)")."""
    begin, stop = phrase.clause(start)
    match = p.STAGE_SYSTEM.search(phrase.folded, max(begin, start - 60), min(stop, end + 160))
    return _SYSTEMS[match.lastgroup or ""] if match else None


_SYSTEMS = {"ajcc": "ajcc stage", "figo": "figo stage", "annarbor": "ann arbor stage"}
_JOINERS = frozenset("to through or and up class stage stages grade type nyha child pugh childpugh asa".split())


def _her2_scores(phrase: Phrase) -> Iterator[Draft]:
    for match in p.HER2_IHC.finditer(phrase.folded):
        scores = [float(figure) for figure in match["first"] + match["rest"] if figure.isdigit()]
        low, high = min(scores), max(scores)
        yield Draft(
            "biomarker", "her2 ihc score", match.start(), match.end(), low, True, high, True, None, "{score}"
        )


def _t_stages(phrase: Phrase) -> Iterator[Draft]:
    if not p.holds(phrase.folded, _PARTS):
        return
    for match in p.T_STAGE.finditer(phrase.folded):
        low, high = float(match["low"]), float(match["high"])
        if low < high and not phrase.text[match.start() : match.end()].islower():
            clinical = (
                "clinical " if match[0].startswith("c") else "pathologic " if match[0].startswith("p") else ""
            )
            yield Draft(
                "stage",
                f"{clinical}{match['part']} stage",
                match.start(),
                match.end(),
                low,
                True,
                high,
                True,
                None,
                None,
            )


_HIGH_IS_BAD = frozenset(
    {"ecog performance status", "ctcae toxicity grade", "nyha class", "modified rankin scale"}
)
_PARTS = tuple(f"{part}{figure}" for part in "tn" for figure in range(5))

KIND = Kind("scale", _scale, _values)
