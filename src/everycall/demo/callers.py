"""Who rings about a victim: themselves, family, a friend elsewhere, somebody whose work is with others."""

from __future__ import annotations

from everycall.demo.neighbourhood import Neighbourhood
from everycall.demo.people import Household, Person
from everycall.demo.rates import Draw, one_of


class Callers:
    """Finds callers in one neighbourhood."""

    def __init__(self, place: Neighbourhood, chance: Draw) -> None:
        self._place, self._chance = place, chance

    def of(self, victim: Person, household: Household, day: int) -> tuple[Person, Household, str]:
        """Return who rings about a victim: themselves, family, a friend elsewhere, a professional."""
        chance = self._chance
        age, kind = victim.age(day), chance()
        if age >= 16 and kind < (0.8 if household.kind != "care_home" else 0.25):
            return victim, household, "victim"
        adults = [one for one in household.adults(day) if one is not victim]
        if adults and kind < 0.93:
            return one_of(adults, chance), household, "third_party"
        if household.kind in ("care_home", "hostel") or kind > 0.965 or age < 16:
            other = self._somebody(day)
            if other:
                return *other, "professional"
        other = self._place.adult_near(household.home(day), int(chance() * 60) - 30 or 1, day)
        if other and other[0] is not victim:
            return *other, "third_party"
        return victim, household, "victim"

    def _somebody(self, day: int) -> tuple[Person, Household] | None:
        """Return one of the few people of the neighbourhood whose work is with others."""
        homes = self._place.homes
        at = homes[int(self._chance() * 12) * 37 % len(homes)]
        return self._place.adult_near(at, 0, day)
