"""What a study says, field by field, as words with their places.

Owns which fields of the record kinship looks at, how their text becomes words, and finding a word's verbatim
span again. Must not know: signals, scores.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from ..model import Study
from ..model.protocol import Outcome
from .markup import plain, unescape

_WORD = re.compile(r"['’][sS]\b|[A-Za-z0-9]+(?:\.[0-9]+)?|\+")
_REST = re.compile(r"[A-Za-z0-9]*(?:\.[0-9]+)?")
_EXCLUSION = re.compile(r"(?im)^[\s*#\d.]*(?:key |main |patient )?exclusion(?: criteria)?\b")
_ASIDE = re.compile(
    r"\((?:excluding|excludes?|except|other than|not including|excl\.)[^()]{0,200}\)"
    r"|\b(?:excluding|except(?: for)?|other than|with the exception of|not including)\b[^.;\n()]{0,120}",
    re.IGNORECASE,
)
_ASIDE_SIGNS = ("exc", "other than", "not including")  # every aside has one; far faster to look for
_DENIED = (
    "not"  # stands for a word that an aside excludes: no concept begins with it, and word counts leave it out
)
_BREAKS = (". ", "\n", "; ")
_QUOTE_LIMIT = 160
_KNOWN_WORDS = 200_000
_LONGEST_TEXT = 20_000  # characters of one field that are read; longer ones say nothing new about kinship


class _Folded(dict[str, str]):
    """The form in which words are compared: lower case, plural endings off; "" for a possessive s."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _KNOWN_WORDS:
            self.clear()
        found = self[word] = _fold(word)
        return found


def _fold(word: str) -> str:
    if word[0] in "'’":
        return ""
    word = word.lower()
    if len(word) > 4:
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word.endswith("sses"):
            return word[:-2]
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return word[:-1]
    return word


_FOLDED = _Folded()  # far faster to ask than a function


def words_of(text: str) -> list[str]:
    """The words of a text in comparable form, in order."""
    return [folded for word in _WORD.findall(text) if (folded := _FOLDED[word])]


@dataclass(frozen=True)
class Quote:
    """A verbatim span of a record: `text` stands exactly so in the field at `path`."""

    path: str
    text: str


@dataclass(frozen=True)
class Passage:
    """One text of the record with its path."""

    path: str
    source: str

    def words(self) -> list[str]:
        """Its words in order; what an aside excludes ("excluding lymphoma") is not said of the study."""
        text = plain(self.source)[:_LONGEST_TEXT]
        lower = text.lower()
        if not any(sign in lower for sign in _ASIDE_SIGNS):
            return words_of(text)
        words: list[str] = []
        done = 0
        for aside in _ASIDE.finditer(text):
            words += words_of(text[done : aside.start()])
            done = _word_end(text, aside.end())
            words += [_DENIED] * len(words_of(text[aside.start() : done]))
        return words + words_of(text[done:])

    def quote(self, first: int, last: int) -> Quote:
        """Words first..last (exclusive) as they stand in the record, with the sentence or item around them."""
        shown = unescape(self.source)
        spans = [match.span() for match in _WORD.finditer(shown.text) if _FOLDED[match[0]]]
        start, end = _around(shown.text, spans[first][0], spans[last - 1][1])
        begin, finish = shown.source_span(start, end)
        return Quote(self.path, self.source[begin:finish])


