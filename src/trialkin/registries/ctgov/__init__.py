"""Keeping the library at the registry's daily truth: fetch, check against a census, publish at once."""

from .run import Step, synchronize
from .scope import Scope, ScopeState

__all__ = ["Scope", "ScopeState", "Step", "synchronize"]
