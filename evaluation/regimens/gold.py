"""How well dose rows are read: precision and recall of rows against labelled texts.

A predicted row matches a labelled row when agent, dose, unit and schedule agree; each labelled row is matched at most
once. Agents agree when one name contains the other, when text or name give one in brackets behind the other
("5-fluorouracil (5-FU)"), or when one stands in capitals there and has the other's letters in order (SBRT). Schedules
agree when they mean the same days: "d-5--3" is "d-5,-4,-3", "q14d" is "q2wk".
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from trialkin.reading.doses import read_regimens

MEASURES = {
    "regimen": ("agent", "dose", "unit", "schedule"),
    "regimen_dose": ("dose", "unit"),
    "regimen_agent_dose": ("agent", "dose", "unit"),
    "regimen_with_route": ("agent", "dose", "unit", "schedule", "route"),
    "regimen_with_course": ("agent", "dose", "unit", "schedule", "route", "repeats", "duration"),
    "regimen_strict": ("agent_exact", "dose", "unit", "schedule", "route", "repeats", "duration"),
}


def regimens_figures(gold_dir: Path, *, errors: bool = False) -> dict[str, float]:
    """Precision, recall and F1 of rows, from loose to strict; empty when the folder holds no labelled regimens."""
    texts, gold = gold_dir / "regimens.jsonl", gold_dir / "regimens.gold.jsonl"
    if not texts.is_file() or not gold.is_file():
        return {}
    labelled = {entry["id"]: entry["rows"] for entry in map(json.loads, gold.read_text("utf-8").splitlines())}
    counts = {name: [0, 0, 0] for name in MEASURES}
    for line in texts.read_text("utf-8").splitlines():
        entry = json.loads(line)
        wanted = labelled[entry["id"]]
        rows = read_regimens(entry["text"], name=entry.get("name", ""))
        predicted = [{field: getattr(row, field) for field in row.__struct_fields__} for row in rows]
        said = f"{entry.get('name', '')}\n{entry['text']}"
        for row in (*wanted, *predicted):
            row["names"] = names_in(row["agent"], said)
        for name, fields in MEASURES.items():
            missed, added = match(wanted, predicted, fields)
            counts[name][0] += len(wanted) - len(missed)
            counts[name][1] += len(predicted)
            counts[name][2] += len(wanted)
            if errors and name == "regimen" and (missed or added):
                _show(entry, missed, added)
    figures: dict[str, float] = {}
    for name, (hits, found, there) in counts.items():
        precision, recall = hits / found if found else 0.0, hits / there if there else 0.0
        figures[f"{name}_precision"] = round(precision, 4)
        figures[f"{name}_recall"] = round(recall, 4)
        figures[f"{name}_f1"] = round(2 * precision * recall / (precision + recall), 4) if hits else 0.0
    return figures | {"regimen_rows": counts["regimen"][2]}


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
