"""Finds the open data kept beside the repository: skips with a reason where it is missing, fails in CI."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER_VARIABLE = "EVERYCALL_SHARED_DATA"


def folder() -> Path:
    """Return where the open data should be: the variable's, else ``../shared/data`` beside the root."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"


def path(relative: str) -> Path:
    """Return the path of one file of the open data; skip the test without it, or fail where ``CI=true``."""
    return _there(
        folder() / relative, f"the open data has no {relative}; set {FOLDER_VARIABLE} to its folder"
    )


def beside(relative: str) -> Path:
    """Return the path of one file of what is kept beside the open data, as the acceptance scenarios are."""
    return _there(folder().parent / relative, f"there is no {relative} beside the open data")


def _there(found: Path, reason: str) -> Path:
    if found.exists():
        return found
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{reason} (it is never skipped in CI)")
    pytest.skip(reason)
