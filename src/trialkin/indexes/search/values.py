"""What is typed as the value of a filter: a phase, a date, a range, an age, a place. Must not know the grammar."""

from __future__ import annotations

import re

from ...errors import InvalidQuery
from ...model import Age, PartialDate
from .filters import FILTER_BY_NAME, SEX, DateFilter, Filter, FitFilter, Keyword, NumberFilter
from .lexer import Token
from .tree import (
    And,
    Between,
    Everything,
    Fits,
    Has,
    Missing,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Words,
    both,
    either,
    piece_of,
)

_NEAR = re.compile(
    r"(?P<place>.+?)(?:(?:,\s*|\s+(?:within\s+)?)(?P<far>\d{1,5}(?:\.\d+)?)\s*"
    r"(?P<unit>km|kilomet(?:er|re)s?|mi|miles?))?(?P<open>,\s*open)?",
    re.IGNORECASE,
)
DEFAULT_KM = 50.0
MAX_KM = 20_000.0


def read_filter(name: str, value: str) -> Node:
    """One value of a filter as it stands in a form or an address; "none" is "not stated".

    Raises:
        InvalidQuery: no such filter, or a value it cannot have.
    """
    token = Token("value", value, 1)
    if name == "near":
        return near(Phrase(value), token)
    found = FILTER_BY_NAME.get(name)
    if found is None:
        raise InvalidQuery(
            f"there is no filter {name[:40]!r}", column=1, hint=f"Expected one of {', '.join(FILTER_BY_NAME)}."
        )
    if isinstance(found, Keyword) and not found.values:
        return Missing(piece_of(name)) if value == "none" else Has(name, value)
    return _value(found, value.strip(), token)


def valued(found: Filter, node: Node, token: Token) -> Node:
    """A filter over what was typed after it: one value, a,b for either, a/b for both, or a tree of values."""
    if isinstance(node, And):
        return both(*(valued(found, item, token) for item in node.items))
    if isinstance(node, Or):
        return either(*(valued(found, item, token) for item in node.items))
    if isinstance(node, Not):
        return Not(valued(found, node.item, token))
    if isinstance(node, Everything) and isinstance(found, Keyword) and "ALL" in found.values:
        return Has(found.name, "ALL")  # the registry's word for everything is also a value of its own
    if not isinstance(node, Words | Phrase):
        raise InvalidQuery(f"{found.label}: expected a value here", column=token.column)
    text = node.text if isinstance(node, Phrase) else " ".join(node.words)
    return _value(found, text, token)


def _value(found: Filter, text: str, token: Token) -> Node:
    if text.lower() in ("none", "missing"):
        return Missing(piece_of(found.name))
    if isinstance(found, Keyword):
        return _keyword(found, text, token)
    if isinstance(found, FitFilter):
        return _fits(found, text, token)
    low, dots, high = text.partition("..")
    if dots:
        return between(found, low.strip() or None, high.strip() or None, token)
    return between(found, text, text, token)


def _keyword(found: Keyword, text: str, token: Token) -> Node:
    value = resolve(found, text)
    if value is not None:
        return Has(found.name, value)
    for sign, join in ((",", either), ("/", both)):
        if sign in text:
            return join(*(_keyword(found, part.strip(), token) for part in text.split(sign) if part.strip()))
    raise InvalidQuery(
        f"{found.label.lower()} has no value {text[:40]!r}",
        column=token.column,
        hint="Expected one of " + ", ".join(value.lower() for value in found.values) + ", or none for not stated.",
    )


def resolve(found: Keyword, text: str) -> str | None:
    """The value that was meant; any text where values are free; None when there is none such."""
    if not found.values:
        return None if not text or "," in text and text.count(",") > 1 else text
    asked = _plain(text)
    for value in found.values:
        if asked in (_plain(value), _plain(found.show(value))):
            return value
    return dict(found.aliases).get(asked)


def _plain(text: str) -> str:
    return re.sub(r"[\s_,.-]+", "", text.lower())


def _fits(found: FitFilter, text: str, token: Token) -> Node:
    if found is SEX:
        value = text.strip().lower()
        if value not in ("female", "male"):
            raise InvalidQuery("sex is not known", column=token.column, hint="Expected female or male.")
        return Fits("sex", value)
    asked = re.fullmatch(r"(\d{1,3})\s*(years?|months?|weeks?|days?|y|m|w|d)?", text.strip().lower())
    if asked is None:
        hint = 'Expected a number of years such as age:58, or age:"6 months".'
        raise InvalidQuery(f"{text[:40]!r} is no age", column=token.column, hint=hint)
    unit = {"m": "Month", "w": "Week", "d": "Day"}.get((asked[2] or "y")[0], "Year")
    return Fits("age", str(Age(int(asked[1]), unit)).lower())


def between(found: Filter, low: str | None, high: str | None, token: Token) -> Node:
    if isinstance(found, DateFilter):
        read = [None if text is None else PartialDate.parse(text) for text in (low, high)]
        wrong = [text for text, date in zip((low, high), read, strict=True) if text is not None and date is None]
        if wrong:
            hint = "Expected year, year-month or year-month-day, such as 2024 or 2024-03-31."
            raise InvalidQuery(f"{wrong[0][:40]!r} is no date", column=token.column, hint=hint)
        if read[0] and read[1] and read[1].last < read[0].first:
            raise InvalidQuery("the range ends before it begins", column=token.column, hint="Swap the two dates.")
        return Between(found.name, *(None if date is None else str(date) for date in read))
    if isinstance(found, NumberFilter):
        for text in (low, high):
            if text is not None and not re.fullmatch(r"\d{1,9}", text):
                raise InvalidQuery(
                    f"{text[:40]!r} is no number", column=token.column, hint="Expected a whole number."
                )
        if low is not None and high is not None and int(high) < int(low):
            raise InvalidQuery(
                "the range ends before it begins", column=token.column, hint="Swap the two numbers."
            )
        return Between(found.name, low and str(int(low)), high and str(int(high)))
    raise InvalidQuery(f"{found.label} has no range", column=token.column, hint="Expected a value.")


def near(node: Node, token: Token) -> Node:
    text = node.text if isinstance(node, Phrase) else str(node) if isinstance(node, Words) else ""
    if text.lower() in ("none", "missing"):
        return Missing("near")
    asked = _NEAR.fullmatch(text.strip())
    if asked is None:
        hint = 'Expected a city or coordinates, such as near:"Boston, 50 km".'
        raise InvalidQuery("the place is missing", column=token.column, hint=hint)
    km = (
        float(asked["far"]) * (1.609344 if asked["unit"].lower().startswith("mi") else 1)
        if asked["far"]
        else DEFAULT_KM
    )
    return Near(asked["place"].strip(), min(round(km, 1), MAX_KM), asked["open"] is not None)
