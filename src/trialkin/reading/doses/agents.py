"""Whose dose it is: the agent beside an amount.

Owns the walk from an amount to the words that name its agent, left and right, and the fall back to the name of
the intervention. Must not know schedules or rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from trialkin.reading.doses import inventory, lexicon
from trialkin.reading.patterns import Pattern

_WORD = r"\w'"
_TOKEN = Pattern(
    rf"vitamine?s? [A-EK]\d{{0,2}}\b|(?:normal|isotonic|physiological|hypertonic) saline\b|"
    rf"(?-i:[A-Z]\. ?[a-z]{{4,}})|[{_WORD}](?:[{_WORD}&.-]{{0,60}}[{_WORD}])?[®™+]?|[^\s{_WORD}]",
    re.I,
)
_NUMBER_LIKE = Pattern(
    r"\d{1,2}[a-z]$|[\d.]+cm2?$|[\d.,%+x×-]+(?:st|nd|rd|th)?$|[QqDdWw]\d+(?:-[Dd]?\d+)?\w?$|"
    r"\d+(?:months?|days?|weeks?|years?|h|hr|d|w|wk|mg|ml|g|mcg|kg|x|μg|iu|cm)\w*$|"
    r"\d+-(?:hours?|hourly|minutes?|min|days?|weeks?|months?)$",
    re.I,
)
_NAME_NOISE = Pattern(
    r"^dietary supplement\b|\b(?:drug|biological|radiation|device|dietary supplement|other|procedure|"
    r"combination product|genetic|"
    r"experimental|active comparator|placebo comparator|arm \w{1,3}\b|group \w{1,3}\b|cohort \w{1,3}\b|"
    r"part \w{1,2}\b|dose level \w{1,3}|level \w{1,2}|treatment)\s?[:-]|\([^()]{0,80}\)|\[[^\]]{0,80}\]|[®™©]",
    re.I,
)
_NAME_DOSE = Pattern(
    r"\b\d[\d.,]{0,12}(?:\s?(?:-|to)\s?\d[\d.,]{0,12})?\s?(?:mg|g|mcg|μg|µg|ug|ml|iu|gy|%|units?|u)\b(?:/\w+)*",
    re.I,
)


_GIVING = Pattern(
    r"\b(?:(?:treat\w*|therapy|immunotherapy|chemotherapy|supplement\w*|inject\w*|infus\w*|regimen|"
    r"monotherapy|challenge\w*) (?:with|of)|"
    r"receiv(?:e|es|ed|ing)|(?:administration|doses?|dosage|dosing|intake|use|course|cycles?) of|given|"
    r"tak(?:e|es|ing)|consist\w* of|start\w* on|administered)\b",
    re.I,
)


_STUDY_DRUG = Pattern(
    r" ?(?:of )?(?:the )?(?:study|investigational|trial) (?:drug|product|medication|treatment) \((?=[A-Za-z])",
    re.I,
)
_PREFIX = Pattern(
    r" ?(?:of )?(?:drug|biological(?:/vaccine)?|vaccine|dietary supplement|combination product|radiation|device|"
    r"other|genetic): ?",
    re.I,
)
_EACH = Pattern(r" ?/? ?each(?= of\b)", re.I)
_HOLDING = Pattern(
    r"\b(?:containing|contains?|providing|provides|enriched with|of which|which is|consists of|"
    r"consisting of)(?: either| about)? $",
    re.I,
)
_BODY = Pattern(
    r" ?(?:of )?(?:the |their )?(?:[a-z]{4,12} ){0,2}(?:body ?)?weight\b|"
    r" (?:fixed |total )?volume\b",
    re.I,
)
_ASIDE = Pattern(r" ?\([^()\n]{1,60}\)(?= of (?:the )?[A-Za-z\d])")
_IS_GIVEN = Pattern(
    r"\b(?:takes? (?:its|their|the|his|her) place|replaces|substitutes)\b|"
    r"\b(?:(?:will|would|may|should|can) (?:then|also|first) )?(?:is|are|was|were|be|been|being) (?:\w+ ){0,2}?"
    r"(?:given|administered|administrated|delivered|infused|transfused|"
    r"injected|taken|dosed|added|started|used|"
    r"substituted|preferred|continued|switched|prescribed|offered)\b|"
    r"\b(?:given|administered|taken|injected|infused|applied) (?=orally|by mouth|intraven|subcut|sublingual|intramusc|"
    r"daily|once|twice|every )",
    re.I,
)


# "standard paracetamol therapy (500 mg)"
_KINDS = {
    "extract",
    "vaccine",
    "allergen",
    "protein",
    "cell",
    "oil",
    "powder",
    "toxin",
    "antibody",
    "cream",
    "gel",
}
_HEADS = Pattern(r" ?(?:\([^()\n]{1,40}\))? ?:")
_DOTTED = Pattern(r"[A-Za-z]\.[A-Za-z]$")
_MADE_OF = Pattern(r" of (?:the )?(?P<what>(?-i:[A-Z])[\w'-]+(?: (?-i:[A-Z])[\w'-]+){0,3})", re.I)
_TREATMENTS = {"therapy", "treatment", "supplementation", "monotherapy", "prophylaxis"}
_PARTS = Pattern(r"[^()\n]{1,60}?[,;+]\s?[A-Za-z][\w -]{2,40}? \d")


_FAR = 1500
"""Characters that a name may stand away from its dose."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A name found in the text; `strength` orders rivals."""

    name: str
    start: int
    end: int
    strength: int


