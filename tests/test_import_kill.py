"""`kill -9` at any moment of an import: nothing acknowledged is lost, and no manual repair is needed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from trialkin import Library

KILLS = int(os.environ.get("TRIALKIN_TEST_KILLS", "60"))
STUDIES = 6000


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough small records that an import takes many batches."""
    path = tmp_path_factory.mktemp("kill") / "bulk.zip"
    with zipfile.ZipFile(path, "w") as bulk:
        for number in range(1, STUDIES + 1):
            ident = {"nctId": f"NCT{number:08d}", "briefTitle": f"Invented study {number} " + "x" * (number % 700)}
            bulk.writestr(
                f"NCT{number:08d}.json", json.dumps({"protocolSection": {"identificationModule": ident}})
            )
    return path


_ACKNOWLEDGING = """
import sys
from pathlib import Path
from trialkin import Library
with Library(sys.argv[2], create=True) as library:
    print("begun", flush=True)
    library.import_records([Path(sys.argv[1])], progress=lambda what, done, total: print(done, flush=True))
"""


@pytest.mark.slow
def test_killed_imports_lose_nothing_acknowledged(archive: Path, tmp_path: Path) -> None:
    choose = random.Random(20261122)
    folder = tmp_path / "library"
    acknowledged = 0
    for _ in range(KILLS):
        command = [sys.executable, "-c", _ACKNOWLEDGING, str(archive), str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begun\n"
            time.sleep(choose.uniform(0, 0.35))
            process.send_signal(signal.SIGKILL)
            said = process.stdout.read().split()
        acknowledged = max([acknowledged, *(int(word) for word in said if word.isdigit())])
        with Library(folder) as library:
            assert len(library) >= acknowledged
            assert library.verify(deep=True).problems == []
    with Library(folder) as library:
        run = library.import_records([archive])
        assert run.counts["read"] == STUDIES == len(library)
        assert run.counts["quarantined"] == 0
        assert library.verify(deep=True).problems == []
        assert sum(1 for _ in library.studies()) == STUDIES
