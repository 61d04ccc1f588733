"""The search page, in the browser and in the terminal; its address; the report of a search."""

from .address import address, read_address

__all__ = ["address", "read_address"]
