"""Statements about time and route: frequency, interval, repeats, duration; all of them in order.

Owns finding them in text, save days and cycles (`days`). Joining them into a schedule is `schedules`. Must not know
doses or agents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from trialkin.reading.doses import lexicon
from trialkin.reading.doses.days import cycles, days, signed_days, weeks
from trialkin.reading.doses.mark import DAYS_OF, Mark, interval_form, unit_of
from trialkin.reading.doses.mark import NUMBER as _N
from trialkin.reading.doses.mark import SPAN as _SPAN
from trialkin.reading.patterns import Pattern

_INTERVAL = Pattern(
    rf"(?:(?<![A-Za-z0-9])(?:once |one time |one dose |given |administered |repeated |repeats? )?(?:every?|each|q|"
    rf"per)[ -]?|(?:(?<=[A-Za-z])|(?<=m2)) ?/ ?(?=\d{{1,2}} ?(?:h|hr|hours|hrs)\b)|"
    rf"(?:(?<=[gGlLU])|(?<=[.l]\))) ?/ ?(?=\d{{1,2}} ?(?:weeks?|wks?|w)\b))"
    rf"(?P<n>{_N})(?:(?:st|nd|rd|th)\b)?(?: ?(?:-|to|(?P<or>or|/)) ?(?P<n2>\d{{1,2}}))?"
    rf"[ -]?(?P<u>{_SPAN})(?![A-Za-z0-9])",
    re.I,
)
_APART = Pattern(
    rf"(?<![A-Za-z0-9])(?:(?:(?:at |with )?(?:an? )?intervals? of|"
    rf"(?:spaced|separated) by(?: an interval of)?) (?P<n>{_N})(?: ?(?:-|to) ?(?P<to>\d{{1,2}}))?[ -]?"
    rf"(?P<u>{_SPAN})|(?P<n3>{_N})(?: ?(?:-|to) ?(?P<to3>\d{{1,2}}))?[ -]?"
    r"(?P<u3>days?|weeks?|months?|hours?(?=[ -]interval))[ -](?:intervals?|apart))(?![A-Za-z0-9])",
    re.I,
)
_TIMES = Pattern(
    rf"(?<![A-Za-z0-9.])(?P<n>\d{{1,2}}|(?:{lexicon.WORD_NUMBER})\b)(?: ?- ?\d)? ?"
    r"(?:times|x|fractions|servings|injections|doses|infusions|applications|sessions)? ?"
    rf"(?:a|per|/|each|every|in a) ?"
    r"(?P<u>day|week|month|wk)\b",
    re.I,
)
_CONSECUTIVE = Pattern(rf"\bon (?:{_N}) consecutive days\b(?! (?:each|every|per|a|of each)\b)", re.I)
_NIGHTS = Pattern(rf"\bfor (?:up to )?(?:{_N})(?: ?(?:-|to) ?(?:{_N}))? (?:consecutive )?nights\b", re.I)
_HOURLY = Pattern(r"(?:(?:once )?every |(?<![A-Za-z0-9.-]))(?P<n>4|6|8|12|24|48|72)[ -]?hourly\b", re.I)
_FORM_DAILY = Pattern(
    r"\b(?:one |an? |1 |single )?(?:tablet|tab|capsule|cap|pill|sachet|drop|puff|dose|injection|spoon)s?(?: ?/ ?|"
    r" (?:a|per|each|every) )(?:d|day)\b",
    re.I,
)
_TIMES_DAILY = Pattern(r"(?<![A-Za-z0-9])[x×*] ?(?P<n>[1-6]) ?/ ?d(?:ay|ie)?\b", re.I)
_ONE_BY = Pattern(
    r"(?<![\d.,/] )(?<![\w.,/])(?:1 ?[x×] ?(?P<n>[1-4]))(?!\w|[.,]\d| ?\d| ?(?:m?[glL]|mcg|μg|IU|10)\b)", re.I
)
_DAYS_PER = Pattern(rf"(?<![A-Za-z0-9.])(?P<n>{_N}) days? (?:a|per|each|every) (?P<u>month|week)\b", re.I)
_REPEATS = Pattern(
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
_DURATION = Pattern(
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
_TRAILING_DURATION = Pattern(
    rf"(?:(?<=[,(;/*]) ?|\b(?:daily|day|bid|tid|qd|bd|od|week|weekly|orally|po|"
    rf"hours?) )(?P<n>{_N})[ -](?P<u>days?|weeks?|months?)(?= ?(?:[.,;)/]|$|\n))",
    re.I,
)


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
_NOT_ONCE = Pattern(
    r"[ -](?:they|the|it|he|she|all|patients?|participants?|subjects?|this|these|that|a patient|infusion is|"
    r"(?:pre-?filled )?(?:vials?|syringes?|pens?|auto-?injectors?|ampoules?|containers?|unit))\b",
    re.I,
)


_AGAIN = Pattern(
    r"(?:[^.;\n]|\.(?=\d)){0,80}\b(?:every \d|every (?:two|three|four|six)|each|weekly|monthly)\b", re.I
)
_ONE_GIVEN = Pattern(
    r"\b(?:(?:one|single) (?:[a-z-]{3,20} )?(?:injection|infusion|application|administration) of|"
    r"one (?:oral|intravenous|intramuscular|subcutaneous|iv|im|sc|po|bolus) dose of|"
    r"single (?:[a-z-]{3,20} )?(?:infusion|administration|bolus)|single [a-z-]{3,20} dose of)\b"
    r"(?!(?:[^.;\n]|\.(?=\d)){0,80}\b(?:every|each|per|daily|weekly|monthly|a (?:day|week|month)|days?|weeks?|"
    r"months?|apart)\b)",
    re.I,
)


_REPEATED_BEFORE = Pattern(r"\brepeated (?:only )?$", re.I)
_CAPPED = Pattern(r"\bmax(?:imum|imal|\.)? (?:total |allowed )?$", re.I)


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
        if form.startswith("one ") and _AGAIN.match(text, match.end()):
            continue
        if value == "once" and _REPEATED_BEFORE.search(text, max(0, match.start() - 20), match.start()):
            continue
        if value == "1/d" and _CAPPED.search(text, max(0, match.start() - 20), match.start()):
            continue
        if len(form) <= 4 and re.match(r"-?\d", text[match.end() : match.end() + 2]):
            continue
        if form == "ci" and re.match(r"[ :)]*\d|\)", text[match.end() : match.end() + 3]):
            continue
        infused = "infusion" if value == "continuous" and ("infus" in form or form in {"civ", "ci"}) else ""
        yield Mark(match.start(), match.end(), "times" if value.endswith("/d") else "interval", value, infused)


_NOT_ROUTE = Pattern(
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
        if match["n2"] and match["or"] and value > 1:
            forms = [interval_form(count, unit) for count in (value, float(match["n2"]))]
            yield Mark(match.start(), match.end(), "interval", " or ".join(forms))
            continue
        if match["n2"] and match["or"]:
            continue  # "Q1/3W"
        if match["n2"]:
            form = f"q{value:g}-{match['n2']}{unit}"
        kind = "times" if form.endswith("/d") else "interval"
        yield Mark(match.start(), match.end(), kind, form, f"{value * DAYS_OF[unit]:g}" if unit in DAYS_OF else "")
    for match in _APART.finditer(text):
        value, unit = lexicon.number(match["n"] or match["n3"]), unit_of(match["u"] or match["u3"])
        if value and (unit != "h" or value in {6, 8, 12, 24, 48}):
            last = match["to"] or match["to3"]
            form = f"q{value:g}-{last}{unit}" if last else interval_form(value, unit)
            kind = "times" if form.endswith("/d") else "interval"
            yield Mark(match.start(), match.end(), kind, form)


_DAYS_BEFORE = Pattern(r"\bdays? ?$", re.I)
_TWICE = Pattern(r"(?<=mg )twice(?= (?:and|plus)\b| ?[,;+])|\btwice(?= on days? \d)", re.I)


def _times(text: str) -> Iterable[Mark]:
    for match in _TIMES.finditer(text):
        value = lexicon.number(match["n"])
        if not 0 < value <= 12 or match["n"].lower() in {"a", "an", "single", "second", "first", "third", "half"}:
            continue
        if _DAYS_BEFORE.search(text[max(0, match.start() - 5) : match.start()]):
            continue  # "on days 1-5 every week"
        unit = unit_of(match["u"])
        yield Mark(match.start(), match.end(), "times" if unit == "d" else "interval", f"{value:g}/{unit}")
    for match in _TWICE.finditer(text):
        yield Mark(match.start(), match.end(), "times", "2/d")
    for match in _NIGHTS.finditer(text):
        yield Mark(match.start(), match.end(), "times", "1/d")
    for match in _CONSECUTIVE.finditer(text):
        yield Mark(match.start(), match.end(), "times", "1/d")
    for match in _HOURLY.finditer(text):
        form = interval_form(float(match["n"]), "h")
        yield Mark(match.start(), match.end(), "times" if form.endswith("/d") else "interval", form)
    for match in _TIMES_DAILY.finditer(text):
        yield Mark(match.start(), match.end(), "times", f"{match['n']}/d")
    for match in _ONE_BY.finditer(text):
        yield Mark(match.start(), match.end(), "times", f"{match['n']}/d")
    for match in _FORM_DAILY.finditer(text):
        yield Mark(match.start(), match.end(), "times", "1/d")
    for match in _DAYS_PER.finditer(text):
        unit = unit_of(match["u"])
        form = f"{lexicon.number(match['n']):g}/wk" if unit == "wk" else f"{lexicon.number(match['n']):g} d/mo"
        yield Mark(match.start(), match.end(), "interval", form)


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


# What is given once, at something: no schedule of its own, but nor does it take that of its neighbour.
_AT_EVENT = Pattern(
    r"\bon the (?:day|morning|evening|night) (?:of|before|after|following|prior to) (?!each|every)"
    r"(?:the )?[a-z]{4,20}\b|"
    r"\b\d{1,2} ?(?:minutes?|min|hours?|hrs?|h) (?:before|prior to) (?!each|every|breakfast|lunch|dinner|bed|meal|"
    r"sleep|food|eating|the meal|going)",
    re.I,
)


_FROM_THEN_ON = Pattern(r"\b(?:start|begin|commenc|initiat)\w* (?:at )?$|\b(?:from|until) $", re.I)


def _events(text: str) -> Iterable[Mark]:
    for match in _AT_EVENT.finditer(text):
        if _FROM_THEN_ON.search(text, max(0, match.start() - 20), match.start()):
            continue
        yield Mark(match.start(), match.end(), "event", match[0])


_READERS = (_listed, _events, _routes, _intervals, _times, days, signed_days, weeks, cycles, _repeats, _durations)
