"""The common base of every object of a study record.

Owns how JSON keys map to names. Must not know any single object.
"""

from __future__ import annotations

import msgspec

field = msgspec.field


class Record(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename="camel",
    gc=False,
):
    """An object of the registry's v2 record: camelCase JSON keys, snake_case names.

    An absent key is None or an empty tuple. Unknown keys are skipped here and counted by `drift`;
    the raw bytes in the store keep them.
    """
