"""What other systems of the made-up force know: flags on people and homes, wards, priorities, postcodes."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from everycall.demo.clock import Clock
from everycall.demo.neighbourhood import Neighbourhood
from everycall.demo.people import NEVER, Person
from everycall.demo.rates import one_of
from everycall.demo.situations import Situations
from everycall.demo.streets import ward_name, ward_square
from everycall.localtime import LONDON

FLAG_KINDS = (
    "physical_disability_or_illness",
    "mental_ill_health",
    "learning_disability_or_autism",
    "domestic_abuse",
)
NOTICES = ("open_case", "warning", "order_in_force")
FLAG_SOURCES = ("adult social care", "neighbourhood team", "housing", "court")
FLAGGED_FREQUENT, FLAGGED_TROUBLED, FLAGGED_OTHERS = 0.4, 0.12, 0.02
"""Share of households with a flag: those with an adult of whom some circumstance is or was so who calls often,
those with such an adult who does not, and the others."""

OLDEST_FLAG_DAYS = 2_500
"""Flags are up to so old, most of them much newer (all invented)."""


class KnownFlag(NamedTuple):
    """A flag as imported, about which person or place, the days it holds, and whether what it says is so."""

    flag: dict[str, Any]
    person_id: str
    place_id: str
    since: int
    until: int
    is_so: bool


PRIORITY_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def neighbourhood_flags(
    place: Neighbourhood, clock: Clock, random: Random, frequent: Set[Person]
) -> list[KnownFlag]:
    """Return what other systems know of one neighbourhood: flags on people and homes, some past their end.

    ``frequent`` are those who call so often that other services know them too.
    """
    found = []
    chance, last = random.random, place.days
    for household in place.households:
        people = household.living(last)
        if not people:
            continue
        adults = household.adults(last) or people
        troubled = [one for one in adults if one.circumstances]
        often = [one for one in troubled if one in frequent]
        share = FLAGGED_FREQUENT if often else FLAGGED_TROUBLED if troubled else FLAGGED_OTHERS
        if chance() >= share:
            continue
        person = (often or troubled or adults)[0]
        recorded = last - 5 - int(chance() ** 2 * min(last - 5, OLDEST_FLAG_DAYS))
        has = [name for name in person.has(recorded) if name in FLAG_KINDS]
        kind = one_of(has, chance) if has and chance() < 0.85 else one_of((*FLAG_KINDS, *NOTICES), chance)
        expires = None if chance() < 0.15 else recorded + 365 + int(chance() * 900)
        home = household.home(last)
        address = f"{home.number} {home.street}"
        if home.flat is not None:
            address = f"Flat {home.flat}, {address}"
        about = {
            "name": f"{person.forename} {person.surname(last)}",
            "date_of_birth": str(clock.date_of(person.born)),
            "address": address,
            "postcode": home.postcode,
        }
        if recorded > person.born:
            flag = _flag(kind, about, one_of(FLAG_SOURCES, chance), clock, recorded, expires)
            is_so = kind in person.has(recorded)
            until = NEVER if expires is None else expires
            found.append(KnownFlag(flag, person.person_id, home.place_id, recorded, until, is_so))
    for place_id, phone in place.office.items():
        home = next(one for one in place.homes if one.place_id == place_id)
        address = f"{home.building}, {home.number} {home.street}"
        for kind, told in (
            ("communal_address", {"address": address, "postcode": home.postcode}),
            ("shared_phone", {"phone": phone}),
        ):
            flag = _flag(kind, told, "neighbourhood team", clock, last - 200, None)
            found.append(KnownFlag(flag, "", place_id, last - 200, NEVER, True))
    return found


def cast_flags(situations: Situations, clock: Clock, last: int) -> list[KnownFlag]:
    """Return the flags of the planted situations: the care home's address and line."""
    care_home = next(s for s in situations.situation if s.id == "care_home").parties["staff_1"]
    return [
        KnownFlag(_flag(kind, about, "neighbourhood team", clock, last - 200, None), "", "", 0, NEVER, True)
        for kind, about in (
            ("communal_address", {"address": care_home.address, "postcode": care_home.postcode}),
            ("shared_phone", {"phone": care_home.phone}),
        )
    ]


def _flag(
    kind: str, about: Mapping[str, str | None], source: str, clock: Clock, recorded: int, expires: int | None
) -> dict[str, Any]:
    return {
        "kind": kind,
        "about": about,
        "source": source,
        "recorded_on": str(clock.date_of(recorded)),
        "expires_on": None if expires is None else str(clock.date_of(expires)),
        "text": FLAG_TEXTS[kind],
        "sensitive": kind == "domestic_abuse",
    }


FLAG_TEXTS = {
    "physical_disability_or_illness": "Told by adult social care with the person's agreement",
    "mental_ill_health": "Known to the community team",
    "learning_disability_or_autism": "Supported living",
    "domestic_abuse": "Non-molestation history, specialist adviser involved",
    "open_case": "Owner: neighbourhood sergeant",
    "warning": "Dog at the address",
    "order_in_force": "Injunction: not to enter the street, not to contact the household",
    "communal_address": "Care home with thirty residents",
    "shared_phone": "The care home's office line",
}


def areas(wards: int) -> dict[str, Any]:
    """Return the wards as GeoJSON; import them with ``--id-field code --name-field name``."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": f"W{ward + 1:02d}", "name": f"{ward_name(ward)} (invented)"},
                "geometry": ward_square(ward),
            }
            for ward in range(wards)
        ],
    }


def priorities(until: datetime) -> list[dict[str, Any]]:
    """Return four priorities: one in force now, one at other hours, one draft, one expired."""
    local = until.astimezone(LONDON)
    day = local.date()
    now = {"days": list(PRIORITY_DAYS), "from": _clock(local, -3), "to": _clock(local, 5)}
    later = {"days": list(PRIORITY_DAYS), "from": _clock(local, 8), "to": _clock(local, 12)}
    common: dict[str, Any] = {
        "categories": [], "area_ids": ["W01"], "geometry": None, "places": [],
        "owner": "Sgt, Reedham (invented)", "agreed_by": "panel of residents", "actions": [],
    }  # fmt: skip
    in_force = {
        "agreed_on": _days_from(day, -60), "starts_on": _days_from(day, -59),
        "review_on": _days_from(day, 30), "expires_on": _days_from(day, 120), "status": "active",
    }  # fmt: skip
    over = {**in_force, "expires_on": _days_from(day, -1)}
    drinking = {"behaviours": ["street_drinking"], "keywords": ["drinking", "drunk"]}
    rows: tuple[dict[str, Any], ...] = (
        {"id": "P-14", "title": "Street drinking in Staithe Gardens", **drinking, "times": [now], **in_force},
        {"id": "P-15", "title": "Street drinking before shops open", **drinking, "times": [later],
         **in_force},
        {"id": "P-16", "title": "Off-road bikes on the green", "behaviours": ["vehicle_nuisance"],
         "keywords": ["bike"], "times": [], **in_force, "status": "draft"},
        {"id": "P-09", "title": "Fireworks", "behaviours": ["fireworks"], "keywords": [], "times": [],
         **over},
    )  # fmt: skip
    return [{**common, **entry} for entry in rows]


def _days_from(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()


def _clock(local: datetime, hours: int) -> str:
    return f"{(local + timedelta(hours=hours)):%H}:00"
