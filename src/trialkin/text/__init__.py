"""Registry markup, quantities and terms in prose. Must not know studies."""
