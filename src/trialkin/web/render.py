"""Templates to answers.

Owns the template environment: autoescape everywhere, a missing name is an error. Must not know any page.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ..library import Library
from ..reading.markup import to_html
from ..views.words import day_of
from .blocks import head_cell, inline, svg, table_rows


@cache
def environment() -> Environment:
    """The one template environment."""
    env = Environment(
        loader=PackageLoader("trialkin", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters["markup"] = lambda source: Markup(to_html(source))
    env.globals.update(inline=inline, head_cell=head_cell, table_rows=table_rows, svg=svg)
    env.filters["day"] = day_of
    env.filters["thousands"] = lambda number: f"{number:,}"
    return env


def library_of(request: Request) -> Library:
    """The library that this app serves."""
    found: Library = request.app.state.library
    return found


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """An HTML page; every template also gets `data_timestamp`."""
    html = (
        environment()
        .get_template(template)
        .render(data_timestamp=library_of(request).data_timestamp, status=status, **context)
    )
    return HTMLResponse(html, status_code=status)
