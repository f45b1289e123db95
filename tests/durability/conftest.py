"""For the tests of durability: a place for a second store, and what a store holds, to compare two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

import postgresql_server


@pytest.fixture
def new_place(request: pytest.FixtureRequest, store: str, tmp_path: Path) -> Iterator[str]:
    """Return where a second store may be made, on the same kind of database as ``store``; nothing is there yet."""
    if not store.startswith("postgresql"):
        yield str(tmp_path / "second.db")
        return
    server = request.getfixturevalue("postgresql")
    name = postgresql_server.new_name()
    postgresql_server.run(server, f"CREATE DATABASE {name}")
    yield postgresql_server.of_database(server, name)
    postgresql_server.run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(autouse=True)
def closed_connections() -> Iterator[None]:
    """Close what a test left open, so that files can go."""
    yield
    connections.close_all()
