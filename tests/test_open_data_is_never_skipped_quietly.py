"""The helper that finds the open data: a reason where it is missing, a failure in CI."""

from __future__ import annotations

from pathlib import Path

import pytest

import shared_data


def test_a_file_that_is_there_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(shared_data.FOLDER_VARIABLE, str(tmp_path))
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "a.csv").touch()
    assert shared_data.path("geo/a.csv") == tmp_path / "geo" / "a.csv"


def test_a_missing_file_skips_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(shared_data.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"geo/a\.csv"):
        shared_data.path("geo/a.csv")


def test_a_missing_file_fails_in_ci(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(shared_data.FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="never skipped in CI"):
        shared_data.path("geo/a.csv")
