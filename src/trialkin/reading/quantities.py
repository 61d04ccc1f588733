"""Numbers, comparators, ranges and units in prose, each with its span.

Owns the grammar of quantities ("at least 4 weeks", "1.5 x 10^9/L", "between 18 and 65", "≤ 2.5 × ULN"), shared by
eligibility and dosing. Units are rows of `vocab/data/units.tsv` and are given in UCUM; a multiple of a reference
limit is `{ULN}` or `{LLN}`, which UCUM does not have. Every pattern is linear: the only unbounded repetitions are
over disjoint character sets. Must not know: studies, criteria, what a number measures.

Source: UCUM; the spellings seen in registry texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ..vocab import table
from .patterns import Pattern, trie

_FOLDED = str.maketrans(
    {
        **{c: "-" for c in "‐‑‒–—―−﹣－"},
        **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)),
        **dict(zip("０１２３４５６７８９", "0123456789", strict=True)),
        **{c: " " for c in "\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\t"},
        **{"＞": ">", "﹥": ">", "＜": "<", "﹤": "<", "⩾": "≥", "≧": "≥", "⩽": "≤", "≦": "≤", "＝": "="},
        **{
            "İ": "i",
            "µ": "u",
            "μ": "u",
            "×": "x",
            "✕": "x",
            "∙": "·",
            "‘": "'",
            "’": "'",
            "～": "~",
            "，": ",",
            "：": ":",
        },
        **{"（": "(", "）": ")", "／": "/", "⁄": "/", "∕": "/", "％": "%", "＋": "+"},
    }
)


def fold(text: str) -> str:
    """The text in lower case and plain signs, of the same length, so that spans carry over."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.replace("\t", " ") if lowered.isascii() else lowered.translate(_FOLDED)


class Number(NamedTuple):
    """A number as written: digits, digits with a power of ten, or a word."""

    value: float
    start: int
    end: int
    word: bool = False
    power: str = ""
    """The power-of-ten prefix of the unit as UCUM has it ("10*9"), "" where the number carries none."""


class Unit(NamedTuple):
    """A unit in UCUM and its span."""

    code: str
    start: int
    end: int


class Quantity(NamedTuple):
    """An amount with its bounds as the phrase states them; None where it states none.

    `form` is "comparison" (a comparator said so), "range", "bare" (a number alone; low = high = the number) or
    "ratio" ("140/90": low and high both the first, `over` the second).
    """

    start: int
    end: int
    low: float | None
    low_inclusive: bool | None
    high: float | None
    high_inclusive: bool | None
    unit: str | None
    form: str
    number_start: int
    number_end: int
    word: bool = False
    over: float | None = None
    flipped: bool = False
    """The variable stands after the number ("18 ≤ age")."""
    inner: tuple[int, int] | None = None
    """Where the variable stands inside the quantity ("18 ≤ age ≤ 65")."""


