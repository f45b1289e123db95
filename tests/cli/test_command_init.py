"""``everycall init``: a new store with a policy pack; what is in it stays."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

import build
from command import run, run_program
from everycall.policy.load import default_directory


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A force's own pack, the same as ours."""
    return Path(shutil.copytree(default_directory(), tmp_path / "our_force"))


def _broken(pack: Path) -> Path:
    grades = pack / "grades.csv"
    text = grades.read_text("utf-8")
    first, other = "immediate_danger", "suspect_present"
    assert first in text
    assert other in text
    grades.write_text(text.replace(first, "imediate_danger", 1), "utf-8")
    repeat = pack / "repeat.toml"
    repeat.write_text(repeat.read_text("utf-8") + "\n[no_such_table]\nkey = 1\n", "utf-8")
    return pack


def test_the_program_makes_a_store_where_it_stands(tmp_path: Path) -> None:
    ran = run_program("init", cwd=tmp_path, env={"EVERYCALL_STORE": ""})
    assert (ran.exit, ran.out) == (0, "")
    assert ran.err.startswith("The store is ready, with the policy england_and_wales ")
    assert (tmp_path / "everycall.db").is_file()


def test_again_nothing_in_it_is_lost(store: str) -> None:
    run("assess", "--store", store, "-", stdin=json.dumps(build.facts()))
    assert run("init", "--store", store).exit == 0
    assert build.rows(build.force_at(store), "SELECT ref FROM call") == [("NEW-1",)]


def test_a_forces_own_pack_is_kept_by_its_folder(pack: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    assert run("init", "--policy", pack, "--store", store).exit == 0
    shown = run("policy", "show", "--store", store)
    assert (shown.exit, shown.err) == (0, "")
    ran = run("assess", "--store", store, "-", stdin=json.dumps(build.facts()))
    assert ran.only["made_with"]["policy_sha256"] in shown.out


def test_a_broken_pack_makes_no_store_and_tells_the_problems_of_all_files(pack: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    ran = run("init", "--policy", _broken(pack), "--store", store)
    assert (ran.exit, ran.out) == (2, "")
    assert "grades.csv:" in ran.err
    assert "did you mean 'immediate_danger'" in ran.err
    assert "repeat.toml" in ran.err
    assert not store.exists()


def test_a_pack_that_is_none_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    ran = run("init", "--policy", "england_and_wale", "--store", tmp_path / "s.db")
    assert (ran.exit, ran.out) == (2, "")
    assert "did you mean 'england_and_wales'" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_something_else_is_left_as_it_was(tmp_path: Path) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("Dear control room, " * 500)
    before = letter.read_bytes()
    ran = run("init", "--store", letter)
    assert (ran.exit, ran.out) == (2, "")
    assert "error: " in ran.err
    assert letter.read_bytes() == before


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    ran = run("init", "--store", tmp_path)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: ")


def test_another_programs_database_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE call (id INTEGER PRIMARY KEY, theirs TEXT)")
    other.close()
    assert run("init", "--store", path).exit == 2
    again = sqlite3.connect(path)
    assert [
        row[0] for row in again.execute("SELECT name FROM sqlite_master WHERE name = 'call_version'")
    ] == []
    again.close()
