"""Eligibility text to sections, items and computable criteria."""

from __future__ import annotations

from .read import parse_criteria, parse_item, parse_text
from .split import split

__all__ = ["parse_criteria", "parse_item", "parse_text", "split"]
