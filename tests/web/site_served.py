"""A server of its own for tests of the screens, and windows with somebody at them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from history import HISTORY
from playwright.sync_api import Browser, BrowserContext, Page, expect

import build
from everycall.accounts import people
from everycall.accounts.people import ROLES
from everycall.call import read_call
from everycall.force import Force
from everycall.store.store import Store
from scenario_runner import policy

PASSWORD = "only-for-these-tests-7"
BEGINS = build.NOW
"""When it is at the server when it starts: its clock goes on from there."""

MOST_SECONDS = 120
"""How long is waited for anything: what comes is seen at once, and a busy machine is no fault."""

expect.set_options(timeout=MOST_SECONDS * 1_000)


@dataclass
class Site:
    """A server that runs."""

    store: str
    port: int
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """Let it be gone at once, with all its processes, as when the power fails."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate(timeout=MOST_SECONDS)

    def stop(self) -> None:
        """Let it end as a control room would."""
        self.process.send_signal(signal.SIGTERM)
        _, told = self.process.communicate(timeout=MOST_SECONDS)
        assert self.process.returncode == 0, told
        faults = [line for line in told.splitlines() if not line.startswith("sign-in refused")]
        assert faults == [], f"something was written to the log of the server: {faults}"


def start(store: str, port: int = 0, at: datetime = BEGINS) -> Site:
    """Serve a store as `everycall serve` does, with a clock that goes on from a moment."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("server.py")), store, str(port), at.isoformat()],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    assert first.startswith("serving on "), first + process.stderr.read()
    return Site(store, int(first.rsplit(":", 1)[1]), process)


def fill(store: str) -> None:
    """Put the small history and an account for each role into a store; the password of each is `PASSWORD`."""
    opened = Store(store)
    force = Force(opened, policy(), salts=build.salts())
    build.take(force, *(read_call(one).call for one in HISTORY), at=BEGINS - timedelta(hours=6))
    for role in sorted(ROLES, key=lambda role: role != "administrator"):
        district = "Fenside" if role == "neighbourhood_officer" else None
        people.add(opened.connection, role, role, BEGINS - timedelta(hours=6), PASSWORD, district)
    opened.close()


_NOTHING_AFTER_A_WHILE = """
const soon = window.setTimeout;
window.setTimeout = (what, ms, ...more) => (ms >= 12000 ? 0 : soon(what, ms, ...more));
"""
"""What a page says stays to be read, and what it is told of is not found by looking again after half a minute."""


class Desk:
    """A browser window with somebody at it; whatever a page writes to its console as an error fails the test."""

    def __init__(self, browser: Browser, site: Site, **how: Any) -> None:
        how = {
            "viewport": {"width": 1280, "height": 720},
            "locale": "en-GB",
            "timezone_id": "Europe/London",
        } | how
        self.site = site
        self.context: BrowserContext = browser.new_context(base_url=site.url, **how)
        self.context.set_default_timeout(MOST_SECONDS * 1_000)
        self.context.add_init_script(_NOTHING_AFTER_A_WHILE)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._said)

    def _said(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def sign_in(self, name: str, page: Page | None = None) -> Page:
        """Sign in by name, as the role of that name."""
        page = page or self.page
        page.goto("/sign-in")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        return page
