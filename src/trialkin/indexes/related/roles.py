"""What a study tests, and what is background: given to everybody, or only to those compared with.

Owns that distinction, by the concepts of the intervention table. Must not know: scores, weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ...model.protocol import ArmGroup
from ...reading.concepts import concepts
from ...reading.passages import Reading, words_of

_TABLE = "intervention_concepts"
_SAYS_NOTHING = {"drug"}  # as a class in a title: "a new drug" does not make every drug of the study tested


@dataclass(frozen=True)
class Roles:
    """Concepts by their role. Those in neither are named without a role: a record without arms, a mere mention."""

    tested: frozenset[str] = frozenset()
    background: frozenset[str] = frozenset()


@lru_cache(maxsize=8)
def roles(reading: Reading) -> Roles:
    """Tested: named in the title (or of a class named there), or given in experimental arms but not in all arms.

    Background: every other concept of the arms. Nothing is background when nothing would be tested, or when the
    record has fewer than two arms: what a single arm gets is tested.
    """
    titled = named_in(reading.words("title"))
    arms = reading.study.arm_groups
    given = [_given(arm) for arm in arms]
    everything = frozenset().union(*given)
    if len(arms) < 2:
        return Roles(tested=titled | everything)
    experimental = [found for arm, found in zip(arms, given, strict=True) if arm.type == "EXPERIMENTAL"] or given
    differing = frozenset().union(*experimental) - frozenset.intersection(*given)
    above = concepts(_TABLE).above
    tested = titled | differing | {one for one in everything if titled & above[one].keys() - _SAYS_NOTHING}
    return Roles(tested, everything - tested) if tested else Roles()


def _given(arm: ArmGroup) -> frozenset[str]:
    names = [name.partition(": ")[2] for name in arm.intervention_names]  # "Drug: cisplatin"
    texts = (arm.label, arm.description, *names)
    return named_in([words_of(text) for text in texts if text])


def named_in(texts: list[list[str]]) -> frozenset[str]:
    """The interventions named in texts of words."""
    known = concepts(_TABLE)
    return frozenset(one for words in texts for mention in known.find(words) for one in mention.concepts)
