"""Every state of a card at every size and in every scheme: nothing that axe-core finds, and a picture for people."""

from __future__ import annotations

from typing import Any

import pytest
from calling import PECK, begin, opened, row, tell
from looking import axe_clean, screenshot
from playwright.sync_api import expect

import build
from everycall.flag import read_flag
from everycall.store import reference
from everycall.store.store import Store

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
    for code in ("grade", "repeat", "vulnerable"):
        opened(page, code)
    screenshot(page, f"call-why-{name}", whole=True)
    page.evaluate("scrollTo(0, 0)")
    axe_clean(page)


def test_what_must_not_be_said_to_the_caller_stands_in_a_banner(desk: Any, site: Any) -> None:
    about = {"name": "Ines Vale", "phone": "01632 960 188", "address": "7 Mill Lane", "postcode": "PE15 7ZZ"}
    told = {"about": about, "source": "PPU", "recorded_on": "2026-05-01"}
    store = Store(site.store)
    flags = [
        read_flag({"kind": "order_in_force", "text": "NON-MOLESTATION ORDER", **told}),
        read_flag({"kind": "no_contact_at_home", **told}),
        read_flag({"kind": "protected_address", **told}),
    ]
    reference.take_flags(store.connection, flags, build.KNOWN)
    store.close()
    page = desk("handler").page
    begin(page, "LOOK-NOTICES")
    caller = {"caller.name": "Ines Vale", "caller.phone": "01632 960 188", "caller.address": "7 Mill Lane"}
    tell(page, "LOOK-NOTICES", {**caller, "caller.postcode": "PE15 7ZZ"}, ["HE IS OUTSIDE AGAIN"])
    banner = page.locator(".not-said")
    expect(banner).to_contain_text("NON-MOLESTATION ORDER")
    expect(banner).to_contain_text("No contact at home")
    expect(banner).to_contain_text("An address on this call is protected")
    expect(page.locator("#f-caller-address")).to_have_value("protected address")
    assert "7 Mill Lane" not in page.content()
    axe_clean(page)
    screenshot(page, "call-notices")
    page.locator("#f-caller-name").fill("Ines Vale-Ash")
    expect(page.locator("#f-caller-address")).to_have_value("protected address")
    page.reload()
    expect(page.locator(".not-said")).to_contain_text(
        "protected"
    )  # the marker was not sent back as an address


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
