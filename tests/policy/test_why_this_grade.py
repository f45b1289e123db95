"""Reasons and near misses: what made the row hold, and what would give more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from everycall.assessment import Truth
from everycall.policy import Facts, Pack, decide, default_directory, load, resolve
from everycall.policy.trace import near_misses, reasons

PACK = load(default_directory())
BITS = st.integers(0, (1 << len(PACK.facts.facts)) - 1)
ASB = {"asb": Truth.YES}


def truths(yes: int, no: int) -> Facts:
    names = PACK.facts.names
    return resolve(PACK, {}, [], dict.fromkeys(names(no), Truth.NO) | dict.fromkeys(names(yes), Truth.YES))


def test_the_reasons_name_the_rule_and_each_fact_with_how_it_is_known(pack: Pack) -> None:
    facts = resolve(pack, {"threat_made": "yes"}, ["targeted"], ASB)
    told = {reason.code: reason.text for reason in reasons(pack, facts, decide(pack, facts))}
    assert set(told) == {"rule_3", "threat_made", "targeted", "happening_now"}
    assert told["threat_made"] == "a threat has been made (answered)"
    assert told["targeted"] == "the victim is picked out (from the words)"
    assert told["happening_now"] == "it is not known whether it is happening now"


def test_the_open_row_tells_what_is_not_known(pack: Pack) -> None:
    facts = resolve(pack, {}, [], ASB)
    told = {reason.code: reason.text for reason in reasons(pack, facts, decide(pack, facts))}
    assert "immediate danger" in told["not_known"]
    assert "damage" not in told["not_known"]


def test_a_floor_says_that_it_is_one(pack: Pack) -> None:
    facts = resolve(pack, {}, [], dict.fromkeys(pack.facts.index, Truth.NO))
    codes = [reason.code for reason in reasons(pack, facts, decide(pack, facts))]
    assert codes == ["rule_15", "rule_0", "floor"]


def test_one_unknown_fact_away_is_a_near_miss(pack: Pack) -> None:
    yes = ("asb", "vulnerable", "repeat", "more_than_minor", "happening_now")
    found = dict.fromkeys(pack.facts.index, Truth.NO) | dict.fromkeys(yes, Truth.YES)
    facts = resolve(pack, {}, [], found).supposing("suspect_present", Truth.UNKNOWN)
    (miss,) = near_misses(pack, facts, decide(pack, facts))
    assert (miss.grade, miss.attendance, miss.missing) == ("emergency", "now", ("suspect_present",))
    over = facts.supposing("happening_now", Truth.NO)
    assert near_misses(pack, over, decide(pack, over)) == ()


def test_nothing_asked_is_one_answer_from_an_emergency(pack: Pack) -> None:
    facts = resolve(pack, {}, [], ASB)
    misses = near_misses(pack, facts, decide(pack, facts))
    assert misses[0].grade == "emergency"
    assert misses[0].missing == ("immediate_danger",)
    assert misses[0].text == "Emergency, now, if somebody is in immediate danger"


def test_what_follows_from_another_missing_fact_is_not_asked_apart(pack: Pack) -> None:
    facts = resolve(pack, {}, [], ASB)
    assert not [
        m
        for m in near_misses(pack, facts, decide(pack, facts))
        if {"threat_to_life", "threat_made"} <= set(m.missing)
    ]


@given(BITS, BITS)
def test_a_near_miss_comes_true_when_its_facts_are_yes(yes: int, no: int) -> None:
    facts = truths(yes, no)
    decision = decide(PACK, facts)
    for miss in near_misses(PACK, facts, decision):
        assert 1 <= len(miss.missing) <= 2
        supposed = facts
        for name in miss.missing:
            assert facts[name] is Truth.UNKNOWN
            supposed = supposed.supposing(name, Truth.YES)
        then = decide(PACK, supposed)
        assert then.rank > decision.rank
        assert then.rank[0] >= PACK.grades.rank(miss.grade)
        assert then.rank[1] >= PACK.grades.attendance_rank(miss.attendance)


@given(BITS, BITS)
def test_every_single_fact_that_would_give_more_is_a_near_miss(yes: int, no: int) -> None:
    facts = truths(yes, no)
    decision = decide(PACK, facts)
    alone = {
        name for miss in near_misses(PACK, facts, decision) for name in miss.missing if len(miss.missing) == 1
    }
    for name in PACK.facts.names(facts.unknown):
        if PACK.facts.facts[PACK.facts.index[name]].kind != "risk":
            continue
        then = decide(PACK, facts.supposing(name, Truth.YES))
        if then.rank > decision.rank and not PACK.rows[then.held].open:
            reached = PACK.facts.names(PACK.facts.up[PACK.facts.index[name]])
            assert alone & set(reached)
