"""Through the whole history everybody is born, every household has an adult, and a home has one household."""

from __future__ import annotations

from datetime import date, timedelta

from everycall.demo.households import Town
from everycall.demo.names import read_names
from everycall.demo.phones import Phones

LAST = date(2026, 6, 12)
FIRST = LAST - timedelta(days=730)
TOWN = Town(3, 8_000, read_names(3), Phones(), FIRST, LAST)


def test_on_the_first_day_everybody_is_born_and_every_household_has_an_adult() -> None:
    for index in range(TOWN.size):
        household = TOWN.household(index)
        assert household.adults(FIRST)
        assert min(person.age(FIRST) for person in household.members) >= 0


def test_on_no_day_do_two_households_live_in_one_home() -> None:
    for day in (FIRST, FIRST + timedelta(days=365), LAST):
        homes = [TOWN.household(index).home(day).place_id for index in range(2_000)]
        assert len(set(homes)) == len(homes)
