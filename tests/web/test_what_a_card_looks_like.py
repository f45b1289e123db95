"""Every state of a card at every size and in every scheme: nothing that axe-core finds, and a picture for people."""

from __future__ import annotations

from typing import Any

import pytest
from calling import PECK, begin, opened, row, tell
from looking import axe_clean, screenshot
from playwright.sync_api import expect

LOG = (
    "CALLER STATES NEIGHBOUR IS KICKING HER FRONT DOOR NOW AND SHOUTING, THIRD TIME THIS WEEK",
    "SHE HAS ASTHMA AND LIVES ALONE. SHE IS TERRIFIED. HE SAYS HE WILL KILL HER",
)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("1280x720", {}),
        ("1920x1080", {"viewport": {"width": 1920, "height": 1080}}),
        ("zoom-200", {"viewport": {"width": 640, "height": 360}, "device_scale_factor": 2}),
        ("dark", {"color_scheme": "dark"}),
        ("forced-colours", {"forced_colors": "active"}),
    ],
)
def test_a_call_with_danger_at_every_size(desk: Any, name: str, how: dict[str, Any]) -> None:
    page = desk("handler", **how).page
    ref = f"LOOK-{name.upper()}"
    begin(page, ref)
    tell(page, ref, {**PECK, "answers.immediate_danger": "yes", "others.0.name": "Dean Foss"}, LOG)
    expect(row(page, "danger")).to_be_visible()
    order = page.locator("#panel-first_line .label").all_inner_texts()
    assert order == ["DANGER", "GRADE", "ASK", "OPEN NOW", "REPEAT", "VULNERABLE", "HARM", "LOCAL"]
    screenshot(page, f"call-danger-{name}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    axe_clean(page)
    for code in ("grade", "repeat", "vulnerable"):
        opened(page, code)
    screenshot(page, f"call-why-{name}", whole=True)
    axe_clean(page)


def test_a_line_and_the_keys(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "LOOK-DIALOGS")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#command-line")).to_be_focused()
    page.keyboard.type("ca")
    page.keyboard.press("Tab")
    expect(page.locator("#command-list").get_by_role("option").first).to_contain_text("asb personal")
    axe_clean(page)
    screenshot(page, "call-command-line")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keys")).to_be_visible()
    axe_clean(page)
    screenshot(page, "call-keys")


def test_a_first_view_is_under_150_kilobytes(desk: Any) -> None:
    page = desk("handler").page
    begin(page, "LOOK-SIZE")
    loaded = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".map(one => [one.name, one.encodedBodySize, one.decodedBodySize])"
    )
    files = [one for one in loaded if "/static/" in one[0]]
    assert len(files) > 8
    assert all(packed < plain for _, packed, plain in files), "not compressed"
    assert sum(packed for _, packed, _ in loaded) < 150_000
