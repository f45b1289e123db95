"""A person or place as one call names it, in normal form: what keys are made of and scores compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from everycall.call import Call, Location, Party
from everycall.identity.normalise.addresses import Address, read_address
from everycall.identity.normalise.emails import read_email
from everycall.identity.normalise.name import Name
from everycall.identity.normalise.names import read_name
from everycall.identity.normalise.phones import read_phone
from everycall.identity.normalise.postcodes import read_postcode
from everycall.identity.normalise.towns import town_of
from everycall.identity.same_object import known_by_the_object

LOCATION = "location"
"""The word for the mention that stands for where it happened; it names no person."""


class Mention(NamedTuple):
    """One person as one call names them, or the place of a call; a tuple, since a search makes hundreds.

    Parameters
    ----------
    which
        ``caller``, ``victim 0``, ``other 0``, ``location`` or ``flag``.
    role
        As in the call; for ``victims`` it is ``victim``.
    phone
        E.164.
    postcode
        ``PE13 9ZZ``.
    dwelling, building
        Keys of one home, and of the house or block it lies in; None when the address does not tell. The home's
        is made of words where they tell it, else of the UPRN, so that a call without a UPRN meets one with it.
    town
        As told behind the street, in normal form (`everycall.identity.normalise.towns`).
    house_name
        The name of a house or block where the building's key does not tell it: beside a number, or without a postcode.
    place
        For a location: the key by which calls from one place are brought together.
    """

    which: str
    role: str | None = None
    forenames: tuple[str, ...] = ()
    surname: str | None = None
    born: date | None = None
    age: int | None = None
    phone: str | None = None
    email: str | None = None
    postcode: str | None = None
    dwelling: str | None = None
    building: str | None = None
    street: str | None = None
    uprn: str | None = None
    town: str | None = None
    house_name: str | None = None
    place: str | None = None

    @property
    def named(self) -> bool:
        """Say whether any name is known."""
        return bool(self.forenames or self.surname)

    @property
    def located(self) -> bool:
        """Say whether a home address is known well enough to search by."""
        return bool(self.dwelling or self.building)

    @property
    def district(self) -> str | None:
        """The outward half of the postcode, ``PE13``."""
        return self.postcode.split(" ")[0] if self.postcode else None


def same_home(one: Mention, other: Mention) -> bool:
    """Say whether two mentions name one dwelling: by UPRN where both give it, else by postcode, house and flat."""
    if one.dwelling is None or other.dwelling is None:
        return False
    if one.uprn and other.uprn:
        return one.uprn == other.uprn
    return one.dwelling == other.dwelling


def house_of(building: str | None, postcode: str | None) -> str | None:
    """Return the number or name of the house in a building's key: 14 of ``PE13 9ZZ 14`` and of ``14 LARCH ROAD``."""
    if not building:
        return None
    if postcode and building.startswith(f"{postcode} "):
        house = building[len(postcode) + 1 :]
        return house if house.startswith("@") else house.split("@")[0]
    return building.split(" ")[0]


def _building(address: Address | None) -> str | None:
    """Return the key of the house or block; without a postcode its number and street, as other towns may have too."""
    if address is None:
        return None
    if address.postcode is None and address.house and address.street and address.kind in _AT_HOME:
        return f"{address.house} {address.street}"
    return address.house_key


_AT_HOME = frozenset({"house", "flat", "business", "communal", "building"})


def town_and_house_name(
    address: str | None, postcode: str | None, uprn: str | None
) -> tuple[str | None, str | None]:
    """Return these two of an address alone, for a store in which they are filled in."""
    home = _address(address, postcode, uprn)
    return _beside_the_key(home, _building(home))


def _beside_the_key(address: Address | None, building: str | None) -> tuple[str | None, str | None]:
    """Return the town, and the name of a house that the building's key does not tell.

    Neither is told of an address that tells no street, house or postcode, nor the name of a home shared by people who
    are no household.
    """
    if address is None or not (address.street or address.postcode or building):
        return None, None
    town = town_of(address.locality) if address.locality else None
    if address.building is None or address.kind not in _NAMED or (building and address.house is None):
        return town, None
    return town, address.building


_NAMED = _AT_HOME - {"communal"}


def _dwelling(address: Address | None) -> str | None:
    return (address.dwelling_by_words or address.dwelling) if address else None


def _address(address: str | None, postcode: str | None, uprn: str | None) -> Address | None:
    return read_address(address, postcode, uprn) if address or postcode or uprn else None


def _forenames(name: Name | None) -> tuple[str, ...]:
    """Return the forenames; a single word may be either name and is kept as both."""
    if name is None:
        return ()
    return name.forenames or ((name.as_forename,) if name.as_forename else ())


def mention_of(which: str, party: Party, role: str | None) -> Mention:
    """Return ``party`` in normal form; kept a while, since one call is searched by and then stored."""
    return _mention_of(which, role, party)


