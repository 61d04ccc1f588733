"""Age of a person, and gestational and other qualified ages."""

from __future__ import annotations

from .. import patterns as p
from ..phrase import Amount, Draft
from .kind import Kind

_UNITS = frozenset({"a", "mo", "wk", "d", None})
_COMING_OF_AGE = (16.0, 18.0, 20.0, 21.0, 65.0)
_TIMES = _UNITS - {None}
_TO = frozenset({"to", "-", "through", "up to", "until"})
_OLDEST = {"a": 130.0, "mo": 300.0, "wk": 1200.0, "d": 8000.0, "h": 200.0, None: 130.0}


def _gestation(amount: Amount) -> list[Draft] | None:
    quantity = amount.quantity
    if quantity.unit not in ("wk", "d", None):
        return None
    left = p.AGE_QUALIFIED.search(amount.left, amount.tail)
    after = p.GESTATION.match(amount.right)
    if "gestational week" in amount.lead:  # "above gestational week 37"
        return [amount.draft("age", "gestational age", unit="wk")]
    if after and quantity.unit:
        return [_minimum(amount.draft("age", "gestational age", end=quantity.end + after.end()), amount)]
    if left and left["which"] in (
        "gestational",
        "estimated gestational",
        "postmenstrual",
        "post-menstrual",
        "menstrual",
    ):
        start = quantity.start - len(amount.left) + left.start()
        return [
            _minimum(amount.draft("age", f"{left['which']} age", start=start, unit=quantity.unit or "wk"), amount)
        ]
    return None


def _minimum(draft: Draft, amount: Amount) -> Draft:
    """A bare age is a minimum, after "before" an excluded maximum."""
    if amount.quantity.form != "bare":
        return draft
    joined = amount.near.strip()
    if joined in _TO or (joined == "and" and amount.follows == "age"):
        return draft._replace(low=None, low_inclusive=None)  # "6 months to 2 years"
    if amount.left.rstrip().endswith(("birth to", "birth up to", "birth through")):
        return draft._replace(low=0.0)
    if p.UNTIL_AGE.search(amount.left):
        return draft._replace(low=None, low_inclusive=None, high_inclusive=False)
    return draft._replace(high=None, high_inclusive=None)


def _age(amount: Amount) -> list[Draft] | None:
    quantity = amount.quantity
    high = quantity.high if quantity.high is not None else quantity.low
    if quantity.unit is None and quantity.word and high is not None and high < 10:  # "at least one parent"
        return None
    if quantity.unit not in _OLDEST or high is None or high > _OLDEST[quantity.unit] or quantity.over:
        return None
    start, named = _where(amount)
    if start is None:
        return None
    if quantity.form == "bare" and not named and amount.phrase.heading[-3:] != "age":
        return None
    if quantity.form == "bare" and quantity.unit is None:
        return None if not p.AGE_LEFT.search(amount.left, amount.tail) else _bare(amount, start)
    if quantity.form == "bare":
        return _bare(amount, start)
    end = quantity.end
    right = p.AGE_RIGHT.match(amount.right)
    if right:
        end += right.end()
    return [amount.draft("age", _variable(amount), start=start, end=end, unit=quantity.unit or "a")]


def _bare(amount: Amount, start: int) -> list[Draft]:
    unit = amount.quantity.unit or "a"
    return [_minimum(amount.draft("age", _variable(amount), start=start, unit=unit), amount)]


def _variable(amount: Amount) -> str:
    left = p.AGE_LEFT.search(amount.left, amount.tail)
    at = p.AGE_AT.match(amount.right) or (p.AGE_AT.match(left["gap"]) if left else None)
    if at:
        return f"age at {at['event']}"
    which = p.AGE_QUALIFIED.search(amount.left, amount.tail)
    return f"{which['which']} age" if which else "age"


def _where(amount: Amount) -> tuple[int | None, bool]:
    """Where the age phrase begins, and whether the word age or old says so; None when it is no age."""
    quantity = amount.quantity
    if amount.follows == "age" and (quantity.form != "bare" or bool(amount.near.strip())):
        return quantity.start, True
    measured = amount.mention is not None and quantity.unit is None
    if measured and amount.mention.start >= amount.near_start and not p.AGE_LEFT.search(amount.near):  # type: ignore[union-attr]
        return None, False
    if p.OLD_THINGS.search(amount.left) and p.RIGHT_ANCHOR.match(amount.right):
        return None, False
    inner = amount.phrase.folded[quantity.inner[0] : quantity.inner[1]] if quantity.inner else ""
    if "age" in inner or (quantity.flipped and amount.right.lstrip().startswith("age")):
        return quantity.start, True
    left = p.AGE_LEFT.search(amount.left, amount.tail)
    if left and _between_is_age(left["gap"], amount):
        return quantity.start - len(amount.left) + left.start(), True
    if "age" in amount.lead or _says_old(amount, measured):
        return quantity.start, True
    if amount.phrase.heading.endswith("age") and not amount.left.strip(" *-") and quantity.unit in _UNITS:
        return quantity.start, True
    if _opens_a_range(amount):
        return quantity.start, True
    return _where_implied(amount), False


