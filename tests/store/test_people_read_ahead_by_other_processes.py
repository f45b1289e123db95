"""Those a file names are read by other processes while calls are stored: the store is the same to the last number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import build
from command import written
from everycall.errors import InputError
from everycall.force import Force
from everycall.loading import calls as loading
from everycall.loading import processes
from everycall.loading.files import Loaded
from everycall.store.calls import MENTION_COLUMNS, VERSION_COLUMNS

CALLS = 4_100
"""Nine batches, in rounds of which the last are smaller."""


def people() -> Iterator[dict[str, Any]]:
    for number in range(CALLS):
        caller = build.MAUREEN | {
            "name": f"Priya {'ABCDEFG'[number % 7]}ell",
            "phone": f"07700 900{number % 997:03}",
        }
        yield build.facts(f"H{number}", caller=caller, location={"address": f"{number % 90} Larch Road"})
    yield build.facts("H7", status="closed")
    yield build.facts("H8", behaviours=["of no list"])  # goes the long way, with a note


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("history") / "history.jsonl", *people())


@pytest.fixture
def small_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "WORTH_SORTING", 100)
    monkeypatch.setattr(loading, "SMALLEST_ROUND", 600)


def take(force: Force, path: Path) -> Loaded:
    return loading.load_calls(path, None, force, lambda: build.KNOWN, lambda rows: None)


def content(force: Force) -> list[list[tuple[Any, ...]]]:
    """Return what an import stores, with the numbers of its rows."""
    return [
        build.rows(force, "SELECT id, ref FROM call ORDER BY id"),
        build.rows(force, f"SELECT {', '.join(VERSION_COLUMNS)}, known_until FROM call_version ORDER BY id"),
        build.rows(force, f"SELECT {', '.join(MENTION_COLUMNS)}, known_until FROM mention ORDER BY id"),
        build.rows(force, "SELECT mention_id, hash FROM mention_key ORDER BY 1, 2"),
    ]


@pytest.fixture(scope="module")
def expected(history: Path, empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return what is stored where one process does everything, in one round."""
    path = tmp_path_factory.mktemp("alone") / "alone.db"
    path.write_bytes(empty_sqlite.read_bytes())
    force = build.force_at(str(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processes, "cores", lambda: 1)
        assert take(force, history) == Loaded(CALLS + 2, CALLS, 2, 0)
    found = content(force)
    force.store.close()
    return found


@pytest.mark.usefixtures("small_rounds")
def test_the_store_is_the_same_as_from_one_process(
    force: Force, history: Path, expected: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 2)
    assert take(force, history) == Loaded(CALLS + 2, CALLS, 2, 0)
    assert content(force) == expected


@pytest.mark.usefixtures("small_rounds")
def test_nothing_is_stored_before_the_last_row_is_checked(
    force: Force, history: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(history.read_text("utf-8") + '{"ref": "H-LAST", "received_at": "never"}\n', "utf-8")
    monkeypatch.setattr(processes, "cores", lambda: 2)
    with pytest.raises(InputError):
        take(force, bad)
    assert [len(rows) for rows in content(force)] == [0, 0, 0, 0]


@pytest.mark.parametrize("left", [1, 24_999, 100_000, 1_000_000])
def test_rounds_take_every_batch_once_and_the_last_are_small(left: int) -> None:
    batches = [500] * (left // 500) + ([left % 500] if left % 500 else [])
    rounds = list(loading._rounds(batches))
    assert sum(rounds) == len(batches)
    assert max(rounds) * 500 <= loading.ROUND
    assert rounds[-1] * 500 <= loading.SMALLEST_ROUND
