"""People and places of a plain row as the call's facts, and what is to be read of each (`everycall.store.named`)."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from everycall import codes
from everycall.identity.mention import role_of_caller
from everycall.intake.row import is_odd_phone
from everycall.store.named import Person, Where
from everycall.store.quick_values import Doubt, entries_of, put_code, put_list, put_text, put_uprn, text_of

_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,15})?", re.ASCII)
_PEOPLE = 65_536

_PARTY_FIELDS = frozenset(
    {"address", "age", "date_of_birth", "email", "name", "phone", "postcode", "role", "uprn"}
)
_NO_BIRTHDAY = codes.allowed("no_date_of_birth")


def put_caller(caller: Any, facts: dict[str, Any], people: list[Person], day: str) -> str | None:
    """Add a row's caller to ``facts``, which has the answers, and to those who are to be read; return the role.

    Parameters
    ----------
    day
        Of the call, as JSON has it: nobody is born after it.
    """
    told, details = _party(caller, _ROLES, day)
    facts["caller"] = told
    role = told.get("role")
    affected = facts.get("answers", {}).get("who_is_affected")
    people.append(("caller", role_of_caller(role, affected), *details))
    return role


def put_parties(several: str, parties: Any, facts: dict[str, Any], people: list[Person], day: str) -> None:
    """Add a row's ``victims`` or ``others`` to ``facts`` and to those who are to be read; see `put_caller`."""
    which, roles, supposed = _SEVERAL[several]
    told_parties = []
    for number, party in enumerate(entries_of(parties, 50)):
        told, details = _party(party, roles, day)
        if roles is _OTHER_ROLES:
            if "role" in party and not str(party["role"] or "").strip():
                raise Doubt
            if told.get("role") == supposed:
                del told["role"]
        people.append((f"{which} {number}", told.get("role") or supposed, *details))
        told_parties.append(told)
    put_list(facts, several, told_parties)


_ROLES, _OTHER_ROLES = codes.allowed("role"), codes.allowed("other_role")
_SEVERAL = {"victims": ("victim", _ROLES, "victim"), "others": ("other", _OTHER_ROLES, "suspect")}
"""What each is called, the codes that its role may have, and the role of one of whom none is told."""

_Details = tuple[
    str | None, str | None, str | None, str | None, int | None, str | None, str | None, str | None
]
"""What `Person` has of somebody behind ``which`` and the role."""


def _party(party: Any, roles: frozenset[str], day: str) -> tuple[dict[str, Any], _Details]:
    """Return somebody as facts, in the order of their names, and what is to be read."""
    if type(party) is not dict:
        raise Doubt
    get = party.get
    told: dict[str, Any] = {}
    name = phone = email = born = age = address = postcode = None
    if (value := get("address")) is not None and (address := text_of(value)) is not None:
        told["address"] = address
    if (value := get("age")) is not None:
        told["age"] = age = _age(value)
    if (value := get("date_of_birth")) is not None and (born := _birthday(value, day)) is not None:
        told["date_of_birth"] = born
    if (value := get("email")) is not None and (email := text_of(value)) is not None:
        told["email"] = email
    if (value := get("name")) is not None and (name := text_of(value)) is not None:
        told["name"] = name
    if (value := get("phone")) is not None and (phone := text_of(value)) is not None:
        if _is_odd(phone):
            raise Doubt
        told["phone"] = phone
    if (value := get("postcode")) is not None and (postcode := text_of(value)) is not None:
        told["postcode"] = postcode
    if (value := get("role")) is not None:
        put_code(told, "role", roles, value)
    if (value := get("uprn")) is not None:
        put_uprn(told, value)
    if len(told) != len(party) and not party.keys() <= _PARTY_FIELDS:
        raise Doubt
    return told, (name, phone, email, born, age, address, postcode, told.get("uprn"))


_is_odd = lru_cache(maxsize=_PEOPLE)(is_odd_phone)


def _birthday(value: Any, day: str) -> str | None:
    if type(value) is str:
        text = _day_in(value)
        if not text:
            return None
    elif type(value) is date:
        text = value.isoformat()
    else:
        raise Doubt
    if text > day or int(day[:4]) - int(text[:4]) > 125 or text in _NO_BIRTHDAY:
        raise Doubt
    return text


@lru_cache(maxsize=_PEOPLE)
def _day_in(text: str) -> str:
    """Return a day as JSON has it; empty where nothing is said."""
    told = text.strip()
    if not told:
        return ""
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError:
        raise Doubt from None


def _age(value: Any) -> int:
    if type(value) is str and value.isascii() and value.isdigit() and len(value) <= 3:
        value = int(value)
    if type(value) is not int or not 0 <= value <= 125:
        raise Doubt
    return value


_LOCATION_FIELDS = frozenset({
    "accuracy_m", "address", "easting", "latitude", "longitude", "northing", "postcode", "rural", "source", "uprn",
})  # fmt: skip
_WRITTEN_OTHERWISE = 1e-4
"""Numbers nearer to zero are written in more than one way in JSON."""


def location_of(location: Any) -> tuple[dict[str, Any], Where]:
    """Return a location as facts, in the order of their names, and what is to be read of it."""
    if type(location) is not dict:
        raise Doubt
    get = location.get
    told: dict[str, Any] = {}
    address = postcode = latitude = longitude = easting = northing = None
    if (value := get("accuracy_m")) is not None:
        told["accuracy_m"] = _metres_or_degrees(value, 0, 1_000_000)
    if (value := get("address")) is not None and (address := text_of(value)) is not None:
        told["address"] = address
    if (value := get("easting")) is not None:
        told["easting"] = easting = _metres_or_degrees(value, 0, 700_000)
    if (value := get("latitude")) is not None:
        told["latitude"] = latitude = _metres_or_degrees(value, -90, 90)
    if (value := get("longitude")) is not None:
        told["longitude"] = longitude = _metres_or_degrees(value, -180, 180)
    if (value := get("northing")) is not None:
        told["northing"] = northing = _metres_or_degrees(value, 0, 1_300_000)
    if (value := get("postcode")) is not None and (postcode := text_of(value)) is not None:
        told["postcode"] = postcode
    if (value := get("rural")) is not None:
        if value is not True and value is not False:
            raise Doubt
        told["rural"] = value
    if (value := get("source")) is not None:
        put_text(told, "source", value)
    if (value := get("uprn")) is not None:
        put_uprn(told, value)
    if len(told) != len(location) and not location.keys() <= _LOCATION_FIELDS:
        raise Doubt
    if (latitude is None) != (longitude is None) or (easting is None) != (northing is None):
        raise Doubt
    if latitude is not None and longitude is not None and -9 <= latitude <= 2.5 and 49 <= longitude <= 61.5:
        raise Doubt
    return told, (address, postcode, told.get("uprn"), latitude, longitude, easting, northing)


def _metres_or_degrees(value: Any, least: float, most: float) -> float:
    if type(value) is str and _NUMBER.fullmatch(value):
        value = float(value)
    if (type(value) is not float and type(value) is not int) or not least <= value <= most:
        raise Doubt
    if 0 < abs(value) < _WRITTEN_OTHERWISE:
        raise Doubt
    return float(value)
