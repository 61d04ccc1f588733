"""Items to criteria: each quantity and phrase is offered to the kinds; what nobody understands stays text.

Owns the order of reading, spans, links between a window and what it qualifies, and the parse status. Must not know:
patients, pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import msgspec

from ...model.criteria import Criteria, Criterion, Group, Item, Section, Status, Window
from ..markup import PlainText, unescape
from . import groups
from . import patterns as p
from .alternatives import conditions, people
from .beside import Around
from .canonical import canonical_unit, convert
from .kinds import KINDS
from .kinds.kind import nothing, unclaimed
from .phrase import Amount, Draft, Phrase
from .polarity import Denials, exceptions
from .split import split
from .status import status_of


def parse_criteria(source: str | None) -> Criteria:
    """An eligibility text as the registry holds it, read: items with criteria, statuses and spans."""
    criteria = split(source)
    if not criteria.items:
        return criteria
    items = groups.below(tuple(_read_item(item, source or "") for item in criteria.items))
    return msgspec.structs.replace(criteria, items=items)


def parse_text(text: str, *, section: Section = "unspecified", heading: str | None = None) -> Item:
    """Any text as one item: its criteria, how they join and how much was understood.

    `start` and `end` of its criteria are positions in `text`, which may hold registry markup.
    """
    words = unescape(text).text
    return _read_item(Item(index=0, section=section, heading=heading, text=words, start=0, end=len(text)), text)


def parse_item(
    text: str, *, section: Section = "unspecified", heading: str | None = None
) -> tuple[Criterion, ...]:
    """The criteria of `parse_text`."""
    return parse_text(text, section=section, heading=heading).criteria


def _read_item(item: Item, source: str) -> Item:
    """`item.text` is the plain text of its stretch of the source: where both are as long, nothing was escaped."""
    words = source[item.text_start : item.end]
    plain = PlainText(words, words) if len(words) == len(item.text) else unescape(words)
    phrase = Phrase(plain.text, section=item.section, heading=item.heading)
    read = _drafts(phrase)
    status = _status(phrase, read, _around(phrase, read))
    drafts = people(phrase, read)
    if sum(draft.bounds for draft in drafts) > 1 and p.UNDER.search(phrase.folded):
        drafts = conditions(phrase, drafts)
    around = _around(phrase, drafts)
    found, joined = _finished(drafts, around, phrase, plain, item.text_start)
    return msgspec.structs.replace(item, criteria=found, status=status, groups=joined)


def _around(phrase: Phrase, drafts: list[Draft]) -> list[Around]:
    return [
        phrase.beside.around(draft.start, draft.end, name=draft.variable, bounds=draft.bounds) for draft in drafts
    ]


def _status(phrase: Phrase, drafts: list[Draft], around: list[Around]) -> Status:
    """How much is understood, words that say when in the study or how criteria join, and names said twice, included."""
    spans = [_read(draft, one, drafts) for draft, one in zip(drafts, around, strict=True)]
    content = phrase.beside.content()
    status = status_of(content, spans)
    if status != "part":
        return status
    bounded = " or ".join(draft.variable for draft in drafts if draft.bounds)
    spans += [(named.start, named.end) for named in phrase.mentions if named.term.name in bounded]
    joining = groups.stated(phrase.folded)
    if joining:
        spans.append((joining.start, joining.end))
    return status_of(content, [*spans, *phrase.study_times])


def _read(draft: Draft, around: Around, drafts: list[Draft]) -> tuple[int, int]:
    """What a criterion makes understood: of a time, the amount alone where something else is read of its event."""
    if draft.kind in _TIMES and any(
        draft.start < other.end and other.start < draft.amount and other.kind not in _TIMES for other in drafts
    ):
        return draft.amount, draft.end
    return around.start, around.end


_TIMES = frozenset({"window", "duration"})
_OF_PHRASES = tuple(kind for kind in KINDS if kind.phrase is not nothing)
_OF_QUANTITIES = tuple(kind for kind in KINDS if kind.quantity is not unclaimed)


def _drafts(phrase: Phrase) -> list[Draft]:
    drafts: list[Draft] = []
    for kind in _OF_PHRASES:
        drafts += kind.phrase(phrase)
    taken = [(d.start, d.end) for d in drafts if d.values or d.unit]
    for amount in phrase.amounts:
        quantity = amount.quantity
        if any(a <= quantity.number_start < b for a, b in taken) or _is_name(amount):
            continue
        for kind in _OF_QUANTITIES:
            claimed = kind.quantity(amount)
            if claimed is not None:
                drafts += claimed
                amount.claimed = claimed[0].kind if claimed else ""
                break
    drafts = [draft for draft in drafts if not _the_studied_one(phrase.folded, draft)]
    drafts.sort(key=_span)
    return drafts


def _the_studied_one(folded: str, draft: Draft) -> bool:
    """Whether words for any malignancy mean the one that is studied: "no surgery for the current tumor"."""
    if draft.variable != "other malignancy":
        return False
    return p.THE_STUDIED.search(folded, max(0, draft.start - 24), draft.start) is not None


_span = attrgetter("start", "end")


def _is_name(amount: Amount) -> bool:
    """A number that names something, a date, a sample size or a count of listed criteria."""
    quantity = amount.quantity
    if p.CALENDAR.search(amount.left[-14:]) or (quantity.unit is None and p.CALENDAR_AFTER.match(amount.right)):
        return True
    if _restated(amount) or (amount.near.strip() in ("(", "[") and _repeats(amount)):
        return True
    if amount.lead.startswith("=") and p.DEFINED.search(amount.left[-28:]):
        return True
    if quantity.unit is None and _names_without_unit(amount):
        return True
    if quantity.form != "bare":
        return False
    if quantity.unit in ("mm", "cm") and _whole_scale(amount):  # "on a 100 mm VAS"
        return True
    if quantity.unit == "{score}" and _hyphenated(amount):  # "a 5-point scale"
        return True
    return bool(
        (amount.is_time and p.TOLERANCE_AFTER.match(amount.right))
        or (quantity.unit is None and p.OTHER_UNIT.match(amount.right))
    )


def _names_without_unit(amount: Amount) -> bool:
    quantity = amount.quantity
    value = quantity.low if quantity.low is not None else quantity.high
    if value == 0.5 and quantity.word:
        return True
    if quantity.form == "bare" and (
        p.LEGEND_AFTER.match(amount.right) or (amount.right[:1] == ")" and amount.left[-1:] != "(")
    ):
        return True
    if quantity.form == "range" and (p.PAGES_BEFORE.search(amount.left[-4:]) or _whole_scale(amount)):
        return True
    compared = quantity.form == "comparison"
    if compared and _enumerates(amount):
        return True
    if value in _CALENDAR_YEARS and not (compared and amount.mention):
        return True
    if p.COUNTED_PEOPLE.match(amount.right) or (
        p.OF_THE_FOLLOWING.match(amount.right) and not _on_a_scale(amount)
    ):
        return True
    if compared or not p.NAME_BEFORE.search(amount.left, amount.tail):
        return False
    if p.VISIT_BEFORE.search(amount.left[-9:]):
        return True
    mention = amount.mention
    return not (mention and mention.term.values_as and 0 <= quantity.number_start - mention.end < 12)


def _enumerates(amount: Amount) -> bool:
    """ "including at least (1) a taxane and (2) …": a figure in brackets, with no number before them."""
    folded, quantity = amount.phrase.folded, amount.quantity
    bracketed = folded.startswith(")", quantity.number_end) and folded.endswith("(", 0, quantity.number_start)
    return (
        bracketed
        and not quantity.word
        and folded.endswith((" least (", " most (", "including ("), 0, quantity.number_start)
    )


_CALENDAR_YEARS = range(1900, 2101)


def _on_a_scale(amount: Amount) -> bool:
    """ "≥ 6 of the Numerical Pain Rating Scale"."""
    quantity = amount.quantity
    if quantity.form != "comparison" or quantity.word:
        return False
    return any(m.term.values_as and 0 <= m.start - quantity.end <= 12 for m in amount.phrase.mentions)


def _whole_scale(amount: Amount) -> bool:
    """ "on a scale of 0 to 10": all that the scale can be bounds nobody."""
    quantity = amount.quantity
    if quantity.form == "range" and quantity.low not in (0, 1):
        return False
    if quantity.form == "range" and p.ON_A_SCALE.search(amount.left[-20:]):  # "on the 0-4 IGA scale"
        return True
    if quantity.high not in (10, 100):
        return False
    if quantity.form == "bare":
        return bool(p.SCALE_AFTER.match(amount.right))
    if amount.left.endswith("(") and amount.right.startswith(")") and quantity.low == 0:
        return True
    return bool(p.SCALE_BEFORE.search(amount.left[-24:]) or p.SCALE_AFTER.match(amount.right))


def _hyphenated(amount: Amount) -> bool:
    folded = amount.phrase.folded
    return folded.startswith("-", amount.quantity.number_end)


_DAYS = {"a": 365.0, "mo": 30.4, "wk": 7.0, "d": 1.0, "h": 1 / 24}


def _restated(amount: Amount) -> bool:
    """ "≥ 2.8 g/dL (≥ 28 g/L)", "18 years or older (≥ 18 years)"."""
    before, quantity = amount.previous, amount.quantity
    if (
        before is None
        or quantity.form != "comparison"
        or not amount.right.startswith((")", "]"))
        or not before.unit
    ):
        return False
    sides = (before.low is None) == (quantity.low is None) or before.form == "bare"
    if not sides or amount.near[-1:] not in ("(", "["):
        return False
    if before.unit == quantity.unit:
        return (before.low, before.high) in ((quantity.low, quantity.high), (quantity.low, quantity.low))
    other_unit = quantity.unit and _RELATIVE.isdisjoint((before.unit, quantity.unit))
    return amount.near.strip() in ("(", "[") and bool(other_unit) and not amount.is_time


_RELATIVE = frozenset({"{ULN}", "{LLN}", "%"})
"""What says another bound, not the same again: "creatinine ≤ 1.5 mg/dL (≤ 2 x ULN)"."""


def _repeats(amount: Amount) -> bool:
    """ "two years (24 months)", "9 g/dL (90 g/L)": the same again in another unit."""
    before, quantity = amount.previous, amount.quantity
    if before and quantity.form in ("bare", "range") and amount.right.startswith((")", "]", " (")):
        measured = before.form in ("comparison", "range") and not amount.is_time
        if measured and before.unit and quantity.unit and before.unit != quantity.unit:
            return True
    if before is None or before.unit not in _DAYS or quantity.unit not in _DAYS or before.unit == quantity.unit:
        return False
    first, second = before.low or before.high or 0.0, quantity.low or quantity.high or 0.0
    days, again = first * _DAYS[before.unit], second * _DAYS[quantity.unit or ""]
    return abs(days - again) <= 0.1 * days


def _finished(
    drafts: list[Draft], around: list[Around], phrase: Phrase, plain: PlainText, offset: int
) -> tuple[tuple[Criterion, ...], tuple[Group, ...]]:
    """The drafts as criteria and how they join; `offset` is where the plain text begins in the text that was given."""
    if not drafts:
        return (), ()
    denials = Denials(phrase.folded, suspected=phrase.denying)
    denied = [False] * len(drafts)
    if denials.possible:
        denied = [
            denials.reach(draft.start, draft.end, floor=draft.asked or phrase.clause(draft.start)[0])
            for draft in drafts
        ]
    windows = [position for position, draft in enumerate(drafts) if draft.kind == "window"]
    linked = [_window(draft, drafts, windows) for draft in drafts] if windows else [None] * len(drafts)
    joined = (
        groups.inside(phrase, drafts, {one for one in linked if one is not None}, denied)
        if len(drafts) > 1
        else ()
    )
    names = dict(_names(joined))
    excepted = exceptions(phrase.folded, phrase.text) if phrase.denying else None
    degrees = [draft for draft in drafts if draft.kind == "severity"]
    made: list[Criterion] = []
    for position, draft in enumerate(drafts):
        start, end = plain.source_span(draft.start, draft.end)
        window = linked[position]
        made.append(Criterion(
            kind=draft.kind, variable=draft.variable,
            negated=denied[position] != draft.denies, self_denied=draft.denies,
            qualifiers=() if draft.kind == "window" or _graded(draft, degrees) else around[position].qualifiers,
            **(_bounds(draft, phrase) if draft.bounds else _NO_BOUNDS),
            window=None if window is None else _as_window(drafts[window], _event(position, drafts, window, joined)),
            sex=draft.sex,
            exceptions=excepted(draft.end) if excepted else (), group=names.get(position),
            quote=plain.text[draft.start : draft.end], start=start + offset, end=end + offset,
        ))  # fmt: skip
    return tuple(made), joined


def _graded(draft: Draft, degrees: list[Draft]) -> bool:
    """Whether the degree beside a name is a bound of its own: "more than moderate asthma"."""
    return bool(degrees) and any(one.start <= draft.start < one.end for one in degrees)


def _names(found: tuple[Group, ...]) -> Iterator[tuple[int, str]]:
    """Each criterion of some groups with the name of the innermost group that holds it."""
    for group in found:
        for position in group.criteria:
            yield position, group.name
        yield from _names(group.groups)


_NO_BOUNDS: dict[str, Any] = {}


def _bounds(draft: Draft, phrase: Phrase) -> dict[str, Any]:
    return {
        "low": draft.low, "low_inclusive": draft.low_inclusive, "high": draft.high,
        "high_inclusive": draft.high_inclusive, "values": draft.values, "unit": draft.unit,
        "edition": _edition(draft, phrase), **_canonical(draft),
    }  # fmt: skip


def _canonical(draft: Draft) -> dict[str, Any]:
    """The bounds in the usual unit, where the stated one can be converted to it."""
    if draft.unit is None or (draft.low is None and draft.high is None):
        return {}
    to = canonical_unit(draft.kind, draft.variable)
    if to is None:
        return {}
    low, high = (
        convert(value, draft.unit, to=to, variable=draft.variable) if value is not None else None
        for value in (draft.low, draft.high)
    )
    if low is None and high is None:
        return {}
    return {"canonical_low": low, "canonical_high": high, "canonical_unit": to}


def _edition(draft: Draft, phrase: Phrase) -> str | None:
    """The edition of the stage system that a stage is stated in."""
    if draft.kind != "stage" or not draft.variable.endswith("stage") or "t stage" in draft.variable:
        return None
    begin, end = phrase.clause(draft.start)
    match = p.EDITION.search(phrase.folded, begin, end)
    return next((found for found in match.groups() if found), None) if match else None


def _window(draft: Draft, drafts: list[Draft], windows: list[int]) -> int | None:
    """The position of the time window that overlaps a criterion or directly follows it."""
    if draft.kind == "window":
        return None
    for position in windows:
        window = drafts[position]
        if window.start <= draft.start < window.end or 0 <= window.start - draft.end <= 2:
            return position
    return None


def _event(position: int, drafts: list[Draft], window: int, joined: tuple[Group, ...]) -> str | None:
    """What a criterion of a list with one window happened itself: "stroke" of "infarction or stroke within 6 months".

    None where the window names the event as it is: the list does not begin with it, or the criterion names nothing.
    """
    group = next((one for one in joined if position in set(groups.positions(one))), None)
    if group is None or len(drafts) > _MOST:
        return None
    held = sorted(groups.positions(group))
    begin = drafts[window].start
    named = [index for index in held if drafts[index].kind in _HAPPENING and not drafts[index].bounds]
    if len(named) < 2 or drafts[named[0]].start > begin + 24 or drafts[held[0]].end < begin:
        return None
    if position in named:
        return drafts[position].variable
    beside = [index for index in named if drafts[index].start <= drafts[position].end + 2 and index > position]
    return drafts[beside[-1]].variable if beside else None


_MOST = 200
"""The longest list of criteria whose events are told apart."""
_HAPPENING = frozenset({
    "comorbidity", "condition", "infection", "prior therapy", "concurrent therapy", "psychiatric", "prior malignancy",
    "substance use", "allergy",
})  # fmt: skip


def _as_window(draft: Draft, event: str | None) -> Window:
    word = draft.variable.split(" ", 2)[1] if draft.variable.startswith("time ") else "since"
    return Window(
        variable=f"time {word} {event}" if event else draft.variable, low=draft.low, low_inclusive=draft.low_inclusive,
        high=draft.high, high_inclusive=draft.high_inclusive, unit=draft.unit,
    )  # fmt: skip
