"""What a condition's words mean: a small tree over comparisons, findings and settings.

Owns parsing conditions, exemptions and adjustments. What cannot be read stays as `Unread`, unknown whatever is
asked, and is shown as text.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from trialkin.model.regimen import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Finding,
    Proviso,
    RegimenRow,
    Setting,
    Unread,
)
from trialkin.reading.doses import lexicon
from trialkin.reading.markup import PlainText
from trialkin.reading.patterns import Pattern

_NUMBER = r"\d{1,7}(?:[.,]\d{1,4})?"
_SIGNS = {
    "<": ("high", False), "less than": ("high", False), "under": ("high", False), "below": ("high", False),
    "lower than": ("high", False), "younger than": ("high", False), "lighter than": ("high", False),
    "≤": ("high", True), "<=": ("high", True), "at most": ("high", True), "up to": ("high", True),
    "no more than": ("high", True), "not more than": ("high", True),
    ">": ("low", False), "more than": ("low", False), "greater than": ("low", False), "over": ("low", False),
    "above": ("low", False), "older than": ("low", False), "higher than": ("low", False),
    "≥": ("low", True), ">=": ("low", True), "at least": ("low", True), "=": ("both", True),
}  # fmt: skip
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_UNIT = r"(?P<unit>[A-Za-zμ%][A-Za-z0-9μ%/^.²]{0,15})?"
_BOUND = Pattern(rf"(?P<sign>{_SIGN}) ?(?:or equal to )?(?P<n>{_NUMBER}) ?{_UNIT}", re.I)
_RANGE = Pattern(rf"(?:between )?(?P<low>{_NUMBER}) ?(?:-|to|and) ?(?P<high>{_NUMBER}) ?{_UNIT}", re.I)
_OR_MORE = Pattern(
    rf"(?P<n>{_NUMBER}) ?{_UNIT} ?(?:of age )?(?:or|and) (?P<way>more|older|above|greater|less|younger|below)",
    re.I,
)
_LEAD = Pattern(
    r"^(?:only )?(?:(?:in|among) (?:patients|participants|subjects|those|people|women|men|children|adults)|"
    r"if|when|where|provided(?: that)?|in (?:the )?(?:case|presence|event) of|given (?:when|if)|"
    r"for (?:the )?(?:patients|participants|subjects|those|people|individuals|children|adults|women|men)|"
    r"patients|participants|subjects|those|children|adults|women|men|with|at|for|in|after|following|on)\b"
    r"(?:,? (?:who (?:are|have|had|were)|who|with|whose|that are|are|having|achieving|reaching))?\s*",
    re.I,
)
_UNLESS = Pattern(r"^(?:unless|in (?:the )?absence of|except (?:if|when|in))\b\s*", re.I)
_TAIL = Pattern(
    r"\s*\b(?:is|are|was|were|has been|have been)? ?(?P<how>present|absent|detected|found|achieved|reached|"
    r"attained|obtained|confirmed|documented|observed|seen)$",
    re.I,
)
_NEGATION = Pattern(
    r"^(?:no|not|without|never|non-?)\b[ -]?|^(?:are|is|were|was) not\b ?|^(?:unable|inability) to\b ?", re.I
)
_PREFIX = Pattern(
    r"\b(?:un(?=suitable|fit|able|willing|resectable|favou?rable)|in(?=eligible|operable|tolerant))", re.I
)
_TIME = Pattern(
    r"^(?:(?:for|during|from|in|at|on|until) )?(?:the )?(?:(?P<unit>weeks?|wks?|months?|days?|cycles?|doses?|years?) "
    r"(?P<low>\d{1,3}|one|two|three|four|five|six)(?: ?(?:-|to|through|and|,) ?(?:\w+ )?(?P<high>\d{1,3}))?(?:\b.*)?|"
    r"(?:the )?(?:first|second|third|fourth|fifth|last|remaining|initial|following|subsequent|next)\b.*"
    r"\b(?:week|day|month|cycle|dose|year|infusion|injection|course)s?|"
    r"(?:and )?(?:then|thereafter|subsequently|afterwards|followed by|after that))$",
    re.I,
)
_PHASE = Pattern(
    r"\b(?:induction|maintenance|consolidation|loading|lead-in|run-in|initiation|initial|starting|conditioning|"
    r"priming|booster|neoadjuvant|adjuvant|concurrent|concomitant|escalation|expansion|phase|period|surgery|"
    r"preoperative|postoperative|boost|open-label|double-blind)\b",
    re.I,
)
_SITE = Pattern(
    r"\b(?:tumou?rs?|nodes?|nodal|areas?|bed|volumes?|regions?|lesions?|breast|pelvis|chest wall|brain)\b", re.I
)
_ALIAS = Pattern(r"\s*\((?P<alias>[A-Za-z][\w-]{1,15})\)")
_OR = Pattern(r",? (?:and/or|or)(?: (?:if|when|in case of))? |; ", re.I)
_AND = Pattern(r",? and (?:if |when )?|, ", re.I)
MAX_WORDS = 12


def parse_condition(text: str) -> Condition:
    """The tree of a condition's words; parts joined by ";" must all hold."""
    parts = [part.strip() for part in text.split("; ") if part.strip()]
    trees = tuple(_part(part) for part in parts)
    return trees[0] if len(trees) == 1 else AllOf(trees)


