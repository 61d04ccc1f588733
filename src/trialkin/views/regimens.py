"""Dose rows in words: doses, schedules, conditions, flags, and which rows apply.

Shared by the section of the study page, the page that asks, and the command line. Must not know how rows are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model.regimen import AllOf, AnyOf, Comparison, Condition, Finding, RegimenRow
from ..reading.doses import Answer, DosedText, Fact, Verdict, ask, parse_facts
from ..reading.markup import plain
from .blocks import Block, Cell, Disclosure, Note, Prose, Subsection, Table, Value, present

NOTICE = "Read by rules from the text as posted. Not medical advice; the text decides."
_UNITS = {"[IU]": "IU", "[U]": "units", "ug": "µg", "k[IU]": "kIU", "M[IU]": "million IU", "M[U]": "million units"}
_TONES = {Verdict.APPLIES: "good", Verdict.NOT: "quiet", Verdict.UNKNOWN: "wait"}
_LONG = {"d": "day", "wk": "week", "mo": "month", "a": "year", "h": "hour"}
_TIMES = {"1": "once", "2": "twice"}


def number(value: float) -> str:
    """A number as a person writes it: 1,200; 0.25; 5 × 10⁷."""
    if value >= 1e6:
        mantissa, _, exponent = f"{value:e}".partition("e")
        figure = f"{float(mantissa):g}"
        power = str(int(exponent)).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"10{power}" if figure == "1" else f"{figure} × 10{power}"
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def unit_words(unit: str | None) -> str:
    """ "mg/m2" → "mg/m²", "[IU]" → "IU", "ug/kg" → "µg/kg"."""
    if not unit:
        return ""
    first, *rest = unit.split("/")
    return "/".join(
        [_UNITS.get(first, first.strip("[]").replace("_", "")), *(part.replace("2", "²") for part in rest)]
    )


def _bounds(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"up to {number(high)}" if high is not None else f"at least {number(low or 0)}"
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def dose_words(row: RegimenRow) -> str:
    """ "60–70 Gy in 30–35 fractions", "100 mg/m²"."""
    unit = unit_words(row.dose_unit)
    dose = f"{unit} {_bounds(row.dose_low, row.dose_high)}" if unit == "AUC" else ""
    dose = dose or " ".join(part for part in (_bounds(row.dose_low, row.dose_high), unit) if part)
    if row.dose_low is None and row.dose_high is None:
        dose = ""
    if row.fractions_low is not None:
        count = _bounds(row.fractions_low, row.fractions_high)
        dose += f" in {count} fraction{'' if count == '1' else 's'}"
    if row.dose_per_fraction is not None:
        size = _bounds(row.dose_per_fraction, row.dose_per_fraction_high or row.dose_per_fraction)
        dose += f" of {size} {unit}" if row.fractions_low is not None else f" at {size} {unit} a fraction"
    return dose.strip()


def schedule_words(form: str | None) -> str:
    """The short normal form in words: "d1,8 q21d" → "days 1 and 8 of a 21-day cycle"."""
    if not form:
        return ""
    words = [_schedule_part(part) for part in re.sub(r" d/(?=mo|wk)", "-days/", form).split()]
    return ", ".join(words).replace(", of a", " of a")


def _schedule_part(part: str) -> str:
    if match := re.fullmatch(r"(\d+)/(d|wk|mo|a)", part):
        times = _TIMES.get(match[1], f"{match[1]} times")
        return f"{times} a {_LONG[match[2]]}"
    if match := re.fullmatch(r"q([\d.]+(?:-\d+)?)(h|wk|mo|a|d)", part):
        if match[2] == "d" and match[1].isdigit() and int(match[1]) > 4:
            return f"of a {match[1]}-day cycle"
        return f"every {match[1].replace('-', '–')} {_LONG[match[2]]}s"
    if match := re.fullmatch(r"(d|wk)(-?\d.*)", part):
        noun = _LONG[match[1]]
        listed = re.sub(r"(?<=\d)-(?=-?\d)", " to ", match[2]).replace("-", "−").split(",")
        several = len(listed) > 1 or " to " in listed[0]
        before = f"{', '.join(listed[:-1])} and " if len(listed) > 1 else ""
        return f"{noun}{'s' if several else ''} {before}{listed[-1]}"
    if match := re.fullmatch(r"(\d+)-days/(mo|wk)", part):
        return f"{match[1]} days a {_LONG[match[2]]}"
    return {"qod": "every other day"}.get(part, part)


def length_words(row: RegimenRow) -> str:
    """ "6 cycles", "for 12 weeks"."""
    parts = []
    if row.repeats is not None:
        unit = row.repeats_unit or "doses"
        parts.append(f"{row.repeats} {unit.removesuffix('s') if row.repeats == 1 else unit}")
    if row.duration is not None and row.duration_unit:
        unit = _LONG[row.duration_unit]
        parts.append(f"for {row.duration:g} {unit}{'' if row.duration == 1 else 's'}")
    return ", ".join(parts)


def dose_table(text: DosedText, answers: tuple[Answer, ...] | None = None) -> Table:
    """The rows of one text; with `answers`, whether each applies."""
    columns: list[tuple[str, list[Value | Cell]]] = [
        ("Agent", [Value(plain(row.agent) or "not named") for row in text.rows]),
        ("Given what you stated", [_verdict_cell(answer) for answer in answers or ()]),
        ("Dose", [Value(dose_words(row), registry=row.dose_unit or "") for row in text.rows]),
        ("Route", [Value(row.route or "") for row in text.rows]),
        ("Schedule", [Value(schedule_words(row.schedule), registry=row.schedule or "") for row in text.rows]),
        ("How long", [Value(length_words(row)) for row in text.rows]),
        ("When or for whom", [_selected(row) for row in text.rows]),
        ("Read from", [Value(f"“{plain(row.quote)}”", tone="quiet") for row in text.rows]),
    ]
    shown = [(name, cells) for name, cells in columns if any(_says(cell) for cell in cells)]
    rows = tuple(zip(*(cells for _, cells in shown), strict=True))
    return Table(tuple(name for name, _ in shown), rows, caption=f"Doses read from “{text.name}”", stack=True)


def _says(cell: Value | Cell) -> bool:
    return bool(cell.text if isinstance(cell, Value) else cell.parts)


def _selected(row: RegimenRow) -> Cell:
    parts = [row.condition] if row.condition else []
    parts += [f"{p.kind}: {plain(p.quote)}" for p in row.provisos if p.kind != "exemption"]
    return Cell(tuple(parts))


def _verdict_cell(answer: Answer) -> Cell:
    parts: list[Value | str] = [Value(answer.verdict.value, tone=_TONES[answer.verdict])]  # type: ignore[arg-type]
    if answer.because:
        lead = "known so far:" if answer.verdict is Verdict.UNKNOWN else "because"
        parts.append(f"{lead} {'; '.join(answer.because)}")
    if answer.questions:
        parts.append(f"would be settled by: {'; '.join(answer.questions)}")
    return Cell(tuple(parts))


def text_blocks(text: DosedText, facts: tuple[Fact, ...] | None = None) -> tuple[Block, ...]:
    """One text of a study: its table, arithmetic that does not add up, and the text itself, folded."""
    answers = ask(text.rows, facts) if facts is not None else None
    flags = [
        Note(flag, level="flag", rule="fractions × dose per fraction = total")
        for row in text.rows
        for flag in row.flags
    ]
    exempt: dict[str, list[str]] = {}
    for row in text.rows:
        for proviso in row.provisos:
            if proviso.kind == "exemption" and plain(row.agent) not in exempt.setdefault(plain(proviso.quote), []):
                exempt[plain(proviso.quote)].append(plain(row.agent))
    notes = [Note(f"“{quote}”", title=f"Exemption from {', '.join(agents)}") for quote, agents in exempt.items()]
    return present(
        dose_table(text, answers), notes, flags, Disclosure("The text it was read from", (Prose(text.text),))
    )


def study_blocks(texts: tuple[DosedText, ...], facts: tuple[Fact, ...] | None = None) -> tuple[Block, ...]:
    """All texts of a study that state a dose."""
    blocks: list[Block] = []
    for text in texts:
        arms = f" – {', '.join(text.arms)}" if text.arms and text.arms != (text.name,) else ""
        blocks.append(Subsection(f"{text.name}{arms}", text_blocks(text, facts)))
    return tuple(blocks)


@dataclass(frozen=True)
class Askable:
    """Something a row depends on that a person can state: yes or no, or a number in `unit`."""

    subject: str
    unit: str = ""
    numeric: bool = False


def askables(texts: tuple[DosedText, ...], *, most: int = 24) -> tuple[Askable, ...]:
    """What the rows of a study depend on, each once, in the order of the text."""
    found: dict[str, Askable] = {}
    for text in texts:
        for row in text.rows:
            trees = [row.when, *(proviso.condition for proviso in row.provisos if proviso.kind == "exemption")]
            for leaf in (leaf for tree in trees if tree is not None for leaf in _leaves(tree)):
                if isinstance(leaf, Comparison):
                    found.setdefault(leaf.subject.lower(), Askable(leaf.subject, leaf.unit, numeric=True))
                else:
                    found.setdefault(leaf.subject.lower(), Askable(leaf.subject))
    return tuple(found.values())[:most]


def _leaves(tree: Condition) -> tuple[Comparison | Finding, ...]:
    if isinstance(tree, AllOf | AnyOf):
        return tuple(leaf for part in tree.parts for leaf in _leaves(part))
    return (tree,) if isinstance(tree, Comparison | Finding) and tree.subject else ()


def stated(pairs: dict[str, str]) -> tuple[Fact, ...]:
    """Facts from the fields of a form; empty fields state nothing. Raises as `parse_facts`."""
    return tuple(fact for name, value in pairs.items() if value.strip() for fact in parse_facts(f"{name}={value}"))
