"""How well dose rows are read: precision and recall of rows against labelled texts.

A predicted row matches a labelled row when agent, dose, unit and schedule agree; each labelled row is matched at most
once. Agents agree when one name contains the other, when text or name give one in brackets behind the other
("5-fluorouracil (5-FU)"), or when one stands in capitals there and has the other's letters in order (SBRT). Schedules
agree when they mean the same days: "d-5--3" is "d-5,-4,-3", "q14d" is "q2wk".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from trialkin.model.regimen import RegimenRow
from trialkin.reading.doses import read_regimens

MEASURES = {
    "regimen": ("agent", "dose", "unit", "schedule"),
    "regimen_dose": ("dose", "unit"),
    "regimen_agent_dose": ("agent", "dose", "unit"),
    "regimen_with_route": ("agent", "dose", "unit", "schedule", "route"),
    "regimen_with_course": ("agent", "dose", "unit", "schedule", "route", "repeats", "duration"),
    "regimen_strict": ("agent_exact", "dose", "unit", "schedule", "route", "repeats", "duration"),
}
SETS = {"regimens": "", "doses_plain": "plain_"}
HALVES = {"even": 0, "odd": 1}
_EACH = ("regimen", "regimen_agent_dose")  # also as the mean over texts


class Counts(NamedTuple):
    """Of one text: rows read as they are labelled, rows read, rows labelled."""

    right: int
    made: int
    wanted: int


def f1(some: Iterable[Counts]) -> float:
    """F1 over the rows of all texts; 0 where there are none."""
    right, made, wanted = (sum(one) for one in zip((0, 0, 0), *some, strict=True))
    return round(2 * right / (made + wanted), 4) if made + wanted else 0.0


def mean_f1(some: Iterable[Counts]) -> float:
    """The mean of the F1 of each text; a text without a dose of which none is read counts as 1."""
    each = [f1([one]) if one.made + one.wanted else 1.0 for one in some]
    return round(sum(each) / len(each), 4) if each else 0.0


def regimens_figures(gold_dir: Path, *, half: str | None = None, errors: bool = False) -> dict[str, float]:
    """Figures of every labelled set that the folder holds, from loose to strict; arguable texts apart.

    `half` is "even" or "odd": only every second text, so that the others are read by nobody while rules change.
    """
    figures: dict[str, float] = {}
    for name, prefix in SETS.items():
        texts, gold = gold_dir / f"{name}.jsonl", gold_dir / f"{name}.gold.jsonl"
        if texts.is_file() and gold.is_file():
            found = _set_figures(texts, gold, half=half, errors=errors)
            figures |= {f"{prefix}{key}": value for key, value in found.items()}
    return figures


def _set_figures(texts: Path, gold: Path, *, half: str | None, errors: bool) -> dict[str, float]:
    labelled = {entry["id"]: entry for entry in map(json.loads, gold.read_text("utf-8").splitlines())}
    lines = texts.read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in (lines[HALVES[half] :: 2] if half else lines)]
    every: dict[str, list[Counts]] = {name: [] for name in MEASURES}
    arguable: list[Counts] = []
    for entry in entries:
        label = labelled[entry["id"]]
        rows = read_regimens(entry["text"], name=entry.get("name", ""))
        counts = {name: counted(entry, label["rows"], rows, fields) for name, fields in MEASURES.items()}
        if label.get("arguable"):
            arguable.append(counts["regimen_agent_dose"])
            continue
        for name, one in counts.items():
            every[name].append(one)
        if errors and counts["regimen"] != Counts(*[len(label["rows"])] * 3):
            _show(entry, *_compared(entry, label["rows"], rows, MEASURES["regimen"]))
    figures: dict[str, float] = {}
    for name, some in every.items():
        right, made, wanted = (sum(one[place] for one in some) for place in range(3))
        figures[f"{name}_precision"] = round(right / made, 4) if made else 0.0
        figures[f"{name}_recall"] = round(right / wanted, 4) if wanted else 0.0
        figures[f"{name}_f1"] = f1(some)
    figures |= {f"{name}_f1_mean_of_texts": mean_f1(every[name]) for name in _EACH}
    if arguable:
        figures["regimen_agent_dose_f1_arguable"] = f1(arguable)
    return figures | {"regimen_rows": sum(one.wanted for one in every["regimen"])}


def counted(entry: dict, wanted: list[dict], rows: Iterable[RegimenRow], fields: tuple[str, ...]) -> Counts:
    """How many rows of one text agree in these fields; `entry` holds its "text" and "name"."""
    missed, added = _compared(entry, wanted, rows, fields)
    return Counts(len(wanted) - len(missed), len(wanted) - len(missed) + len(added), len(wanted))


def _compared(
    entry: dict, wanted: list[dict], rows: Iterable[RegimenRow], fields: tuple[str, ...]
) -> tuple[list[dict], list[dict]]:
    read = [{field: getattr(row, field) for field in row.__struct_fields__} for row in rows]
    said = f"{entry.get('name', '')}\n{entry['text']}"
    for row in (*wanted, *read):
        row["names"] = names_in(row["agent"], said)
    return match(wanted, read, fields)


def match(wanted: list[dict], predicted: list[dict], fields: tuple[str, ...]) -> tuple[list[dict], list[dict]]:
    rest, missed = list(predicted), []
    for row in wanted:
        hit = next((other for other in rest if all(_agree(field, row, other) for field in fields)), None)
        if hit is None:
            missed.append(row)
        else:
            rest.remove(hit)
    return missed, rest


def _agree(field: str, gold: dict, row: dict) -> bool:
    if field == "agent":
        return any(one in two or two in one for one in gold["names"] for two in row["names"])
    if field == "agent_exact":
        return _agent(gold["agent"]) == _agent(row["agent"])
    if field == "dose":
        return all(_close(gold[bound], row[bound]) for bound in ("dose_low", "dose_high"))
    if field == "unit":
        return _unit(gold["dose_unit"]) == _unit(row["dose_unit"])
    if field == "schedule":
        return _schedule(gold["schedule"]) == _schedule(row["schedule"])
    if field in {"repeats", "duration"}:
        return gold[field] == row[field]
    return gold[field] == row[field]


def _close(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return abs(one - two) <= 1e-6 * max(abs(one), abs(two), 1)


def _agent(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\(.*?\)", "", (name or "").lower())).removesuffix("s")


def names_in(agent: str | None, said: str) -> set[str]:
    """The agent as written, and what stands in brackets behind it, or before them if it stands there itself."""
    names = {_agent(agent or "")}
    if agent:
        escaped = re.escape(re.sub(r"[®™]", "", agent).strip())
        names |= {
            _agent(match[1]) for match in re.finditer(rf"{escaped}[®™]? ?\(([\w-]{{2,25}})[,;)]", said, re.I)
        }
        names |= {_agent(match[1]) for match in re.finditer(rf"([\w-]{{3,40}}) ?\({escaped}\)", said, re.I)}
        names |= {_agent(short) for short in re.findall(r"\b([A-Z]{3,6})s?\b", said) if _shortens(short, agent)}
    return names - {""}


def _shortens(short: str, agent: str) -> bool:
    """Whether capitals in the text are the letters of the name in order: MTX, SBRT."""
    letters = iter(agent.lower())
    return short[0].lower() == agent[:1].lower() and all(letter in letters for letter in short.lower())


def _unit(unit: str | None) -> str:
    """The unit without brackets: "[IU]" is "IU", "mg/kg/IgE (IU/mL)" is "mg/kg/IgE"."""
    return (
        re.sub(r" ?\(.*?\)|(?<=ige)\[.*?\]|[\[\]]", "", (unit or "").lower())
        .strip()
        .removesuffix("s")
        .replace("unit", "u")
    )


def _schedule(form: str | None) -> str:
    """The schedule with ranges of days opened and its period in days."""
    form = re.sub(r"\s+", " ", (form or "").strip())
    form = (
        re.sub(r"\bq(\d+)wk\b", lambda match: f"q{int(match[1]) * 7}d", form)
        .replace("1/wk", "q7d")
        .replace(" d/wk", "/wk")
    )
    return (
        re.sub(r"(?<![\d])(-?\d+)-(-?\d+)(?![\d])", _opened, form)
        if form.startswith("d") or " d" in form
        else form
    )


def _opened(match: re.Match[str]) -> str:
    first, last = int(match[1]), int(match[2])
    return ",".join(str(day) for day in range(first, last + 1)) if first < last else match[0]


def _show(entry: dict, missed: list[dict], added: list[dict]) -> None:
    print(f"== {entry['id']} | {entry.get('name', '')} | {entry['text'][:700]}")
    for sign, rows in (("-", missed), ("+", added)):
        for row in rows:
            dose = f"{row['dose_low']}..{row['dose_high']} {row['dose_unit']}"
            print(f"   {sign} {row['agent']} | {dose} | {row['schedule']} | {row['condition']}")
