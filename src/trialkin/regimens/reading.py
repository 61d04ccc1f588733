"""Arm and intervention text to regimen rows: the assembly.

Owns which schedule, route, repeats, duration and condition belong to which amount. The parts come from
`doses`, `sieve`, `schedules`, `agents`, `labels` and `radiation`; what a condition means from `conditions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from trialkin.model.regimen import RegimenRow
from trialkin.regimens import agents as agents_
from trialkin.regimens import labels, lexicon, radiation, schedules, sieve
from trialkin.regimens.conditions import parse_condition, provisos_of
from trialkin.regimens.doses import Amount, amounts
from trialkin.regimens.schedules import Mark
from trialkin.text.markup import unescape

_SENTENCE_END = re.compile(r"(?<![A-Z])(?<!\b[a-z])(?<!vs)(?<!approx)(?<!max)(?<!min)(?<!inj)(?<!resp)[.!?](?=\s+\S|\s*$|[A-Z][a-z]{2,})|(?<=[.])(?=\))|\n[ \t]*\n|\n(?=[ \t]*(?:[*•-]|\d{1,2}[.)])[ ])|\n(?=[A-Z])")
_SEPARATORS = re.compile(r";|\bfollowed by\b|\bthen\b|\bthereafter\b|,|\+|\band\b|\bplus\b|\bor\b|/|\bwith\b|\(|:|\n")


@dataclass(slots=True)
class Dose:
    """One amount on its way to a row."""

    amount: Amount
    sentence: tuple[int, int]
    agent: str = ""
    agent_start: int = -1
    agent_end: int = -1
    strength: int = 0
    left: int = 0
    right: int = 0
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    condition: str | None = None
    condition_span: tuple[int, int] | None = None
    course: radiation.Course | None = None
    tablets: int = 1


def read_regimens(text: str, *, name: str = "", known: tuple[str, ...] = ()) -> tuple[RegimenRow, ...]:
    """Every dose row of an arm or intervention text.

    `name` is the arm's label or the intervention's name, taken as the agent where the text names none; `known`
    are further names of agents of the study. Spans count characters of `text` as given, markup included.
    """
    shown = unescape(text)
    flat = shown.text.translate(lexicon.SAME_LENGTH)
    found = _doses(flat, name, known)
    rows = [_row(flat, dose) for dose in found]
    rows = [_placed(row, shown, text) for row in _merged(rows)]
    return provisos_of(flat, shown, tuple(rows))


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences and list items; they tile the text."""
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > start:
            spans.append((start, match.end()))
            start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _doses(text: str, name: str, known: tuple[str, ...]) -> list[Dose]:
    every = amounts(text)
    if not every:
        return []
    spans = sentences(text)
    marks = schedules.marks(text)
    whose = agents_.Agents(text, name, known)
    result: list[Dose] = []
    free: list[tuple[int, int]] = []
    for span in spans:
        inside = [amount for amount in every if span[0] <= amount.start < span[1]]
        here = _sentence_doses(text, span, inside, name)
        if not here:
            free.append(span)
            continue
        _name_agents(text, here, whose, result)
        _regions(text, here, span)
        _attach(text, here, marks, span)
        result += here
    _spread_sentences(text, result, free, marks)
    _conditions(text, result, spans)
    return result


def _sentence_doses(text: str, span: tuple[int, int], inside: list[Amount], name: str) -> list[Dose]:
    kept = [
        amount
        for amount in inside
        if sieve.is_dose(text, amount, span, [other for other in inside if other is not amount and other.end != amount.end], name)
    ]
    rays = [amount for amount in kept if amount.dimension == "radiation"]
    found = [_tablets(text, Dose(amount, span)) for amount in kept if amount.dimension != "radiation"]
    for course in radiation.courses(text, rays, span):
        amount = Amount(course.start, course.end, course.low, course.high, course.unit, "radiation")
        dose = Dose(amount, span, course=course)
        dose.agent = radiation.agent(text, course, span, name)
        dose.agent_start, dose.agent_end, dose.strength = course.start, course.end, 9
        found.append(dose)
    return sorted(found, key=lambda dose: (dose.amount.start, dose.amount.end))


