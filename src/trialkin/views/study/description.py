"""The sponsor's detailed description."""

from __future__ import annotations

from ..blocks import Block, Prose
from .context import PageContext


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: descriptionModule.detailedDescription."""
    description = context.study.description.detailed_description
    return (Prose(description),) if description else ()