def _part(text: str) -> Condition:
    if setting := _setting(text):
        return setting
    if unless := _UNLESS.match(text):
        return negated(_either(text[unless.end() :], text))
    lead = _LEAD.match(text)
    return _either(text[lead.end() :] if lead else text, text)


def _setting(text: str) -> Setting | None:
    if match := _TIME.match(text):
        unit = (match["unit"] or "").lower().rstrip("s").replace("wk", "week")
        low = lexicon.number(match["low"]) if match["low"] else None
        return Setting(quote=text, unit=unit, low=low, high=float(match["high"]) if match["high"] else low)
    conditional = re.match(
        r"(?:if|when|unless|for patients|patients|where|with|without|at|in|after)\b", text, re.I
    )
    if not conditional and (_PHASE.search(text) or re.match(r"(?:for|to) the ", text, re.I) or _areas(text)):
        return Setting(quote=text)
    return None


def _areas(text: str) -> bool:
    return bool(_SITE.search(text)) and bool(
        re.search(r"\bareas?\b|\bbed\b|\bvolumes?\b|\bregions?\b|\bsites?\b|\binvolved nodes?\b", text, re.I)
    )


def _either(text: str, quote: str) -> Condition:
    parts = [part for part in _OR.split(text) if part and part.strip()]
    if len(parts) > 1 and not _OR_MORE.search(text):
        parts = [piece for part in parts for piece in part.split(", ") if piece]
        return AnyOf(tuple(_all(part, part) for part in parts))
    return _all(text, quote)


def _all(text: str, quote: str) -> Condition:
    if _RANGE.search(text) and "between" in text:
        return _leaf(text, quote)
    parts = [part for part in _AND.split(text) if part and part.strip()]
    if len(parts) > 1 and all(len(part.split()) <= MAX_WORDS for part in parts):
        return AllOf(tuple(_leaf(part, part) for part in parts))
    return _leaf(text, quote)


def _leaf(text: str, quote: str) -> Condition:
    text = text.strip(" .,;:()") if text.count("(") != text.count(")") else text.strip(" .,;:")
    if adjectives := re.search(r"\b(\w+)/(\w+)(?= [a-z])", text):
        first, second = (
            text[: adjectives.start()] + word + text[adjectives.end() :] for word in adjectives.groups()
        )
        bare = re.sub(r"\s*\([^)]*\)", "", first)
        return AnyOf((_leaf(bare, bare), _leaf(second, second)))
    if comparison := _comparison(text, quote):
        return comparison
    return _finding(text, quote)


def _comparison(text: str, quote: str) -> Comparison | None:
    if match := _OR_MORE.search(text):
        side = "low" if match["way"].lower() in {"more", "older", "above", "greater"} else "high"
        return _bounded(text, match, {side: lexicon.number(match["n"])}, quote)
    bounds: dict[str, float | bool] = {}
    first = None
    for match in _BOUND.finditer(text):
        first = first or match
        side, inclusive = _SIGNS[match["sign"].lower()]
        for bound in ("low", "high") if side == "both" else (side,):
            bounds |= {bound: lexicon.number(match["n"]), f"{bound}_inclusive": inclusive}
    if first is not None:
        return _bounded(text, first, bounds, quote)
    if (match := _RANGE.search(text)) and match["unit"]:
        values = {"low": lexicon.number(match["low"]), "high": lexicon.number(match["high"])}
        return _bounded(text, match, values, quote)
    return None


def _bounded(text: str, match: re.Match[str], bounds: dict[str, Any], quote: str) -> Comparison:
    unit = (match["unit"] or "").strip(" .")
    subject = re.sub(
        r"\b(?:is|are|was|of|a|an|the|body|aged|with)\b|[(),:]", " ", text[: match.start()], flags=re.I
    )
    subject = re.sub(r"\s+", " ", subject).strip()
    if unit.lower().startswith(("year", "month")) and not re.search(r"\w{4}", subject):
        subject = "age"
    elif unit.lower().startswith("kg") or re.match(r"weigh", subject, re.I):
        subject = "weight"
    return Comparison(subject=subject, unit=unit, quote=quote, **bounds)


