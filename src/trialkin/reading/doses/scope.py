"""Which statements about time and route belong to which amount.

Owns the stretch of text around each amount and what amounts share. Must not know agents' names or rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from trialkin.reading.doses import labels, lexicon
from trialkin.reading.doses.doses import DAILY_AFTER, NUMBER
from trialkin.reading.doses.draft import Dose, is_list
from trialkin.reading.doses.mark import Mark
from trialkin.reading.doses.schedules import cycle_days
from trialkin.reading.patterns import Pattern

_SEPARATORS = Pattern(
    r";|\bfollowed by\b|\bthen\b|\bthereafter\b|,|\+(?!\d)|\band\b|\bplus\b|\bor\b|/|\bwith\b|\(|:|\n"
)


_WHICH = Pattern(r",? ?\b(?:which|that) (?:contains?|provides?|consists? of|corresponds to)\b", re.I)


def set_regions(text: str, here: list[Dose], span: tuple[int, int]) -> None:
    """Which stretch of the sentence belongs to which amount."""
    here[0].left = span[0]
    here[-1].right = span[1]
    for previous, dose in zip(here, here[1:], strict=False):
        low, high = previous.amount.end, dose.amount.start
        if (inner := labels.inner_label(text, low, max(low, high))) is not None:
            previous.right = dose.left = inner
            dose.headed = True
            continue
        if low <= previous.agent_end < high:
            low = previous.agent_end
        if which := _WHICH.search(text, low, max(low, high)):
            previous.right = dose.left = which.start()
            continue
        if low <= dose.agent_start < high:
            high = _before_label(text, low, dose.agent_start)
        else:
            cuts = [m for m in _SEPARATORS.finditer(text, low, max(low, high))]
            strong = [
                m
                for m in cuts
                if m[0] in {";", "\n", "+"}
                or m[0].lower() in {"followed by", "then", "thereafter", "or", "and", "plus"}
            ]
            chosen = strong or cuts
            high = (strong[0] if strong else chosen[-1]).start() if chosen else max(low, high)
            if strong and strong[0][0].lower() in {"and", "or"} and len(strong) > 1:
                high = strong[-1].start()
        previous.right = dose.left = max(previous.amount.end, high)


def _before_label(text: str, low: int, start: int) -> int:
    """The agent's own modifiers ("oral", "once weekly") begin after the last separator before it."""
    cuts = list(_SEPARATORS.finditer(text, low, start))
    if not cuts:
        return start
    backward = cuts[-1][0] in {";", ","} and re.search(
        r"\bq ?\d|\bevery\b|\brepeat|\bcycles?\b", text[cuts[-1].end() : start], re.I
    )
    if cuts[-1][0] == "(" and (closed := text.find(")", cuts[-1].end(), start)) >= 0:
        return closed + 1
    return start if backward else cuts[-1].end()


_ATTACHED = ("route", "times", "interval", "days", "cycle", "weeks", "repeats", "duration", "on_off")
TIMED = ("times", "interval", "days", "weeks", "on_off", "event")


def attach(text: str, here: list[Dose], marks: list[Mark], span: tuple[int, int]) -> None:
    """Give each amount the marks of its region, then share what stands once for several."""
    inside = _outside_amounts(marks, here, span)
    for dose in here:
        dose.right = _before_another(text, dose, inside)
        _take(text, dose, inside)
    _share_in_lists(text, here, TIMED)
    for dose, following in reversed(list(zip(here, here[1:], strict=False))):
        drug_after_rays = dose.course is not None and following.course is None
        if not drug_after_rays and not _divided(text, dose, following):
            _share_backward(dose, following)
    _share_forward(text, here, TIMED)
    for dose, following in zip(here, here[1:], strict=False):
        if _WHICH.match(text, following.left):
            continue_from(dose, [following])


