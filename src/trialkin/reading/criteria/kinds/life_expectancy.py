"""How long a person is expected to live."""

from __future__ import annotations

from .. import patterns as p
from ..phrase import Amount, Draft
from .kind import Kind


def _life(amount: Amount) -> list[Draft] | None:
    if not amount.is_time:
        return None
    quantity = amount.quantity
    left = p.LIFE.search(amount.left)
    after = p.LIFE_AFTER.match(amount.right)
    headed = "life expectancy" in amount.phrase.heading
    if not left and not after and not headed:
        return None
    if quantity.form == "bare" and not left and not headed:  # "5-year survival"
        return []
    start = quantity.start - len(amount.left) + left.start() if left else quantity.start
    end = quantity.end + after.end() if after else quantity.end
    changes: dict[str, object] = {"kind": "life expectancy", "variable": "life expectancy"}
    if quantity.form == "bare":
        changes |= {"high": None, "high_inclusive": None}
    return [amount.draft("life expectancy", "life expectancy", start=start, end=end)._replace(**changes)]  # type: ignore[arg-type]


KIND = Kind("life expectancy", _life)
