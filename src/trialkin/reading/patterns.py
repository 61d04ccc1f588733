"""Regular expressions by the hundred: compiled when first used, and alternations of many words.

Must not know: what a pattern finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

_Find = Callable[..., re.Match[str] | None]


class Pattern:
    """What `re.compile` makes, made at the first use: its methods are those of `re.Pattern`, the first call compiles.

    Each costs some 20 ns more than that of `re.Pattern`: what every text is read with is better compiled at once.

    Raises:
        re.error: at the first use, when the expression is not well-formed.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    @cached_property
    def search(self) -> _Find:
        return self.compiled.search

    @cached_property
    def match(self) -> _Find:
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> _Find:
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[str]]:
        return self.compiled.findall

    @cached_property
    def split(self) -> Callable[..., list[str]]:
        return self.compiled.split

    @cached_property
    def sub(self) -> Callable[..., str]:
        return self.compiled.sub


def trie(forms: Iterable[str], *, space: str = " ") -> str:
    """One alternation of all forms that tries each character once, longest form first; `space` matches a space."""
    root: dict[str, Any] = {}
    for form in forms:
        node = root
        for character in form:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(root, space)


def _branch(node: dict[str, Any], space: str) -> str:
    ends = "" in node
    branches = [
        (space if character == " " else re.escape(character)) + _branch(child, space)
        for character, child in node.items()
        if character
    ]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not ends else "(?:" + "|".join(branches) + ")"
    return joined + "?" if ends else joined
