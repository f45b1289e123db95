"""What is yes, no and unknown: nothing may make a no out of a silence, and no word makes one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall import codes
from everycall.assessment import Truth
from everycall.errors import InputError
from everycall.policy import Pack, default_directory, load, resolve

PACK = load(default_directory())
NAMES = sorted(PACK.facts.index)
ANSWERS = st.dictionaries(
    st.sampled_from(sorted(codes.answers())), st.sampled_from(["yes", "no", "unknown", "refused"])
)
WORDS = st.sets(st.sampled_from(NAMES))
GIVEN = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(list(Truth)))
DANGER = ("fire", "suicide_now", "threat_to_life", "violence_used")


def test_nothing_known_is_everything_unknown(pack: Pack) -> None:
    assert set(resolve(pack, {}, [], {}).as_dict().values()) == {"unknown"}


@pytest.mark.parametrize("answer", ["unknown", "refused"])
def test_a_refusal_is_not_a_no(pack: Pack, answer: str) -> None:
    facts = resolve(pack, dict.fromkeys(codes.answers(), answer), [], {})
    assert set(facts.as_dict().values()) == {"unknown"}


def test_an_answer_is_its_own_fact(pack: Pack) -> None:
    facts = resolve(pack, {"happening_now": "yes", "hate": "no"}, [], {})
    assert facts["happening_now"] is Truth.YES
    assert facts["hate"] is Truth.NO


def test_one_danger_question_alone_covers_nothing(pack: Pack) -> None:
    facts = resolve(pack, {"immediate_danger": "no"}, [], {})
    assert {facts[name] for name in DANGER} == {Truth.UNKNOWN}


def test_both_danger_questions_cover_the_danger_facts(pack: Pack) -> None:
    facts = resolve(pack, {"immediate_danger": "no", "weapon_or_violence_now": "no"}, [], {})
    assert {facts[name] for name in DANGER} == {Truth.NO}


def test_personal_circumstances_no_covers_the_circumstances(pack: Pack) -> None:
    facts = resolve(pack, {"personal_circumstances": "no"}, [], {})
    circumstances = ("domestic_abuse", "exploitation", "suicide_or_self_harm", "child_alone")
    assert {facts[name] for name in circumstances} == {Truth.NO}
    assert facts["vulnerable"] is Truth.UNKNOWN


def test_a_strong_word_outweighs_a_no_and_both_are_told(pack: Pack) -> None:
    facts = resolve(pack, {"weapon_or_violence_now": "no"}, ["weapon_or_violence_now"], {})
    assert facts["weapon_or_violence_now"] is Truth.YES
    (told,) = facts.disagreements
    assert (told.about, told.counts_as) == ("weapon_or_violence_now", Truth.YES)


def test_a_strong_word_outweighs_a_covering_no_and_both_are_told(pack: Pack) -> None:
    answers = {"immediate_danger": "no", "weapon_or_violence_now": "no"}
    facts = resolve(pack, answers, ["fire"], {})
    assert facts["fire"] is Truth.YES
    assert [(told.about, told.says_no) for told in facts.disagreements] == [
        ("fire", "the answers to immediate_danger, weapon_or_violence_now")
    ]


def test_a_finding_outweighs_a_no(pack: Pack) -> None:
    facts = resolve(pack, {"hate": "no"}, [], {"hate": Truth.YES})
    assert facts["hate"] is Truth.YES
    assert len(facts.disagreements) == 1


def test_what_is_implied_is_yes_too_even_against_a_no(pack: Pack) -> None:
    facts = resolve(
        pack, {"threat_made": "no", "personal_circumstances": "no"}, ["threat_to_life", "suicide_now"], {}
    )
    assert facts["threat_made"] is Truth.YES
    assert facts["suicide_or_self_harm"] is Truth.YES
    assert {told.about for told in facts.disagreements} == {"threat_made", "suicide_or_self_harm"}


def test_no_threat_is_no_threat_to_life(pack: Pack) -> None:
    assert resolve(pack, {"threat_made": "no"}, [], {})["threat_to_life"] is Truth.NO


def test_a_fact_the_policy_does_not_know_is_refused_not_lost(pack: Pack) -> None:
    with pytest.raises(InputError) as refused:
        resolve(pack, {}, ["weapon_or_violence_nw"], {})
    assert "did you mean 'weapon_or_violence_now'" in str(refused.value.details[0])


@given(ANSWERS, WORDS, GIVEN)
def test_yes_and_no_are_never_both(answers: dict[str, str], words: set[str], found: dict[str, Truth]) -> None:
    facts = resolve(PACK, answers, words, found)
    assert facts.yes & facts.no == 0


@given(ANSWERS, WORDS, GIVEN)
def test_along_an_implication_truth_never_falls(
    answers: dict[str, str], words: set[str], found: dict[str, Truth]
) -> None:
    facts = resolve(PACK, answers, words, found)
    order = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}
    for fact in PACK.facts.facts:
        for implied in fact.implies:
            assert order[facts[fact.name]] <= order[facts[implied]]


@given(ANSWERS, WORDS, GIVEN, st.sampled_from(NAMES))
def test_one_more_strong_word_takes_no_yes_away_and_makes_no_no(
    answers: dict[str, str], words: set[str], found: dict[str, Truth], more: str
) -> None:
    before, after = resolve(PACK, answers, words, found), resolve(PACK, answers, words | {more}, found)
    assert before.yes & ~after.yes == 0
    assert after.no & ~before.no == 0


@given(ANSWERS, WORDS, GIVEN)
def test_the_order_of_what_is_known_does_not_matter(
    answers: dict[str, str], words: set[str], found: dict[str, Truth]
) -> None:
    forwards = resolve(PACK, answers, sorted(words), found)
    backwards = resolve(
        PACK,
        dict(reversed(answers.items())),
        sorted(words, reverse=True),
        dict(reversed(found.items())),
    )
    assert forwards == backwards


@given(ANSWERS, WORDS, GIVEN, st.sampled_from(NAMES), st.sampled_from(list(Truth)))
def test_supposing_sets_the_fact_and_keeps_implications(
    answers: dict[str, str], words: set[str], found: dict[str, Truth], name: str, truth: Truth
) -> None:
    facts = resolve(PACK, answers, words, found).supposing(name, truth)
    assert facts[name] is truth
    assert facts.yes & facts.no == 0
    order = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}
    for fact in PACK.facts.facts:
        for implied in fact.implies:
            assert order[facts[fact.name]] <= order[facts[implied]]
