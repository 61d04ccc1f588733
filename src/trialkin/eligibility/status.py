"""How much of an item is understood: all of its content words, some, or none.

Owns the parse status. Must not know: kinds.
"""

from __future__ import annotations

import re

from ..model.criteria import Status

_WORD = re.compile(r"[^\W\d_]{3,}")
_GENERAL = frozenset(
    """
    ability able about according achieved adequate adequately adult adults after aged agree agrees all allowed
    also and and/or any appropriate are as based baseline because been before being both but by can clinical
    clinically concomitant concurrent confirmed could criteria criterion current currently day days defined
    demonstrated determined diagnosed diagnosis disease documented does due during each either eligible
    enrolled enrollment enrolment entry equal etc evaluation evidence female following for from function given
    greater had has have having her his history hospital include included including inclusion inclusive
    individual individuals institutional into investigator its known laboratory least less level levels limit
    male may meet meets men month months more must normal not note obtained one ongoing only other otherwise
    participant participants patient patients per performed person persons physician presence present previous
    previously prior randomization range received receiving related require required requirement requires
    requiring result results same screening see sex should signed since specified status study subject
    subjects such take taken taking test testing than that the their them there these they this those through
    time treatment trial under undergo undergoing undergone until upper use used using value values
    visit was week weeks well were when where whether which who whom will willing with within without women
    would year years
    """.split()
)


def status_of(folded: str, spans: list[tuple[int, int]]) -> Status:
    """ "full" when every content word lies in an understood span, "part" when some do, "none" without spans."""
    if not spans:
        return "none"
    inside, outside = list[str](), list[str]()
    at = 0
    for start, end in sorted(spans):
        if start > at:
            outside.append(folded[at:start])
        inside.append(folded[max(start, at) : end])
        at = max(at, end)
    outside.append(folded[at:])
    missed = _content(outside)
    if missed == 0:
        return "full"
    most = (sum(map(len, inside)) + len(inside)) // 4  # a word and the space after it
    return "full" if 9 * missed <= most and 9 * missed <= _content(inside) else "part"


def _content(parts: list[str]) -> int:
    """How many words of the parts say something particular."""
    words = _WORD.findall(" ".join(parts))
    return len(words) - sum(map(_GENERAL.__contains__, words))
