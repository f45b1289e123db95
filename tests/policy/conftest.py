from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from everycall.policy import Pack, default_directory, load


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load(default_directory())


@pytest.fixture
def own_pack(tmp_path: Path) -> Path:
    """A copy of the default pack that a test may break."""
    return Path(shutil.copytree(default_directory(), tmp_path / "force"))


@pytest.fixture
def change(own_pack: Path) -> Callable[[str, str, str], Path]:
    """Replace some words in a file of the copy; they must stand there."""

    def changed(file: str, old: str, new: str) -> Path:
        path = own_pack / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return own_pack

    return changed
