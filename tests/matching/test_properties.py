"""What must hold of every verdict: facts only add, wider bounds keep people, order and units do not matter."""

from __future__ import annotations

from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from trialkin.matching import judge_text
from trialkin.model.patient import Amount, Fact, Facts

from .patients import patient

ROWS = [line.split("\t") for line in (Path(__file__).parent / "cases.tsv").read_text().splitlines()[1:]]
SENTENCES = sorted({(section, sentence) for _, section, sentence, _ in ROWS})
PATIENTS = [patient(line) for *_, line in ROWS]
FACTS = [fact for facts in PATIENTS for fact in facts.facts if fact.value is None or fact.value.number is None]

sentences = st.sampled_from(SENTENCES)
people = st.sampled_from(PATIENTS)
few = settings(max_examples=150, deadline=None)


@few
@given(sentence=sentences, facts=people, more=st.lists(st.sampled_from(FACTS), max_size=4))
def test_a_fact_added_never_turns_met_into_unknown(
    sentence: tuple[str, str], facts: Facts, more: list[Fact]
) -> None:
    section, text = sentence
    before = judge_text(text, facts, section=section)  # type: ignore[arg-type]
    known = {fact.name for fact in facts.facts}
    added = tuple(fact for fact in more if fact.name not in known and fact.kind not in ("age", "sex"))
    after = judge_text(text, msgspec.structs.replace(facts, facts=(*facts.facts, *added)), section=section)  # type: ignore[arg-type]
    if before.answer == "met" and not before.probably:
        assert after.answer != "unknown", (text, [fact.name for fact in added])


@few
@given(sentence=sentences, facts=people, order=st.randoms())
def test_the_order_of_facts_does_not_matter(sentence: tuple[str, str], facts: Facts, order: object) -> None:
    section, text = sentence
    mixed = list(facts.facts)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    one = judge_text(text, facts, section=section)  # type: ignore[arg-type]
    other = judge_text(text, msgspec.structs.replace(facts, facts=tuple(mixed)), section=section)  # type: ignore[arg-type]
    assert one.answer == other.answer


def _with(name: str, number: float, unit: str) -> Facts:
    return Facts(facts=(Fact(kind="measurement", name=name, value=Amount(number=number, unit=unit)),))


@few
@given(value=st.integers(20, 400), bound=st.integers(20, 400), wider=st.integers(0, 200))
def test_a_wider_bound_loses_nobody(value: int, bound: int, wider: int) -> None:
    facts = _with("platelets", value, "10*9/L")
    narrow = judge_text(f"Platelets ≥ {bound} x 10^9/L", facts, section="inclusion")
    wide = judge_text(f"Platelets ≥ {max(bound - wider, 1)} x 10^9/L", facts, section="inclusion")
    assert narrow.answer != "met" or wide.answer == "met"


@few
@given(value=st.integers(40, 180), bound=st.integers(40, 180))
def test_the_unit_does_not_matter(value: int, bound: int) -> None:
    text = f"Hemoglobin ≥ {bound / 10} g/dL"
    answers = {
        judge_text(text, _with("haemoglobin", value, "g/L"), section="inclusion").answer,
        judge_text(text, _with("haemoglobin", value / 10, "g/dL"), section="inclusion").answer,
    }
    assert len(answers) == 1
