"""On which days and weeks something is given, and how long a cycle is: "days 1, 8 and 15 of each 28-day cycle".

Owns finding these statements in text. Must not know doses or agents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from trialkin.reading.doses import lexicon
from trialkin.reading.doses.mark import DAYS_OF, Mark, unit_of
from trialkin.reading.doses.mark import NUMBER as _N
from trialkin.reading.patterns import Pattern

_ITEM = (
    r"(?:\(-\d{1,2}\)|(?:days? ?|d ?)?[+-]?\d{1,3})"
    r"(?!\.\d| ?(?:mg|ml|mcg|μg|g\b|%|iu\b|gy|week|day cycle|h\b|hour|min|patients|months|"
    r"-(?!d(?:ay)? ?\d)[A-Za-z]|tabl?e?t?s?\b|capsules?|doses?\b|puffs?|x ?10))(?: ?\(?\+/?-? ?\d ?(?:days?)?\)?)?"
)
_LINK = (
    r"(?: ?(?:, ?and |, ?to |, ?or |, ?& |,|/|&|\+)| ?\band\b| ?\bor\b| ?(?:-|~)| ?(?:to|through|until|thru)\b)"
)
_DAY_LIST = Pattern(
    rf"(?<![A-Za-z0-9/])(?:days?|d)(?:\(s\))?[ #:.]{{0,2}}(?P<list>[+-]?\d{{1,3}}(?:st|nd|rd|"
    rf"th)?(?:(?:{_LINK}) ?{_ITEM}){{0,14}})(?![0-9A-Za-z])",
    re.I,
)
_DAYS_AFTER = Pattern(
    r"(?<![A-Za-z0-9.])(?P<a>\d{1,2}) ?(?:-|to) ?(?P<b>\d{1,2}) ?days? of (?:each|every|a|the)", re.I
)
_COUNTED_DOWN = Pattern(r"(?<=[a-z2] )-(?P<a>\d{1,2}) ?(?:to|-|through) ?-(?P<b>\d{1,2})(?!\w|\.\d)", re.I)
_ORDINAL_DAYS = Pattern(
    r"\b(?:the )?(?P<a>\d{1,2})(?:st|nd|rd|th)(?: day)?(?: ?(?P<link>,|and|to|-|"
    r"through) ?(?:the )?(?P<b>\d{1,2})(?:st|nd|rd|th))? days?\b"
    r"|\bfirst day of (?P<c>each|every)",
    re.I,
)
_WEEK_LIST = Pattern(
    r"(?<![A-Za-z0-9])(?:at |on |in )?(?:weeks?|wks?)[ ]?(?P<list>\d{1,3}(?:(?: ?, ?and | ?, ?| ?and |"
    r" ?& ?)(?:weeks? ?)?\d{1,3}(?![A-Za-z0-9])){1,14})",
    re.I,
)
# "D0, W4 and W8", "Day 0, week 2 and week 6"
_DAY_AND_WEEKS = Pattern(
    r"(?<![A-Za-z0-9])(?:d|day )[01](?P<list>(?: ?, ?and | ?, ?| ?and )(?:w|weeks? |wks? )\d{1,3}"
    r"(?:(?: ?, ?and | ?, ?| ?and | ?& ?)(?:w|weeks? |wks? )?\d{1,3}(?![A-Za-z0-9])){0,14})(?! ?\w)",
    re.I,
)
# "q12h -8", "10 mg/m2 +3,+6,+11": days of conditioning before and after a transplant, without the word.
_SIGNED_DAYS = Pattern(
    r"(?<=(?-i:[a-z2]) )(?P<list>[+-]\d{1,2}d?(?: ?, ?[+-]\d{1,2}d?){0,9})"
    r"(?![\w.]\d|\w| ?(?:to|-|through|mg|g|ml|%)\b)",
    re.I,
)
_WEEKS_AND_BASELINE = Pattern(
    r"(?<![A-Za-z0-9])(?:at )?baseline(?: ?,? ?and| ?,|,? then)? (?:at )?(?:weeks?|wks?) ?(?P<list>\d{1,3}"
    r"(?:(?: ?, ?and | ?, ?| ?and | ?& ?)(?:weeks? ?)?\d{1,3}(?![A-Za-z0-9])){0,14})(?! ?\w)",
    re.I,
)
_CYCLE = Pattern(
    rf"(?<![A-Za-z0-9])(?:(?P<n>{_N})[ -]?(?P<u>days?|weeks?|wks?|w|d|months?)[ -](?:treatment |long |"
    rf"chemotherapy )?(?:cycles?|regimens?|(?P<whole>courses?))"
    rf"|(?<!\d )(?:cycles?|courses?)(?: (?:length|duration))?(?: (?:is|of|was|=|lasts?|will be|being|every|are|"
    rf"consists? of|to be))?"
    rf" ?[=:(]? ?(?P<n2>{_N})[ -]?(?P<u2>days?|weeks?|wks?|d|w)"
    rf"|(?:repeats?|repeated|repeating)(?: (?:for|at))? (?:cycles? )?(?:every|each|"
    rf"q) ?(?P<n3>{_N})[ -]?(?P<u3>days?|weeks?|wks?)"
    rf"|(?P<n4>{_N})[ -]?(?P<u4>days?|weeks?)(?: (?:is|are|as|for|constitute|constitutes|per|in)| ?=) ?(?:a|"
    rf"one|1|each|every)? ?(?:treatment )?(?:cycles?|courses?)"
    rf"|every (?P<n5>{_N})[ -]?(?P<u5>days?|weeks?)[ ,]{{1,2}}(?:(?:per|is|as|for|a|one|each|of|"
    rf"in) ){{1,2}}(?:treatment )?(?:cycles?|courses?))(?![A-Za-z0-9])",
    re.I,
)
_ON_OFF = Pattern(
    rf"(?<![A-Za-z0-9])(?:for )?(?P<on>{_N})[ -]?(?P<u>days?|weeks?|wks?|d|w)?(?: ?(?:consecutive|"
    rf"continuous))?[ -]?(?:on|of treatment|of therapy|administration)"
    rf" ?(?:and|/|,|followed by|then|;|-)? ?(?P<off>{_N})[ -]?(?P<v>days?|weeks?|wks?|d|w)[ -]?(?:off|of rest|"
    rf"rest|break|without|withdrawal|discontinuation|of no)"
    rf"|(?<![A-Za-z0-9])for (?P<on2>{_N})[ -]?(?P<u2>days?|weeks?)[ ,(]{{1,2}}(?:(?:followed by|then|"
    rf"and)(?: with)?|with)(?: an?)? (?P<off2>{_N})[ -]?(?P<v2>days?|weeks?)[ -](?:off|of rest|rest|break|drug-free|"
    rf"treatment-free|of no|without|interval)"
    rf"|(?<![A-Za-z0-9])(?:take|taken|taking|used|administered|treated)(?: for)? (?P<on3>{_N})[ -]?(?P<u4>days?|"
    rf"weeks?),? (?:and )?(?:then )?(?:stop|stopped|rest|rested|discontinued?|withdrawn)(?: for)? (?P<off3>{_N})"
    rf"[ -]?(?P<v3>days?|weeks?)",
    re.I,
)
_SAYS_CYCLE = Pattern(r"cycle|course|repeat|regimen", re.I)
_WEEKS_OF = Pattern(r"(?<![\w/])(?P<on>[1-5])W/(?P<cycle>[2-8])W(?!\w)", re.I)  # "2W/3W"
_OUT_OF = Pattern(
    r"(?<![A-Za-z0-9])(?:(?:for|over|during) (?:the first )?(?P<on>\d{1,2})(?: days?)?|"
    r"(?<!day )(?P<on2>\d{1,2}) days?) (?:out )?of "
    r"(?:an? |every |each )?(?P<cycle>\d{1,2})[ -]days?\b",
    re.I,
)


def day_list(text: str) -> str:
    """ "1, 8 and 15" → "1,8,15"; "1 to 5" → "1-5"; "-5, -4" keeps its signs."""
    text = re.sub(
        r"\(?\+/?-? ?\d{1,2} ?(?:days?)?\)?", lambda m: m[0] if "/" not in m[0] and "(" not in m[0] else "", text
    )
    text = re.sub(r"\((-\d{1,2})\)", r"\1", text)
    text = re.sub(r"(?<![a-z])(?:days?|d) ?|(?<=\d)(?:st|nd|rd|th)\b", "", text.strip(), flags=re.I)
    if re.fullmatch(r"\d{1,3}(?: ?- ?\d{1,3}){2,}", text):
        text = text.replace("-", ",")
    text = re.sub(r" ?(?:\bto\b|\bthrough\b|\buntil\b|\bthru\b|~) ?", ":", text, flags=re.I)
    text = re.sub(r" ?(?:, ?and\b|, ?or\b|\band\b|\bor\b|,|/|&|;) ?", ",", text, flags=re.I)
    text = re.sub(r"(?<=\d) ?- ?(?=\+?-?\d)", ":", text)
    text = text.replace("+", "").replace(" ", "")
    return (
        re.sub(r",{2,}", ",", text).replace(":", "-").strip(",-")
        if not text.startswith("-")
        else text.replace(":", "-")
    )


_NO_DAYS_BEFORE = Pattern(
    r"(?:(?<![A-Za-z0-9^])\d{1,3}[ -]|every |per |q|vitamine?[ -]?|vit\.? |each |until |by |after |before )$", re.I
)
_BEGINNING = Pattern(
    r"(?:(?:start|begin|commenc)\w*|again) (?:on |from |at |with )?$|\bfrom (?:study )?$|"
    r"\b(?:end\w*|stop\w*|withdraw\w*|until|complet\w*)(?: \w+){0,2} (?:on|at|by) $",
    re.I,
)
_COLON = Pattern(r"days? ?:", re.I)  # "for 4 days: -5, -4"
_REST = Pattern(r"\b(?:rest(?:ing)?(?: period)?|off|break)(?: from| on| during)? $", re.I)


_HYPHENED = Pattern(r"\bday-\d", re.I)
_COUNTDOWN = Pattern(r"day ?0\b|transplant|conditioning|\b(?:before|prior|pre)\b|cell infusion", re.I)


_CONDITIONING = Pattern(r"transplant|conditioning|\bGVHD\b|\bHSCT\b|lymphodeplet", re.I)


def _unhyphened(text: str, match: re.Match[str]) -> str:
    """The days of "day-2 to day-5": a hyphen, not a minus, where nothing counts down to a day 0."""
    days = match["list"]
    if _HYPHENED.match(match[0]) and not _COUNTDOWN.search(text):
        days = re.sub(r"(?<![\d ])-(?=\d)|(?<=day)-", "", days, flags=re.I)
    return days


_OF_SURGERY = Pattern(
    r"(?:\w{4,}ectomy|\bsurgery|\btransplant(?:ation)?|\bresection|\bbiopsy) on (?:study )?$", re.I
)


def _gives_days(text: str, match: re.Match[str]) -> bool:
    """Whether "day 1 …" says on which days something is given, rather than when it begins or how often."""
    before = text[max(0, match.start() - 30) : match.start()]
    after = text[match.end() : match.end() + 12]
    counted = _NO_DAYS_BEFORE.search(before) and not _COLON.match(match[0])
    if (
        counted
        or _REST.search(before)
        or _OF_SURGERY.search(before)
        or (match["list"].lstrip("+-").isdigit() and _BEGINNING.search(before))
    ):
        return False
    if re.match(r" ?(?:,|and) ?(?:week|month)| (?:and )?(?:there|onward|after|later|beyond)", after, re.I):
        return False
    return not (re.match(r" ?(?:cycle|course)s?", after) and "-" in match["list"])


# "on the first day"; of a menstrual cycle or of a stay in hospital it is no day of treatment.
_FIRST_DAY = Pattern(
    r"\b(?:first|1st) day\b(?! of (?:each|every|(?:the )?(?:menses|menstr|period|life|hospital|admission|stay)))",
    re.I,
)


def days(text: str) -> Iterable[Mark]:
    for match in _FIRST_DAY.finditer(text):
        if not _BEGINNING.search(re.sub(r"the $", "", text[max(0, match.start() - 30) : match.start()])):
            yield Mark(match.start(), match.end(), "days", "1")
    for match in _DAY_LIST.finditer(text):
        if _gives_days(text, match):
            yield Mark(match.start(), match.end(), "days", day_list(_unhyphened(text, match)))
    for match in _DAYS_AFTER.finditer(text):
        yield Mark(match.start(), match.end(), "days", f"{match['a']}-{match['b']}")
    for match in re.finditer(
        r"(?<![A-Za-z0-9.])(?P<a>\d{1,2}) ?- ?(?P<b>\d{1,2}) ?(?:days?|d)(?= of| in| every| ?\(| ?q)", text, re.I
    ):
        yield Mark(match.start(), match.end(), "days", f"{match['a']}-{match['b']}")
    for match in _ORDINAL_RANGE.finditer(text):
        first, last = _ORDINALS[match["a"].lower()], _ORDINALS[match["b"].lower()]
        yield Mark(match.start(), match.end(), "days", f"{first}-{last}")
    for match in _ORDINAL_DAYS.finditer(text):
        if match["c"]:
            yield Mark(match.start(), match.end(), "days", "1")
        elif match["b"]:
            joiner = "," if match["link"].lower() in {",", "and"} else "-"
            yield Mark(match.start(), match.end(), "days", f"{match['a']}{joiner}{match['b']}")


_ORDINALS = {word: place for place, word in enumerate(
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=1
)}  # fmt: skip
_ORDINAL_RANGE = Pattern(
    rf"\b(?P<a>{'|'.join(_ORDINALS)})(?: day)? to (?:the )?(?P<b>{'|'.join(_ORDINALS)}) days?\b", re.I
)


def signed_days(text: str) -> Iterable[Mark]:
    """Days counted from a transplant: "-7 to -5", "q12h -8", "+3, +6"."""
    for match in _SIGNED_DAYS.finditer(text) if _CONDITIONING.search(text) else ():
        if not _BEGINNING.search(text, max(0, match.start() - 30), match.start()):
            yield Mark(match.start(), match.end(), "days", re.sub(r"[+d ]", "", match["list"], flags=re.I))
    for match in _COUNTED_DOWN.finditer(text):
        yield Mark(match.start(), match.end(), "days", f"-{match['a']}--{match['b']}")


def weeks(text: str) -> Iterable[Mark]:
    for match in _WEEK_LIST.finditer(text):
        yield Mark(match.start(), match.end(), "weeks", ",".join(re.findall(r"\d+", match["list"])))
    for match in _DAY_AND_WEEKS.finditer(text):
        yield Mark(match.start(), match.end(), "weeks", ",".join(["0", *re.findall(r"\d+", match["list"])]))
    for match in _WEEKS_AND_BASELINE.finditer(text):
        yield Mark(match.start(), match.end(), "weeks", ",".join(["0", *re.findall(r"\d+", match["list"])]))


def cycles(text: str) -> Iterable[Mark]:
    for match in _CYCLE.finditer(text) if _SAYS_CYCLE.search(text) else ():
        for suffix in ("", "2", "3", "4", "5"):
            if match[f"n{suffix}"]:
                unit = unit_of(match[f"u{suffix}"])
                days = lexicon.number(match[f"n{suffix}"]) * DAYS_OF.get(unit, 28)
                if not (match["whole"] and days > 56):  # "a 16-week treatment course"
                    yield Mark(match.start(), match.end(), "cycle", days)
                break
    for match in _WEEKS_OF.finditer(text) if "W/" in text.upper() else ():
        given, length = 7 * int(match["on"]), 7 * int(match["cycle"])
        if given < length:
            yield Mark(match.start(), match.end(), "on_off", f"1-{given}", f"{length}")
    for match in _OUT_OF.finditer(text):
        on = match["on"] or match["on2"]
        if 1 < int(on) < int(match["cycle"]):
            yield Mark(match.start(), match.end(), "on_off", f"1-{on}", match["cycle"])
    for match in _ON_OFF.finditer(text):
        on = match["on"] or match["on2"] or match["on3"]
        off = match["off"] or match["off2"] or match["off3"]
        off_unit = match["v"] or match["v2"] or match["v3"]
        on_unit = match["u"] or match["u2"] or match["u4"] or off_unit
        if "with" in match[0] and unit_of(on_unit) != unit_of(off_unit):
            continue  # "for 6 weeks with 2 days rest per week"
        on_days = lexicon.number(on) * DAYS_OF[unit_of(on_unit)]
        off_days = lexicon.number(off) * DAYS_OF[unit_of(off_unit)]
        yield Mark(match.start(), match.end(), "on_off", f"1-{on_days:g}", f"{on_days + off_days:g}")