_TABLET = r"(?:tablets?|capsules?|caps?|tabs?|pills?|injections?|puffs?|inhalations?|patch(?:es)?|sachets?|vials?|syringes?|caplets?|ampoules?|softgels?|doses|suppositories|sprays?|actuations?)"
_TABLETS_BEFORE = re.compile(
    rf"(?P<n>\d{{1,2}}|\b(?:{lexicon.WORD_NUMBER})\b) (?:x )?(?:[\w-]+ ){{0,2}}?{_TABLET}\)? ?(?P<link>of|,|\(|containing|at|x|each containing|:)? ?(?:[\w-]+ )?(?:of )?\(?$", re.I
)
_TABLETS_AFTER = re.compile(rf"[ -]?(?:(?:[\w-]+ ){{0,2}}?{_TABLET}\b)", re.I)
_NUMBER_BEFORE = re.compile(r"(?<![\w.,-])(?P<n>\d{1,2}|\b(?:two|three|four|five|six)) ?(?:x|×)? ?$", re.I)
_EACH_AFTER = re.compile(r" ?each\b", re.I)


def _tablets(text: str, dose: Dose) -> Dose:
    """ "4 tablets (0.3 mg each)" is 1.2 mg."""
    amount = dose.amount
    before = text[max(dose.sentence[0], amount.start - 40) : amount.start]
    count = 1.0
    match = _TABLETS_BEFORE.search(before)
    after = text[amount.end : amount.end + 30]
    if match and (_EACH_AFTER.match(after) or match["link"]):
        count = lexicon.number(match["n"])
    elif _TABLETS_AFTER.match(after):
        if amount.count is not None:
            count = amount.count
        elif match := _NUMBER_BEFORE.search(before):
            count = lexicon.number(match["n"])
    if not 1 < count <= 20 or amount.low is None or amount.high is None:
        return dose
    dose.amount = replace(amount, low=round(amount.low * count, 6), high=round(amount.high * count, 6), count=None)
    dose.tablets = int(count)
    return dose


def _name_agents(text: str, here: list[Dose], whose: agents_.Agents, earlier: list[Dose]) -> None:
    """Agents of the doses of one sentence, left to right; a list of amounts shares the agent of its first."""
    for position, dose in enumerate(here):
        if dose.course is not None:
            continue
        limit = here[position - 1].amount.end if position and here[position - 1].amount.end <= dose.amount.start else dose.sentence[0]
        listed = position > 0 and _is_list(text, here[position - 1], dose)
        left = None if listed else whose.left(dose.amount.start, limit)
        following = [other for other in here if other.amount.start >= dose.amount.end]
        right_limit = following[0].amount.start if following else dose.sentence[1]
        right = whose.right(dose.amount.end, right_limit)
        if left and left.start < limit:
            left = None
        best = max((a for a in (left, right) if a), key=lambda a: (a.strength, a is left), default=None)
        previous = here[position - 1] if position else None
        if best is not None and best.strength < 4 and (mention := whose.mention(limit, dose.amount.start)):
            best = agents_.Agent(mention.name, -1, -1, 1)
        if best is None or (listed and best.strength < 4):
            best = _inherited(whose, dose, previous, earlier, limit, listed)
        dose.agent, dose.agent_start, dose.agent_end, dose.strength = best.name, best.start, best.end, best.strength
    _share_back(text, here)


def _share_back(text: str, here: list[Dose]) -> None:
    """ "10, 20 or 40 mg of X": an amount without an agent of its own takes that of the next in its list."""
    for index in range(len(here) - 2, -1, -1):
        dose, following = here[index], here[index + 1]
        if dose.strength <= 0 and following.strength > 0 and _is_list(text, dose, following):
            dose.agent, dose.strength = following.agent, 0


_LIST_LINK = re.compile(r"[\s,;/+&)]{0,3}(?:(?:and|or|to|then|up to|followed by|followed with|vs|versus|increasing to|increased to|escalated to)\b)?[\s(]{0,2}", re.I)


