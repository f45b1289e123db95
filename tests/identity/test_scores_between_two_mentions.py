"""The score of two mentions: the same both ways, missing counts nothing, and a plain contradiction vetoes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.call import Party
from everycall.identity.compare import compare
from everycall.identity.mention import Mention, mention_of
from everycall.identity.model import shipped_model

DAY = date(2026, 6, 12)


def person(**told: Any) -> Mention:
    return mention_of("caller", Party(**told), "victim")


def level(field: str, one: Mention, other: Mention) -> str | None:
    return compare(one, other, DAY, DAY, shipped_model()).level(field)


people = st.builds(
    person,
    name=st.sampled_from(
        [None, "Nora Tinsdale", "N Tinsdale", "Norah Tinsdall", "Tinsdale Nora", "Otto Speke"]
    ),
    phone=st.sampled_from([None, "01632 960311", "07700 900312"]),
    date_of_birth=st.sampled_from([None, date(1958, 4, 17), date(1958, 4, 18), date(1990, 1, 1)]),
    age=st.sampled_from([None, 68, 30]),
    address=st.sampled_from([None, "21 Osier Way", "Flat 2, 9 Bellfield Court", "9 Bellfield Court"]),
    postcode=st.sampled_from([None, "PE13 9ZT", "CB1 9ZZ"]),
)
days = st.dates(date(2015, 1, 1), DAY)


@given(people, people, days, days)
def test_the_score_is_the_same_both_ways_but_for_how_rare_each_ones_name_is(
    one: Mention, other: Mention, one_day: date, other_day: date
) -> None:
    there = compare(one, other, one_day, other_day, shipped_model())
    back = compare(other, one, other_day, one_day, shipped_model())
    assert [(a.field, a.level) for a in there.agreements] == [(a.field, a.level) for a in back.agreements]
    assert there.bits == pytest.approx(back.bits)


@given(people, people)
def test_what_is_missing_in_either_counts_nothing(one: Mention, other: Mention) -> None:
    score = compare(one, other, DAY, DAY, shipped_model())
    if one.phone is None or other.phone is None:
        assert score.level("phone") is None
    if not (one.surname and other.surname):
        assert score.level("surname") is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Katharine Oduya", "Kath Oduya", "nickname"),
        ("Katharine Oduya", "Katherine Oduya", "nickname"),
        ("K Oduya", "Katharine Oduya", "initial"),
        ("Nora Tinsdale", "Tinsdale Nora", "transposed"),
        ("Ann Nora Tinsdale", "Nora Tinsdale", "nickname"),
        ("Edith Garrod", "Esther Garrod", "different"),
    ],
)
def test_levels_of_the_forename(one: str, other: str, expected: str) -> None:
    assert level("forename", person(name=one), person(name=other)) == expected


@pytest.mark.parametrize(
    ("born", "other", "expected"),
    [
        (date(1958, 4, 17), date(1958, 4, 17), "same"),
        (date(1958, 4, 11), date(1958, 11, 4), "swapped"),
        (date(1958, 4, 17), date(1958, 4, 11), "one_digit"),
        (date(1958, 4, 17), date(1958, 4, 5), "two_parts"),
        (date(1958, 4, 21), date(1958, 4, 12), "one_digit"),
        (date(1958, 4, 17), date(1985, 4, 17), "one_digit"),
        (date(1958, 4, 17), date(1972, 4, 17), "two_parts"),
        (date(1958, 4, 17), date(1961, 8, 30), "different"),
    ],
)
def test_levels_of_the_birth_date(born: date, other: date, expected: str) -> None:
    one, two = person(name="A Wakelin", date_of_birth=born), person(name="A Wakelin", date_of_birth=other)
    assert level("born", one, two) == expected


def test_another_forename_or_birth_date_vetoes_the_same_person_whatever_else_agrees() -> None:
    alike: dict[str, Any] = {"phone": "01632 960311", "address": "21 Osier Way", "postcode": "PE13 9ZT"}
    twins = compare(
        person(name="Edith Garrod", date_of_birth=date(1999, 9, 9), **alike),
        person(name="Esther Garrod", date_of_birth=date(1999, 9, 9), **alike),
        DAY,
        DAY,
        shipped_model(),
    )
    assert twins.contradicted
    assert twins.probability(850_000) > 0.95


def test_ages_that_do_not_fit_leave_it_doubtful() -> None:
    father, son = person(name="Jethro Wakelin", age=76), person(name="Jethro Wakelin", age=42)
    score = compare(father, son, DAY, DAY, shipped_model())
    assert score.doubtful
    assert not score.contradicted


def test_an_age_grows_with_the_years_between() -> None:
    then, now = person(name="A Wakelin", age=40), person(name="A Wakelin", age=50)
    assert compare(now, then, DAY, date(2016, 6, 12), shipped_model()).level("born") == "age"


def test_an_old_phone_and_an_old_address_count_for_less() -> None:
    one = person(name="A Wakelin", phone="01632 960311", address="21 Osier Way", postcode="PE13 9ZT")
    fresh = compare(one, one, DAY, DAY, shipped_model())
    old = compare(one, one, DAY, date(2016, 6, 12), shipped_model())
    assert old.bits < fresh.bits


def test_a_shared_line_or_a_communal_home_says_nothing_of_a_person() -> None:
    one = person(phone="01632 960311", address="21 Osier Way", postcode="PE13 9ZT")
    score = compare(one, one, DAY, DAY, shipped_model(), {one.phone or ""}, {one.dwelling or ""})
    assert score.agreements == ()
    assert score.bits == 0


def test_the_prior_follows_the_population() -> None:
    one = person(name="A Wakelin", phone="01632 960311")
    score = compare(one, one, DAY, DAY, shipped_model())
    assert score.probability(100_000) > score.probability(1_000_000) > score.probability(10_000_000)


def test_fields_are_named_and_never_told() -> None:
    one = person(name="Katharine Oduya", phone="07700 900404", address="2 High Street", postcode="CB8 9ZZ")
    other = person(name="Kath Oduya", phone="07700 900405", address="2 High Street", postcode="CB8 9ZZ")
    score = compare(one, other, DAY, DAY, shipped_model())
    assert score.agrees == ("forename~nickname", "surname", "address")
    assert score.differs == ("phone",)