def known_names(name: str) -> tuple[str, ...]:
    """The agents that the name of an intervention or arm gives, in order, cleaned of doses and forms."""
    whole = name.replace("_", " ")
    return _cleaned(_NAME_NOISE.sub(" ", whole)) or _cleaned(re.sub(r"[()\[\]]", ",", whole))


def _cleaned(name: str) -> tuple[str, ...]:
    name = _NAME_DOSE.sub(" ", name)
    parts = re.split(
        r"\s?(?:\+|/|,|;|:|\band\b|\bor\b|\bplus\b|\bwith\b|\bcombined\b|\bfollowed by\b|\bvs\b|\bversus\b|"
        r"\bfrom\b)\s?",
        name,
    )
    found = []
    for part in parts:
        tokens = [
            token
            for token in re.findall(r"vitamine?s? [A-EK]\d{0,2}\b|[\w'α-ω®.-]+", part, re.I)
            if token.strip(".-")
        ]
        while tokens and _plain(tokens[0]):
            tokens.pop(0)
        while tokens and _plain(tokens[-1]):
            tokens.pop()
        cleaned = " ".join(tokens).strip(" -.")
        if len(cleaned) > 1 and not cleaned.isdigit():
            found.append(cleaned)
    return tuple(dict.fromkeys(found))


def _plain(word: str) -> bool:
    low = word.lower().strip(".")
    return low in lexicon.words("filler") or low in lexicon.words("stop") or bool(_NUMBER_LIKE.match(word))


