"""What a kind of criterion is: how it claims a quantity, and how it reads a phrase without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ..phrase import Amount, Draft, Phrase


def nothing(_: Phrase) -> Iterable[Draft]:
    """What a kind reads that looks at quantities only."""
    return ()


def unclaimed(_: Amount) -> list[Draft] | None:
    """What a kind claims that looks at phrases only."""
    return None


class Kind(NamedTuple):
    """`quantity` answers the drafts it makes of an amount, [] to refuse it for all kinds, None to pass it on."""

    name: str
    quantity: Callable[[Amount], list[Draft] | None] = unclaimed
    phrase: Callable[[Phrase], Iterable[Draft]] = nothing
