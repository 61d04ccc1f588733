"""How long something has lasted or lasts, where no event anchors it."""

from __future__ import annotations

from .. import patterns as p
from ..phrase import Amount, Draft, event_phrase
from .kind import Kind


def _duration(amount: Amount) -> list[Draft] | None:
    quantity = amount.quantity
    if not amount.is_time:
        return None
    if quantity.form == "bare" and (p.OF_PERIOD.match(amount.right) or not _meant(amount)):
        return []
    left, base = amount.left, quantity.start - len(amount.left)
    name, start = event_phrase(left, base)
    end = quantity.end
    if not name or amount.right.startswith(" of "):
        after, _ = event_phrase(amount.right, quantity.end, most=5)
        if after and (amount.right.startswith((" of ", " history")) or not name):
            name = after
            end = (
                min(len(amount.phrase.folded), quantity.end + amount.right.find(after) + len(after))
                if after in amount.right
                else end
            )
            start = quantity.start
    made = amount.draft("duration", f"duration of {name}".strip(), start=start, end=end)
    if quantity.form == "bare":
        made = made._replace(high=None, high_inclusive=None)
    return [made]


def _meant(amount: Amount) -> bool:
    """A bare time is a minimum duration after "for", before "of treatment" or "history"; else part of a name."""
    quantity = amount.quantity
    text = amount.phrase.folded[quantity.start : quantity.end]
    if quantity.word and quantity.unit in ("min", "h"):
        return False
    if p.TEST_NAME.match(amount.right.lstrip()) or ("-" in text and quantity.unit in ("min", "h", "d")):
        return False
    if p.FOR.search(amount.left) and amount.left.strip():
        return True
    return amount.right.startswith(" of ") or amount.right.lstrip(" -").startswith(
        ("history", "duration", "washout", "wash-out", "consecutive", "or more", "long")
    )


KIND = Kind("duration", _duration)
