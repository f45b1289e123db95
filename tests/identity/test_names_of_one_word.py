"""One bare word may be a forename or a surname: it is held to the one it is more like, and contradicts neither."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.call import Party
from everycall.identity.compare import Score, compare, contradicted
from everycall.identity.mention import Mention, mention_of
from everycall.identity.model import shipped_model
from everycall.identity.persons import Known, contradict

DAY = date(2026, 6, 12)
BORN = date(1958, 4, 17)


def named(name: str) -> Mention:
    return mention_of("caller", Party(name=name, date_of_birth=BORN), "victim")


def score(one: str, other: str) -> Score:
    return compare(named(one), named(other), DAY, DAY, shipped_model())


@pytest.mark.parametrize(
    ("one", "other", "forename", "surname"),
    [
        ("Faisal", "Bashir Faisal", None, "exact"),
        ("Pobjoy", "Nora Pobjoy", None, "exact"),
        ("Pobjoi", "Nora Pobjoy", None, "similar"),
        ("Shaun", "Shaun Pobjoy", "exact", None),
        ("Shan", "Shaun Pobjoy", "near", None),
        ("Maureen", "Mo Pobjoy", "nickname", None),
        ("Pobjoy", "P Pobjoy", None, "exact"),
        ("Pobjoy", "Nora Speke", "different", None),
        ("Mrs Pobjoy", "Nora Pobjoy", None, "exact"),
        ("Pobjoy", "Pobjoy", "exact", "exact"),
        ("Mohammed Mohammed", "Mohammed Mohamed", "exact", "similar"),
        ("Hassan Hassan", "Hassan Hassan", "exact", "exact"),
        ("Nora Pobjoy", "Nora Speke", "exact", "different"),
    ],
)
def test_a_word_is_held_to_the_name_it_is_more_like(
    one: str, other: str, forename: str | None, surname: str | None
) -> None:
    for there in (score(one, other), score(other, one)):
        assert (there.level("forename"), there.level("surname")) == (forename, surname)


WORDS = st.sampled_from(["Nora", "Shaun", "Hassan", "Faisal", "Pobjoy", "Speke", "Kowalska", "Al-Masri"])


@given(WORDS, WORDS)
def test_who_is_named_by_one_of_two_names_is_contradicted_by_neither(forename: str, surname: str) -> None:
    whole = named(f"{surname}, {forename}")
    for word in (forename, surname):
        assert not score(word, f"{surname}, {forename}").contradicted
        assert not contradicted(named(word), whole)
        assert not contradict(_known(named(word)), _known(whole))


@given(WORDS, WORDS)
def test_another_word_is_still_another_name(forename: str, surname: str) -> None:
    of_neither = named("Wojciech")
    whole = named(f"{surname}, {forename}")
    assert compare(of_neither, whole, DAY, DAY, shipped_model()).contradicted
    assert contradicted(of_neither, whole)


def _known(one: Mention) -> Known:
    return Known(one.forenames, one.surname, one.born)
