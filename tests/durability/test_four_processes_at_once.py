"""Four processes on one store at once: no error, nothing lost, nothing twice, and the record is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stored
from killing import Forker, forker

import build

CALLS = 12


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forker]:
    with forker(tmp_path_factory.mktemp("acts")) as one:
        yield one


def file_of(path: Path, *facts: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(one) + "\n" for one in facts), "utf-8")
    return str(path)


def test_four_processes_take_calls_at_once(store: str, tmp_path: Path, fork: Forker) -> None:
    files = [
        file_of(tmp_path / f"{who}.jsonl", *(build.facts(f"P{who}-{n}") for n in range(CALLS)))
        for who in range(4)
    ]
    ended = [fork.end(one) for one in [fork.start("assess", file, "--store", store) for file in files]]
    assert [(one.code, one.errors) for one in ended] == [(0, "")] * 4
    told = [json.loads(line) for one in ended for line in one.acknowledged]
    assert [p for one in told for p in one["problems"] if p["part"] == "record"] == []
    stored.is_whole(store)
    assert stored.rows(store, "SELECT COUNT(*) FROM assessment_made") == [(4 * CALLS,)]
    assert len(stored.assessed(store)) == 4 * CALLS


def test_four_processes_bring_the_same_calls_with_other_facts(
    store: str, tmp_path: Path, fork: Forker
) -> None:
    """What each of them tells is kept, whatever the order; a call stays one call."""
    lines = [{"text": f"TOLD BY {who}", "by": f"C{who}"} for who in range(4)]
    files = [
        file_of(tmp_path / f"{who}.jsonl", *(build.facts(f"S-{n}", log=[lines[who]]) for n in range(CALLS)))
        for who in range(4)
    ]
    ended = [fork.end(one) for one in [fork.start("assess", file, "--store", store) for file in files]]
    assert [(one.code, one.errors) for one in ended] == [(0, "")] * 4
    stored.is_whole(store)
    assert stored.refs(store) == {f"S-{n}" for n in range(CALLS)}
    query = "SELECT payload FROM call_version WHERE known_until IS NULL"
    for (payload,) in stored.rows(store, query):
        assert {line["by"] for line in json.loads(payload)["log"]} == {"C0", "C1", "C2", "C3"}


def test_import_assess_decide_and_backup_at_once(
    store: str, tmp_path: Path, fork: Forker, new_place: str
) -> None:
    victim = {"personal_circumstances": "yes", "happened_before": "yes", "happening_now": "yes"}
    first = file_of(tmp_path / "first.jsonl", *(build.facts(f"D-{n}", answers=victim) for n in range(6)))
    assert fork.run("assess", first, "--store", store).code == 0
    todo = tmp_path / "todo"
    todo.write_text("\n".join(f"{step}:D-{n}" for n in range(6) for step in ("decide", "approve")), "utf-8")
    history = file_of(tmp_path / "history.jsonl", *(build.facts(f"H-{n}") for n in range(300)))
    live = file_of(tmp_path / "live.jsonl", *(build.facts(f"L-{n}") for n in range(CALLS)))
    backup = str(tmp_path / "b.backup")
    acts = [
        ("import", "calls", history, "--store", store),
        ("assess", live, "--store", store),
        ("decide", str(todo), store),
        ("backup", backup, "--store", store),
    ]
    ended = [fork.end(one) for one in [fork.start(*act) for act in acts]]
    assert [one.code for one in ended] == [0, 0, 0, 0], [one.errors for one in ended]
    stored.is_whole(store)
    assert len(stored.refs(store)) == 6 + 300 + CALLS
    assert stored.rows(store, "SELECT COUNT(*) FROM decision_made") == [(12,)]
    restored = fork.run("restore", backup, "--store", new_place)
    assert restored.code == 0, restored.errors
    assert {f"D-{n}" for n in range(6)} <= stored.assessed(new_place)


def test_a_danger_told_by_one_process_is_not_lost_to_another(
    store: str, tmp_path: Path, fork: Forker
) -> None:
    """Two tell of one call at once: the last assessment knows what both said."""
    dangers = {"immediate_danger": "yes", "weapon_or_violence_now": "yes"}
    both = [
        file_of(tmp_path / "danger.jsonl", *(build.facts(f"S-{n}", answers=dangers) for n in range(CALLS))),
        file_of(
            tmp_path / "other.jsonl", *(build.facts(f"S-{n}", log=[{"text": "BINS"}]) for n in range(CALLS))
        ),
    ]
    ended = [fork.end(one) for one in [fork.start("assess", file, "--store", store) for file in both]]
    assert [(one.code, one.errors) for one in ended] == [(0, "")] * 2
    query = "SELECT ref, grade FROM assessment_made ORDER BY entry"
    assert set(dict(stored.rows(store, query)).values()) == {"emergency"}
