"""The map: what lies about a position, drawn and in words; nothing of others' records but how many were here."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import build
import shared_data
from everycall.force import Force
from everycall.position import Position
from everycall.priorities import Book, read_areas, read_priorities
from everycall.priorities.areas import Area
from everycall.store import reference
from everycall.store.writing import writing
from everycall.web.frame import HEIGHT, WIDTH, Frame
from everycall.web.map import draw
from everycall.web.near import near
from everycall.web.surroundings import Surroundings, surroundings

DAY = date(2026, 6, 12)
HERE = Position(0.16, 52.66, 30.0, "the coordinates given")
SVG = "{http://www.w3.org/2000/svg}"


def square(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def areas(**shapes: dict[str, Any]) -> list[Area]:
    features = [
        {"type": "Feature", "properties": {"id": name[:1], "name": name}, "geometry": shape}
        for name, shape in shapes.items()
    ]
    return read_areas({"type": "FeatureCollection", "features": features}, "id", "name", "areas")


MADE_UP = areas(Larchwood=square(0.15, 52.65, 0.17, 52.67), Northend=square(0.15, 52.67, 0.17, 52.69))


def book(*priorities: dict[str, Any], known: list[Area] | None = None) -> Book:
    said = {
        "title": "Street drinking", "starts_on": "2026-01-01", "review_on": "2026-12-01", "owner": "sergeant",
        "agreed_by": "panel", "status": "active", "behaviours": ["street_drinking"],
    }  # fmt: skip
    return Book.of(read_priorities([said | one for one in priorities], "priorities", None), known or MADE_UP)


def market(**more: Any) -> dict[str, Any]:
    place = {"name": "the market", "latitude": 52.661, "longitude": 0.162, "radius_m": 60}
    return {"id": "P-1", "places": [place]} | more


def words(picture: str) -> list[str]:
    tree = ET.fromstring(str(picture).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))
    return [one.text or "" for one in tree.iter(f"{SVG}text")]


def drawn(
    around: Surroundings, of: Book, position: Position = HERE, across_m: float = 1_500, here: int = 0
) -> str:
    return str(draw(position, Frame.round(position, across_m), around, of, DAY, here))


def test_areas_priorities_and_the_call_have_their_words_on_the_map() -> None:
    made = drawn(
        Surroundings.of(MADE_UP), book(market(), {"id": "P-2", "area_ids": ["N"]}), across_m=4_000, here=3
    )
    assert {"Larchwood", "Northend", "this call; 3 here in 12 months", "N"} <= set(words(made))
    assert {"P-1 Street drinking", "P-2 Street drinking"} <= set(words(made))


def test_without_earlier_incidents_here_none_are_told() -> None:
    assert "this call" in words(drawn(Surroundings.of(MADE_UP), book()))


def test_only_priorities_in_force_on_the_day_are_drawn() -> None:
    of = book(market(expires_on="2026-06-11"), market(id="P-2", status="draft"), market(id="P-3"))
    assert [one for one in words(drawn(Surroundings.of(()), of)) if one.startswith("P-")] == [
        "P-3 Street drinking"
    ]


def test_what_lies_outside_the_frame_is_not_drawn() -> None:
    far = Surroundings.of(areas(Farland=square(1.0, 52.0, 1.1, 52.1)), [(1.05, 52.05, 9)])
    made = drawn(far, book({"id": "P-1", "geometry": square(1.0, 52.0, 1.1, 52.1)}))
    assert "Farland" not in made
    assert "map-near" not in made
    assert "map-priority" not in made


def test_the_circle_of_accuracy_fits_into_the_frame() -> None:
    wide = Position(0.16, 52.66, 5_000.0, "a mast")
    frame = Frame.round(wide)
    assert frame.across_m > 2 * 5_000
    assert "within 5.0 km" in words(drawn(Surroundings.of(MADE_UP), book(), wide))


def test_a_scale_and_north_are_always_there() -> None:
    for across, told in ((400, "100 m"), (1_500, "200 m"), (12_000, "2 km")):
        made = words(drawn(Surroundings.of(()), book(), Position(0.16, 52.66, None, ""), across))
        assert told in made
        assert "N" in made


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    frame = Frame.round(Position(0.16, 52.66, None, ""), 1_500)
    x, _ = frame.at(0.16 + 200 / 67_600, 52.66)
    assert x - WIDTH / 2 == pytest.approx(200 * frame.per_metre, rel=0.01)


def test_what_is_near_is_told_in_words_too() -> None:
    around = Surroundings.of(MADE_UP, [(0.1605, 52.6602, 4), (0.3, 52.6, 50)])
    told = [one.words for one in near(HERE, around, book(market(), {"id": "P-2", "area_ids": ["L"]}), DAY)]
    assert told == [
        "In Larchwood",
        "P-2 Street drinking: inside area Larchwood",
        "P-1 Street drinking: 120 m from 60 m round the market",
        "4 ASB incidents published within 500 m in those of the last 12 months that were imported (data.police.uk)",
    ]


def test_with_no_published_incidents_imported_none_are_said_to_be_none() -> None:
    told = near(HERE, Surroundings.of(MADE_UP), book(), DAY)
    assert [one.kind for one in told] == ["area"]


def test_what_a_force_typed_is_escaped() -> None:
    made = drawn(Surroundings.of(MADE_UP), book(market(title="<script>&")))
    assert "<script" not in made
    assert "P-1 &lt;script&gt;&amp;" in made


def test_no_style_no_colour_and_nothing_from_outside_stands_in_it() -> None:
    made = drawn(Surroundings.of(MADE_UP, [(0.1605, 52.6602, 4)]), book(market()))
    for word in ("style", "stroke=", "<script", "href", "http"):
        assert word not in made
    assert "fill=" not in made.replace('fill="url(#map-hatch)"', "")


@given(st.floats(49.5, 60.5), st.floats(-7, 1.5), st.floats(1, 40_000), st.floats(100, 100_000))
def test_the_position_is_always_in_the_middle_and_the_frame_is_as_wide_as_it_says(
    latitude: float, longitude: float, accuracy: float, across: float
) -> None:
    frame = Frame.round(Position(longitude, latitude, accuracy, ""), across)
    assert frame.at(longitude, latitude) == (WIDTH / 2, HEIGHT / 2)
    west, south, east, north = frame.box
    assert frame.at(west, north) == pytest.approx((0, 0), abs=1e-6)
    assert frame.at(east, south) == pytest.approx((WIDTH, HEIGHT), abs=1e-6)


def test_what_is_drawn_from_is_kept_until_it_changes(force: Force) -> None:
    assert surroundings(force, build.NOW).outlines == ()
    larchwood = ("L", "Larchwood", json.dumps(square(0.15, 52.65, 0.17, 52.67)))
    connection = force.store.connection
    with writing(connection):
        reference.take_areas(connection, [larchwood], build.KNOWN)
        rows = [("2026-05", "Anti-social behaviour", 52.66, 0.16, None, None, None)] * 3
        rows += [("2025-05", "Anti-social behaviour", 52.66, 0.16, None, None, None)]
        rows += [("2026-05", "Bicycle theft", 52.66, 0.16, None, None, None)]
        reference.take_street_incidents(connection, rows, "f" * 64)
    found = surroundings(force, build.NOW)
    assert [one.name for one in found.outlines] == ["Larchwood"]
    assert found.points == ((0.16, 52.66, 3),)
    assert surroundings(force, build.NOW) is found


@pytest.mark.shared_data
@pytest.mark.parametrize("across", [400, 1_500, 6_000, 24_000, 40_000])
def test_a_map_of_real_wards_stays_small(across: float) -> None:
    wards = json.loads(shared_data.path("geo/cambridgeshire-wards-2025.geojson").read_text("utf-8"))
    known = read_areas(wards, "WD25CD", "WD25NM", "wards")
    points = [(0.05 + 0.002 * n, 52.15 + 0.002 * m, n + m) for n in range(60) for m in range(60)]
    of = book(*({"id": f"P-{n}", "area_ids": [area.id]} for n, area in enumerate(known)), known=known)
    made = drawn(Surroundings.of(known, points), of, Position(0.1372, 52.2003, 80.0, ""), across)
    assert len(made.encode()) < 30_000
    assert across > 6_000 or "Petersfield" in words(made)
