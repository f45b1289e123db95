"""Taking the calls of checked files into the store, in chunks so short that live calls hardly wait."""

from __future__ import annotations

import marshal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper
from numpy.typing import NDArray

from everycall.call import Call
from everycall.force import Force
from everycall.intake.mapping import Mapping
from everycall.loading.checking import CheckedFile, Kept, Progress, check_and_keep
from everycall.loading.files import Loaded, refuse_unusable
from everycall.loading.ready import unpacked
from everycall.loading.spool import Spool
from everycall.store import bulk
from everycall.store import calls as call_store
from everycall.store.alone import alone
from everycall.store.databases import is_postgresql
from everycall.store.importing import Chunks, lightly
from everycall.store.moments import to_number
from everycall.store.prepared import Prepared

ROUND = 200_000
"""Calls whose keys are held in memory, sorted and written together."""

WORTH_SORTING = 5_000
"""Mentions of new calls in a round from which on keys are written first."""

_KEYS_AT_FIRST = 5_000
_LOCKED_SECONDS = 0.03
"""How long one transaction should last: a live call may have to wait for one, and for its own writing."""

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Clock = Callable[[], datetime]


@contextmanager
def checked_calls(
    paths: Sequence[Path], mapping: Mapping | None, force: Force, told: Progress
) -> Iterator[tuple[list[CheckedFile], Spool]]:
    """Check files of calls to their last row and keep what they hold aside; nothing is stored yet."""
    folder = None if is_postgresql(force.store.where) else Path(force.store.where).absolute().parent
    with Spool(folder) as spool:
        yield [check_and_keep(path, mapping, spool, told) for path in paths], spool


def load_calls(path: Path, mapping: Mapping | None, force: Force, clock: Clock, told: Progress) -> Loaded:
    """Check a file of calls and take it whole; run again after a break it ends the same.

    Raises
    ------
    InputError
        With every problem, when there is any: then nothing is stored.
    """
    with checked_calls([path], mapping, force, lambda rows: None) as (files, spool):
        refuse_unusable(one.checked for one in files)
        return take_checked(files, spool, force, clock, told)


def take_checked(
    files: Sequence[CheckedFile], spool: Spool, force: Force, clock: Clock, told: Progress
) -> Loaded:
    """Take the calls of files that were checked, in the order of the files and their rows.

    Parameters
    ----------
    clock
        Says from when on the store knows each chunk.
    """
    done = Loaded(0, 0, 0, 0)
    connection = force.store.connection
    with lightly(connection) as chunks, alone(force.store) as mine:
        if mine:
            bulk.clear_what_a_broken_import_left(connection)
        for some in _rounds([kept for file in files for kept in file.kept]):
            numbers = _keys_first(chunks, spool, some) if mine else [None] * len(some)
            for kept, reserved in zip(some, numbers, strict=True):
                done += _take(chunks, spool, kept, reserved, clock())
                told(kept.calls)
            if mine:
                bulk.settle(connection)
    return done


def _rounds(kept: Sequence[Kept]) -> Iterator[list[Kept]]:
    some: list[Kept] = []
    many = 0
    for one in kept:
        some.append(one)
        many += one.calls
        if many >= ROUND:
            yield some
            some, many = [], 0
    if some:
        yield some


def _read_back(spool: Spool, kept: Kept, with_keys: bool) -> list[Prepared]:
    keys, owners = (spool.read(kept.keys), spool.read(kept.owners)) if with_keys else (b"", b"")
    return unpacked(spool.read(kept.heads), spool.read(kept.mentions), keys, owners, spool.read(kept.body))


def _keys_first(chunks: Chunks, spool: Spool, some: Sequence[Kept]) -> list[Numbers | None]:
    """Write the keys of a round's new calls, sorted; return for each batch the numbers of its mentions.

    A mention whose call is not new has -1. Where few calls are new nothing is written, and there are no numbers.
    """
    owned = _new_mentions(chunks.connection, spool, some)
    if sum(int(new.sum()) for new in owned) < WORTH_SORTING:
        return [None] * len(some)
    reserved = bulk.reserve(chunks.connection, int(sum(new.sum() for new in owned)))
    numbers: list[Numbers | None] = []
    hashes, mentions = [], []
    at = 0
    for kept, new in zip(some, owned, strict=True):
        of_batch = np.full(len(new), -1, dtype=np.int64)
        of_batch[new] = reserved[at : at + int(new.sum())]
        at += int(new.sum())
        numbers.append(of_batch)
        owner = of_batch[np.frombuffer(spool.read(kept.owners), np.uint32)]
        hashes.append(np.frombuffer(spool.read(kept.keys), np.int64)[owner >= 0])
        mentions.append(owner[owner >= 0])
    _write_sorted(chunks, np.concatenate(hashes), np.concatenate(mentions))
    return numbers


