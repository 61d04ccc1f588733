"""Which studies fit one patient: verdicts joined into groups, in the order in which a person would read them.

Owns the groups and their order. Must not know: how facts are read, storage, pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from ..errors import InvalidValue
from ..model import Study
from ..model.criteria import Criteria, Value
from ..model.patient import Fact, Facts
from ..model.protocol import EligibilityModule
from ..model.verdict import Effect, Question, Verdict
from .judge import judge, judge_record
from .names import phrase
from .questions import Asked, next_questions
from .ranking import Ranking, queries

Group = Literal["may fit", "needs answers", "conflicts"]
GROUPS: tuple[Group, ...] = ("may fit", "needs answers", "conflicts")


OTHERS = 0.6
"""What is left of the score of a study for people of another age or sex."""
_WORD = re.compile(r"[^\W_]+")


class Fit(Value, frozen=True, kw_only=True):
    """One study against one patient. `reason` is the verdict that conflicts, None where none does.

    `score` says how much the study speaks of the patient, for ordering only. `posted` is the registry's own date of
    the record.
    """

    nct_id: str
    title: str
    group: Group
    score: float = 0.0
    status: str | None = None
    posted: str | None = None
    verdicts: tuple[Verdict, ...] = ()
    reason: Verdict | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is open and can be asked, each once."""
        asked = {one.question.key: one.question for one in self.verdicts if one.question is not None}
        return tuple(asked.values())


class Fits(Value, frozen=True, kw_only=True):
    """All studies that were looked at, by group, and the questions that settle most of them.

    `found` is how many studies were found; `fits` are those of them that were judged.
    """

    facts: Facts
    fits: tuple[Fit, ...] = ()
    questions: tuple[Asked, ...] = ()
    found: int = 0
    data_timestamp: str | None = None

    def group(self, name: Group) -> tuple[Fit, ...]:
        """The studies of one group, in order."""
        return tuple(fit for fit in self.fits if fit.group == name)


class Kept(Value, frozen=True, kw_only=True):
    """What one criterion does to some patients: `keeps` has those of whom nothing is known that would exclude them."""

    quote: str
    keeps: int
    loses: int
    open: int


class Told(NamedTuple):
    """A study with its criteria as data."""

    study: Study
    criteria: Criteria


def fit(told: Told, facts: Facts, *, score: float = 0.0) -> Fit:
    """The verdicts of one study joined: a conflict decides, then what is open, else it may fit."""
    study = told.study
    verdicts = (*judge_record(study.eligibility, facts), *judge(told.criteria, facts))
    reason = next((one for one in verdicts if one.effect == "conflicts"), None)
    open_ones = any(one.effect == "open" and one.question for one in verdicts)
    updated = study.last_update_posted
    return Fit(
        nct_id=study.nct_id, title=study.title, status=study.overall_status, score=round(score, 4),
        group="conflicts" if reason else "needs answers" if open_ones else "may fit",
        posted=str(updated) if updated else None, verdicts=verdicts, reason=reason,
    )  # fmt: skip


def scored(ranking: Ranking, studies: Iterable[Study], facts: Facts, *, note: str = "") -> dict[str, float]:
    """How much each study speaks of the patient; one that takes no people of that age or sex counts for less."""
    eligibility = {study.nct_id: study.eligibility for study in studies}
    scores = ranking.scores(queries(facts, note=note), among=eligibility)
    return {n: score * (OTHERS if _for_others(eligibility[n], facts) else 1) for n, score in scores.items()}


def _for_others(eligibility: EligibilityModule, facts: Facts) -> bool:
    return any(verdict.effect == "conflicts" for verdict in judge_record(eligibility, facts))


def fits(
    told: Sequence[Told],
    facts: Facts,
    *,
    note: str = "",
    found: int | None = None,
    data_timestamp: str | None = None,
) -> Fits:
    """Every study judged and put in order: by group, fewest questions first, then what speaks most of the patient.

    `note` is the text that the facts were read from, for the order alone.
    """
    scores = scored(Ranking([one.study for one in told]), [one.study for one in told], facts, note=note)
    made = [fit(one, facts, score=scores[one.study.nct_id]) for one in told]
    made.sort(key=lambda one: (GROUPS.index(one.group), len(one.questions), -one.score, one.nct_id))
    asked = {fact.name for fact in facts.facts if fact.assertion == "unknown"}
    open_ones = next_questions({one.nct_id: one.verdicts for one in made if one.group != "conflicts"})
    questions = [one for one in open_ones if one.question.name not in asked]
    return Fits(
        facts=facts, fits=tuple(made), questions=tuple(questions), data_timestamp=data_timestamp,
        found=len(told) if found is None else found,
    )  # fmt: skip


def kept(told: Told, patients: Iterable[Facts]) -> tuple[Kept, ...]:
    """Over all patients, what each criterion does, in the study's order, and last what all of them together do."""
    counts: dict[str, Counter[Effect]] = {}
    whole = Counter[Group]()
    for facts in patients:
        made = fit(told, facts)
        whole[made.group] += 1
        for verdict in made.verdicts:
            counts.setdefault(verdict.quote, Counter())[verdict.effect] += 1
    rows = [Kept(quote=quote, keeps=seen["fits"] + seen["beside the point"], loses=seen["conflicts"],
                 open=seen["open"]) for quote, seen in counts.items()]  # fmt: skip
    return (*rows, Kept(quote="All criteria together", keeps=whole["may fit"], loses=whole["conflicts"],
                        open=whole["needs answers"]))  # fmt: skip


def sought(facts: Facts) -> str:
    """The search for studies of the patient's condition, as text of the search language.

    Raises:
        InvalidValue: no condition is known to look for.
    """
    parts = list[str]()
    for name in main_names(facts):
        words = _WORD.findall(name)
        if words:
            parts.append(f'cond:"{" ".join(words)}"')
        parts += [
            f"cond:({' AND '.join(sorted(unit))})" for unit in phrase(name).units
            if all(_WORD.fullmatch(word) for word in unit)
        ]  # fmt: skip
    if not parts:
        raise InvalidValue("no condition to look for", hint="Name the main condition among the facts.")
    return " OR ".join(dict.fromkeys(parts))


def main_names(facts: Facts) -> tuple[str, ...]:
    """What studies are looked for by: the main condition, else every condition that is present and not over."""
    if facts.main is not None and 0 <= facts.main < len(facts.facts):
        return (facts.facts[facts.main].name,)
    return tuple(dict.fromkeys(fact.name for fact in _present(facts) if fact.kind == "condition"))


def _present(facts: Facts) -> list[Fact]:
    return [
        fact for fact in facts.facts
        if fact.assertion == "present" and fact.status not in ("past", "never") and fact.kind not in ("age", "sex")
    ]  # fmt: skip
