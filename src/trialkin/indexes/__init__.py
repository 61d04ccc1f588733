"""Everything derived from the log: search, related studies, readings."""
