"""Time windows relative to an event: "within 6 months before randomization", "at least 4 weeks since radiotherapy"."""

from __future__ import annotations

from ...patterns import Pattern
from .. import patterns as p
from ..completing import TIME_UNITS
from ..phrase import Amount, Draft, event_phrase
from .kind import Kind

_FAR = {"a": 100.0, "mo": 400.0, "wk": 600.0, "d": 4000.0, "h": 1000.0, "min": 5000.0}


def _window(amount: Amount) -> list[Draft] | None:
    quantity = amount.quantity
    if not amount.is_time:
        return None
    if _schedule(amount):
        return []
    side = _side(amount)
    if side is None:
        return None
    name, start, future = _event(amount, side)
    variable = f"time {'to' if future else 'since'} {name}".strip()
    made = amount.draft("window", variable, start=start)
    if side == "stated":
        return [made]
    value = quantity.high if quantity.high is not None else quantity.low
    inclusive = quantity.high_inclusive if quantity.high is not None else quantity.low_inclusive
    if side == "high":
        return [made._replace(low=None, low_inclusive=None, high=value, high_inclusive=inclusive)]
    low = quantity.low if quantity.low is not None else value
    return [made._replace(low=low, low_inclusive=True, high=None, high_inclusive=None)]


def _schedule(amount: Amount) -> bool:
    if amount.quantity.form in ("comparison", "within"):
        return False
    if amount.near.endswith("in the ") and p.RIGHT_ANCHOR.match(amount.right):  # "per day in the 3 days before"
        return False
    return bool(p.SCHEDULE_BEFORE.search(amount.left) or p.SCHEDULE_AFTER.match(amount.right))


def _side(amount: Amount) -> str | None:
    """ "stated" where a comparator says it, else the side that the words mean; None when it is no window."""
    quantity = amount.quantity
    anchored = p.RIGHT_ANCHOR.match(amount.right)
    if beside := _said_beside(amount):
        return beside
    back = amount.looks_back
    if back and p.TO_LAST.search(amount.left, amount.tail):
        back = None
    if quantity.form == "within":
        return "stated"
    if quantity.form == "comparison":
        return _compared(amount, bool(anchored), bool(back))
    if back:
        if back["prep"] in ("for", "throughout") or (back["prep"] is None and p.OFF.search(amount.left[-60:])):
            return "low" if quantity.form == "bare" else "stated"
        return "low" if _steady(amount, back["prep"]) else "high"
    inside = p.IN_THE.search(amount.left)
    if inside and (anchored or inside[0].strip(" (") != inside["prep"]) and not p.OF_ANCHOR.match(amount.right):
        return "high"
    if inside and amount.phrase.section == "exclusion" and inside["prep"] == "in" and p.ENDED.match(amount.right):
        return "high"
    if p.STUDY_PERIOD_BEFORE.search(amount.left) or (
        p.IN_THE.search(amount.left) and p.STUDY_PERIOD_AFTER.match(amount.right)
    ):
        return "high"
    if anchored:
        return _anchored(amount)
    previous = amount.previous
    if previous and previous.form == "within" and _alternative(amount.near):
        return "high"
    return None


def _said_beside(amount: Amount) -> str | None:
    """The side of a bare amount that the words right beside it say: a washout, a stable dose, another kind of drug."""
    if amount.quantity.form != "bare":
        return None
    if _another(amount) or p.RECENT.search(amount.left, amount.tail):
        return "high"
    if p.CEASED.search(amount.left, amount.tail) or _withheld(amount):
        return "low"
    anchored = p.RIGHT_ANCHOR.match(amount.right)
    steady = p.STABLE_AFTER.match(amount.right) or p.WASHOUT.search(amount.left, amount.tail)
    return "low" if steady and not anchored else None


def _another(amount: Amount) -> bool:
    """ "in the last 2 months (3 months for depot injections)": the same window for another kind of thing."""
    before = amount.phrase.amounts[amount.index - 1].claimed if amount.index else ""
    return (
        amount.near.rstrip().endswith(("(", "["))
        and before == "window"
        and bool(p.FOR_ANOTHER.match(amount.right))
    )


def _withheld(amount: Amount) -> bool:
    """ "able to stop before the test (theophylline: 24 hours, salmeterol: 12 hours)"."""
    if not amount.near.rstrip().endswith(":") or amount.right.lstrip()[:1] not in (",", ")", ";", "", "a"):
        return False
    begin = max(amount.clause_start, amount.quantity.start - 400)
    return bool(p.WITHHELD.search(amount.phrase.folded, begin, amount.quantity.start))


