"""Dose regimens read from arm and intervention text, and asked which of them apply."""

from trialkin.reading.doses.asking import Answer, Fact, Verdict, ask, parse_facts
from trialkin.reading.doses.reading import read_regimens
from trialkin.reading.doses.study import DosedText, study_regimens

__all__ = ["Answer", "DosedText", "Fact", "Verdict", "ask", "parse_facts", "read_regimens", "study_regimens"]
