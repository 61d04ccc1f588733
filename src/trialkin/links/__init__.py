"""The same trial under several registrations: certain where a record names the other's id, likely where much agrees.

Works on studies alone, without a library. Likely links are shown with their reasons and never merged.
"""

from .same import Link, Registration, certain_links, describe, likely_links, same_trials

__all__ = ["Link", "Registration", "certain_links", "describe", "likely_links", "same_trials"]
