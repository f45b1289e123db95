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
from everycall.store.quick_values import Doubt, entries_of, put_code, put_list, put_uprn, text_of

_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,15})?", re.ASCII)
_PEOPLE = 65_536

_PARTY_TEXTS = frozenset({"name", "phone", "email", "address", "postcode"})
_PARTY_FIELDS = _PARTY_TEXTS | {"date_of_birth", "age", "uprn", "role"}
_NO_BIRTHDAY = codes.allowed("no_date_of_birth")


def put_caller(caller: Any, facts: dict[str, Any], people: list[Person], day: str) -> str | None:
    """Add a row's caller to ``facts``, which has the answers, and to those who are to be read; return the role.

    Parameters
    ----------
    day
        Of the call, as JSON has it: nobody is born after it.
    """
    told = facts["caller"] = _party(caller, "role", day)
    role = told.get("role")
    affected = facts.get("answers", {}).get("who_is_affected")
    people.append(_person("caller", role_of_caller(role, affected), told))
    return role


def put_parties(several: str, parties: Any, facts: dict[str, Any], people: list[Person], day: str) -> None:
    """Add a row's ``victims`` or ``others`` to ``facts`` and to those who are to be read; see `put_caller`."""
    which, field, supposed = _SEVERAL[several]
    told_parties = [_party(party, field, day) for party in entries_of(parties, 50)]
    for number, told in enumerate(told_parties):
        if which == "other" and told.get("role") == supposed:
            del told["role"]
        people.append(_person(f"{which} {number}", told.get("role") or supposed, told))
    put_list(facts, several, told_parties)


_SEVERAL = {"victims": ("victim", "role", "victim"), "others": ("other", "other_role", "suspect")}
"""What each is called, the field whose codes its role has, and the role of one of whom none is told."""


def _person(which: str, role: str | None, told: dict[str, Any]) -> Person:
    get = told.get
    return (
        which, role, get("name"), get("phone"), get("email"), get("date_of_birth"), get("age"), get("address"),
        get("postcode"), get("uprn"),
    )  # fmt: skip


def _party(party: Any, field: str, day: str) -> dict[str, Any]:
    if type(party) is not dict:
        raise Doubt
    told: dict[str, Any] = {}
    phone = party.get("phone")
    if phone and (type(phone) is not str or _is_odd(phone)):
        raise Doubt
    if field == "other_role" and "role" in party and not str(party["role"] or "").strip():
        raise Doubt
    for name in sorted(party):
        value = party[name]
        if name in _PARTY_TEXTS:
            if value is not None and (text := text_of(value)) is not None:
                told[name] = text
        elif name not in _PARTY_FIELDS:
            raise Doubt
        elif value is None:
            continue
        elif name == "date_of_birth":
            _put_birthday(told, value, day)
        elif name == "role":
            put_code(told, "role", field, value)
        elif name == "uprn":
            put_uprn(told, value)
        else:
            told["age"] = _age(value)
    return told


_is_odd = lru_cache(maxsize=_PEOPLE)(is_odd_phone)


def _put_birthday(told: dict[str, Any], value: Any, day: str) -> None:
    if type(value) is str:
        text = _day_in(value)
        if not text:
            return
    elif type(value) is date:
        text = value.isoformat()
    else:
        raise Doubt
    if text > day or int(day[:4]) - int(text[:4]) > 125 or text in _NO_BIRTHDAY:
        raise Doubt
    told["date_of_birth"] = text


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


_LIMITS = {
    "latitude": (-90, 90), "longitude": (-180, 180), "easting": (0, 700_000), "northing": (0, 1_300_000),
    "accuracy_m": (0, 1_000_000),
}  # fmt: skip
_LOCATION_TEXTS = frozenset({"address", "postcode", "source"})
_WRITTEN_OTHERWISE = 1e-4
"""Numbers nearer to zero are written in more than one way in JSON."""


def location_of(location: Any) -> tuple[dict[str, Any], Where]:
    """Return a location as facts, and what is to be read of it."""
    if type(location) is not dict:
        raise Doubt
    told: dict[str, Any] = {}
    for name in sorted(location):
        value = location[name]
        if name in _LOCATION_TEXTS:
            if value is not None and (text := text_of(value)) is not None:
                told[name] = text
        elif name in _LIMITS:
            if value is not None:
                told[name] = _metres_or_degrees(value, *_LIMITS[name])
        elif name == "uprn":
            if value is not None:
                put_uprn(told, value)
        elif name == "rural" and (value is None or value is True or value is False):
            if value is not None:
                told[name] = value
        else:
            raise Doubt
    get = told.get
    latitude, longitude = get("latitude"), get("longitude")
    if (latitude is None) != (longitude is None) or ("easting" in told) != ("northing" in told):
        raise Doubt
    if latitude is not None and longitude is not None and -9 <= latitude <= 2.5 and 49 <= longitude <= 61.5:
        raise Doubt
    return told, (
        get("address"), get("postcode"), get("uprn"), latitude, longitude, get("easting"), get("northing"),
    )  # fmt: skip


def _metres_or_degrees(value: Any, least: float, most: float) -> float:
    if type(value) is str and _NUMBER.fullmatch(value):
        value = float(value)
    if (type(value) is not float and type(value) is not int) or not least <= value <= most:
        raise Doubt
    if 0 < abs(value) < _WRITTEN_OTHERWISE:
        raise Doubt
    return float(value)
