"""A sentence of an eligibility text to a tree of what it says.

Owns coordination, denial, exceptions, examples, tense and who is meant; bounds come from the criteria reader. What is
not understood stays as words that a fact must say. Must not know: facts, verdicts.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from ..model.criteria import Criterion, Section
from ..reading.criteria import parse_text
from . import spans
from .names import phrase
from .segment import DEFINITION, alias_words, bound_closely, leaf, shared
from .segment import content as _content
from .tree import All, Any, Named, Node, Not, Opaque, Readings, Sex, Within

_BOUND = 0xE000
_UNBOUNDED = frozenset({"window", "duration", "count", "judgement", "sex"})
_SENTENCE = re.compile(r"(?<=[a-z]{3}|..[\ue000-\uefff)])[.]\s+(?=[a-z\ue000-\uefff])|[;；]|\n")
_BOTH = re.compile(
    r"\b(?:(?:adult )?(?:male|men|boy)s?\s*(?:and|or|/|and/or|&)\s*(?:adult )?(?:female|women|girl)s?"
    r"|(?:female|women|girl)s?\s*(?:and|or|/|and/or|&)\s*(?:male|men|boy)s?|(?:of )?either sex|both sexes|any gender)\b"
)
_EXCEPT = re.compile(
    r",?\s*\(?\b(?:except(?:ing)?(?: for)?|other than|unless|with the exception of|excluding|but not(?! limited)|"
    r"apart from|not including)\b"
)
_CONDITION = re.compile(r",?\s*\(?\b(?:if|in case of|provided that|when)\b")
_LAX = re.compile(
    r"(?P<first>.*[\ue000-\ue3ff])(?P<join>[^\ue000-\uefff]*?)(?P<second>[\ue000-\ue3ff])\s*,?\s*(?:in |for |only )*"
    r"(?:if|in case of|in the presence of|with|when|"
    r"(?:patients?|subjects?|participants?|those|individuals) (?:with|who have))"
    r"\b(?P<when>[^\ue000-\uefff]*)$"
)
"""A bound, another one, and when the other one counts."""
_BOUNDED_ASIDE = re.compile(r"\(([^()]*[\ue000-\ue3ff][^()]*)\)")
_ABBREVIATION = re.compile(r"\(\s*[a-z][\w/+-]{0,9}\s*\)")
_ABLE = re.compile(
    r"\b(?:(?:is|are|be|must be)\s+)?(?:willing(?:ness)?|able|ability|capable|capability)"
    r"(?:\s*(?:and|or|/|and/or)\s*(?:willing|able|capable|competent))*\s+(?:to|of)\b"
)
_EXAMPLES = re.compile(
    r"[,(]?\s*\b(?:e\.?\s?g\.?,?|for example,?|such as|including(?:,? but not limited to)?|for instance,?|like)(?=\s)"
)
_ASIDE = re.compile(r"\(([^()]*)\)")
_OR_MORE = re.compile(r"\b(one|two|three|four|five|\d+) or (?:more|both|several|other)\b")
_AT_ENTRY = re.compile(
    r"\bat (?:the )?(?:time of )?(?:screening|baseline|enrol\w+|randomi[sz]ation|study entry|entry|inclusion|"
    r"admission|visit \w+)(?: visit)?\b|,?\s*\b(?:before|prior to) (?:the )?(?:initiation|start|performance|any|"
    r"conduct|beginning|study|trial|performing)\b[^,;\ue000-\uefff]*"
)
"""When in the study: of a patient who is looked at now it says nothing."""
_NUMBERED = re.compile(r"^\(?\d{1,2}(?:[.)]\s*|\s+(?=people|patients|subjects|participants))")
_WHOLE = re.compile(r"\b(?:head and neck|nausea and vomiting|foot and mouth|up and down|signs and symptoms)\b")
_JOIN = re.compile(
    r"\s*(?:,\s*(?:and/or|or|and|nor)\b|\band/or\b|\bor\b|\bnor\b|\band\b|/(?=\s)|(?<=[a-z])/(?=[a-z]{4})|,|&)\s*"
)
_ANY = re.compile(
    r",?\s*\b(?:with|of|at|due to|regardless of|irrespective of|and|from)\s+any\s+(?:\w+\s+)?"
    r"(?:stage|status|cause|type|kind|grade|severity|origin|etiology|reason)\b"
)
_DEFINED = re.compile(r"^\s*(?:i\.?e\.?|defined|that is|as defined|according|as per|by)\b")
_ELIGIBLE = re.compile(
    r"\b(?:(?:are|is|will be|should be|must be|shall be|to be)\s+(?:not\s+)?(?:be\s+)?"
    r"(?:eligible|excluded|ineligible|included)|(?:will|should|must|shall|may|can) not be "
    r"(?:eligible|included|enrolled)|(?:may|can) be (?:included|enrolled|eligible))"
    r"(?:\s+(?:for|from|in|to)\b[^,;]*)?\s*$"
)
"""The end of a sentence that says what follows from it: "… are not eligible"."""
_ALLOWANCE = re.compile(
    r"\b(?:allowed|permitted|acceptable|not excluded|not exclusionary|may (?:still )?be (?:eligible|enrolled|included)|"
    r"note|"
    r"are eligible|is eligible|does not apply|not required)\b"
)
"""What makes a sentence a remark on the others."""
_LISTED = re.compile(r"\b(?:any|one or more|at least one)? ?(?:of )?the following[^:]*$")


@lru_cache(maxsize=8192)
def read(text: str, *, section: Section = "unspecified") -> Node:
    """What one sentence or item says, as written; `section` tells how its list items join."""
    item = parse_text(text, section=section)
    low = text.lower().replace("’", "'").replace("–", "-").replace("‑", "-")
    if len(low) != len(text):
        return Opaque(text=text)
    masked, bounds = _masked(low, item.criteria)
    masked, both = _BOTH.subn(" ", masked)
    if both and not _content(masked) and not re.search(r"[\ue000-\uefff]", masked):
        return All(parts=())
    return _Reader(bounds, section).item(masked.strip(" .,;:-•*\t"))


def _measured(criterion: Criterion) -> bool:
    """Whether a bound is of something that facts name: an age, a stage, a row of the variables or scales."""
    if criterion.kind == "count":
        return criterion.low is not None and criterion.low > 1 and criterion.variable.startswith("number of ")
    if criterion.kind in _UNBOUNDED:
        return False
    return criterion.kind in ("age", "stage") or all(map(alias_words, criterion.variable.split(" or ")))


_VALUE = re.compile(r"[<>≤≥=]|\b(?:at least|at most|less|more|greater|between|from|up to|no more)\b|\d")


def _masked(text: str, criteria: tuple[Criterion, ...]) -> tuple[str, list[tuple[Criterion, ...]]]:
    """The text with one mark in the place of each bound; bounds that overlap stand as one."""
    places = list[tuple[int, int, tuple[Criterion, ...]]]()
    for one in sorted(criteria, key=lambda held: (held.start, held.end)):
        if not one.bounds or not _measured(one) or one.end > len(text):
            continue
        start, end, held = places[-1] if places else (0, 0, ())
        if places and one.end <= end:
            places[-1] = (start, end, (*held, one))
        elif places and one.start < end:  # its name stands before another value: "AST ≤ 2.5 (≤ 5 if …)"
            value = _VALUE.search(text, end, one.end)
            places.append((value.start() if value else end, one.end, (one,)))
        else:
            places.append((one.start, one.end, (one,)))
    made, at = list[str](), 0
    for number, (start, end, _) in enumerate(places):
        made += [text[at:start], " ", chr(_BOUND + number), " "]
        at = end
    return "".join([*made, text[at:]]), [held for _, _, held in places]


class _Reader:
    """Reads the statements of one item."""

    def __init__(self, bounds: list[tuple[Criterion, ...]], section: Section) -> None:
        self.bounds = bounds
        self.section = section
        self.times = list[Within | None]()
        self.definitions = list[Node]()

    def item(self, text: str) -> Node:
        text = _OR_MORE.sub(r"\1", _NUMBERED.sub("", _ABBREVIATION.sub(" ", text)))
        text, self.times = spans.cut(text)
        text = _AT_ENTRY.sub(" ", text)
        text = _WHOLE.sub(lambda match: match[0].replace(" and ", " "), text)
        intro, colon, listed = text.partition(":")
        if colon and len(listed) > 12 and re.search(r"[;,]|\bor\b|\band\b", listed):
            members, remarks = self._statements(listed)
            if not _LISTED.search(intro):
                return self._remarked(self._joined([self.statement(intro), *members], announced=True), remarks)
            return self._remarked(self._joined(members), remarks)
        members, remarks = self._statements(text)
        return self._remarked(self._joined(members), remarks)

    def _statements(self, text: str) -> tuple[list[Node], list[str]]:
        parts = [part for part in _SENTENCE.split(text) if part.strip(" .,")]
        remarks = [part for part in parts[1:] if _ALLOWANCE.search(part)]
        return [self.statement(_ELIGIBLE.sub("", part)) for part in parts if part not in remarks], remarks

    def _remarked(self, node: Node, remarks: list[str]) -> Node:
        """What a remark may take back does not hold for sure."""
        return All(parts=(node, *(Opaque(text=remark) for remark in remarks))) if remarks else node

    def _joined(self, parts: list[Node], *, announced: bool = False) -> Node:
        if len(parts) < 2:
            return parts[0] if parts else Opaque(text="")
        if self.section == "exclusion":
            return Any(parts=tuple(parts))
        return Opaque(text="") if announced and self.section != "inclusion" else All(parts=tuple(parts))

    def statement(self, text: str) -> Node:
        """One statement: its exceptions and conditions first, then what it joins."""
        if lax := _LAX.fullmatch(text.strip(" .,;)")):
            return self._lax(lax)
        if match := _EXCEPT.search(text):
            main, rest = text[: match.start()], text[match.end() :].strip(" ,()")
            if main.strip() and rest:
                return self._excepted(main, rest, unless="unless" in match[0])
        if match := _CONDITION.search(text):
            return self._conditional(text[: match.start()], text[match.end() :])
        return self.joined(text)

    def _excepted(self, main: str, rest: str, *, unless: bool) -> Node:
        """ "A other than B": a thing that is B does not count; "A unless B": B undoes it."""
        stated = self.joined(main, times=rest)
        if unless:
            return All(parts=(stated, Not(part=self.joined(rest, head=_head(_without_examples(main)[0])))))
        names = [re.sub(r"[\ue000-\uefff]", " ", part).strip() for part in _segments(rest)[0]]
        return _without(stated, tuple(name for name in names if name))

    def _conditional(self, main: str, condition: str) -> Node:
        """What is conditional in other ways is not read: it may be undone, not made."""
        return All(parts=(self.joined(main), Opaque(text=condition)))

    def _lax(self, match: re.Match[str]) -> Node:
        """ "≤ 2.5 (≤ 5 if X)": either bound with X where the other is laxer, both where it is stricter."""
        self._named_alike(match)
        stated = self.joined(match["first"].replace("(", " "))
        other = self.joined(match["second"])
        met = self.joined(match["when"].strip(" ,().")) if match["when"].strip(" ,().") else Opaque(text="")
        first, second = self.bounds[ord(match["first"][-1]) - _BOUND], self.bounds[ord(match["second"]) - _BOUND]
        if _laxer(second[0], first[0]):
            return Any(parts=(stated, All(parts=(other, met))))
        return All(parts=(stated, Any(parts=(other, Not(part=met)))))

    def _named_alike(self, match: re.Match[str]) -> None:
        """ "AST and ALT ≤ 2.5 (≤ 5 if …)": the second bound is of all that the first one names."""
        first = self.bounds[ord(match["first"][-1]) - _BOUND][0]
        place = ord(match["second"]) - _BOUND
        self.bounds[place] = tuple(
            msgspec.structs.replace(one, variable=first.variable, quote=f"{first.quote} {one.quote}")
            if one.variable in first.variable.split(" or ") else one
            for one in self.bounds[place]
        )  # fmt: skip

    def joined(self, text: str, *, head: str = "", times: str = "") -> Node:
        """Coordinated segments: "and" binds tighter than "or", a comma takes the connector after it."""
        text, examples = _without_examples(_ANY.sub(" ", _ABLE.sub(" ", text)), listed=self.section != "inclusion")
        text = _BOUNDED_ASIDE.sub(self._defining, text)
        text, definition = _without_asides(text)
        own = [char for char in text + times if spans.MARK <= ord(char) < DEFINITION]
        within = [self.times[ord(char) - spans.MARK] for char in own]
        raw, found = _segments(text)
        segments = shared(raw, found)
        spread = within[0] if len(within) == 1 and _at_edge(segments, own[0]) else None
        made, joins, tight = list[Node](), list[str](), list[bool]()
        state = None
        for place, segment in enumerate(segments):
            node, state = leaf(self, segment, head=head, before=state, within=spread, examples=examples)
            if node is None:
                continue
            if made:
                joins.append(found[place - 1])
            made.append(node)
            after = raw[place + 1] if place + 1 < len(raw) else ""
            tight.append(bound_closely(raw[place], after))
        if not made:
            return Opaque(text=text)
        return self._qualified(self._chain(made, joins, tight), within, definition)

    def _qualified(self, node: Node, within: list[Within | None], definition: str) -> Node:
        if None in within:
            return All(parts=(node, Opaque(text="time")))
        return All(parts=(node, Opaque(text=definition))) if definition else node

    def _defining(self, match: re.Match[str]) -> str:
        """A mark for bounds in brackets that say what stands before them."""
        if _content(re.sub(r"[\ue000-\uefff]", " ", match[1])):
            return match[0]
        self.definitions.append(self.joined(match[1]))
        return f" {chr(DEFINITION + len(self.definitions) - 1)} "

    def _chain(self, nodes: list[Node], found: list[str], tight: list[bool]) -> Node:
        """Nodes with their connectors: "or" between qualities binds closest; a mix of both is read both ways."""
        nodes, found = _closest(nodes, found, tight)
        if len(nodes) == 1:
            return nodes[0]
        if found[-1] == ",":
            found[-1] = "or" if self.section == "exclusion" else "and"
        for index in range(len(found) - 2, -1, -1):
            if found[index] == ",":
                found[index] = found[index + 1]
        if all(isinstance(node, Not) for node in nodes):
            return All(parts=tuple(nodes))
        words = set(found)
        if words == {"or"} or _by_sex(nodes):
            return Any(parts=tuple(nodes))
        if words == {"and"}:
            whole = All(parts=tuple(nodes))
            listed = self.section == "exclusion" and found.count("and") >= 1
            return Readings(parts=(whole, Any(parts=tuple(nodes)))) if listed else whole
        return Readings(parts=(_grouped(nodes, found, "or"), _grouped(nodes, found, "and")))


def _laxer(one: Criterion, other: Criterion) -> bool:
    """Whether a bound lets more through than another one of its kind."""
    if one.high is not None and other.high is not None:
        return one.high > other.high
    return one.low is not None and other.low is not None and one.low < other.low


def _by_sex(nodes: list[Node]) -> bool:
    """ "< 450 ms for men and < 470 ms for women": a bound for each."""
    sexes = [
        {part.sex for part in node.parts if isinstance(part, Sex)} if isinstance(node, All) else set()
        for node in nodes
    ]
    return len(nodes) == 2 and all(len(one) == 1 for one in sexes) and sexes[0] != sexes[1]


def _closest(nodes: list[Node], found: list[str], tight: list[bool]) -> tuple[list[Node], list[str]]:
    made, joins = [nodes[0]], list[str]()
    for index, word in enumerate(found):
        if word == "or" and tight[index]:
            last = made[-1]
            parts = last.parts if isinstance(last, Any) else (last,)
            made[-1] = Any(parts=(*parts, nodes[index + 1]))
        else:
            made.append(nodes[index + 1])
            joins.append(word)
    return made, joins


def _grouped(nodes: list[Node], found: list[str], loosest: str) -> Node:
    """Nodes joined, the connector named last."""
    groups, at = list[Node](), 0
    inner, outer = (All, Any) if loosest == "or" else (Any, All)
    for index, word in enumerate([*found, loosest]):
        if word == loosest:
            run = nodes[at : index + 1]
            groups.append(run[0] if len(run) == 1 else inner(parts=tuple(run)))
            at = index + 1
    return groups[0] if len(groups) == 1 else outer(parts=tuple(groups))


def _without(node: Node, names: tuple[str, ...]) -> Node:
    """The tree with named things that do not count."""
    match node:
        case Named():
            return msgspec.structs.replace(node, but=(*node.but, *names))
        case All(parts=parts) | Any(parts=parts) | Readings(parts=parts):
            return msgspec.structs.replace(node, parts=tuple(_without(part, names) for part in parts))
        case Not(part=part):
            return Not(part=_without(part, names))
    return All(parts=(node, Opaque(text=" ".join(names))))


def _at_edge(segments: list[str], mark: str) -> bool:
    return mark not in "".join(segments) or mark in segments[-1] or mark in segments[0]


def _head(text: str) -> str:
    """The words that name the thing of a statement."""
    words = re.sub(r"[\ue000-\uefff]", " ", text)
    found = phrase(words)
    return " ".join(word for word in found.words if any(word in unit for unit in found.units))


def _without_examples(text: str, *, listed: bool = True) -> tuple[str, tuple[str, ...]]:
    """The text without its examples, and the examples; "including" may also say what all must be there: `listed`."""
    match = _EXAMPLES.search(text)
    if match is None:
        return text, ()
    rest = text[match.end() :]
    end = rest.find(")") if match[0].lstrip().startswith("(") else len(rest)
    end = len(rest) if end < 0 else end
    if end == len(rest):
        marks = "".join(re.findall(r"[\ue000-\uefff]", rest))
        names, after = rest, f" {marks}"
    else:
        names, after = rest[:end], rest[end + 1 :]
    examples = tuple(part.strip(" .,()") for part in _JOIN.split(names) if phrase(part).units)
    if re.match(r"\s*(?:caused|due|from|those|in|with|after|resulting|when|as|being)\b", names):
        examples = ()  # how it comes about, not kinds of it
    if "including" in match[0] and not listed:
        examples = ()
    return f"{text[: match.start()]} {after}", examples


def _without_asides(text: str) -> tuple[str, str]:
    """The text without what stands in brackets, and a definition that was there; a bound in them stays."""
    definition = ""

    def replaced(match: re.Match[str]) -> str:
        nonlocal definition
        inner = match[1]
        if re.search(r"[\ue000-\uefff]", inner):
            return f" {inner} "
        if _DEFINED.match(inner) or len(inner.split()) > 3:
            definition = inner
        return " "

    return _ASIDE.sub(replaced, text), definition


def _segments(text: str) -> tuple[list[str], list[str]]:
    """The segments between connectors, and each connector as "or", "and" or ","."""
    parts, found, at = list[str](), list[str](), 0
    for match in _JOIN.finditer(text):
        before = text[at : match.start()].strip(" .,()")
        if not before:
            at = match.end()
            continue
        word = match[0].strip()
        parts.append(before)
        found.append("or" if "or" in word or word == "/" else "," if word == "," else "and")
        at = match.end()
    last = text[at:].strip(" .,()")
    if last:
        parts.append(last)
    else:
        found = found[: len(parts) - 1]
    return parts or [text], found[: max(0, len(parts) - 1)]
