"""The kinds of criteria, in the order in which they may claim a quantity or a phrase.

A new kind is one file with a `KIND` and one line here.
"""

from __future__ import annotations

from . import age, count, dose, duration, life_expectancy, measure, named, scale, severity, variable, window
from .kind import Kind

KINDS: tuple[Kind, ...] = (
    life_expectancy.KIND,
    age.GESTATION,
    age.KIND,
    scale.KIND,
    severity.KIND,
    variable.KIND,
    window.KIND,
    duration.KIND,
    dose.KIND,
    count.KIND,
    measure.KIND,
    named.KIND,
)

__all__ = ["KINDS", "Kind"]
