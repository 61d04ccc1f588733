"""Trialkin: the clinical-trial registry on your own machine."""

from pathlib import Path

from .errors import TrialkinError
from .library import Library
from .model import Study, read_study

__all__ = ["Library", "Study", "TrialkinError", "__version__", "open", "read_study"]
__version__ = "0.1.0"


def open(folder: Path | str | None = None, *, create: bool = False) -> Library:  # noqa: A001
    """A library: the one in a folder, or that of the settings (TRIALKIN_LIBRARY, else your data folder).

    Raises:
        NoLibrary: there is none and `create` is False.
    """
    from .config import Settings

    return Library(folder or Settings.read(library=None).library, create=create)
