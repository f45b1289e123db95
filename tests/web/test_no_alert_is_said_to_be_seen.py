from typing import Any

from playwright.sync_api import expect


def test_where_no_alert_ever_was_none_is_said_to_be_seen(desk: Any) -> None:
    page = desk("supervisor").page
    page.goto("/alerts")
    expect(page.get_by_text("Nobody has broken the glass.")).to_be_visible()
    expect(page.get_by_text("Every alert was seen.")).to_have_count(0)