def _take(text: str, dose: Dose, inside: list[Mark]) -> None:
    """Give an amount the marks of its region, the nearest after it first."""
    if stated := _stated(text, dose):
        _put(dose, stated)
    beside = _beside(text, dose)
    own = _starting(inside, dose.left, dose.right)
    if _ONCE_OF.search(text, max(dose.sentence[0], dose.amount.start - 40), dose.amount.start):
        far = dose.amount.end + 40  # "a single dose of 7 mg of X and two hours of sunlight every day"
        own = [mark for mark in own if mark.kind not in {"times", "interval"} or mark.start < far]
    for _, mark in sorted(((_nearness(text, m, dose), m) for m in own), key=lambda pair: pair[0]):
        if mark.kind == "times" and _elsewhere(dose, mark):
            continue
        if mark.kind == "interval" and "times" in dose.marks and mark.end < dose.agent_start - 10:
            continue  # "AB-1 every 3 weeks, combined with zalutinib 5 mg QD"
        if mark.start < beside or not any(kind in dose.marks for kind in ("times", "interval", "days")):
            _put(dose, mark)
    if dose.course is not None and dose.course.fractions == (1, 1) and not any(k in dose.marks for k in TIMED):
        _put(dose, Mark(dose.amount.start, dose.amount.end, "interval", "once"))
    _join_days(text, dose)


_AND_ON = Pattern(r"(?:(?! of (?:cycle|course))[^.;:]){0,60}\band on $", re.I)


def _join_days(text: str, dose: Dose) -> None:
    """ "on days -12 and -5 before the infusion, and on days 3, 10 and 17" is one list of days."""
    found = sorted(dose.marks.get("days", ()), key=_begin)
    if len(found) == 2 and _AND_ON.fullmatch(text, found[0].end, found[1].start):
        both = f"{found[0].value},{found[1].value}"
        dose.marks["days"] = [Mark(found[0].start, found[1].end, "days", both)]


_ONCE_OF = Pattern(r"\bsingle (?:[a-z]{2,14} )?(?:dose|injection|infusion) of $", re.I)


_DAY_TOTAL = Pattern(
    rf" ?[(,] ?(?:for )?(?:an? )?total daily (?:dose|dosage) (?:of |: ?)?(?P<n>{NUMBER}) ?(?:m?g|mcg|μg|mL|IU)\b",
    re.I,
)
_DOSES_OF = Pattern(
    r"\b(?P<n>[2-6]|two|three|four|five|six) (?:doses|portions|servings|injections|inhalations) of $", re.I
)


def _stated(text: str, dose: Dose) -> Mark | None:
    """The schedule that an amount carries itself: "75 mg/m²/day", "2 x 20 drops daily"."""
    amount, form = dose.amount, dose.amount.schedule
    end = amount.end
    total = _DAY_TOTAL.match(text, end)
    if (
        total
        and amount.low
        and 1 < (times := lexicon.number(total["n"]) / amount.low) <= 6
        and times == int(times)
    ):
        return Mark(amount.start, total.end(), "times", f"{times:g}/d")
    counted = _DOSES_OF.search(text, max(dose.sentence[0], amount.start - 30), amount.start)
    if counted and (form == "1/d" or DAILY_AFTER.match(text, end)):
        form = f"{lexicon.number(counted['n']):g}/d"
    elif amount.count and 1 < amount.count < 5 and (form == "1/d" or DAILY_AFTER.match(text, end)):
        form = f"{amount.count}/d"
    if form is None:
        return None
    return Mark(amount.start, end, "times" if form.endswith("/d") else "interval", form)


def _elsewhere(dose: Dose, mark: Mark) -> bool:
    """Whether a frequency stands well before the agent of a dose that has its own interval after it."""
    own = any(found.start >= dose.amount.end for found in dose.marks.get("interval", ()))
    return own and dose.agent_start - mark.end > 25


def _starting(marks: list[Mark], start: int, end: int) -> list[Mark]:
    return marks[bisect_left(marks, start, key=_begin) : bisect_left(marks, end, key=_begin)]


def _begin(mark: Mark) -> int:
    return mark.start


def _outside_amounts(marks: list[Mark], here: list[Dose], span: tuple[int, int]) -> list[Mark]:
    """The marks of a sentence that are not part of an amount ("3 x 10 mg")."""
    starts = sorted((dose.amount.start, dose.amount.end) for dose in here)
    kept = []
    for mark in _starting(marks, *span):
        place = bisect_left(starts, (mark.end, 0))
        if mark.kind == "route" or not any(mark.start < end for _, end in starts[max(0, place - 3) : place]):
            kept.append(mark)
    return kept


