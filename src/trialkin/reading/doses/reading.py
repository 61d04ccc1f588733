"""Arm and intervention text to regimen rows: the order of work.

Owns sentences and which amounts are doses. The rest is done by `naming`, `scope`, `selection` and `rows`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from trialkin.model.regimen import RegimenRow
from trialkin.reading.doses import agents, lexicon, naming, radiation, rows, scope, selection, sieve
from trialkin.reading.doses.conditions import provisos_of
from trialkin.reading.doses.doses import DAILY_AFTER, NUMBER, Amount, amounts
from trialkin.reading.doses.draft import Dose
from trialkin.reading.doses.marks import marks as marks_of
from trialkin.reading.markup import unescape
from trialkin.reading.patterns import Pattern

_SENTENCE_END = Pattern(
    r"(?<!\b[A-Z])(?<!\b[a-z])(?<!vs)(?<!approx)(?<!max)(?<!min)(?<!inj)(?<!resp)(?<!\bca)[.!?](?=\s+\S|\s*$|"
    r"[A-Z][a-z]{2,})|(?<=\w{3}[.])(?=\))|\n[ \t]*\n|\n(?=[ \t]*(?:[*•-]|\d{1,2}[.)])[ ])|\n(?=[A-Z])"
)


# "four (4) times": the figure repeats the word and goes, the length stays.
_NUMBERED = Pattern(
    r"\b(?P<head>(?:day|week|cycle)s? )(?P<word>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.I,
)
_COUNTED = Pattern(rf"\b(?P<word>{lexicon.WORD_NUMBER})(?P<figure> ?\(\d{{1,2}}\))(?= \w)", re.I)


# "on Days" at the end of a paragraph, "1 to 21" at the beginning of the next.
_BROKEN = Pattern(r"\b(?P<word>days|every|each|for|and)(?P<gap>[ \n]{2,4})(?=\d)", re.I)
_DIGIT = Pattern(r"\d")


def _mended(match: re.Match[str]) -> str:
    return match["word"] + " " * len(match["gap"])


def _counted(match: re.Match[str]) -> str:
    return " " * len(match["figure"]) + match["word"]


def _numbered(match: re.Match[str]) -> str:
    return f"{match['head']}{lexicon.number(match['word']):g}".ljust(len(match[0]))


def read_regimens(text: str, *, name: str = "", known: tuple[str, ...] = ()) -> tuple[RegimenRow, ...]:
    """Every dose row of an arm or intervention text.

    `name` is the arm's label or the intervention's name, taken as the agent where the text names none; `known`
    are further names of agents of the study. Spans count characters of `text` as given, markup included.
    """
    if not _DIGIT.search(text):
        return ()
    shown = unescape(text)
    flat = _BROKEN.sub(_mended, shown.text.translate(lexicon.SAME_LENGTH))
    flat = _NUMBERED.sub(_numbered, _COUNTED.sub(_counted, flat))
    found = _doses(flat, name, known)
    drafted = [rows.row_of(flat, dose) for dose in found]
    placed = [rows.placed(row, shown) for row in rows.merged(drafted)]
    return provisos_of(flat, shown, tuple(placed))


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences and list items; they tile the text."""
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > start:
            spans += _pieces(text, start, match.end())
            start = match.end()
    if start < len(text):
        spans += _pieces(text, start, len(text))
    return spans


_LONGEST = 2000
"""Characters of a sentence; what is longer is read in pieces, so that time grows as the text does."""


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST) + 1 or start + _LONGEST
        found.append((start, cut))
        start = cut
    return [*found, (start, end)]


def _doses(text: str, name: str, known: tuple[str, ...]) -> list[Dose]:
    every = amounts(text)
    if not every:
        return []
    spans = sentences(text)
    marks = marks_of(text)
    whose = agents.Agents(text, name=name, known=known, amounts=tuple((a.start, a.end) for a in every))
    result: list[Dose] = []
    for span in spans:
        inside = [amount for amount in every if span[0] <= amount.start < span[1]]
        here = _sentence_doses(text, span, inside, name)
        if not here:
            continue
        naming.name_agents(text, here, whose, result)
        scope.set_regions(text, here, span)
        scope.attach(text, here, marks, span)
        if result and _DEFINES.match(text, span[0]):
            scope.continue_from(result[-1], here)
        result += here
    result = [part for dose in result for part in scope.phases(text, dose)]
    result = _without_sums(text, result)
    free = [span for span in spans if not any(dose.sentence == span for dose in result)]
    scope.spread(text, result, free, marks)
    scope.from_name(result, marks_of(name))
    result = [part for dose in result for part in scope.alternatives(dose)]
    selection.select(text, result, spans)
    return result


