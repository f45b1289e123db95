"""Real wards and real postcodes: areas as a force would import them, calls known only by their postcode."""

from __future__ import annotations

import csv
import gzip
import json
from functools import cache

import pytest
import shapely

from everycall.assessment import Status
from everycall.call import Location, read_call
from everycall.errors import InputError
from everycall.position import Position, from_grid_many, metres_between
from everycall.priorities import Area, Book, locate, match, read_areas, read_priorities
from shared_data import path

pytestmark = pytest.mark.shared_data


@cache
def wards() -> tuple[Area, ...]:
    text = path("geo/cambridgeshire-wards-2025.geojson").read_text("utf-8")
    return tuple(read_areas(json.loads(text), "WD25CD", "WD25NM", "wards"))


@cache
def postcodes() -> dict[str, Position]:
    with gzip.open(path("geo/codepoint-cb-pe-2014.csv.gz"), "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[2] != "0"]
    found = from_grid_many([float(row[2]) for row in rows], [float(row[3]) for row in rows])
    # Seven characters wide in the file, with or without the space: CB1 0AH, PE101AA.
    return {
        f"{row[0][:-3].strip()} {row[0][-3:]}": Position(*point, None, "Code-Point Open")
        for row, point in zip(rows, found, strict=True)
        if point is not None
    }


def test_every_real_ward_is_a_sound_area() -> None:
    assert len(wards()) == 120
    assert len({ward.id for ward in wards()}) == 120


def test_a_wrong_field_name_is_told_for_every_ward() -> None:
    geojson = json.loads(path("geo/cambridgeshire-wards-2025.geojson").read_text("utf-8"))
    with pytest.raises(InputError) as refused:
        read_areas(geojson, "WD24CD", "WD25NM", "wards")
    assert len(refused.value.details) == 120
    assert "did you mean 'WD25CD'?" in refused.value.details[0].problem


def test_the_grid_references_published_with_the_wards_agree_with_their_degrees() -> None:
    geojson = json.loads(path("geo/cambridgeshire-wards-2025.geojson").read_text("utf-8"))
    rows = [feature["properties"] for feature in geojson["features"]]
    points = from_grid_many([row["BNG_E"] for row in rows], [row["BNG_N"] for row in rows])
    away = [
        metres_between(*point, row["LONG"], row["LAT"])
        for point, row in zip(points, rows, strict=True)
        if point is not None
    ]
    assert len(away) == 120
    # Both are rounded: metres on the one side, five decimals of a degree on the other.
    assert max(away) < 1.5


def test_calls_known_only_by_postcode_match_the_priority_of_their_ward() -> None:
    ward = next(one for one in wards() if one.name == "Market")
    row = {"id": "P-1", "title": "Market", "status": "active", "area_ids": [ward.id]}
    book = Book.of(read_priorities([row], "p", {one.id for one in wards()}), wards())
    some = sorted(postcodes())[::7]
    inside = 0
    for postcode in some:
        data = {"ref": "1", "received_at": "2026-06-12T21:04:00+01:00", "location": {"postcode": postcode}}
        call = read_call(data).call
        found = match(book, call, locate(call.location, postcodes().get))
        point = postcodes()[postcode]
        assert (found.status is Status.FOUND) == ward.geometry.covers(
            shapely.Point(point.longitude, point.latitude)
        )
        inside += len(found.matches)
        assert len(found.matches) + len(found.near_misses) == 1
    assert inside > 20


def test_a_postcode_just_over_the_border_is_position_uncertain() -> None:
    ward = next(one for one in wards() if one.name == "Market")
    row = {"id": "P-1", "title": "Market", "status": "active", "area_ids": [ward.id]}
    book = Book.of(read_priorities([row], "p"), wards())
    call = read_call({"ref": "1", "received_at": "2026-06-12T21:04:00+01:00"}).call
    missed = [
        near.missed
        for postcode in sorted(postcodes())
        if postcode.startswith("CB")
        for near in match(book, call, locate(Location(postcode=postcode), postcodes().get)).near_misses
    ]
    uncertain = [words for words in missed if words.startswith("position uncertain: ")]
    assert uncertain
    assert all("'s centre, known to 100 m" in words for words in uncertain)
    assert len(uncertain) < len(missed)