def _share_backward(dose: Dose, following: Dose) -> None:
    """What stands once after several amounts holds for those before the last, where they say nothing."""
    later = _later(following, whole=dose.agent.lower() == following.agent.lower())
    if lasting := [mark for mark in later.get("interval", ()) if mark.value != "continuous"]:
        later["interval"] = lasting
    else:
        later.pop("interval", None)
    own = dose.marks.get("cycle", ())
    if any(dose.amount.end <= mark.start and mark.end <= following.amount.start for mark in own):
        later.pop("days", None)  # "200 mg as four cycles of a 3-week regimen, with 1 mg/kg on days 1 and 8"
    if not any(kind in dose.marks for kind in TIMED) and following.amount.schedule is None:
        dose.marks |= {kind: later[kind] for kind in TIMED if kind in later}
    daily = dose.amount.schedule == following.amount.schedule == "1/d"
    if daily and "days" in later and "days" not in dose.marks:
        dose.marks["days"] = later["days"]
    if "days" in dose.marks and not {"interval", "cycle"} & dose.marks.keys() and "interval" in later:
        dose.marks["interval"] = later["interval"]
    for kind in ("route", "cycle", "repeats", "duration"):
        if kind not in dose.marks and kind in later and (kind != "duration" or "times" in dose.marks):
            dose.marks[kind] = later[kind]


def _share_in_lists(text: str, here: list[Dose], timed: tuple[str, ...]) -> None:
    """ "single dose of 50, 150 and 300 mg on day 1": what frames a list of bare amounts holds for each of them."""
    start = 0
    while start < len(here):
        stop = start + 1
        while stop < len(here) and is_list(text, here[stop - 1], here[stop]) and here[start].course is None:
            stop += 1
        group = here[start:stop]
        own = [
            m
            for dose in group[:-1]
            for kind in timed
            for m in dose.marks.get(kind, ())
            if group[0].amount.end <= m.start < group[-1].amount.start
        ]
        if len(group) > 1 and not own and group[-1].amount.schedule:
            _share_last_schedule(text, group)
        if len(group) > 1 and not own and not any(d.amount.schedule for d in group):
            stepped = any(_divided(text, d, f) for d, f in zip(group, group[1:], strict=False))
            loaded = stepped and (group[0].amount.low or 0) > (group[-1].amount.low or 0)
            for kind in _ATTACHED:
                if (stepped and kind == "interval") or (loaded and kind == "times"):
                    continue
                framing = [m for d in (group[0], group[-1]) for m in d.marks.get(kind, ())]
                for dose in group:
                    if framing:
                        dose.marks[kind] = framing
        start = stop


def _share_last_schedule(text: str, group: list[Dose]) -> None:
    """ "2.5 mg, 7.5 mg or 22.5 mg per day": per day each."""
    stated = _stated(text, group[-1])
    bare = not any(dose.amount.schedule or any(kind in dose.marks for kind in TIMED) for dose in group[:-1])
    if stated and bare and not any(_divided(text, d, f) for d, f in zip(group, group[1:], strict=False)):
        for dose in group[:-1]:
            _put(dose, stated)


def _later(dose: Dose, *, whole: bool) -> dict[str, list[Mark]]:
    """The marks that stand after an amount, or all of its region for the same agent."""
    kept = {
        kind: [mark for mark in found if whole or mark.start >= dose.amount.start]
        for kind, found in dose.marks.items()
    }
    return {kind: found for kind, found in kept.items() if found}


_DIVIDE = Pattern(
    r";|\bfollowed by\b|\bthen\b|\bthereafter\b|\bsubsequently\b|\bcontinued\b|\n|\bafter\b|"
    r"\((?:a )?(?:single )?loading\b|"
    r"\bfirst (?:day|dose|week|month)\b",
    re.I,
)


_IN_BRACKETS = Pattern(
    r"(?<=\w )\((?!(?:a )?(?:single )?loading)[^()]{0,60};[^()]{0,60}\)"
)  # "(5-FU; day 1 to day 5)"


def _divided(text: str, dose: Dose, following: Dose) -> bool:
    between = text[dose.amount.end : max(dose.amount.end, following.amount.start)]
    return following.headed or bool(_DIVIDE.search(_IN_BRACKETS.sub("", between)))


_AGAIN = Pattern(r"\bmay (?:be )?repeat", re.I)
_LOADING = Pattern(r"\b(?:loading|initial|starting|bolus|priming)(?: dose)?(?: of)?[ :=]{0,3}$", re.I)


