"""One item as the kinds see it: its text, quantities, named variables, and what stands left and right of each.

Owns contexts and noun phrases. Must not know: which kind a criterion is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from ...model.criteria import Section, Sex
from ..patterns import Pattern
from ..quantities import Quantity, fold, quantities
from . import patterns as p
from .beside import Beside
from .completing import FOR_WHOM, TIME_UNITS, UNIT_GAP, completed
from .vocabulary import Mention, Words


class Draft(NamedTuple):
    """A criterion on its way: spans are positions in the item's plain text."""

    kind: str
    variable: str
    start: int
    end: int
    low: float | None = None
    low_inclusive: bool | None = None
    high: float | None = None
    high_inclusive: bool | None = None
    values: tuple[str | None, str | None] | None = None
    unit: str | None = None
    amount: int = 0
    """Where the amount begins that bounds it, after the words that name it."""
    denies: bool = False
    """Whether its own words deny it ("nonsmoker"), apart from the words around it."""
    sex: Sex | None = None
    """The only sex that its bound is for."""
    asked: int = 0
    """Where the words begin that make it the condition of a bound; 0 where it is none."""
    until: int = 0
    """Where the amount ends that bounds it; 0 where it ends with the criterion."""

    @property
    def finish(self) -> int:
        """Where the amount ends that bounds it."""
        return self.until or self.end

    @property
    def bounds(self) -> bool:
        """Whether it bounds something, or has a unit."""
        return self.low is not None or self.high is not None or self.values is not None or self.unit is not None


