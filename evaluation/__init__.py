"""How good the answers are, measured on labelled data: `python -m evaluation NAME --help`."""
