"""``everycall import flags``: what other systems know, once, all or nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import build
from command import run, written


def _flag(**changed: Any) -> dict[str, Any]:
    return {
        "kind": "mental_ill_health",
        "about": {"name": "Maureen Peck", "date_of_birth": "1951-03-02"},
        "source": "adult social care",
        "recorded_on": "2026-01-05",
    } | changed


def _flags(store: str) -> int:
    ((many,),) = build.rows(build.force_at(store), "SELECT count(*) FROM flag WHERE known_until IS NULL")
    return int(many)


def test_a_flag_is_taken_once_and_met_by_the_next_call(store: str, tmp_path: Path) -> None:
    file = written(tmp_path / "flags.jsonl", _flag())
    first = run("import", "flags", "--store", store, file)
    assert (first.exit, first.out) == (0, "")
    assert "1 flag: 1 new, 0 changed, 0 as they were" in first.err
    assert "1 flag: 0 new, 0 changed, 1 as they were" in run("import", "flags", "--store", store, file).err
    assert _flags(store) == 1
    build.take(build.force_at(store), build.call("OLD", received_at="2026-06-12T20:00:00+01:00"))
    found = run("assess", "--store", store, "-", stdin=json.dumps(build.facts())).only
    assert ("mental_ill_health", "flag") in [
        (one["indicator"], one["source"]) for one in found["vulnerability"]["findings"]
    ]


def test_a_changed_text_replaces_the_flag(store: str, tmp_path: Path) -> None:
    run("import", "flags", "--store", store, written(tmp_path / "a.jsonl", _flag(text="ask for Ann")))
    ran = run("import", "flags", "--store", store, written(tmp_path / "b.jsonl", _flag(text="ask for Bea")))
    assert ran.exit == 0
    assert _flags(store) == 1


def test_a_bad_flag_in_a_second_file_stores_nothing_of_either(store: str, tmp_path: Path) -> None:
    good = written(tmp_path / "good.jsonl", _flag())
    bad = written(tmp_path / "bad.jsonl", _flag(kind="mental_ilness"), _flag(about={"name": "Maureen Peck"}))
    ran = run("import", "flags", "--store", store, good, bad)
    assert (ran.exit, ran.out) == (2, "")
    assert "bad.jsonl:1 kind: 'mental_ilness' is not one of" in ran.err
    assert "bad.jsonl:2 about: names nobody" in ran.err
    assert "Maureen" not in ran.err
    assert _flags(store) == 0


def test_skip_bad_keeps_the_refused_flags(sqlite_store: str, tmp_path: Path) -> None:
    file = written(tmp_path / "flags.jsonl", _flag(), _flag(kind="rumour"))
    ran = run("import", "flags", "--skip-bad", "--store", sqlite_store, file)
    assert ran.exit == 0
    assert _flags(sqlite_store) == 1
    kept = json.loads((tmp_path / "flags.refused.jsonl").read_text("utf-8"))
    assert kept["row"] == 2
    assert "'rumour' is not one of" in kept["problems"][0]


def test_nul_and_half_characters_in_a_flag(store: str, tmp_path: Path) -> None:
    ran = run("import", "flags", "--store", store, written(tmp_path / "f.jsonl", _flag(text="a\x00b\ud800c")))
    assert ran.exit == 0, ran.err
    assert _flags(store) == 1
