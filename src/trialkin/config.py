"""Settings, read once by a surface and handed down; never read at import.

Every setting has an environment variable of the same name in capitals with the prefix TRIALKIN_.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import InvalidValue

REGISTRY_URL = "https://clinicaltrials.gov/api/v2"


@dataclass(frozen=True)
class Settings:
    """What a surface may set.

    library: folder of the library (TRIALKIN_LIBRARY; default: the platform's data folder).
    registry_url: base address of the registry's API (TRIALKIN_REGISTRY_URL).
    requests_per_second: bound on requests to the registry (TRIALKIN_REQUESTS_PER_SECOND, at most 1 by default).
    """

    library: Path
    registry_url: str = REGISTRY_URL
    requests_per_second: float = 1.0

    @classmethod
    def read(cls, *, library: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
        """Settings from the environment; an explicit `library` wins."""
        env = os.environ if environ is None else environ
        named = env.get("TRIALKIN_LIBRARY")
        return cls(
            library=library or (Path(named).expanduser() if named else default_library()),
            registry_url=env.get("TRIALKIN_REGISTRY_URL", REGISTRY_URL).rstrip("/"),
            requests_per_second=_rate(env.get("TRIALKIN_REQUESTS_PER_SECOND", "1")),
        )


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not rate > 0:
        raise InvalidValue(f"TRIALKIN_REQUESTS_PER_SECOND is {text!r}", hint="Give a number above 0, such as 0.5.")
    return rate


def default_library() -> Path:
    """The platform's folder for application data."""
    import platformdirs

    return Path(platformdirs.user_data_dir("trialkin", appauthor=False)) / "library"
