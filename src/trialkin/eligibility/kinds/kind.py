"""What a kind of criterion is: how it claims a quantity, and how it reads a phrase without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ..phrase import Amount, Draft, Phrase


def _nothing(_: Phrase) -> Iterable[Draft]:
    return ()


def _unclaimed(_: Amount) -> list[Draft] | None:
    return None


class Kind(NamedTuple):
    """`quantity` answers the drafts it makes of an amount, [] to refuse it for all kinds, None to pass it on."""

    name: str
    quantity: Callable[[Amount], list[Draft] | None] = _unclaimed
    phrase: Callable[[Phrase], Iterable[Draft]] = _nothing