def _finding(text: str, quote: str) -> Condition:
    aliases = tuple(match["alias"] for match in _ALIAS.finditer(text))
    subject = re.sub(r"\s*\([^)]*\)", "", text).strip()
    absent = False
    if tail := _TAIL.search(subject):
        absent = tail["how"].lower() == "absent"
        subject = subject[: tail.start()].strip()
    if negation := _NEGATION.match(subject):
        absent, subject = not absent, subject[negation.end() :].strip()
    if _PREFIX.search(subject):
        absent, subject = not absent, _PREFIX.sub("", subject)
    subject = re.sub(r"^(?:a|an|the|are|is|have|has|had|achieving|with)\s+", "", subject, flags=re.I)
    if not subject or len(subject.split()) > MAX_WORDS:
        return Unread(quote)
    return Finding(subject=subject, negated=absent, aliases=aliases, quote=quote)


def negated(tree: Condition) -> Condition:
    """The contrary of a condition."""
    if isinstance(tree, Finding):
        return msgspec.structs.replace(tree, negated=not tree.negated)
    if isinstance(tree, AllOf):
        return AnyOf(tuple(negated(part) for part in tree.parts))
    if isinstance(tree, AnyOf):
        return AllOf(tuple(negated(part) for part in tree.parts))
    if isinstance(tree, Comparison) and (tree.low is None) != (tree.high is None):
        if tree.low is None:
            low, inclusive = tree.high, not tree.high_inclusive
            return Comparison(
                subject=tree.subject, low=low, low_inclusive=inclusive, unit=tree.unit, quote=tree.quote
            )
        high, inclusive = tree.low, not tree.low_inclusive
        return Comparison(
            subject=tree.subject, high=high, high_inclusive=inclusive, unit=tree.unit, quote=tree.quote
        )
    return Unread(getattr(tree, "quote", ""))


_EXEMPT = Pattern(
    r"\b(?:may|can|could|will|should) (?:be (?:exempted|exempt|spared|omitted|excused|waived|left out|skipped|"
    r"withheld|dispensed with|dropped)\b|(?:omit|skip|forgo|go without|do without)\b)",
    re.I,
)
_WHOM_AFTER = Pattern(
    r" (?P<words>(?:if|when|where|in|for|with|after|in case of|among|provided)\b[^.;\n]{3,160})", re.I
)
_WHO = Pattern(r"[^.;\n]{3,160}$")
_ADJUST = Pattern(
    r"\bdos(?:e|age) (?:adjust\w*|modif\w*|reduc\w*)"
    r"(?: (?:for|according to|based on|in case of|if|by)\b[^.;,)\n]{0,60})?",
    re.I,
)
_ADJUST_LEAD = Pattern(r"(?:\b(?:with|and) )?\b[a-z]{3,20}(?: [a-z]{3,20})?[ -](?:based|guided|dependent) $", re.I)


def provisos_of(text: str, shown: PlainText, rows: tuple[RegimenRow, ...]) -> tuple[RegimenRow, ...]:
    """The rows with their exemptions ("patients with … may be exempted") and dose adjustments.

    An exemption concerns the agent that the text goes on with; an adjustment the dose just before it.
    """
    if not rows:
        return rows
    added: dict[int, list[Proviso]] = {}
    for match in _EXEMPT.finditer(text):
        who = _WHO.search(text, max(0, match.start() - 160), match.start())
        if after := _WHOM_AFTER.match(text, match.end()):
            tree, span = parse_condition(after["words"].strip()), (match.start(), after.end())
        elif who is not None:
            tree, span = parse_condition(who[0].strip()), (who.start(), match.end())
        else:
            continue
        proviso = _proviso("exemption", tree, shown, span)
        following = [row for row in rows if row.start >= proviso.end] or list(rows)
        for index, row in enumerate(rows):
            if row.agent.lower() == following[0].agent.lower():
                added.setdefault(index, []).append(proviso)
    for match in _ADJUST.finditer(text):
        lead = _ADJUST_LEAD.search(text[max(0, match.start() - 60) : match.start()])
        start = match.start() - (len(lead[0]) if lead else 0)
        proviso = _proviso("adjustment", Unread(text[start : match.end()].strip()), shown, (start, match.end()))
        before = [index for index, row in enumerate(rows) if row.start < proviso.start]
        if before and "\n" not in text[rows[before[-1]].start : match.start()]:
            added.setdefault(before[-1], []).append(proviso)
    return tuple(
        msgspec.structs.replace(row, provisos=tuple(added[index])) if index in added else row
        for index, row in enumerate(rows)
    )


def _proviso(kind: str, condition: Condition, shown: PlainText, span: tuple[int, int]) -> Proviso:
    start, end = shown.source_span(*span)
    while start < end and shown.source[start].isspace():
        start += 1
    return Proviso(kind=kind, condition=condition, quote=shown.source[start:end], start=start, end=end)
