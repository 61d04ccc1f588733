"""The text of the sample library: what `tools/make_sample.py` writes into `src/trialkin/sample/records`."""

from __future__ import annotations

from . import head_and_neck, interventional, other_shapes, seed, with_results
from .build import Json

PARTS = (seed, head_and_neck, with_results, interventional, other_shapes)


def STUDIES() -> list[Json]:
    return [record for part in PARTS for record in part.studies()]
