"""What lies beside the calls: wards that hold the town, priorities in force or not, flags, postcodes' places."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from made_force import UNTIL, force, lines, rows
from shapely.geometry import Point, shape

from everycall.demo.known import priorities
from everycall.demo.streets import dwelling, lon_lat, ward_grid, ward_of
from everycall.flag import read_flag
from everycall.intake.calls import check_calls, stream_calls
from everycall.intake.flags import check_flags
from everycall.intake.mapping import read_mapping
from everycall.priorities import read_areas, read_priorities


def test_the_ward_of_a_home_holds_it() -> None:
    areas = json.loads((force()[0] / "areas.geojson").read_text("utf-8"))["features"]
    for index in range(0, 640, 37):
        home = dwelling(index)
        assert ward_of(home.easting, home.northing) == home.ward
        assert shape(areas[home.ward]["geometry"]).contains(Point(lon_lat(home.easting, home.northing)))


def test_wards_do_not_share_their_squares() -> None:
    squares = [ward_grid(ward) for ward in range(5_000)]
    assert len(set(squares)) == len(squares)


def test_areas_and_priorities_can_be_read() -> None:
    out = force()[0]
    areas = read_areas(
        json.loads((out / "areas.geojson").read_text("utf-8")), "code", "name", "areas.geojson"
    )
    assert len(areas) == force()[1].wards >= 6
    written = json.loads((out / "priorities.json").read_text("utf-8"))
    read = read_priorities(written, "priorities.json", {area.id for area in areas})
    in_force = {priority.id for priority in read if priority.in_force(UNTIL.date())}
    assert in_force == {"P-14", "P-15"}


def test_every_file_of_flags_and_calls_is_imported_without_a_problem() -> None:
    out = force()[0]
    for flag in lines("flags.jsonl"):
        read_flag(flag)
    checks = {
        "flags.csv": check_flags(out / "flags.csv"),
        "calls.csv": check_calls(out / "calls.csv", read_mapping(out / "mapping.toml")),
        "calls.jsonl": check_calls(out / "calls.jsonl"),
    }
    assert {name: list(check.problems) for name, check in checks.items()} == {name: [] for name in checks}


def test_the_table_tells_the_same_calls_as_the_lines() -> None:
    out = force()[0]
    table = stream_calls(out / "calls.csv", read_mapping(out / "mapping.toml"))
    for row, line in zip(table, stream_calls(out / "calls.jsonl"), strict=True):
        one, other = row.call, line.call
        assert one.received_at == other.received_at.replace(microsecond=0)
        assert (one.ref, one.category, one.behaviours, one.closed_as, one.marked_repeat) == (
            other.ref,
            other.category,
            other.behaviours,
            other.closed_as,
            other.marked_repeat,
        )
        assert [told.text for told in one.log] == [told.text for told in other.log]
        assert one.caller == other.caller or (other.caller and other.caller.name == "ANON")


@pytest.mark.parametrize("hour", [0, 9, 21, 23])
def test_at_any_hour_one_priority_is_in_force_and_one_at_other_hours(hour: int) -> None:
    until = datetime(2026, 6, 12, hour, 30, tzinfo=UTC)
    found = {entry["id"]: entry for entry in priorities(until)}
    assert found["P-14"]["times"] != found["P-15"]["times"]
    assert found["P-16"]["status"] == "draft"
    assert found["P-09"]["expires_on"] < found["P-14"]["expires_on"]


def test_flags_have_source_and_date_and_some_are_past() -> None:
    flags = lines("flags.jsonl")
    assert {"communal_address", "shared_phone"} <= {flag["kind"] for flag in flags}
    assert all(flag["source"] and flag["recorded_on"] and flag["text"] for flag in flags)
    assert any(flag["expires_on"] and flag["expires_on"] < UNTIL.date().isoformat() for flag in flags)
    assert [row["kind"] for row in rows("flags.csv")] == [flag["kind"] for flag in flags]


def test_every_place_lies_in_great_britain() -> None:
    for row in rows("places.csv"):
        assert 0 < float(row["easting"]) < 700_000
        assert 0 < float(row["northing"]) < 1_300_000
