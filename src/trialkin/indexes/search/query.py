"""The query language: text to a tree.

Owns the syntax a searcher types: words, beginnings of words (cardio*), "phrases", AND OR NOT, parentheses, the
registry's AREA[…] RANGE[…] MISSING EXPANSION[…] COVERAGE[…] SEARCH[Location], and short forms such as `cond:` or
`start:2024..`. Work is bounded: length, number of terms and depth have limits with their own errors. Must not know
the index.
"""

from __future__ import annotations

import difflib

from ...errors import InvalidQuery
from ...model.ids import StudyId, listed_ids
from .analysis import key
from .fields import AREA_BY_NAME, AREA_BY_SHORT, AREAS, Area
from .filters import FILTER_BY_PIECE, FILTER_BY_SHORT, SITE_STATUS, Filter
from .lexer import SHORTS, Token, tokens
from .said import says
from .sites import speaks_of_a_site
from .tree import (
    COVERAGES,
    LEVELS,
    Covered,
    Everything,
    Ids,
    InArea,
    Missing,
    Node,
    Not,
    OnSite,
    Phrase,
    Widened,
    Words,
    both,
    either,
    piece_of,
)
from .values import between, near, valued

MAX_CHARS = 10_000
MAX_TERMS = 300
MAX_IDS = 1_000
MAX_DEPTH = 25
MAX_BEGINNINGS = 10


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
    if ids := listed_ids(text):
        return Ids(tuple(str(each) for each in ids[:MAX_IDS]))
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


def _expected(token: Token) -> str:
    if token.kind == ")":
        return "This parenthesis was never opened."
    return "Expected a word, a quoted phrase, AND, OR, NOT or an opening parenthesis."


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.end = Token("end", "the end of the search", len(text) + 1)
        self.place = 0
        self.terms = 0
        self.beginnings = 0
        self.on_site = False

    @property
    def token(self) -> Token:
        return self.tokens[self.place] if self.place < len(self.tokens) else self.end

    @property
    def at_end(self) -> bool:
        return self.place >= len(self.tokens)

    def take(self) -> Token:
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
        ids = [StudyId.find(word) for word in words]
        if not single and all(ids):
            return Ids(tuple(str(each) for each in ids))
        return Words(tuple(words))

    def counted(self, token: Token) -> str:
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise InvalidQuery(
                f"the search has more than {MAX_TERMS} terms",
                column=token.column,
                hint="Search for the terms that matter most.",
            )
        self.beginnings += token.text.endswith("*")
        if self.beginnings > MAX_BEGINNINGS:
            raise InvalidQuery(
                f"more than {MAX_BEGINNINGS} words end with *", column=token.column, hint="Write some of them out."
            )
        return token.text

    def phrase(self, token: Token) -> Node:
        if not key(token.text):
            raise InvalidQuery(
                "there is no word in this phrase", column=token.column, hint="Expected at least one word."
            )
        for _ in token.text.split():
            self.counted(token)
        return Phrase(token.text)

    def group(self, opened: Token, depth: int) -> Node:
        item = self.either(depth + 1)
        if self.token.kind != ")":
            raise InvalidQuery(
                "the parenthesis is not closed", column=opened.column, hint="Expected a closing parenthesis )."
            )
        self.take()
        return item

    def context(self, token: Token, depth: int) -> Node:
        if depth > MAX_DEPTH:
            return self.either(depth)
        match token.text:
            case "AREA":
                return self.area(token, depth)
            case "EXPANSION":
                return Widened(_one_of(token, LEVELS), self.one(depth + 1))
            case "COVERAGE":
                coverage = _one_of(token, (*COVERAGES, "Contains"))
                item = self.one(depth + 1)
                return item if coverage == "Contains" else _covered(coverage, item, token)
            case "SEARCH":
                return self.site(token, depth)
            case "TILT":
                hint = (
                    "The order is chosen beside the search: Order on the page, --sort start on the command line."
                )
                raise InvalidQuery("TILT[…] is not known here", column=token.column, hint=hint)
        hint = "Expected AREA[…], EXPANSION[…], COVERAGE[…], SEARCH[Location], or RANGE[…] directly after AREA[…]."
        raise InvalidQuery(f"{token.text}[…] cannot stand here", column=token.column, hint=hint)

    def site(self, token: Token, depth: int) -> Node:
        _one_of(token, ("Location",))
        before, self.on_site = self.on_site, True
        item = self.one(depth + 1)
        self.on_site = before
        item = _as_text(item)
        if before or not speaks_of_a_site(item):
            hint = "Expected words, facility, city, state, country, postal code, LocationStatus or near:."
            raise InvalidQuery("SEARCH[Location] asks what a site does not say", column=token.column, hint=hint)
        return OnSite(item)

    def area(self, token: Token, depth: int) -> Node:
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

    def filtered(self, found: Filter, token: Token, depth: int) -> Node:
        follows = self.token
        if found is SITE_STATUS and not self.on_site:
            hint = "Expected it inside SEARCH[Location](…), which asks several things of one site."
            raise InvalidQuery(f"{token.argument} is a site's own", column=token.column, hint=hint)
        if follows.kind == "MISSING" and found is not SITE_STATUS:
            self.take()
            return Missing(piece_of(found.name))
        if follows.kind == "context" and follows.text == "RANGE":
            self.take()
            low, comma, high = follows.argument.partition(",")
            if not comma:
                hint = "Expected two bounds, such as RANGE[2020-01,MAX]."
                raise InvalidQuery("RANGE has one bound only", column=follows.column, hint=hint)
            return between(found, _open(low, "MIN"), _open(high, "MAX"), follows)
        return valued(found, self.one(depth + 1), follows)

    def short(self, token: Token, depth: int) -> Node:
        follows = self.token
        kind = SHORTS[token.text]
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
            return Missing("near" if kind == "near" else piece_of(FILTER_BY_SHORT[token.text].name))
        item = self.one(depth + 1, single=True)
        if kind == "near":
            return near(item, follows)
        if kind == "says":
            return says(token.text, item, follows)
        return valued(FILTER_BY_SHORT[token.text], item, follows)


