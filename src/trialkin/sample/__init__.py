"""The sample library: records to try Trialkin with, without a download.

Owns handing out the shipped records. `NCT07320690` is a registered study whose facts are kept and whose texts are
rewritten in our own words; every `NCT99…` record is invented. Must not know: storage, pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

REWRITTEN = frozenset({"NCT07320690"})


def records() -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of every sample record, by name."""
    folder = files(__package__).joinpath("records")
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".json"):
            yield path.name, path.read_bytes()


def is_rewritten(nct_id: str, raw: bytes) -> bool:
    """Whether these are the sample's own bytes of a registered study, not the registry's record."""
    return nct_id in REWRITTEN and raw == files(__package__).joinpath("records", f"{nct_id}.json").read_bytes()


def is_invented(nct_id: str) -> bool:
    """Whether the id is one of the invented studies (NCT99…); the registry has not reached such ids."""
    return nct_id.startswith("NCT99")
