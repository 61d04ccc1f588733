"""Regular expressions by the hundred: each is compiled when it is first used, so that a command pays for its own.

Must not know: what a pattern finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property

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
