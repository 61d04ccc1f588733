"""What selects a row: cohort and phase labels, "if" clauses, weeks of a titration.

Owns finding the words. What the words mean is `conditions`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from trialkin.reading.patterns import Pattern

_LABEL = Pattern(
    r"(?:(?<=[\n.;,)(])|(?<=^)|(?<=\) )|(?<=[.;:,(] )|(?<= )(?=(?-i:Cohort|Group|Arm|Part) \w{1,3} ?:))"
    r"[ *\d.)•-]{0,6}+"
    r"(?P<label>(?:[A-Za-z](?:[\w'/&+ -]|\([^()\n]{0,30}\)){0,60}?\b)?(?:cohorts?|groups?|arms?|phase|period|"
    r"part|stage|step|level|vial|induction|maintenance|"
    r"consolidation|escalation|expansion|conditioning|risk|disease|adults?|children|weeks?|days?|cycles?|"
    r"courses?|boost|run-in|treatment|therapy|loading|load|regimen|"
    r"stratum|sequence|patients|participants|subjects|infants|"
    r"adolescents|areas?|sites?|nodes?|bed|volumes?|lesions?|margins?|impairment|function)\b"
    r"(?:[\w ,&/()<>≥≤-]|\.(?=\d)){0,40}?) ?[:=](?![\d])",
    re.I,
)
_UNITLIKE = Pattern(r"(?:mg|ml|mcg|μg|g|iu|gy|dose|doses|dosage)\b", re.I)
_INNER = Pattern(
    r"(?<![A-Za-z0-9])(?:(?:study |treatment )?(?:days?|weeks?|cycles?|months?) ?\d{1,3}(?: ?(?:-|to|,|and|&|"
    r"through) ?(?:(?:days?|weeks?|cycles?) )?\d{1,3}){0,6}"
    r"|(?:[\w-]{1,24} ){0,2}?(?:dose|phase|period|cohort \w{1,3}|group \w{1,3}|arm \w{1,3}|part \w{1,3}|induction|"
    r"maintenance|consolidation|risk|disease|loading|adults|children)) ?:",
    re.I,
)
_CLAUSE = Pattern(
    r"(?:\b(?:if|when|where|unless|in case of|in the case of|in the event of|in the presence of|"
    r"in the absence of)\b|(?:(?<=^)|(?<=\n)|(?<=[.;:] ))(?:with|without|following|after)\b(?=[^.;:,\n]{3,120},)|"
    r"\b(?:in|among) (?:patients|participants|subjects|those|children|adults|people|women|men)\b|"
    r"\bfor (?:patients|participants|subjects|those|children|adults|people|individuals|women|men)\b(?: (?:who|"
    r"with|whose|aged|weighing|unsuitable|ineligible|unable|intolerant|not))?|\b(?:patients|participants|"
    r"subjects|those|children|adults) (?:with|who are|who have|weighing|aged|under|over|less than|"
    r"younger than|older than|below|above)\b)",
    re.I,
)
_CLAUSE_END = Pattern(
    r"[:;\n]|\.(?=\s|$)|,(?! (?:or|and)\b|\d)|\b(?:will|should|receives?|received|is administered|is given|are given|"
    r"was|were)\b",
    re.I,
)
_STATE = Pattern(
    r"(?:(?:/| (?:per|a|once|twice) )\w{1,9}| daily| weekly| (?:qd|bid|tid))?,? ?\(?(?P<words>(?:at|for|in|with|"
    r"after|on) (?:the |an? )?(?:[A-Za-z][\w/-]{1,20} ){0,3}(?:risk|disease|tumou?rs?|impairment|insufficiency|"
    r"failure|response|responders|extension|involvement|invasion|margins?|nodes|relapse|recurrence|progression|"
    r"clearance|function|asthma|infection|intolerance|frailty)"
    r"|(?:<|>|≤|≥|<=|>=|under|over|below|above|from|up to) ?\d{1,3}(?:\.\d)? ?(?:-|to)? ?\d{0,3} ?(?:kg|years?|months?)"
    r"(?: of age| body weight)?)(?=[,;.)\n]| and\b| or\b|$)",
    re.I,
)
_WEEKS = Pattern(
    r"\b(?:for |during |from |in |at |on )?(?:the )?(?:"
    r"(?:weeks?|months?|days?|cycles?) (?:one|two|three|four|five|six)|"
    r"(?:weeks?|wks?|months?|days?|cycles?) \d{1,3}(?: ?(?:-|"
    r"to|through|and) ?(?:(?:week|day|month|cycle) ?)?\d{1,3})?|(?:first|second|third|fourth|fifth|last|"
    r"remaining|initial|following|subsequent|next) (?:(?:\d{1,3}|two|three|four|five|six|seven|eight|ten|"
    r"twelve) )?(?:week|day|month|cycle|dose|year|infusion|injection|course)s?|"
    r"cycles? \d{1,2}(?: ?[-–] ?\d{1,2})?|followed by|thereafter|subsequently|and then|then)\b",
    re.I,
)
_PHASE = Pattern(
    r"\b(?:induction|maintenance|consolidation|loading|lead-in|run-in|initiation|initial|starting|"
    r"conditioning|priming|booster|neoadjuvant|adjuvant|concurrent|concomitant|dose escalation|"
    r"dose-escalation|following surgery|before surgery|after surgery|preoperative|postoperative|"
    r"induction phase|maintenance phase|treatment phase)\b(?: (?:phase|therapy|chemotherapy|dose|period|"
    r"dosage|treatment|cycle|regimen))?",
    re.I,
)
_ALTERNATIVE = Pattern(
    r"\b(?:cohorts?|groups?|arms?|parts?|levels?|stratum|sequence|patients|participants|subjects|risk|adults?|"
    r"children)\b",
    re.I,
)


def label_spans(text: str) -> list[tuple[int, int, str]]:
    """Labels that head a line or a stretch ("Cohort A:", "low risk:"): start, end, and the words."""
    found = []
    for match in _LABEL.finditer(text):
        label = match["label"].strip(" ,.;")
        if _UNITLIKE.match(label):
            continue
        if len(label) < 80 and label.count("(") == label.count(")"):
            found.append((match.start("label"), match.end(), label))
    return found


def inner_label(text: str, start: int, end: int) -> int | None:
    """Where a label inside a sentence begins ("… Maintenance dose: 200 mg"), None without one."""
    last = None
    for match in _INNER.finditer(text, start, end):
        last = match.start()
    return last


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Conditional clauses ("if …", "for patients unsuitable for …") in a sentence, as spans of the condition."""
    found: list[tuple[int, int]] = []
    every = _every_clause(text)
    first = bisect_left(every, start, key=lambda clause: clause[0])
    for begin, opened, stop in every[first:]:
        if begin >= end:
            break
        if opened > end or found and begin < found[-1][1]:
            continue
        found.append((begin, min(stop, end)))
    return found


