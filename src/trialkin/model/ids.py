"""Ids of studies in every register: one canonical form for all the ways in which people write them.

A growth point: `REGISTERS` is the table of registers. Must not know records.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..errors import InvalidValue


@dataclass(frozen=True)
class Register:
    """A register of studies. address: a study's page there, `{}` its id without the letters in front of it."""

    key: str
    name: str
    pattern: re.Pattern[str]
    form: Callable[[re.Match[str]], str]
    address: str = ""


def _rx(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9])(?:{text})(?![A-Za-z0-9])", re.IGNORECASE | re.ASCII)


def _upper(match: re.Match[str]) -> str:
    return re.sub(r"[\s:]", "", match[0]).upper()


def _eudract(match: re.Match[str]) -> str:
    year, number, check = match[1], match[2], match[3]
    return f"CTIS{year}-{number}-{check}" if number >= "500000" else f"EUCTR{year}-{number}-{check}"


REGISTERS: tuple[Register, ...] = (
    Register("NCT", "ClinicalTrials.gov", _rx(r"NCT[ :#-]{0,2}(?!0{8})(\d{8})"),
             lambda m: f"NCT{m[1]}", "https://clinicaltrials.gov/study/{}"),
    Register("EUCTR", "EU Clinical Trials Register",
             _rx(r"(?:EU[ -]?CTR|EudraCT|CTIS|EU[ -]?CT)?[ :.#-]{0,3}(?:(?:No|Number|Nr)\b\.?)?[ :.#-]{0,3}"
                 r"((?:19|20)\d\d)[-\u2010-\u2013](\d{6})[-\u2010-\u2013](\d{2})(?:[-/](?:\d{2}|[A-Z]{2,3}))?"),
             _eudract, "https://www.clinicaltrialsregister.eu/ctr-search/search?query={}"),
    Register("CTIS", "EU Clinical Trials Information System", _rx(r"CTIS((?:19|20)\d\d)-(\d{6})-(\d{2})"),
             _eudract, "https://euclinicaltrials.eu/search-for-clinical-trials/?EUCT={}"),
    Register("ISRCTN", "ISRCTN", _rx(r"ISRCTN[ :#-]{0,2}(\d{8})"),
             lambda m: f"ISRCTN{m[1]}", "https://www.isrctn.com/ISRCTN{}"),
    Register("UTN", "WHO Universal Trial Number", _rx(r"U1111[- ]?(\d{4})[- ]?(\d{4})"),
             lambda m: f"U1111-{m[1]}-{m[2]}"),
    Register("ChiCTR", "Chinese Clinical Trial Registry", _rx(r"ChiCTR[- ]?((?:[A-Z]{2,3}-?)?\d{8,10})"),
             lambda m: f"ChiCTR{m[1].upper().replace('-', '') if m[1].isdigit() else '-' + m[1].upper()}",
             "https://www.chictr.org.cn/searchprojEN.html?regno=ChiCTR{}"),
    Register("ACTRN", "Australian New Zealand Clinical Trials Registry", _rx(r"ACTRN[ :-]?(\d{14})p?"),
             lambda m: f"ACTRN{m[1]}", "https://www.anzctr.org.au/ACTRN{}.aspx"),
    Register("DRKS", "German Clinical Trials Register", _rx(r"DRKS[ :-]?(\d{8})"),
             lambda m: f"DRKS{m[1]}", "https://drks.de/search/en/trial/DRKS{}"),
    Register("IRCT", "Iranian Registry of Clinical Trials", _rx(r"IRCT[ :-]?(\d{10,16}N\d{1,3})"),
             lambda m: f"IRCT{m[1].upper()}", "https://irct.behdasht.gov.ir/search/result?query=IRCT{}"),
    Register("CTRI", "Clinical Trials Registry - India", _rx(r"CTRI[/ -](\d{4})[/ -](\d{2,3})[/ -](\d{6})"),
             lambda m: f"CTRI-{m[1]}-{m[2]}-{m[3]}"),
    Register("JPRN", "Japanese registries", _rx(r"(?:JPRN-?)?(jRCTs?\d{9,10}|UMIN\d{9}|JapicCTI-?\d{6}|JMA-IIA\d{5})"),
             lambda m: "JPRN-" + _japanese(m[1])),
    Register("CRIS", "Clinical Research Information Service, Korea", _rx(r"KCT\d{7}"), _upper),
    Register("NTR", "Netherlands Trial Register", _rx(r"(?:NTR|NL)[- ]?(\d{3,5})"), _upper),
    Register("PACTR", "Pan African Clinical Trial Registry", _rx(r"PACTR[ ]?\d{15,18}"), _upper),
    Register("ReBEC", "Brazilian Clinical Trials Registry", _rx(r"RBR-([0-9a-z]{5,8})"),
             lambda m: f"RBR-{m[1].lower()}"),
    Register("RPCEC", "Cuban Public Registry of Clinical Trials", _rx(r"RPCEC\d{8}"), _upper),
    Register("SLCTR", "Sri Lanka Clinical Trials Registry", _rx(r"SLCTR[/-](\d{4})[/-](\d{3})"),
             lambda m: f"SLCTR-{m[1]}-{m[2]}"),
    Register("TCTR", "Thai Clinical Trials Registry", _rx(r"TCTR\d{11}"), _upper),
    Register("LBCTR", "Lebanese Clinical Trials Registry", _rx(r"LBCTR\d{10}"), _upper),
    Register("REPEC", "Peruvian Clinical Trial Registry", _rx(r"PER-\d{3}-\d{2}"), _upper),
)  # fmt: skip
"""Source: the primary registries of WHO's ICTRP and the forms of their ids in its exports."""


