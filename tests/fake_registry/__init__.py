"""A registry of our own on loopback: the documented API over records in memory, with every known fault on demand.

    with FakeRegistry.serving(records) as registry:
        registry.url                      # the base address to sync from
        registry.edit("NCT00000001", …)   # change what it holds
        registry.faults.next(Fault.status(429, retry_after="2"))

`records` holds the state, `query` answers requests from it, `faults` spoils answers, `server` speaks HTTP.
"""

from .faults import Fault, Faults
from .records import Records, make_study
from .server import FakeRegistry

__all__ = ["FakeRegistry", "Fault", "Faults", "Records", "make_study"]
