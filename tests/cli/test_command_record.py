"""``everycall record``: verify, checkpoint, replay and dispose, with their exits and streams."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import build
from command import run
from everycall.policy.load import default_directory


@pytest.fixture
def recorded(store: str) -> str:
    """A store with two recorded assessments, each with a link that says who took the call."""
    lines = "\n".join(json.dumps(build.facts(ref)) for ref in ("A", "B"))
    assert run("assess", "--store", store, "-", stdin=lines).exit == 0
    return store


def test_a_whole_record_is_said_to_be_whole(recorded: str) -> None:
    ran = run("record", "verify", "--store", recorded)
    assert (ran.exit, ran.out) == (0, "")
    assert ran.err == "4 links, 0 disposed of: the record is whole\n"


def test_a_checkpoint_is_one_json_line_that_verify_takes(recorded: str, tmp_path: Path) -> None:
    ran = run("record", "checkpoint", "--store", recorded)
    assert (ran.exit, ran.err, ran.only["number"]) == (0, "", 4)
    kept = tmp_path / "checkpoint.json"
    kept.write_text(ran.out, "utf-8")
    assert run("record", "verify", "--against", kept, "--store", recorded).exit == 0


def test_a_checkpoint_the_record_does_not_reach_exits_1(recorded: str, tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint.json"
    kept.write_text(json.dumps({"number": 5, "link": "0" * 64, "at": "2026-06-12T21:04:00+01:00"}), "utf-8")
    ran = run("record", "verify", "--against", kept, "--store", recorded)
    assert ran.exit == 1
    assert "the tail is cut: the checkpoint knows link 5" in ran.out
    assert "1 thing is wrong" in ran.err


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"number": "two", "link": 1}', "\x00"])
def test_a_checkpoint_that_is_none_exits_2(recorded: str, tmp_path: Path, text: str) -> None:
    kept = tmp_path / "checkpoint.json"
    kept.write_text(text, "utf-8")
    ran = run("record", "verify", "--against", kept, "--store", recorded)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert "checkpoint.json" in ran.err


def test_an_empty_record_has_no_checkpoint(store: str) -> None:
    ran = run("record", "checkpoint", "--store", store)
    assert (ran.exit, ran.out) == (2, "")
    assert "the record is empty" in ran.err


def test_made_again_nothing_differs(recorded: str) -> None:
    ran = run("record", "replay", "--store", recorded)
    assert (ran.exit, ran.out) == (0, "")
    assert ran.err == "2 made again: 0 differ, 0 calls are gone\n"


def test_under_another_policy_what_would_differ_is_one_json_a_line_and_no_fault(
    recorded: str, tmp_path: Path
) -> None:
    pack = Path(shutil.copytree(default_directory(), tmp_path / "slower"))
    grades = (pack / "grades.toml").read_text("utf-8")
    assert 'name = "Scheduled"' in grades
    (pack / "grades.toml").write_text(grades.replace('name = "Scheduled"', 'name = "Booked"'), "utf-8")
    ran = run("record", "replay", "--policy", pack, "--store", recorded)
    assert ran.exit == 0, ran.err
    assert [one["call_ref"] for one in ran.lines] == ["A", "B"]
    assert ran.lines[0]["differs"]["recommendation.grade_name"] == {"was": "Scheduled", "is": "Booked"}
    assert "2 made again: 2 differ" in ran.err


def test_disposing_needs_an_authority_and_the_record_says_so(recorded: str) -> None:
    assert run("record", "dispose", "A", "--store", recorded).exit == 2
    ran = run("record", "dispose", "A", "--authority", "Review board 4/26", "--store", recorded)
    assert (ran.exit, ran.out) == (0, "")
    assert "1 recorded payload and the call are gone" in ran.err
    verified = run("record", "verify", "--store", recorded)
    assert verified.exit == 0
    assert "by Review board 4/26" in verified.out
    assert "6 links, 1 disposed of: the record is whole" in verified.err


def test_disposing_of_what_is_not_there_exits_2(recorded: str) -> None:
    ran = run("record", "dispose", "Z", "--authority", "Review board 4/26", "--store", recorded)
    assert (ran.exit, ran.out) == (2, "")
    assert "nothing is recorded under that reference" in ran.err
