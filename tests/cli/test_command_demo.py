"""``everycall demo``: a made-up force in a folder, its calls assessed, and the truth told beside them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from command import run
from everycall.cli.common import now


def test_only_made_the_files_are_there_and_no_store(tmp_path: Path) -> None:
    out = tmp_path / "force"
    ran = run("demo", "--calls", "200", "--only-make", "--out", out)
    assert (ran.exit, ran.out) == (0, "")
    assert "invented people are in" in ran.err
    names = {path.name for path in out.iterdir()}
    assert {
        "calls.csv",
        "mapping.toml",
        "flags.csv",
        "priorities.json",
        "areas.geojson",
        "places.csv",
    } <= names
    assert not any(name.endswith(".db") for name in names)


def test_toured_every_call_is_shown_and_the_truth_agrees(tmp_path: Path) -> None:
    ran = run("demo", "--calls", "200", "--no-serve", "--out", tmp_path / "force")
    assert ran.exit == 0, ran.out
    assert "calls assessed; " in ran.out
    assert "THE TRUTH DISAGREES" not in ran.out
    assert "$ everycall init" in ran.err
    assert (tmp_path / "force" / "everycall.db").is_file()
    assert abs(now() - datetime.now(UTC)) < timedelta(hours=1), "its evening must end with it"


def test_a_number_that_is_none_exits_2(tmp_path: Path) -> None:
    ran = run("demo", "--calls", "many", "--out", tmp_path / "force")
    assert (ran.exit, ran.out) == (2, "")
    assert not (tmp_path / "force").exists()


def test_a_planted_fault_is_told_with_the_calls_it_touched(tmp_path: Path) -> None:
    ran = run(
        "demo", "--calls", "200", "--only-make", "--plant", "team_stops_asking", "--out", tmp_path / "force"
    )
    assert ran.exit == 0
    assert "planted: team_stops_asking, in " in ran.err


def test_a_fault_that_there_is_none_of_exits_2(tmp_path: Path) -> None:
    ran = run("demo", "--calls", "200", "--plant", "nothing_wrong", "--out", tmp_path / "force")
    assert (ran.exit, ran.out) == (2, "")
    assert "nothing_wrong" in ran.err
    assert not (tmp_path / "force").exists()
