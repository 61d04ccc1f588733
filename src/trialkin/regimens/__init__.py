"""Dose regimens read from arm and intervention text, and asked which of them apply."""

from trialkin.regimens.reading import read_regimens

__all__ = ["read_regimens"]
