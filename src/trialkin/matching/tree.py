"""What a sentence says of a person, as a small tree: named things, bounds, sex, joined and denied.

Values only. Must not know: how sentences are read, facts.
"""

from __future__ import annotations

from typing import Literal

from ..model.criteria import Criterion, Value

Tense = Literal["now", "ever", "past", "planned", "any"]
""" "now" asks for what is current, "ever" for what is or was, "any" is not said."""
About = Literal["condition", "treatment", "any"]


class Within(Value, frozen=True, kw_only=True):
    """How long ago, in days: at most `most`, at least `least`; None is not said. `lasting` speaks of a duration."""

    least: float | None = None
    most: float | None = None
    lasting: bool = False


class Named(Value, frozen=True, kw_only=True):
    """A thing that a sentence names; `loose` are words that may belong to it, `examples` name kinds of it,
    `but` names kinds that do not count."""

    text: str
    tense: Tense = "any"
    about: About = "any"
    loose: str = ""
    examples: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    within: Within | None = None


class Bound(Value, frozen=True, kw_only=True):
    """A value between bounds."""

    criterion: Criterion
    within: Within | None = None


class Sex(Value, frozen=True, kw_only=True):
    """ "female" or "male"."""

    sex: str


class Opaque(Value, frozen=True, kw_only=True):
    """Words that nobody can judge from facts."""

    text: str


class All(Value, frozen=True, kw_only=True):
    """Every part holds."""

    parts: tuple[Node, ...]


class Any(Value, frozen=True, kw_only=True):
    """At least `least` parts hold."""

    parts: tuple[Node, ...]
    least: int = 1


class Not(Value, frozen=True, kw_only=True):
    """The part does not hold."""

    part: Node


class Readings(Value, frozen=True, kw_only=True):
    """Ways to read the same words: only what all of them say is said."""

    parts: tuple[Node, ...]


class Defined(Value, frozen=True, kw_only=True):
    """A thing that bounds in brackets define: the bounds decide where they can."""

    part: Node
    bounds: Node


Node = Defined | Named | Bound | Sex | Opaque | All | Any | Not | Readings
