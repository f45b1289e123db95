"""``everycall watch``: each file once, whole or not at all, put away with what was wrong; stopped at any moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import build
import postgresql_server
from command import Ran, run, written
from everycall import watching
from everycall.cli.stopping import Stopping
from everycall.errors import StoreError
from everycall.store import bulk


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    folder = tmp_path / "feed"
    folder.mkdir()
    return folder


def watch(feed: Path, store: str, *more: str | Path) -> Ran:
    return run("watch", feed, "--once", "--settled-after", "0", "--store", store, *more)


def stored(store: str) -> list[tuple[Any, ...]]:
    force = build.force_at(store)
    query = (
        "SELECT c.ref, v.version, w.lexicon_sha256 IS NOT NULL FROM call c JOIN call_version v ON v.call_id = c.id "
        "LEFT JOIN words_read w ON w.call_version_id = v.id ORDER BY c.ref, v.version"
    )
    found = [(ref, version, bool(was_read)) for ref, version, was_read in build.rows(force, query)]
    force.store.close()
    return found


def there(feed: Path) -> list[str]:
    return sorted(str(path.relative_to(feed)) for path in feed.rglob("*") if path.is_file())


def test_files_are_taken_by_name_read_and_put_away(store: str, feed: Path) -> None:
    written(feed / "2.jsonl", build.facts("A", status="closed"))
    written(feed / "1.jsonl", build.facts("A"), build.facts("B"))
    ran = watch(feed, store)
    assert (ran.exit, ran.out) == (0, "")
    assert "1.jsonl: 2 calls, 2 new" in ran.err
    assert "2.jsonl: 1 call, 0 new, 1 changed" in ran.err
    assert "the history reaches to 12 June 2026 21:04" in ran.err
    assert stored(store) == [("A", 1, True), ("A", 2, True), ("B", 1, True)]
    assert there(feed) == ["done/1.jsonl", "done/2.jsonl"]


def test_a_bad_file_is_refused_whole_with_its_reasons_and_the_next_is_taken(
    sqlite_store: str, feed: Path
) -> None:
    written(feed / "1.jsonl", build.facts("A"), build.facts("B", source="telepathy"))
    written(feed / "2.jsonl", build.facts("C"))
    (feed / "3.xlsx").write_bytes(b"PK\x03\x04")
    ran = watch(feed, sqlite_store)
    assert ran.exit == 1
    assert [ref for ref, _, _ in stored(sqlite_store)] == ["C"]
    assert there(feed) == [
        "done/2.jsonl", "refused/1.jsonl", "refused/1.jsonl.reasons.txt", "refused/3.xlsx",
        "refused/3.xlsx.reasons.txt",
    ]  # fmt: skip
    reasons = (feed / "refused" / "1.jsonl.reasons.txt").read_text("utf-8")
    assert reasons.startswith("1.jsonl:2 source: 'telepathy' is not one of")


def test_with_skip_bad_the_good_rows_are_taken_and_the_others_kept(sqlite_store: str, feed: Path) -> None:
    written(feed / "1.jsonl", build.facts("A"), build.facts("B", source="telepathy"))
    ran = watch(feed, sqlite_store, "--skip-bad")
    assert (ran.exit, [ref for ref, _, _ in stored(sqlite_store)]) == (1, ["A"])
    assert there(feed) == ["done/1.jsonl", "refused/1.jsonl.reasons.txt", "refused/1.refused.jsonl"]
    kept = (feed / "refused" / "1.refused.jsonl").read_text("utf-8")
    assert json.loads(json.loads(kept)["cells"][0])["ref"] == "B"


def test_a_file_that_is_still_being_written_is_left(sqlite_store: str, feed: Path) -> None:
    for name in ("1.jsonl.part", ".2.jsonl", "3.jsonl.TMP"):
        written(feed / name, build.facts("A"))
    assert watch(feed, sqlite_store).exit == 0
    assert stored(sqlite_store) == []
    assert there(feed) == [".2.jsonl", "1.jsonl.part", "3.jsonl.TMP"]


def test_a_file_is_taken_when_it_has_not_changed_for_long_enough(feed: Path) -> None:
    folder = watching.Folder(feed, settled_after=2.0)
    path = written(feed / "1.jsonl", build.facts("A"))
    assert folder.settled(100.0) == []
    written(path, build.facts("A"), build.facts("B"))
    assert folder.settled(101.9) == []
    assert folder.settled(103.8) == []
    assert folder.settled(103.9) == [path]


def test_one_of_the_same_name_is_never_overwritten(sqlite_store: str, feed: Path) -> None:
    for ref in ("A", "B", "C"):
        written(feed / "calls.jsonl", build.facts(ref))
        assert watch(feed, sqlite_store).exit == 0
    assert there(feed) == ["done/calls-2.jsonl", "done/calls-3.jsonl", "done/calls.jsonl"]


@pytest.mark.parametrize("broken", ["read_words", "_put_away"])
def test_broken_off_after_storing_it_is_taken_again_and_nothing_comes_twice(
    store: str, feed: Path, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_args: Any) -> Any:
        raise KeyboardInterrupt

    written(feed / "1.jsonl", build.facts("A"), build.facts("B"))
    with monkeypatch.context() as patch:
        patch.setattr(watching, broken, stop)
        assert "stopped" in watch(feed, store).err
    assert [ref for ref, _, _ in stored(store)] == ["A", "B"]
    assert "1.jsonl" in there(feed)
    assert "0 new, 0 changed, 2 as they were" in watch(feed, store).err
    assert stored(store) == [("A", 1, True), ("B", 1, True)]
    assert there(feed) == ["done/1.jsonl"]


def test_a_store_that_cannot_be_written_leaves_the_file_where_it_is(
    sqlite_store: str, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_args: Any) -> Any:
        raise StoreError("the store could not be written: database is locked")

    written(feed / "1.jsonl", build.facts("A"))
    monkeypatch.setattr(watching, "take_checked", locked)
    assert watch(feed, sqlite_store).exit == 2
    assert "1.jsonl" in there(feed)


def going_on(feed: Path, store: str) -> Ran:
    """Watch until told to stop."""
    return run("watch", feed, "--every", "0.01", "--settled-after", "0", "--store", store)


@pytest.mark.parametrize("told_by", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_within_a_transaction_it_ends_that_and_stops(
    store: str, feed: Path, told_by: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_calls = bulk.add_calls

    def told_half_way(*args: Any) -> None:
        os.kill(os.getpid(), told_by)
        add_calls(*args)

    written(feed / "1.jsonl", build.facts("A"), build.facts("B"))
    written(feed / "2.jsonl", build.facts("C"))
    before = signal.getsignal(told_by)
    with monkeypatch.context() as patch:
        patch.setattr(bulk, "add_calls", told_half_way)
        ran = going_on(feed, store)
    assert (ran.exit, ran.err) == (0, "stopped; what was not finished is taken the next time\n")
    assert stored(store) == [("A", 1, False), ("B", 1, False)]
    assert "1.jsonl" in there(feed)
    assert signal.getsignal(told_by) == before
    assert watch(feed, store).exit == 0
    assert stored(store) == [("A", 1, True), ("B", 1, True), ("C", 1, True)]


def test_what_was_refused_before_it_was_told_to_stop_is_told_by_its_exit(
    sqlite_store: str, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_away = watching._put_away

    def told_at_its_end(*args: Any) -> watching.Taken:
        os.kill(os.getpid(), signal.SIGTERM)
        return put_away(*args)

    written(feed / "1.jsonl", build.facts("A", source="telepathy"))
    monkeypatch.setattr(watching, "_put_away", told_at_its_end)
    assert going_on(feed, sqlite_store).exit == 1


def test_told_to_stop_while_it_waits_it_stops_at_once() -> None:
    with Stopping() as stopping:
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM)).start()
        with pytest.raises(KeyboardInterrupt):
            stopping.pause(3_600)


def test_told_twice_by_ctrl_c_it_stops_at_once_and_by_sigterm_it_does_not() -> None:
    def twice(told_by: signal.Signals) -> None:
        for _ in range(2):
            signal.raise_signal(told_by)

    with Stopping():
        twice(signal.SIGTERM)
    with Stopping(), pytest.raises(KeyboardInterrupt):
        twice(signal.SIGINT)


def test_a_store_that_goes_away_is_tried_again(
    postgresql_store: str, postgresql: str, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = postgresql_store.partition("?")[0].rpartition("/")[2]
    take_checked, put_away, tries = watching.take_checked, watching._put_away, 0

    def gone_the_first_time(*args: Any) -> Any:
        nonlocal tries
        tries += 1
        if tries == 1:
            end = f"SELECT pg_terminate_backend(pid, 120000) FROM pg_stat_activity WHERE datname = '{name}'"
            postgresql_server.run(postgresql, end)
        return take_checked(*args)

    def told_at_its_end(*args: Any) -> watching.Taken:
        os.kill(os.getpid(), signal.SIGTERM)
        return put_away(*args)

    written(feed / "1.jsonl", build.facts("A"))
    monkeypatch.setattr(watching, "take_checked", gone_the_first_time)
    monkeypatch.setattr(watching, "_put_away", told_at_its_end)
    ran = going_on(feed, postgresql_store)
    assert (ran.exit, tries) == (0, 2), ran.err
    assert "trying again" in ran.err
    assert stored(postgresql_store) == [("A", 1, True)]
    assert there(feed) == ["done/1.jsonl"]


def test_killed_and_started_again_every_file_is_there_once(store: str, feed: Path) -> None:
    code = "from everycall.cli.main import main; main()"
    options = ["watch", str(feed), "--every", "0.02", "--settled-after", "0", "--store", store]
    for first, ended in ((0, signal.SIGKILL), (12, signal.SIGTERM)):
        for number in range(first, first + 12):  # there are always some to come, however many were taken
            written(feed / f"{number:02}.jsonl", *[build.facts(f"{number}-{call}") for call in range(20)])
        before = len(list((feed / "done").glob("*")))
        process = subprocess.Popen([sys.executable, "-c", code, *options], stderr=subprocess.PIPE)
        while process.poll() is None and len(list((feed / "done").glob("*"))) < before + 3:
            time.sleep(0.005)
        os.kill(process.pid, ended)
        _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    assert b"stopped; what was not finished" in said
    assert b"Traceback" not in said
    assert watch(feed, store).exit == 0
    expected = sorted((f"{number}-{call}", 1, True) for number in range(24) for call in range(20))
    assert stored(store) == expected
    assert there(feed) == [f"done/{number:02}.jsonl" for number in range(24)]