def _new_mentions(connection: BaseDatabaseWrapper, spool: Spool, some: Sequence[Kept]) -> list[Flags]:
    """Return for each batch which of its mentions are of calls that the store does not have."""
    seen: set[str] = set()
    owned = []
    for kept in some:
        refs = [ref for ref, _ in marshal.loads(spool.read(kept.heads))]
        known = bulk.known_facts(connection, refs)
        new = []
        for ref in refs:
            new.append(ref not in known and ref not in seen)
            seen.add(ref)
        many = np.frombuffer(spool.read(kept.mentions), np.uint16)
        owned.append(np.repeat(np.array(new, dtype=bool), many))
    return owned


def _write_sorted(chunks: Chunks, hashes: Numbers, mentions: Numbers) -> None:
    order = np.lexsort((mentions, hashes))
    at, many = 0, _KEYS_AT_FIRST
    while at < len(order):
        part = order[at : at + many]
        started = time.perf_counter()
        with chunks.one():
            bulk.add_keys(chunks.connection, hashes[part], mentions[part])
        at += len(part)
        many = max(1_000, min(2 * many, int(many * _LOCKED_SECONDS / (time.perf_counter() - started))))


def _take(chunks: Chunks, spool: Spool, kept: Kept, reserved: Numbers | None, now: datetime) -> Loaded:
    """Take one batch in one transaction."""
    connection = chunks.connection
    calls = _read_back(spool, kept, with_keys=reserved is None)
    with chunks.one():
        refs = [call.ref for call in calls]
        call_store.hold(connection, refs)
        known = bulk.known_facts(connection, refs)
        new: list[Prepared] = []
        told_again: list[Call] = []
        numbers: list[int] = []
        needless: list[int] = []
        met: set[str] = set()
        same = at = 0
        for call in calls:
            own = None if reserved is None else reserved[at : at + len(call.mentions)].tolist()
            at += len(call.mentions)
            if call.ref not in known and call.ref not in met and (own is None or -1 not in own):
                new.append(call)
                numbers += own or []
                met.add(call.ref)
                continue
            needless += [number for number in own or [] if number >= 0]
            if known.get(call.ref) == call.sha256 and call.ref not in met:
                same += 1
            else:
                told_again.append(call.call())
                met.add(call.ref)
        bulk.add_calls(connection, new, to_number(now), None if reserved is None else numbers)
        if reserved is not None and needless:
            bulk.drop_keys(connection, _keys_of(spool, kept, reserved, needless))
        done = Loaded(len(new) + same, len(new), 0, same)
        for batch in _distinct(told_again):
            changes = [one.change for one in call_store.take(connection, batch, now)]
            done += Loaded(len(batch), changes.count("new"), changes.count("changed"), changes.count("same"))
    return done


def _keys_of(spool: Spool, kept: Kept, reserved: Numbers, numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the keys that were written for these mentions of a batch, each with its mention."""
    owners = reserved[np.frombuffer(spool.read(kept.owners), np.uint32)]
    keys = np.frombuffer(spool.read(kept.keys), np.int64)
    theirs = np.isin(owners, np.array(numbers, dtype=np.int64))
    return list(zip(keys[theirs].tolist(), owners[theirs].tolist(), strict=True))


def _distinct(calls: Sequence[Call]) -> Iterator[list[Call]]:
    """Split calls where a ref comes again, so that the later row updates the earlier."""
    batch: dict[str, Call] = {}
    for call in calls:
        if call.ref in batch:
            yield list(batch.values())
            batch = {}
        batch[call.ref] = call
    if batch:
        yield list(batch.values())
