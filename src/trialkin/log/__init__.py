"""The one log: every record version as the registry gave it. The only user of SQLite."""

from .records import Put, Store, StoredRecord
from .runs import Run
from .schema import FILE_NAME, engine

__all__ = ["FILE_NAME", "Put", "Run", "Store", "StoredRecord", "engine"]
