"""Numbers and days that mean nothing, and places where nothing can be written: refused with exit 2, never a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import run
from everycall.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> str:
    where = str(tmp_path / "s.db")
    Store.create(where, "england_and_wales").close()
    return where


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ("sweep --memory 0", "0.0 is not in the range x>=0.1"),
        ("sweep --memory nan", "nan is no number in the range x>=0.1"),
        ("watch . --once --every nan", "nan is no number"),
        ("watch . --once --settled-after inf", "inf is no number"),
        ("record due --on 2026-02-30", "'2026-02-30' is no day like 2026-06-12"),
        ("shadow report --from yesterday", "'yesterday' is no day like 2026-06-12"),
        ("identity pairs OUT.csv --at-least nan", "nan is no number in the range 0<=x<1"),
        ("webhook end 99999999999999999999", "is not in the range 1<=x<=2147483647"),
        ("shadow report --from 2026-05-01 --to 2026-01-01", "2026-05-01 is after 2026-01-01, the last day"),
    ],
)
def test_a_number_or_day_that_means_nothing(store: str, args: str, told: str) -> None:
    ran = run(*args.split(), "--store", store)
    assert (ran.exit, ran.out) == (2, "")
    assert told in ran.err


@pytest.mark.parametrize(
    "args",
    [
        "card {}/card.html",
        "identity pairs {}/pairs.csv --purpose research --recipient analyst",
        "identity persons {}/persons.csv --purpose research --recipient analyst",
    ],
)
def test_a_place_where_nothing_can_be_written_is_named(store: str, tmp_path: Path, args: str) -> None:
    gone = tmp_path / "gone"
    ran = run(*args.format(gone).split(), "--store", store)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith(f"error: {gone}/")
    assert ran.err.endswith(" cannot be used: No such file or directory\n")


def test_a_force_is_not_made_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    ran = run("demo", "--only-make", "--calls", "200", "--out", tmp_path / "file")
    assert (ran.exit, (tmp_path / "file").read_text("utf-8")) == (2, "mine")
    assert "cannot be used" in ran.err
