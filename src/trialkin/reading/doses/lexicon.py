"""The dosing vocabulary compiled for scanning: units, denominators, routes, schedules, modalities, words.

Owns how vocabulary rows become patterns. A new unit, route or schedule word is a row, never code here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ...vocab import table
from ..patterns import trie

NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "sixteen": 16, "eighteen": 18,
    "twenty": 20, "twenty-one": 21, "twenty-four": 24, "twenty-eight": 28, "thirty": 30, "single": 1, "half": 0.5,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
}  # fmt: skip
WORD_NUMBER = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))

# One character for one, so that spans stay true.
SAME_LENGTH = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("‐‑‒–—−﹣", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\t", " ")
    | {
        "\\": "/",
        "µ": "μ",
        "’": "'",
        "‘": "'",
        "，": ",",
        "；": ";",
        "：": ":",
        "。": ".",
        "、": ",",
        "∶": ":",
        "㎎": "㎎",
    }
)


def number(text: str) -> float:
    """The value of a number in figures or words.

    A comma before exactly three figures groups thousands unless what precedes is zero; any other is decimal.
    """
    word = text.strip().lower()
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    word = word.replace(" ", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", word):
        word = word.replace(",", "")
    elif word.count(".") > 1:  # "1.000.000"
        word = word.replace(".", "")
    return float(word.replace(",", "."))


def _any_form(name: str) -> str:
    """A form of the table, its words parted by a line's end too."""
    return trie((row["form"].lower() for row in table(name)), space=r"[ \n]{1,2}")


@cache
def units() -> dict[str, dict[str, str]]:
    """Unit rows by form in lower case; forms whose case matters are kept as written as well."""
    rows = {row["form"].lower(): row for row in table("dose_units") if row["case"] != "exact"}
    return rows | {row["form"]: row for row in table("dose_units") if row["case"] == "exact"}


@cache
def denominators() -> dict[str, dict[str, str]]:
    """Denominator rows by form in lower case."""
    return {row["form"].lower(): row for row in table("dose_denominators")}


@cache
def lookup(name: str, column: str) -> dict[str, str]:
    """form in lower case → `column` of the table."""
    return {row["form"].lower(): row[column] for row in table(name)}


@cache
def unit_pattern() -> str:
    """All unit forms, not followed by a letter."""
    return f"(?:{_any_form('dose_units')})(?:(?<=%)|(?![A-Za-z0-9]))"


@cache
def denominator_pattern() -> re.Pattern[str]:
    """`/kg`, `per m2`, `·kg-1` after a unit, as group `form`."""
    forms = f"(?P<form>{_any_form('dose_denominators')})(?![A-Za-z0-9])"
    return re.compile(rf" ?(?:/|\bper (?:\(/\) )?|\ba |\beach |[·.•∙⋅](?=[a-z])) ?{forms}(?:\s?-1(?!\d))?", re.I)


@cache
def inverse_pattern() -> re.Pattern[str]:
    """` kg-1` after a unit."""
    return re.compile(r" ?[·.•∙⋅]? ?(?P<form>kg|m2|d|day|h|min) ?-1(?!\d)", re.I)


@cache
def scan_pattern(name: str) -> re.Pattern[str]:
    """Every form of a table as a word of its own."""
    return re.compile(rf"(?<![A-Za-z0-9])(?:{_any_form(name)})(?![A-Za-z0-9])", re.I)


@cache
def words(role: str) -> frozenset[str]:
    """Words that are no agents: a "filler" may stand between agent and dose, a "stop" ends the search; so does a
    "plain" word of ordinary English unless the intervention is named by it."""
    return frozenset(row["word"] for row in table("dose_words") if row["role"] == role)


@cache
def modality_words() -> frozenset[str]:
    """Single words for radiotherapy; in grams or units nothing of it is given."""
    return frozenset(row["form"].lower() for row in table("dose_modalities") if " " not in row["form"])


@cache
def agent_shape() -> re.Pattern[str]:
    """What looks like the name of a substance: an INN stem at the end, or a code such as AB-123."""
    stems = trie(row["stem"][::-1] for row in table("drug_stems"))
    return re.compile(rf"(?:{stems})", re.I)


@lru_cache(maxsize=20_000)
def looks_like_agent(word: str) -> bool:
    """Whether a word carries an INN stem or is a company code."""
    if re.fullmatch(r"[A-Z]{1,6}[0-9a-z]{0,4}-?\d{1,9}(?:[A-Za-z]|-[A-Z]{1,4})?", word):
        return True
    return len(word) > 5 and agent_shape().match(word[::-1]) is not None
