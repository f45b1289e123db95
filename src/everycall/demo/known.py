"""What other systems of the made-up force know: flags on people and homes, wards, priorities, postcodes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from everycall.demo.households import Town
from everycall.demo.situations import Situations
from everycall.demo.streets import ward_name, ward_square
from everycall.localtime import LONDON

FLAG_KINDS = (
    "physical_disability_or_illness",
    "mental_ill_health",
    "learning_disability_or_autism",
    "domestic_abuse",
)
FLAGS_ONE_IN = 25
"""One household in so many has a flag (invented)."""

PRIORITY_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def flags(town: Town, situations: Situations, until: datetime) -> list[dict[str, Any]]:
    """Return the flags on people and homes, some past their end, and on the care home and its line."""
    day = until.astimezone(LONDON).date()
    found = []
    for index in range(3, town.size, FLAGS_ONE_IN):
        random = Random(f"{town.seed}:flag:{index}")
        household = town.household(index)
        home = household.home(day)
        person = household.adults(day)[0]
        address = (
            f"{home.number} {home.street}"
            if home.flat is None
            else f"Flat {home.flat}, {home.number} {home.street}"
        )
        expired = random.random() < 0.2
        recorded = day - timedelta(days=random.randint(400, 700) if expired else random.randint(5, 300))
        kind = random.choice((*FLAG_KINDS, "open_case", "warning", "order_in_force"))
        found.append(
            {
                "kind": kind,
                "about": {
                    "name": f"{person.forename} {person.surname}",
                    "date_of_birth": person.born.isoformat(),
                    "address": address,
                    "postcode": home.postcode,
                },
                "source": random.choice(("adult social care", "neighbourhood team", "housing", "court")),
                "recorded_on": recorded.isoformat(),
                "expires_on": (recorded + timedelta(days=365)).isoformat(),
                "text": FLAG_TEXTS[kind],
                "sensitive": kind == "domestic_abuse",
            }
        )
    care_home = next(s for s in situations.situation if s.id == "care_home").parties["staff_1"]
    for kind, about in (
        ("communal_address", {"address": care_home.address, "postcode": care_home.postcode}),
        ("shared_phone", {"phone": care_home.phone}),
    ):
        found.append(
            {
                "kind": kind, "about": about, "source": "neighbourhood team",
                "recorded_on": (day - timedelta(days=200)).isoformat(), "expires_on": None,
                "text": FLAG_TEXTS[kind], "sensitive": False,
            }
        )  # fmt: skip
    return found


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
