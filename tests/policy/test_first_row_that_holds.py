"""The first row that holds decides; the open row; floors; and the compiled table against its plain meaning."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_packs import write_pack

from everycall.assessment import Truth
from everycall.errors import Problems
from everycall.policy import Facts, Pack, decide, default_directory, load, resolve
from everycall.policy.cases import Case, facts_of, failures, read_cases
from everycall.policy.cells import CELLS, NO, UNKNOWN, YES

PACK = load(default_directory())
VALUES = {Truth.NO: NO, Truth.UNKNOWN: UNKNOWN, Truth.YES: YES}


def cases() -> list[Case]:
    return list(read_cases(PACK, Problems()))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_packs_own_cases_come_true(case: Case) -> None:
    assert list(failures(PACK, case)) == []


def test_there_is_a_case_for_every_rule_and_every_action() -> None:
    rules = {row.rule for row in PACK.rows if not row.floor_only}
    assert {case.rule for case in cases()} == rules
    assert any(case.floor_only for case in cases())
    assert {code for case in cases() for code in case.actions} == {row.code for row in PACK.actions}


def test_every_row_of_the_table_decides_some_case() -> None:
    decided = {decide(PACK, facts_of(PACK, case)).held for case in cases()}
    giving = {i for i, row in enumerate(PACK.rows) if not row.floor_only}
    # Rows that only say again "and hate" or "and the suspect is there" beside a row tried above them may be left.
    assert len(giving - decided) <= 4


def truths(draw_yes: int, draw_no: int) -> Facts:
    names = PACK.facts.names
    found = dict.fromkeys(names(draw_no), Truth.NO) | dict.fromkeys(names(draw_yes), Truth.YES)
    return resolve(PACK, {}, [], found)


BITS = st.integers(0, (1 << len(PACK.facts.facts)) - 1)


def plainly(pack: Pack, facts: Facts) -> tuple[str, str, bool]:
    """The contract's sentence written out slowly: first row that holds, floors, and rows that could still hold."""
    value = {fact.name: VALUES[facts[fact.name]] for fact in pack.facts.facts}
    index = pack.facts.index

    def cells(row: object) -> list[tuple[int, int]]:
        conditions = row.conditions  # type: ignore[attr-defined]
        return [(value[n], conditions.allowed(i)) for n, i in index.items() if conditions.tested() >> i & 1]

    least = next(row for row in pack.rows if row.open)
    floor = False
    for i, row in enumerate(pack.rows):
        if not all(have & allowed for have, allowed in cells(row)):
            continue
        if row.floor_only:
            floor = True
            continue
        above = [cells(other) for other in pack.rows[:i] if not other.floor_only]
        if row.open and not any(all(have & (a | UNKNOWN) for have, a in other) for other in above):
            continue
        grade, attendance = row.grade, row.attendance
        if floor:
            grade = max(grade, least.grade, key=pack.grades.rank)
            attendance = max(attendance, least.attendance, key=pack.grades.attendance_rank)
        return grade, attendance, floor
    raise AssertionError("no row holds")


@given(BITS, BITS)
def test_the_compiled_table_means_what_the_table_says(yes: int, no: int) -> None:
    facts = truths(yes, no)
    decision = decide(PACK, facts)
    assert (decision.grade, decision.attendance, decision.floor_only) == plainly(PACK, facts)


@given(BITS, BITS, st.sampled_from([fact.name for fact in PACK.facts.facts if fact.kind == "risk"]))
def test_more_risk_is_never_less(yes: int, no: int, risk: str) -> None:
    facts = truths(yes, no)
    before, after = decide(PACK, facts), decide(PACK, facts.supposing(risk, Truth.YES))
    assert after.rank[0] >= before.rank[0]
    assert after.rank[1] >= before.rank[1]


@given(BITS, BITS)
def test_no_attendance_only_when_nothing_unknown_could_change_it(yes: int, no: int) -> None:
    facts = truths(yes, no)
    if decide(PACK, facts).attendance != "none":
        return
    for name in PACK.facts.names(facts.unknown):
        if PACK.facts.facts[PACK.facts.index[name]].kind == "risk":
            assert decide(PACK, facts.supposing(name, Truth.YES)).attendance == "none"


@given(BITS, BITS)
def test_a_call_that_is_not_asb_is_never_less_than_the_open_row(yes: int, no: int) -> None:
    facts = truths(yes, no).supposing("asb", Truth.NO)
    decision = decide(PACK, facts)
    assert decision.floor_only
    assert decision.rank >= (PACK.grades.rank("scheduled"), PACK.grades.attendance_rank("contact"))
    assert decision.rank >= decide(PACK, facts.supposing("asb", Truth.YES)).rank


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell])
@pytest.mark.parametrize("truth", list(Truth))
def test_each_cell_holds_at_its_values(tmp_path: Path, cell: str, truth: Truth) -> None:
    held = {"yes": ["yes"], "not no": ["yes", "unknown"], "no": ["no"], "not yes": ["no", "unknown"]}
    rows = [({"fire": cell}, "E"), ({"repeat": "yes"}, "open"), ({}, "R")]
    small = load(write_pack(tmp_path / "small", rows, ["fire", "repeat"]))
    decision = decide(small, resolve(small, {}, [], {"fire": truth, "repeat": Truth.NO}))
    assert (decision.grade == "emergency") == (truth.value in held[cell])


def test_the_row_is_named_by_file_and_line(pack: Pack) -> None:
    decision = decide(pack, resolve(pack, {}, ["immediate_danger"], {"asb": Truth.YES}))
    lines = (default_directory() / "grades.csv").read_text("utf-8").splitlines()
    file, line = decision.row.split(":")
    assert file == "grades.csv"
    assert lines[int(line) - 1].endswith("emergency,now,Immediate danger")