class Agents:
    """The agents of one text."""

    def __init__(
        self, text: str, *, name: str = "", known: tuple[str, ...] = (), amounts: tuple[tuple[int, int], ...] = ()
    ) -> None:
        self.text = text
        self.names = known_names(name)
        self._whole = re.sub(r"\s+", " ", name).strip()
        words = [
            word.lower()
            for entry in (*self.names, *known)
            for word in re.findall(r"[\w'α-ω-]{3,}", entry)
            if not _plain(word) and word.lower() not in lexicon.modality_words() and not _is_verbal(word.lower())
        ]
        self.known = {word for word in words if word not in lexicon.words("plain")} or set(words)
        masked = _masked(text, amounts)
        self._tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(masked)]
        self._sure = {
            token[1]
            for start, end in inventory.mentions(masked)
            if not _PREFIX.match(masked, start)
            for token in self._between(start, end)
        }

    def named(self, word: str) -> bool:
        """Whether the intervention's name contains the word."""
        low = word.lower().strip("®™.'")
        return low in self.known or (low.endswith("s") and low[:-1] in self.known)

    def _between(self, start: int, end: int) -> list[tuple[str, int, int]]:
        """The tokens of a stretch of text, of a long one those of its last characters."""
        start = max(start, end - _FAR)
        first = bisect_left(self._tokens, start, key=lambda token: token[1])
        last = bisect_right(self._tokens, end, key=lambda token: token[2])
        return self._tokens[first:last]

    def left(self, start: int, limit: int) -> Agent | None:
        """The agent that ends before `start`, not before `limit`: a name of the inventory, else any word that may be
        one."""
        return self._left(start, limit, sure=True) or self._left(start, limit, sure=False)

    def _is_agent(self, token: tuple[str, int, int], *, sure: bool) -> bool:
        word, start, _ = token
        kind = _kind(word)
        if kind == "stop":
            return self.named(word)
        if kind != "agent":
            return False
        return not sure or start in self._sure or self.named(word) or lexicon.looks_like_agent(word)

    def _left(self, start: int, limit: int, *, sure: bool) -> Agent | None:
        tokens = self._between(limit, start)[-40:]
        crossed, skipped, index = 0, 0, len(tokens) - 1
        while index >= 0:
            word, _, _ = tokens[index]
            if word == ")" or word == "]":
                opening = _opening(tokens, index)
                if opening is None:
                    index -= 1
                    continue
                index = opening - 1
                continue
            if word in ";!?":
                return None
            kind = _kind(word)
            if self._is_agent(tokens[index], sure=sure):
                break
            with_it = word.lower() == "with" and index == len(tokens) - 1  # "liposomes with 36 mg/m2"
            if kind == "stop" and not with_it and not (skipped < 2 and word.lower() in _TREATMENTS):
                return None
            crossed += word == "," or with_it
            skipped += 1
            if skipped > 18:
                return None
            index -= 1
        if index < 0:
            return None
        index = self._extend_right(tokens, index) if sure else index
        first = self._extend_left(tokens, index)
        if first > 1 and tokens[first - 1][0] == "(" and self._explained(tokens, first, index, start):
            index = first - 2
            first = self._extend_left(tokens, index)
        strength = 3 - 2 * (crossed > 0) + self._bonus(tokens[first : index + 1]) - (skipped > 6)
        return Agent(
            self.text[tokens[first][1] : tokens[index][2]].strip(" -"),
            tokens[first][1],
            tokens[index][2],
            strength,
        )

    def _explained(self, tokens: list[tuple[str, int, int]], first: int, last: int, start: int) -> bool:
        """Whether brackets only say otherwise what stands before: "telmisartan (Brand 20 mg)" is telmisartan, but
        "ABVD (doxorubicin 25 mg/m², bleomycin …)" names its parts."""
        if not self.named(tokens[first - 2][0]):
            return False
        substance = any(lexicon.looks_like_agent(token[0]) for token in tokens[first : last + 1])
        return not (substance or _PARTS.match(self.text, start))

    def right(self, end: int, limit: int, *, start: int = 0) -> Agent | None:
        """The agent that begins after `end`, not beyond `limit`; `start` is where its amount begins, 0 for none."""
        return self._right(end, limit, start, sure=True) or self._right(end, limit, start, sure=False)

    def _right(self, end: int, limit: int, start: int, *, sure: bool) -> Agent | None:
        tokens = self._following(end, limit)
        index, skipped, of = int(bool(tokens) and tokens[0][0] == ")"), 0, False
        while index < len(tokens):
            word = tokens[index][0]
            kind = _kind(word)
            if self._is_agent(tokens[index], sure=sure):
                break
            if word.lower() in {"of", "is", "containing"}:
                of = True
            elif word in {"(", "["} and skipped == 0 and of is False:
                return None
            elif word == "." and index and _DOTTED.match(tokens[index - 1][0]):
                pass  # the end of "I.V."
            elif word.lower() == "in" and index + 1 < len(tokens) and tokens[index + 1][0] == "-":
                return None  # "25 mg in 50 mL of 0.9% saline": what carries
            elif of and index and tokens[index - 1][0].lower() == "of" and _is_verbal(word):
                pass  # "6 g of unrefined salmon oil"
            elif kind == "stop" or word in ",;.:+/)" or skipped > 4:
                return None
            skipped += 1
            index += 1
        if index >= len(tokens):
            return None
        if skipped > of and word.lower().endswith(" saline"):
            return None  # "200 mg in 250 mL of normal saline": what carries
        last = self._extend_right(tokens, index)
        index = self._extend_left(tokens, index) if sure else index
        holds = 6 * bool(_HOLDING.search(self.text[max(0, end - 60) : start])) if start else 0
        strength = (5 if of else 3 if skipped == 0 else 1) + holds + self._bonus(tokens[index : last + 1])
        return Agent(
            self.text[tokens[index][1] : tokens[last][2]].strip(" -"), tokens[index][1], tokens[last][2], strength
        )

    def _following(self, end: int, limit: int) -> list[tuple[str, int, int]]:
        """The tokens after an amount, without what only stands between it and its agent."""
        if drug := _STUDY_DRUG.match(self.text, end):
            return [("of", end, end), *self._between(drug.end(), limit)[:10]]
        for pattern in (_BODY, _PREFIX, _ASIDE, _EACH):
            if skipped := pattern.match(self.text, end):
                return self._between(skipped.end(), limit)[:10]
        return self._between(end, min(limit, end + 200))[:14]

    def _extend_left(self, tokens: list[tuple[str, int, int]], index: int) -> int:
        first = index
        while first > 0 and index - first < 4:
            word, _, end = tokens[first - 1]
            if word == "/" and first > 1 and tokens[first][1] - end < 2 and _kind(tokens[first - 2][0]) == "agent":
                first -= 2
                continue
            if tokens[first][1] - end > 1 or not re.match(r"\w", word):
                break
            lettered = len(word) == 1 and word.isupper() and first > 1 and _kind(tokens[first - 2][0]) == "agent"
            if _kind(word) != "agent" and not lettered:
                break
            first -= 1 + lettered
        return first

    def _extend_right(self, tokens: list[tuple[str, int, int]], index: int) -> int:
        last = index
        while last + 1 < len(tokens) and last - index < 4:
            word, start, _ = tokens[last + 1]
            if word == "/" and last + 2 < len(tokens) and _kind(tokens[last + 2][0]) == "agent":
                last += 2
                continue
            if start - tokens[last][2] > 1 or not re.match(r"\w", word) or _kind(word) != "agent":
                break
            last += 1
        return last

    def _bonus(self, tokens: list[tuple[str, int, int]]) -> int:
        words = [token[0] for token in tokens]
        if any(self.named(word) for word in words):
            return 4
        return 2 if any(lexicon.looks_like_agent(word) for word in words) else 0

    def mention(self, start: int, end: int) -> Agent | None:
        """The last mention of a named agent in a stretch of text."""
        found = None
        for word, begin, finish in self._between(start, end):
            if self.named(word):
                if found and begin - found.end <= 1:
                    found = Agent(self.text[found.start : finish], found.start, finish, 1)
                else:
                    found = Agent(word, begin, finish, 1)
        return found

    def subject_of(self, start: int, end: int) -> Agent | None:
        """What is said to be given in a stretch of text: the agent before "is administered", "will be given"."""
        for match in _IS_GIVEN.finditer(self.text, max(start, end - 600), end):
            if found := self.left(match.start(), start):
                return Agent(found.name, found.start, found.end, 1)
        return None

    def object_of(self, start: int, end: int) -> Agent | None:
        """What is said to be given in a stretch of text: the first agent after "receive", "treated with", …"""
        for match in _GIVING.finditer(self.text, max(start, end - 600), end):
            if found := self.right(match.end(), end):
                if found.strength > 2 or found.start - match.end() < 3:
                    return Agent(found.name, found.start, found.end, 1)
        return None

    def likely(self, start: int, end: int, *, codes: bool = False) -> Agent | None:
        """The last word of a stretch of text that looks like the name of a substance, or like a company's code."""
        for word, begin, finish in reversed(self._between(start, end)):
            coded = codes and len(word) > 4
            if lexicon.looks_like_agent(word) and _kind(word) == "agent":
                if coded or (len(word) > 5 and not word[-1].isdigit()):
                    return Agent(word, begin, finish, 1)
        return None

    def unusual(self, start: int, end: int) -> Agent | None:
        """The last word of a stretch of text that no list of ordinary words has."""
        for word, begin, finish in reversed(self._between(start, end)):
            if len(word) > 2 and word[:1].isalpha() and _kind(word) == "agent":
                return Agent(word, begin, finish, 1)
        return None

    @property
    def nameless(self) -> bool:
        """Whether the intervention's name says nothing of an agent: "Treatment Group", "Arm 4"."""
        return all(
            _kind(word) != "agent" or word.isdigit()
            for name in self.names or (self._whole,)
            for word in re.findall(r"[\w'-]+", name)
        )

    def is_label(self, agent: Agent) -> bool:
        """Whether a name heads a dose of the drug that the intervention is named by: "Hyper-CVAD (odd courses): …"."""
        if len(self.names) != 1 or self.named(agent.name) or lexicon.looks_like_agent(agent.name.split()[-1]):
            return False
        whole = " ".join(self._whole.split())
        return lexicon.looks_like_agent(whole) and bool(_HEADS.match(self.text, agent.end))

    def made_of(self, agent: Agent) -> str:
        """What an extract is of: "allergenic extract of Cedar Pollen"."""
        of = _MADE_OF.match(self.text, agent.end) if agent.end > 0 else None
        return of["what"] if of and agent.name.lower().split()[-1] in _KINDS else agent.name

    def in_full(self, name: str) -> str:
        """The intervention's name of which `name` is only the kind of thing: "extract", "vaccine"."""
        if name.lower().rstrip("s") not in _KINDS:
            return name
        whole = (
            entry for entry in self.names if entry.lower().rstrip("s").endswith(" " + name.lower().rstrip("s"))
        )
        return next(whole, name)

    def fallback(self) -> str:
        """The name of the intervention where the text names no agent."""
        return self.names[0] if self.names else self._whole


