"""People and households of the made-up force, with all that changes in their lives. Days count from the start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from everycall.demo.names import Pool
from everycall.demo.streets import Dwelling

T = TypeVar("T")

NEVER = 10**9
ALWAYS = -(10**9)
YEAR = 365.2425


@dataclass(slots=True, eq=False)
class Person:
    """One invented person. What changes is a list of ``(from day, what)`` in order; lives end on ``left``."""

    person_id: str
    sex: str
    born: int
    origin: Pool
    forename: str
    surnames: list[tuple[int, str]]
    usual: str | None = None
    mobiles: list[tuple[int, str]] = field(default_factory=list)
    circumstances: list[tuple[str, int, int]] = field(default_factory=list)
    stays: list[tuple[int, Household]] = field(default_factory=list)
    left: int = NEVER
    like: str = ""

    def age(self, day: int) -> int:
        """Return the age in whole years on ``day``."""
        return int((day - self.born) / YEAR)

    def surname(self, day: int) -> str:
        """Return the surname used on ``day``."""
        return _at(self.surnames, day)

    def mobile(self, day: int) -> str | None:
        """Return the own telephone number on ``day``; children have none."""
        return _at(self.mobiles, day) if self.mobiles else None

    def household(self, day: int) -> Household | None:
        """Return with whom the person lives on ``day``; None before birth and after having left the town."""
        if day >= self.left or day < self.born:
            return None
        for since, household in reversed(self.stays):
            if since <= day:
                return household
        return None

    def has(self, day: int) -> list[str]:
        """Return the circumstances that hold on ``day``; old age and childhood follow from the age."""
        found = [name for name, since, until in self.circumstances if since <= day < until]
        age = self.age(day)
        if age >= 75:
            found.append("older_or_frail")
        elif age < 18:
            found.append("child_victim")
        return found


@dataclass(slots=True, eq=False)
class Household:
    """People who live together. ``homes`` holds each home with the first day there, in order."""

    household_id: str
    kind: str
    homes: list[tuple[int, Dwelling]]
    landline: str | None = None
    members: list[Person] = field(default_factory=list)
    ended: int = NEVER

    def home(self, day: int) -> Dwelling:
        """Return where the household lives on ``day``."""
        return _at(self.homes, day)

    def living(self, day: int) -> list[Person]:
        """Return who lives there on ``day``."""
        return [person for person in self.members if person.household(day) is self]

    def adults(self, day: int) -> list[Person]:
        """Return who is 18 or older and lives there on ``day``."""
        return [person for person in self.living(day) if day - person.born >= 18 * YEAR]


def _at(changes: list[tuple[int, T]], day: int) -> T:
    if len(changes) > 1:
        for since, what in reversed(changes):
            if since <= day:
                return what
    return changes[0][1]
