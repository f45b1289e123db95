"""``everycall assess``: data on standard output, words on standard error, 0, 1 or 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import build
from command import run, run_program, written


def test_one_call_is_one_line_of_json(sqlite_store: str, tmp_path: Path) -> None:
    ran = run("assess", "--store", sqlite_store, written(tmp_path / "call.json", build.facts()))
    assert (ran.exit, ran.err) == (0, "")
    assert ran.only["call_ref"] == "NEW-1"
    assert ran.only["problems"] == [{"part": "repeat", "problem": "the history is empty"}]


def test_a_call_over_many_lines_is_one_call(sqlite_store: str) -> None:
    ran = run("assess", "--store", sqlite_store, "-", stdin=json.dumps(build.facts(), indent=2))
    assert (ran.exit, ran.only["call_ref"]) == (0, "NEW-1")


def test_a_bad_line_is_told_with_its_number_and_the_others_go_on(store: str) -> None:
    lines = [
        json.dumps(build.facts("A")),
        '{"ref": ',
        "",
        json.dumps(build.facts("B", source="telepathy", adress="x")),
        json.dumps(build.facts("C")),
    ]
    ran = run("assess", "--store", store, "-", stdin="\n".join(lines))
    first, no_json, wrong, last = ran.lines
    assert (ran.exit, first["call_ref"], last["call_ref"]) == (1, "A", "C")
    assert no_json["error"]["code"] == "unusable_input"
    assert [one["where"] for one in no_json["error"]["details"]] == ["standard input:2 column 9"]
    assert {one["where"] for one in wrong["error"]["details"]} == {
        "standard input:4 source",
        "standard input:4 adress",
    }
    assert [one[0] for one in build.rows(build.force_at(store), "SELECT ref FROM call ORDER BY ref")] == [
        "A",
        "C",
    ]


def test_one_bad_call_exits_2_with_every_problem(sqlite_store: str) -> None:
    bad = build.facts(source="telepathy", adress="x", caller={"date_of_birth": "1951-02-31", "age": -1})
    ran = run("assess", "--store", sqlite_store, "-", stdin=json.dumps(bad))
    assert (ran.exit, ran.out) == (2, "")
    told = ran.err.splitlines()
    assert told[0] == "error: the call cannot be used"
    assert {line.strip().split(":")[0] for line in told[1:]} == {
        "standard input source",
        "standard input adress",
        "standard input caller.date_of_birth",
        "standard input caller.age",
    }
    assert build.rows(build.force_at(sqlite_store), "SELECT ref FROM call") == []


def test_dry_run_stores_and_records_nothing(store: str) -> None:
    ran = run("assess", "--dry-run", "--store", store, "-", stdin=json.dumps(build.facts()))
    assert (ran.exit, ran.only["call_ref"]) == (0, "NEW-1")
    force = build.force_at(store)
    for table in ("call", "call_version", "mention", "chain_entry", "assessment_made"):
        assert build.rows(force, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_the_next_call_sees_the_one_before(sqlite_store: str) -> None:
    earlier = build.facts("OLD", "2026-06-01T20:00:00+01:00", status="closed", closed_as="advice")
    ran = run(
        "assess", "--store", sqlite_store, "-", stdin=f"{json.dumps(earlier)}\n{json.dumps(build.facts())}"
    )
    assert ran.lines[1]["repeat"]["person"]["count_12m"] == 1


@pytest.mark.parametrize("full", [(), ("--full",)])
def test_shown_for_people_it_is_no_json(sqlite_store: str, full: tuple[str, ...]) -> None:
    ran = run("assess", "--show", *full, "--store", sqlite_store, "-", stdin=json.dumps(build.facts()))
    assert ran.exit == 0
    for label in ("GRADE", "ASK", "REPEAT", "VULNERABLE", "HARM"):
        assert label in ran.out.upper()


def test_the_program_reads_the_store_from_the_environment(sqlite_store: str, tmp_path: Path) -> None:
    ran = run_program(
        "assess",
        "-",
        stdin=json.dumps(build.facts()).encode(),
        cwd=tmp_path,
        env={"EVERYCALL_STORE": sqlite_store},
    )
    assert (ran.exit, ran.err, ran.only["call_ref"]) == (0, "", "NEW-1")
    assert [one.name for one in tmp_path.iterdir()] == [Path(sqlite_store).name]


def test_the_program_tells_a_missing_store(tmp_path: Path) -> None:
    ran = run_program("assess", "-", stdin=json.dumps(build.facts()).encode(), cwd=tmp_path)
    assert (ran.exit, ran.out) == (2, "")
    assert "there is no store at everycall.db: make one with 'everycall init'" in ran.err
    assert list(tmp_path.iterdir()) == [], "a store is made by init alone"
