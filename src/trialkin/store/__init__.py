"""The one log: every record version as the registry gave it. The only user of SQLite."""

from .records import Put, Store, StoredRecord
from .runs import Run

__all__ = ["Put", "Run", "Store", "StoredRecord"]
