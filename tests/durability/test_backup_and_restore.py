"""A backup of a store in use holds all that was acknowledged; restored, the store is whole and goes on."""

from __future__ import annotations

import json
import shutil
import stat
import threading
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import stored

import build
from command import run
from everycall.errors import InputError, StoreError
from everycall.store.backup.making import back_up
from everycall.store.backup.restoring import restore
from everycall.store.databases import connect


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "of-today.backup"


def filled(store: str) -> None:
    force = build.force_at(store)
    build.take(force, *(build.call(f"OLD-{n}", caller={"name": f"Ann Gale {n}"}) for n in range(30)))
    build.assess(force, "LIVE-1")
    build.assess(
        force, "LIVE-1", at=build.NOW + timedelta(minutes=1), answers={"personal_circumstances": "yes"}
    )
    build.assess(force, "LIVE-2", log=[{"text": "back\\slash\ttab\nline NULL \\N and é"}])


def test_what_comes_back_is_what_there_was_row_for_row(store: str, file: Path, new_place: str) -> None:
    filled(store)
    made = back_up(store, file, build.NOW)
    restore(file, new_place)
    assert stored.everything(new_place) == stored.everything(store)
    stored.is_whole(new_place)
    assert made.rows["call"] == 32
    assert made.chain is not None
    assert made.chain.number == 3


def test_an_empty_store_comes_back_too(store: str, file: Path, new_place: str) -> None:
    assert back_up(store, file, build.NOW).chain is None
    restore(file, new_place)
    assert stored.everything(new_place) == stored.everything(store)


def test_a_restored_store_goes_on_taking_calls_and_gives_no_number_twice(
    store: str, file: Path, new_place: str
) -> None:
    filled(store)
    back_up(store, file, build.NOW)
    restore(file, new_place)
    force = build.force_at(new_place)
    live = build.assess(force, "LIVE-3", at=build.NOW + timedelta(minutes=2))
    assert not [problem for problem in live.problems if problem.part == "record"]
    build.take(force, build.call("OLD-99"), build.call("OLD-1", status="closed"))
    stored.is_whole(new_place)
    assert len(stored.refs(new_place)) == 34


def test_numbers_of_rows_that_are_gone_are_not_given_again(store: str, file: Path, new_place: str) -> None:
    filled(store)
    force = build.force_at(store)
    ((last,),) = build.rows(force, "SELECT MAX(id) FROM call_version")
    build.change(force, "DELETE FROM words_read WHERE call_version_id = %s", [last])
    build.change(force, "DELETE FROM call_version WHERE id = %s", [last])
    back_up(store, file, build.NOW)
    restore(file, new_place)
    again = build.force_at(new_place)
    build.take(again, build.call("OLD-99"))
    assert build.rows(again, "SELECT MAX(id) FROM call_version") > [(last,)]


def test_while_calls_are_taken_a_backup_holds_all_that_was_acknowledged_before(
    store: str, file: Path, new_place: str
) -> None:
    acknowledged: list[str] = []
    enough, end = threading.Event(), threading.Event()

    def takes_calls(who: int) -> None:
        force = build.force_at(store)
        number = 0
        while not end.is_set():
            number += 1
            ref = f"W{who}-{number}"
            found = build.assess(force, ref, at=build.NOW + timedelta(seconds=number))
            assert not [problem for problem in found.problems if problem.part == "record"]
            acknowledged.append(ref)
            if number == 5:
                enough.set()
        force.store.close()

    writers = [threading.Thread(target=takes_calls, args=(who,)) for who in (1, 2)]
    for writer in writers:
        writer.start()
    assert enough.wait(120)
    before = set(acknowledged)
    back_up(store, file, build.NOW)
    after = len(acknowledged)
    end.set()
    for writer in writers:
        writer.join()
    restore(file, new_place)
    stored.is_whole(new_place)
    assert before
    assert before <= stored.assessed(new_place) == stored.refs(new_place)
    assert len(acknowledged) >= after
    assert set(acknowledged) <= stored.assessed(store)


def test_nothing_is_ever_written_over(store: str, file: Path, new_place: str) -> None:
    filled(store)
    file.write_text("a letter")
    with pytest.raises(StoreError, match="is there already"):
        back_up(store, file, build.NOW)
    assert file.read_text() == "a letter"
    file.unlink()
    back_up(store, file, build.NOW)
    before = stored.everything(store)
    with pytest.raises(StoreError, match="already"):
        restore(file, store)
    assert stored.everything(store) == before


def test_a_backup_can_be_read_by_its_owner_alone(sqlite_store: str, file: Path) -> None:
    back_up(sqlite_store, file, build.NOW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in file.parent.iterdir() if path.name.startswith(".")) == []


def rewritten(file: Path, part: str, change: bytes) -> Path:
    """Return a copy of a backup in which one part is other bytes; the zip itself is in order."""
    to = file.with_name("other.backup")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(to, "w") as target:
        for name in source.namelist():
            target.writestr(name, change if name == part else source.read(name))
    return to


