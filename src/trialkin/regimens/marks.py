"""Statements about time and route: frequency, interval, days of a cycle, rest, repeats, duration.

Owns finding them in text. Joining them into a schedule is `schedules`. Must not know doses or agents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from trialkin.regimens import lexicon


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement about time; `value` and `unit` depend on the kind.

    times: "2/d"; interval: a normal form ("q3wk"); days: "1,8"; cycle: its length in days; weeks: "0,2,6";
    repeats: a count with unit; duration: a length with unit; route: a route.
    """

    start: int
    end: int
    kind: str
    value: str | float
    unit: str = ""


_N = rf"(?:\d{{1,3}}(?:\.\d)?|(?:{lexicon.WORD_NUMBER})\b)"
_SPAN = r"(?:hours?|hrs?|h|days?|d|weeks?|wks?|wk|w|months?|mos?|mo|m|years?|yrs?|y)"
_UNITS = {"h": "h", "d": "d", "w": "wk", "m": "mo", "y": "a"}
DAYS_OF = {"d": 1, "wk": 7}
_INTERVAL = re.compile(
    rf"(?:(?<![A-Za-z0-9])(?:once |one time |one dose |given |administered |repeated |repeats? )?(?:every?|each|q|"
    rf"per)[ -]?|(?<=[A-Za-z]) ?/ ?(?=\d{{1,2}} ?(?:h|hr|hours|hrs)\b))"
    rf"(?P<n>{_N})(?:(?:st|nd|rd|th)\b)?(?: ?(?:-|to|or) ?(?P<n2>\d{{1,2}}))?[ -]?(?P<u>{_SPAN})(?![A-Za-z0-9])",
    re.I,
)
_APART = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:(?:at |with )?(?:an? )?intervals? of|"
    rf"(?:spaced|separated) by(?: an interval of)?) (?P<n>{_N})(?: ?(?:-|to) ?(?P<to>\d{{1,2}}))?[ -]?"
    rf"(?P<u>{_SPAN})|(?P<n3>{_N})(?: ?(?:-|to) ?(?P<to3>\d{{1,2}}))?[ -]?"
    r"(?P<u3>days?|weeks?|months?)[ -](?:intervals?|apart))(?![A-Za-z0-9])",
    re.I,
)
_TIMES = re.compile(
    rf"(?<![A-Za-z0-9.])(?P<n>\d{{1,2}}|(?:{lexicon.WORD_NUMBER})\b)(?: ?- ?\d)? ?"
    r"(?:times|x|fractions|servings|injections|doses|infusions|applications|sessions)? ?"
    rf"(?:a|per|/|each|every|in a) ?"
    r"(?P<u>day|week|month|wk)\b",
    re.I,
)
_HOURLY = re.compile(r"(?<![A-Za-z0-9.-])(?P<n>4|6|8|12|24)[ -]?hourly\b", re.I)
_FORM_DAILY = re.compile(
    r"\b(?:one |an? |1 |single )?(?:tablet|tab|capsule|cap|pill|sachet|drop|puff|dose|injection|spoon)s?(?: ?/ ?|"
    r" (?:a|per|each|every) )(?:d|day)\b",
    re.I,
)
_TIMES_DAILY = re.compile(r"(?<![A-Za-z0-9])[x×*] ?(?P<n>[1-6]) ?/ ?d(?:ay|ie)?\b", re.I)
_DAYS_PER = re.compile(rf"(?<![A-Za-z0-9.])(?P<n>{_N}) days? (?:a|per|each|every) (?P<u>month|week)\b", re.I)
_ITEM = (
    r"(?:days? ?|d ?)?[+-]?\d{1,3}(?!\.\d| ?(?:mg|ml|mcg|μg|g\b|%|iu\b|gy|week|day cycle|h\b|hour|min|patients|"
    r"months|tabl?e?t?s?\b|capsules?|doses?\b|puffs?|x ?10))(?: ?\(?\+/?-? ?\d ?(?:days?)?\)?)?"
)
_LINK = (
    r"(?: ?(?:, ?and |, ?to |, ?or |, ?& |,|/|&|\+)| ?\band\b| ?\bor\b| ?(?:-|~)| ?(?:to|through|until|thru)\b)"
)
_DAY_LIST = re.compile(
    rf"(?<![A-Za-z0-9/])(?:days?|d)(?:\(s\))?[ #:.]{{0,2}}(?P<list>[+-]?\d{{1,3}}(?:st|nd|rd|"
    rf"th)?(?:(?:{_LINK}) ?{_ITEM}){{0,14}})(?![0-9A-Za-z])",
    re.I,
)
_DAYS_AFTER = re.compile(
    r"(?<![A-Za-z0-9.])(?P<a>\d{1,2}) ?(?:-|to) ?(?P<b>\d{1,2}) ?days? of (?:each|every|a|the)", re.I
)
_COUNTED_DOWN = re.compile(r"(?<=[a-z2] )-(?P<a>\d{1,2}) ?(?:to|-|through) ?-(?P<b>\d{1,2})(?![\w.])", re.I)
_ORDINAL_DAYS = re.compile(
    r"\b(?:the )?(?P<a>\d{1,2})(?:st|nd|rd|th)(?: day)?(?: ?(?P<link>,|and|to|-|"
    r"through) ?(?:the )?(?P<b>\d{1,2})(?:st|nd|rd|th))? days?\b"
    r"|\bfirst day of (?P<c>each|every)",
    re.I,
)
_WEEK_LIST = re.compile(
    r"(?<![A-Za-z0-9])(?:at |on |in )?(?:weeks?|wks?)[ ]?(?P<list>\d{1,3}(?:(?: ?, ?and | ?, ?| ?and |"
    r" ?& ?)(?:weeks? ?)?\d{1,3}(?![A-Za-z0-9])){1,14})",
    re.I,
)
_CYCLE = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<n>{_N})[ -]?(?P<u>days?|weeks?|wks?|w|d|months?)[ -](?:treatment |long |"
    rf"chemotherapy )?(?:cycles?|(?P<whole>courses?))"
    rf"|(?:cycles?|courses?)(?: (?:length|duration))?(?: (?:is|of|was|=|lasts?|will be|being|every|are|"
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
_ON_OFF = re.compile(
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
_SAYS_CYCLE = re.compile(r"cycle|course|repeat", re.I)
_OUT_OF = re.compile(
    r"(?<![A-Za-z0-9])(?:for (?:the first )?(?P<on>\d{1,2})(?: days?)?|(?<!day )(?P<on2>\d{1,2}) days?) (?:out )?of "
    r"(?:an? |every |each )?(?P<cycle>\d{1,2})[ -]days?\b",
    re.I,
)
_REPEATS = re.compile(
    rf"(?<![A-Za-z0-9.])(?:(?:for|x|×|total of|up to|of|maximum of|to|receive|all|a|first|"
    rf"next)? ?)(?P<n>{_N})(?: ?(?:-|to|or) ?(?P<n2>{_N}))?(?: more| additional| total| treatment| planned|"
    rf" consecutive| (?P<long>\d{{1,2}})[ -]day| (?P<often>weekly|monthly)| further| in total| separate| repeated)?"
    r" (?P<u>cycles?|courses?|doses|infusions|injections|administrations|applications|pulses)\b(?! of every|"
    r" before)"
    r"|(?<![A-Za-z0-9.%])[x×] ?(?P<n3>\d{1,2})(?: (?P<u3>cycles?|courses?|doses?|times|infusions|"
    r"injections))?(?![0-9A-Za-z./]| ?(?:10|days?|weeks?|months?|d\b|wks?|mg|ml|mcg|g\b|hours?|hrs?|h\b|min|"
    r"yrs?|years?|fractions?|f\b|fx|Gy|week))",
    re.I,
)
_DURATION = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<lead>for(?: up to| at least| a total of| a maximum of| a minimum of| the first|"
    rf" about| approximately| a period of| a duration of| a further| another| an additional| a)?"
    rf"|during|over(?: a period of| a| approximately| approximate)?|x|×|up to|duration of|period of|within|"
    rf"lasting|total of|duration:|throughout|in))"
    rf" ?(?:the )?(?P<n>{_N})(?: ?(?:-|to|or) ?(?P<n2>{_N}))?[ -]?(?:consecutive |continuous |full |"
    rf"successive |more |complete |total )?(?P<u>days?|weeks?|wks?|wk|months?|years?|mos?|d|"
    rf"yrs?)(?![A-Za-z0-9])(?! (?:cycle|prior|before|after|post|follow|off|interval|intervals|apart|old|of age|"
    rf"later|until))",
    re.I,
)
_TRAILING_DURATION = re.compile(
    rf"(?:(?<=[,(;/*]) ?|\b(?:daily|day|bid|tid|qd|bd|od|week|weekly|orally|po|"
    rf"hours?) )(?P<n>{_N})[ -](?P<u>days?|weeks?|months?)(?= ?(?:[.,;)/]|$|\n))",
    re.I,
)


def unit_of(word: str) -> str:
    """h, d, wk, mo or a, from any spelling."""
    return _UNITS[word[0].lower()]


def interval_form(value: float, unit: str) -> str:
    """ "q3wk", "2/d": the normal form of "every `value` `unit`"."""
    count = f"{value:g}"
    if unit == "h":
        if 24 % value == 0 and value <= 24:
            return f"{24 / value:g}/d"
        return "qod" if value == 48 else f"q{value / 24:g}d" if value % 24 == 0 else f"q{count}h"
    if unit == "d" and value % 7 == 0 and value:
        value, unit, count = value / 7, "wk", f"{value / 7:g}"
    if value == 1:
        return {"d": "1/d", "wk": "1/wk", "mo": "1/mo", "a": "1/a"}[unit]
    if unit == "d" and value == 2:
        return "qod"
    return f"q{count}{unit}"


def marks(text: str) -> list[Mark]:
    """Every statement about time and route in the text, in order, overlaps resolved in favour of the longer."""
    found: list[Mark] = []
    for reader in _READERS:
        found += reader(text)
    found.sort(key=lambda mark: (mark.start, -mark.end))
    return _without_overlaps(found)


def _without_overlaps(found: list[Mark]) -> list[Mark]:
    """The longest marks first; routes do not compete with times, nor two readings of exactly the same words."""
    kept: dict[bool, list[Mark]] = {True: [], False: []}
    for mark in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        rivals = kept[mark.kind == "route"]
        place = bisect_left(rivals, mark.start, key=lambda m: m.start)
        near = [
            rival
            for rival in rivals[max(0, place - 3) : place + 3]
            if rival.start < mark.end and mark.start < rival.end
        ]
        if all((r.start, r.end) == (mark.start, mark.end) and r.kind != mark.kind for r in near):
            rivals.insert(place, mark)
    return sorted(kept[True] + kept[False], key=lambda m: (m.start, m.end))


# "Once they reach …" is no frequency, a "single-dose vial" a pack.
_NOT_ONCE = re.compile(
    r"[ -](?:they|the|it|he|she|all|patients?|participants?|subjects?|this|these|that|a patient|infusion is|"
    r"(?:pre-?filled )?(?:vials?|syringes?|pens?|auto-?injectors?|ampoules?|containers?|unit))\b",
    re.I,
)


_ONE_GIVEN = re.compile(
    r"\b(?:(?:one|single) (?:[a-z-]{3,20} )?(?:injection|infusion|application|administration) of|"
    r"single (?:[a-z-]{3,20} )?(?:infusion|administration|bolus))\b"
    r"(?![^.;\n]{0,80}\b(?:every|each|per|daily|weekly|monthly|a (?:day|week|month)|days?|weeks?|months?|apart)\b)",
    re.I,
)


def _listed(text: str) -> Iterable[Mark]:
    schedules = lexicon.lookup("dose_schedules", "schedule")
    for match in _ONE_GIVEN.finditer(text):
        yield Mark(match.start(), match.end(), "interval", "once")
    for match in lexicon.scan_pattern("dose_schedules").finditer(text):
        form = re.sub(r"\s+", " ", match[0].lower())
        value = schedules.get(form)
        if value is None or (form in {"ow", "ci"} and not match[0].isupper()):
            continue
        if value == "once" and _NOT_ONCE.match(text, match.end()):
            continue
        if len(form) <= 4 and re.match(r"-?\d", text[match.end() : match.end() + 2]):
            continue
        if form == "ci" and re.match(r"[ :)]*\d|\)", text[match.end() : match.end() + 3]):
            continue
        yield Mark(match.start(), match.end(), "times" if value.endswith("/d") else "interval", value)


_NOT_ROUTE = re.compile(
    r"\b(?:stage|grade|phase|type|class|group|cohort|arm|part|step|level|schedule|factor|i+v?|or|"
    r"study)[ -]?(?:[I]{1,3}[ABC]?[ /,-]+(?:or |and |to )?)?$",
    re.I,
)


def _routes(text: str) -> Iterable[Mark]:
    routes = lexicon.lookup("dose_routes", "route")
    for match in lexicon.scan_pattern("dose_routes").finditer(text):
        form = re.sub(r"\s+", " ", match[0].lower())
        if (
            form == "iv"
            and match[0] == "IV"
            and _NOT_ROUTE.search(text[max(0, match.start() - 16) : match.start()])
        ):
            if not re.search(r"\bor $", text[max(0, match.start() - 16) : match.start()], re.I):
                continue
        if form in {"im", "sc"} and not match[0].isupper() and not match[0].islower():
            continue
        yield Mark(match.start(), match.end(), "route", routes[form])


def _intervals(text: str) -> Iterable[Mark]:
    for match in _INTERVAL.finditer(text):
        if match[0].lower().startswith("per") and match["n"].isdigit() is False:
            pass
        value, unit = lexicon.number(match["n"]), unit_of(match["u"])
        if not value:
            continue
        if match["u"] == "m" and "min" in text[match.end() - 1 : match.end() + 2]:
            continue
        form = interval_form(value, unit)
        if match["n2"]:
            form = f"q{value:g}-{match['n2']}{unit}"
        kind = "times" if form.endswith("/d") else "interval"
        yield Mark(match.start(), match.end(), kind, form, f"{value * DAYS_OF[unit]:g}" if unit in DAYS_OF else "")
    for match in _APART.finditer(text):
        value, unit = lexicon.number(match["n"] or match["n3"]), unit_of(match["u"] or match["u3"])
        if value and (unit != "h" or value in {6, 8, 12, 24}):
            last = match["to"] or match["to3"]
            form = f"q{value:g}-{last}{unit}" if last else interval_form(value, unit)
            yield Mark(match.start(), match.end(), "interval", form)


def _times(text: str) -> Iterable[Mark]:
    for match in _TIMES.finditer(text):
        value = lexicon.number(match["n"])
        if not 0 < value <= 12 or match["n"].lower() in {"a", "an", "single", "second", "first", "third", "half"}:
            continue
        unit = unit_of(match["u"])
        yield Mark(match.start(), match.end(), "times" if unit == "d" else "interval", f"{value:g}/{unit}")
    for match in _HOURLY.finditer(text):
        yield Mark(match.start(), match.end(), "times", f"{24 / int(match['n']):g}/d")
    for match in _TIMES_DAILY.finditer(text):
        yield Mark(match.start(), match.end(), "times", f"{match['n']}/d")
    for match in _FORM_DAILY.finditer(text):
        yield Mark(match.start(), match.end(), "times", "1/d")
    for match in _DAYS_PER.finditer(text):
        unit = unit_of(match["u"])
        form = f"{lexicon.number(match['n']):g}/wk" if unit == "wk" else f"{lexicon.number(match['n']):g} d/mo"
        yield Mark(match.start(), match.end(), "interval", form)


def day_list(text: str) -> str:
    """ "1, 8 and 15" → "1,8,15"; "1 to 5" → "1-5"; "-5, -4" keeps its signs."""
    text = re.sub(
        r"\(?\+/?-? ?\d{1,2} ?(?:days?)?\)?", lambda m: m[0] if "/" not in m[0] and "(" not in m[0] else "", text
    )
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


_NO_DAYS_BEFORE = re.compile(
    r"(?:(?<![A-Za-z0-9^])\d{1,3}[ -]|every |per |q|vitamine?[ -]?|vit\.? |each |until |by |after |before )$", re.I
)
_BEGINNING = re.compile(
    r"(?:(?:start|begin|commenc)\w*|again) (?:on |from |at |with )?$|\bfrom (?:study )?$|"
    r"\b(?:end\w*|stop\w*|withdraw\w*|until|complet\w*)(?: \w+){0,2} (?:on|at|by) $",
    re.I,
)
_COLON = re.compile(r"days? ?:", re.I)  # "for 4 days: -5, -4"
_REST = re.compile(r"\b(?:rest(?:ing)?(?: period)?|off|break)(?: from| on| during)? $", re.I)


_HYPHENED = re.compile(r"\bday-\d", re.I)
_COUNTDOWN = re.compile(r"day ?0\b|transplant|conditioning|\b(?:before|prior|pre)\b|cell infusion", re.I)


def _unhyphened(text: str, match: re.Match[str]) -> str:
    """The days of "day-2 to day-5": a hyphen, not a minus, where nothing counts down to a day 0."""
    days = match["list"]
    if _HYPHENED.match(match[0]) and not _COUNTDOWN.search(text):
        days = re.sub(r"(?<![\d ])-(?=\d)|(?<=day)-", "", days, flags=re.I)
    return days


def _gives_days(text: str, match: re.Match[str]) -> bool:
    """Whether "day 1 …" says on which days something is given, rather than when it begins or how often."""
    before = text[max(0, match.start() - 30) : match.start()]
    after = text[match.end() : match.end() + 12]
    counted = _NO_DAYS_BEFORE.search(before) and not _COLON.match(match[0])
    if counted or _REST.search(before) or (match["list"].lstrip("+-").isdigit() and _BEGINNING.search(before)):
        return False
    if re.match(r" ?(?:,|and) ?(?:week|month)| (?:and )?(?:there|onward|after|later|beyond)", after, re.I):
        return False
    return not (re.match(r" ?(?:cycle|course)s?", after) and "-" in match["list"])


def _days(text: str) -> Iterable[Mark]:
    for match in _DAY_LIST.finditer(text):
        if _gives_days(text, match):
            yield Mark(match.start(), match.end(), "days", day_list(_unhyphened(text, match)))
    for match in _DAYS_AFTER.finditer(text):
        yield Mark(match.start(), match.end(), "days", f"{match['a']}-{match['b']}")
    for match in re.finditer(
        r"(?<![A-Za-z0-9.])(?P<a>\d{1,2}) ?- ?(?P<b>\d{1,2}) ?(?:days?|d)(?= of| in| every| ?\(| ?q)", text, re.I
    ):
        yield Mark(match.start(), match.end(), "days", f"{match['a']}-{match['b']}")
    for match in _COUNTED_DOWN.finditer(text):
        yield Mark(match.start(), match.end(), "days", f"-{match['a']}--{match['b']}")
    for match in _ORDINAL_DAYS.finditer(text):
        if match["c"]:
            yield Mark(match.start(), match.end(), "days", "1")
        elif match["b"]:
            joiner = "," if match["link"].lower() in {",", "and"} else "-"
            yield Mark(match.start(), match.end(), "days", f"{match['a']}{joiner}{match['b']}")


def _weeks(text: str) -> Iterable[Mark]:
    for match in _WEEK_LIST.finditer(text):
        yield Mark(match.start(), match.end(), "weeks", ",".join(re.findall(r"\d+", match["list"])))


def _cycles(text: str) -> Iterable[Mark]:
    for match in _CYCLE.finditer(text) if _SAYS_CYCLE.search(text) else ():
        for suffix in ("", "2", "3", "4", "5"):
            if match[f"n{suffix}"]:
                unit = unit_of(match[f"u{suffix}"])
                days = lexicon.number(match[f"n{suffix}"]) * DAYS_OF.get(unit, 28)
                if not (match["whole"] and days > 56):  # "a 16-week treatment course"
                    yield Mark(match.start(), match.end(), "cycle", days)
                break
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


def _repeats(text: str) -> Iterable[Mark]:
    for match in _REPEATS.finditer(text):
        first = match["n"] or match["n3"]
        if first.lower() in {"a", "an", "single", "first", "second", "third", "fourth", "half"}:
            continue
        if re.search(
            r"\bdays? ?$", text[max(0, match.start() - 6) : match.start("n" if match["n"] else "n3")], re.I
        ):
            continue
        if match["n3"] == "1":
            yield Mark(match.start(), match.end(), "interval", "once")
            continue
        count = lexicon.number(match["n2"] or first)
        word = (match["u"] or match["u3"] or "doses").lower()
        unit = "cycles" if word.startswith(("cycle", "course", "pulse")) else "doses"
        if count != int(count):
            continue
        yield Mark(match.start(), match.end(), "repeats", int(count), unit)
        if frequent := match["often"]:
            yield Mark(match.start(), match.end(), "interval", f"1/{'wk' if frequent[0] in 'wW' else 'mo'}")
        if match["long"]:
            yield Mark(match.start(), match.end(), "cycle", float(match["long"]))


def _durations(text: str) -> Iterable[Mark]:
    for pattern in (_DURATION, _TRAILING_DURATION):
        for match in pattern.finditer(text):
            if match["n"].lower() in {"first", "second", "third"}:
                continue
            last = match.groupdict().get("n2") or match["n"]
            yield Mark(match.start("n"), match.end(), "duration", lexicon.number(last), unit_of(match["u"]))
            if "consecutive days" in match[0].lower():
                yield Mark(match.start("n"), match.end(), "times", "1/d")


_READERS = (_listed, _routes, _intervals, _times, _days, _weeks, _cycles, _repeats, _durations)
