"""One additive score: each signal's likeness times its weight, and nothing else.

Owns likeness per signal, the weights, and the sum. A signal that one study says nothing about contributes nothing
and says so. Must not know: texts, storage, relations.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ...errors import InvalidValue
from .learnt import Portrait
from .signals import DERIVED, SIGNALS, Bag

Weights = Mapping[str, float]
"""Weight of each signal, none negative; those not named weigh nothing."""

NAMES: tuple[str, ...] = (*(signal.name for signal in SIGNALS), *DERIVED)
"""Every signal, in the order of `SIGNALS`, the derived ones last."""

FACET_OF: dict[str, str] = {
    **{signal.name: signal.facet for signal in SIGNALS},
    **{name: facet for name, (facet, _) in DERIVED.items()},
}

LABEL_OF: dict[str, str] = {
    **{signal.name: signal.label for signal in SIGNALS},
    **{name: label for name, (_, label) in DERIVED.items()},
}


@cache
def default_weights() -> Weights:
    """The shipped weights, which sum to one.

    Source: `related/weights.tsv`, written by `python -m evaluation related --fit`.
    """
    lines = files(__package__).joinpath("weights.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {name: float(value) for name, value, _ in (line.split("\t") for line in lines)}


def checked_weights(given: Mapping[str, object]) -> Weights:
    """Weights from outside, scaled to sum to one.

    Raises:
        InvalidValue: an unknown signal, a value that is no number or negative, or no weight at all.
    """
    weights: dict[str, float] = {}
    for name, value in given.items():
        if name not in NAMES:
            raise InvalidValue(f"there is no signal {name!r}", hint=f"Signals: {', '.join(NAMES)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
            raise InvalidValue(f"the weight of {name} must be a number from 0 up, not {value!r}")
        weights[name] = float(value)
    total = sum(weights.values())
    if total <= 0:
        raise InvalidValue("all weights are 0", hint="Give at least one signal a weight above 0.")
    return {name: value / total for name, value in weights.items()}


def likenesses(a: Portrait, b: Portrait) -> dict[str, float | None]:
    """Likeness 0 to 1 by signal; None where one of the two says nothing about it. Symmetric."""
    found: dict[str, float | None] = {
        name: _dot(a.terms[name], b.terms[name]) if a.terms[name] and b.terms[name] else None for name in a.terms
    }
    found["same_question"] = together(found["disease"], found["intervention"])
    if a.vector is None or b.vector is None:
        found["text_vectors"] = None
    else:
        found["text_vectors"] = min(1.0, max(0.0, float(a.vector @ b.vector)))
    return found


def together(disease: float | None, intervention: float | None) -> float | None:
    """Both at once: the geometric mean, nought when either is."""
    if disease is None or intervention is None:
        return None
    return math.sqrt(disease * intervention)


def contributions(found: Mapping[str, float | None], weights: Weights) -> dict[str, float]:
    """What each weighted signal adds; the score is their sum."""
    return {name: weights[name] * (found.get(name) or 0.0) for name in NAMES if weights.get(name, 0.0) > 0}


def _dot(a: Bag, b: Bag) -> float:
    if len(a) > len(b):
        a, b = b, a
    return min(1.0, sum(weight * b[term] for term, weight in a.items() if term in b))
