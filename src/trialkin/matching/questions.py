"""What is worth asking: the question of an open verdict, and over many studies the questions that settle most.

Must not know: pages, how facts are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..model.criteria import Value
from ..model.patient import Kind
from ..model.verdict import Question, Verdict
from ..vocab import written
from .answer import answer
from .known import Patient
from .named import kind_of
from .names import phrase
from .segment import content
from .tree import Bound, Defined, Named, Node, Not, Opaque, Sex


class Asked(Value, frozen=True, kw_only=True):
    """A question with how many studies ask it, and how many have no other open question."""

    question: Question
    studies: int
    settles: int


_EASY: tuple[Kind, ...] = (
    "age", "sex", "condition", "reproductive", "treatment", "procedure", "allergy", "habit", "ability", "practical",
    "consent", "stage", "biomarker", "score", "measurement", "finding",
)  # fmt: skip


def question_of(node: Node, patient: Patient) -> Question | None:
    """The question whose answer may settle an open tree; None where nothing that can be asked is open."""
    return next((made for leaf in _open(node, patient) if (made := _question(leaf))), None)


def next_questions(verdicts: Mapping[str, Iterable[Verdict]]) -> list[Asked]:
    """Questions over the verdicts of many studies: first what settles most of them, then what most ask, easy first."""
    asked, alone = Counter[str](), Counter[str]()
    questions: dict[str, Question] = {}
    for study in verdicts.values():
        keys = set[str]()
        for verdict in study:
            if verdict.question is not None:
                questions.setdefault(verdict.question.key, verdict.question)
                keys.add(verdict.question.key)
        asked.update(keys)
        alone.update(keys if len(keys) == 1 else ())
    made = [Asked(question=one, studies=asked[key], settles=alone[key]) for key, one in questions.items()]
    return sorted(
        made, key=lambda one: (-one.settles, -one.studies, _EASY.index(one.question.kind), one.question.key)
    )  # fmt: skip


def _open(node: Node, patient: Patient) -> Iterator[Node]:
    """The leaves that leave a tree open."""
    if answer(node, patient).truth is not None:
        return
    match node:
        case Not(part=part):
            yield from _open(part, patient)
        case Defined(bounds=bounds):
            yield from _open(bounds, patient)
        case Named() | Bound() | Sex() | Opaque():
            yield node
        case _:
            for part in node.parts:
                yield from _open(part, patient)


def _question(leaf: Node) -> Question | None:
    match leaf:
        case Sex():
            return Question(key="sex", text="What is the person's sex?", kind="sex", name="sex")
        case Bound(criterion=criterion) if criterion.variable == "age":
            return Question(key="age", text="How old is the person?", kind="age", name="age", unit="a")
        case Bound(criterion=criterion):
            name = written(criterion.variable)
            return Question(
                key=criterion.variable, text=f"What is the person's {name}?", kind="measurement",
                name=criterion.variable, unit=criterion.canonical_unit or criterion.unit,
            )  # fmt: skip
        case Named(text=text):
            return _of_named(text)
    return None


def _of_named(text: str) -> Question | None:
    words = content(text)
    if not words:
        return None
    said = phrase(text)
    key = " ".join(sorted(next((unit for unit in said.units if not unit.isdisjoint(words)), words)))
    kind = kind_of(said)
    ask = {"treatment": "Has the person had", "procedure": "Has the person had"}.get(
        kind, "Does this hold of the person"
    )
    return Question(key=key, text=f"{ask}: {' '.join(text.split())}?", kind=kind, name=" ".join(text.split()))
