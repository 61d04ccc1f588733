"""Words of criteria and of notes in one comparable form: American, singular, nouns for adjectives of the body.

Owns folding of single words by `vocab/data/word_forms.tsv`. Must not know: concepts, facts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..vocab import table

_WORD = re.compile(r"[a-zà-ÿ0-9]+(?:\.[0-9]+)?|[+]{1,4}")
_SPELT = (
    ("ae", "e"), ("oe", "e"), ("our", "or"), ("entre", "enter"), ("isation", "ization"), ("ising", "izing"),
    ("ised", "ized"), ("litre", "liter"), ("ö", "o"), ("é", "e"), ("ü", "u"), ("ä", "a"), ("è", "e"),
)  # fmt: skip
_KEPT = ("ss", "us", "is", "ias")
STOP = frozenset(
    "of the a an in on at to for with by from and or as is are be was were been being has have had having do does did "
    "this that these those their his her its it he she they them who whom whose which there s any all such other "
    "another some must should shall will can could may might would per via into upon etc eg ie least".split()
)
"""Words that say nothing of their own in a name."""
QUALIFYING = frozenset(
    "left right upper lower severe mild moderate acute chronic active known invasive advanced metastatic locally stage "
    "primary recurrence new current history untreated treated symptom bilateral unilateral early late large small "
    "serious unstable stable poorly well newly".split()
)
"""Words that may stand between the words of a name."""


@cache
def _forms() -> dict[str, str]:
    return {form: row["word"] for row in table("word_forms") for form in row["forms"].split(" | ")}


@cache
def _settled() -> frozenset[str]:
    """The words that others are forms of."""
    return frozenset(word for row in table("word_forms") for word in row["word"].split())


@cache
def _sayings() -> re.Pattern[str]:
    """Forms of more than one word, the longest first."""
    forms = sorted((form for form in _forms() if not form.isalnum()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b")


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """One word as it is compared."""
    forms = _forms()
    if word in forms:
        return forms[word]
    if word in _settled():
        return word
    for british, american in _SPELT:
        if british in word:
            word = word.replace(british, american)
    if len(word) > 4 and word[-1] == "s" and not word.endswith(_KEPT):
        if word.endswith("ies"):
            word = f"{word[:-3]}y"
        elif word.endswith(("sses", "shes", "ches", "xes")):
            word = word[:-2]
        elif word.endswith("ases") and len(word) > 6:
            word = f"{word[:-2]}is" if word.startswith("metast") else word[:-1]
        else:
            word = word[:-1]
    return forms.get(word, word)


def words_of(text: str) -> list[str]:
    """The words of a text in comparable form, in order, without those that say nothing."""
    low = text.lower().replace("'s", "").replace("’s", "").replace("’", "").replace("'", "")
    low = _sayings().sub(lambda match: _forms()[match[0]], low)
    return [word for raw in _WORD.findall(low) if raw not in STOP for word in folded(raw).split(" ")]


@cache
def part_words() -> frozenset[str]:
    """Words for parts of the body, systems and origins: alone they name no condition and no treatment."""
    return frozenset(word for row in table("part_words") for word in row["words"].split(" | "))