@known_by_the_object
def _mention_of(which: str, role: str | None, party: Party) -> Mention:
    person = person_of(
        party.name, party.phone, party.email, party.date_of_birth, party.age, party.address, party.postcode,
        party.uprn,
    )  # fmt: skip
    return person._replace(which=which, role=role)


def person_of(
    name: str | None, phone: str | None, email: str | None, born: date | None, age: int | None,
    address: str | None, postcode: str | None, uprn: str | None,
) -> Mention:  # fmt: skip
    """Return somebody's details, as a party of a call has them, in normal form; ``which`` is left empty."""
    named = read_name(name)
    number = read_phone(phone)
    code = read_postcode(postcode)
    home = _address(address, postcode, uprn)
    building = _building(home)
    town, house_name = _beside_the_key(home, building)
    return Mention(
        which="",
        forenames=_forenames(named),
        surname=named.as_surname if named else None,
        born=born,
        age=age,
        phone=number.e164 if number else None,
        email=read_email(email),
        postcode=home.postcode if home else code.full if code else None,
        dwelling=_dwelling(home),
        building=building,
        street=home.street if home else None,
        uprn=uprn,
        town=town,
        house_name=house_name,
    )


def place_key(location: Location) -> str | None:
    """Return the key by which calls from one place are brought together, or None when the place is unknown.

    A home or building where the address tells one; else the street or crossing with its locality; else the
    position to four decimals of a degree (about ten metres), since gazetteers give one address one position.
    """
    place = place_of(location)
    return place.place if place else None


def _key(
    address: Address | None,
    latitude: float | None, longitude: float | None, easting: float | None, northing: float | None,
) -> str | None:  # fmt: skip
    if address and (address.dwelling or address.house_key):
        return _dwelling(address) or address.house_key
    if latitude is not None and longitude is not None:
        return f"position {latitude:.4f} {longitude:.4f}"
    if easting and northing:
        return f"grid {round(easting, -1):.0f} {round(northing, -1):.0f}"
    if address and address.street:
        return " ".join(
            part for part in ("street", address.street, address.locality, address.postcode) if part
        )
    return None


@known_by_the_object
def place_of(location: Location) -> Mention | None:
    """Return where it happened as a mention, or None when nothing tells."""
    return place_at(
        location.address, location.postcode, location.uprn, location.latitude, location.longitude,
        location.easting, location.northing,
    )  # fmt: skip


def place_at(
    address: str | None, postcode: str | None, uprn: str | None,
    latitude: float | None, longitude: float | None, easting: float | None, northing: float | None,
) -> Mention | None:  # fmt: skip
    """Return a place, as a location of a call has it, as a mention, or None when nothing tells."""
    read = _address(address, postcode, uprn)
    place = _key(read, latitude, longitude, easting, northing)
    if place is None:
        return None
    return Mention(
        which=LOCATION,
        postcode=read.postcode if read else None,
        dwelling=_dwelling(read),
        building=_building(read),
        street=read.street if read else None,
        uprn=uprn,
        place=place,
    )


def supposed_at_home(people: Sequence[Mention], place: Mention | None) -> tuple[Mention, ...]:
    """Return those named who tell no more of their address than the place's says, as if they lived where it happens.

    Most who ring do. They are looked for both ways, so that a name at its own home is met although its address, or the
    postcode of it, was typed as the location only, and nothing counts against somebody who rings from elsewhere.
    """
    if place is None or not place.dwelling:
        return ()
    return tuple(
        person._replace(
            postcode=place.postcode,
            dwelling=place.dwelling,
            building=place.building,
            street=place.street,
            uprn=place.uprn,
        )
        for person in people
        if person.surname and _may_live_at(person, place)
    )


def _may_live_at(person: Mention, place: Mention) -> bool:
    """Say whether an address is missing, or says less than the place's: 14 LARCH ROAD of 14 LARCH ROAD, PE13 9ZZ."""
    if person.dwelling or person.uprn or person.postcode not in (None, place.postcode):
        return False
    if person.street not in (None, place.street):
        return False
    house = house_of(person.building, person.postcode)
    return house is None or (person.street is not None and house == house_of(place.building, place.postcode))


def role_of_caller(role: str | None, affected: str | None) -> str | None:
    """Return a caller's role in the history: whoever answered that it is done to them, or at home, is a victim.

    A shopkeeper, somebody who gave no name or a witness who said so is taken as the victim while they ring
    (`everycall.vulnerability.victims`); the next time that call is one that they suffered.
    """
    return "victim" if affected in ("caller", "household") else role


def mentions_of(call: Call) -> Iterator[Mention]:
    """Yield everyone a call names, and its place."""
    for which, party in call.parties():
        role = party.role or ("victim" if which.startswith("victim") else None)
        if which == "caller":
            role = role_of_caller(role, call.answers.get("who_is_affected"))
        yield mention_of(which, party, role)
    place = place_of(call.location) if call.location else None
    if place:
        yield place