def _word_end(text: str, place: int) -> int:
    """The place itself or, inside a word, where that word ends."""
    found = _REST.match(text, place)
    return found.end() if found and place and text[place - 1].isalnum() else place


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or line around a span, cut at word borders to a readable length."""
    begins = [found + len(mark) for mark in _BREAKS if (found := text.rfind(mark, 0, start)) >= 0]
    ends = [found for mark in _BREAKS if (found := text.find(mark, end)) >= 0]
    left, right = max(begins, default=0), min(ends, default=len(text))
    room = max(0, _QUOTE_LIMIT - (end - start)) // 2
    if start - left > room:
        cut = text.find(" ", start - room, start)
        left = cut + 1 if cut >= 0 else start
    if right - end > room:
        cut = text.rfind(" ", end, end + room)
        right = cut if cut >= 0 else end
    while left < start and text[left] in " -*•\t":
        left += 1
    return left, right


@dataclass(frozen=True, eq=False)
class Reading:
    """The texts of a study by kind: title, conditions, keywords, interventions, arms, summary and so on."""

    study: Study

    @cached_property
    def passages(self) -> dict[str, tuple[Passage, ...]]:
        """The passages of each kind, those without text left out."""
        return {kind: tuple(Passage(*pair) for pair in pairs if pair[1]) for kind, pairs in _texts(self.study)}

    @cached_property
    def _words(self) -> dict[str, list[list[str]]]:
        return {}

    def words(self, kind: str) -> list[list[str]]:
        """The words of each passage of a kind, read when first asked for."""
        found = self._words.get(kind)
        if found is None:
            found = self._words[kind] = [one.words() for one in self.passages[kind]]
        return found

    @cached_property
    def _counts(self) -> dict[str, Counter[str]]:
        return {}

    def counts(self, kind: str) -> Counter[str]:
        """How often each word stands in the passages of a kind."""
        found = self._counts.get(kind)
        if found is None:
            found = self._counts[kind] = Counter(chain.from_iterable(self.words(kind)))
        return found


_Texts = Iterable[tuple[str, str | None]]


def _texts(study: Study) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(kind, [(path, text)]) of every field that kinship reads."""
    ident, about = study.identification, study.description
    inclusion, exclusion = _criteria(study.eligibility.eligibility_criteria)
    kinds: tuple[tuple[str, _Texts], ...] = (
        ("title", (("briefTitle", ident.brief_title), ("officialTitle", ident.official_title))),
        ("acronym", (("acronym", ident.acronym),)),
        ("conditions", (("conditions", one) for one in study.conditions)),
        ("keywords", (("keywords", one) for one in study.keywords)),
        ("condition mesh", (("conditionBrowseModule.meshes", one.term) for one in study.condition_meshes)),
        ("interventions", _intervention_names(study)),
        (
            "intervention mesh",
            (("interventionBrowseModule.meshes", one.term) for one in study.intervention_meshes),
        ),
        ("arms", _arms(study)),
        ("comparators", _comparators(study)),
        ("summary", (("briefSummary", about.brief_summary),)),
        ("description", (("detailedDescription", about.detailed_description),)),
        ("primary outcomes", _outcomes("primaryOutcomes", study.outcomes.primary_outcomes, with_description=True)),
        ("secondary outcomes", _outcomes("secondaryOutcomes", study.outcomes.secondary_outcomes)),
        ("inclusion", (("eligibilityCriteria", inclusion),)),
        ("exclusion", (("eligibilityCriteria", exclusion),)),
    )
    for kind, texts in kinds:
        yield kind, [(path, text) for path, text in texts if text]


def _criteria(criteria: str | None) -> tuple[str, str]:
    """The criteria up to the heading of the exclusions, and from there: what keeps people out tells another thing."""
    found = _EXCLUSION.search(criteria) if criteria else None
    place = found.start() if found else len(criteria or "")
    return (criteria or "")[:place], (criteria or "")[place:]


def _intervention_names(study: Study) -> _Texts:
    for one in study.interventions:
        yield "interventions.name", one.name
        for other in one.other_names:
            yield "interventions.otherNames", other


def _arms(study: Study) -> _Texts:
    for arm in study.arm_groups:
        yield "armGroups.label", arm.label
        yield "armGroups.description", arm.description


def _comparators(study: Study) -> _Texts:
    """Labels and interventions of the arms that the registry calls comparators."""
    for arm in study.arm_groups:
        if arm.type and (arm.type.endswith("COMPARATOR") or arm.type == "NO_INTERVENTION"):
            yield "armGroups.label", arm.label
            for name in arm.intervention_names:
                yield "armGroups.interventionNames", name


def _outcomes(name: str, outcomes: Iterable[Outcome], *, with_description: bool = False) -> _Texts:
    for one in outcomes:
        yield f"{name}.measure", one.measure
        if with_description:
            yield f"{name}.description", one.description
