"""What is made without being checked, for speed, is what a check would have passed."""

from __future__ import annotations

import json

import build
from everycall.assessment import Assessment

PEOPLE = {
    "same person": build.MAUREEN,
    "same household": {**build.MAUREEN, "name": "Arthur Peck", "phone": None, "date_of_birth": "1949-01-01"},
    "same line": {"name": "Gwen Aldous", "phone": "01632 960 114", "role": "victim"},
    "maybe the same person": {"name": "M Peck", "postcode": "PE13 9ZZ", "role": "victim"},
    "nobody we know": {"name": "Ada Quill", "phone": "07700 900 321", "role": "victim"},
}


def test_every_kind_of_incident_passes_the_check_it_was_spared(sqlite_store: str) -> None:
    force = build.force_at(sqlite_store)
    for number, person in enumerate(PEOPLE.values()):
        at = f"2026-05-{number + 1:02}T21:04:00+01:00"
        build.take(force, build.call(f"OLD-{number}", received_at=at, caller=person))
    told = build.assess(force, dry_run=True)
    force.store.close()
    assert {one.tier for one in told.repeat.incidents} == {"person", "household", "phone", "place"}
    assert told.repeat.to_confirm
    data = json.loads(told.model_dump_json(by_alias=True))
    assert Assessment.model_validate(data).model_dump_json(by_alias=True) == told.model_dump_json(
        by_alias=True
    )
