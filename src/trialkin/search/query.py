"""The query language: text to a tree, and the tree back to text.

Owns the syntax a searcher types: words, "phrases", AND OR NOT, parentheses, the registry's AREA[…] RANGE[…]
MISSING EXPANSION[None], and short forms such as `cond:` or `start:2024..`. What a tree prints reads back as the
same tree. Work is bounded: length, number of terms and depth have limits with their own errors. Must not know the
index.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import InvalidQuery
from ..model import Age, NctId, PartialDate
from .analysis import key
from .fields import AREA_BY_NAME, AREA_BY_SHORT, AREAS, Area
from .filters import (
    AGE,
    FILTER_BY_NAME,
    FILTER_BY_PIECE,
    FILTER_BY_SHORT,
    SEX,
    DateFilter,
    Filter,
    FitFilter,
    Keyword,
    NumberFilter,
)

MAX_CHARS = 10_000
MAX_TERMS = 300
MAX_DEPTH = 25


@dataclass(frozen=True)
class Words:
    """Adjacent words: each must be found, any order; stop words only help the ranking."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Phrase:
    """Words in this order, next to each other, in one text."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True)
class Ids:
    """Studies by their registry ids."""

    ids: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.ids)


@dataclass(frozen=True)
class And:
    items: tuple[Node, ...]

    def __str__(self) -> str:
        return " AND ".join(_nested(item, Or) for item in self.items)


@dataclass(frozen=True)
class Or:
    items: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(str(item) for item in self.items)


@dataclass(frozen=True)
class Not:
    item: Node

    def __str__(self) -> str:
        return f"NOT {_nested(self.item, And, Or)}"


@dataclass(frozen=True)
class InArea:
    """`item` searched in one area or piece, named as the registry names it."""

    area: str
    item: Node

    def __str__(self) -> str:
        return f"AREA[{self.area}]" + (str(self.item) if isinstance(self.item, Phrase) else f"({self.item})")


@dataclass(frozen=True)
class Literal:
    """`item` without any widening by other names."""

    item: Node

    def __str__(self) -> str:
        return f"EXPANSION[None]({self.item})"


@dataclass(frozen=True)
class Has:
    """A filter has this value."""

    filter: str
    value: str

    def __str__(self) -> str:
        shown = self.value if re.fullmatch(r"\w+", self.value) else f'"{self.value}"'
        return f"AREA[{_piece(self.filter)}]{shown}"


@dataclass(frozen=True)
class Between:
    """A date or number within bounds, both included; None means open. A date that may lie within counts."""

    filter: str
    low: str | None
    high: str | None

    def __str__(self) -> str:
        return f"AREA[{_piece(self.filter)}]RANGE[{self.low or 'MIN'},{self.high or 'MAX'}]"


@dataclass(frozen=True)
class Fits:
    """A person of this age or sex is accepted."""

    filter: str
    value: str

    def __str__(self) -> str:
        return f'{self.filter}:"{self.value}"'


@dataclass(frozen=True)
class Near:
    """A site within this distance of a place; `open_only` asks for a site that recruits or will."""

    place: str
    km: float
    open_only: bool = False

    def __str__(self) -> str:
        return f'near:"{self.place}, {self.km:g} km{", open" if self.open_only else ""}"'


@dataclass(frozen=True)
class Missing:
    """The record does not state this. `name`: a filter's or a text field's piece."""

    piece: str

    def __str__(self) -> str:
        if FILTER_BY_NAME.get(self.piece) in (AGE, SEX) or self.piece == "near":
            return f"{self.piece}:none"
        return f"AREA[{self.piece}]MISSING"


@dataclass(frozen=True)
class Everything:
    def __str__(self) -> str:
        return "ALL"


Node = (
    Words | Phrase | Ids | And | Or | Not | InArea | Literal | Has | Between | Fits | Near | Missing | Everything
)


def _nested(item: Node, *looser: type) -> str:
    return f"({item})" if isinstance(item, looser) else str(item)


def _piece(name: str) -> str:
    found = FILTER_BY_NAME[name]
    return name if isinstance(found, FitFilter) else found.pieces[0]


def both(*items: Node) -> Node:
    """AND, flat; one item stands for itself."""
    flat = [part for item in items for part in (item.items if isinstance(item, And) else (item,))]
    flat = [item for item in flat if not isinstance(item, Everything)] or flat[:1]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def either(*items: Node) -> Node:
    """OR, flat; one item stands for itself."""
    flat = [part for item in items for part in (item.items if isinstance(item, Or) else (item,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def parse(text: str) -> Node:
    """The tree of a search; a blank text asks for everything.

    Raises:
        InvalidQuery: with the column, counted from 1, and what was expected there.
    """
    if len(text) > MAX_CHARS:
        raise InvalidQuery(
            f"the search has {len(text):,} characters; at most {MAX_CHARS:,} can be read",
            column=MAX_CHARS + 1,
            hint="Search for the terms that matter most.",
        )
    parser = _Parser(text)
    if parser.at_end:
        if text.strip():
            raise InvalidQuery(
                f"there is no word to search for in {text.strip()[:20]!r}", column=1, hint="Expected a word."
            )
        return Everything()
    tree = parser.either(0)
    if not parser.at_end:
        token = parser.token
        raise InvalidQuery(f"{token.text!r} was not expected here", column=token.column, hint=_expected(token))
    return tree


def _expected(token: _Token) -> str:
    if token.kind == ")":
        return "This parenthesis was never opened."
    return "Expected a word, a quoted phrase, AND, OR, NOT or an opening parenthesis."


def read_filter(name: str, value: str) -> Node:
    """One value of a filter as it stands in a form or an address; "none" is "not stated".

    Raises:
        InvalidQuery: no such filter, or a value it cannot have.
    """
    token = _Token("value", value, 1)
    if name == "near":
        return _near(Phrase(value), token)
    found = FILTER_BY_NAME.get(name)
    if found is None:
        raise InvalidQuery(
            f"there is no filter {name[:40]!r}", column=1, hint=f"Expected one of {', '.join(FILTER_BY_NAME)}."
        )
    if isinstance(found, Keyword) and not found.values:
        return Missing(_piece(name)) if value == "none" else Has(name, value)
    return _value(found, value.strip(), token)


def leaves(node: Node) -> Iterator[Node]:
    """Every leaf of the tree."""
    if isinstance(node, And | Or):
        for item in node.items:
            yield from leaves(item)
    elif isinstance(node, Not | InArea | Literal):
        yield from leaves(node.item)
    else:
        yield node


# ---- reading


@dataclass(frozen=True)
class _Token:
    kind: str  # word phrase value ( ) AND OR NOT MISSING ALL context short end
    text: str
    column: int
    argument: str = ""


_CONTEXT = re.compile(r"(AREA|RANGE|EXPANSION|COVERAGE|SEARCH|TILT|CONCEPT)\[")
_SHORT = re.compile(r"([A-Za-z][A-Za-z_]*):")
_WORD = re.compile(r'[^\s()"]+')
_SPLIT = re.compile(r"[\[\]:]+")
_OPERATORS = ("AND", "OR", "NOT", "MISSING", "ALL")
_SHORTS = {
    **{name: "area" for name in AREA_BY_SHORT},
    **{name: "filter" for name in FILTER_BY_SHORT},
    "near": "near",
}


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        char = text[place]
        column = place + 1
        if char.isspace():
            place += 1
        elif char in "()":
            yield _Token(char, char, column)
            place += 1
        elif char == '"':
            end = text.find('"', place + 1)
            if end < 0:
                raise InvalidQuery(
                    "the quotation mark is not closed", column=column, hint='Expected a second " after the phrase.'
                )
            yield _Token("phrase", " ".join(text[place + 1 : end].split()), column)
            place = end + 1
        elif match := _CONTEXT.match(text, place):
            end = text.find("]", match.end())
            if end < 0:
                raise InvalidQuery(
                    f"{match[1]}[ is not closed", column=match.end(), hint="Expected a closing bracket ]."
                )
            yield _Token("context", match[1], column, text[match.end() : end].strip())
            place = end + 1
        elif (match := _SHORT.match(text, place)) and _is_short(match, text):
            yield _Token("short", match[1].lower(), column)
            place = match.end()
            value = _WORD.match(text, place)
            if value and match[1].lower() not in AREA_BY_SHORT:
                yield _Token("value", value[0], place + 1)
                place = value.end()
        else:
            match = _WORD.match(text, place)
            assert match is not None
            yield from _words(match[0], column)
            place = match.end()


def _is_short(match: re.Match[str], text: str) -> bool:
    if match[1].lower() in _SHORTS:
        return True
    after = text[match.end() : match.end() + 1]
    if not after or after.isspace() or after in '/:")':
        return False
    near = difflib.get_close_matches(match[1].lower(), _SHORTS, n=1)
    raise InvalidQuery(
        f"there is no field {match[1]!r}",
        column=match.start() + 1,
        hint=(f"Did you mean {near[0]}: ? " if near else "")
        + f"Expected one of {', '.join(sorted(_SHORTS))}; put the text in quotes to search for it as it stands.",
    )


def _words(raw: str, column: int) -> Iterator[_Token]:
    if raw in _OPERATORS:
        yield _Token(raw, raw, column)
        return
    start = 0
    for part in _SPLIT.split(raw):
        word = _strip(part)
        if word:
            place = raw.index(part, start)
            yield _Token("word", word.lower() if word in _OPERATORS else word, column + place)
            start = place + len(part)


def _strip(part: str) -> str:
    """Without punctuation at the ends; "" when nothing is left that can be searched."""
    start, end = 0, len(part)
    while start < end and not part[start].isalnum():
        start += 1
    while end > start and not part[end - 1].isalnum():
        end -= 1
    return part[start:end] if key(part[start:end]) else ""


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.end = _Token("end", "the end of the search", len(text) + 1)
        self.place = 0
        self.terms = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.place] if self.place < len(self.tokens) else self.end

    @property
    def at_end(self) -> bool:
        return self.place >= len(self.tokens)

    def take(self) -> _Token:
        token = self.token
        self.place += 1
        return token

    def either(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise InvalidQuery(
                f"the search is nested more than {MAX_DEPTH} deep",
                column=self.token.column,
                hint="Use fewer parentheses.",
            )
        items = [self.all_of(depth)]
        while self.token.kind == "OR":
            self.take()
            items.append(self.all_of(depth))
        return either(*items)

    def all_of(self, depth: int) -> Node:
        items = [self.negated(depth)]
        while self.token.kind not in ("end", ")", "OR"):
            if self.token.kind == "AND":
                self.take()
            items.append(self.negated(depth))
        return both(*items)

    def negated(self, depth: int) -> Node:
        count = 0
        while self.token.kind == "NOT":
            self.take()
            count += 1
        item = self.one(depth)
        return Not(item) if count % 2 else item

    def one(self, depth: int, *, single: bool = False) -> Node:
        token = self.token
        if token.kind == "word":
            return self.words(single=single)
        self.take()
        match token.kind:
            case "phrase":
                return self.phrase(token)
            case "value":
                return Phrase(token.text)
            case "(":
                return self.group(token, depth)
            case "ALL":
                return Everything()
            case "context":
                return self.context(token, depth)
            case "short":
                return self.short(token, depth)
        hint = "Expected a word, a quoted phrase, AREA[…], or an opening parenthesis."
        raise InvalidQuery(f"{token.text} was not expected here", column=token.column, hint=hint)

    def words(self, *, single: bool) -> Node:
        words = [self.counted(self.take())]
        while not single and self.token.kind == "word":
            words.append(self.counted(self.take()))
        ids = [NctId.find(word) for word in words]
        if not single and all(ids):
            return Ids(tuple(str(each) for each in ids))
        return Words(tuple(words))

    def counted(self, token: _Token) -> str:
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise InvalidQuery(
                f"the search has more than {MAX_TERMS} terms",
                column=token.column,
                hint="Search for the terms that matter most.",
            )
        return token.text

    def phrase(self, token: _Token) -> Node:
        if not key(token.text):
            raise InvalidQuery(
                "there is no word in this phrase", column=token.column, hint="Expected at least one word."
            )
        for _ in token.text.split():
            self.counted(token)
        return Phrase(token.text)

    def group(self, opened: _Token, depth: int) -> Node:
        item = self.either(depth + 1)
        if self.token.kind != ")":
            raise InvalidQuery(
                "the parenthesis is not closed", column=opened.column, hint="Expected a closing parenthesis )."
            )
        self.take()
        return item

    def context(self, token: _Token, depth: int) -> Node:
        if depth > MAX_DEPTH:
            return self.either(depth)
        if token.text == "EXPANSION":
            item = self.one(depth + 1)
            return Literal(item) if token.argument.lower() == "none" else item
        if token.text != "AREA":
            hint = "Expected AREA[…], EXPANSION[None], or RANGE[…] directly after AREA[…]."
            raise InvalidQuery(f"{token.text}[…] cannot stand here", column=token.column, hint=hint)
        name = token.argument.lower()
        found = FILTER_BY_PIECE.get(name)
        if found is not None:
            return self.filtered(found, token, depth)
        area = AREA_BY_NAME.get(name) or AREA_BY_SHORT.get(name)
        if area is None:
            raise _no_area(token)
        if self.token.kind == "MISSING":
            self.take()
            return _missing(area, token)
        return InArea(area.name, _as_text(self.one(depth + 1)))

    def filtered(self, found: Filter, token: _Token, depth: int) -> Node:
        follows = self.token
        if follows.kind == "MISSING":
            self.take()
            return Missing(_piece(found.name))
        if follows.kind == "context" and follows.text == "RANGE":
            self.take()
            low, comma, high = follows.argument.partition(",")
            if not comma:
                hint = "Expected two bounds, such as RANGE[2020-01,MAX]."
                raise InvalidQuery("RANGE has one bound only", column=follows.column, hint=hint)
            return _between(found, _open(low, "MIN"), _open(high, "MAX"), follows)
        return _valued(found, self.one(depth + 1), follows)

    def short(self, token: _Token, depth: int) -> Node:
        follows = self.token
        kind = _SHORTS[token.text]
        if depth > MAX_DEPTH:
            return self.either(depth)
        if kind == "area":
            area = AREA_BY_SHORT[token.text]
            if follows.kind == "MISSING":
                self.take()
                return _missing(area, token)
            return InArea(area.name, _as_text(self.one(depth + 1, single=True)))
        if follows.kind == "MISSING":
            self.take()
            return Missing("near" if kind == "near" else _piece(FILTER_BY_SHORT[token.text].name))
        item = self.one(depth + 1, single=True)
        if kind == "near":
            return _near(item, follows)
        return _valued(FILTER_BY_SHORT[token.text], item, follows)


def _as_text(node: Node) -> Node:
    return Words(node.ids) if isinstance(node, Ids) else node


def _open(bound: str, word: str) -> str | None:
    bound = bound.strip()
    return None if bound.upper() == word or not bound else bound


def _no_area(token: _Token) -> InvalidQuery:
    names = {area.name.lower(): area.name for area in (*AREA_BY_NAME.values(), *AREAS)}
    names |= {piece: _piece(each.name) for piece, each in FILTER_BY_PIECE.items()}
    near = difflib.get_close_matches(token.argument.lower(), names, n=3, cutoff=0.5)
    hint = "Did you mean " + " or ".join(names[each] for each in near) + "?" if near else ""
    return InvalidQuery(
        f"there is no search area {token.argument[:40]!r}",
        column=token.column + len("AREA["),
        hint=hint or "Expected an area such as ConditionSearch, InterventionSearch, Phase or StartDate.",
    )


def _missing(area: Area, token: _Token) -> Node:
    if len(area.weights) != 1:
        raise InvalidQuery(
            f"{area.name} has several parts",
            column=token.column,
            hint="Expected one part, such as AREA[Keyword]MISSING.",
        )
    return Missing(area.name)


def _valued(found: Filter, node: Node, token: _Token) -> Node:
    """A filter over what was typed after it: one value, a,b for either, a/b for both, or a tree of values."""
    if isinstance(node, And):
        return both(*(_valued(found, item, token) for item in node.items))
    if isinstance(node, Or):
        return either(*(_valued(found, item, token) for item in node.items))
    if isinstance(node, Not):
        return Not(_valued(found, node.item, token))
    if not isinstance(node, Words | Phrase):
        raise InvalidQuery(f"{found.label}: expected a value here", column=token.column)
    text = node.text if isinstance(node, Phrase) else " ".join(node.words)
    return _value(found, text, token)


def _value(found: Filter, text: str, token: _Token) -> Node:
    if text.lower() in ("none", "missing"):
        return Missing(_piece(found.name))
    if isinstance(found, Keyword):
        return _keyword(found, text, token)
    if isinstance(found, FitFilter):
        return _fits(found, text, token)
    low, dots, high = text.partition("..")
    if dots:
        return _between(found, low.strip() or None, high.strip() or None, token)
    return _between(found, text, text, token)


def _keyword(found: Keyword, text: str, token: _Token) -> Node:
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


def _fits(found: FitFilter, text: str, token: _Token) -> Node:
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


def _between(found: Filter, low: str | None, high: str | None, token: _Token) -> Node:
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


_NEAR = re.compile(r"(?P<place>.+?)(?:,\s*(?P<far>\d{1,5}(?:\.\d+)?)\s*(?P<unit>km|mi))?(?P<open>,\s*open)?")
DEFAULT_KM = 50.0
MAX_KM = 20_000.0


def _near(node: Node, token: _Token) -> Node:
    text = node.text if isinstance(node, Phrase) else str(node) if isinstance(node, Words) else ""
    if text.lower() in ("none", "missing"):
        return Missing("near")
    asked = _NEAR.fullmatch(text.strip())
    if asked is None:
        hint = 'Expected a city or coordinates, such as near:"Boston, 50 km".'
        raise InvalidQuery("the place is missing", column=token.column, hint=hint)
    km = float(asked["far"]) * (1.609344 if asked["unit"] == "mi" else 1) if asked["far"] else DEFAULT_KM
    return Near(asked["place"].strip(), min(round(km, 1), MAX_KM), asked["open"] is not None)
