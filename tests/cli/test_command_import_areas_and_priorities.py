"""``everycall import areas`` and ``import priorities``: once, all or nothing, and met by the next call."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import build
from command import run

SQUARE = [[0.1, 52.6], [0.2, 52.6], [0.2, 52.7], [0.1, 52.7], [0.1, 52.6]]
BOW = [[0.1, 52.6], [0.2, 52.7], [0.2, 52.6], [0.1, 52.7], [0.1, 52.6]]
INSIDE = {"address": "14 Larch Road", "latitude": 52.66, "longitude": 0.16}


def _areas(path: Path, *rings: Any) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"W{number}", "name": f"Ward {number}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for number, ring in enumerate(rings, 1)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def _priority(**changed: Any) -> dict[str, Any]:
    return {
        "id": "P-1", "title": "Youths at the shops", "behaviours": ["rowdy"], "area_ids": ["W1"],
        "agreed_on": "2026-01-10", "starts_on": "2026-01-10", "owner": "Sgt", "agreed_by": "panel",
        "status": "active", "actions": [{"text": "patrol", "date": "2026-07-01"}],
    } | changed  # fmt: skip


def _priorities(path: Path, *some: dict[str, Any]) -> Path:
    path.write_text(json.dumps(some), "utf-8")
    return path


FIELDS = ("--id-field", "code", "--name-field", "name")


def _stored(store: str, table: str) -> int:
    ((many,),) = build.rows(build.force_at(store), f"SELECT count(*) FROM {table} WHERE known_until IS NULL")
    return int(many)


def test_a_priority_of_an_imported_area_is_met_by_the_next_call(store: str, tmp_path: Path) -> None:
    areas = _areas(tmp_path / "wards.geojson", SQUARE)
    priorities = _priorities(tmp_path / "p.json", _priority())
    for file, args, whats, what in (
        (areas, FIELDS, "areas", "area"),
        (priorities, (), "priorities", "priority"),
    ):
        first = run("import", whats, file, *args, "--store", store)
        assert (first.exit, first.out) == (0, "")
        assert f"1 {what}: 1 new or changed, 0 as they were" in first.err
        again = run("import", whats, file, *args, "--store", store)
        assert f"1 {what}: 0 new or changed, 1 as they were" in again.err
    assert (_stored(store, "area"), _stored(store, "priority")) == (1, 1)
    call = json.dumps(build.facts(location=INSIDE))
    found = run("assess", "--store", store, "-", stdin=call).only["priorities"]
    assert (found["status"], [one["id"] for one in found["matches"]]) == ("found", ["P-1"])


def test_an_area_that_crosses_itself_is_refused_by_name_and_none_is_stored(
    store: str, tmp_path: Path
) -> None:
    ran = run("import", "areas", _areas(tmp_path / "wards.geojson", SQUARE, BOW), *FIELDS, "--store", store)
    assert (ran.exit, ran.out) == (2, "")
    assert "wards.geojson" in ran.err
    assert "Self-intersection" in ran.err
    assert _stored(store, "area") == 0


def test_a_field_that_is_missing_is_told(sqlite_store: str, tmp_path: Path) -> None:
    file = _areas(tmp_path / "wards.geojson", SQUARE)
    ran = run("import", "areas", file, "--id-field", "coed", "--name-field", "name", "--store", sqlite_store)
    assert (ran.exit, "coed" in ran.err) == (2, True)
    assert run("import", "areas", file, "--store", sqlite_store).exit == 2, "both fields must be named"


def test_every_problem_of_the_priorities_is_told_and_none_is_stored(store: str, tmp_path: Path) -> None:
    run("import", "areas", _areas(tmp_path / "wards.geojson", SQUARE), *FIELDS, "--store", store)
    wrong = _priorities(
        tmp_path / "p.json",
        _priority(),
        _priority(id="P-2", area_ids=["W11"]),
        _priority(id="P-3", status="activ"),
        _priority(id="P-4", geometry={"type": "Polygon", "coordinates": [BOW]}),
    )
    ran = run("import", "priorities", wrong, "--store", store)
    assert (ran.exit, ran.out) == (2, "")
    for told in ("P-2", "'W11'", "P-3", "activ", "P-4", "Self-intersection"):
        assert told in ran.err
    assert _stored(store, "priority") == 0


def test_drafts_are_told_to_match_nothing(sqlite_store: str, tmp_path: Path) -> None:
    file = _priorities(tmp_path / "p.json", _priority(area_ids=[], status="draft"))
    ran = run("import", "priorities", file, "--store", sqlite_store)
    assert "1 are drafts and match nothing until a person completes them" in ran.err
