"""What other systems of the made-up force know: flags on people and homes, wards, priorities, postcodes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from everycall.demo.clock import Clock
from everycall.demo.neighbourhood import Neighbourhood
from everycall.demo.people import NEVER
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
FLAGS_ONE_IN = 25
"""One household in so many has a flag (invented)."""


class KnownFlag(NamedTuple):
    """A flag as imported, about which person or place, the days it holds, and whether what it says is so."""

    flag: dict[str, Any]
    person_id: str
    place_id: str
    since: int
    until: int
    is_so: bool


PRIORITY_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def neighbourhood_flags(place: Neighbourhood, clock: Clock, random: Random) -> list[KnownFlag]:
    """Return what other systems know of one neighbourhood: flags on people and homes, some past their end."""
    found = []
    chance, last = random.random, place.days
    for household in place.households:
        people = household.living(last)
        if not people or chance() > 1 / FLAGS_ONE_IN:
            continue
        adults = household.adults(last) or people
        troubled = [one for one in adults if one.circumstances]
        person = troubled[0] if troubled and chance() < 0.7 else adults[0]
        has = [name for name in person.has(last) if name in FLAG_KINDS]
        kind = one_of(has, chance) if has and chance() < 0.8 else one_of((*FLAG_KINDS, *NOTICES), chance)
        expired = chance() < 0.2
        recorded = last - (random.randint(400, 700) if expired else random.randint(5, 300))
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
        true = kind in person.has(recorded)
        flag = _flag(kind, about, one_of(FLAG_SOURCES, chance), clock, recorded, recorded + 365)
        if str(flag["recorded_on"]) > about["date_of_birth"]:
            found.append(KnownFlag(flag, person.person_id, home.place_id, recorded, recorded + 365, true))
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
