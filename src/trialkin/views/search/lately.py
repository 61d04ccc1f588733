"""The choice "recruiting, confirmed lately": recruiting studies that their own record does not put in doubt.

The same rule as `views.standing`, said as filters. Must not know HTML.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ...indexes.search.engine import Request
from ...indexes.search.facets import NOT_STATED
from ..standing import LATELY_DAYS


def confirmed_lately(request: Request, today: dt.date) -> Request:
    """The same search for recruiting studies only, not past their end and updated within two years."""
    ahead = (f"{today.isoformat()}..", NOT_STATED)
    since = today - dt.timedelta(days=LATELY_DAYS)
    wanted = {
        "status": ("RECRUITING",),
        "completion": ahead,
        "primary_completion": ahead,
        "updated": (f"{since.isoformat()}..",),
    }
    return replace(request, filters={**request.filters, **wanted}, offset=0)


def is_confirmed_lately(request: Request, today: dt.date) -> bool:
    """Whether the search is limited so already."""
    return request.filters == confirmed_lately(request, today).filters
