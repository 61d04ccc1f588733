"""The landscape of a search: its page, and the same as one file that can be sent to somebody."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from ..views.landscape import LandscapePage, landscape_page
from ..views.search import address, read_address
from .render import environment, library_of, page

router = APIRouter()


@router.get("/landscape")
def landscape(request: Request) -> Response:
    """Everything that a search finds, counted and drawn; the address is that of the search, and each mark leads
    to its own."""
    asked, _ = read_address(request.query_params.multi_items())
    shown = landscape_page(library_of(request).landscape(asked), request=asked, link=address)
    return page(request, "landscape.html", page=shown, q=asked.text, search=address(asked))


def landscape_file(shown: LandscapePage, *, data_timestamp: str | None) -> str:
    """The page as one HTML text that needs no other file; the only place with an inlined style."""
    static = files("trialkin").joinpath("static")
    style = "\n".join(
        static.joinpath(name).read_text(encoding="utf-8") for name in ("pictures.css", "trialkin.css")
    )
    template = environment().get_template("landscape_file.html")
    return template.render(page=shown, style=Markup(style), data_timestamp=data_timestamp)