def _steady(amount: Amount, prep: str | None) -> bool:
    """ "stable medication over the last 3 months"."""
    if (
        amount.quantity.form != "bare"
        or amount.phrase.section == "exclusion"
        or prep not in ("over", "in", "during")
    ):
        return False
    return bool(p.STABLE.search(amount.left))


def _alternative(near: str) -> bool:
    if len(near) < 60 and near.rstrip().endswith((" and", " or")):
        return True
    return near.strip(" (,") in ("or", "and", "", "or within", "or at least")


def _compared(amount: Amount, anchored: bool, back: bool) -> str | None:
    quantity = amount.quantity
    if anchored and amount.lead.startswith(("until", "till")) and _AFTER.match(amount.right):
        return "low"  # "contraception until 4 weeks after the last dose"
    recent = quantity.low is None and p.RECENT.search(amount.left, amount.tail)
    if recent or p.CEASED.search(amount.left, amount.tail):
        return "stated"
    if anchored or back or p.PASSED.match(amount.right) or p.FREE.search(amount.left):
        return "stated"
    following = amount.next
    if following and following.unit in TIME_UNITS and following.form == "comparison":
        text = amount.phrase.folded
        gap = text[quantity.end : following.start]
        near = len(gap) < 8 or (len(gap) < 30 and gap.lstrip(" ,").startswith(("or ", "and ")))
        if near and p.RIGHT_ANCHOR.match(text, following.end):
            return "stated"
    if quantity.high is not None and quantity.low is None and p.IN_THE.search(amount.left):
        return "stated"
    text = amount.phrase.folded[quantity.start : quantity.end]
    if text.startswith("up to") and amount.right.lstrip().startswith(("prior", "before")):
        return "stated"
    if " old" in amount.right[:5] and quantity.unit in ("d", "wk", "mo", "h"):
        return "stated"
    if (
        amount.previous
        and amount.previous.form in ("within", "comparison")
        and amount.next is None
        and not amount.near.strip(" ,(or")
    ):
        return None
    if p.OF_STUDY.match(amount.right):
        return "stated"
    if p.OF_ANCHOR.match(amount.right) and quantity.high is not None:
        return "stated" if amount.right.lstrip().startswith(("from", "after")) else None
    return None


def _anchored(amount: Amount) -> str | None:
    """A bare amount before an anchor: a minimum where the words speak of stopping or going on, else the look-back."""
    if amount.quantity.form == "range":
        return "stated"
    going_on = amount.left.rstrip(" ,").endswith((" and", " plus")) and p.CONTRACEPTION.search(
        amount.phrase.folded
    )
    if going_on and _AFTER.match(amount.right):
        return "low"
    previous = amount.previous
    if previous and previous.unit in TIME_UNITS and amount.near.rstrip().endswith((" and", " or", "(or", "(and")):
        return "low" if previous.high is None else "high"
    tail = amount.left[-90:]
    right = amount.right.lstrip(" )")
    if right.startswith(("from", "after", "following", "thereafter")) and not p.OFF.search(tail):
        return "low" if not tail.strip() or tail.rstrip().endswith(("for", "until", "to", "through")) else None
    if tail.rstrip(" (").endswith((" for", "from", "least")) or p.OFF.search(tail):
        return "low"
    return "low" if amount.phrase.section == "inclusion" and not tail.strip() else "high"


def _event(amount: Amount, side: str) -> tuple[str, int, bool]:
    """The event's name, where its words begin, and whether it lies ahead."""
    if _another(amount):
        name, _ = event_phrase(p.FOR_ANOTHER.sub("", amount.right, count=1), 0)
        return name or "event", amount.quantity.start, False
    left, base = amount.left, amount.quantity.start - len(amount.left)
    cut = 0
    if amount.previous and amount.previous.end > base:
        cut = amount.previous.end - base
        rest = left[cut:]
        cut = cut if rest.strip(" ,()andorfw") and len(rest) > 12 else 0
    name, start = event_phrase(left[cut:], base + cut)
    future = bool(p.FUTURE.search(left[-80:])) and not p.RIGHT_ANCHOR.match(amount.right)
    if not name or set(name.split()) <= _EMPTY:
        after = amount.right.lstrip(" ):,")
        name, _ = event_phrase(p.RIGHT_ANCHOR.sub("", after, count=1) if p.RIGHT_ANCHOR.match(after) else after, 0)
        start = amount.quantity.start
    return name or "event", start, future


_AFTER = Pattern(r" ?(?:after|following|post)")
_EMPTY = frozenset("following conditions condition excluded within during time".split())

KIND = Kind("window", _window)