def _heads(text: str, mark: Mark, dose: Dose) -> bool:
    """Whether days stand before a colon at the head of a sentence: "Days 2-5: 200 mg of A and 250 mg of B"."""
    return mark.end <= dose.amount.start and text[mark.end : mark.end + 2].strip().startswith(":")


def _share_forward(text: str, here: list[Dose], timed: tuple[str, ...]) -> None:
    """What is said of an agent before its amounts, or once for its list, holds for the following amounts too."""
    first = here[0]
    untimed = not any(kind in dose.marks for kind in timed for dose in here[1:])
    framing = [m for m in first.marks.get("cycle", ()) if m.end <= first.amount.start and float(m.value) > 6]
    headed = [m for m in first.marks.get("days", ()) if _heads(text, m, first)]
    for previous, dose in zip(here, here[1:], strict=False):
        if dose.headed:
            headed = [m for m in dose.marks.get("days", ()) if _heads(text, m, dose)]
        if headed and not {"days", "weeks", "interval"} & dose.marks.keys():
            dose.marks["days"] = headed
        if framing and not {"cycle", "interval"} & dose.marks.keys():
            dose.marks["cycle"] = framing
        same = previous.agent.lower() == dose.agent.lower() and previous.course is None
        if same and "route" not in dose.marks and "route" in previous.marks:
            dose.marks["route"] = previous.marks["route"]
        if _AGAIN.search(text, previous.amount.end, max(previous.amount.end, dose.amount.start)):
            continue
        if any(kind in dose.marks for kind in timed) or _LOADING.search(text[dose.left : dose.amount.start]):
            continue
        stepped = "duration" in previous.marks and "duration" in dose.marks
        for kind in timed:
            if stepped and kind == "days":
                continue  # "on day 1, 20 mg for 1 day, 50 mg for 2 days"
            shared = [m for m in previous.marks.get(kind, ()) if m.start < previous.amount.start or same]
            framed = untimed and all(m.start < first.amount.start for m in shared)
            if shared and (same or framed or is_list(text, previous, dose)):
                dose.marks[kind] = shared


_BESIDE = Pattern(r"\b(?:plus|combined with|combination with|along with|together with)\b|\+ ?(?=[A-Za-z])", re.I)


def _beside(text: str, dose: Dose) -> int:
    """Where "plus …" begins after an amount: what follows is another's, if the dose has its own time before."""
    match = _BESIDE.search(text, dose.amount.end, max(dose.amount.end, dose.right))
    return match.start() if match else dose.right


_THEN = Pattern(
    r"\b(?:and )?(?:then|followed (?:\w{4,14}ly )?by|thereafter|subsequently|afterwards|after that)\b", re.I
)
_TIMED = ("times", "interval", "days", "on_off")


# What comes after "followed by" and is not the same dose under another schedule.
_ANOTHER = Pattern(
    r"\b(?:taper\w*|reduc\w*|decreas\w*|titrat\w*|increas\w*|escalat\w*|placebo|surgery|surgical\w*|\w+ectomy|"
    r"resections?|transplant\w*|radiotherapy|radiation|follow-up|visits?|observation|washout|assess\w*|rest|"
    r"discontinu\w*|chemotherapy|civ)\b",
    re.I,
)
_WHEN_ONLY = Pattern(r" ?\((?:from )?(?:days?|weeks?|d) ?\d", re.I)  # "thereafter (days 4-60)"
_REST = Pattern(r"\b(?:rest|break|off)\b", re.I)


def _before_another(text: str, dose: Dose, marks: list[Mark]) -> int:
    """Where the stretch of a dose ends: before what is given or done after it, if that is something else."""
    match = _THEN.search(text, dose.amount.end, max(dose.amount.end, dose.right))
    if match is None or _REST.search(text, match.end(), max(match.end(), dose.right)):
        return dose.right
    timed = dose.amount.schedule or any(mark.kind in TIMED for mark in _starting(marks, dose.left, match.start()))
    if not timed:
        return dose.right
    return match.start() if _is_another(text, dose, match.end()) else dose.right


def _is_another(text: str, dose: Dose, start: int) -> bool:
    rest = text[start : max(start, dose.right)]
    return bool(_ANOTHER.search(rest)) or any(
        lexicon.looks_like_agent(word) and word.lower() not in dose.agent.lower()
        for word in re.findall(r"[A-Za-z][\w-]{3,30}", rest)
    )


