"""``everycall import calls``: whole files or nothing, twice is once, refused rows are kept with their reasons."""

from __future__ import annotations

import json
from pathlib import Path

import build
from command import run, run_program, written

TABLE = "ref,received_at,source,caller.name,log\n"


def _refs(store: str) -> list[str]:
    force = build.force_at(store)
    found = [ref for (ref,) in build.rows(force, "SELECT ref FROM call ORDER BY ref")]
    force.store.close()
    return found


def test_taken_once_and_again_nothing_is_new(store: str, tmp_path: Path) -> None:
    file = written(tmp_path / "calls.jsonl", build.facts("A"), build.facts("B"))
    first = run("import", "calls", "--store", store, file)
    assert (first.exit, first.out) == (0, "")
    assert "2 calls: 2 new, 0 changed, 0 as they were" in first.err
    assert "2 logs read" in first.err
    again = run("import", "calls", "--store", store, file)
    assert "2 calls: 0 new, 0 changed, 2 as they were" in again.err
    assert _refs(store) == ["A", "B"]
    assert build.rows(build.force_at(store), "SELECT count(*) FROM call_version") == [(2,)]


def test_newer_facts_make_a_new_version(store: str, tmp_path: Path) -> None:
    run("import", "calls", "--store", store, written(tmp_path / "a.jsonl", build.facts("A", status="open")))
    closed = written(tmp_path / "b.jsonl", build.facts("A", status="closed", closed_as="advice"))
    assert "1 call: 0 new, 1 changed" in run("import", "calls", "--store", store, closed).err


def test_of_two_files_with_a_bad_second_nothing_is_stored(store: str, tmp_path: Path) -> None:
    good = written(tmp_path / "good.jsonl", build.facts("A"))
    bad = written(tmp_path / "bad.jsonl", build.facts("B"), build.facts("C", source="telepathy"))
    ran = run("import", "calls", "--store", store, good, bad)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: nothing was stored")
    assert "bad.jsonl:2 source: 'telepathy' is not one of" in ran.err
    assert _refs(store) == []


def test_every_bad_row_of_every_file_is_told(sqlite_store: str, tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(TABLE + "A,never,999,Priya,X\nB,2026-06-12T21:04,99,Priya,X\n", "utf-8")
    two.write_text(TABLE + "C,2026-02-31T21:04,999,Priya,X\nD,short\n", "utf-8")
    ran = run("import", "calls", "--store", sqlite_store, one, two)
    assert ran.exit == 2
    for where in ("one.csv:2 column 'received_at'", "one.csv:3 column 'source'", "two.csv:2", "two.csv:3"):
        assert where in ran.err
    assert "Priya" not in ran.err


def test_skip_bad_keeps_the_refused_rows_of_each_file_with_their_reasons(store: str, tmp_path: Path) -> None:
    one, two = tmp_path / "calls.2024.csv", tmp_path / "calls.2025.csv"
    one.write_text(TABLE + "A,2024-06-12T21:04,999,Priya,X\nB,never,999,Priya,X\n", "utf-8")
    two.write_text(TABLE + "C,2025-06-12T21:04,999,Priya,X\nD,2025-06-12T21:04,99,Priya,X\n", "utf-8")
    ran = run("import", "calls", "--skip-bad", "--store", store, one, two)
    assert ran.exit == 0
    assert "1 row refused; it stands with its reasons in calls.2024.refused.csv" in ran.err
    assert _refs(store) == ["A", "C"]
    refused = [(tmp_path / f"calls.{year}.refused.csv").read_text("utf-8") for year in (2024, 2025)]
    assert "column 'received_at'" in refused[0]
    assert "B,never,999,Priya,X" in refused[0]
    assert "column 'source'" in refused[1]
    assert "Priya" not in ran.err


def test_nothing_refused_writes_no_file(sqlite_store: str, tmp_path: Path) -> None:
    run(
        "import",
        "calls",
        "--skip-bad",
        "--store",
        sqlite_store,
        written(tmp_path / "a.jsonl", build.facts("A")),
    )
    assert not list(tmp_path.glob("*refused*"))


def test_a_forces_own_columns_by_a_mapping(sqlite_store: str, tmp_path: Path) -> None:
    mapping = tmp_path / "ours.toml"
    mapping.write_text('[columns]\nref = "URN"\nreceived_at = "Opened"\nlog = "Text"\n', "utf-8")
    table = tmp_path / "ours.csv"
    table.write_text("URN,Opened,Text\nA-1,2024-06-12T21:04,YOUTHS SHOUTING\n", "utf-8")
    ran = run("import", "calls", "--mapping", mapping, "--store", sqlite_store, table)
    assert (ran.exit, _refs(sqlite_store)) == (0, ["A-1"])


def test_a_mistake_in_the_mapping_names_the_nearest_column_and_key(sqlite_store: str, tmp_path: Path) -> None:
    mapping = tmp_path / "ours.toml"
    mapping.write_text('[columns]\nref = "URM"\nrecieved_at = "Opened"\n', "utf-8")
    table = tmp_path / "ours.csv"
    table.write_text("URN,Opened\nA-1,2024-06-12T21:04\n", "utf-8")
    ran = run("import", "calls", "--mapping", mapping, "--store", sqlite_store, table)
    assert (ran.exit, ran.out) == (2, "")
    assert "ours.toml columns: unknown field 'recieved_at', did you mean 'received_at'?" in ran.err


def test_logs_may_be_read_later(sqlite_store: str, tmp_path: Path) -> None:
    file = written(tmp_path / "calls.jsonl", build.facts("A"))
    ran = run("import", "calls", "--no-read-words", "--store", sqlite_store, file)
    assert "logs read" not in ran.err
    assert "1 log read" in run("words", "read", "--store", sqlite_store).err
    assert run("words", "read", "--store", sqlite_store).err == ""


def test_the_program_takes_history_and_the_next_call_sees_it(sqlite_store: str, tmp_path: Path) -> None:
    earlier = build.facts("OLD", "2026-06-01T20:00:00+01:00", status="closed")
    file = written(tmp_path / "calls.jsonl", earlier)
    ran = run_program("import", "calls", "calls.jsonl", cwd=tmp_path, env={"EVERYCALL_STORE": sqlite_store})
    assert (ran.exit, ran.out) == (0, ""), ran.err
    assert file.is_file()
    found = run("assess", "--store", sqlite_store, "-", stdin=json.dumps(build.facts())).only
    assert found["repeat"]["person"]["count_12m"] == 1