_DEFINES = Pattern(
    r"\s*(?:this|these|the|each|daily|such)\b[^.;]{0,40}?\b(?:provid|contain|correspond|deliver|suppl|compris|equal|"
    r"consist|amount)(?:e|es|ed|s|ing|ies|y)?\b",
    re.I,
)


def _sentence_doses(text: str, span: tuple[int, int], inside: list[Amount], name: str) -> list[Dose]:
    kept = []
    for position, amount in enumerate(inside):
        near = inside[max(0, position - 8) : position + 9]
        others = [other for other in near if other is not amount and other.end != amount.end]
        if sieve.is_dose(text, amount, span, others, name):
            kept.append(amount)
        elif several := _each_of_several(text, amount, span):
            kept.append(several)
    if not kept:
        kept = [amount for amount in inside if sieve.is_only_total(text, amount, span, name)]
    if not kept and len(inside) == 1 and sieve.is_ceiling(text, inside[0], span):
        kept = [replace(inside[0], low=None)]
    rays = [amount for amount in kept if amount.dimension == "radiation"]
    found = [_tablets(text, Dose(amount, span)) for amount in kept if amount.dimension != "radiation"]
    for one, two in zip(found, found[1:], strict=False):  # "2 puffs of A/B 250/25 mcg per puff"
        if one.tablets > 1 and two.tablets == 1 and one.amount.end == two.amount.end:
            _several(two, one.tablets)
    found = _without_restatements(text, found)
    for course in radiation.courses(text, rays, span):
        amount = Amount(course.start, course.end, course.low, course.high, course.unit, "radiation")
        dose = Dose(amount, span, course=course)
        dose.agent = radiation.agent(text, course, span, name)
        dose.agent_start, dose.agent_end, dose.strength = course.start, course.end, 9
        found.append(dose)
    return sorted(found, key=lambda dose: (dose.amount.start, dose.amount.end))


_SUMMED = Pattern(r"\btotal\b[^.;\n]{0,40}$", re.I)


def _sums_up(text: str, dose: Dose, earlier: list[Dose]) -> bool:
    """ "3 capsules of 520 mg a day. Total dose: 1,560 mg/day": the sum of a dose of an earlier sentence."""
    if dose.amount.low is None or not _SUMMED.search(
        text[max(dose.sentence[0], dose.amount.start - 60) : dose.amount.start]
    ):
        return False
    return any(
        other.amount.unit == dose.amount.unit
        and other.amount.low
        and dose.amount.low / other.amount.low in {2, 3, 4}
        for other in earlier
        if other.sentence != dose.sentence and other.course is None
    )


def _without_sums(text: str, found: list[Dose]) -> list[Dose]:
    """Courses without a size of fraction that only sums up others ("total dose 66 Gy"), or a size without a total."""
    rays = [dose for dose in found if dose.course is not None and dose.amount.low is not None]
    kept: list[Dose] = []
    total, added = 0.0, 0
    for dose in found:
        if dose.course is None and _sums_up(text, dose, kept[-20:]):
            continue
        if dose.course is not None and rays:
            while added < len(rays) and rays[added].amount.start < dose.amount.start:
                total, added = total + (rays[added].amount.low or 0), added + 1
            summed = _SUMMED.search(text[max(0, dose.amount.start - 60) : dose.amount.start])
            if dose.amount.low is None and dose.amount.high is None:
                continue
            if summed and dose.amount.low == total and dose is not rays[0]:
                continue
        kept.append(dose)
    return kept


_RESTATED = Pattern(r"[^.;]{0,60}(?:\(|\bi\.?e\.?,?|=|\bequals\b)[^.;()]{0,30}", re.I)