def phases(text: str, dose: Dose) -> list[Dose]:
    """ "weekly for 4 weeks, then every 2 weeks" is the same dose twice, under two schedules."""
    match = _THEN.search(text, dose.amount.end, max(dose.amount.end, dose.right))
    if match is None or dose.course is not None:
        return [dose]
    early = {k: [m for m in ms if m.start < match.start()] for k, ms in dose.marks.items()}
    late = {k: [m for m in ms if m.start >= match.end()] for k, ms in dose.marks.items()}
    early_timed = any(early.get(kind) for kind in _TIMED)
    late_timed = any(late.get(kind) for kind in ("times", "interval", "days"))
    if early_timed and _is_another(text, dose, match.end()):
        kept = {k: ms for k, ms in early.items() if ms} | {k: ms for k, ms in late.items() if ms and k == "cycle"}
        return [replace(dose, marks=kept, right=match.start())]
    if not (early_timed and late_timed) or _WHEN_ONLY.match(text, match.end()):
        return [dose]
    keep = {k: ms for k, ms in early.items() if k == "route" and ms}
    first = replace(dose, marks={k: ms for k, ms in early.items() if ms}, right=match.start())
    second = replace(dose, marks=keep | {k: ms for k, ms in late.items() if ms}, then=(match.start(), match.end()))
    return [first, second]


def from_name(doses: list[Dose], marks: list[Mark]) -> None:
    """When is said in the name of the arm alone: "CM-1 55 mg, every two weeks"."""
    often = [mark for mark in marks if mark.kind in {"times", "interval"}]
    said = any(kind in dose.marks for dose in doses for kind in (*TIMED, "cycle"))
    if len({mark.value for mark in often}) != 1 or said or len({dose.agent.lower() for dose in doses}) > 1:
        return
    for dose in doses:
        if dose.course is None:
            _put(dose, often[0])


def alternatives(dose: Dose) -> list[Dose]:
    """ "every 2 or 4 weeks" is the same dose twice, under two schedules."""
    first = next(iter(dose.marks.get("interval", ())), None)
    if first is None or " or " not in str(first.value):
        return [dose]
    forms = str(first.value).split(" or ")
    return [replace(dose, marks=dose.marks | {"interval": [replace(first, value=form)]}) for form in forms]


def _nearness(text: str, mark: Mark, dose: Dose) -> tuple[bool, int]:
    """What follows an amount comes before what precedes it, save a label ("Days 8 to 14: …")."""
    labelled = mark.end <= dose.amount.start and text[mark.end : mark.end + 2].strip().startswith(":")
    return mark.start < dose.amount.start and not labelled, abs(mark.start - dose.amount.start) * (not labelled)


def _put(dose: Dose, mark: Mark) -> None:
    dose.marks.setdefault(mark.kind, []).append(mark)


_GIVING = Pattern(
    r"\b(?:administ\w+|given|receiv\w+|tak(?:e|en|ing)|dos(?:e|es|ed|ing|age)|inject\w*|infus\w*|oral\w*|"
    r"treat\w*|cycles?|courses?|repeat\w*|deliver\w*|daily|iv|intraven\w*|subcut\w*|fractions?|tablets?|"
    r"capsules?|schedule|frequency|every|weekly|regimen|route)\b",
    re.I,
)
_OTHERWISE = Pattern(
    r"\b(?:visits?|follow(?:ed)?[ -]up|assess\w*|sampl\w*|collect\w*|scans?|mri|ct|monitor\w*|measur\w*|"
    r"question\w*|evaluat\w*|examin\w*|screening|biops\w*|if|placebo|train\w*|exercise\w*|session|"
    r"discontinu\w*|reduc\w*|survey\w*|symptom\w*|imaging|previously|washout)\b",
    re.I,
)


def continue_from(previous: Dose, here: list[Dose]) -> None:
    """ "This dose provides 600 mg of DHA": when is said in the sentence before."""
    for dose in here:
        if not any(kind in dose.marks for kind in TIMED):
            dose.marks |= {kind: found for kind, found in previous.marks.items() if kind in TIMED}


_OF_EACH_CYCLE = Pattern(r"\bof (?:each|every|the|a) (?:treatment )?(?:cycle|course)\b", re.I)
_WORDS = Pattern(r"[A-Za-z][\w-]{4,30}")


