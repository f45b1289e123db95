"""The card's timeline and map: seen in every light, the same in words, and nothing of others' places on them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from calling import begin, tell
from looking import axe_clean, screenshot
from playwright.sync_api import Page, expect

import build
from everycall.store import reference
from everycall.store.store import Store
from everycall.store.writing import writing

PRIORITY = {
    "id": "P-14", "title": "Street drinking", "area_ids": ["L"], "starts_on": "2026-01-01", "review_on": "2026-12-01",
    "owner": "sergeant", "agreed_by": "panel", "status": "active", "behaviours": ["street_drinking"],
}  # fmt: skip
RING = [[0.155, 52.655], [0.166, 52.6535], [0.168, 52.664], [0.157, 52.665], [0.155, 52.655]]
NEXT = [[0.166, 52.6535], [0.19, 52.652], [0.19, 52.668], [0.168, 52.664], [0.166, 52.6535]]


@pytest.fixture(scope="module")
def ground(site: Any) -> Any:
    """Give the force two areas, a priority, published incidents and the place of a postcode."""
    store = Store(site.store)
    areas = [
        (i, name, json.dumps({"type": "Polygon", "coordinates": [ring]}))
        for i, name, ring in (("L", "Larchwood", RING), ("N", "Northend", NEXT))
    ]
    published = [
        ("2026-05", "Anti-social behaviour", 52.659 + 0.001 * n, 0.16 + 0.0012 * n, None, None, None)
        for n in range(4)
    ] * 3
    with writing(store.connection):
        reference.take_areas(store.connection, areas, build.KNOWN)
        reference.take_priorities(store.connection, [("P-14", json.dumps(PRIORITY))], build.KNOWN)
        reference.take_places(store.connection, [("postcode:PE13 9ZZ", 52.66, 0.1605)], build.KNOWN)
        reference.take_street_incidents(store.connection, published, "f" * 64)
    store.close()
    return site


def typed(page: Page, ref: str) -> Page:
    """Begin a card and type who rings and where."""
    begin(page, ref)
    for label, text in (
        ("Name", "Maureen Peck"), ("Phone", "01632 960114"), ("Born", "2/3/1951"), ("Lives at", "14 Larch Road"),
    ):  # fmt: skip
        page.get_by_label(label, exact=False).first.fill(text)
    page.locator("#f-caller-postcode").fill("PE13 9ZZ")
    page.get_by_label("Where it happens").fill("14 Larch Road")
    page.locator("#f-location-postcode").fill("PE13 9ZZ")
    page.get_by_label("Where it happens").focus()
    expect(page.locator("#panel-timeline svg")).to_be_visible()
    expect(page.locator("#panel-where svg")).to_be_visible()
    return page


def test_both_are_drawn_while_it_is_typed_and_the_same_stands_in_words(ground: Any, desk: Any) -> None:
    page = typed(desk("handler").page, "MAP-1")
    expect(page.locator("#panel-where .near")).to_contain_text("In Larchwood")
    expect(page.locator("#panel-where .near")).to_contain_text("P-14 Street drinking: inside area Larchwood")
    page.get_by_text("The same in words").click()
    first = page.locator("#panel-timeline tbody tr").first
    expect(first).to_contain_text("8 June 2026")
    expect(first).to_contain_text("advice given")
    axe_clean(page)
    screenshot(page, "history-map-1280", whole=True)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("dark", {"color_scheme": "dark"}),
        ("forced", {"forced_colors": "active"}),
        ("200", {"viewport": {"width": 640, "height": 720}}),
        ("1920", {"viewport": {"width": 1920, "height": 1080}}),
    ],
)
def test_they_are_read_in_every_light_and_size(
    name: str, how: dict[str, Any], ground: Any, desk: Any
) -> None:
    page = typed(desk("handler", **how).page, f"MAP-{name}")
    axe_clean(page)
    page.locator("#panel-timeline").scroll_into_view_if_needed()
    screenshot(page, f"history-map-{name}", whole=True)


def test_one_looks_about_on_the_larger_map_by_links_alone(ground: Any, desk: Any) -> None:
    page = typed(desk("handler").page, "MAP-2")
    page.get_by_role("link", name="Larger map").click()
    axe_clean(page)
    expect(page.locator("svg.map")).to_contain_text("200 m")
    page.get_by_role("link", name="Farther").click()
    expect(page.locator("svg.map")).to_contain_text("500 m")
    page.get_by_role("link", name="East").click()
    page.get_by_role("link", name="North").click()
    screenshot(page, "map-larger-1280", whole=True)
    page.get_by_role("link", name="To the call").click()
    page.get_by_role("link", name="Nearer").click()
    expect(page.locator("svg.map")).to_contain_text("200 m")
    page.goto("/calls/MAP-2/map?across=1e99&east=9&north=nan")
    expect(page.locator("svg.map")).to_contain_text("200 m")


def test_without_a_place_it_says_that_there_is_no_map(ground: Any, desk: Any) -> None:
    page = begin(desk("handler").page, "MAP-3")
    expect(page.locator("#panel-where")).to_contain_text("where it happens is not known yet")
    tell(page, "MAP-3", {"location.address": "14 Larch Road"})
    expect(page.locator("#panel-where")).to_contain_text("no position is known for what is told")


def test_who_may_not_see_where_it_is_sees_no_map(ground: Any, desk: Any) -> None:
    typed(desk("handler").page, "MAP-4")
    page = desk("analyst").page
    page.goto("/calls/MAP-4")
    expect(page.locator("#panel-where")).to_contain_text("not shown to your role")
    assert "0.16" not in page.content()
