"""The tree of a search, and how it prints as text.

What a tree prints is read back as the same tree. Must not know how text is read or the index asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .filters import AGE, FILTER_BY_NAME, SEX, SITE_STATUS, FitFilter


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


LEVELS = ("None", "Term", "Concept", "Relaxation", "Lossy")
COVERAGES = ("FullMatch", "StartsWith", "EndsWith")


@dataclass(frozen=True)
class Widened:
    """`item` searched with so much leeway, each level with that of the one before.

    None, Term: endings and spellings of letters and numbers, as everywhere. Concept: other names. Relaxation: the
    words of a phrase apart. Lossy: some of the words.
    """

    level: str
    item: Node

    def __str__(self) -> str:
        return f"EXPANSION[{self.level}]({self.item})"


@dataclass(frozen=True)
class Covered:
    """A text that is as a whole, begins or ends as `item` says."""

    coverage: str
    item: Words | Phrase

    def __str__(self) -> str:
        return f"COVERAGE[{self.coverage}]" + (
            str(self.item) if isinstance(self.item, Phrase) else f"({self.item})"
        )

    @property
    def text(self) -> str:
        """The words in their order."""
        return self.item.text if isinstance(self.item, Phrase) else " ".join(self.item.words)


@dataclass(frozen=True)
class OnSite:
    """One and the same site of which all of `item` holds."""

    item: Node

    def __str__(self) -> str:
        return f"SEARCH[Location]({self.item})"


@dataclass(frozen=True)
class Has:
    """A filter has this value."""

    filter: str
    value: str

    def __str__(self) -> str:
        shown = self.value if re.fullmatch(r"\w+", self.value) else f'"{self.value}"'
        return f"AREA[{piece_of(self.filter)}]{shown}"


@dataclass(frozen=True)
class Between:
    """A date or number within bounds, both included; None means open. A date that may lie within counts."""

    filter: str
    low: str | None
    high: str | None

    def __str__(self) -> str:
        return f"AREA[{piece_of(self.filter)}]RANGE[{self.low or 'MIN'},{self.high or 'MAX'}]"


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
class Says:
    """The criteria or the doses of a study say so: `name` is one of `readings.asking.NAMES`."""

    name: str
    text: str

    def __str__(self) -> str:
        return f'{self.name}:"{self.text}"'


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
    Words
    | Phrase
    | Ids
    | And
    | Or
    | Not
    | InArea
    | Widened
    | Covered
    | OnSite
    | Has
    | Between
    | Fits
    | Near
    | Says
    | Missing
    | Everything
)


def _nested(item: Node, *looser: type) -> str:
    return f"({item})" if isinstance(item, looser) else str(item)


def piece_of(name: str) -> str:
    """The registry's name of what a filter reads; the filter's own where there is none."""
    found = SITE_STATUS if name == SITE_STATUS.name else FILTER_BY_NAME[name]
    return name if isinstance(found, FitFilter) else found.pieces[0]


def both(*items: Node) -> Node:
    """AND, flat, each item once; one item stands for itself."""
    flat = [part for item in items for part in (item.items if isinstance(item, And) else (item,))]
    flat = list(dict.fromkeys(item for item in flat if not isinstance(item, Everything))) or flat[:1]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def either(*items: Node) -> Node:
    """OR, flat, each item once; one item stands for itself."""
    flat = list(
        dict.fromkeys(part for item in items for part in (item.items if isinstance(item, Or) else (item,)))
    )
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def parts(node: Node) -> tuple[Node, ...]:
    """The parts that must all be met."""
    return node.items if isinstance(node, And) else (node,)


def leaves(node: Node) -> Iterator[Node]:
    """Every leaf of the tree; what is asked of one site is one."""
    if isinstance(node, And | Or):
        for item in node.items:
            yield from leaves(item)
    elif isinstance(node, Not | InArea | Widened):
        yield from leaves(node.item)
    else:
        yield node
