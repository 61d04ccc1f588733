"""Search by what criteria and doses say: `allows:"ECOG 2"`, `dose:"cisplatin 100 mg/m2"`.

The readings answer, in three values; a search finds those that say yes. Must not know the engine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...errors import InvalidQuery, InvalidValue
from .tree import Node, Not, Phrase, Says, Words, leaves

if TYPE_CHECKING:
    from ..readings.asking import Said
    from .lexer import Token

NAMES = {
    "allows": "Allows",
    "excludes": "Excludes",
    "requires": "Requires",
    "washout": "Washout",
    "dose": "Dose",
}
"""What can be asked, as `readings.asking.NAMES`, with its label."""

Ask = Callable[[str, str], "Said"]
"""The answer of the readings to a name and a text."""


def says(name: str, node: Node, token: Token) -> Node:
    """What was typed after the name, as a question.

    Raises:
        InvalidQuery: nothing, or more than a text, was typed.
    """
    text = node.text if isinstance(node, Phrase) else " ".join(node.words) if isinstance(node, Words) else ""
    if not text.strip():
        from ..readings.asking import EXAMPLES

        raise InvalidQuery(
            f"{name}: expects what criteria say, in quotes", column=token.column, hint=f"Such as {EXAMPLES[name]}."
        )
    return Says(name, text.strip())


def answered(ask: Ask | None, node: Says) -> Said:
    """The answer of the readings.

    Raises:
        InvalidQuery: the text cannot be read. NotPrepared, DamagedLibrary: the readings cannot be asked.
    """
    if ask is None:
        raise InvalidQuery(f"{node.name}: cannot be asked without the readings", column=1)
    try:
        return ask(node.name, node.text)
    except InvalidValue as error:
        raise InvalidQuery(error.message, column=1, hint=error.hint) from error


def says_of(tree: Node) -> tuple[Says, ...]:
    """The questions of a search that a hit answers with yes: those that are not denied."""
    if isinstance(tree, Not):
        return ()
    items = getattr(tree, "items", None)
    if items is not None:
        return tuple(one for item in items for one in says_of(item))
    return tuple(leaf for leaf in leaves(tree) if isinstance(leaf, Says))