def _is_list(text: str, previous: Dose, dose: Dose) -> bool:
    """Whether nothing but list words and schedules stand between two amounts."""
    if previous.amount.end >= dose.amount.start:
        return True
    return bool(_LIST_LINK.fullmatch(text, previous.amount.end, dose.amount.start))


def _inherited(whose: agents_.Agents, dose: Dose, previous: Dose | None, earlier: list[Dose], limit: int, listed: bool) -> agents_.Agent:
    if not listed and (mention := whose.mention(dose.sentence[0] if previous is None else limit, dose.amount.start)):
        return agents_.Agent(mention.name, -1, -1, 1)
    if previous is None and (given := whose.object_of(dose.sentence[0], dose.amount.start)):
        return agents_.Agent(given.name, -1, -1, 1)
    if previous is not None and previous.agent and previous.course is None:
        return agents_.Agent(previous.agent, -1, -1, 0)
    if listed is False and (mention := whose.mention(dose.amount.end, dose.sentence[1])):
        return agents_.Agent(mention.name, -1, -1, 1)
    drugs = [other for other in earlier if other.course is None]
    if drugs:
        return agents_.Agent(drugs[-1].agent, -1, -1, 0)
    if mention := whose.mention(0, dose.sentence[0]):
        return agents_.Agent(mention.name, -1, -1, 0)
    name = whose.fallback()
    if not lexicon.looks_like_agent(name) and (given := whose.object_of(0, dose.sentence[0])):
        return agents_.Agent(given.name, -1, -1, 0)
    return agents_.Agent(name, -1, -1, 0)


def _regions(text: str, here: list[Dose], span: tuple[int, int]) -> None:
    """Which stretch of the sentence belongs to which amount."""
    here[0].left = span[0]
    here[-1].right = span[1]
    for previous, dose in zip(here, here[1:], strict=False):
        low, high = previous.amount.end, dose.amount.start
        if low <= previous.agent_end < high:
            low = previous.agent_end
        if low <= dose.agent_start < high:
            high = _before_label(text, low, dose.agent_start)
        else:
            cuts = [m for m in _SEPARATORS.finditer(text, low, max(low, high))]
            strong = [m for m in cuts if m[0] in {";", "\n", "+"} or m[0].lower() in {"followed by", "then", "thereafter", "or", "and", "plus"}]
            chosen = strong or cuts
            high = (strong[0] if strong else chosen[-1]).start() if chosen else max(low, high)
            if strong and strong[0][0].lower() in {"and", "or"} and len(strong) > 1:
                high = strong[-1].start()
        previous.right = dose.left = max(previous.amount.end, high)


def _before_label(text: str, low: int, start: int) -> int:
    """The agent's own modifiers ("oral", "once weekly") begin after the last separator before it."""
    cuts = list(_SEPARATORS.finditer(text, low, start))
    return cuts[-1].end() if cuts else start


_ATTACHED = ("route", "times", "interval", "days", "cycle", "weeks", "repeats", "duration", "on_off")


def _attach(text: str, here: list[Dose], marks: list[Mark], span: tuple[int, int]) -> None:
    """Give each amount the marks of its region, then share what stands once for several."""
    taken = [(dose.amount.start, dose.amount.end) for dose in here]
    inside = [
        mark for mark in marks
        if span[0] <= mark.start < span[1] and not any(a < mark.end and mark.start < b for a, b in taken)
    ]
    for dose in here:
        if dose.amount.schedule:
            kind = "times" if dose.amount.schedule == "1/d" else "interval"
            _put(dose, Mark(dose.amount.start, dose.amount.end, kind, dose.amount.schedule))
        for mark in sorted(inside, key=lambda m: (m.start < dose.amount.start, abs(m.start - dose.amount.start))):
            if dose.left <= mark.start < dose.right:
                _put(dose, mark)
    timed = ("times", "interval", "days", "weeks", "on_off")
    _share_in_lists(text, here, timed)
    for index in range(len(here) - 2, -1, -1):
        dose, following = here[index], here[index + 1]
        if _divided(text, dose, following):
            continue
        later = lambda kind: [m for m in following.marks.get(kind, ()) if m.start >= following.amount.start]  # noqa: E731
        if not any(kind in dose.marks for kind in timed) and following.amount.schedule is None:
            for kind in timed:
                if later(kind):
                    dose.marks[kind] = later(kind)
        if "days" in dose.marks and "interval" not in dose.marks and "cycle" not in dose.marks and later("interval"):
            dose.marks["interval"] = later("interval")
        for kind in ("route", "cycle", "repeats", "duration"):
            if kind not in dose.marks and later(kind) and (kind != "duration" or "times" in dose.marks):
                dose.marks[kind] = later(kind)
    _share_forward(text, here, timed)


