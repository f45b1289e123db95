"""What follows from facts is kept by the pack itself and by what is yes and no: nothing else may get the answer."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from everycall.policy.decide import decide
from everycall.policy.facts import Facts
from everycall.policy.still_open import if_all_no, still_open, still_owed
from everycall.policy.trace import near_misses
from scenario_runner import policy

PACK = policy().pack
EVERY = (1 << len(PACK.facts.facts)) - 1
KEPT = (still_open, still_owed, if_all_no, near_misses)


@given(st.integers(0, EVERY), st.integers(0, EVERY))
def test_kept_and_worked_out_afresh_are_the_same(yes: int, no: int) -> None:
    facts = Facts(PACK.facts, yes, no & ~yes)
    decision = decide(PACK, facts)
    again = replace(PACK)
    for function in KEPT:
        assert function(PACK, facts, decision) == function(again, facts, decision)
        assert function(PACK, facts, decision) is function(PACK, facts, decision) or not function(
            PACK, facts, decision
        )


def test_another_pack_with_the_same_hash_has_its_own_answer() -> None:
    facts = Facts(PACK.facts, 0, 0)
    fewer = replace(PACK, rows=PACK.rows, compiled=replace(PACK.compiled, near=()))
    decision = decide(PACK, facts)
    assert fewer.sha256 == PACK.sha256
    assert near_misses(PACK, facts, decision)
    assert not near_misses(fewer, facts, decision)