def _japanese(text: str) -> str:
    for name in ("JapicCTI", "jRCTs", "jRCT", "UMIN", "JMA-IIA"):
        if text.lower().startswith(name.lower()):
            rest = text[len(name) :].lstrip("-")
            return f"{name}-{rest}" if name == "JapicCTI" else f"{name}{rest}"
    return text


class StudyId(str):
    """A study's id in the canonical form of its register: "NCT07320690", "EUCTR2019-004411-23", "ISRCTN12345678".

    A country's protocol (EUCTR…-FR) has the id of its trial; a CTIS number has no tail; what a register writes with
    slashes stands with hyphens, so that it can stand in an address.

    Raises:
        InvalidValue: the text is no id of a known register.
    """

    def __new__(cls, text: str) -> StudyId:
        found = cls.find(text)
        if found is None:
            raise InvalidValue(
                f"{text[:40]!r} is not an id of a study", hint="An id looks like NCT07320690 or ISRCTN12345678."
            )
        return found

    @classmethod
    def find(cls, text: str) -> StudyId | None:  # type: ignore[override]
        """The id that the whole text is, or None."""
        text = text.strip()
        for register in REGISTERS:
            match = register.pattern.fullmatch(text)
            if match:
                return cls._of(register.form(match))
        return None

    @classmethod
    def _of(cls, text: str) -> StudyId:
        return super().__new__(cls, text)

    @property
    def register(self) -> Register:
        """The register whose id it is."""
        return next(each for each in REGISTERS if each.pattern.fullmatch(self))


def ids_in(text: str) -> Iterator[StudyId]:
    """Every id in a text, in canonical form, in the order of registers; each once."""
    seen: set[str] = set()
    for register in REGISTERS:
        for match in register.pattern.finditer(text):
            found = register.form(match)
            if found not in seen:
                seen.add(found)
                yield StudyId._of(found)


_ADDRESS = re.compile(r"https?://[^\s,;|<>\"]+", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;|/\u00b7\u2022&\"'()\[\]<>.:-]*(?:\b(?:and|or)\b[\s,;]*)*", re.IGNORECASE)


def listed_ids(text: str) -> tuple[StudyId, ...]:
    """The ids of a text that is nothing but ids: one, an address of a study, a list however it is parted; in their
    order, each once. () when anything else stands there too, an id that is none included.
    """
    bare = _ADDRESS.sub(lambda match: f" {' '.join(ids_in(match[0])) or match[0]} ", text)
    found: list[tuple[int, int, StudyId]] = []
    for register in REGISTERS:
        for match in register.pattern.finditer(bare):
            found.append((match.start(), -match.end(), StudyId._of(register.form(match))))
    place, ids = 0, []
    for start, end, study_id in sorted(found):
        if start < place:
            continue
        if not _BETWEEN.fullmatch(bare[place:start]):
            return ()
        ids.append(study_id)
        place = -end
    return tuple(dict.fromkeys(ids)) if ids and _BETWEEN.fullmatch(bare[place:]) else ()


_ALMOST = re.compile(r"(?:NCT|NTC|CNT|NC|CT)[ :#._-]{0,2}([0-9OoIl|]{6,10})", re.IGNORECASE)
_LETTERS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})


def almost_ids(text: str) -> tuple[StudyId, ...]:
    """The NCT ids that a miswritten one may have meant, likeliest first: letters for digits, a digit left out, one
    too many, two neighbours swapped. () for what is no NCT id at all, miswritten or not.
    """
    match = _ALMOST.fullmatch(text.strip())
    if match is None:
        return ()
    digits = match[1].translate(_LETTERS)
    if len(digits) == 8:
        swapped = (digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :] for n in range(7))
        numbers = [digits, *swapped]
    elif len(digits) == 7:
        ways = [digits[:n] + added + digits[n:] for n in range(8) for added in "0123456789"]
        numbers = [f"0{digits}", *ways]
    elif len(digits) == 6:
        numbers = [f"00{digits}"]
    else:
        numbers = [digits[:n] + digits[n + 1 :] for n in range(len(digits))] if len(digits) == 9 else []
        numbers += [digits[-8:]] if digits.startswith("0") else []
    kept = dict.fromkeys(number for number in numbers if number != "00000000")
    given = re.sub(r"\s", "", text).upper()
    return tuple(StudyId._of(f"NCT{number}") for number in kept if f"NCT{number}" != given)


FIRST_OTHER = 100_000_000
"""Numbers from here on are of studies of other registers; an NCT id has eight digits."""
NUMBERS = 1 << 27


def number_of(study_id: str) -> int:
    """A study as a number below `NUMBERS`: 7320690 of NCT07320690; of another register's id a hash, so two may share
    one, and what is found by number is checked by id where that matters.
    """
    if study_id.startswith("NCT") and study_id[3:].isdecimal():
        return int(study_id[3:])
    return FIRST_OTHER + zlib.crc32(study_id.encode()) % (NUMBERS - FIRST_OTHER)
