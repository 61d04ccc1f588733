"""Dose regimens read from arm and intervention text, and asked which of them apply."""

from trialkin.regimens.asking import Answer, Fact, Verdict, ask, parse_facts
from trialkin.regimens.reading import read_regimens
from trialkin.regimens.study import DosedText, study_regimens

__all__ = ["Answer", "DosedText", "Fact", "Verdict", "ask", "parse_facts", "read_regimens", "study_regimens"]
