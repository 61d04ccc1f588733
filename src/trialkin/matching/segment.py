"""One segment between connectors to a leaf: its bounds, its sex, its name, its tense, denied or not.

Owns the words around names: who, when, whether. Must not know: facts, verdicts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ..model.criteria import Criterion
from ..vocab import table
from . import spans
from .names import phrase
from .tree import About, All, Any, Bound, Defined, Named, Node, Not, Sex, Tense, Within
from .words import part_words, words_of

if TYPE_CHECKING:
    from ..model.criteria import Criterion
    from .sentence import _Reader

MODIFIERS = frozenset(
    "symptomatic asymptomatic untreated treated mild moderate severe acute chronic active inactive known "
    "suspected uncontrolled controlled unstable stable recurrent persistent progressive primary secondary "
    "serious current prior previous congenital acquired local systemic bacterial viral fungal benign "
    "malignant metastatic advanced relapsed refractory symptom severity confirmed documented significant "
    "clinically unresectable delayed contact concurrent personal family planned ongoing newly early late "
    "histologically cytologically biopsy cytology locally left right bilateral unilateral partial complete "
    "oral intravenous open".split()
)
"""Words that need a thing after them."""
NEUTRAL = frozenset(
    "personal period infant baby self reported report health care provider physician doctor specialist "
    "voluntarily significant relevant medically based guideline either available acceptable appropriate "
    "administration product regimen week month day since daily containing including consistent finding "
    "evaluation assessment testing examination performed demonstrated determined system term established "
    "standard approved documentation obtained taken well each note form patients corse people scheduled "
    "planned planning undergoing elective dose provide provided sign signed understand evidence patient "
    "subject participant individual person volunteer candidate case known documented diagnosis diagnosed "
    "diagnose confirm confirmed history presence present suffer suffering current currently ongoing prior "
    "previous previously past ever receive received receiving take taking use used using treat treated "
    "undergo undergone underwent existing concurrent concomitant active time screening baseline enrollment "
    "entry study inclusion trial according per both inclusive eligible include included anamnesis favor "
    "least one once clinical clinically age aged year old adult child pediatric elderly if yes value result "
    "test level score total serum plasma blood from gender sex therapy treatment medication drug agent usage "
    "condition disease disorder illness medical type kind need require required requiring followed visit "
    "during new recent recently experience experienced affected women woman man men male female receipt "
    "given give group criteria criterion classification assess assessing investigate investigating evaluate "
    "evaluating item point scale rate rating measure measured greater definite various reason status so far "
    "at enrolling enrolment written own".split()
)
"""Words that need not be said by a fact when something else is named."""
_NO = re.compile(
    r"\b(?:no|not|never|without|absence of|free of|free from|lack of|lacking|neither|denies|negative for|off|cannot|"
    r"naive|naïve|none of|none)\b"
)
_NAIVE = re.compile(r"\b([a-z]+(?: [a-z]+)?)[- ]na[iï]ve\b")
_EVER = re.compile(
    r"\b(?:history|prior|previous(?:ly)?|ever|received|underwent|undergone|past|had|anamnesis|receipt|treated with)\b"
)
_NOW = re.compile(
    r"\b(?:current(?:ly)?|ongoing|active|concurrent|concomitant|receiving|taking|using|use of|on-going|under)\b"
)
_PLANNED = re.compile(r"\b(?:planned|scheduled|plan(?:s|ning)? to|planning|undergoing|elective|about to)\b")
_TREATED = re.compile(
    r"\b(?:receiv\w*|treat\w*|therap\w*|medicat\w*|drug|agent|use of|using|usage|taking|surger\w*|transplant\w*|"
    r"vaccin\w*|inhibitor\w*|procedure|underwent|undergone|administ\w*|immunosuppress\w*)\b"
)
_MALE, _FEMALE = re.compile(r"\b(?:males?|men|man|boys?)\b"), re.compile(r"\b(?:females?|wom[ae]n|girls?)\b")
_MARKS = re.compile("[\ue000-\uefff]")
DEFINITION = 0xE800
"""The first mark of bounds that define what stands before them."""


class State(NamedTuple):
    """What a segment hands on to the next one."""

    denied: bool
    tense: Tense
    about: About


def shared(segments: list[str], found: list[str]) -> list[str]:
    """Segments with the words that they share with their neighbours: "acute or chronic pancreatitis"."""
    made = list(segments)
    for index in range(len(made) - 2, -1, -1):
        words = [
            word for word in words_of(_MARKS.sub(" ", made[index])) if word in MODIFIERS or word not in NEUTRAL
        ]
        words = words or [word for unit in phrase(made[index]).units for word in unit]
        after = _MARKS.sub(" ", made[index + 1]).split()
        if not words or len(after) < 2:
            continue
        made[index] = f"{made[index]} {_shared_tail(made[index], words, after)}".rstrip()
    for index in range(1, len(made)):
        if re.fullmatch(r"[a-e]|[i1-4]+|ii|iii|iv", made[index]) and made[index - 1].split()[-1:]:
            made[index] = " ".join([*made[index - 1].split()[:-1], made[index]])
            continue
        first = _MARKS.sub(" ", segments[index - 1]).split()[:1]
        if first and found[index - 1] != "," and _belongs(first[0], made[index]):
            made[index] = f"{first[0]} {made[index]}"
    return made


_VERB = re.compile(r"\s*(?:has|have|had|is|are|was|were|must|can|cannot|do|does|who)\b")


def bound_closely(segment: str, after: str) -> bool:
    """Whether "or" after a segment joins qualities of one thing, or two things that are said of one subject."""
    words = words_of(_MARKS.sub(" ", segment))
    return (
        bool(words)
        and all(word in MODIFIERS or word.endswith("ly") for word in words)
        or bool(_VERB.match(segment) and _VERB.match(after))
    )


def _shared_tail(segment: str, words: list[str], after: list[str]) -> str:
    """The words at the end of the next segment that a segment needs too; "" where it stands by itself."""
    if all(word in MODIFIERS for word in words):
        tail = after
        while len(tail) > 1 and tail[0] in MODIFIERS:
            tail = tail[1:]
        return " ".join(tail)
    if len(words) > 3:
        return ""
    last = set(words_of(after[-1]))
    units = phrase(f"{segment} {after[-1]}").units
    one_name = any(len(unit) > 1 and set(words) & unit and last & unit for unit in units)
    parts = all(word in part_words() or word in MODIFIERS for word in words)
    if parts or (one_name and not _whole(segment)) or (units and not phrase(segment).units):
        return after[-1]
    return ""


def _whole(segment: str) -> bool:
    """Whether a segment names a condition by itself."""
    above = phrase(_MARKS.sub(" ", segment)).kinds
    return not above.isdisjoint(("disease", "symptom", "cancer", "infection", "tumor"))


def _belongs(word: str, segment: str) -> bool:
    """ "spinal infection or tumor": whether the first word makes a name with what begins the next segment."""
    rest = _MARKS.sub(" ", segment).split()
    if not rest or len(word) < 4:
        return False
    alone = {unit for unit in phrase(rest[0]).units}
    both = phrase(f"{word} {rest[0]}")
    return any(len(unit) > 1 and unit not in alone for unit in both.units) and not phrase(word).units


def leaf(
    reader: _Reader,
    text: str,
    *,
    head: str,
    before: State | None,
    within: Within | None,
    examples: tuple[str, ...],
) -> tuple[Node | None, State]:
    """The node of one segment, and what it hands on."""
    own = [reader.times[ord(char) - spans.MARK] for char in _MARKS.findall(text)
           if spans.MARK <= ord(char) < DEFINITION]  # fmt: skip
    within = own[0] if own else within
    bounds = [_bound(held, within) for char in _MARKS.findall(text) if ord(char) < spans.MARK
              for held in [reader.bounds[ord(char) - 0xE000]]]  # fmt: skip
    words = _MARKS.sub(" ", text)
    state = _state(words, before)
    parts: list[Node] = [*bounds]
    plain = _without_own(words, text, reader)
    sex = _sex(words)
    named, denied = _named(plain, head, state, within, examples, bounded=bool(bounds))
    if sex is not None:
        parts.append(sex)
    if (aged := _aged(words, reader)) is not None:
        parts.append(aged)
    if named is not None:
        parts.append(named)
    defined = [
        reader.definitions[ord(char) - DEFINITION] for char in _MARKS.findall(text) if ord(char) >= DEFINITION
    ]
    if defined and named is not None:
        parts[-1] = Defined(part=named, bounds=defined[0])
    else:
        parts += defined
    if not parts:
        return None, state
    if denied and bounds and named is not None and not _NO.search(text[: text.index(_MARKS.findall(text)[0])]):
        parts[-1], denied = Not(part=parts[-1]), False  # "ANC ≥ 1.5 with no growth factors"
    node: Node = parts[0] if len(parts) == 1 else All(parts=tuple(parts))
    if denied or (before and before.denied and not re.match(r"\s*(?:has|have|is|are|must|with|who)\b", words)):
        return (node if isinstance(node, Not) else Not(part=node)), state._replace(denied=True)
    return node, state


def _without_own(words: str, text: str, reader: _Reader) -> str:
    """The words without those that only name what is bounded beside them."""
    names = {criterion.variable for char in _MARKS.findall(text) if ord(char) < spans.MARK
             for criterion in reader.bounds[ord(char) - 0xE000]}  # fmt: skip
    if not names:
        around = {criterion.variable for held in reader.bounds for criterion in held}
        own = frozenset(word for name in around for word in alias_words(name))
        return "" if own and set(content(words)) <= own else words
    own = frozenset(word for name in names for word in alias_words(name))
    return " ".join(word for word in words.split() if not set(words_of(word)) <= own)


@cache
def alias_words(variable: str) -> frozenset[str]:
    """The words of all names of a variable or scale."""
    rows = [row for name in ("variables", "scales") for row in table(name) if row["name"] == variable]
    return frozenset(word for row in rows for alias in row["aliases"].split("; ") for word in words_of(alias))


def _bound(held: tuple[Criterion, ...], within: Within | None) -> Node:
    made = tuple(Bound(criterion=one, within=within) for one in held)
    return made[0] if len(made) == 1 else All(parts=made)


def _sex(words: str) -> Sex | None:
    male, female = bool(_MALE.search(words)), bool(_FEMALE.search(words))
    return Sex(sex="male" if male else "female") if male != female else None


_ADULT = re.compile(r"\badults?\b(?! (?:male|female)s? rat)")
_CHILD = re.compile(r"\b(?:child(?:ren)?|pa?ediatric)\b(?![- ](?:pugh|bearing|birth))")


def _aged(words: str, reader: _Reader) -> Bound | None:
    """ "adults", "children", where the item states no age."""
    if any(one.kind == "age" for held in reader.bounds for one in held):
        return None
    adult, child = _ADULT.search(words), _CHILD.search(words)
    if bool(adult) == bool(child):
        return None
    match = adult or child
    assert match is not None
    made = Criterion(
        kind="age", variable="age", unit="a", canonical_unit="a", quote=match[0], start=match.start(), end=match.end(),
        low=18.0 if adult else None, canonical_low=18.0 if adult else None, low_inclusive=True if adult else None,
        high=None if adult else 18.0, canonical_high=None if adult else 18.0, high_inclusive=None if adult else False,
    )  # fmt: skip
    return Bound(criterion=made)


def _state(words: str, before: State | None) -> State:
    tense: Tense = (
        "planned" if _PLANNED.search(words) else "now" if _NOW.search(words) else "ever" if _EVER.search(words)
        else before.tense if before else "any"
    )  # fmt: skip
    about: About = "treatment" if _TREATED.search(words) else before.about if before else "any"
    return State(False, tense, about)


def _named(
    words: str, head: str, state: State, within: Within | None, examples: tuple[str, ...], *, bounded: bool = False
) -> tuple[Node | None, bool]:
    """The named thing of a segment, and whether the segment denies it."""
    if match := _NAIVE.search(words):
        rest = f"{words[: match.start()]} {words[match.end() :]}"
        others, _ = _named(rest, head, state, within, examples)
        denied = Not(part=Named(text=match[1], tense="ever", about="treatment"))
        return (All(parts=(denied, others)) if others else denied), False
    match = _NO.search(words)
    if match is None:
        return _thing(words, head, state, within, examples, bounded), False
    front, back = words[: match.start()], words[match.end() :]
    if not content(front):
        return _thing(back, head, state, within, examples), True
    main = _thing(front, head, state, within, examples)
    other = _thing(back, "" if phrase(back).units else front, state, None, ())
    if main is None or other is None:
        return main or other, other is not None
    return All(parts=(main, Not(part=other))), False


def content(words: str) -> list[str]:
    """The words that say something of their own."""
    return [word for word in words_of(words) if word not in NEUTRAL and not word.replace(".", "").isdigit()]


def _thing(
    words: str,
    head: str,
    state: State,
    within: Within | None,
    examples: tuple[str, ...],
    bounded: bool = False,
) -> Node | None:
    if re.match(r"\s*for (?:all|any|each) ", words):
        return None  # says of whom, not what
    held = content(words)
    if not held and not examples and (bounded or not phrase(words).units):
        return None
    text = " ".join(words.split())
    if head and not phrase(words).units:
        text = f"{text} {head}"
    text, loose = _without_source(text)
    made = Named(text=text, tense=state.tense, about=state.about, examples=examples, within=within, loose=loose)
    return _sides(made) or _split_degree(made)


_SOURCE = re.compile(
    r"\b(?:according to|in accordance with|as per|based on|as defined by|(?:as )?(?:diagnosed|assessed|determined|"
    r"judged|evaluated|shown|measured|evidenced|confirmed) (?:by|on|using)|by (?:a|an|another|the)(?= [\w ]*"
    r"(?:provider|physician|doctor|specialist|investigator|clinician)))\b.*$"
)


def _without_source(text: str) -> tuple[str, str]:
    """The thing, and by whom or by what rule it was found: a fact need not say that."""
    match = _SOURCE.search(text)
    if match is None or not content(text[: match.start()]):
        return text, ""
    return text[: match.start()].strip(), match[0]


_SIDES = re.compile(r"\s+(?:and\s+)?(?:on|receiving|currently on|treated with|taking|undergoing|with)\s+(?!any\b)")


def _sides(named: Named) -> Node | None:
    """ "type 2 diabetes on metformin": a condition and a treatment, each said by facts of its own."""
    match = _SIDES.search(named.text, named.text.find(" with ") + 1 if named.text.startswith(_PEOPLE) else 0)
    if match is None:
        return None
    left, right = named.text[: match.start()], named.text[match.end() :]
    if not (_solid(left) and _solid(right)) or named.within is not None:
        return None
    if len(phrase(named.text).units) < len(phrase(left).units) + len(phrase(right).units):
        return None  # a name of its own: "heart failure with reduced ejection fraction"
    sides = (msgspec.structs.replace(named, text=left), msgspec.structs.replace(named, text=right, examples=()))
    return All(parts=tuple(map(_split_degree, sides)))


_PEOPLE = (
    "patients with ",
    "subjects with ",
    "participants with ",
    "adults with ",
    "individuals with ",
    "people with ",
)


def _solid(text: str) -> bool:
    return any(not unit <= NEUTRAL | part_words() | {"symptom"} for unit in phrase(text).units)


_UNTREATED = re.compile(r"\buntreated\b")
_ASYMPTOMATIC = re.compile(r"\basymptomatic\b")


_LACKING = (
    (re.compile(r"\b(?:unwilling|refus\w+|declin\w+)\b"), "willing"), (re.compile(r"\b(?:unable|incapable)\b"), "able"),
)  # fmt: skip


def _split_degree(named: Named) -> Node:
    """ "untreated X" is X and no treatment of it; "asymptomatic X" is X and no symptoms of it."""
    for pattern, what in _LACKING:
        if match := pattern.search(named.text):
            return Not(part=msgspec.structs.replace(named, text=pattern.sub(what, named.text))) if match else named
    for pattern, what in ((_UNTREATED, "treatment"), (_ASYMPTOMATIC, "symptom")):
        if pattern.search(named.text):
            rest = pattern.sub(" ", named.text)
            if content(rest):
                base = Named(text=rest, tense=named.tense, about=named.about, within=named.within)
                return All(parts=(base, Not(part=Named(text=f"{what} {rest}", tense="ever"))))
    return named


__all__ = ["MODIFIERS", "NEUTRAL", "State", "leaf", "shared", "Any"]
