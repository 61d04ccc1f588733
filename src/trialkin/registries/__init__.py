"""One folder a register: what it offers to the log."""
