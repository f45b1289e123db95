"""The twenty situations: who is in them, what happened before, the new call, and what ought to be found."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import Field

from everycall.errors import PackError, Problems, not_allowed
from everycall.strict import Data, read_toml


class KnownPlace(Data):
    """A street of the situations. Easting and northing in metres (OSGB36)."""

    postcode: str
    street: str
    easting: int
    northing: int


class CastParty(Data):
    """A person of a situation, as one call names them."""

    name: str | None = None
    phone: str | None = None
    date_of_birth: str | None = None
    address: str | None = None
    postcode: str | None = None
    role: str = "victim"
    same_person_as: str | None = None
    household_of: str | None = None


class Contact(Data):
    """What earlier calls and the new one have in common."""

    caller: str = "main"
    source: str = "101"
    category: str = "asb_nuisance"
    behaviours: tuple[str, ...] = ()
    log: tuple[str, ...]
    answers: dict[str, str] = Field(default_factory=dict)


class EarlierCall(Contact):
    """An earlier call, so long before the new one."""

    days_before: int = 0
    minutes_before: int = 0
    closed_as: str = "resolved"
    at_place_of: str | None = None
    open: bool = False


class NewCall(Contact):
    """The new call, so many minutes after the end of the history."""

    minutes_after: int
    location: dict[str, str | int] | None = None


class Situation(Data):
    """One situation."""

    id: str
    shows: str
    parties: dict[str, CastParty]
    history: tuple[EarlierCall, ...] = ()
    call: NewCall
    expect: tuple[dict[str, Any], ...] = Field(min_length=1)


class Situations(Data):
    """The file ``situations.toml``."""

    place: tuple[KnownPlace, ...]
    situation: tuple[Situation, ...]


def read_situations() -> Situations:
    """Read the situations; raise `PackError` with every problem when the file does not load."""
    problems = Problems()
    path = Path(str(files("everycall.demo").joinpath("situations.toml")))
    read = read_toml(path, Situations, problems)
    for situation in read.situation if read else ():
        where = f"{path.name} {situation.id}"
        for contact in (situation.call, *situation.history):
            if contact.caller not in situation.parties:
                problems.add(where, not_allowed(contact.caller, situation.parties))
        for earlier in situation.history:
            if earlier.days_before * 1_440 + earlier.minutes_before <= situation.call.minutes_after:
                problems.add(where, "an earlier call must come before the end of the history")
    problems.raise_if_any("the situations of the made-up force do not load", PackError)
    assert read is not None
    return read
