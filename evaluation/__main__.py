"""Run one evaluation; the last line of the output is one JSON object."""

from __future__ import annotations

import argparse
import importlib
import json
import sys

NAMES = ("criteria", "expansion", "matching", "probes", "regimens", "related", "same_trial", "search")


def main() -> None:
    """Parse the name, hand over to `evaluation.NAME`, print its figures."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    name = parser.parse_args(sys.argv[1:2]).name
    module = importlib.import_module(f"evaluation.{name}")
    own = argparse.ArgumentParser(prog=f"python -m evaluation {name}", description=module.__doc__)
    module.add_arguments(own)
    print(json.dumps(module.run(own.parse_args(sys.argv[2:])), ensure_ascii=False))


if __name__ == "__main__":
    main()
