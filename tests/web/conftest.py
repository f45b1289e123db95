"""The screens in a real browser: a server of its own on a store with a small history, somebody of every role.

`store_of` a module is fresh; within one module tests share the server, and name their own calls.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from history import HISTORY
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import build
import chromium
from everycall.accounts import people
from everycall.accounts.people import ROLES
from everycall.call import read_call
from everycall.force import Force
from everycall.store.store import Store
from scenario_runner import policy

PASSWORD = "only-for-these-tests-7"
BEGINS = build.NOW
"""When it is at the server when it starts: its clock goes on from there."""

expect.set_options(timeout=5_000)


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
        self.process.communicate(timeout=30)

    def stop(self) -> None:
        """Let it end as a control room would."""
        self.process.send_signal(signal.SIGTERM)
        _, told = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, told
        faults = [line for line in told.splitlines() if not line.startswith("sign-in refused")]
        assert faults == [], "something was written to the log of the server"


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


@pytest.fixture(scope="session")
def filled_store(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Path:
    """Make one store with the history, to be copied for each module."""
    path = tmp_path_factory.mktemp("filled") / "store.db"
    shutil.copy(empty_sqlite, path)
    fill(str(path))
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, filled_store: Path) -> Iterator[Site]:
    """Serve a fresh copy of it."""
    store = shutil.copy(filled_store, tmp_path_factory.mktemp("site") / "store.db")
    made = start(str(store))
    yield made
    made.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium, once for all tests of a process.

    Playwright holds an event loop in this thread, which Django takes for one of its own: it is told not to mind.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        made = playwright.chromium.launch(executable_path=chromium.needed(), args=list(chromium.FLAGS))
        yield made
        made.close()


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


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Any]:
    """Return what opens windows: ``desk("handler")`` signed in, ``desk(None)`` not; options as Playwright's."""
    made: list[Desk] = []

    def opened(name: str | None = None, **how: Any) -> Desk:
        one = Desk(browser, site, **how)
        made.append(one)
        if name is not None:
            one.sign_in(name)
        return one

    yield opened
    for one in made:
        for error in one.errors:
            print("in the browser:", error)
    wrong = [error for one in made for error in one.errors]
    for one in made:
        one.context.close()
    assert wrong == []


@pytest.fixture
def room_of(filled_store: Path, tmp_path: Path, browser: Browser) -> Any:
    """Return what starts a server of the test's own, which it may kill, with a handler's window: `(site, desk)`.

    Given a site, it starts the server again, on the same store and at the same address.
    """

    def started(before: Site | None = None) -> Any:
        if before is not None:
            return start(before.store, before.port), None
        site = start(str(shutil.copy(filled_store, tmp_path / "room.db")))
        return site, Desk(browser, site)

    return started
