"""Eligibility text to sections, items and computable criteria."""

from __future__ import annotations

from .split import split

__all__ = ["split"]
