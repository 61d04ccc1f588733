"""600,000 realistic records from those at hand, as a bulk zip: `python -m benchmarks.generate OUT.zip`.

Each record is a real one with some modules of another real one, and an id of its own (NCT80000000 and up,
which the registry has not reached). Deterministic for a seed; streamed, so memory does not grow with the count.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

Modules = dict[str, msgspec.Raw]
FIRST_ID = 80_000_000
SWAPPED = (
    "sponsorCollaboratorsModule",
    "eligibilityModule",
    "contactsLocationsModule",
    "outcomesModule",
    "statusModule",
)
MEAN_BYTES = 17_000  # of the registry's records, 2026-08: 10.33 GB for 597,913

_decode = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_encode = msgspec.json.encode


def load(folder: Path) -> list[dict[str, Modules | msgspec.Raw]]:
    """The records of every bulk zip of a folder, their modules left as bytes."""
    records = []
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                sections: dict = dict(_decode(archive.read(name)))
                sections["protocolSection"] = dict(_decode(sections["protocolSection"]))
                records.append(sections)
    return records


def generate(records: list[dict], *, count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """(id, bytes) of `count` records; larger ones are drawn more often so that the mean is the registry's."""
    draw = random.Random(seed)
    cumulative = list(itertools.accumulate(_weights([len(_encode(record)) for record in records])))
    for number in range(count):
        base, donor = draw.choices(records, cum_weights=cumulative, k=2)
        nct_id = f"NCT{FIRST_ID + number:08d}"
        protocol = dict(base["protocolSection"])
        for module in draw.sample(SWAPPED, 2):
            if module in donor["protocolSection"]:
                protocol[module] = donor["protocolSection"][module]
        ident = msgspec.json.decode(protocol["identificationModule"])
        ident["nctId"] = nct_id
        ident.pop("nctIdAliases", None)
        ident.setdefault("orgStudyIdInfo", {})["id"] = f"GEN-{number:06d}"
        protocol["identificationModule"] = msgspec.Raw(_encode(ident))
        yield nct_id, _encode({**base, "protocolSection": protocol})


def _weights(sizes: list[int]) -> list[float]:
    """Tilt the draw by size ** a, with the a that makes the mean MEAN_BYTES."""
    low, high = 0.0, 2.0
    for _ in range(40):
        tilt = (low + high) / 2
        weights = [size**tilt for size in sizes]
        mean = sum(w * s for w, s in zip(weights, sizes, strict=True)) / sum(weights)
        low, high = (tilt, high) if mean < MEAN_BYTES else (low, tilt)
    return weights


def main() -> None:
    """Write the zip and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data"), help="folder with bulk zips")
    parser.add_argument("--count", type=int, default=600_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    started, size = time.monotonic(), 0
    records = load(args.corpus)
    with zipfile.ZipFile(args.out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for nct_id, body in generate(records, count=args.count, seed=args.seed):
            archive.writestr(f"{nct_id}.json", body)
            size += len(body)
    print(f"{args.count:,} records, {size / 1e9:.2f} GB, mean {size / args.count:,.0f} bytes")
    print(f"{args.out.stat().st_size / 1e9:.2f} GB zipped, {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
