"""Looking at a page as a test does: axe-core for what it finds against WCAG 2.2 AA, and pictures for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def axe_clean(page: Page) -> None:
    """Fail with every violation of WCAG 2.2 AA that axe-core finds on a page as it stands."""
    found: dict[str, Any] = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response
    told = [
        f"{one['id']} ({one['help']}): {node['target']} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
    assert told == [], "\n".join(told)
    assert found["passes"], "axe looked at nothing"


def screenshot(page: Page, name: str, whole: bool = False) -> None:
    """Keep a picture of a page in ``build/screens/``."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SCREENS / f"{name}.png"), full_page=whole)
