"""Through the whole history people live somewhere or nowhere, households have adults, and a home one household."""

from __future__ import annotations

from functools import cache
from random import Random

from everycall.demo.names import read_names
from everycall.demo.neighbourhood import Neighbourhood
from everycall.demo.phones import Phones
from everycall.demo.rates import read_rates

DAYS = 3_650
SOME_DAYS = (0, 700, 1_800, DAYS - 1)


@cache
def place() -> Neighbourhood:
    return Neighbourhood(0, 720, DAYS, "1-", read_names(3), Phones(901), read_rates(), Random(3))


def test_on_every_day_everybody_counted_is_born_and_every_household_has_an_adult() -> None:
    for day in SOME_DAYS:
        for household in place().households:
            living = household.living(day)
            assert not living or household.adults(day)
            assert all(person.born <= day < person.left for person in living)


def test_on_no_day_do_two_households_live_in_one_home() -> None:
    for day in SOME_DAYS:
        for home in place().homes:
            assert len(place().at(home, day)) <= 1 or home.kind in ("care_home", "hostel")


def test_over_ten_years_people_move_part_join_and_change_names_and_numbers() -> None:
    people, households = place().people, place().households
    assert sum(len(person.stays) > 1 for person in people) > 10
    assert sum(len(person.surnames) > 1 for person in people) > 5
    assert sum(len(person.mobiles) > 1 for person in people) > 100
    assert sum(len(household.homes) > 1 for household in households) > 10
    assert sum(person.born > 0 for person in people) > 10


def test_there_are_twins_namesakes_homes_hostels_and_community_streets() -> None:
    likes = [person.like for person in place().people if person.like]
    assert any(like.startswith("twin") for like in likes)
    assert any(like.startswith("named after") for like in likes)
    assert {"house", "flat", "care_home", "hostel"} == {home.kind for home in place().homes}


def test_a_number_given_up_is_somebody_elses_later() -> None:
    first: dict[str, str] = {}
    again = set()
    for person in place().people:
        for _, number in person.mobiles:
            if first.setdefault(number, person.person_id) != person.person_id:
                again.add(number)
    assert again
