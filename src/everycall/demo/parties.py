"""How a person gets into one call: name, number, date of birth and address, as given and as heard."""

from __future__ import annotations

import itertools
from typing import Any

from everycall.demo.clock import Clock
from everycall.demo.names import Names
from everycall.demo.people import Household, Person
from everycall.demo.phones import misheard_phone, written_phone
from everycall.demo.rates import Draw
from everycall.demo.spelling import (
    written_address,
    written_birth,
    written_forename,
    written_name,
    written_postcode,
)
from everycall.demo.streets import Dwelling

OLD_NAME_DAYS = 700
"""After a change of name or address the old one is sometimes still given, for so many days (invented)."""


class Parties:
    """Writes people into calls. All shares are invented; they follow what is known of missing data in real logs."""

    def __init__(self, names: Names, clock: Clock, office: dict[str, str], chance: Draw) -> None:
        self._names, self._clock, self._office, self._chance = names, clock, office, chance

    def party(self, person: Person, household: Household, day: int, role: str | None) -> dict[str, Any]:
        """Return the person as this call names them."""
        chance = self._chance
        home = self._home(household, day)
        party: dict[str, Any] = {"name": self.name(person, day)}
        number = self._number(person, household, home, day)
        if number is not None:
            party["phone"] = written_phone(number, chance)
        if chance() < 0.58:
            party["date_of_birth"] = str(written_birth(self._clock.date_of(person.born), chance))
        elif chance() < 0.2:
            party["age"] = person.age(day)
        if chance() < 0.85:
            party["address"] = written_address(home.flat, home.number, home.street, chance, home.building)
        if chance() < 0.72:
            party["postcode"] = written_postcode(home.postcode, chance)
        party["role"] = role
        return party

    def name(self, person: Person, day: int) -> str:
        """Return a name as one log has it; a maiden name now and then, or what friends call them."""
        chance = self._chance
        forename, surnames = person.forename, person.surnames
        surname = surnames[0][1] if len(surnames) == 1 else person.surname(day)
        if len(surnames) > 1 and surnames[-1][0] <= day < surnames[-1][0] + OLD_NAME_DAYS and chance() < 0.15:
            surname = surnames[-2][1]
        if person.usual is not None and chance() < 0.5:
            forename = person.usual
        kind = chance()
        if kind < 0.03:
            return written_forename(forename, self._names.nicknames, chance)
        if kind < 0.05:
            return f"{'Mrs' if person.sex == 'female' else 'Mr'} {surname}"
        return written_name(forename, surname, person.origin.surname_first, self._names.nicknames, chance)

    def _home(self, household: Household, day: int) -> Dwelling:
        homes = household.homes
        if len(homes) > 1 and self._chance() < 0.05:
            for (_, old), (since, _) in itertools.pairwise(homes):
                if since <= day < since + OLD_NAME_DAYS // 4:
                    return old
        return household.home(day)

    def _number(self, person: Person, household: Household, home: Dwelling, day: int) -> str | None:
        chance = self._chance
        kind = chance()
        if kind < 0.2:  # withheld
            return None
        office = self._office.get(home.place_id)
        if office is not None and (kind < 0.6 or not person.mobiles):
            return office
        if household.landline is not None and kind < 0.4:
            return household.landline
        if kind > 0.95:  # rings with the telephone of somebody of the house
            for other in household.living(day):
                if other is not person and other.mobiles:
                    return other.mobile(day)
        number = person.mobile(day) or household.landline
        if number is not None and chance() < 0.01:
            return misheard_phone(number, chance)
        return number
