"""What the registry holds: studies, ids that were merged into others, and its own clock."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterable
from typing import Any

Record = dict[str, Any]


def make_study(number: int, *, title: str = "", condition: str = "Asthma", posted: str = "2026-01-05") -> Record:
    """An invented study with every module that a sync looks at."""
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT{number:08d}",
                "orgStudyIdInfo": {"id": f"ORG-{number}"},
                "briefTitle": title or f"Invented study {number}",
            },
            "statusModule": {
                "overallStatus": "RECRUITING",
                "startDateStruct": {"date": "2025-03", "type": "ACTUAL"},
                "completionDateStruct": {"date": "2027-03", "type": "ESTIMATED"},
                "studyFirstPostDateStruct": {"date": "2025-01-10", "type": "ACTUAL"},
                "lastUpdateSubmitDate": posted,
                "lastUpdatePostDateStruct": {"date": posted, "type": "ACTUAL"},
            },
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Invented Institute", "class": "OTHER"}},
            "descriptionModule": {"briefSummary": f"Summary of study {number}. " * 5},
            "conditionsModule": {"conditions": [condition]},
            "designModule": {
                "studyType": "INTERVENTIONAL",
                "phases": ["PHASE2"],
                "enrollmentInfo": {"count": 40 + number % 50, "type": "ESTIMATED"},
            },
            "outcomesModule": {"primaryOutcomes": [{"measure": "Overall survival", "timeFrame": "2 years"}]},
            "eligibilityModule": {
                "eligibilityCriteria": "Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria:\n\n* Pregnancy",
                "sex": "ALL",
                "minimumAge": "18 Years",
            },
        },
        "derivedSection": {"miscInfoModule": {"versionHolder": "2026-01-05"}},
        "hasResults": False,
    }


class Records:
    """The registry's state. Every change moves its data timestamp, as a nightly release does."""

    def __init__(self, studies: Iterable[Record] = (), *, now: dt.datetime | None = None) -> None:
        self.lock = threading.RLock()
        self.now = now or dt.datetime(2026, 1, 5, 9, 0, 6)
        self.bodies: dict[str, bytes] = {}
        self.dates: dict[str, str] = {}
        self.aliases: dict[str, str] = {}
        for study in studies:
            self._set(study)

    @property
    def data_timestamp(self) -> str:
        return self.now.strftime("%Y-%m-%dT%H:%M:%S")

    def _set(self, study: Record) -> str:
        nct_id: str = study["protocolSection"]["identificationModule"]["nctId"]
        status = study["protocolSection"].get("statusModule", {})
        self.bodies[nct_id] = json.dumps(study, ensure_ascii=False, separators=(",", ":")).encode()
        self.dates[nct_id] = status.get("lastUpdatePostDateStruct", {}).get("date", "")
        return nct_id

    def load(self, raw: bytes) -> str:
        """Take a record's bytes as they are."""
        study = json.loads(raw)
        nct_id = self._set(study)
        self.bodies[nct_id] = raw
        return nct_id

    def get(self, nct_id: str) -> Record:
        record: Record = json.loads(self.bodies[nct_id])
        return record

    def tick(self, *, seconds: int = 60, days: int = 0) -> None:
        """Let the registry's clock run, or jump when negative."""
        with self.lock:
            self.now += dt.timedelta(seconds=seconds, days=days)

    def add(self, study: Record) -> str:
        """Post a study as of now."""
        with self.lock:
            self.tick()
            self._stamp(study)
            return self._set(study)

    def edit(self, nct_id: str, change: Callable[[Record], None], *, silently: bool = False) -> None:
        """Change a study; `silently` leaves its last update date where it was."""
        with self.lock:
            self.tick()
            study = self.get(nct_id)
            change(study)
            if not silently:
                self._stamp(study)
            self._set(study)

    def remove(self, nct_id: str) -> None:
        """Take a study away: not listed any more, 404 when asked for."""
        with self.lock:
            self.tick()
            del self.bodies[nct_id], self.dates[nct_id]
            for alias in [alias for alias, target in self.aliases.items() if target == nct_id]:
                del self.aliases[alias]

    def merge(self, nct_id: str, *, into: str) -> None:
        """Make an id an alias of another study's."""

        def note(study: Record) -> None:
            ident = study["protocolSection"]["identificationModule"]
            ident["nctIdAliases"] = [*ident.get("nctIdAliases", []), nct_id]

        with self.lock:
            moved = [alias for alias, target in self.aliases.items() if target == nct_id]
            self.remove(nct_id)
            self.edit(into, note)
            for alias in [nct_id, *moved]:
                self.aliases[alias] = into

    def _stamp(self, study: Record) -> None:
        today = self.now.strftime("%Y-%m-%d")
        status = study["protocolSection"].setdefault("statusModule", {})
        status["lastUpdatePostDateStruct"] = {"date": today, "type": "ACTUAL"}
        status["lastUpdateSubmitDate"] = today
        study.setdefault("derivedSection", {}).setdefault("miscInfoModule", {})["versionHolder"] = today
