"""The short normal form of a schedule, from the statements about time that belong to one dose.

Owns which statement wins and how they are joined. Must not know text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from trialkin.reading.doses.mark import DAYS_OF, Mark, interval_form
from trialkin.reading.patterns import Pattern

KINDS = ("times", "interval", "days", "cycle", "weeks", "repeats", "duration")


@cache
def cycle_days(form: str | None) -> str | None:
    """How many days an interval lasts, None where it is none of days or weeks."""
    if form is None:
        return None
    match = re.fullmatch(r"q(\d+)(d|wk)", form)
    if match:
        return f"{int(match[1]) * DAYS_OF[match[2]]}"
    return {"1/wk": "7", "1/mo": "28"}.get(form)


def normal_form(found: Iterable[Mark]) -> str | None:
    """The short normal form of the marks of one dose, None when no time is stated."""
    first: dict[str, Mark] = {}
    for mark in found:
        first.setdefault(mark.kind, mark)
    times = str(first["times"].value) if "times" in first else None
    interval = str(first["interval"].value) if "interval" in first else None
    cycle = f"{first['cycle'].value:g}" if "cycle" in first else None
    days = str(first["days"].value) if "days" in first else None
    if "on_off" in first and interval == "1/wk":
        weeks, cycle = _weekly(first["on_off"])
        days = days or weeks
    elif "on_off" in first:
        days, cycle = days or str(first["on_off"].value), cycle or first["on_off"].unit
    infused = interval == "continuous" and first["interval"].unit == "infusion"
    if interval == "continuous" and not infused and times and first["interval"].start < first["times"].start:
        return times if not days else _with_days(times, None, cycle, days)
    if interval == "continuous":
        return f"continuous d{days}" if days and not days.isdigit() else "continuous"
    if not days and times and "duration" in first:
        days = _days_of_course(first["duration"], cycle or cycle_days(None if interval == "1/mo" else interval))
    if days:
        return _with_days(times, interval, cycle, days)
    if times == "1/d" and cycle_days(interval) and 0 < first["interval"].start - first["times"].end < 3:
        return times  # "once daily every 21 days": each day of each cycle
    return _without_days(times, interval, cycle, f"wk{first['weeks'].value}" if "weeks" in first else None)


def _without_days(times: str | None, interval: str | None, cycle: str | None, weeks: str | None) -> str | None:
    if interval == "once" and weeks:
        return weeks
    if interval and interval != "once":
        if times and times != "1/d" and interval[1:] == "/wk" and interval[0] != "1":
            return f"{times} {interval[0]} d/wk"
        return f"{times} {interval}" if times and times != "1/d" else interval
    if times:
        return times
    if interval == "once":
        return "once"
    if weeks or not cycle:
        return weeks
    return interval_form(float(cycle), "d")


def _weekly(on_off: Mark) -> tuple[str, str]:
    """ "weekly for 3 weeks, then 1 week of rest" is days 1, 8 and 15 of 28."""
    last = int(str(on_off.value).partition("-")[2])
    return ",".join(str(day) for day in range(1, last + 1, 7)), on_off.unit


def _days_of_course(duration: Mark, cycle: str | None) -> str | None:
    """ "daily for 4 days every 4 weeks" is days 1 to 4 of 28."""
    length = float(duration.value) * DAYS_OF.get(duration.unit, 0)
    return f"1-{length:g}" if cycle and 1 < length < float(cycle) else None


_EVERY_FEW_DAYS = Pattern(r"q[2-6]d$|qod$")  # "every 3rd day: days 4, 7, 10"
_RANGED = Pattern(r"q\d+-\d+(?:d|wk)$")


def _long(days: str) -> bool:
    """Whether the days are a whole course ("-8-60") rather than days of a cycle."""
    match = re.fullmatch(r"(-?\d+)-(-?\d+)", days)
    return match is not None and int(match[2]) - int(match[1]) > 27


_COUNTED_DOWN = Pattern(r"-(?P<first>\d{1,2})-(?P<last>-\d{1,2}|0)$")


def _one_by_one(days: str) -> str:
    """ "-5--3" is hard to read: "-5,-4,-3"."""
    match = _COUNTED_DOWN.match(days)
    if match is None or int(match["first"]) + int(match["last"]) > 9:
        return days
    return ",".join(str(day) for day in range(-int(match["first"]), int(match["last"]) + 1))


def _with_days(times: str | None, interval: str | None, cycle: str | None, days: str) -> str:
    days = _one_by_one(days)
    several = "," in days or "-" in days.lstrip("-")
    often = f"{times} " if times and times != "1/d" else ""
    if interval == "once":
        if not several:
            return "once"
        interval = None
    if interval == "1/wk" and not cycle:
        within = max(map(int, re.findall(r"\d+", days))) <= 7
        return f"d{days} q7d" if several and within else f"d{days}" if several else "1/wk"
    if interval and _RANGED.match(interval):
        return f"{often}d{days} {interval}"
    if interval and "," in days and _EVERY_FEW_DAYS.match(interval):
        interval = None
    if interval and several and _EVERY_FEW_DAYS.match(interval):
        return f"{interval} d{days}"
    length = cycle or cycle_days(interval)
    period = cycle_days(interval)
    if period and cycle and not several:  # "day 1, every 2 weeks; one cycle is 4 weeks"
        length = min(cycle, period, key=float)
    if interval and length and max(map(int, re.findall(r"\d+", days))) > float(length) and several:
        return f"{often}{interval}"  # "every 4 weeks (days 1, 29, 57)"
    if interval and (length is None or (cycle is None and _long(days))):
        return f"{often}{interval}"
    if times and length is None and _long(days):
        return times
    return f"{often}d{days}" + (f" q{length}d" if length else "")
