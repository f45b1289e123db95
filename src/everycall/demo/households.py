"""Households as they are when first met: who lives together, of what age and name, and how they can be reached."""

from __future__ import annotations

from random import Random

from everycall.demo.names import Names, Pool
from everycall.demo.people import ALWAYS, NEVER, YEAR, Household, Person
from everycall.demo.phones import Phones
from everycall.demo.rates import Rates, Weighted, one_of
from everycall.demo.streets import Dwelling

MOBILE_FROM = 11
"""Age from which a child has a telephone (invented)."""

FIRST_SHARE, MORE_SHARE = 0.72, 0.8
"""Chance of a first circumstance, and of each after it, beside the sum of all shares: whoever has one has others more
often, and on the whole each is as common as ``rates.toml`` says."""


class Former:
    """Forms households of one neighbourhood: families, couples, people alone, residents of homes and hostels."""

    def __init__(self, names: Names, phones: Phones, rates: Rates, random: Random, prefix: str) -> None:
        self.names, self.phones, self.rates, self.random = names, phones, rates, random
        self._prefix = prefix
        self._people = 0
        self._households = 0
        self._kinds = Weighted(rates.households)
        self._has = Weighted(rates.circumstances)
        self._has_any = sum(rates.circumstances.values()) / 100

    def household(self, home: Dwelling, day: int, kind: str, since: int = ALWAYS) -> Household:
        """Return an empty household that lives in ``home`` from ``since``."""
        self._households += 1
        return Household(f"household-{self._prefix}{self._households}", kind, [(since, home)])

    def formed(self, home: Dwelling, day: int, community: Pool | None, since: int = ALWAYS) -> Household:
        """Return a household with its members, as it is on ``day``."""
        chance, shares = self.random.random, self.rates.shares
        if home.kind in ("care_home", "hostel"):
            return self._resident(home, day, since)
        household = self.household(home, day, self._kinds.draw(chance), since)
        pool = community if community and chance() < shares.of_the_community else self.names.origin(chance)
        surname = pool.surname(chance)
        for place, age in enumerate(self._ages(household.kind)):
            kin = household.kind != "sharers" and not (place == 1 and chance() < shares.keeps_own_name)
            mixed = place == 1 and age >= 18 and chance() < shares.mixed_couple
            origin = pool if kin and not mixed else self.names.origin(chance) if mixed else pool
            self.person(household, day, age, origin, surname if kin else origin.surname(chance))
        self._likenesses(household)
        if chance() < shares.landline:
            household.landline = self.phones.new_landline()
        return household

    def person(
        self, household: Household, day: int, age: float, pool: Pool, surname: str, sex: str | None = None
    ) -> Person:
        """Add to a household a person who is of this age, in years, on ``day``."""
        chance = self.random.random
        sex = sex or ("female" if chance() < 0.5 else "male")
        self._people += 1
        person = Person(
            f"person-{self._prefix}{self._people}",
            sex,
            day - int((age + chance()) * YEAR),
            pool,
            pool.forename(sex, chance),
            [(ALWAYS, pool.as_borne_by(sex, surname))],
        )
        if age >= MOBILE_FROM:
            person.mobiles.append((ALWAYS, self.phones.new_mobile()))
        if chance() < self.rates.shares.goes_by_another_name:
            short = self.names.nicknames.get(person.forename)
            person.usual = one_of(short, chance) if short else pool.forename(sex, chance)
        person.stays.append((household.homes[0][0], household))
        household.members.append(person)
        if age >= 18:
            self._circumstances(person, day)
        elif chance() < 0.03:
            person.circumstances.append(("learning_disability_or_autism", ALWAYS, NEVER))
        return person

    def _circumstances(self, person: Person, day: int) -> None:
        """Give a person what they have from before: for each in turn, one more is less likely."""
        chance, ends = self.random.random, self.rates.circumstances_end
        many = self._has_any * FIRST_SHARE
        while chance() < many:
            many = self._has_any * MORE_SHARE
            name = self._has.draw(chance)
            if not fits(name, person, day) or any(name == has for has, _, _ in person.circumstances):
                continue
            lasts = ends.get(name)
            if lasts is None:
                person.circumstances.append((name, ALWAYS, NEVER))
            else:
                begun = day - int(chance() * lasts)
                person.circumstances.append((name, begun, begun + lasts))

    def _ages(self, kind: str) -> tuple[int, ...]:
        chance = self.random.random

        def number(least: int, most: int) -> int:
            return least + int(chance() * (most - least + 1))

        if kind == "alone":
            return (number(21, 64),)
        if kind == "older_alone":
            return (number(66, 93),)
        if kind == "couple":
            age = number(22, 80)
            return (age, max(20, age + number(-7, 7)))
        if kind == "family":
            age = number(25, 52)
            child = number(0, min(17, age - 20))
            return (age, max(22, age + number(-5, 5)), child, max(0, child - number(2, 4)))
        if kind == "parent":
            age = number(22, 50)
            return (age, number(0, min(17, age - 18)))
        if kind == "three_ages":
            age = number(36, 55)
            return (age, number(5, min(24, age - 20)), age + number(24, 36))
        return (number(19, 34), number(19, 34), number(19, 34))

    def _likenesses(self, household: Household) -> None:
        """Make twins of some brothers and sisters, and give some children a parent's forename."""
        chance, shares, members = self.random.random, self.rates.shares, household.members
        if household.kind == "family" and chance() < shares.twins:
            first, second = members[2], members[3]
            second.born, second.like = first.born, f"twin of {first.person_id}"
            first.like = f"twin of {second.person_id}"
        if household.kind in ("family", "parent", "three_ages") and chance() < shares.named_after_parent:
            parent, child = members[0], members[1 if household.kind != "family" else 2]
            child.sex, child.forename, child.origin = parent.sex, parent.forename, parent.origin
            child.surnames = list(parent.surnames)
            child.like = f"named after {parent.person_id}"

    def _resident(self, home: Dwelling, day: int, since: int) -> Household:
        household = self.household(home, day, home.kind, since)
        pool = self.names.origin(self.random.random)
        old = home.kind == "care_home"
        age = self.random.randint(74, 97) if old else self.random.randint(18, 58)
        person = self.person(household, day, age, pool, pool.surname(self.random.random))
        if old:
            person.mobiles.clear()
        elif self.random.random() < 0.6:
            person.circumstances.append(("homelessness", ALWAYS, NEVER))
        return household


def fits(circumstance: str, person: Person, day: int) -> bool:
    """Say whether a circumstance can be so of a person on ``day``."""
    if circumstance == "pregnancy":
        return person.sex == "female" and 16 <= person.age(day) <= 44
    if circumstance == "language_barrier":
        return person.origin.origin not in ("english", "irish")
    return True
