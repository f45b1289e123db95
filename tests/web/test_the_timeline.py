"""The timeline: what is told of earlier incidents, as rows of a table and as a picture, and nothing more."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everycall.web.past import past
from everycall.web.timeline import WIDTH, timeline

TODAY = date(2026, 6, 12)
SVG = "{http://www.w3.org/2000/svg}"


def incident(day: str, tier: str = "person", **more: Any) -> dict[str, Any]:
    place = tier == "place"
    return {
        "ref": None if place else f"R-{day}",
        "received_at": None if place else f"{day}T20:00:00+01:00",
        "month": day[:7],
        "category": "asb_nuisance",
        "tier": tier,
        "confirmed": None,
        "closed_as": "no_trace",
        "event": None,
    } | more


def drawn(*incidents: dict[str, Any]) -> ET.Element:
    return ET.fromstring(
        str(timeline(past(incidents), TODAY)).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1)
    )


def texts(picture: ET.Element) -> list[str]:
    return [one.text or "" for one in picture.iter(f"{SVG}text")]


def test_rows_tell_when_what_and_how_it_ended_newest_first() -> None:
    rows = past(
        [incident("2026-06-08"), incident("2026-05-20", "household", category="crime", closed_as="crimed")]
    )
    assert [(row.number, row.when, row.what, row.ended, row.whose, row.since) for row in rows] == [
        (1, "8 June 2026", "ASB, nuisance", "nobody found", "This person", "19 days"),
        (2, "20 May 2026", "crime", "recorded as a crime", "Household", ""),
    ]


def test_what_is_not_recorded_is_said_to_be_not_recorded() -> None:
    (row,) = past([incident("2026-06-08", category=None, closed_as=None)])
    assert (row.what, row.ended) == ("not recorded", "not recorded")


def test_earlier_years_of_a_place_are_one_bar_each_whose_number_stands_within_the_picture() -> None:
    days = ["2017-03-01", "2022-02-01", "2022-11-01", "2026-05-01"]
    picture = drawn(*(incident(day, "place") for day in days))
    bars = [one for one in picture.iter(f"{SVG}g") if one.get("class") == "timeline-months"]
    counts = [(bar.findtext(f"{SVG}title", "").split(":")[0], bar.findtext(f"{SVG}text")) for bar in bars]
    assert counts == [("2017", "1"), ("2022", "2"), ("May 2026", "1")]
    box, number = bars[0].find(f"{SVG}rect"), bars[0].find(f"{SVG}text")
    assert box is not None
    assert number is not None
    assert float(number.get("x", "0")) > float(
        box.get("x", "0")
    )  # never before it, where the row's own sum stands


def test_calls_about_one_event_are_one_incident_as_they_are_counted() -> None:
    rows = past(
        [
            incident(
                "2026-06-08", ref="B", event=4, received_at="2026-06-08T21:00:00+01:00", closed_as="duplicate"
            ),
            incident("2026-06-08", ref="A", event=4, received_at="2026-06-08T20:30:00+01:00"),
        ]
    )
    assert [(row.ref, row.what, row.ended) for row in rows] == [
        ("A", "ASB, nuisance (2 calls)", "nobody found")
    ]


def test_of_a_place_only_month_category_and_closing_are_told() -> None:
    rows = past(
        [incident("2026-03-02", "place"), incident("2026-03-28", "place"), incident("2026-02-01", "place")]
    )
    assert [(row.number, row.ref, row.when, row.what) for row in rows] == [
        (None, None, "March 2026", "ASB, nuisance (2)"),
        (None, None, "February 2026", "ASB, nuisance"),
    ]


def test_a_call_just_after_midnight_stands_on_its_local_day() -> None:
    (row,) = past([incident("2026-06-08", received_at="2026-06-07T23:30:00+00:00")])
    assert row.day == date(2026, 6, 8)


def test_nothing_told_draws_nothing() -> None:
    assert timeline((), TODAY) == ""


def test_person_household_and_place_stand_in_rows_of_their_own() -> None:
    picture = drawn(
        incident("2026-06-08"), incident("2026-05-20", "household"), incident("2026-05-20", "place")
    )
    rows = [word for word in texts(picture) if word.startswith(("This", "Household"))]
    assert rows == ["This person 1", "Household 1", "This place 1"]


def test_the_last_twelve_months_take_most_of_the_width_and_today_is_marked() -> None:
    picture = drawn(incident("2026-06-08"), incident("2016-06-08"))
    words = {one.text: float(one.get("x") or 0) for one in picture.iter(f"{SVG}text")}
    assert WIDTH - words["last 12 months"] > WIDTH / 2
    assert words["today"] > words["last 12 months"] > words["from 2016"]


def test_a_long_gap_is_told_in_words() -> None:
    assert "8 months" in texts(drawn(incident("2026-06-01"), incident("2025-10-01")))


def test_shapes_tell_kinds_apart_without_colour() -> None:
    kinds = ("asb_personal", "asb_nuisance", "asb_environmental", "crime", "transport")
    picture = drawn(*(incident(f"2026-0{n}-08", category=kind) for n, kind in enumerate(kinds, 1)))
    marks = [one for one in picture.iter(f"{SVG}g") if (one.get("class") or "").startswith("timeline-mark")]
    assert [mark[1].tag.removeprefix(SVG) for mark in marks] == [
        "circle",
        "rect",
        "polygon",
        "polygon",
        "path",
    ]
    assert marks[2][1].get("points") != marks[3][1].get("points")


def test_whoever_hears_it_is_told_how_many_and_of_the_table() -> None:
    label = drawn(incident("2026-06-08"), incident("2024-05-20"), incident("2026-05-20", "place")).get(
        "aria-label"
    )
    assert label == (
        "Timeline: 2 earlier incidents, 1 in the last 12 months, the last 4 days ago, 1 at this place. "
        "The table says the same in words."
    )


def test_what_a_force_typed_is_escaped() -> None:
    said = '<script>alert("1")</script>&'
    picture = timeline(past([incident("2026-06-08", category=said, closed_as=said)]), TODAY)
    assert "<script" not in picture
    assert "&lt;script&gt;" in picture


def test_no_style_no_colour_and_no_script_stand_in_it() -> None:
    picture = timeline(past([incident("2026-06-08"), incident("2026-03-02", "place")]), TODAY)
    for word in ("style", "fill=", "stroke=", "<script", "onload", "href", "#"):
        assert word not in picture


tiers = st.sampled_from(["person", "household", "phone", "place"])
days = st.dates(date(1990, 1, 1), TODAY).map(str)


@given(
    st.lists(st.builds(incident, days, tiers), max_size=40, unique_by=lambda one: one["ref"] or one["month"]),
    st.randoms(),
)
def test_the_order_in_which_they_are_told_changes_nothing_and_everything_stays_inside(
    incidents: list[dict[str, Any]], mixed: Any
) -> None:
    shuffled = list(incidents)
    mixed.shuffle(shuffled)
    picture = timeline(past(incidents), TODAY)
    assert timeline(past(shuffled), TODAY) == picture
    if picture:
        for one in drawn(*incidents).iter(f"{SVG}text"):
            assert 0 <= float(one.get("x") or 0) <= WIDTH


@pytest.mark.parametrize("day", ["2026-06-12", "2025-06-12", "2025-06-11"])
def test_the_edges_of_the_twelve_months_are_drawn(day: str) -> None:
    assert drawn(incident(day)).get("aria-label")
