"""Quantities that may be doses: numbers, ranges and lists with a unit and what it is per.

Owns the grammar of amounts and the near-misses that are no doses (concentrations, caps, diluents, samples).
Must not know agents or schedules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from trialkin.reading.doses import lexicon, powers
from trialkin.reading.patterns import Pattern

NUMBER = (
    r"(?:[1-9]\d{0,2}(?: 000){1,3}(?!\d)|\d{1,3}(?:\.\d{3}){2,3}(?!\d)|\d{1,3}(?:,\d{3}){1,3}(?!\d)(?:\.\d{1,3})?|"
    r"\d{1,9}(?:[.,]\d{1,4})?|(?<![A-Za-z])\.\d{1,4})"
)
_POWER = (
    r"(?: ?[x×*·∙] ?10 ?(?:(?:\^|\*\*|[eE]) ?[({]?(?P<%sexp>\d{1,2})[)}]?|(?P<%ssup>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})|"
    r"(?P<%sflat>[5-9]|1[0-4])(?!\d))"
    r"|[eE]\+?(?P<%se>\d{1,2})"
    r"|[ -]?(?P<%sword>thousand|million|billion|trillion|mio|mln)s?\b)"
)
_BARE_POWER = r"10(?:\^|\*\*)[({]?\d{1,2}[)}]?|10[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SCALE_WORD = Pattern(r"thousand|million|billion|trillion", re.I)
_SCALES = {"thousand": 1e3, "million": 1e6, "mio": 1e6, "mln": 1e6, "billion": 1e9, "trillion": 1e12}


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount: bounds, unit, what it is per, and where it stands.

    `count` is the 3 of "3 x 100 mg"; `dissolved` says that a volume other than one unit follows ("300 mg/2 mL").
    """

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    dimension: str
    per: tuple[str, ...] = ()
    schedule: str | None = None
    fraction: bool = False
    concentration: bool = False
    dissolved: bool = False
    count: int | None = None


def _value_pattern(prefix: str) -> str:
    power = _POWER % ((prefix,) * 5)
    return rf"(?:(?P<{prefix}bare>{_BARE_POWER})|(?P<{prefix}num>{NUMBER})(?:{power})?)"


@cache
def _amount_pattern() -> re.Pattern[str]:
    least = r"\bat least|\b(?:a )?min(?:imum|\.)(?: dose)?(?: of)?"
    sign = rf"(?:(?P<sign>≥|≤|>=|<=|>|<|\bup to(?: a)?|{least}|\bapproximately|~)\s?)?"
    link = r"(?:\s?(?:mg|g|ml|cc|gy|mcg|μg|iu)?\s?(?:-|~|\bto\b|to\b)\s?)"
    return re.compile(
        rf"(?=[\d.≥≤<>~uam]){sign}(?:(?<=\dx)|"
        rf"(?:(?<![A-Za-z0-9.^])|(?<=(?-i:[a-z]{{3}})\.)|(?<=(?-i:[a-z]{{5}})))(?<!\d,)(?<!\b1/)(?:(?<![A-Za-z]-)|(?<=(?-i:[a-z]{{5}})-))){_value_pattern('a')}(?:{link}{_value_pattern('b')})?"
        rf"[ -]{{0,2}}(?P<unit>{lexicon.unit_pattern()})",
        re.I,
    )


def _written(text: str, unit: str, after: str) -> float:
    """A number as its unit asks: "100.000 IU" is a hundred thousand, "3,375 mg" is less than four."""
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text) and unit in {"iu", "ui", "i.u.", "u", "units", "cells"}:
        return float(text.replace(".", ""))
    if re.fullmatch(r"\d,\d{2}[1-9]", text) and unit in {"mg", "g", "ml"} and after not in {"/", " "}:
        return float(text.replace(",", "."))
    return lexicon.number(text)


def _value(match: re.Match[str], prefix: str) -> float | None:
    if bare := match[f"{prefix}bare"]:
        return 10.0 ** int(re.sub(r"\D", "", bare[2:].translate(_SUPERSCRIPTS)))
    if (text := match[f"{prefix}num"]) is None:
        return None
    before = match.string[max(0, match.start(f"{prefix}num") - 9) : match.start(f"{prefix}num")]
    rest = text.rpartition(",")[2]
    if rest != text and rest[0] != "0" and _NUMBERED_WORD.search(f"{before.rstrip()} "):
        text = rest  # "cohort3,120 mg", but not "level 1,000 mg"
    value = _written(text, match["unit"].lower(), match.string[match.end() : match.end() + 1])
    if exponent := match[f"{prefix}exp"] or match[f"{prefix}sup"] or match[f"{prefix}flat"] or match[f"{prefix}e"]:
        return value * 10.0 ** int(exponent.translate(_SUPERSCRIPTS))
    if word := match[f"{prefix}word"]:
        return value * _SCALES[word.lower()]
    return value