def _without_restatements(text: str, found: list[Dose]) -> list[Dose]:
    """ "22.5 mg twice daily (45 mg/day)": the daily sum of an amount just stated is no dose of its own."""
    kept: list[Dose] = []
    for dose in found:
        previous = kept[-1].amount if kept else None
        daily = dose.amount.schedule == "1/d" or DAILY_AFTER.match(text, dose.amount.end)
        if previous is not None and _is_course(text, previous, dose.amount):
            kept.pop()
        elif previous is not None and _says_again(text, kept[-1], dose):
            continue
        elif previous is not None and (
            _is_product(text, previous, dose.amount) or _is_cap(text, previous, dose.amount)
        ):
            continue
        if (
            previous is not None
            and daily
            and previous.schedule is None
            and previous.low
            and dose.amount.low
            and previous.dimension == dose.amount.dimension
            and dose.amount.low / previous.low in {2, 3, 4}
            and _RESTATED.fullmatch(text[previous.end : dose.amount.start])
        ):
            continue
        kept.append(dose)
    return kept


_COUNTED_FORMS = Pattern(
    rf"(?<![\w.,-])(?P<n>\d{{1,2}}|{lexicon.WORD_NUMBER}) (?:[a-z-]{{1,20}} ){{0,2}}?(?:capsules?|tablets?|pills?|"
    r"softgels?|sachets?|caps?|tabs?)\b",
    re.I,
)
_EACH_HOLDS = Pattern(
    r"\b(?:each|every|per|one|the)(?: \w+)? (?:capsule|tablet|pill|softgel|sachet|cap|tab)s? "
    r"(?:contain(?:s|ed|ing)?|has|with|provid(?:es|ing)|of)(?: about| approximately)? $",
    re.I,
)


def _each_of_several(text: str, amount: Amount, span: tuple[int, int]) -> Amount | None:
    """ "two capsules daily, each capsule containing 250 mg" is 500 mg; None where no count is stated."""
    holds = _EACH_HOLDS.search(text[max(span[0], amount.start - 60) : amount.start])
    counted = (
        _COUNTED_FORMS.search(text, span[0], max(span[0], amount.start - 60) + holds.start()) if holds else None
    )
    if counted is None or amount.low is None or amount.high is None:
        return None
    count = lexicon.number(counted["n"])
    return replace(amount, low=round(amount.low * count, 6), high=round(amount.high * count, 6))


def _is_course(text: str, previous: Amount, amount: Amount) -> bool:
    """Whether an amount is what the daily doses after it make up: "2 g/kg divided over 4 days (0.5 g/kg/day)"."""
    if not (previous.low and amount.low):
        return False
    parts = _PARTS_OF_DAY.match(text, previous.end, amount.start) or (
        previous.schedule == "1/d" and _PARTS.fullmatch(text, previous.end, amount.start)
    )
    if parts and (times := _TIMES_A_DAY.match(text, amount.end)):
        return previous.unit == amount.unit and previous.low == amount.low * (
            2 if times["twice"] else lexicon.number(times["n"])
        )
    if previous.schedule or amount.schedule != "1/d":
        return False
    divided = re.match(r"[^().;]{0,12}\bdivided\b[^().;]{0,24}\(", text[previous.end : amount.start])
    return bool(divided) and previous.unit == amount.unit and previous.low > amount.low


# "900 mg of it daily (300 mg by mouth three times daily)"
_PARTS_OF_DAY = Pattern(
    r"(?:(?!twice|times|once)[^.;()]){0,30}(?:daily|/ ?day|a day|per day) \((?:as |i\.e\.,? )?$", re.I
)
_PARTS = Pattern(r" ?[,(:;] ?(?:given as |as |i\.e\.,? )?", re.I)
_TIMES_A_DAY = Pattern(
    r"[^.;()]{0,20}?\b(?:(?P<n>two|three|four|[234]) times|(?P<twice>twice)) (?:daily|a day|per day|/ ?day)", re.I
)


def _is_cap(text: str, previous: Amount, amount: Amount) -> bool:
    """ "0.5 mg/kg, up to 50 mg": the most that is given, whatever the weight."""
    by_body = previous.unit.startswith(f"{amount.unit}/") and previous.per
    return bool(by_body) and amount.low is None and bool(_COMMA.fullmatch(text, previous.end, amount.start))


_COMMA = Pattern(r" ?[,(]? ?")


def _is_product(text: str, previous: Amount, amount: Amount) -> bool:
    """ "0.3 mL (0.1 mL x 3 injections)": how the dose just stated is made up."""
    if not (previous.low and amount.low) or previous.unit != amount.unit or previous.low <= amount.low:
        return False
    times = amount.count or _TIMES_IT.match(text, amount.end)
    whole = round(previous.low / amount.low, 6) % 1 == 0
    return bool(times) and whole and bool(_OPENED.fullmatch(text, previous.end, amount.start))


