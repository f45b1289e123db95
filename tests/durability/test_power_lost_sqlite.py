"""Power lost under an SQLite store, as far as it can be played: what was not yet on the disk is lost or torn.

The store's own promise (`synchronous=FULL`) is that the write-ahead log is on the disk when a call is acknowledged. So
everything up to the log's end at that moment stays as it was; what comes after may be missing, cut anywhere, torn in
the middle of a page, or rubbish. The store's file itself is only written after the log is on the disk, and then any of
its pages may be old, new or half of each.
"""

from __future__ import annotations

import shutil
import struct
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
import stored
from django.db import connections

import build
from everycall.deciding import Choice, decide
from everycall.store.databases import connect
from everycall.store.importing import lightly

PAGE, HEADER, FRAME = 4096, 32, 24 + 4096


@dataclass
class Acknowledged:
    """What was acknowledged, with the length of the log at that moment."""

    refs: list[tuple[str, int]] = field(default_factory=list)

    def before(self, length: int) -> set[str]:
        return {ref for ref, at in self.refs if at <= length}


@pytest.fixture
def lived(sqlite_store: str, tmp_path: Path) -> tuple[Path, Path, Acknowledged]:
    """A store with some calls in its file, more in its log, and its log's length at each acknowledgement."""
    force = build.force_at(sqlite_store)
    build.take(force, *(build.call(f"OLD-{n}") for n in range(20)))
    build.rows(force, "PRAGMA wal_checkpoint(TRUNCATE)")
    build.rows(force, "PRAGMA wal_autocheckpoint = 0")
    log = Path(sqlite_store + "-wal")
    told = Acknowledged()
    for number in range(6):
        ref = f"LIVE-{number}"
        found = build.assess(force, ref, answers={"personal_circumstances": "yes"})
        assert not [problem for problem in found.problems if problem.part == "record"]
        told.refs.append((ref, log.stat().st_size))
    decide("LIVE-5", Choice(grade="emergency", reason="risk_higher", by="C7214"), force, build.NOW)
    copy = tmp_path / "at-the-cut"
    copy.mkdir()
    shutil.copy(sqlite_store, copy / "store.db")
    shutil.copy(log, copy / "store.db-wal")
    force.store.close()
    return copy / "store.db", copy / "store.db-wal", told


def after_the_cut(folder: Path, file: bytes, log: bytes) -> str:
    """Put what the disk kept into a folder of its own, as the machine finds it when it starts again."""
    folder.mkdir()
    (folder / "store.db").write_bytes(file)
    (folder / "store.db-wal").write_bytes(log)
    return str(folder / "store.db")


def holds(where: str, acknowledged: set[str]) -> None:
    try:
        assert stored.rows(where, "PRAGMA integrity_check") == [("ok",)]
        stored.is_whole(where)
        assert acknowledged <= stored.assessed(where)
        assert stored.assessed(where) <= stored.refs(where)
        assert stored.refs(where) - stored.assessed(where) == {f"OLD-{n}" for n in range(20)}, (
            "half a call is kept"
        )
    finally:
        connections.close_all()
        connections.databases.pop(connect(where).alias)


def test_every_commit_waits_for_the_disk(sqlite_store: str) -> None:
    force = build.force_at(sqlite_store)
    build.assess(force)
    assert build.rows(force, "PRAGMA synchronous") == [(2,)]
    assert build.rows(force, "PRAGMA journal_mode") == [("wal",)]


def test_at_its_end_an_import_has_waited_for_the_disk(sqlite_store: str) -> None:
    """Its chunks do not wait; the last commit does, and takes along what stands before it in the log."""
    force = build.force_at(sqlite_store)
    asked: list[str] = []
    with lightly(force.store.connection):
        build.take(force, build.call("OLD-1"))
        assert build.rows(force, "PRAGMA synchronous") == [(1,)]
        force.store.connection.connection.set_trace_callback(asked.append)
    assert build.rows(force, "PRAGMA synchronous") == [(2,)]
    fully = asked.index("PRAGMA synchronous=FULL")
    begun = next(n for n, one in enumerate(asked) if n > fully and one.startswith("BEGIN"))
    written = next(n for n, one in enumerate(asked) if n > begun and one.startswith("UPDATE setting"))
    assert asked.index("COMMIT", written) > written


def test_cut_at_every_page_of_the_log(lived: tuple[Path, Path, Acknowledged], tmp_path: Path) -> None:
    file, log, told = lived
    kept, whole = file.read_bytes(), log.read_bytes()
    frames = (len(whole) - HEADER) // FRAME
    assert frames > 30
    for frame in range(0, frames + 1, 3):
        cut = HEADER + frame * FRAME
        holds(after_the_cut(tmp_path / str(frame), kept, whole[:cut]), told.before(cut))


def test_torn_anywhere_and_rubbish_after_it(lived: tuple[Path, Path, Acknowledged], tmp_path: Path) -> None:
    file, log, told = lived
    kept, whole = file.read_bytes(), log.read_bytes()
    random = Random("torn")
    for number in range(24):
        cut = random.randrange(HEADER, len(whole))
        rest = len(whole) - cut
        tail = [b"", bytes(rest), random.randbytes(rest), whole[cut + 1 :], random.randbytes(rest * 2)][
            number % 5
        ]
        holds(after_the_cut(tmp_path / str(number), kept, whole[:cut] + tail), told.before(cut))


def test_later_pages_on_the_disk_before_earlier_ones(
    lived: tuple[Path, Path, Acknowledged], tmp_path: Path
) -> None:
    """A disk may write what comes after the last sync in any order: some of these sectors are there, some not."""
    file, log, told = lived
    kept, whole = file.read_bytes(), log.read_bytes()
    random = Random("order")
    for number in range(12):
        _, synced = told.refs[random.randrange(len(told.refs))]
        mixed = bytearray(whole)
        for sector in range(synced // 512 + 1, len(whole) // 512):
            if random.random() < 0.3:
                mixed[sector * 512 : (sector + 1) * 512] = bytes(512)
        holds(after_the_cut(tmp_path / str(number), kept, bytes(mixed)), told.before(synced))


def test_power_lost_while_the_log_is_written_back_into_the_file(
    lived: tuple[Path, Path, Acknowledged], tmp_path: Path
) -> None:
    file, log, told = lived
    old, whole = file.read_bytes(), log.read_bytes()
    new = written_back(old, whole)
    random = Random("back")
    for number in range(12):
        pages = []
        for at in range(0, len(new), PAGE):
            torn = random.randrange(0, PAGE + 1, 512)
            before = old[at : at + PAGE] or bytes(PAGE)
            after = new[at : at + PAGE]
            pages.append(random.choice([before, after, after[:torn] + before[torn:]]))
        holds(after_the_cut(tmp_path / str(number), b"".join(pages), whole), told.before(len(whole)))


def written_back(old: bytes, log: bytes) -> bytes:
    """Return the file with every page of the log in its place."""
    frames = range(HEADER, len(log) - FRAME + 1, FRAME)
    numbers = [struct.unpack(">I", log[at : at + 4])[0] for at in frames]
    new = bytearray(old.ljust(max(numbers) * PAGE, b"\0"))
    for at, number in zip(frames, numbers, strict=True):
        new[(number - 1) * PAGE : number * PAGE] = log[at + 24 : at + FRAME]
    return bytes(new)