_LIST_BEFORE = Pattern(
    rf"(?P<items>(?:{NUMBER} ?(?:[,;] ?(?:and |or |& )?(?:finally )?|/|\band (?:finally )?|\bor |\+ ?|& )){{1,9}})"
    r"(?:either )?$",
    re.I,
)
_NUMBERED = Pattern(
    r"(?:\b(?:minutes?|mins?|hours?|hrs?|months?|times?|points?|days?|weeks?|cohorts?|groups?|cycles?|phase|part|visits?|arms?|levels?|d|w)\s?|[A-Za-z0-9.,+-])$",
    re.I,
)
_NUMBERED_SPAN = Pattern(
    r"\b(?:days?|weeks?|wks?|months?|cycles?|d|visits?) ?-?\d{1,3} ?(?:-|to|and|through|until|,) ?$", re.I
)
_NUMBERED_WORD = Pattern(r"\b(?:cohort|group|level|arm|phase|part|step|cycle|course|stage) $", re.I)
DAILY_AFTER = Pattern(r" ?(?:daily|per day|a day|/ ?d(?:ay)?)\b", re.I)
"""The right of an amount that is given each day."""
_TIMES_BEFORE = Pattern(r"(?<![A-Za-z0-9.])(?P<n>\d{1,2}) ?[x×*] ?$", re.I)


def amounts(text: str) -> list[Amount]:
    """Every amount with a unit in the text, in order; lists are opened into single amounts.

    The text is as `lexicon.SAME_LENGTH` leaves it.
    """
    found: list[Amount] = []
    reach = 0
    for match in _amount_pattern().finditer(text):
        amount = _read(text, match) if match.start() >= reach else None
        if amount is None:
            continue
        found += _listed(text, amount, reach)
        found.append(_multiplied(text, amount))
        reach = amount.end
    found += _curve_areas(text)
    found += _counted(text, found)
    return _joined(text, sorted(found, key=lambda amount: (amount.start, amount.end)))


def _counted(text: str, found: list[Amount]) -> Iterator[Amount]:
    """Numbers of cells as powers of ten that no unit of the vocabulary follows at once."""
    for count in powers.counts(text):
        rivals = (amount for amount in found if amount.dimension != "fraction")
        if not any(amount.start <= count.end and count.start <= amount.end for amount in rivals):
            unit = "cells/kg" if count.per_kg else "cells"
            per = ("kg",) if count.per_kg else ()
            yield Amount(count.start, count.end, count.low, count.high, unit, "count", per)


_CURVE_AREA = Pattern(
    rf"(?:\barea under the (?:[a-z-]{{4,16}} ){{0,3}}curve (?:of )?[\[(]?)?\bAUC[\])]? ?"
    rf"(?:of |= ?|: ?|at )?(?P<a>{NUMBER})(?: ?(?:-|to) ?(?P<b>{NUMBER})|(?: or |/)(?P<other>[1-9]))?"
    r"(?![\d-]|/\d| ?(?:h|hours?|%)\b)|(?<![\d.,])(?P<c>\d{1,2}(?:\.\d)?) AUC\b",
    re.I,
)


def _curve_areas(text: str) -> Iterator[Amount]:
    """ "AUC 5": carboplatin dosed by the area under the curve in mg/mL·min, the unit before the number."""
    for match in _CURVE_AREA.finditer(text) if "AUC" in text.upper() else ():
        low = lexicon.number(match["a"] or match["c"])
        high = lexicon.number(match["b"]) if match["b"] else low
        if 0 < low <= high <= 10:
            yield Amount(match.start(), match.end(), low, high, "AUC", "exposure")
        if match["other"]:
            other = lexicon.number(match["other"])
            yield Amount(match.start("other"), match.end(), other, other, "AUC", "exposure")


