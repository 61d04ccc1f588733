"""Named mutants: each breaks one promise, and the tests named beside it must go red.

    python tools/mutants.py [NAME …]

Prints one line a mutant and the share that was killed; exit 1 when one survives or its text is no longer in the code.
Works in a copy of the repository, never in this one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Mutant(NamedTuple):
    """name: what is broken. file: below src/trialkin. before, after: what is exchanged. tests: what must fail."""

    name: str
    file: str
    before: str
    after: str
    tests: str


LOG, SYNC = "tests/log", "tests/registries/ctgov"
MUTANTS = (
    Mutant("stored hash unchecked", "log/records.py", "if raw_hash(raw) != expected:", "if False:", LOG),
    Mutant("alias that is current again redirects", "log/records.py",
           " AND alias NOT IN (SELECT nct_id FROM head WHERE NOT gone)", "", f"{LOG} {SYNC}"),
    Mutant("dictionary copy unread", "log/dictionaries.py", "raw_hash(each) == copy[0]), None)", "False), body)", LOG),
    Mutant("repair mends the current version only", "log/records.py", "self._mend(nct_id, raw, new_hash)",
           "head and head[1] == new_hash and self._mend(nct_id, raw, new_hash)", LOG),
    Mutant("older replaces newer", "log/records.py", "order_key < head[2] or", "order_key > head[2] or", LOG),
    Mutant("a failed batch counts", "log/records.py", "run.counts = before", "pass", LOG),
    Mutant("drop limit tenfold", "registries/ctgov/census.py", "DROP_SHARE = 0.005", "DROP_SHARE = 0.05", SYNC),
    Mutant("most dropped tenfold", "registries/ctgov/census.py", "DROP_MOST = 2_000", "DROP_MOST = 20_000", SYNC),
    Mutant("weekly sweep off", "registries/ctgov/run.py", "return age.days >= _SWEEP_EVERY_DAYS", "return False", SYNC),
    Mutant("one absence is enough", "registries/ctgov/run.py",
           "return [nct_id for nct_id in nct_ids if nct_id not in listed]", "return list(nct_ids)", SYNC),
    Mutant("phase 2 needs no results", "views/study/results_state.py", '{"PHASE1", "EARLY_PHASE1"}',
           '{"PHASE1", "EARLY_PHASE1", "PHASE2"}', "tests/views"),
    Mutant("other digits are ids", "model/ids.py", "re.IGNORECASE | re.ASCII", "re.IGNORECASE", "tests/registries"),
    Mutant("other registers have no number", "model/ids.py",
           "return FIRST_OTHER + zlib.crc32(study_id.encode()) % (NUMBERS - FIRST_OTHER)", "return 0",
           "tests/registries/test_other_registers.py"),
    Mutant("ids of kin are cut", "indexes/related/rows.py", 'ID = "S24"', 'ID = "S11"',
           "tests/indexes/related/test_build.py"),
    Mutant("any Host is answered", "web/safety.py", " or hosts[0].lower() not in self.hosts", "", "tests/web"),
    Mutant("a download of any size", "registries/ctgov/transport.py", "if size > _MAX_BODY_BYTES:", "if False:", SYNC),
    Mutant("cells run as formulas", "export/registry_csv.py", "def guarded(cell: str) -> str:",
           "def guarded(cell: str) -> str:\n    return cell\n\n\ndef _unused(cell: str) -> str:",
           "tests/export tests/web"),
)  # fmt: skip


def killed(mutant: Mutant, copy: Path) -> bool | None:
    """Whether the tests notice; None when there is nothing to break."""
    file = copy / "src" / "trialkin" / mutant.file
    sound = file.read_text("utf-8")
    if mutant.before not in sound:
        return None
    file.write_text(sound.replace(mutant.before, mutant.after), "utf-8")
    try:
        return _tests(mutant.tests, copy) == 1  # 1: tests failed; another status is an error of the run
    finally:
        file.write_text(sound, "utf-8")


def _tests(folders: str, copy: Path) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider",
               "-m", "not slow and not browser and not corpus", *folders.split()]  # fmt: skip
    surroundings = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=copy, env=surroundings, capture_output=True, check=False).returncode


def main(names: list[str]) -> int:
    """Try the mutants of these names, all without any."""
    chosen = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", ".git", ".*_cache", "__pycache__"))
        told = {
            mutant.name: killed(mutant, copy) for mutant in chosen if not print(f"{mutant.name} …", flush=True)
        }
    words = {True: "killed", False: "SURVIVED", None: "NOT FOUND"}
    for name, outcome in told.items():
        print(f"{words[outcome]:9}  {name}")
    share = sum(outcome is True for outcome in told.values())
    print(f"killed {share} of {len(told)}")
    return 0 if share == len(told) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