class Phrase:
    """The text of one item with what is found in it; `heading` and `section` say where it stands."""

    def __init__(self, text: str, *, section: Section = "unspecified", heading: str | None = None) -> None:
        self.text = text
        self.folded = folded = fold(text)
        if "ige" in folded or "allerg" in folded:
            self.folded = p.ALLERGEN.sub(r"\1-\2", folded)
        self.section = section
        self.heading = fold(heading) if heading else ""
        words = Words(self.folded)
        self.words = words.words
        self.mentions = words.measures()
        self._starts = [mention.start for mention in self.mentions]
        self.concepts = words.concepts()
        self.beside = Beside(self.folded, words)
        self._counted = words.count
        self.denying = words.deny or p.holds(self.folded, p.DENYING)
        """Whether anything in the text may deny something."""
        self.boundaries = [0, *(match.end() for match in p.BOUNDARY.finditer(self.folded)), len(self.folded)]

    @cached_property
    def amounts(self) -> list[Amount]:
        found: list[Quantity] = []
        if self._counted and (self.heading or p.NAMING.search(self.folded)):
            found = [q for q in quantities(self.folded, words=self.words) if not self._names(q)]
        found = self._merged(completed(self.folded, found))
        return [Amount(self, found, index) for index in range(len(found))]

    @cached_property
    def study_times(self) -> list[tuple[int, int]]:
        """Where the text says when in the study: "prior to the first dose of study drug"."""
        return [(match.start(), match.end() - 1) for match in p.STUDY_TIME.finditer(f" {self.folded}")]

    def _names(self, quantity: Quantity) -> bool:
        """A number inside a name: "PHQ 9 score", "six-minute walk distance"."""
        first, last = quantity.number_start, quantity.number_end
        return quantity.form == "bare" and any(m.start <= first and last <= m.end for m in self.mentions)

    def clause(self, position: int) -> tuple[int, int]:
        """The statement that holds a position."""
        if len(self.boundaries) == 2:
            return 0, self.boundaries[1]
        index = bisect_right(self.boundaries, position)
        end = self.boundaries[index] if index < len(self.boundaries) else len(self.folded)
        return self.boundaries[index - 1], end

    def mentioned(self, start: int, stop: int) -> list[Mention]:
        """The measured variables and scales whose names begin at start or later, and before stop."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, stop)]

    def _merged(self, found: list[Quantity]) -> list[Quantity]:
        """Lists of scale values ("0, 1 or 2", "0/1") become one range."""
        if len(found) < 2 and not (found and found[0].form == "ratio"):
            return found
        scales = [m for m in self.mentions if m.term.values_as]
        if not scales and "score" not in self.folded and not p.COUNTED.search(self.folded):
            return found
        out: list[Quantity] = []
        for quantity in found:
            before = out[-1] if out else None
            if before and self._listed(before, quantity, scales):
                low, high = min(before.low or 0, quantity.low or 0), max(before.high or 0, quantity.high or 0)
                out[-1] = before._replace(end=quantity.end, low=low, high=high, form="range")
            elif (
                quantity.form == "ratio"
                and quantity.over == (quantity.low or 0) + 1
                and self._scaled(quantity, scales)
            ):
                out.append(quantity._replace(high=quantity.over, over=None, form="range"))
            else:
                out.append(quantity)
        return out

    def _scaled(self, quantity: Quantity, scales: list[Mention]) -> bool:
        if len(scales) == 1 and self.folded.endswith((" was ", " is ", " be "), 0, quantity.start):
            return 0 <= quantity.start - scales[0].end <= 100  # "the ECOG score within 7 days before … was 0 or 1"
        return any(0 <= quantity.start - m.end <= 40 or 0 <= quantity.start - m.start <= 40 for m in scales)

    def _listed(self, before: Quantity, quantity: Quantity, scales: list[Mention]) -> bool:
        if before.form not in ("bare", "range") or quantity.form not in ("bare", "range"):
            return False
        if before.unit or quantity.unit or before.over or quantity.over:
            return False
        gap = self.folded[before.end : quantity.start]
        scored = _SCORE_OF.search(self.folded[max(0, before.start - 12) : before.start])
        counted = gap in (" or ", "-", " to ") and p.COUNTABLE.match(self.folded, quantity.end)
        return bool(_LIST_GAP.fullmatch(gap)) and (bool(scored or counted) or self._scaled(before, scales))


_SCORE_OF = Pattern(r"\bscores? (?:of |is |= ?)?$")
_LIST_GAP = Pattern(r" ?,? ?(?:or|and|/|-|to|,|&)? ?(?:ecog|grade|stage|class)? ?")


class Amount:
    """A quantity in its context; `left` and `right` are the words of its statement on either side."""

    def __init__(self, phrase: Phrase, found: list[Quantity], index: int) -> None:
        self.phrase = phrase
        self.index = index
        self.claimed = ""
        """The kind that has claimed it, for the quantity after it."""
        self.quantity = quantity = found[index]
        self.previous = found[index - 1] if index else None
        self.next = found[index + 1] if index + 1 < len(found) else None
        self.clause_start, self.clause_end = phrase.clause(quantity.number_start)
        floor = max(self.clause_start, quantity.start - 200)
        if floor > self.clause_start:  # a whole word
            floor = min(quantity.start, phrase.folded.find(" ", floor) + 1 or floor)
        self.left = phrase.folded[floor : quantity.start]
        self.right = phrase.folded[quantity.end : min(self.clause_end, quantity.end + 120)]
        self.tail = max(0, len(self.left) - 90)
        """Where the last words of `left` begin: as far as the patterns look that end at the quantity."""
        near_start = max(floor, self.previous.end if self.previous else 0)
        self.near_start = near_start
        self.near = phrase.folded[near_start : quantity.start]

    @property
    def follows(self) -> str:
        """The kind of the quantity before it when only "to", "and" or "or" stands between, else ""."""
        if self.previous is None or not UNIT_GAP.fullmatch(self.near):
            return ""
        return self.phrase.amounts[self.index - 1].claimed

    @property
    def looks_back(self) -> re.Match[str] | None:
        """The words before it that say how long ago: "in the past"."""
        if not self.left.rstrip(" ,(").endswith(p.LOOKS_BACK):
            return None
        return p.LOOK_BACK.search(self.left, self.tail)

    @property
    def is_time(self) -> bool:
        return self.quantity.unit in TIME_UNITS

    @property
    def stated(self) -> bool:
        """A comparator or a range says which side is meant."""
        return self.quantity.form in ("comparison", "range", "within")

    @property
    def lead(self) -> str:
        """The words between the comparator and the number, for what the comparator already swallowed."""
        return self.phrase.folded[self.quantity.start : self.quantity.number_start]

    @cached_property
    def mention(self) -> Mention | None:
        """The variable or scale that the quantity measures: the nearest before it, else directly after it."""
        quantity = self.quantity
        if quantity.inner:
            inside = [m for m in self.phrase.mentions if quantity.inner[0] <= m.start < quantity.inner[1]]
            return inside[0] if inside else None
        best = None
        for mention in self.phrase.mentioned(self.near_start, quantity.number_start):
            if quantity.unit in ("{ULN}", "{LLN}") and mention.term.category not in _LIMITED:
                continue
            if mention.end <= quantity.start or mention.start >= quantity.start:
                best = mention
        if best and not quantity.flipped:
            return best
        after = self._after()
        return after or best or self._inherited() or self._topic() or self._said_of()

    def _topic(self) -> Mention | None:
        """ "Vitamin D. Deficiency: < 20 ng/mL": the measured variable named before, when a unit asks for one."""
        unit = self.quantity.unit
        if unit is None or unit in TIME_UNITS or (len(self.near.split()) > 2 and not p.PRONOUN.match(self.near)):
            return None
        named = [m for m in self.phrase.mentions if m.end <= self.quantity.start and not m.term.values_as]
        close = named and self.quantity.start - named[-1].end < 120
        return (
            named[-1]
            if close and named[-1].term.category in ("laboratory", "organ function", "vital sign")
            else None
        )

    def _said_of(self) -> Mention | None:
        """ "The ECOG score within 7 days before the first dose was 0 or 1": the only scale of the statement."""
        if self.quantity.unit is not None or not self.near.endswith((" was ", " is ", " be ")):
            return None
        scales = [m for m in self.phrase.mentions if m.term.values_as and m.end <= self.quantity.start]
        near = len(scales) == 1 and self.quantity.start - scales[0].end <= 100
        return scales[0] if near and scales[0].start >= self.clause_start else None

    def _after(self) -> Mention | None:
        stop = min(
            self.quantity.end + 42, self.clause_end, self.next.start if self.next else len(self.phrase.folded)
        )
        for mention in self.phrase.mentioned(self.quantity.number_start, stop):
            if mention.end <= self.quantity.end:
                continue
            between = self.phrase.folded[self.quantity.end : mention.start]
            if self.quantity.unit is None and self.phrase.folded.startswith("-", mention.end):
                return None  # "≥ 2 obesity-related complications"
            return None if "," in between and not self.quantity.flipped else mention
        return None

    def _inherited(self) -> Mention | None:
        """ "HbA1c ≥ 7% or ≤ 10%": the variable of the quantity before, when only connectors stand between."""
        if (
            self.previous is None
            or not (_CONNECTORS.fullmatch(self.near) or FOR_WHOM.fullmatch(self.near))
            or self.previous.number_end < self.clause_start
            or (self.previous.unit and self.quantity.unit is None and p.COUNT_AFTER.match(self.right))
        ):
            return None
        found = [m for m in self.phrase.mentions if self.clause_start <= m.start < self.previous.number_start]
        return found[-1] if found else None

    def partner(self, mention: Mention) -> Mention | None:
        """The variable that shares the bound: "AST or ALT ≤ 2.5", "ALT/AST"."""
        before = [m for m in self.phrase.mentioned(self.near_start, mention.start) if m.end <= mention.start]
        while before and before[-1].term == mention.term and mention.start - before[-1].end <= 3:
            mention = before.pop()  # "alanine transaminase (ALT)"
        if (
            not before
            or before[-1].term.category != mention.term.category
            or before[-1].term.name == mention.term.name
        ):
            return None
        gap = self.phrase.folded[before[-1].end : mention.start]
        return before[-1] if _PARTNER.fullmatch(gap) else None

    def span_with(self, mention: Mention | None) -> tuple[int, int]:
        """The shortest span that holds the variable, with its long name before a short one, and the value."""
        if mention is None:
            return self.quantity.start, self.quantity.end
        start = min(mention.start, self.quantity.start)
        for other in self.phrase.mentions:
            if other.term == mention.term and 0 < start - other.end <= 3:
                start = other.start
        return start, max(mention.end, self.quantity.end)

    def noun_before(self) -> tuple[str, int]:
        """The noun phrase that ends at the quantity, without lead words, and where it begins; "" for none."""
        return noun_phrase(self.near, self.near_start)

    def draft(
        self, kind: str, variable: str, *, start: int | None = None, end: int | None = None, **changes: object
    ) -> Draft:
        """The quantity as a draft of this kind, its bounds as stated."""
        q = self.quantity
        begin = q.start if start is None else min(start, q.start)
        made = Draft(
            kind, variable, begin, q.end if end is None else max(end, q.end),
            q.low, q.low_inclusive, q.high, q.high_inclusive, None, q.unit, q.start, until=q.end,
        )  # fmt: skip
        return made._replace(**changes) if changes else made  # type: ignore[arg-type]


_LIMITED = frozenset({"laboratory", "organ function", "vital sign"})
"""Categories that have an upper limit of normal."""
_CONNECTORS = Pattern(
    r" ?(?:[,(]? ?(?:and|or|but|and/or|if|in|for|with|patients|subjects|men|women|males?|females?|the|to|,"
    r"|;|/|of|is|inclusive|are|otherwise|"
    r"stable|at|room air|without|on|\(|\)|who|presence|liver|metastas[ei]s|involvement|known|gilbert'?s?"
    r"|syndrome|disease)[ ,)]*){0,9}"
)
_PARTNER = Pattern(r"[ ,(]*(?:\w+[)])?[ ,)]*(?:or|and|/|and/or|and / or|&)[ ,(]*(?:serum )?")
_TRAILING = frozenset("last past during over lasting persisting duration between who present over".split())
_WORD = Pattern(r"[^\s,;:()\[\]]+")


def noun_phrase(text: str, offset: int, *, most: int = 7) -> tuple[str, int]:
    """The last words of a text as a name: lead words and what stands before a comma are cut."""
    words = [(match[0], match.start()) for match in _WORD.finditer(text)]
    cut = max(text.rfind(","), text.rfind(":"), text.rfind(" or "), text.rfind(" and "), -1)
    kept = [word for word in words if word[1] > cut] or words
    kept = kept[-most:]
    while kept and (kept[0][0] in p.LEAD_WORDS or not kept[0][0][0].isalnum()):
        kept.pop(0)
    while kept and kept[-1][0] in p.LEAD_WORDS:
        kept.pop()
    if not kept:
        return "", offset
    return " ".join(word for word, _ in kept), offset + kept[0][1]


def event_phrase(text: str, offset: int, *, most: int = 8) -> tuple[str, int]:
    """The first words of a statement as the name of an event, without lead words; where they begin."""
    ended = p.EVENT_END.search(text, 1)
    words = [(match[0], match.start()) for match in _WORD.finditer(text[: ended.start()] if ended else text)]
    while words and (words[0][0] in p.LEAD_WORDS or not words[0][0][0].isalnum()):
        words.pop(0)
    if not words:
        return "", offset
    begin = words[0][1]
    kept: list[str] = []
    for word, position in words[:most]:
        if kept and p.COMMA_CONTEXT.search(text[begin:position].rstrip()[-1:]):
            break
        kept.append(word)
    while kept and (kept[-1] in p.LEAD_WORDS or kept[-1] in _TRAILING):
        kept.pop()
    return " ".join(kept), offset + begin