def _read(text: str, match: re.Match[str]) -> Amount | None:
    form = re.sub(r"\s+", " ", match["unit"])
    row = lexicon.units().get(form) or lexicon.units().get(form.lower())
    if (
        row is None
        or form in {"G", "M", "Gs", "K"}
        or (form == "L" and not text[match.start("unit") - 1].isspace())
    ):
        return None
    countable = row["dimension"] == "count"
    low = _value(match, "a")
    high = _value(match, "b")
    if low is None or (countable and row["unit"] in {"cells", "vg"} and max(low, high or 0) < 1000):
        return None
    if (
        high is not None
        and countable
        and high > 1e3 > low
        and match["aexp"] is None
        and match["asup"] is None
        and match["aflat"] is None
    ):
        low *= (
            10.0 ** (len(str(int(high))) - 1)
            if match["bexp"] is None and match["bsup"] is None and match["bflat"] is None
            else high / lexicon.number(match["bnum"])
        )
    sign = (match["sign"] or "").lower()
    dropped = high is not None and (
        high < low or bool(_NUMBERED_WORD.search(text[max(0, match.start() - 9) : match.start()]))
    )
    if high is None:
        high = low
    elif dropped:
        low = high
    if sign in {"≥", ">=", ">", "at least"} or "min" in sign:
        high = None
    elif sign in {"≤", "<=", "<"} or sign.startswith("up to"):
        low = None
    if dropped:
        start = match.start("bbare" if match["bbare"] else "bnum")
        return _with_denominators(
            text,
            Amount(
                start=start,
                end=match.end("unit"),
                low=low,
                high=high,
                unit=row["unit"],
                dimension=row["dimension"],
            ),
        )
    start = (
        match.start()
        if sign and sign not in {"approximately", "~"}
        else match.start("abare" if match["abare"] else "anum")
    )
    return _with_denominators(
        text,
        Amount(
            start=start, end=match.end("unit"), low=low, high=high, unit=row["unit"], dimension=row["dimension"]
        ),
    )


_VOLUME = Pattern(r" ?(?:/|\bper) ?(?P<n>\d{1,3}(?:[.,]\d{1,3})?) ?-?(?:ml|millilit(?:er|re)s?|cc|l)\b", re.I)
_BASE = Pattern(
    r" (?:base|salt|elemental|active substance|Gd|[a-z]{4,12}(?=/))(?= ?(?:/|per ) ?(?:kg|m2)\b)", re.I
)


# "0.2 milliliters (mL) timothy grass", "10 colony-forming units (CFU)/day"
_ABBREVIATED = Pattern(r" \((?:mg|mcg|μg|ug|g|ml|iu|u|cfu|pfu|meq|mmol|mci|gy)\)", re.I)
_ABBREVIATED_WHOLE = Pattern(
    r" \((?:mg|mcg|μg|ug|g|ml|iu|u) ?/ ?(?:kg|m2|m²|m\^2)\)", re.I
)  # "… per square metre (mg/m2)"


_OF_IT_PER_KG = Pattern(r" of (?:[a-z-]{3,30} ){1,2}per (?:kg|kilogram)\b", re.I)  # "10 mg of X per kilogram"


_BOTH_IN_BRACKETS = Pattern(r" ?/ ?\((?P<body>kg|m2) ?[.·∙•*x×/ ] ?(?:day|d)\)", re.I)  # "mg/(m2.d)"
_PER_IGE = Pattern(r" IgE\b(?: ?[(\[]IU/m[Ll][)\]])?")  # "0.016 mg/kg IgE"
_SHORT_FOR = Pattern(r" ?\([A-Z]{2,4}\)(?= ?/)")  # "/kg ideal body weight (IBW)/hour"
_ROUTED = Pattern(r" ?/ ?(?:iv|im|sc|po|oral)(?= ?/ ?d)", re.I)  # "6 mg/iv/day"


def _in_volume(amount: Amount, volume: re.Match[str]) -> Amount:
    """ "10 mg/mL" is a concentration, "300 mg/2 mL" an amount in its volume."""
    whole = amount.dimension in {"volume", "fraction"} or lexicon.number(volume["n"]) in {1, 100}
    return replace(amount, end=volume.end(), concentration=whole, dissolved=not whole)


def _after(pattern: Pattern, text: str, start: int) -> int:
    """Where the text goes on after what may stand here."""
    match = pattern.match(text, start)
    return match.end() if match else start


