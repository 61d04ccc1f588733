"""Writes the sample records of `src/trialkin/sample/records` from their source in `tools/sample`.

PYTHONPATH=src:. python -m tools.make_sample [--check]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tools.sample import STUDIES

RECORDS = Path(__file__).parents[1] / "src/trialkin/sample/records"


def rendered() -> dict[str, bytes]:
    """File name to bytes of every sample record."""
    files = {}
    for record in STUDIES():
        name = f"{record['protocolSection']['identificationModule']['nctId']}.json"
        if name in files:
            raise ValueError(f"two studies are called {name}")
        files[name] = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
    return files


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is out of date")
    check = parser.parse_args().check
    files = rendered()
    RECORDS.mkdir(parents=True, exist_ok=True)
    held = {path.name: path.read_bytes() for path in RECORDS.glob("*.json")}
    stale = sorted(name for name in files.keys() | held.keys() if files.get(name) != held.get(name))
    if not check:
        for name in stale:
            if name in files:
                (RECORDS / name).write_bytes(files[name])
            else:
                (RECORDS / name).unlink()
    size = sum(len(data) for data in files.values())
    print(f"{len(files)} records, {size:,} bytes, {len(stale)} {'out of date' if check else 'written'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
