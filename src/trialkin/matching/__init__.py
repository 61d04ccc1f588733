"""Patients against criteria: what each criterion says of a person, and the questions that would settle the rest.

Answers in memory only: nothing of a patient is written, logged or kept. Must not know: pages, commands, storage.
"""

from __future__ import annotations

from .judge import judge, judge_record, judge_text
from .questions import Asked, next_questions

__all__ = ["Asked", "judge", "judge_record", "judge_text", "next_questions"]
