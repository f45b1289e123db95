"""``everycall mode``, ``init --training``: what a store is for, said and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from command import run


def test_a_store_says_how_it_is_worked_with(sqlite_store: str) -> None:
    at = ("--store", sqlite_store)
    assert run("mode", "show", *at).out == "shadow: no\ntraining: no\nswitched off: none\n"
    assert run("mode", "shadow", *at).exit == 0
    assert run("mode", "off", "earlier logs", "harm", *at).err == "switched off now: earlier logs, harm\n"
    assert run("mode", "show", *at).out == "shadow: yes\ntraining: no\nswitched off: earlier logs, harm\n"
    assert run("mode", "live", *at).exit == 0
    assert run("mode", "on", "harm", *at).err == "switched off now: earlier logs\n"


def test_a_part_that_does_not_exist_is_told_with_those_that_do(sqlite_store: str) -> None:
    ran = run("mode", "off", "history", "--store", sqlite_store)
    assert ran.exit == 2
    assert "earlier logs" in ran.err


@pytest.mark.parametrize("what", ["calls", "flags", "police-uk"])
def test_a_training_store_takes_no_files_of_real_records(what: str, tmp_path: Path) -> None:
    store, file = tmp_path / "training.db", tmp_path / "real.jsonl"
    file.write_text("{}\n", "utf-8")
    assert run("init", "--training", "--store", str(store)).exit == 0
    ran = run("import", what, str(file), "--store", str(store))
    assert ran.exit == 2
    assert "not for a training store" in ran.err


def test_a_training_store_takes_no_live_feed(tmp_path: Path) -> None:
    store = tmp_path / "training.db"
    assert run("init", "--training", "--store", str(store)).exit == 0
    ran = run("watch", str(tmp_path), "--once", "--store", str(store))
    assert ran.exit == 2
    assert "not for a training store" in ran.err
