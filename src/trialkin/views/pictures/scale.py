"""Axes: where a number stands between the ends, and round numbers to name. Must not know: what is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear or logarithmic axis; `low` < `high`, both > 0 when `log`."""

    low: float
    high: float
    log: bool = False

    def share(self, value: float) -> float:
        """Where the value stands: 0 at `low`, 1 at `high`; values beyond an end stand at that end."""
        if self.log:
            value = max(value, self.low)
            found = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            found = (value - self.low) / (self.high - self.low)
        return min(1.0, max(0.0, found))

    def ticks(self, count: int = 4) -> tuple[float, ...]:
        """About `count` round numbers within the axis."""
        return self._log_ticks(count) if self.log else self._linear_ticks(count)

    def _linear_ticks(self, count: int) -> tuple[float, ...]:
        step = _round_step((self.high - self.low) / count)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return tuple(float(f"{index * step:.12g}") for index in range(first, last + 1))

    def _log_ticks(self, count: int) -> tuple[float, ...]:
        low, high = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        for factors in ((1, 2, 5), (1, 3), (1,)):
            found = [f * 10.0**e for e in range(low, high + 1) for f in factors]
            inside = tuple(t for t in found if self.low * 0.999 <= t <= self.high * 1.001)
            if len(inside) <= count + 2:
                return inside if len(inside) > 2 else self._linear_ticks(count)
        step = math.ceil(len(inside) / (count + 1))
        return inside[::step]


def spanning(
    values: Iterable[float], *, log: bool = False, include: Iterable[float] = (), margin: float = 0.04
) -> Scale:
    """The axis that holds all values and `include`, with a small margin at both ends."""
    found = [v for v in (*values, *include) if math.isfinite(v) and (v > 0 or not log)]
    if not found:
        return Scale(0.1, 10, log=True) if log else Scale(0, 1)
    low, high = min(found), max(found)
    if log:
        grow = (high / low) ** margin if high > low else 2.0
        return Scale(low / max(grow, 1.05), high * max(grow, 1.05), log=True)
    if low == high:
        reach = abs(low) * 0.1 or 1.0
        return Scale(low - reach, high + reach)
    room = (high - low) * margin
    return Scale(low - room if low else 0.0, high + room if high else 0.0)


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (1, 2, 2.5, 5, 10):
        if rough <= factor * power * 1.0001:
            return factor * power
    return 10 * power


def tick_label(value: float) -> str:
    """A tick as people write it: a power of ten only below 0.001 and from ten millions."""
    if value and not 0.001 <= abs(value) < 1e7:
        mantissa, power = f"{value:.4e}".split("e")
        return f"{float(mantissa):g}e{int(power)}".replace("-", "\u2212")
    return f"{value:,.10g}".replace("-", "\u2212")
