"""`policy check` finds bad tables, and its proofs agree with trying every combination."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_packs import write_pack

from everycall.assessment import Truth
from everycall.errors import PackError
from everycall.policy import Pack, decide, default_directory, load, resolve
from everycall.policy.check import check
from everycall.policy.prove import Table, lowered, never_applying

Change = Callable[[str, str, str], Path]
FACTS = ["threat_to_life", "threat_made", "repeat", "no_victim"]
"""Small tables test these; the first implies the second, the last is a setting."""


def test_the_default_pack_is_fit_to_go_live() -> None:
    report = check(default_directory())
    assert report.problems == ()
    assert report.ok
    assert report.cases >= 40
    assert report.not_used == ()


def test_a_case_that_comes_out_otherwise_is_told(change: Change) -> None:
    report = check(change("cases.toml", 'grade = "priority"', 'grade = "scheduled"'))
    assert [problem.problem.split(":")[0] for problem in report.cases_failed] == ["grade"]
    assert not report.ok


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('rule = "4"', 'rule = "44"', "rule: '44' is not one of"),
        ('grade = "priority"', 'grade = "priorty"', "did you mean 'priority'"),
        ('yes = ["vulnerable", "repeat"]', 'yes = ["vulnerible", "repeat"]', "did you mean 'vulnerable'"),
        ('happening_now = "no"', 'happening_now = "never"', "'never' is not one of"),
        ('actions = ["safeguarding_referral"]', 'actions = ["safeguarding_referal"]', "did you mean"),
        ("attendance =", "attendence =", "did you mean 'attendance'"),
    ],
)
def test_a_case_with_a_misspelt_name_is_told(change: Change, old: str, new: str, told: str) -> None:
    report = check(change("cases.toml", old, new))
    assert any(told in str(problem) for problem in report.unusable)


def test_a_lower_grade_in_one_row_is_found_by_cases(change: Change) -> None:
    report = check(change("grades.csv", "emergency,now,Fire", "priority,now,Fire"))
    assert any("A fire" in problem.where for problem in report.cases_failed)


def test_a_deleted_row_is_found_by_cases(own_pack: Path) -> None:
    path = own_pack / "grades.csv"
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.endswith("now,Fire")]
    path.write_text("\n".join(kept) + "\n", "utf-8")
    assert check(own_pack).cases_failed


def test_a_repeated_row_never_applies(own_pack: Path) -> None:
    path = own_pack / "grades.csv"
    lines = path.read_text("utf-8").splitlines()
    fire = next(i for i, line in enumerate(lines) if line.endswith("now,Fire"))
    lines.insert(fire + 3, lines[fire])
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert [problem.where for problem in check(own_pack).never_apply] == [f"grades.csv:{fire + 4}"]


def test_a_row_hidden_behind_an_implied_fact_never_applies(tmp_path: Path) -> None:
    rows = [({"threat_made": "yes"}, "P"), ({"threat_to_life": "yes"}, "E"), ({}, "open"), ({}, "R")]
    report = check(write_pack(tmp_path / "small", rows, FACTS))
    assert [problem.where for problem in report.never_apply] == ["grades.csv:3"]


def test_an_action_that_can_never_be_owed_is_told(change: Change) -> None:
    report = check(change("actions.csv", "named_contact,10,,,", "named_contact,10,emergency,,"))
    assert ["named_contact" in problem.problem for problem in report.never_apply] == [True]


def test_a_lower_row_put_above_is_a_lowering_with_its_example(tmp_path: Path) -> None:
    rows = [({"repeat": "yes"}, "C"), ({"threat_made": "yes"}, "E"), ({}, "open"), ({}, "R")]
    report = check(write_pack(tmp_path / "small", rows, FACTS))
    assert [problem.where for problem in report.lowered] == ["grades.csv:2"]
    told = report.lowered[0].problem
    assert told.startswith(
        "turning 'repeat' to yes lowers Emergency, now (grades.csv:3) to Scheduled, contact"
    )
    assert "with threat_made yes" in told


def test_a_cell_that_asks_a_risk_to_be_no_is_a_lowering(tmp_path: Path) -> None:
    rows = [({"threat_made": "yes", "repeat": "not yes"}, "E"), ({}, "open"), ({}, "R")]
    assert check(write_pack(tmp_path / "small", rows, FACTS)).lowered


def test_less_attendance_with_the_same_grade_is_a_lowering(tmp_path: Path) -> None:
    rows = [({"repeat": "yes"}, "C"), ({"threat_made": "yes"}, "V"), ({}, "open"), ({}, "R")]
    assert check(write_pack(tmp_path / "small", rows, FACTS)).lowered


def test_a_lowering_through_what_is_implied_is_found(tmp_path: Path) -> None:
    rows = [({"repeat": "yes", "threat_made": "no"}, "P"), ({}, "open"), ({}, "R")]
    assert {p.problem.split("'")[1] for p in check(write_pack(tmp_path / "small", rows, FACTS)).lowered} == {
        "threat_made",
        "threat_to_life",
    }


def test_a_setting_may_lower(tmp_path: Path) -> None:
    rows = [({"no_victim": "yes"}, "M"), ({"repeat": "yes"}, "C"), ({}, "open"), ({}, "R")]
    report = check(write_pack(tmp_path / "small", rows, FACTS))
    assert not report.lowered


def test_a_table_with_a_gap_is_refused_with_an_example(tmp_path: Path) -> None:
    rows = [({"repeat": "yes"}, "P"), ({"repeat": "no"}, "R"), ({"threat_made": "yes"}, "open")]
    with pytest.raises(PackError) as refused:
        load(write_pack(tmp_path / "small", rows, FACTS))
    assert "no row holds with everything unknown" in str(refused.value.details[0])


def test_a_table_may_end_with_conditions_when_it_has_no_gap(tmp_path: Path) -> None:
    rows = [({"repeat": "yes"}, "P"), ({"threat_made": "yes"}, "open"), ({"repeat": "not yes"}, "R")]
    assert load(write_pack(tmp_path / "small", rows, FACTS))


CELL = st.sampled_from(["", "", "yes", "not no", "no", "not yes"])
ROW = st.tuples(
    st.fixed_dictionaries(dict.fromkeys(FACTS, CELL)), st.sampled_from(["E", "P", "V", "C", "R", "floor"])
)


def every_combination(pack: Pack) -> list[dict[str, Truth]]:
    order = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}
    combinations = (
        dict(zip(FACTS, values, strict=True)) for values in itertools.product(Truth, repeat=len(FACTS))
    )
    return [c for c in combinations if order[c["threat_to_life"]] <= order[c["threat_made"]]]


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=5), st.integers(0, 5), ROW)
def test_the_proofs_agree_with_trying_every_combination(
    above: list[tuple[dict[str, str], str]], at: int, opens: tuple[dict[str, str], str]
) -> None:
    rows = [*above[:at], (opens[0], "open"), *above[at:], ({}, "R")]
    with tempfile.TemporaryDirectory() as folder:
        pack = load(write_pack(Path(folder) / "small", rows, FACTS))
    table = Table(pack.facts, pack.rows, pack.compiled)
    decided, worse = set(), set()
    for combination in every_combination(pack):
        facts = resolve(pack, {}, [], combination)
        before = decide(pack, facts)
        decided.add(before.held)
        for risk in FACTS[:3]:
            after = decide(pack, facts.supposing(risk, Truth.YES))
            if after.rank[0] < before.rank[0] or after.rank[1] < before.rank[1]:
                worse.add((risk, before, after))
    giving = {i for i, row in enumerate(pack.rows) if not row.floor_only}
    dead = {row.where for row in never_applying(table) if not row.floor_only}
    assert dead == {pack.rows[i].where for i in giving - decided}
    assert {(one.risk, one.before, one.after) for one in lowered(table)} == worse


@settings(max_examples=15, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=3))
def test_every_example_of_a_lowering_is_one(above: list[tuple[dict[str, str], str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pack = load(write_pack(Path(folder) / "small", [*above, ({}, "open"), ({}, "R")], FACTS))
    truth = {1: Truth.NO, 2: Truth.UNKNOWN, 4: Truth.YES}
    for one in lowered(Table(pack.facts, pack.rows, pack.compiled)):
        facts = resolve(pack, {}, [], {name: truth[value] for name, value in one.example.items()})
        assert decide(pack, facts) == one.before
        assert decide(pack, facts.supposing(one.risk, Truth.YES)) == one.after
