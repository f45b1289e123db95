"""Households of the made-up force: who lives together, where, since when, and how they can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from everycall.demo.names import Names
from everycall.demo.phones import Phones
from everycall.demo.streets import Dwelling, dwelling

CIRCUMSTANCES = {
    "physical_disability_or_illness": 9,
    "learning_disability_or_autism": 4,
    "mental_ill_health": 10,
    "alone_or_isolated": 8,
    "pregnancy": 2,
    "substance_dependence": 3,
    "caring_role": 4,
    "language_barrier": 3,
}
"""Share of people (per cent, invented); only the truth file knows them unless a log or a flag tells."""


MOVES_ONE_IN = 15
"""One household in so many moves within the town once (invented)."""


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person."""

    person_id: str
    household_id: str
    forename: str
    surname: str
    surname_first: bool
    sex: str
    born: date
    mobile: str
    circumstances: tuple[str, ...]

    def age(self, day: date) -> int:
        """Return the age in whole years on ``day``."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class Household:
    """People who live together. ``homes`` holds each home with the first day there, in order."""

    household_id: str
    members: tuple[Person, ...]
    homes: tuple[tuple[date, Dwelling], ...]
    landline: str | None

    def home(self, day: date) -> Dwelling:
        """Return where the household lives on ``day``."""
        living = self.homes[0][1]
        for since, place in self.homes:
            if since <= day:
                living = place
        return living

    def adults(self, day: date) -> list[Person]:
        """Return the members who are 18 or older on ``day``; a household always has one."""
        return [person for person in self.members if person.age(day) >= 18]


class Town:
    """Every household by its index, made when asked for and the same each time.

    Parameters
    ----------
    seed
        What everything follows from.
    size
        How many households there are. Index ``size`` and up are the homes to which people move.
    first_day, last_day
        The days between which people move.
    """

    def __init__(
        self, seed: int, size: int, names: Names, phones: Phones, first_day: date, last_day: date
    ) -> None:
        self.seed, self.size, self.names, self.phones = seed, size, names, phones
        self.first_day, self.last_day = first_day, last_day
        self.household = lru_cache(maxsize=50_000)(self._household)

    def moved_on(self, index: int) -> date | None:
        """Return the day on which a household moved, if it did; the next household took its old home."""
        if index % MOVES_ONE_IN != 7 or index + 1 >= self.size:
            return None
        days = (self.last_day - self.first_day).days
        return self.first_day + timedelta(days=days // 4 + index * 37 % max(1, days // 2))

    def _household(self, index: int) -> Household:
        random = Random(f"{self.seed}:household:{index}")
        homes = [(date(1900, 1, 1), dwelling(index))]
        moved = self.moved_on(index)
        if moved:
            homes.append((moved, dwelling(self.size + index // MOVES_ONE_IN)))
        freed = self.moved_on(index - 1) if index else None
        if freed:
            homes.append((freed + timedelta(days=30), dwelling(index - 1)))
        members = _members(index, self.names, self.phones, self.last_day, random)
        landline = self.phones.landline(index) if random.random() < 0.55 else None
        return Household(f"household-{index}", members, tuple(homes), landline)


def _members(index: int, names: Names, phones: Phones, day: date, random: Random) -> tuple[Person, ...]:
    pool = names.origin(random)
    surname = random.choice(pool.surnames)
    kind = random.choices(
        ("alone", "older_alone", "couple", "family", "parent", "three_ages"), (24, 14, 22, 22, 12, 6)
    )[0]
    # As they are when the history ends; two years earlier everybody is born and every household has an adult.
    ages: Sequence[int] = {
        "alone": (random.randint(21, 64),),
        "older_alone": (random.randint(66, 93),),
        "couple": (random.randint(22, 80), random.randint(22, 80)),
        "family": (
            random.randint(24, 52),
            random.randint(24, 52),
            random.randint(3, 17),
            random.randint(3, 17),
        ),
        "parent": (random.randint(22, 50), random.randint(3, 17)),
        "three_ages": (random.randint(36, 55), random.randint(5, 24), random.randint(68, 92)),
    }[kind]
    people = []
    for place, age in enumerate(ages):
        sex = random.choice(("female", "male"))
        forename = random.choice(pool.female if sex == "female" else pool.male)
        own = random.choice(pool.surnames) if place == 1 and random.random() < 0.3 else surname
        told = tuple(name for name, share in CIRCUMSTANCES.items() if random.random() * 100 < share)
        if kind == "older_alone":
            told = tuple(dict.fromkeys(("alone_or_isolated", *told)))
        if age < 16:
            told = tuple(name for name in told if name == "learning_disability_or_autism")
        born = day - timedelta(days=age * 365 + random.randint(5, 360))
        people.append(
            Person(
                f"person-{index}-{place}", f"household-{index}", forename, own, pool.surname_first, sex, born,
                phones.mobile(index * 3 + place), told,
            )
        )  # fmt: skip
    return tuple(people)
