"""Terms as the index keeps them, in words again: what need not be read from a record a second time.

The index keeps checksums of terms. Those of concept tables are known beforehand, those of the programme (ids, papers,
sponsors) are known when the study that is asked about has them too. Must not know: scores, pages.
"""

from __future__ import annotations

from functools import cache

from ...reading.concepts import concepts
from ...reading.passages import Reading
from .rows import key_of
from .signals import SIGNALS, Bag
from .state import State

TABLE_OF = {
    "disease": "disease_concepts",
    "setting": "setting_concepts",
    "intervention": "intervention_concepts",
    "comparator": "intervention_concepts",
    "strategy": "strategy_concepts",
    "purpose": "purpose_concepts",
}
"""The concept table of each signal that has one."""


class Kept:
    """The kept terms of any study of a state, as far as they can be told; `reading`: the study asked about."""

    def __init__(self, state: State, reading: Reading) -> None:
        self._state = state
        self._own = {
            key_of(signal.name, term): (signal.name, term)
            for signal in SIGNALS
            if signal.name == "programme"
            for term in signal.bag(reading)
        }

    def bags(self, nct_id: str) -> dict[str, Bag] | None:
        """Terms with their weights by signal; None when the study is not in the index."""
        row = self._state.row_of(nct_id) if nct_id else None
        if row is None:
            return None
        keys, values = self._state.rows.terms(row)
        known = _by_key()
        found: dict[str, Bag] = {}
        for key, value in zip(keys.tolist(), values.tolist(), strict=True):
            named = known.get(key) or self._own.get(key)
            if named is not None:
                found.setdefault(named[0], {})[named[1]] = value
        return found


@cache
def _by_key() -> dict[int, tuple[str, str]]:
    """Key -> (signal, term) of every concept, and of every name of an intervention."""
    found: dict[int, tuple[str, str]] = {}
    for signal, table in TABLE_OF.items():
        known = concepts(table)
        names = known.names() if table == "intervention_concepts" else ()
        for term in (*known, *(f"={name}" for name in names)):
            found[key_of(signal, term)] = (signal, term)
    return found