def _with_denominators(text: str, amount: Amount) -> Amount:
    end, schedule, fraction, concentration = amount.end, None, False, False
    per = ["kg"] if _OF_IT_PER_KG.match(text, end) else []
    rate: list[str] = []
    if both := _BOTH_IN_BRACKETS.match(text, end):
        per, schedule, end = [both["body"].lower()], "1/d", both.end()
    end = _after(_ABBREVIATED, text, _after(_BASE, text, end))
    if volume := _VOLUME.match(text, end):
        return _in_volume(amount, volume)
    end = _after(_ROUTED, text, end)
    for _ in range(3):
        match = lexicon.denominator_pattern().match(text, end) or lexicon.inverse_pattern().match(text, end)
        if match is None:
            break
        row = lexicon.denominators()[re.sub(r"\s+", " ", match["form"]).lower()]
        kind = row["kind"]
        if kind == "concentration" and (per or schedule):
            break
        end = match.end()
        if kind == "body":
            per += ["kg" if row["normal"] == "k" else row["normal"], *["IgE"] * bool(_PER_IGE.match(text, end))]
            end = _after(_PER_IGE, text, _after(_SHORT_FOR, text, end))
        elif kind in {"time", "schedule"}:
            schedule = {"day": "1/d", "month": "1/mo"}.get(row["normal"], "1/wk")
        elif kind == "rate":
            rate.append(row["normal"])
        elif kind == "fraction":
            fraction = amount.dimension == "radiation"
            concentration = not fraction
        elif kind == "each":
            fraction |= amount.dimension == "radiation"
        elif kind == "concentration":
            concentration = True
            break
    end = _after(_ABBREVIATED_WHOLE, text, end) if per else end
    unit = "/".join([amount.unit, *per, *rate])
    return replace(
        amount,
        end=end,
        unit=unit,
        per=tuple(per + rate),
        schedule=schedule,
        fraction=fraction,
        concentration=concentration,
    )


def _listed(text: str, amount: Amount, reach: int) -> list[Amount]:
    """The amounts before this one that share its unit: "10, 20 or" before "40 mg"."""
    window = max(reach, amount.start - 80)
    match = _LIST_BEFORE.search(text[window : amount.start])
    if match is None:
        return []
    before = text[max(0, window + match.start() - 20) : window + match.start()]
    if _NUMBERED.search(before) or _NUMBERED_SPAN.search(before):
        return []
    scale = 1.0
    if amount.dimension == "count":
        power = _SCALE_WORD.search(text, amount.start, amount.end)
        if power is None:
            return []
        scale = _SCALES[power[0].lower()]
    items = []
    for item in re.finditer(NUMBER, match["items"]):
        value = lexicon.number(item[0].rstrip(",")) * scale
        start = window + match.start() + item.start()
        items.append(replace(amount, start=start, end=amount.end, low=value, high=value))
    return items


def _multiplied(text: str, amount: Amount) -> Amount:
    """ "3 x 100 mg": the count stands beside the amount."""
    match = _TIMES_BEFORE.search(text[max(0, amount.start - 6) : amount.start])
    if match is None:
        return amount
    return replace(amount, start=max(0, amount.start - 6) + match.start(), count=int(match["n"]))


_TO = Pattern(r"\s?(?:-|~|(?:up )?to(?: a)?(?: (?:maximum|max\.?))?(?: dose)?(?: of)?|through)\s?", re.I)


def _joined(text: str, found: list[Amount]) -> list[Amount]:
    """ "from 12.5 mg to 25 mg" is one range."""
    result: list[Amount] = []
    for amount in found:
        previous = result[-1] if result else None
        if (
            previous
            and previous.dimension == amount.dimension
            and previous.low is not None
            and amount.high is not None
        ):
            between = text[previous.end : amount.start]
            if (
                amount.low is None
                and previous.low == previous.high
                and previous.low < amount.high
                and previous.unit == amount.unit
                and not between.strip()
                and text[amount.start : amount.start + 5].lower() == "up to"
            ):
                result[-1] = replace(amount, start=previous.start, low=previous.low)
                continue
            if re.fullmatch(r" until ", between) and previous.unit == amount.unit:
                result[-1] = amount
                continue
            anded = re.fullmatch(r" and ", between) and re.search(
                r"between $", text[max(0, previous.start - 9) : previous.start], re.I
            )
            ranged = _TO.fullmatch(between) and (
                previous.unit == amount.unit or amount.unit.startswith(previous.unit + "/")
            )
            if (
                (ranged or anded)
                and previous.low == previous.high
                and amount.low == amount.high
                and previous.low < amount.high
            ):
                result[-1] = replace(amount, start=previous.start, low=previous.low)
                continue
        result.append(amount)
    return result