def _share_in_lists(text: str, here: list[Dose], timed: tuple[str, ...]) -> None:
    """ "single dose of 50, 150 and 300 mg on day 1": what frames a list of bare amounts holds for each of them."""
    start = 0
    while start < len(here):
        stop = start + 1
        while stop < len(here) and _is_list(text, here[stop - 1], here[stop]) and here[start].course is None:
            stop += 1
        group = here[start:stop]
        own = [
            m
            for dose in group[:-1]
            for kind in timed
            for m in dose.marks.get(kind, ())
            if group[0].amount.end <= m.start < group[-1].amount.start
        ]
        if len(group) > 1 and not own and not any(d.amount.schedule for d in group):
            for kind in _ATTACHED:
                framing = [m for d in (group[0], group[-1]) for m in d.marks.get(kind, ())]
                for dose in group:
                    if framing:
                        dose.marks[kind] = framing
        start = stop


_DIVIDE = re.compile(r";|\bfollowed by\b|\bthen\b|\bthereafter\b|\bsubsequently\b|\n|\bafter\b", re.I)


def _divided(text: str, dose: Dose, following: Dose) -> bool:
    return bool(_DIVIDE.search(text, dose.amount.end, max(dose.amount.end, following.amount.start)))


def _share_forward(text: str, here: list[Dose], timed: tuple[str, ...]) -> None:
    """What is said of an agent before its amounts, or once for its list, holds for the following amounts too."""
    for previous, dose in zip(here, here[1:], strict=False):
        same = previous.agent.lower() == dose.agent.lower() and previous.course is None
        if same and "route" not in dose.marks and "route" in previous.marks:
            dose.marks["route"] = previous.marks["route"]
        if any(kind in dose.marks for kind in timed):
            continue
        for kind in timed:
            shared = [m for m in previous.marks.get(kind, ()) if m.start < previous.amount.start or same]
            if shared and (same or _is_list(text, previous, dose) or not any(k in d.marks for k in timed for d in here[1:])):
                dose.marks[kind] = shared


def _put(dose: Dose, mark: Mark) -> None:
    dose.marks.setdefault(mark.kind, []).append(mark)


_GIVING = re.compile(
    r"\b(?:administ\w+|given|receiv\w+|tak(?:e|en|ing)|dos(?:e|es|ed|ing|age)|inject\w*|infus\w*|oral\w*|treat\w*|cycles?|courses?|repeat\w*|deliver\w*|daily|iv|intraven\w*|subcut\w*|fractions?|tablets?|capsules?|schedule|frequency|every|weekly|regimen|route)\b",
    re.I,
)
_OTHERWISE = re.compile(
    r"\b(?:visits?|follow(?:ed)?[ -]up|assess\w*|sampl\w*|collect\w*|scans?|mri|ct|monitor\w*|measur\w*|question\w*|evaluat\w*|examin\w*|screening|biops\w*|if|placebo|train\w*|exercise\w*|session|discontinu\w*|reduc\w*|survey\w*|symptom\w*|imaging|previously|washout)\b",
    re.I,
)


