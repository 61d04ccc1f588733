"""Text to facts with spans: pure functions, no I/O."""
