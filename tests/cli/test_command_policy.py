"""``everycall policy``: a pack is checked strictly before it goes live, and shown in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command import run
from everycall.policy.load import default_directory


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A force's own pack, the same as ours."""
    return Path(shutil.copytree(default_directory(), tmp_path / "our_force"))


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} has no {old!r}: the test is out of date"
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_pack_that_comes_with_everycall_is_sound() -> None:
    ran = run("policy", "check", "england_and_wales")
    assert ran.exit == 0
    assert ran.err.startswith("england_and_wales 2026.1: ")
    assert ran.err.endswith(" cases run, sound: more is never less\n")
    assert all(line.startswith("note: ") for line in ran.out.splitlines())


def test_typos_of_all_files_are_told_together_with_row_key_and_nearest_name(pack: Path) -> None:
    _change(pack / "grades.csv", ",not no,", ",nott no,")
    _change(pack / "actions.csv", "case_review", "case_reveiw")
    (pack / "repeat.toml").write_text((pack / "repeat.toml").read_text("utf-8") + "\n[bursts]\n", "utf-8")
    (pack / "harm.toml").write_text((pack / "harm.toml").read_text("utf-8") + "\n[overides]\n", "utf-8")
    ran = run("policy", "check", pack)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert "grades.csv:" in ran.err
    assert "'nott no'" in ran.err
    assert "actions.csv:" in ran.err
    assert "'case_reveiw', did you mean 'case_review'?" in ran.err
    assert "repeat.toml bursts: unknown key 'bursts'" in ran.err
    assert "harm.toml overides: unknown key 'overides'" in ran.err


def test_a_file_that_is_missing_is_named(pack: Path) -> None:
    (pack / "questions.toml").unlink()
    ran = run("policy", "check", pack)
    assert (ran.exit, ran.out) == (2, "")
    assert "questions.toml: cannot be read" in ran.err


def test_a_case_that_does_not_come_true_exits_1(pack: Path) -> None:
    cases = pack / "cases.toml"
    text = cases.read_text("utf-8")
    assert 'grade = "emergency"' in text
    cases.write_text(text.replace('grade = "emergency"', 'grade = "scheduled"', 1), "utf-8")
    ran = run("policy", "check", pack)
    assert ran.exit == 1
    assert "cases.toml" in ran.out
    assert "1 thing is wrong" in ran.err


def test_no_such_pack_is_told_with_the_nearest(tmp_path: Path) -> None:
    ran = run("policy", "check", tmp_path / "england_and_walse")
    assert (ran.exit, ran.out) == (2, "")
    assert "did you mean 'england_and_wales'" in ran.err


def test_shown_by_name_it_needs_no_store() -> None:
    ran = run("policy", "show", "--policy", "england_and_wales")
    assert (ran.exit, ran.err) == (0, "")
    head, *rows = ran.out.splitlines()
    assert head.startswith("england_and_wales 2026.1  sha256 ")
    assert "emergency, now" in rows[1]
    assert "a floor from here on" in ran.out


def test_shown_of_a_store_it_is_the_stores_own(store: str) -> None:
    assert (
        run("policy", "show", "--store", store).out
        == run("policy", "show", "--policy", "england_and_wales").out
    )
