"""A second reader's server for each test."""

from __future__ import annotations

import pytest
from misbehaving_server import Server


@pytest.fixture
def server():
    one = Server()
    yield one
    one.close()