def _opens_a_range(amount: Amount) -> bool:
    """ "6 months to 2 years old": the end of the range says that it is an age."""
    quantity, after = amount.quantity, amount.next
    if quantity.form != "bare" or not after or after.form != "bare" or not {quantity.unit, after.unit} <= _TIMES:
        return False
    folded = amount.phrase.folded
    joined = folded[quantity.end : after.start].strip()
    between = joined == "and" and amount.left.rstrip().endswith(("between", "between the ages of"))
    if not (between or joined in _TO):
        return False
    return bool(p.AGE_RIGHT.match(folded, after.end)) or _of_a_child(amount, after.unit, after.end)


def _of_a_child(amount: Amount, unit: str | None, end: int) -> bool:
    """ "children 6 months to 17 years", "from 28 days to 2 years": a statement of its own in two units."""
    folded, mixed = amount.phrase.folded, unit != amount.quantity.unit
    if p.RIGHT_ANCHOR.match(folded, end) or not p.AGES_END.match(folded, end):
        return False
    alone = amount.left.strip(" *-([").removesuffix("between").removesuffix("from").strip(" (") == ""
    return mixed and (alone or bool(p.CHILD_BEFORE.search(amount.left, amount.tail)))


def _says_old(amount: Amount, measured: bool) -> bool:
    """ "old", "younger", "of age" and their like beside the number."""
    quantity = amount.quantity
    right = p.AGE_RIGHT.match(amount.right)
    words = p.OLD.search(amount.phrase.folded[quantity.start : quantity.end])
    if not (right or words) or measured:
        return False
    if quantity.unit is None:
        return bool(words) or bool(right and right[0].strip() in ("age", "of age", "aged"))
    if quantity.unit == "a" or not amount.left.strip():
        return True
    return bool(p.AGE_SUBJECT.search(amount.left, amount.tail)) or "age" in amount.right[:9]


def _where_implied(amount: Amount) -> int | None:
    quantity = amount.quantity
    if quantity.unit == "a" and amount.stated and _implied(amount):
        return quantity.start
    if quantity.unit is None and quantity.form == "comparison" and not (quantity.flipped or amount.mention):
        if (quantity.low or quantity.high) in _COMING_OF_AGE and p.THOSE_BEFORE.search(amount.left, amount.tail):
            return quantity.start if not amount.right or amount.right[0] in "),;" else None
        said = (quantity.low or quantity.high) in _COMING_OF_AGE and p.PEOPLE_AFTER.match(amount.right)
        alone = (
            not amount.left.strip(" *-") and quantity.low is not None and quantity.start == quantity.number_start
        )
        return quantity.start if said and (alone or p.OF_AGE_BEFORE.search(amount.left, amount.tail)) else None
    if quantity.unit is None and quantity.form == "range" and (quantity.high or 0) >= 12:
        people = p.PEOPLE_BEFORE.search(amount.left)
        return quantity.start if people and p.PEOPLE_AFTER.match(amount.right) else None
    word = p.AGE_SUBJECT.search(amount.left, amount.tail)
    if quantity.unit in ("mo", "wk", "d") and amount.stated and word and _young(amount):
        return quantity.start - len(amount.left) + word.start()
    return None


def _young(amount: Amount) -> bool:
    return any(
        w in amount.left for w in ("infant", "child", "neonat", "newborn", "toddler", "baby")
    ) and not p.RIGHT_ANCHOR.match(amount.right)


def _between_is_age(gap: str, amount: Amount) -> bool:
    """The words between "age" and the number speak of nothing else."""
    at = p.AGE_AT.match(gap)
    gap = gap[at.end() :] if at else gap
    if any(
        w in gap
        for w in (
            "since",
            "within",
            "for ",
            "history",
            "duration",
            "diagnos",
            "weight",
            "treated",
            "bmi",
            "prior",
            "last",
            "ecog",
            "life",
            "score",
            "every",
            "treatment",
        )
    ):
        return False
    if (
        amount.is_time
        and amount.quantity.unit in ("wk", "d", "mo", "h")
        and p.RIGHT_ANCHOR.match(amount.right)
        and amount.quantity.form != "range"
    ):
        return False
    if amount.quantity.form == "within":
        return False
    quantity, mention = amount.quantity, amount.mention
    if quantity.form == "bare" and quantity.unit is None and len(gap) > 12:
        return False
    return not (quantity.unit is None and mention and quantity.start - len(gap) <= mention.start < quantity.start)


def _implied(amount: Amount) -> bool:
    """Years with a comparator, and nothing that says what else they count."""
    if amount.quantity.form == "within" or p.RIGHT_ANCHOR.match(amount.right) or amount.looks_back:
        return False
    if p.OF_ANCHOR.match(amount.right):
        return False
    if not p.AGE_SUBJECT.search(amount.left, amount.tail):
        return False
    return not p.TEST_NAME.match(amount.right.lstrip()) and not amount.right.lstrip(" )").startswith(
        ("history", "duration", "experience")
    )


KIND = Kind("age", _age)
GESTATION = Kind("gestation", _gestation)