def test_a_damaged_backup_is_refused_and_nothing_is_left(store: str, file: Path, new_place: str) -> None:
    filled(store)
    made = back_up(store, file, build.NOW)
    whole = file.read_bytes()
    cut = file.with_name("cut.backup")
    cut.write_bytes(whole[: len(whole) // 2])
    flipped = file.with_name("flipped.backup")
    flipped.write_bytes(whole[:5_000] + bytes([whole[5_000] ^ 1]) + whole[5_001:])
    letter = file.with_name("letter.backup")
    letter.write_text("Dear control room")
    manifest = made.model_dump(mode="json")
    forged = {
        "rows": manifest | {"rows": manifest["rows"] | {"call": 31}},
        "head": manifest | {"chain": {"number": 2, "link": "0" * 64}},
        "form": manifest | {"format": 2},
        "unknown": manifest | {"more": 1},
    }
    bad = [cut, flipped, letter, rewritten(file, made.parts[0].name, b"other")]
    for damaged in bad:
        with pytest.raises(InputError, match="backup cannot be used"):
            restore(damaged, new_place)
    for changed in forged.values():
        with pytest.raises((InputError, StoreError)):
            restore(rewritten(file, "manifest.json", json.dumps(changed).encode()), new_place)
    restore(file, new_place)
    assert stored.everything(new_place) == stored.everything(store)


def test_a_backup_of_a_newer_everycall_is_refused(store: str, file: Path, new_place: str) -> None:
    made = back_up(store, file, build.NOW).model_dump(mode="json")
    made["schema_steps"] += ["store.9999_later"]
    newer = rewritten(file, "manifest.json", json.dumps(made).encode())
    with pytest.raises(InputError) as refused:
        restore(newer, new_place)
    assert "made by a newer Everycall (it has 9999_later)" in str(refused.value.details[0])


def test_a_backup_of_the_other_database_is_refused(sqlite_store: str, postgresql: str, file: Path) -> None:
    back_up(sqlite_store, file, build.NOW)
    with pytest.raises(InputError) as refused:
        restore(file, postgresql)
    assert "holds an SQLite store" in str(refused.value.details[0])


def test_the_leftover_log_of_another_store_is_not_mixed_in(
    sqlite_store: str, file: Path, tmp_path: Path
) -> None:
    back_up(sqlite_store, file, build.NOW)
    (tmp_path / "new.db-wal").write_bytes(b"another store's")
    with pytest.raises(StoreError, match="move it away"):
        restore(file, str(tmp_path / "new.db"))
    assert not (tmp_path / "new.db").exists()


def test_a_store_whose_record_was_broken_comes_back_as_it_was_and_says_so(
    sqlite_store: str, file: Path, tmp_path: Path
) -> None:
    filled(sqlite_store)
    force = build.force_at(sqlite_store)
    build.change(force, "DROP TRIGGER chain_payload_no_update")
    build.change(force, "UPDATE chain_payload SET body = '{}' WHERE entry_id = 2")
    assert run("backup", file, "--store", sqlite_store).exit == 0
    ran = run("restore", file, "--store", tmp_path / "new.db")
    assert (ran.exit, ran.out) == (1, "link 2: its payload was changed\n")
    assert stored.everything(str(tmp_path / "new.db")) == stored.everything(sqlite_store)


def test_the_line_that_backup_prints_is_a_checkpoint(
    store: str, file: Path, new_place: str, tmp_path: Path
) -> None:
    filled(store)
    ran = run("backup", file, "--store", store)
    assert (ran.exit, ran.only["number"]) == (0, 3)
    assert ran.err.startswith("32 calls, ")
    checkpoint = tmp_path / "checkpoint.json"
    checkpoint.write_text(ran.out)
    restored = run("restore", file, "--store", new_place)
    assert (restored.exit, restored.out) == (0, "")
    assert "32 calls are restored" in restored.err
    assert "the record is whole" in restored.err
    assert run("record", "verify", "--against", checkpoint, "--store", new_place).exit == 0


def test_what_is_no_store_is_not_backed_up(tmp_path: Path, file: Path, postgresql: str) -> None:
    (tmp_path / "empty.db").touch()
    for where in (str(tmp_path / "none.db"), str(tmp_path / "empty.db"), postgresql):
        with pytest.raises(StoreError, match="no store"):
            back_up(where, file, build.NOW)
    assert not file.exists()


def test_a_disk_that_fills_up_leaves_no_backup(
    store: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store)
    small = Path("/dev/full")
    if not small.exists():
        pytest.fail("there is no /dev/full here to stand for a full disk")
    real = Path.open
    monkeypatch.setattr(
        Path,
        "open",
        lambda path, *a, **k: real(small if path.name.startswith(".of-today") else path, *a, **k),
    )
    with pytest.raises(StoreError, match="No space left"):
        back_up(store, file, build.NOW)
    monkeypatch.undo()
    assert [
        path.name for path in file.parent.iterdir() if "of-today" in path.name or "copy" in path.name
    ] == []
    assert shutil.disk_usage(file.parent).free
    assert connect(store).is_usable()
