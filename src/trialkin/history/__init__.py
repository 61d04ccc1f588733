"""What changed between two versions of a study, in the terms that people watch, and as raw JSON."""

from .changes import Change, Group
from .compare import compare
from .raw import raw_difference

__all__ = ["Change", "Group", "compare", "raw_difference"]
