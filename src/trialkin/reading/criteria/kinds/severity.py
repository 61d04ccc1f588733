"""Degrees in words as an ordered scale: "more than moderate asthma", "moderate or worse pain".

A degree alone ("severe asthma") narrows a name and is a qualifier of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from .. import patterns as p
from ..phrase import Draft, Phrase, noun_phrase
from .kind import Kind


def _severity(phrase: Phrase) -> Iterator[Draft]:
    if not p.holds(phrase.folded, p.DEGREES):
        return
    for match in p.SEVERITY.finditer(phrase.folded):
        degree = (match["degree"] or match["first"]).upper()
        low = bool(p.LOW_SIDE.search(match["left"] or match["post"])) != bool(p.TURNED.match(match["left"] or ""))
        strict = bool(match["left"]) and not p.INCLUSIVE.search(match["left"])
        start, end = match.span()
        named = p.DEGREE_OF.match(phrase.folded, end)
        if named:
            noun, end = named["noun"], named.end("noun")
        else:
            noun, start = noun_phrase(phrase.folded[phrase.clause(start)[0] : start], phrase.clause(start)[0])
        yield Draft(
            "severity", f"severity of {noun}" if noun else "severity", start, end,
            low_inclusive=False if strict and low else None, high_inclusive=False if strict and not low else None,
            values=(degree, None) if low else (None, degree),
        )  # fmt: skip


KIND = Kind("severity", phrase=_severity)