@lru_cache(maxsize=4)
def _every_clause(text: str) -> list[tuple[int, int, int]]:
    """Start, end of the opening words and end of each conditional clause of a text."""
    found = []
    for match in _CLAUSE.finditer(text):
        stop = _CLAUSE_END.search(text, match.end(), match.end() + 2000)
        found.append((match.start(), match.end(), stop.start() if stop else len(text)))
    return found


def state(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The state that a dose just named is for: "60 Gy at low risk", "5 mg (< 40 kg)"."""
    match = _STATE.match(text, start, end)
    return match.span("words") if match else None


_TARGET = Pattern(
    r"(?<![A-Za-z])(?P<subject>[A-Za-z][\w /,()-]{3,70}?) (?:receives?|will receive|received)\b"
    r"|(?<![A-Za-z])(?P<site>(?:for|to) (?:the )?[\w /-]{0,40}?"
    r"\b(?:tumou?rs?|nodes?|areas?|bed|volumes?|regions?|lesions?|metastas[ei]s|breast|pelvis|chest wall|brain)\b"
    r"(?: and [\w -]{0,30}?\b(?:tumou?rs?|nodes?|areas?|regions?)\b)?)",
    re.I,
)
_PERSONS = Pattern(
    r"\b(?:patients?|participants?|subjects?|arms?|groups?|they|who|women|men|children|all|will)\b", re.I
)


def target(text: str, start: int, end: int) -> tuple[int, int] | None:
    """What a radiotherapy dose is aimed at: "subclinical areas receive …", "… to the tumour bed"."""
    for match in _TARGET.finditer(text, start, end):
        kind = "subject" if match["subject"] else "site"
        if not _PERSONS.search(match[kind]):
            return match.start(kind), match.end(kind)
    return None


def weeks(text: str, start: int, end: int) -> tuple[int, int] | None:
    """ "for weeks 0-4", "in the first week", "then": the stretch that places an amount in time."""
    match = _WEEKS.search(text, start, end)
    return (match.start(), match.end()) if match else None


def phase(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The last phase word ("induction chemotherapy", "loading dose") before an amount."""
    last = None
    for match in _PHASE.finditer(text, start, end):
        last = (match.start(), match.end())
    return last


def is_alternative(label: str) -> bool:
    """Whether a label names one of several kinds of people, rather than a point in time."""
    return bool(_ALTERNATIVE.search(label))
