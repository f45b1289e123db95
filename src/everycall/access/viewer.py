"""A viewer: the person or system that asks, with what they are."""

from __future__ import annotations

from dataclasses import dataclass

from everycall.accounts.people import Person
from everycall.accounts.tokens import Token

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks.

    Parameters
    ----------
    name
        As it stands in the record: an account's name, or a system's.
    account
        The number of a person's account; None for a system.
    scopes
        What a system's token lets it do.
    """

    name: str
    role: str
    account: int | None = None
    district: str | None = None
    scopes: frozenset[str] = frozenset()

    @property
    def is_system(self) -> bool:
        """Say whether it is another system."""
        return self.role == SYSTEM


def of_person(person: Person) -> Viewer:
    """Return a person as a viewer."""
    return Viewer(person.name, person.role, person.number, person.district)


def of_token(token: Token) -> Viewer:
    """Return a system as a viewer."""
    return Viewer(token.system, SYSTEM, scopes=token.scopes)
