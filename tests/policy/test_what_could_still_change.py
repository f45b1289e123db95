"""Which unknown facts could still change the decision: told with what it could become."""

from __future__ import annotations

from everycall.assessment import Truth
from everycall.policy.decide import decide
from everycall.policy.facts import Facts
from everycall.policy.still_open import still_open
from scenario_runner import policy

PACK = policy().pack


def facts(yes: tuple[str, ...] = (), unknown: tuple[str, ...] = ()) -> Facts:
    """Return facts of which all others are no."""
    found = Facts(PACK.facts, 0, 0)
    for fact in PACK.facts.facts:
        if fact.name not in unknown:
            found = found.supposing(fact.name, Truth.YES if fact.name in yes else Truth.NO)
    return found


def test_with_nothing_unknown_nothing_is_open() -> None:
    assert still_open(PACK, facts(yes=("asb",))) == {}


def test_an_unknown_danger_could_make_it_an_emergency() -> None:
    found = still_open(PACK, facts(yes=("asb",), unknown=("immediate_danger",)))
    assert ("emergency", "now") in found["immediate_danger"]


def test_what_a_row_below_tests_is_not_asked() -> None:
    given = facts(yes=("asb", "immediate_danger"), unknown=("targeted", "repeat"))
    assert decide(PACK, given).grade == "emergency"
    assert still_open(PACK, given) == {}


def test_every_open_fact_is_unknown_and_names_a_grade_of_the_pack() -> None:
    unknown = tuple(fact.name for fact in PACK.facts.facts if fact.name not in ("asb", "no_victim"))
    found = still_open(PACK, facts(yes=("asb",), unknown=unknown))
    codes = {grade.code for grade in PACK.grades.grades}
    assert set(found) <= set(unknown)
    assert {grade for outcomes in found.values() for grade, _ in outcomes} <= codes
