"""Radiotherapy: totals, fractions and dose per fraction, and whether they agree.

Owns the grammar of fractionation and the arithmetic check. Must not know drugs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from trialkin.reading.doses import lexicon
from trialkin.reading.doses.doses import Amount
from trialkin.reading.patterns import Pattern

_COUNT = rf"(?P<n>\d{{1,3}}|(?:{lexicon.WORD_NUMBER})\b)(?: ?(?:-|to|or) ?(?P<n2>\d{{1,3}}))?"
_WORD = (
    r"(?:(?!days?\b|weeks?\b|times\b|x )[\w-]{1,24} ){0,3}?"
    r"(?:fractions?|fractionations?|fx|fxs|frs?|f|fs|sessions|treatments|exposures)\b"
)
_NOT_WEEKLY = r"(?! ?(?:/|per|a|each|every) ?(?:week|wk|day)\b)"  # "5 fractions per week" counts no course
_AFTER = Pattern(
    rf"[ ,)]{{0,3}}(?:(?:is |was |will be |to be |are )?(?:delivered|given|administered|prescribed|divided|"
    rf"in total|total|dose)? ?(?:in|/|over|as|for|with|into|using|,|by|\() ?(?:a total of |"
    rf"at )?){_COUNT} ?-? ?{_WORD}{_NOT_WEEKLY}",
    re.I,
)
_TIMES_AFTER = Pattern(
    r" ?(?:/ ?(?:f|fx|fr|fraction)s?)? ?[x×*] ?(?P<n>\d{1,2})(?! ?(?:gy|cgy))(?: ?(?:f|fx|fractions?|"
    r"times)\b)?",
    re.I,
)
_BEFORE = Pattern(
    r"(?P<n>\d{1,3}|(?:one|two|three|four|five|six|ten|single)\b)(?: ?(?:-|"
    r"to) ?(?P<n2>\d{1,3}))? ?-? ?(?:(?:(?:once[- ])?daily|weekly|equal|consecutive|conventional) )?"
    r"(?:(?:fractions?|fx|"
    r"sessions|treatments|f)\b ?(?:of|at|x|×|with|,|\()?|[x×*]) ?$",
    re.I,
)
_AFTER_SIZE = Pattern(
    rf"[ ,/;)]{{0,3}}(?:(?:for|in|over|to|x|with|given|delivered|/|a total of|of|,|at)\s?){{0,4}}{_COUNT} ?"
    rf"(?:daily )?{_WORD}{_NOT_WEEKLY}",
    re.I,
)
_PER_DAY = Pattern(
    r" ?(?:/ ?(?:d|day)\b|daily|per day|a day|once daily|once a day|-?(?:daily )?fractions?\b|qd\b|"
    r"each\b|per treatment|"
    r"per session|dose per fraction|per-fraction|single dose)",
    re.I,
)
_SIZED = Pattern(r"\b(?:fractionated doses?|fraction size|dose per fraction)(?: of)?:? ?$", re.I)
_ANY_COUNT = Pattern(
    rf"(?<![\d.-]){_COUNT} ?-? ?(?:daily |equal |consecutive |total |treatment )?(?:fractions?|fx|fxs)\b{_NOT_WEEKLY}",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Course:
    """One radiotherapy dose: the total, in how many fractions, of what size."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    fractions: tuple[int, int] | None = None
    size: tuple[float, float] | None = None
    derived: bool = False


def courses(text: str, amounts: list[Amount], sentence: tuple[int, int]) -> list[Course]:
    """The radiotherapy doses of one sentence; sizes of fractions are joined to the totals they belong to.

    The amounts are those of the sentence in a unit of radiation, in order.
    """
    found: list[Course] = []
    pending: Course | None = None
    bounds = [*(amount.start for amount in amounts[1:]), sentence[1]][: len(amounts)]
    for position, (amount, limit) in enumerate(zip(amounts, bounds, strict=True)):
        course = _course(text, amount, sentence, limit)
        is_size = amount.fraction or course.size is not None
        if is_size:
            target = found[-1] if found and found[-1].size is None and not found[-1].derived else None
            if target is not None and not _separate(text, target, course, amounts, position):
                fractions = target.fractions or course.fractions
                found[-1] = replace(target, fractions=fractions, size=course.size, end=max(target.end, course.end))
            elif course.fractions is not None:
                found.append(_product(course))
            else:
                pending = course
        else:
            if pending is not None and course.size is None:
                course = replace(course, size=pending.size, start=min(course.start, pending.start))
            pending = None
            found.append(course)
    if pending is not None and not found:
        found.append(replace(pending, low=None, high=None))
    return found


