"""Trialkin: the clinical-trial registry on your own machine."""

from .errors import TrialkinError
from .library import Library
from .model import Study, read_study

__all__ = ["Library", "Study", "TrialkinError", "__version__", "read_study"]
__version__ = "0.1.0"
