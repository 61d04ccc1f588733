"""The search page, in the browser and in the terminal; its address; the report of a search."""

from .address import address, read_address
from .cards import Card, card
from .page import SearchPage, search_page

__all__ = ["Card", "SearchPage", "address", "card", "read_address", "search_page"]
