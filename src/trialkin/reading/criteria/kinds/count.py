"""How many of something: lines of therapy, lesions, cycles, episodes."""

from __future__ import annotations

import re

from .. import patterns as p
from ..phrase import Amount, Draft
from .kind import Kind


def _count(amount: Amount) -> list[Draft] | None:
    quantity = amount.quantity
    if quantity.unit not in (None, "{events}", "{cells}", "{letters}") or quantity.over:
        return None
    if not amount.stated and not _counts_bare(amount):
        return None
    if quantity.form == "within" or (quantity.low or quantity.high or 0) != int(
        quantity.low or quantity.high or 0
    ):
        return None
    often = p.RATE_AFTER.match(amount.right, 8 if amount.right.startswith(" or more") else 0)
    if often and quantity.unit is None:
        name, start = amount.noun_before()
        return [
            amount.draft(
                "count",
                f"number of {name or 'events'}",
                start=start,
                end=quantity.end + often.end(),
                unit=_rate(often),
            )
        ]
    match = p.COUNT_AFTER.match(amount.right)
    if match is None or match["noun"].split()[0] in p.NOT_COUNTED or match["noun"].startswith("prior to"):
        return None
    if p.OF_THE_FOLLOWING.match(amount.right) or p.ONE_MUST_BE.match(amount.right):
        return []
    noun = _noun(match["noun"])
    if not noun or noun.split()[-1] in ("scale", "scales"):
        return []
    end = quantity.end + match.start("noun") + len(noun)
    often = p.RATE_AFTER.match(amount.phrase.folded, end)
    if often:
        return [amount.draft("count", f"number of {noun}", end=often.end(), unit=_rate(often))]
    kind, name = "count", f"number of {noun}"
    if any(
        word in noun for word in ("line", "regimen", "prior", "previous", "chemotherap", "therap", "treatment")
    ):
        line = "lines of therapy" if "line" in noun or "regimen" in noun or "therap" in noun else noun
        kind, name = "prior therapy", f"prior {line}".replace("prior prior", "prior")
    made = amount.draft(kind, name, end=end, unit=None)
    return [made if amount.stated else made._replace(high=None, high_inclusive=None)]


def _counts_bare(amount: Amount) -> bool:
    """A bare number is a minimum where the words say that so many were had: "completion of 4 cycles"."""
    if amount.quantity.form != "bare" or not p.BARE_COUNT.search(amount.left, amount.tail):
        return False
    return bool(p.COUNTED_COURSE.match(amount.right.lstrip()))


def _rate(often: re.Match[str]) -> str:
    """The unit of how often: "/mo" of "per month"."""
    return p.RATES[often["per"] or often["ly"]]


def _noun(words: str) -> str:
    """The counted noun phrase: up to three words, ended by a word that cannot belong to it."""
    kept: list[str] = []
    for word in words.split()[:4]:
        if word in p.NOT_COUNTED or word[0] == "(" or word in p.RATE_WORDS:
            break
        kept.append(word.partition("/")[0])
        if "/" in word:
            break
    return " ".join(kept[:3])


KIND = Kind("count", _count)