def _spread_sentences(text: str, doses: list[Dose], free: list[tuple[int, int]], marks: list[Mark]) -> None:
    """Sentences without an amount complete the amounts before them, or those after them in a text about one agent."""
    timed = ("times", "interval", "days", "on_off")
    if not doses:
        return
    single = len({dose.agent.lower() for dose in doses if dose.course is None}) == 1
    for span in free:
        words = text[span[0] : span[1]]
        if not _GIVING.search(words) or _OTHERWISE.search(words):
            continue
        inside = [mark for mark in marks if span[0] <= mark.start < span[1]]
        if not inside:
            continue
        before = [dose for dose in doses if dose.sentence[1] <= span[0]]
        near = [dose for dose in before if dose.sentence == before[-1].sentence]
        if near and "\n\n" in text[near[-1].sentence[1] - 2 : span[0] + 2] and not single:
            continue
        targets = [d for d in doses if d.course is None] if single else near
        for dose in targets:
            if dose.course is not None and not any(m.kind in {"interval"} for m in inside):
                continue
            bare = not any(kind in dose.marks for kind in timed)
            after = dose.sentence[0] >= span[1]
            for mark in inside:
                if mark.kind in timed and not bare:
                    if mark.kind == "interval" and "days" in dose.marks and "cycle" not in dose.marks and mark.unit:
                        dose.marks["cycle"] = [Mark(mark.start, mark.end, "cycle", float(mark.unit))]
                    continue
                if mark.kind == "cycle" and "days" not in dose.marks and not bare:
                    continue
                if mark.kind in {"duration", "weeks"} or (mark.kind == "repeats" and after):
                    continue
                if mark.kind not in dose.marks or mark.kind in timed:
                    _put(dose, mark)


def _conditions(text: str, doses: list[Dose], spans: list[tuple[int, int]]) -> None:
    heads = labels.label_spans(text)
    for dose in doses:
        chosen = _label_of(text, dose, heads) or _clause_of(text, dose) or _time_of(text, dose)
        if chosen:
            dose.condition_span = chosen
            dose.condition = re.sub(r"\s+", " ", text[chosen[0] : chosen[1]]).strip(" ,.;:()")


def _label_of(text: str, dose: Dose, heads: list[tuple[int, int, str]]) -> tuple[int, int] | None:
    for start, end, label in reversed(heads):
        if end > dose.amount.start:
            continue
        between = text[end : dose.amount.start]
        inline = start > dose.sentence[0] + 4 and text[start - 2 : start].strip(" ") in {"(", ";", ",", ""}
        if "\n\n" in between.strip("\n") or ")" in between and "(" not in between and inline:
            continue
        if inline and ";" in between:
            continue
        if dose.agent and dose.agent.lower() in label.lower():
            continue
        return start, start + len(label)
    return None


def _clause_of(text: str, dose: Dose) -> tuple[int, int] | None:
    found = labels.clauses(text, *dose.sentence)
    own = [c for c in found if dose.left <= c[0] < dose.right or c[0] < dose.amount.start]
    for start, end in reversed(own):
        if not start <= dose.amount.start < end:
            return start, end
    return None


def _time_of(text: str, dose: Dose) -> tuple[int, int] | None:
    after = labels.weeks(text, dose.amount.end, min(dose.right, dose.amount.end + 40))
    if after and not re.search(r"\w{3,} \w{3,} \w{3,}", text[dose.amount.end : after[0]]):
        if any(m.start < after[1] and after[0] < m.end and m.kind in {"days", "weeks"} for ms in dose.marks.values() for m in ms):
            return None
        if text[after[0] : after[1]].lower() not in {"followed by", "then", "and then", "thereafter", "subsequently"}:
            return after
    before = labels.weeks(text, max(dose.left - 12, dose.sentence[0]), dose.amount.start)
    if before and text[before[0] : before[1]].lower() not in {"day 1"}:
        return before
    return labels.phase(text, dose.left, dose.amount.start)


