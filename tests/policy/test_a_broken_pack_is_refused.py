"""Loading is strict: every mistake is told, with file, line, what was found and the nearest name, all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from everycall.errors import PackError
from everycall.policy import default_directory, load, pack_directory
from everycall.policy.check import check

Change = Callable[[str, str, str], Path]

BREAKS = [
    ("grades.csv", "weapon_or_violence_now,fire", "weapon_or_violence_nw,fire",
     "did you mean 'weapon_or_violence_now'"),
    ("grades.csv", "rule,asb", "rul,asb", "the column 'rule' is missing"),
    ("grades.csv", ",not no,", ",notno,", "did you mean 'not no'"),
    ("grades.csv", ",yes,", ",Yes,", "'Yes' is not one of"),
    ("grades.csv", "emergency,now", "emergancy,now", "did you mean 'emergency'"),
    ("grades.csv", "emergency,now", "emergency,noww", "did you mean 'now'"),
    ("grades.csv", "emergency,now", ",now", "'' is not one of"),
    ("grades.csv", ",Immediate danger", ",", "why: must say something"),
    ("grades.csv", ",Immediate danger", "", "cells where the header has"),
    ("grades.csv", ",,yes,,,Not an ASB", ",,yes,scheduled,contact,Not an ASB", "goes on"),
    ("grades.csv", ",yes,,scheduled,contact,Something", ",,,scheduled,contact,Something", "exactly one row"),
    ("grades.csv", "resolution_without_deployment,none", "resolution_without_deployment,nun", "'nun' is not one of"),
    ("grades.csv", "15,,", "15,yes,", "no row holds with"),
    ("actions.csv", "code,rule", "code,rull", "unknown column 'rull'"),
    ("actions.csv", "named_contact,10", "named_contact,99", "'99' is not one of"),
    ("actions.csv", ",1,control_room_supervisor", ",soon,control_room_supervisor", "whole number of hours"),
    ("actions.csv", "supervisor_alert,", "Supervisor Alert,", "is not a code"),
    ("actions.csv", ',1,call_handler,"Ask whether', ',1,nobody_else,"Ask whether', "another owner"),
    ("resources.csv", "response,,,now", "response,,,nww", "did you mean 'now'"),
    ("facts.toml", 'kind = "risk"', 'kind = "risc"', "'risk' or 'setting'"),
    ("facts.toml", 'implies = ["threat_made"]', 'implies = ["threat_mad"]', "did you mean 'threat_made'"),
    ("facts.toml", 'answered_by = "hate"', 'answered_by = "hat"', "did you mean 'hate'"),
    ("facts.toml", 'answered_by = "hate"', 'answered_by = "impact"', "not answered yes or no"),
    ("facts.toml", 'answered_by = "hate"', 'answred_by = "hate"', "did you mean 'answered_by'"),
    ("facts.toml", 'name = "fire"', 'name = "fires"', "the fact 'fire' is missing"),
    ("facts.toml", 'name = "fire"', 'name = "immediate_danger"', "'immediate_danger' stands twice"),
    ("grades.toml", 'code = "priority"', 'code = "emergency"', "'emergency' stands twice"),
    ("grades.toml", "minutes_rural = 20", "", "must be given together"),
    ("grades.toml", "minutes_rural = 20", "minutes_rural = -20", "greater than 0"),
    ("grades.toml", '"now", "visit"', '"visit", "now"', "from the most to the least"),
    ("grades.toml", '"now", "visit"', '"now", "vist"', "did you mean 'visit'"),
    ("grades.toml", "[clock.by_source]", '[clock.by_source]\n"99" = "received_at"', "did you mean '999'"),
    ("grades.toml", '"duplicate"', '"duplicated"', "did you mean 'duplicate'"),
    ("grades.toml", '"vulnerable", "repeat"', '"vulnerable", "repeet"', "did you mean 'repeat'"),
    ("pack.toml", "version =", "vesion =", "did you mean 'version'"),
    ("pack.toml", "name = ", "name ", "is not TOML"),
    ("rationale.toml", '"harm_high"', '"harm_hi"', "did you mean 'harm_high'"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "told"), BREAKS)
def test_a_mistake_is_told_with_its_file_and_what_is_allowed(
    change: Change, file: str, old: str, new: str, told: str
) -> None:
    directory = change(file, old, new)
    with pytest.raises(PackError) as refused:
        load(directory)
    assert any(told in str(problem) and problem.where.startswith(file) for problem in refused.value.details)
    assert not check(directory).ok


def test_all_mistakes_of_all_files_are_told_at_once(change: Change) -> None:
    change("pack.toml", "jurisdiction", "jurisdicton")
    change("grades.csv", "emergency,now", "emergancy,now")
    change("actions.csv", "named_contact,10", "named_contact,99")
    change("resources.csv", "response,,,now", "response,,,nww")
    directory = change("rationale.toml", '"harm_high"', '"harm_hi"')
    with pytest.raises(PackError) as refused:
        load(directory)
    files = {problem.where.split(":")[0].split(" ")[0] for problem in refused.value.details}
    assert files == {"pack.toml", "grades.csv", "actions.csv", "resources.csv", "rationale.toml"}


def test_tables_that_cannot_be_read_yet_are_named_as_unchecked(change: Change) -> None:
    with pytest.raises(PackError) as refused:
        load(change("facts.toml", 'kind = "risk"', 'kind = "risc"'))
    unchecked = [problem.where for problem in refused.value.details if "not checked until" in problem.problem]
    assert unchecked == ["grades.csv", "actions.csv", "resources.csv"]


@pytest.mark.parametrize(
    "file",
    [
        "pack.toml",
        "facts.toml",
        "grades.toml",
        "grades.csv",
        "actions.csv",
        "resources.csv",
        "rationale.toml",
    ],
)
def test_a_missing_file_is_told(own_pack: Path, file: str) -> None:
    (own_pack / file).unlink()
    with pytest.raises(PackError) as refused:
        load(own_pack)
    assert any(problem.where == file for problem in refused.value.details)


def test_files_of_other_rooms_are_no_problem(own_pack: Path) -> None:
    (own_pack / "something_else.toml").write_text("anything = 1\n", "utf-8")
    (own_pack / "NOTES.md").write_text("why we changed it\n", "utf-8")
    assert load(own_pack).name == "england_and_wales"


def test_every_file_counts_for_the_fingerprint(own_pack: Path) -> None:
    before = load(own_pack).sha256
    assert before == load(own_pack).sha256
    (own_pack / "harm.toml").write_text("points = 1\n", "utf-8")
    changed = load(own_pack).sha256
    assert changed != before
    (own_pack / "harm.toml").rename(own_pack / "harms.toml")
    assert load(own_pack).sha256 not in (before, changed)


def test_a_pack_is_found_by_name_or_by_path(own_pack: Path) -> None:
    assert pack_directory("england_and_wales") == default_directory()
    assert pack_directory(str(own_pack)) == own_pack
    with pytest.raises(PackError) as refused:
        pack_directory("england_and_whales")
    assert "did you mean 'england_and_wales'" in str(refused.value.details[0])
