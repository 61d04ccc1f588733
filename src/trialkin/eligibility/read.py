"""Items to criteria: each quantity and phrase is offered to the kinds; what nobody understands stays text.

Owns the order of reading, spans, links between a window and what it qualifies, and the parse status. Must not know:
patients, pages.
"""

from __future__ import annotations

from typing import Any

import msgspec

from ..model.criteria import Criteria, Criterion, Item, Section, Window
from ..text.markup import PlainText, unescape
from . import patterns as p
from .canonical import canonical_unit, convert
from .kinds import KINDS
from .phrase import Amount, Draft, Phrase
from .polarity import Denials, combination, exceptions
from .split import split
from .status import status_of


def parse_criteria(source: str | None) -> Criteria:
    """An eligibility text as the registry holds it, read: items with criteria, statuses and spans."""
    criteria = split(source)
    if not criteria.items:
        return criteria
    items = tuple(_read_item(item, source or "") for item in criteria.items)
    return msgspec.structs.replace(criteria, items=items)


def parse_item(
    text: str, *, section: Section = "unspecified", heading: str | None = None
) -> tuple[Criterion, ...]:
    """The criteria of one item; `start` and `end` are positions in `text`, which may hold registry markup."""
    plain = unescape(text)
    phrase = Phrase(plain.text, section=section, heading=heading)
    return _finished(_drafts(phrase), phrase, plain, 0)


def _read_item(item: Item, source: str) -> Item:
    """`item.text` is the plain text of its stretch of the source: where both are as long, nothing was escaped."""
    words = source[item.text_start : item.end]
    plain = PlainText(words, words) if len(words) == len(item.text) else unescape(words)
    phrase = Phrase(plain.text, section=item.section, heading=item.heading)
    drafts = _drafts(phrase)
    found = _finished(drafts, phrase, plain, item.text_start)
    status = status_of(phrase.folded, [(draft.start, draft.end) for draft in drafts])
    return msgspec.structs.replace(item, criteria=found, status=status, combination=combination(phrase.folded))


def _drafts(phrase: Phrase) -> list[Draft]:
    drafts: list[Draft] = []
    for kind in KINDS:
        drafts += kind.phrase(phrase)
    taken = [(d.start, d.end) for d in drafts if d.values]
    for amount in phrase.amounts:
        quantity = amount.quantity
        if any(a <= quantity.number_start < b for a, b in taken) or _is_name(amount):
            continue
        for kind in KINDS:
            claimed = kind.quantity(amount)
            if claimed is not None:
                drafts += claimed
                amount.claimed = claimed[0].kind if claimed else ""
                break
    drafts.sort(key=lambda d: (d.start, d.end))
    return drafts


def _is_name(amount: Amount) -> bool:
    """A number that names something, a date, a sample size or a count of listed criteria."""
    quantity = amount.quantity
    if p.CALENDAR.search(amount.left[-14:]) or p.CALENDAR_AFTER.match(amount.right):
        return True
    if amount.is_time and amount.near.strip() in ("(", "[") and _repeats(amount):
        return True
    if quantity.unit is None and _names_without_unit(amount):
        return True
    if quantity.form != "bare":
        return False
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
    compared = quantity.form == "comparison"
    if value in _CALENDAR_YEARS and not (compared and amount.mention):
        return True
    if p.COUNTED_PEOPLE.match(amount.right) or (
        p.OF_THE_FOLLOWING.match(amount.right) and not _on_a_scale(amount)
    ):
        return True
    if compared or not p.NAME_BEFORE.search(amount.left, amount.tail):
        return False
    mention = amount.mention
    return not (mention and mention.term.values_as and 0 <= quantity.number_start - mention.end < 12)


_CALENDAR_YEARS = range(1900, 2101)


def _on_a_scale(amount: Amount) -> bool:
    """ "≥ 6 of the Numerical Pain Rating Scale"."""
    quantity = amount.quantity
    if quantity.form != "comparison" or quantity.word:
        return False
    return any(m.term.values_as and 0 <= m.start - quantity.end <= 12 for m in amount.phrase.mentions)


def _hyphenated(amount: Amount) -> bool:
    folded = amount.phrase.folded
    return folded.startswith("-", amount.quantity.number_end)


_DAYS = {"a": 365.0, "mo": 30.4, "wk": 7.0, "d": 1.0, "h": 1 / 24}


def _repeats(amount: Amount) -> bool:
    """ "two years (24 months)": the same time again in another unit."""
    before, quantity = amount.previous, amount.quantity
    if before is None or before.unit not in _DAYS or quantity.unit not in _DAYS or before.unit == quantity.unit:
        return False
    first, second = before.low or before.high or 0.0, quantity.low or quantity.high or 0.0
    days, again = first * _DAYS[before.unit], second * _DAYS[quantity.unit or ""]
    return abs(days - again) <= 0.1 * days


def _finished(drafts: list[Draft], phrase: Phrase, plain: PlainText, offset: int) -> tuple[Criterion, ...]:
    """The drafts as criteria; `offset` is where the plain text begins in the text that was given."""
    if not drafts:
        return ()
    grouped = _group(drafts, phrase)
    denials = Denials(phrase.folded)
    excepted = exceptions(phrase.folded, phrase.text)
    windows = [draft for draft in drafts if draft.kind == "window"]
    made: list[Criterion] = []
    for draft, group in zip(drafts, grouped, strict=True):
        start, end = plain.source_span(draft.start, draft.end)
        negated = draft.negated
        if negated is None:
            negated = denials.reach(draft.start, draft.end, floor=phrase.clause(draft.start)[0])
        made.append(
            Criterion(
                kind=draft.kind, variable=draft.variable, low=draft.low, low_inclusive=draft.low_inclusive,
                high=draft.high, high_inclusive=draft.high_inclusive, values=draft.values, unit=draft.unit,
                **_canonical(draft), edition=_edition(draft, phrase), negated=negated,
                window=_window(draft, windows) if windows else None, exceptions=excepted(draft.end) if excepted else (),
                group=group, quote=plain.text[draft.start : draft.end], start=start + offset, end=end + offset,
            )
        )  # fmt: skip
    return tuple(made)


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


def _group(drafts: list[Draft], phrase: Phrase) -> list[str | None]:
    """Criteria of one statement joined by "or" are alternatives; by "and" they hold together."""
    if len(drafts) < 2:
        return [None] * len(drafts)
    groups: list[str | None] = [None] * len(drafts)
    for index in range(1, len(drafts)):
        before, draft = drafts[index - 1], drafts[index]
        gap = phrase.folded[before.end : draft.start]
        if len(gap) > 60 or p.BOUNDARY.search(gap):
            continue
        word = "any-of" if p.OR_BETWEEN.search(gap) else "all-of" if "and" in gap.split() else None
        if word:
            groups[index] = word
            groups[index - 1] = groups[index - 1] or word
    return groups


def _window(draft: Draft, windows: list[Draft]) -> Window | None:
    """The time window that overlaps a criterion or directly follows it."""
    if draft.kind == "window":
        return None
    for window in windows:
        if window.start <= draft.start < window.end or 0 <= window.start - draft.end <= 2:
            return Window(
                variable=window.variable, low=window.low, low_inclusive=window.low_inclusive, high=window.high,
                high_inclusive=window.high_inclusive, unit=window.unit,
            )  # fmt: skip
    return None
