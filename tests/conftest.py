"""For every test: this folder on the path, the same examples each time, and a fresh store on either database.

A property test that fails must fail again when it is run again; HYPOTHESIS_PROFILE=explore looks for new examples.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import build
import postgresql_server
from everycall.force import Force
from everycall.store.store import Store

settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    max_examples=100,
    # how long it takes to make examples is no fault of what is tested
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.register_profile("explore", settings.get_profile("same"), derandomize=False, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One empty store, to be copied for each test."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Store.create(str(path), "england_and_wales").close()
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server; where none can be had the tests fail, they are not skipped."""
    with postgresql_server.server() as url:
        yield url


@pytest.fixture(scope="session")
def empty_postgresql(postgresql: str) -> Iterator[str]:
    """The name of one empty store on the server, to be the template of each test's own."""
    name = postgresql_server.new_name()
    postgresql_server.run(postgresql, f"CREATE DATABASE {name}")
    Store.create(postgresql_server.of_database(postgresql, name), "england_and_wales").close()
    yield name
    postgresql_server.run(postgresql, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_store(tmp_path: Path, empty_sqlite: Path) -> str:
    """Return the path of a fresh SQLite store."""
    return str(shutil.copy(empty_sqlite, tmp_path / "store.db"))


@pytest.fixture
def postgresql_store(postgresql: str, empty_postgresql: str) -> Iterator[str]:
    """Return the URL of a fresh PostgreSQL store."""
    name = postgresql_server.new_name()
    postgresql_server.run(postgresql, f"CREATE DATABASE {name} TEMPLATE {empty_postgresql}")
    yield postgresql_server.of_database(postgresql, name)
    postgresql_server.run(postgresql, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> str:
    """Return where a fresh store is, on each database in turn."""
    where: str = request.getfixturevalue(f"{request.param}_store")
    return where


@pytest.fixture
def force(store: str) -> Iterator[Force]:
    """Return a force on a fresh store, with salts that are the same each time."""
    made = build.force_at(store)
    yield made
    made.store.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say where the pictures of the screens are, for people to look at."""
    folder = Path(__file__).resolve().parents[1] / "build" / "screens"
    if folder.is_dir():
        terminalreporter.write_line(f"pictures of the screens: {folder} ({len(list(folder.glob('*.png')))})")