def _as_text(node: Node) -> Node:
    return Words(node.ids) if isinstance(node, Ids) else node


def _one_of(token: Token, names: tuple[str, ...]) -> str:
    """What stands in the brackets, as it is spelt here."""
    for name in names:
        if name.lower() == token.argument.lower():
            return name
    raise InvalidQuery(
        f"{token.text}[…] has no {token.argument[:40]!r}",
        column=token.column + len(token.text) + 1,
        hint=f"Expected {' or '.join(names)}.",
    )


def _covered(coverage: str, item: Node, token: Token) -> Node:
    item = _as_text(item)
    if isinstance(item, InArea):
        return InArea(item.area, _covered(coverage, item.item, token))
    if (
        not isinstance(item, Words | Phrase)
        or isinstance(item, Words)
        and any(w.endswith("*") for w in item.words)
    ):
        hint = "Expected words or a quoted phrase after it, or one AREA[…] with them."
        raise InvalidQuery("COVERAGE[…] needs a text", column=token.column, hint=hint)
    return Covered(coverage, item)


def _open(bound: str, word: str) -> str | None:
    bound = bound.strip()
    return None if bound.upper() == word or not bound else bound


def _no_area(token: Token) -> InvalidQuery:
    names = {area.name.lower(): area.name for area in (*AREA_BY_NAME.values(), *AREAS)}
    names |= {piece: piece_of(each.name) for piece, each in FILTER_BY_PIECE.items()}
    near = difflib.get_close_matches(token.argument.lower(), names, n=3, cutoff=0.5)
    hint = "Did you mean " + " or ".join(names[each] for each in near) + "?" if near else ""
    return InvalidQuery(
        f"there is no search area {token.argument[:40]!r}",
        column=token.column + len("AREA["),
        hint=hint or "Expected an area such as ConditionSearch, InterventionSearch, Phase or StartDate.",
    )


def _missing(area: Area, token: Token) -> Node:
    if len(area.weights) != 1:
        raise InvalidQuery(
            f"{area.name} has several parts",
            column=token.column,
            hint="Expected one part, such as AREA[Keyword]MISSING.",
        )
    return Missing(area.name)
