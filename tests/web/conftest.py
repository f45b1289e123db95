"""The screens in a real browser: a server of its own on a store with a small history, somebody of every role.

The store of a module is fresh; within one module tests share the server, and name their own calls.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from site_served import MOST_SECONDS, Desk, Site, fill, start

import chromium


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
        made = playwright.chromium.launch(
            executable_path=chromium.needed(), args=list(chromium.FLAGS), timeout=MOST_SECONDS * 1_000
        )
        yield made
        made.close()


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