def spread(text: str, doses: list[Dose], free: list[tuple[int, int]], marks: list[Mark]) -> None:
    """Sentences without an amount complete the amounts before them; about one agent also those after."""
    drugs = [dose for dose in doses if dose.course is None]
    single = len({dose.agent.lower() for dose in drugs}) == 1
    ends = [dose.sentence[1] for dose in doses]
    for span in free:
        words = text[span[0] : span[1]]
        inside = _starting(marks, *span)
        for mark in (mark for mark in inside if mark.kind == "cycle" and float(mark.value) > 6):
            _frame(doses, mark)
        if not inside or not _GIVING.search(words) or _OTHERWISE.search(words):
            continue
        if _of_others(words, drugs):
            continue
        for dose in drugs:
            if len(drugs) == 1 or dose.agent.lower() in words.lower():
                _add_days(dose, inside)
        place = bisect_right(ends, span[0])
        near = doses[bisect_left(ends, ends[place - 1]) : place] if place else []
        if near and "\n\n" in text[near[-1].sentence[1] - 2 : span[0] + 2] and not single:
            continue
        for dose in drugs if single else near:
            if dose.course is None or any(mark.kind == "interval" for mark in inside):
                _complete(dose, inside, after=dose.sentence[0] >= span[1])
    cycles = [mark for mark in marks if mark.kind == "cycle" and float(mark.value) > 6]
    if not cycles and _OF_EACH_CYCLE.search(text):
        lengths = ((mark, cycle_days(str(mark.value))) for mark in marks if mark.kind == "interval")
        cycles = [Mark(mark.start, mark.end, "cycle", float(days)) for mark, days in lengths if days]
    if len({mark.value for mark in cycles}) == 1:
        within = [dose for dose in doses if _OF_EACH_CYCLE.search(text, dose.amount.end, dose.right)]
        _frame(within, cycles[0])


def _of_others(words: str, drugs: list[Dose]) -> bool:
    """Whether a sentence is of two substances or more and the doses of none of them."""
    named = {word.lower() for word in _WORDS.findall(words) if lexicon.looks_like_agent(word)}
    own = " ".join(dose.agent.lower() for dose in drugs)
    return len({word for word in named if word not in own}) > 1


def _add_days(dose: Dose, inside: list[Mark]) -> None:
    """ "X is taken on days 1-14 of each cycle", of an agent that was said to be taken daily."""
    lengths = {f"{mark.value:g}" for mark in inside if mark.kind == "cycle"}
    lengths |= {days for mark in inside if mark.kind == "interval" and (days := cycle_days(str(mark.value)))}
    listed = any(mark.kind == "days" for mark in inside)
    same = listed and any(cycle_days(str(mark.value)) in lengths for mark in dose.marks.get("interval", ()))
    if same and not {"days", "cycle", "on_off"} & dose.marks.keys():
        dose.marks.pop("interval")
    if ("times" in dose.marks or same) and not {"days", "interval", "cycle", "on_off"} & dose.marks.keys():
        for mark in inside:
            if mark.kind == "interval" and same:
                mark = Mark(mark.start, mark.end, "cycle", float(cycle_days(str(mark.value)) or 0))
            if mark.kind in {"days", "cycle"} and listed:
                dose.marks.setdefault(mark.kind, [mark])


def _frame(doses: list[Dose], cycle: Mark) -> None:
    """ "Each cycle lasts 28 days.": the cycle of every dose that has days and no cycle."""
    for dose in doses:
        if "days" in dose.marks and not {"cycle", "interval"} & dose.marks.keys():
            dose.marks["cycle"] = [cycle]


def _complete(dose: Dose, inside: list[Mark], *, after: bool) -> None:
    """Add to an amount what another sentence says, where its own says nothing."""
    timed = ("times", "interval", "days", "on_off")
    bare = not any(kind in dose.marks for kind in timed)
    for mark in inside:
        if mark.kind in timed and not bare:
            framed = mark.kind == "interval" and mark.unit[:1].isdigit() and float(mark.unit) > 6
            if framed and "days" in dose.marks and "cycle" not in dose.marks:
                dose.marks["cycle"] = [Mark(mark.start, mark.end, "cycle", float(mark.unit))]
        elif mark.kind in {"duration", "weeks"} or (mark.kind == "repeats" and after):
            continue
        elif mark.kind == "cycle" and "days" not in dose.marks and not bare:
            continue
        elif mark.kind not in dose.marks or mark.kind in timed:
            _put(dose, mark)