def _separate(text: str, total: Course, size: Course, amounts: list[Amount], position: int) -> bool:
    if size.fractions is None or total.low is None or size.size is None:
        return False
    between = text[total.end : size.start]
    product = size.fractions[1] * size.size[1]
    return product > 0 and not total.low * 0.9 <= product <= (total.high or total.low) * 1.1 and len(between) > 25


def _course(text: str, amount: Amount, sentence: tuple[int, int], limit: int) -> Course:
    plain = Course(amount.start, amount.end, amount.low, amount.high, amount.unit.split("/")[0])
    size = (amount.low or 0.0, amount.high or amount.low or 0.0)
    if amount.count is not None:
        return replace(plain, size=size, fractions=(amount.count, amount.count))
    if match := _TIMES_AFTER.match(text, amount.end):
        count = int(match["n"])
        return replace(plain, size=size, fractions=(count, count), end=match.end())
    before = _BEFORE.search(text[max(sentence[0], amount.start - 40) : amount.start])
    if (
        before
        and size[1] <= (40 if plain.unit == "Gy" else 4000)
        and not re.match(r"\s?(?:in|/) ?\d", text[amount.end : amount.end + 8])
    ):
        start = max(sentence[0], amount.start - 40) + before.start()
        return replace(plain, size=size, fractions=_counts(before), start=start)
    if _SIZED.search(text[max(sentence[0], amount.start - 40) : amount.start]):
        return replace(plain, size=size)
    daily = amount.schedule == "1/d" or _PER_DAY.match(text, amount.end)
    if amount.fraction or daily and size[1] <= (12 if plain.unit == "Gy" else 1200):
        counted = _AFTER_SIZE.match(text, amount.end)
        if counted is None:
            return replace(plain, size=size)
        return replace(plain, size=size, fractions=_counts(counted), end=counted.end())
    if match := _AFTER.match(text, amount.end):
        return replace(plain, fractions=_counts(match), end=match.end())
    if (match := _ANY_COUNT.search(text, amount.end, min(limit, amount.end + 90))) is not None:
        return replace(plain, fractions=_counts(match), end=match.end())
    return plain


def _counts(match: re.Match[str]) -> tuple[int, int]:
    first = int(lexicon.number(match["n"]))
    last = match.groupdict().get("n2")
    return first, int(last) if last else first


def _product(course: Course) -> Course:
    assert course.fractions is not None and course.size is not None
    low = round(course.fractions[0] * course.size[0], 3)
    high = round(course.fractions[1] * course.size[1], 3)
    return replace(course, low=low, high=high, derived=True)


def arithmetic(course: Course) -> tuple[str, ...]:
    """A sentence where total and fractions × dose per fraction disagree by more than 2 %; nothing otherwise."""
    if (
        course.derived
        or course.fractions is None
        or course.size is None
        or course.low is None
        or course.high is None
    ):
        return ()
    low, high = course.fractions[0] * course.size[0], course.fractions[1] * course.size[1]
    if low <= course.high * 1.02 and high >= course.low * 0.98:
        return ()
    stated = f"{course.low:g}" if course.low == course.high else f"{course.low:g}-{course.high:g}"
    product = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    return (
        f"total {stated} {course.unit} is stated, but {_range(course.fractions)} fractions of "
        f"{_range(course.size)} {course.unit} make {product} {course.unit}",
    )


def _range(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:g}" if bounds[0] == bounds[1] else f"{bounds[0]:g}-{bounds[1]:g}"


@cache
def modalities() -> re.Pattern[str]:
    """Words for kinds of radiotherapy."""
    return lexicon.scan_pattern("dose_modalities")


def agent(text: str, course: Course, sentence: tuple[int, int], name: str) -> str:
    """The modality of a course: the nearest word for one before it, else after it, else in the name."""
    for start, end in (
        (max(sentence[0], course.start - 600), course.start),
        (max(0, sentence[0] - 600), sentence[0]),
    ):
        before = list(modalities().finditer(text, start, end))
        if before:
            return before[-1][0]
        if end == course.start and (
            after := modalities().search(text, course.end, min(sentence[1], course.end + 600))
        ):
            return after[0]
    if named := modalities().search(name.translate(lexicon.SAME_LENGTH)):
        return named[0]
    return "radiotherapy"
