"""Real wards as areas, real postcodes as places: a call that gives a postcode alone meets its ward's priority."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from click.testing import CliRunner
from shapely.geometry import shape

import shared_data
from everycall.cli.main import everycall
from everycall.position import from_grid

pytestmark = pytest.mark.shared_data

NAME = "Petersfield"


def _run(*args: str) -> str:
    result = CliRunner().invoke(everycall, list(args), catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[str]]:
    """The store with wards, postcodes and one priority; postcodes well inside the ward, and well outside."""
    folder = tmp_path_factory.mktemp("real")
    where = folder / "everycall.db"
    wards = shared_data.path("geo/cambridgeshire-wards-2025.geojson")
    ward = next(
        one for one in json.loads(wards.read_text("utf-8"))["features"] if one["properties"]["WD25NM"] == NAME
    )
    packed = gzip.decompress(shared_data.path("geo/codepoint-cb-pe-2014.csv.gz").read_bytes()).decode("utf-8")
    (folder / "codepoint.csv").write_text(packed, "utf-8")
    inside, outside = _sorted_out(packed, shape(ward["geometry"]))
    priority = {
        "id": "P-1",
        "title": "Street drinking",
        "area_ids": [ward["properties"]["WD25CD"]],
        "behaviours": ["street_drinking"],
        "starts_on": "2024-01-01",
        "review_on": "2024-12-01",
        "owner": "neighbourhood sergeant",
        "agreed_by": "panel",
        "status": "active",
    }
    (folder / "priorities.json").write_text(json.dumps([priority]), "utf-8")
    at = ("--store", str(where))
    _run("init", *at)
    _run("import", "areas", str(wards), "--id-field", "WD25CD", "--name-field", "WD25NM", *at)
    _run("import", "places", str(folder / "codepoint.csv"), *at)
    _run("import", "priorities", str(folder / "priorities.json"), *at)
    return where, inside, outside


def _sorted_out(packed: str, ward: shapely.Geometry) -> tuple[list[str], list[str]]:
    inside, outside = [], []
    for row in csv.reader(packed.splitlines()):
        if row[0].startswith("CB1 ") and (found := from_grid(float(row[2]), float(row[3]))):
            away = ward.boundary.distance(shapely.Point(found))
            if away > 0.0005:  # degrees, some 40 m: the ward's edge is not the matter here
                (inside if ward.contains(shapely.Point(found)) else outside).append(row[0])
    return inside, outside


def _priorities(store: Path, postcodes: list[str], folder: Path) -> list[dict[str, Any]]:
    calls = [
        {
            "ref": f"W-{n}",
            "received_at": "2024-06-14T21:00:00+01:00",
            "category": "asb_nuisance",
            "behaviours": ["street_drinking"],
            "location": {"postcode": postcode},
        }
        for n, postcode in enumerate(postcodes)
    ]
    file = folder / "calls.jsonl"
    file.write_text("".join(json.dumps(call) + "\n" for call in calls), "utf-8")
    out = _run("assess", str(file), "--dry-run", "--store", str(store))
    return [json.loads(line)["priorities"] for line in out.splitlines()]


def test_a_call_by_postcode_alone_meets_the_priority_of_its_ward(
    store: tuple[Path, list[str], list[str]], tmp_path: Path
) -> None:
    where, inside, _ = store
    assert len(inside) > 50
    found = _priorities(where, inside[:40], tmp_path)
    assert [[one["id"] for one in part["matches"]] for part in found] == [["P-1"]] * 40


def test_a_call_from_another_ward_does_not(store: tuple[Path, list[str], list[str]], tmp_path: Path) -> None:
    where, _, outside = store
    assert len(outside) > 50
    found = _priorities(where, outside[:40], tmp_path)
    assert [part["matches"] for part in found] == [[]] * 40
    assert {part["status"] for part in found} == {"looked_none"}


def test_a_postcode_that_is_not_imported_is_told_as_not_looked_and_not_as_none(
    store: tuple[Path, list[str], list[str]], tmp_path: Path
) -> None:
    (part,) = _priorities(store[0], ["PE13 9ZZ"], tmp_path)
    assert part["status"] == "could_not_look"
