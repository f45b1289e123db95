"""Imports by real processes: killed half-way and run again, two at once; the store ends as after one import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import build
from postgresql_server import nobody_else

CALLS = 3_600
"""More batches than are read in the importing process itself: others read ahead while it stores."""


@pytest.fixture
def history(tmp_path: Path) -> Path:
    path = tmp_path / "history.jsonl"
    path.write_text("\n".join(json.dumps(build.facts(f"H{n}")) for n in range(CALLS)))
    return path


def importing(store: str, file: Path) -> subprocess.Popen[bytes]:
    code = "from everycall.cli.main import main; main()"
    command = [sys.executable, "-c", code, "import", "calls", str(file), "--no-read-words", "--store", store]
    return subprocess.Popen(command)


def count(store: str, table: str) -> int:
    force = build.force_at(store)
    ((many,),) = build.rows(force, f"SELECT COUNT(*) FROM {table}")
    force.store.close()
    return int(many)


def is_whole(store: str) -> None:
    assert count(store, "call") == count(store, "call_version") == CALLS
    assert count(store, "mention WHERE mention.which = 'caller'") == CALLS


def test_killed_half_way_and_run_again_it_ends_the_same(store: str, history: Path) -> None:
    process = importing(store, history)
    while process.poll() is None and count(store, "call") == 0:
        time.sleep(0.01)
    process.kill()
    process.wait()
    nobody_else(store)
    assert count(store, "call") == count(store, "call_version")
    assert importing(store, history).wait() == 0
    is_whole(store)


def test_two_at_once_and_a_live_call_between_them(store: str, history: Path) -> None:
    both = [importing(store, history), importing(store, history)]
    while both[0].poll() is None and count(store, "call") == 0:
        time.sleep(0.01)
    force = build.force_at(store)
    live = build.assess(force)
    force.store.close()
    assert not [p for p in live.problems if p.part == "record"]
    assert [process.wait() for process in both] == [0, 0]
    assert count(store, "call") == count(store, "call_version") == CALLS + 1


def test_on_postgresql_it_stands_back_and_on_sqlite_it_holds_the_store_no_longer_than_need_be(
    store: str, history: Path
) -> None:
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    process = importing(store, history)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and can still be asked
    seen = os.getpriority(os.PRIO_PROCESS, process.pid)
    assert process.wait() == 0
    assert seen == (max(ours, 5) if store.startswith("postgresql") else ours)