def _says_again(text: str, previous: Dose, dose: Dose) -> bool:
    """ "4 mg (2 tablets of 2 mg)", "400 mg x 2 (800 mg)", "600 mg (486-679 mg)": the same dose in brackets."""
    one, two = previous.amount, dose.amount
    if not (one.low and one.high and two.low and two.high) or one.unit != two.unit:
        return False
    between = text[one.end : two.start]
    if not _OPENED_AT_ONCE.fullmatch(between):
        return False
    times = _TIMES_IT.match(between)
    count = float(between[times.end() - 1]) if times else 1
    if dose.tablets > 1 or times:
        twice = 2 if _TWICE_OPENED.match(between) else 1
        return two.low in {round(one.low * count, 6), round(one.low * twice, 6)}
    return one.low == one.high and two.low < one.low < two.high


_TWICE_OPENED = Pattern(r" ?(?:twice (?:a day|daily)|bid|b\.i\.d\.)", re.I)
_OPENED_AT_ONCE = Pattern(
    r"(?: ?[x×*] ?\d| ?twice (?:a day|daily)| ?bid| ?b\.i\.d\.)? ?\((?:[\w-]{1,12} ){0,6}", re.I
)
_TIMES_IT = Pattern(r" ?[x×*] ?\d", re.I)
_OPENED = Pattern(r"[^.;()\n]{0,40}\([^().;\n]{0,24}")


_TABLET = (
    r"(?:tablets?|capsules?|caps?|tabs?|pills?|puffs?|inhalations?|patch(?:es)?|sachets?|vials?|"
    r"syringes?|caplets?|ampoules?|softgels?|suppositories|sprays?|actuations?)"
)
_TABLETS_BEFORE = Pattern(
    rf"(?P<n>\d{{1,2}}|\b(?:{lexicon.WORD_NUMBER})\b) (?:x )?(?:(?!\d)[\w-]{{1,24}} ){{0,2}}?"
    rf"{_TABLET}\)? ?(?P<link>of|,|\(|"
    rf"containing|at|x|each containing|:)? ?(?:[\w/-]{{1,40}} ){{0,2}}(?:of )?\(?$",
    re.I,
)
_TABLETS_AFTER = Pattern(rf"[ -]?(?:(?:[\w-]{{1,24}} ){{0,2}}?{_TABLET}\b)", re.I)
_NUMBER_BEFORE = Pattern(r"(?<![\w.,-])(?P<n>\d{1,2}|\b(?:two|three|four|five|six)) ?(?:x|×)? ?$", re.I)
_EACH_AFTER = Pattern(r" ?each\b", re.I)
_PER_FORM = Pattern(r"/ ?(?:inhalation|puff|tablet|capsule|actuation|spray|patch|sachet)s?$", re.I)


_TOTALLED = Pattern(
    rf"[ -]?(?:injections?|tablets?|capsules?)? ?\((?:for )?(?:an? )?total (?:dose )?(?:of )?(?P<n>{NUMBER}) ?"
    r"(?:mg|g|μg|mcg|mL|IU)\b",
    re.I,
)


def _tablets(text: str, dose: Dose) -> Dose:
    """ "4 tablets (0.3 mg each)" is 1.2 mg."""
    amount = dose.amount
    before = text[max(dose.sentence[0], amount.start - 60) : amount.start]
    count = 1.0
    match = _TABLETS_BEFORE.search(before)
    after = text[amount.end : amount.end + 30]
    if total := _TOTALLED.match(text, amount.end):
        value = lexicon.number(total["n"])
        if amount.low and value % amount.low == 0:
            dose.amount = replace(amount, low=value, high=value, end=total.end(), count=None)
            return dose
    each = _EACH_AFTER.match(after) or _PER_FORM.search(text, amount.start, amount.end)
    if match and (each or match["link"] not in {None, "(", ","}):
        count = lexicon.number(match["n"])
    elif _TABLETS_AFTER.match(after):
        if amount.count is not None:
            count = amount.count
        elif match := _NUMBER_BEFORE.search(before):
            count = lexicon.number(match["n"])
    if not 1 < count <= 20 or amount.low is None or amount.high is None:
        return dose
    _several(dose, int(count))
    return dose


def _several(dose: Dose, count: int) -> None:
    amount = dose.amount
    if amount.low is not None and amount.high is not None:
        low, high = round(amount.low * count, 6), round(amount.high * count, 6)
        dose.amount, dose.tablets = replace(amount, low=low, high=high, count=None), count