def _row(text: str, dose: Dose) -> tuple[RegimenRow, tuple[int, int]]:
    amount, marks = dose.amount, dose.marks
    timed = [mark for kind, found in marks.items() for mark in found[:1] if kind in schedules.KINDS or kind == "on_off"]
    start = min(amount.start, dose.agent_start) if dose.agent_start >= 0 else amount.start
    end = max(amount.end, dose.agent_end)
    own = [m for ms in marks.values() for m in ms if dose.left <= m.start < dose.right and amount.end <= m.start]
    close = [m for m in own if m.start - end < 60]
    end = max([end, *(m.end for m in close)])
    repeats = marks.get("repeats", [None])[0]
    duration = marks.get("duration", [None])[0]
    course = dose.course
    low, high, count, count_unit = amount.low, amount.high, None, None
    if repeats is not None:
        count, count_unit = int(repeats.value), repeats.unit
    elif amount.count is not None and course is None:
        count, count_unit = amount.count, "doses"
    form = schedules.normal_form(timed)
    row = RegimenRow(
        agent=re.sub(r"\s+", " ", dose.agent).strip(),
        dose_low=low,
        dose_high=high,
        dose_unit=amount.unit,
        fractions_low=course.fractions[0] if course and course.fractions else None,
        fractions_high=course.fractions[1] if course and course.fractions else None,
        dose_per_fraction=course.size[0] if course and course.size else None,
        dose_per_fraction_high=course.size[1] if course and course.size and course.size[0] != course.size[1] else None,
        route=None if course else next((str(m.value) for m in marks.get("route", ())), None),
        schedule=form,
        repeats=count,
        repeats_unit=count_unit,
        duration=float(duration.value) if duration else None,
        duration_unit=duration.unit if duration else None,
        condition=dose.condition or None,
        when=parse_condition(dose.condition) if dose.condition else None,
        start=start,
        end=end,
        flags=radiation.arithmetic(course) if course else (),
    )
    return row, (start, end)


def _merged(found: list[tuple[RegimenRow, tuple[int, int]]]) -> list[RegimenRow]:
    """The same dose of the same agent said twice is one row, unless it belongs to two points in time."""
    rows: list[RegimenRow] = []
    for row, _ in found:
        for index, other in enumerate(rows):
            if _same(row, other):
                rows[index] = _union(other, row)
                break
        else:
            rows.append(row)
    return rows


def _same(row: RegimenRow, other: RegimenRow) -> bool:
    if (row.dose_low, row.dose_high, row.dose_unit) != (other.dose_low, other.dose_high, other.dose_unit):
        return False
    if not _alike(row.agent, other.agent):
        return False
    if row.dose_unit and row.dose_unit.endswith("Gy"):
        return (row.fractions_low, row.condition) == (other.fractions_low, other.condition) or None in (
            row.fractions_low,
            other.fractions_low,
        )
    if None not in (row.schedule, other.schedule) and row.schedule != other.schedule:
        return False
    if row.condition and other.condition and row.condition != other.condition and row.schedule and other.schedule:
        return labels.is_alternative(row.condition) and labels.is_alternative(other.condition)
    return True


def _alike(one: str, two: str) -> bool:
    one, two = one.lower().rstrip("s"), two.lower().rstrip("s")
    return one == two or (len(one) > 3 and one in two) or (len(two) > 3 and two in one)


def _union(first: RegimenRow, second: RegimenRow) -> RegimenRow:
    import msgspec

    changes = {
        name: getattr(second, name)
        for name in ("route", "schedule", "repeats", "repeats_unit", "duration", "duration_unit", "fractions_low", "fractions_high", "dose_per_fraction")
        if getattr(first, name) is None and getattr(second, name) is not None
    }
    if first.condition and second.condition and second.condition not in first.condition:
        joined = f"{first.condition}; {second.condition}"
        changes |= {"condition": joined, "when": parse_condition(joined)}
    elif first.condition is None or second.condition is None:
        changes |= {"condition": first.condition if second.schedule is None else second.condition}
        changes["when"] = parse_condition(changes["condition"]) if changes["condition"] else None
    return msgspec.structs.replace(first, **changes)


def _placed(row: RegimenRow, shown, source: str) -> RegimenRow:  # type: ignore[no-untyped-def]
    import msgspec

    start, end = shown.source_span(row.start, row.end)
    return msgspec.structs.replace(row, start=start, end=end, quote=source[start:end])