_SMALL = "zero one two three four five six seven eight nine ten eleven twelve"
WORDS: dict[str, float] = {
    **{w: float(n) for n, w in enumerate(_SMALL.split())},
    **{"thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0, "sixteen": 16.0, "eighteen": 18.0, "twenty": 20.0},
    **{"twenty-four": 24.0, "twenty-eight": 28.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0},
    **{"forty-eight": 48.0, "sixty": 60.0, "seventy": 70.0, "seventy-two": 72.0, "eighty": 80.0, "ninety": 90.0},
    **{"hundred": 100.0, "half": 0.5, "seventeen": 17.0, "nineteen": 19.0, "thirty-six": 36.0},
}
_LETTERS = Pattern(r"[a-z]+")
SPELLED = frozenset(part for word in WORDS for part in word.split("-"))
"""The words of numbers."""
_WORD = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
_DIGITS = (
    r"[\d.](?:(?<=\d)(?:\d{0,2}(?:'\d{3})+(?!\d)|\d{0,2}(?:\.\d{3}){2,}(?![\d.])|\d?(?:,\d\d)+,\d{3}(?!\d)"
    r"|\d{0,2}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d+)?"
    r"|\d{0,2}(?: \d{3}){1,3}(?![\d.])|\d*(?:[.,·]\d+)?)"
    r"|(?<=\.)(?<!\w\.)\d+)"
)
"""Begins with one set of characters, which lets the engine skip the rest of the text."""
_NUMERAL = Pattern(f"(?P<digits>{_DIGITS})")
_NUMBER = Pattern(rf"(?P<digits>{_DIGITS})|(?<![a-z-])(?P<word>{_WORD})(?![a-z]|-[a-z]+ [a-z]*like)")
_POWER = Pattern(
    r"[ ]?(?:x|\*|·|\.)[ ]?10(?:[ ]?(?:\^|\*\*|\*|e|exp"
    r"|\\\^)?[ ]?\(?[ ]?(?P<exp>\d{1,2}(?!\d))\)?)(?=[ ]?(?:/|per|[a-z]|$|[ ,;.)]))"
)
_BARE_POWER = Pattern(r"10[ ]?(?:\^|\*\*|\*|e|exp)[ ]?\(?(?P<exp>\d{1,2})\)?")
_LOST_POWER = Pattern(r"10(?P<exp>[3-9]|1[0-2])(?=[ ]?/[ ]?(?:l|ul|ml|mm3)\b|[ ]?copies\b)")
_GROUPED = Pattern(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?$")
_DOTTED = Pattern(r"\d{1,3}(?:(?:\.\d{3}){2,}|(?:\.\d{3})+,\d{1,2})$")
_INDIAN = Pattern(r"\d{1,2}(?:,\d\d)+,\d{3}$")
_LIST_OF_DIGITS = Pattern(r"\d,\d(?=[ ]?(?:,|or|and|/)[ ]?\d)")
_REPEATED = Pattern(r" ?\( ?(\d+(?:\.\d+)?) ?\)")
_SPELLED_AGAIN = Pattern(rf" ?\( ?({_WORD}) ?\)")
"""The number again in words: "14 (fourteen)"."""
_ORDINAL = Pattern(r"(?:st|nd|rd|th)\b")
_PERCENTILE = Pattern(r"(?:st|nd|rd|th)? ?(?:percentiles?|centiles?|%ile|%tile)\b")


def numbers(folded: str, *, words: Iterable[str] | None = None) -> list[Number]:
    """All numbers of a folded text in order; digits inside names ("PD-1", "CD20") are left out.

    `words` are the words of the text where they are known already: without a number word, only digits are looked for.
    """
    known = _LETTERS.findall(folded) if words is None else words
    pattern = _NUMERAL if SPELLED.isdisjoint(known) else _NUMBER
    found: list[Number] = []
    at = 0
    name_end = -2
    for match in pattern.finditer(folded):
        start, end = match.span()
        if start < at:
            continue
        if match.lastgroup == "word":
            number: Number | list[Number] = _number_word(folded, match)
        else:
            if _is_name(folded, start, end) or (start == name_end + 1 and folded[name_end] in "/-"):
                name_end = end
                continue
            number = _number_digits(folded, match)
        if isinstance(number, list):
            found += number
            at = number[-1].end
        else:
            found.append(number)
            at = number.end
    return found


def _number_word(folded: str, match: re.Match[str]) -> Number:
    end = match.end()
    repeated = _REPEATED.match(folded, end)
    if repeated:
        return Number(float(repeated[1]), match.start(), repeated.end())
    return Number(WORDS[match["word"]], match.start(), end, True)


def _number_digits(folded: str, match: re.Match[str]) -> Number | list[Number]:
    start, end = match.span()
    text = match["digits"]
    lost = _LOST_POWER.match(folded, start) or _BARE_POWER.match(folded, start) if text[:2] == "10" else None
    if lost:
        return Number(float(10 ** int(lost["exp"])), start, lost.end())
    if "," in text and _LIST_OF_DIGITS.match(folded, start):
        return [Number(float(text[0]), start, start + 1), Number(float(text[-1]), end - 1, end)]
    power = _POWER.match(folded, end) if _next(folded, end) in _TIMES_SIGNS else None
    summed = _SUMMED.match(folded, start) if _next(folded, end) == "+" else None
    if summed and "gleason" in folded:
        total = summed["total"] or int(summed["first"]) + int(summed["second"])
        return Number(float(total), start, summed.end())
    value = float(text) if text.isdecimal() else _value(text)
    days = _WEEKS_DAYS.match(folded, end) if 18 <= value <= 44 else None
    if days and "week" in folded:
        return Number(value + int(days["plus"] or days["sevenths"]) / 7, start, days.end())
    if power:
        return Number(value, start, power.end(), False, f"10*{int(power['exp'])}")
    again = _SPELLED_AGAIN.match(folded, end) if _next(folded, end) == "(" else None
    if again and WORDS[again[1]] == value:
        return Number(value, start, again.end())
    return Number(value, start, end)


_SUMMED = Pattern(r"(?P<first>[1-5]) ?\+ ?(?P<second>[1-5])(?: ?= ?(?P<total>10|[2-9])(?!\d))?(?![\d.])")
"""A score written as the sum of its parts: "Gleason 3+4=7"."""
_WEEKS_DAYS = Pattern(r" ?\+ ?(?P<plus>[0-6])(?:/7)?(?![\d/.])|[ -](?P<sevenths>[0-6])/7(?!\d)")
"""The days after the weeks of a pregnancy: "33+6 weeks", "36 6/7 weeks"."""
_TIMES_SIGNS = frozenset("x*·.")


def _next(folded: str, position: int) -> str:
    """The next character after at most one space, "" at the end."""
    following = folded[position : position + 2]
    return following[1:] if following[:1] == " " else following[:1]


def _value(text: str) -> float:
    if "'" in text or _INDIAN.match(text):
        return float(text.replace("'", "").replace(",", ""))
    if _DOTTED.match(text):
        return float(text.replace(".", "").replace(",", "."))
    if _GROUPED.match(text):
        return float(text.replace(",", "").replace(" ", ""))
    return float(text.replace(",", ".").replace("·", "."))


def _is_name(folded: str, start: int, end: int) -> bool:
    """Digits glued to letters, or the parts of a date, a version or a section number."""
    before = folded[start - 1] if start else " "
    if before == "_" or ("a" <= before <= "z"):
        return not _ENDS_IN_WORD.search(folded[max(0, start - 12) : start])
    if (before == ":" and start > 1 and folded[start - 2].isdigit()) or (
        folded[end : end + 1] == ":" and _CLOCK.match(folded, end)
    ):
        return True
    if before in "+±" and start > 1 and (folded[start - 2].isdigit() or before == "±"):
        return True
    if "+/-" in folded[max(0, start - 4) : start]:
        return True
    if before == "-" and start > 1 and (folded[start - 2].isalnum()):
        return folded[start - 2].isalpha() and not folded.endswith(_TIMES_HYPHEN, 0, start)
    if before == "." and start > 1 and folded[start - 2].isdigit():
        return True
    if "." in folded[start:end] and _VERSION.search(folded, max(0, start - 14), start):
        return True
    after = folded[end : end + 2]
    if after[:1] == "." and after[1:].isdigit():
        return True
    if after[:1] == "_":
        return True
    ordinal = _ORDINAL.match(folded, end) if after[:1] in _ORDINALS else None
    return bool(ordinal) and not _PERCENTILE.match(folded, end)


_VERSION = Pattern(r"\b(?:ctcae|ctc|recist|version|ver\.?|v\.?)[ ,]*$")
_CLOCK = Pattern(r":\d\d(?!\d)")
_ORDINALS = frozenset("snrt")
_TIMES_HYPHEN = ("years-", "months-", "weeks-", "days-")
_ENDS_IN_WORD = Pattern(
    r"(?:^|[^a-z])(?:age|aged|ages|ecog|kps|lvef|bmi|hb|grade|than|least|to|x|of|stage|class|score|or|and|"
    r"between|from|over|under|ps|anc|crcl|years)$"
)


# -- units ------------------------------------------------------------------------------------------------------


@cache
def _aliases() -> dict[str, str]:
    rows = ((row["unit"], row["aliases"].split("; ")) for row in table("units"))
    return {alias.translate(_FOLDED): unit for unit, aliases in rows for alias in aliases}


@cache
def _unit_name() -> re.Pattern[str]:
    words = trie(name for name in _aliases() if name[-1].isalnum() or name[-1] in ".')")
    signs = trie(name for name in _aliases() if not (name[-1].isalnum() or name[-1] in ".')"))
    return re.compile(rf"{words}(?![a-z0-9])|{signs}")


_PER = Pattern(r"(?:/ ?per | ?/ ?|(?<=ml)[ .·](?=min)| per | a | an | each |-per-)(?:the |each |every )?")


def _units(folded: str, begin: int) -> tuple[list[str], int]:
    """The units that stand there, at most four, each per the next ("mg/kg per day"), and where the last ends."""
    units, end = [], begin
    name = _unit_name().match(folded, begin)
    while name:
        units.append(_aliases()[name[0]])
        end = name.end()
        per = _PER.match(folded, end) if len(units) < 4 else None
        name = _unit_name().match(folded, per.end()) if per else None
    return units, end


def dimension(code: str) -> str | None:
    """What a UCUM code measures ("mass", "time"), None for a compound one or one that the table does not hold."""
    return _dimensions().get(code)


@cache
def _dimensions() -> dict[str, str]:
    return {row["unit"]: row["dimension"] for row in table("units")}


_LIMIT = Pattern(
    r"(?:-? ?(?:x|\*|times|time|folds?|·))?(?: ?\(x\))? ?(?:of |than |above |over )?(?:the |their |its |our |local )*"
    r"(?:institutional |institution's |laboratory |laboratory's |lab |local |normal |site |site's "
    r"|age-adjusted |specific )*"
    r"(?:(?P<uln>uln\b|unl\b|u\.l\.n\.?|uppers? limits? (?:of |for )?(?:the )?(?:institutional |laboratory "
    r"|local |reference )*"
    r"(?:normals?|reference|range|limit)(?: (?:value|range|limit|level)s?)?|"
    r"upper limits?\b|upper (?:normal|reference|institutional|laboratory) (?:limits?|ranges?|values?"
    r"|reference)|"
    r"upper end of (?:the )?normal(?: range)?|maximum normal value|normal upper limits?|upper bound of normal|"
    r"(?:the )?upper limits? of)|(?P<lln>lln\b|lower limits? (?:of |for )?(?:the )?(?:institutional "
    r"|laboratory |local )*"
    r"(?:normal|reference|range)(?: (?:value|range|limit|level)s?)?|lower (?:normal|reference) (?:limits?"
    r"|ranges?)))"
)
_TIMES_NORMAL = Pattern(
    r" ?(?:x|times) ?(?:the )?(?:institutional )?(?:normal|upper normal"
    r"|norm)\b(?: (?:value|range|limit|level)s?)?| ?(?:x ?)?n(?=[ ,;.)]|$)"
)
_AFTER_NUMBER = Pattern(r" ?-? ?")
_SIZE = Pattern(r" ?\( ?")
_PLURAL_PREFIX = Pattern(
    r"(?:full |completed |calendar |consecutive |complete |continuous |additional |prior "
    r"|previous |whole |working |or more |drug-elimination |drug elimination |elimination |terminal "
    r"|biological |plasma )+"
)
_DAILY = Pattern(r" ?(?:/ ?)?(?:daily|per day|a day|/day|q\.?d\.?)\b")


_NO_UNIT = frozenset(("", *"0123456789,;<>≥≤="))
"""What no unit begins with."""


def unit_at(folded: str, position: int, *, power: str = "") -> Unit | None:
    """The unit that begins at or just after `position` of a folded text, None when there is none.

    A reference limit reads as `{ULN}` or `{LLN}`; `power` is put before the code ("10*9" + "/L").
    """
    start = _AFTER_NUMBER.match(folded, position).end()  # type: ignore[union-attr]
    if folded[start : start + 1] in _NO_UNIT:
        return Unit(power, position, position) if power else None
    limit = _limit(folded, position, start, power) if folded[start] in _LIMITING else None
    if limit:
        return limit
    prefix = _PLURAL_PREFIX.match(folded, start)
    begin = prefix.end() if prefix else start
    slash = folded[begin : begin + 1] == "/" or folded.startswith("per ", begin)
    if slash:
        return _denominators(folded, begin, power)
    begin = _past_bracket(folded, begin)
    atoms, end = _units(folded, begin)
    if not atoms:
        return Unit(power, position, position) if power else None
    if atoms in (["mg"], ["g"]) and folded.startswith("%", end):  # "mg%"
        return Unit(f"{power}{atoms[0]}/dL", begin, end + 1)
    daily = _DAILY.match(folded, end) if len(atoms) < 3 and atoms[0] in _DOSES else None
    if daily:
        atoms.append("d")
        end = daily.end()
    return Unit(_code(atoms, power), begin, end)


_LIMITING = frozenset("x*tf·(oailsnum -")
"""What a reference limit begins with."""


def _limit(folded: str, position: int, start: int, power: str) -> Unit | None:
    """A reference limit there, or a multiple of the normal value."""
    limit = None if power else _LIMIT.match(folded, position) or _LIMIT.match(folded, start)
    if limit:
        return Unit("{ULN}" if limit["uln"] else "{LLN}", limit.start(), limit.end())
    normal = _TIMES_NORMAL.match(folded, position)
    return Unit("{ULN}", normal.start(), normal.end()) if normal else None


def _past_bracket(folded: str, position: int) -> int:
    """Where a unit of time stands after the bracket that closes on the number: "(18-40) years"."""
    if not folded.startswith((") year", ") month", ") week"), position):
        return position
    opened = folded.rfind("(", max(0, position - 9), position) >= 0
    return position + 2 if opened else position


_DOSES = {"mg", "ug", "g", "[IU]", "mL", "kg", "{cigarettes}", "{drinks}", "U", "{packs}", "{cups}", "L", "meq"}
_SLASH = Pattern(r"(?:/|per) ?")
_COUNTED = {"{cells}", "{beats}", "{breaths}", "{events}"}


def _denominators(folded: str, begin: int, power: str) -> Unit | None:
    """A unit without a numerator: "/uL", "per week"."""
    after = _SLASH.match(folded, begin)
    atoms, end = _units(folded, after.end()) if after else ([], begin)
    if not atoms:
        return Unit(power, begin, begin) if power else None
    return Unit(_code(["", *atoms], power), begin, end)


def _code(atoms: list[str], power: str) -> str:
    first = atoms[0]
    if len(atoms) > 1 and first in _COUNTED:
        first = ""
    if power and first in _COUNTED:
        first = ""
    joined = "/".join(["" if first == "" else first, *atoms[1:]])
    if not power:
        return joined
    return power + joined if joined.startswith("/") or not joined else f"{power}.{joined}"


# -- comparators ------------------------------------------------------------------------------------------------

_MORE = "greater|major|more|higher|older|longer|larger|bigger|better|superior|later|heavier|further"
_LESS = "less|minor|lower|fewer|younger|shorter|smaller|inferior|earlier|worse|lesser|lighter"
_SIGN = (
    r"> ?/ ?=|> ?or ?=|> ?or equals?(?: to)?|< ?/ ?=|< ?or ?=|< ?or equals?(?: to)?|>[ ]?=|=[ ]?>|<[ ]?="
    r"|=[ ]?<|"
    r"≥|≤|>|<|="
)
_FILLER = (
    r"[ :()\[\]]*(?:(?:of|the|a|an|last|first|previous|past|about|approximately|approx\.?|around|age|ages|aged"
    r"|total|only|to|at|than|or|equal|equals|is|are|"
    r"grade|grades|class|stage|gestational|"
    r"score|scores|step|level|nyha|nci-ctcae|nci-ctc|nci|ctcae|ctc|ae|who|ecog|day|week|:)[ ]+){0,4}$"
)
_LEFT = Pattern(
    rf"(?:(?P<sign>{_SIGN})(?: ?(?:to|than))?"
    r"|(?:(?P<not>\b(?:not?|never|without|n't)(?: be| to| have"
    r"| exceed(?:ing)?)?(?: lasted| received| undergone| experienced| taken| had)?) )?"
    rf"(?P<equal>\bequals?(?: to)? (?:or|and|to) )?(?P<adj>\b(?:{_MORE}|{_LESS}))"
    r"(?P<than>,? (?:than|then|that|as)|(?<=erior) to(?! or)| to(?= ?$)| (?=or |/ ?|and )|(?= ?/ ?equal)| of| )"
    r"(?P<orequal> ?,? ?(?:or|/|and) ?,? ?(?:equals?|the same)(?: ?(?:to|than|as))?| ?or ?=)?"
    r"|(?:(?P<notx>\b(?:not?|never|without|n't)(?: to)?) )?"
    r"(?P<exceed>\bexceed(?:s|ed|ing)?|\bsurpass(?:es|ed|ing)?|\bin excess of)"
    r"|(?:(?P<notp>\bnot?) )?(?P<atp>\b(?:equals?(?: to)?|at) or )?(?P<prep>\b(?:above|over|below|under|beyond))"
    r"(?P<preq> or equals?(?: to)?)?"
    r"|(?P<least>\bat (?:the )?least|\batleast"
    r"|\bminim(?:um|al)(?:(?P<floor>(?: [a-z]{2,12}){1,3}) (?:of|is)| of| age| is|:)?"
    r"|\bmin\.?|\bstarting (?:from|at)|\bno earlier than)"
    r"|(?P<most>\bat (?:the )?most"
    r"|\bmaxim(?:um|al)(?:(?P<ceiling>(?: [a-z]{2,12}){1,3}) (?:of|is)| of| age| is|:)?|\bmax\.?"
    r"|\bup ?to(?:,? (?:and|or) (?:including|equal to))?|\buntil|\btill|\bno later than)"
    r"|(?P<within>\bwithin))" + _FILLER
)
_COMPARING = frozenset(
    f"{_MORE}|{_LESS}|exceed|exceeds|exceeded|exceeding|surpass|surpasses|surpassed|surpassing|excess|above|over|below"
    "|under|beyond|least|atleast|minimum|minimal|min|starting|most|maximum|maximal|max|up|upto|until|till|within".split(
        "|"
    )
)
"""One of these words stands in every comparator that has no sign."""
_BETWEEN = Pattern(r"\bbetween(?: the)?(?: ages?)?(?: of)?[ :(]*$")
_KARNOFSKY = Pattern(r"\b(?:karnofsky|kps|lansky)\b")
_RANGE = Pattern(r" ?(?:-|~|to|through|until|up to|thru|->)(?: ?-)? ?(?:the )?\+?(?:age of |ages of |age )?")
_AND = Pattern(r" ?(?:years? (?:old |of age )?|yrs? )?(?:and|to|-|&|or) ?(?:the )?(?:age of )?")
_OLD_RANGE = Pattern(r"(?: ?(?:old|of age|years?|yrs?))?( ?(?:-|to|and|through|up to) ?)(?:the )?")
_AGES = Pattern(r"^(?<![\s\S])|\bage[sd]?:? $")
_AGE_WORDS = r"(?: ?(?:old|of age|years?|yrs?|in age|y/o|\(?inclusive\)?))?"
_POST = Pattern(
    rf"{_AGE_WORDS} ?,? ?\(?(?:or|and|and/or|&|/) ?(?:at |are |is |in )?"
    rf"(?:(?P<more>{_MORE}|over|above|up|upwards?|beyond|plus|elder|after|more severe|greater)"
    rf"|(?P<less>{_LESS}|below|under|down|before))\b(?! ?(?:than|then|or equal|[0-9<>≥≤]|(?:{_WORD})\b))"
)
_PLUS = Pattern(r" ?\+(?![ ]?/)")
_MINMAX = Pattern(
    rf"{_AGE_WORDS} ?\(?(?:(?P<more>minimum|min\b|at least|at minimum|and up)"
    rf"|(?P<less>maximum|max\b|at most))(?! ?(?:of )?[0-9])"
)
_AFTER_SIGN = Pattern(
    r" ?(?P<sign><[ ]?=|≤|<|>[ ]?=|≥|>)[ ]?(?=[a-z(])(?!(?:the )?(?:negative|neg\b|control|saline|histamine|baseline))"
)
_OVER = Pattern(r" ?/ ?(?:[<>≥≤=] ?)?(\d{1,3}(?:\.\d+)?)(?![\d/]|(?!mm\b|cm\b)[a-z])")
_JOIN = Pattern(
    r" ?,? ?(?:(?:years?|yrs?|of age|old|in age|months?|inclusive|\(inclusive\)),? ?){0,3},? ?(?:and|but|to"
    r"|&|-|up|or)?,? ?(?:and|but|is|are|aged?|also)? ?"
)
_TO = Pattern(r" ?,? ?(?:to|until|up to|-) ?(?:age )?")
_JOIN_OPEN = Pattern(
    r" ?,? ?(?:(?:years?|yrs?|of age|old|over|inclusive|and) ?){0,3}(?:to|-|up|until"
    r"|but|and)? ?"
)


class _Side(NamedTuple):
    low: bool
    inclusive: bool
    exact: bool = False
    within: bool = False


def _sign_side(sign: str) -> _Side:
    inclusive = "=" in sign or "≥" in sign or "≤" in sign or "equal" in sign
    if sign.strip() == "=":
        return _Side(True, True, True)
    return _Side(">" in sign or "≥" in sign, inclusive)


def _left_side(match: re.Match[str]) -> _Side | None:
    if match["sign"]:
        return _sign_side(match["sign"])
    if match["least"]:
        return _Side(True, True)
    if match["most"]:
        return _Side(False, True)
    if match["within"]:
        return _Side(False, True, within=True)
    if match["exceed"]:
        return _Side(not match["notx"], bool(match["notx"]))
    if match["prep"]:
        if match["prep"] == "over" and _OVER_A_TIME.search(match[0]):
            return None
        low = match["prep"] in ("above", "over", "beyond")
        inclusive = bool(match["preq"] or match["atp"])
        return _Side(not low, not inclusive) if match["notp"] else _Side(low, inclusive)
    if match["than"] == " " and not match["orequal"]:
        return None
    low = match["adj"] in _MORE_WORDS
    inclusive = bool(match["equal"] or match["orequal"]) or "equal" in match[0] or "or =" in match[0]
    if match["not"] and match["not"].split()[-1] not in ("exceed", "exceeding"):
        return _Side(not low, not inclusive)
    return _Side(low, inclusive)


_OVER_A_TIME = Pattern(r"\b(?:last|past|previous|first)\b|\bthe $")
_MORE_WORDS = frozenset(_MORE.split("|"))


def quantities(
    folded: str, *, found: list[Number] | None = None, words: Iterable[str] | None = None
) -> list[Quantity]:
    """All amounts of a folded text in order, comparators, ranges and units included; `words` as for `numbers`."""
    found = numbers(folded, words=words) if found is None else found
    if not found:
        return []
    single: list[Quantity] = []
    skip = -1
    floor = 0
    for index, number in enumerate(found):
        if index <= skip or number.start < floor:
            continue
        quantity, last = _quantity(folded, found, index, floor)
        single.append(quantity)
        floor = quantity.end
        skip = last
    return _joined(folded, single)


def _quantity(folded: str, found: list[Number], index: int, floor: int) -> tuple[Quantity, int]:
    """The quantity whose first number is `found[index]`, and the index of the last number it uses."""
    number = found[index]
    window_start = max(floor, number.start - 56)
    window = folded[window_start : number.start]
    value, window = _signed(window, number.value)
    left = _comparator(window)
    side = _left_side(left) if left else None
    start = window_start + _comparator_start(left) if left and side else number.start - (value < 0)
    unit = unit_at(folded, number.end, power=number.power)
    end = unit.end if unit else number.end
    if side is None or not left or left["floor"] or left["ceiling"]:
        spread = _range(folded, found, index, unit, bool(_BETWEEN.search(window)))
        if spread:
            return spread
    code = unit.code or None if unit else None
    if (
        left and (left["floor"] or left["ceiling"]) and _POST.match(folded, end)
    ):  # "maximum diameter of 10 mm or more"
        return _bare(folded, found, index, value, number.start, unit)
    if side and left:
        if side.exact and (exact := _range(folded, found, index, unit, False)):
            return exact[0]._replace(start=start), exact[1]
        spread = None if side.exact or side.low else _range(folded, found, index, unit, False)
        if spread and side.within and not _counts_time(spread[0].unit or ""):  # "within 18-30 kg/m2"
            return spread
        if spread and side.inclusive:  # "within 4-6 weeks": the far end is the bound
            far = spread[0]._replace(start=start, form="within" if side.within else "comparison")
            return far._replace(low=None, low_inclusive=None), spread[1]
        low = value if side.low or side.exact else None
        high = value if not side.low or side.exact else None
        over = _OVER.match(folded, number.end)
        if over:
            unit = unit_at(folded, over.end())
            code = unit.code if unit else code
            end = unit.end if unit else over.end()
        form = "within" if side.within and _counts_time(code) else "comparison"
        quantity = Quantity(
            start, end, low, side.inclusive if low is not None else None, high,
            side.inclusive if high is not None else None, code, form,
            number.start, number.end, number.word, float(over[1]) if over else None,
        )  # fmt: skip
        used = bool(over) and index + 1 < len(found) and over is not None and found[index + 1].end == over.end(1)
        return quantity, index + used
    return _bare(folded, found, index, value, start, unit)


def _comparator(window: str) -> re.Match[str] | None:
    """The comparator that ends the words before a number; looked for only where they hold a sign or a word of one."""
    if window.rstrip(" ").endswith(("<", ">", "≥", "≤")):
        return _LEFT.search(window, max(0, len(window) - 8))
    if _COMPARING.isdisjoint(_LETTERS.findall(window)) and not any(sign in window for sign in "<>≥≤="):
        return None
    return _LEFT.search(window)


def _comparator_start(left: re.Match[str]) -> int:
    """Where a comparator begins; what "minimum … of" names in between stays outside of the quantity."""
    return max(left.start(), left.end("floor"), left.end("ceiling"))


def _counts_time(code: str | None) -> bool:
    """Whether "within" speaks of time: "within 6 months", but not "within 2.5 x ULN"."""
    return code is None or dimension(code) == "time"


def _signed(window: str, value: float) -> tuple[float, str]:
    """A minus sign directly before the number belongs to it unless it joins two words or numbers."""
    if window.endswith("-") and (len(window) < 2 or not window[-2].isalnum()) and not window.endswith("--"):
        before = window[:-1].rstrip()
        if before and (before[-1] in "<>≥≤=(" or before.endswith(_BEFORE_MINUS)):
            return -value, window[:-1]
    return value, window


_BEFORE_MINUS = ("than", "of", "below", "above", "between", "to", "least")


def _range(
    folded: str, found: list[Number], index: int, unit: Unit | None, between: bool
) -> tuple[Quantity, int] | None:
    number = found[index]
    if index + 1 >= len(found):
        return None
    after = found[index + 1]
    end = unit.end if unit else number.end
    gap = folded[end : after.start]
    if len(gap) > 40 or not gap.strip():
        return None
    join = _RANGE.fullmatch(gap) or (_AND.fullmatch(gap) if between else None)
    old = _OLD_RANGE.fullmatch(gap)
    apart = (
        "and" in old[1] and not between and not _AGES.search(folded, max(0, number.start - 8), number.start)
        if old
        else True
    )
    if not join and apart:
        return None
    value = _signed(folded[max(0, number.start - 30) : number.start], number.value)[0]
    second = unit_at(folded, after.end, power=after.power)
    code = second.code if second else None
    if unit and unit.code and code and unit.code != code:
        return None
    negative = -after.value if gap.rstrip(" ").endswith(("to -", "and -")) else after.value
    if value > negative and negative < 0 and value < 0:  # "-1.0 to -2.5"
        value, negative = negative, value
    if value > negative and _KARNOFSKY.search(folded, max(0, number.start - 60), number.start):  # "100-80%"
        value, negative = negative, value
    if value > negative or (1900 <= number.value <= after.value <= 2100 and not code):
        return None
    stop = second.end if second else after.end
    code = code or (unit.code if unit else None) or None
    quantity = Quantity(
        number.start - (value < 0), stop, value, True, negative, True, code, "range",
        number.start, after.end, number.word,
    )  # fmt: skip
    return quantity, index + 1


def _bare(
    folded: str, found: list[Number], index: int, value: float, start: int, unit: Unit | None
) -> tuple[Quantity, int]:
    """A number without a comparator before it: one after it, a variable after it, a ratio, or nothing."""
    number = found[index]
    end = unit.end if unit else number.end
    code = (unit.code or None) if unit else None
    over = _OVER.match(folded, number.end) if _next(folded, number.end) == "/" else None
    last = index
    if over and not unit:
        unit = unit_at(folded, over.end())
        code, end = (unit.code if unit else None), (unit.end if unit else over.end())
        if index + 1 < len(found) and found[index + 1].end == over.end(1):
            last = index + 1
    ratio = float(over[1]) if over else None
    if not over and _next(folded, end).isdecimal():
        return Quantity(
            start, end, value, True, value, True, code, "bare", number.start, number.end, number.word
        ), last
    post = _POST.match(folded, end) or _MINMAX.match(folded, end)
    plus = _PLUS.match(folded, end)
    if post or plus:
        low = bool(plus) or bool(post and post["more"])
        stop = post.end() if post else plus.end()  # type: ignore[union-attr]
        unit = None if unit else unit_at(folded, stop)
        if unit and unit.code:
            code, stop = unit.code, unit.end
        made = Quantity(
            start, stop, value if low else None, True if low else None, None if low else value,
            None if low else True, code, "comparison", number.start, number.end, number.word, ratio,
        )  # fmt: skip
        return made, last
    flip = _AFTER_SIGN.match(folded, end)
    if flip:
        side = _sign_side(flip["sign"])
        made = Quantity(
            start, end, None if side.low else value, None if side.low else side.inclusive,
            value if side.low else None, side.inclusive if side.low else None, code, "comparison",
            number.start, number.end, number.word, None, True,
        )  # fmt: skip
        return made, last
    form = "ratio" if over else "bare"
    made = Quantity(start, end, value, True, value, True, code, form, number.start, number.end, number.word, ratio)
    return made, last


_BARE_LIMIT = Pattern(
    rf"(?P<sign>{_SIGN}|\b(?:above|below|over|within|greater than|more than|less than|exceeds?|exceeding))"
    r" ?(?P<twice>(?:twice|double) )?"
)


def limits(folded: str) -> list[Quantity]:
    """Reference limits compared without a number ("≤ ULN"): once the limit, or twice."""
    if "uln" not in folded and "lln" not in folded and "upper limit" not in folded and "lower limit" not in folded:
        return []
    found = []
    for match in _BARE_LIMIT.finditer(folded):
        limit = _LIMIT.match(folded, match.end())
        if limit is None:
            continue
        sign = match["sign"]
        low = (
            sign in ("above", "over", "greater than", "more than", "exceed", "exceeds", "exceeding")
            or ">" in sign
            or "≥" in sign
        )
        inclusive = sign == "within" or "=" in sign or "≥" in sign or "≤" in sign
        times = 2.0 if match["twice"] else 1.0
        made = Quantity(
            match.start(), limit.end(), times, inclusive, times, inclusive, "{ULN}" if limit["uln"] else "{LLN}",
            "comparison", match.end(), limit.end(),
        )  # fmt: skip
        one_side = (
            made._replace(high=None, high_inclusive=None) if low else made._replace(low=None, low_inclusive=None)
        )
        found.append(one_side)
    return found


def _joined(folded: str, single: list[Quantity]) -> list[Quantity]:
    """Two one-sided quantities in a row that bound the same thing become one ("> 18 and < 65 years")."""
    out: list[Quantity] = []
    for quantity in single:
        before = out[-1] if out else None
        both = before and _pair(folded, before, quantity)
        if both:
            out[-1] = both
        elif before and _same_side(folded, before, quantity):
            low, high = before.low is not None, before.high is not None
            out.append(
                quantity._replace(
                    form="comparison",
                    low=quantity.low if low else None, low_inclusive=before.low_inclusive,
                    high=quantity.high if high else None, high_inclusive=before.high_inclusive,
                )
            )  # fmt: skip
        else:
            out.append(quantity)
    return out


def _same_side(folded: str, a: Quantity, b: Quantity) -> bool:
    """ "≤ 1.5 mg/dL or 133 umol/L": a bare amount in another unit shares the comparator before it."""
    if b.form != "bare" or a.form != "comparison" or a.flipped or a.over or not (a.unit and b.unit):
        return False
    return a.unit != b.unit and folded[a.end : b.start] == " or "


def _pair(folded: str, a: Quantity, b: Quantity) -> Quantity | None:
    gap = folded[a.end : b.start]
    if len(gap) > 48 or b.flipped or a.over or b.over or not _units_agree(a, b):
        return None
    if b.form == "bare" and a.form == "comparison" and a.high is None and _TO.fullmatch(gap):
        b = b._replace(form="comparison", low=None, low_inclusive=None)
    if b.form != "comparison":
        return None
    inner = None
    if a.flipped:
        if "." in gap or ";" in gap:
            return None
        inner = (a.end, b.start)
    elif a.form == "bare":
        if b.low is not None or a.word or a.unit in ("min", "h") or not _JOIN_OPEN.fullmatch(gap):
            return None
        a = a._replace(high=None, high_inclusive=None)
    elif a.form != "comparison" or not _JOIN.fullmatch(gap):
        return None
    low, high = (a, b) if a.high is None else (b, a)
    if (
        low.low is None
        or low.high is not None
        or high.high is None
        or high.low is not None
        or low.low >= high.high
    ):
        return None
    return Quantity(
        a.start, b.end, low.low, low.low_inclusive, high.high, high.high_inclusive, b.unit or a.unit, "range",
        a.number_start, b.number_end, inner=inner,
    )  # fmt: skip


def _units_agree(a: Quantity, b: Quantity) -> bool:
    if a.unit and b.unit:
        return a.unit == b.unit
    return not (a.unit == "a" and (b.high or b.low or 0) > 130)
