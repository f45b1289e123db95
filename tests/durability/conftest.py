"""For the tests of durability: a place for a second store, and what a store holds, to compare two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stored
from django.db import connections


@pytest.fixture
def new_place(request: pytest.FixtureRequest, store: str, tmp_path: Path) -> Iterator[str]:
    """Return where a second store may be made, on the same kind of database as ``store``; nothing is there yet."""
    yield from stored.place_beside(store, request, tmp_path)


@pytest.fixture(autouse=True)
def closed_connections() -> Iterator[None]:
    """Close what a test left open, so that files can go."""
    yield
    connections.close_all()