def _masked(text: str, amounts: tuple[tuple[int, int], ...]) -> str:
    """The text with each amount as one dash, so that "400mg-Ritonavir" and "Ofloxacin400 mg" give their names."""
    pieces, reach = [], 0
    for start, end in sorted(amounts):
        if end > reach:
            start = max(start, reach)
            pieces += [text[reach:start], "-", " " * (end - start - 1)]
            reach = end
    return "".join([*pieces, text[reach:]])


_ROMAN = Pattern(
    r"[IVX]{2,5}$|(?:cohort|group|arm|part|level|dose|day|week|cycle|grp|course)s?-?(?:\d{1,2}[a-z]?|(?<=-)[a-z])$",
    re.I,
)


@lru_cache(maxsize=20_000)
def _kind(word: str) -> str:
    low = word.lower().strip("'").removesuffix("+")
    if low in lexicon.words("plain") or low in lexicon.modality_words() or (_ROMAN.match(word) and word != "IV"):
        return "stop"
    if len(word) == 1 and word.isalpha() and low != "a":
        return "stop"
    if not re.match(r"\w", word):
        return "filler" if word in '(),:=-[]*"“”' else "stop"
    if low.endswith(("-dose", "-does")):
        return "stop"
    if low.rstrip(".") in lexicon.words("filler") or low in lexicon.words("filler"):
        return "filler"
    if low in lexicon.lookup("dose_schedules", "schedule"):
        return "filler"
    if low in lexicon.lookup("dose_routes", "route") or f"{low}." in lexicon.words("filler"):
        return "stop" if low in lexicon.words("stop") else "filler"
    if _is_verbal(word) and low not in lexicon.words("filler"):
        return "stop"
    if low.rstrip(".") in lexicon.words("stop") or _NUMBER_LIKE.match(word):
        return "stop" if low.rstrip(".") in lexicon.words("stop") else "filler"
    return "agent"


def _is_verbal(word: str) -> bool:
    """Whether a word is formed as an adverb or a participle: "slowly", "diluted"."""
    return (
        len(word) > 4
        and word.islower()
        and word.endswith(("ly", "ed", "ing"))
        and not lexicon.looks_like_agent(word)
    )


def _opening(tokens: list[tuple[str, int, int]], index: int) -> int | None:
    depth = 0
    for position in range(index, -1, -1):
        depth += (tokens[position][0] in ")]") - (tokens[position][0] in "([")
        if depth == 0:
            return position
    return None
