"""The sponsor's brief summary."""

from __future__ import annotations

from ..blocks import Block, Prose
from .context import PageContext


def blocks(context: PageContext) -> tuple[Block, ...]:
    """Source: descriptionModule.briefSummary."""
    summary = context.study.description.brief_summary
    return (Prose(summary),) if summary else ()
