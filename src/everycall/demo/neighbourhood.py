"""One neighbourhood: a run of streets, everybody who ever lives there, and who lives where on a day."""

from __future__ import annotations

from collections import defaultdict
from random import Random

from everycall.demo.households import Former
from everycall.demo.lives import Lives
from everycall.demo.names import Names
from everycall.demo.people import Household, Person
from everycall.demo.phones import Phones
from everycall.demo.rates import Rates
from everycall.demo.streets import DWELLINGS_PER_STREET, Dwelling, dwelling

RESIDENTS = {"care_home": 24, "hostel": 14}
VACANT = 0.07
"""Share of homes in which nobody lives at first (invented)."""


class Neighbourhood:
    """A run of homes and the lives in them over all days of the history.

    Parameters
    ----------
    first, homes
        Index of the first home, and how many; a whole number of streets.
    days
        How many days the history has.
    prefix
        What the ids of its people and households begin with.
    """

    def __init__(
        self,
        first: int,
        homes: int,
        days: int,
        prefix: str,
        names: Names,
        phones: Phones,
        rates: Rates,
        random: Random,
    ) -> None:
        self.homes = [dwelling(first + nth) for nth in range(homes)]
        self.first, self.days = first, days
        self.office: dict[str, str] = {}
        former = Former(names, phones, rates, random, prefix)
        met, vacant = [], []
        community = None
        for nth, home in enumerate(self.homes):
            if nth % DWELLINGS_PER_STREET == 0:
                is_one = random.random() < rates.shares.community_streets
                community = names.origin(random.random) if is_one else None
            if home.kind in RESIDENTS:
                self.office[home.place_id] = phones.new_landline()
                met += [former.formed(home, 0, None) for _ in range(RESIDENTS[home.kind])]
            elif random.random() < VACANT:
                vacant.append(home)
            else:
                met.append(former.formed(home, 0, community))
        lives = Lives(former, days)
        lives.run(met, vacant)
        self.households = lives.households
        self.people = list(dict.fromkeys(one for household in self.households for one in household.members))
        self._tenants: dict[str, list[Household]] = defaultdict(list)
        for household in self.households:
            for _, home in household.homes:
                self._tenants[home.place_id].append(household)

    def forget(self) -> None:
        """Let go of everybody, who hold one another, so that their memory is free at once."""
        for household in self.households:
            household.members.clear()
        self.households.clear()
        self._tenants.clear()

    def at(self, home: Dwelling, day: int) -> list[Household]:
        """Return the households that live in ``home`` on ``day``: one, none, or the many of a care home."""
        place = home.place_id
        return [
            one
            for one in self._tenants.get(place, ())
            if day < one.ended and one.home(day).place_id == place and one.living(day)
        ]

    def adult_near(self, home: Dwelling, doors: int, day: int) -> tuple[Person, Household] | None:
        """Return an adult who lives so many doors along the street, if somebody does on ``day``."""
        index = int(home.place_id[6:]) - self.first + doors
        if not 0 <= index < len(self.homes):
            return None
        for household in self.at(self.homes[index], day):
            adults = household.adults(day)
            if adults:
                return adults[0], household
        return None
