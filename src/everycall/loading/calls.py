"""Taking the calls of checked files into the store, in chunks so short that live calls hardly wait."""

from __future__ import annotations

import marshal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from django.db.backends.base.base import BaseDatabaseWrapper
from numpy.typing import NDArray

from everycall.call import Call
from everycall.force import Force
from everycall.intake.mapping import Mapping
from everycall.loading.checking import CheckedFile, Progress, check_and_keep
from everycall.loading.files import Loaded, refuse_unusable
from everycall.loading.garbage import looked_for_seldom
from everycall.loading.processes import Helpers
from everycall.loading.reading_ahead import Batch, ReadingAhead
from everycall.loading.ready import People, facts_to_copy, unpacked
from everycall.loading.spool import Spool
from everycall.store import bulk
from everycall.store import calls as call_store
from everycall.store.alone import alone
from everycall.store.databases import is_postgresql
from everycall.store.importing import Chunks, lightly
from everycall.store.moments import to_number
from everycall.store.prepared import Prepared

ROUND = 200_000
"""Calls at most whose keys are held in memory, sorted and written together."""

SMALLEST_ROUND = 25_000
"""The last rounds become smaller down to this: while the last is stored, nobody has anything left to read."""

WORTH_SORTING = 5_000
"""Mentions of new calls in a round from which on keys are written first."""

_KEYS_AT_FIRST = 5_000
_LOCKED_SECONDS = 0.03
"""How long one transaction should last: a live call may have to wait for one, and for its own writing."""

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Aside:
    """What checked calls are kept in until they are taken, who works on them, and whether PostgreSQL will copy them."""

    spool: Spool
    helpers: Helpers
    to_copy: bool


@contextmanager
def checked_calls(
    paths: Sequence[Path], mapping: Mapping | None, force: Force, told: Progress
) -> Iterator[tuple[list[CheckedFile], Aside]]:
    """Check files of calls to their last row and keep what they hold aside; nothing is stored yet."""
    to_copy = is_postgresql(force.store.where)
    folder = None if to_copy else Path(force.store.where).absolute().parent
    with looked_for_seldom(), Spool(folder) as spool, Helpers() as helpers:
        files = [check_and_keep(path, mapping, spool, helpers, told, to_copy) for path in paths]
        yield files, Aside(spool, helpers, to_copy)


def load_calls(path: Path, mapping: Mapping | None, force: Force, clock: Clock, told: Progress) -> Loaded:
    """Check a file of calls and take it whole; run again after a break it ends the same.

    Raises
    ------
    InputError
        With every problem, when there is any: then nothing is stored.
    """
    with checked_calls([path], mapping, force, lambda rows: None) as (files, aside):
        refuse_unusable(one.checked for one in files)
        return take_checked(files, aside, force, clock, told)


def take_checked(
    files: Sequence[CheckedFile], aside: Aside, force: Force, clock: Clock, told: Progress
) -> Loaded:
    """Take the calls of files that were checked, in the order of the files and their rows.

    Parameters
    ----------
    clock
        Says from when on the store knows each chunk.
    """
    done = Loaded(0, 0, 0, 0)
    connection, spool = force.store.connection, aside.spool
    kept = [one for file in files for one in file.kept]
    read = ReadingAhead(kept, spool, aside.helpers, aside.to_copy)
    with lightly(connection) as chunks, alone(force.store) as mine:
        if mine:
            bulk.clear_what_a_broken_import_left(connection)
        for many in _rounds([one.calls for one in kept]):
            some = read.next(many)
            numbers = _keys_first(chunks, spool, some, read.collect) if mine else [None] * len(some)
            for batch, reserved in zip(some, numbers, strict=True):
                done += _take(chunks, aside, batch, reserved, clock())
                told(batch.kept.calls)
                read.collect()
            if mine:
                bulk.settle(connection)
    return done


def _rounds(calls: Sequence[int]) -> Iterator[int]:
    """Yield how many batches each round has; ``calls`` are those of each batch."""
    left = sum(calls)
    many = in_round = 0
    most = _round_of(left)
    for of_batch in calls:
        many += 1
        in_round += of_batch
        if in_round >= most:
            yield many
            left -= in_round
            many = in_round = 0
            most = _round_of(left)
    if many:
        yield many


def _round_of(left: int) -> int:
    return min(ROUND, max(SMALLEST_ROUND, left // 2))


def _read_back(aside: Aside, batch: Batch, with_keys: bool) -> list[Prepared]:
    spool = aside.spool
    keys, owners = (spool.read(batch.keys), spool.read(batch.owners)) if with_keys else (b"", b"")
    people = People(spool.read(batch.many), keys, owners, spool.read(batch.mentions))
    facts = spool.read(batch.kept.facts)
    if aside.to_copy:
        facts, mentions = facts_to_copy(facts, people)
        people = people._replace(mentions=mentions)
    return unpacked(spool.read(batch.kept.heads), facts, people)


def _keys_first(
    chunks: Chunks, spool: Spool, some: Sequence[Batch], meanwhile: Callable[[], None]
) -> list[Numbers | None]:
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
    for batch, new in zip(some, owned, strict=True):
        of_batch = np.full(len(new), -1, dtype=np.int64)
        of_batch[new] = reserved[at : at + int(new.sum())]
        at += int(new.sum())
        numbers.append(of_batch)
        owner = of_batch[np.frombuffer(spool.read(batch.owners), np.uint32)]
        hashes.append(np.frombuffer(spool.read(batch.keys), np.int64)[owner >= 0])
        mentions.append(owner[owner >= 0])
    _write_sorted(chunks, np.concatenate(hashes), np.concatenate(mentions), meanwhile)
    return numbers


def _new_mentions(connection: BaseDatabaseWrapper, spool: Spool, some: Sequence[Batch]) -> list[Flags]:
    """Return for each batch which of its mentions are of calls that the store does not have."""
    seen: set[str] = set()
    owned = []
    for batch in some:
        refs = [ref for ref, _ in marshal.loads(spool.read(batch.kept.heads))]
        known = bulk.known_facts(connection, refs)
        new = np.ones(len(refs), dtype=bool)
        if known or len(set(refs)) < len(refs) or not seen.isdisjoint(refs):
            for place, ref in enumerate(refs):
                new[place] = ref not in known and ref not in seen
                seen.add(ref)
        seen.update(refs)
        many = np.frombuffer(spool.read(batch.many), np.uint16)
        owned.append(np.repeat(new, many))
    return owned


def _write_sorted(chunks: Chunks, hashes: Numbers, mentions: Numbers, meanwhile: Callable[[], None]) -> None:
    order = np.lexsort((mentions, hashes))
    at, many = 0, _KEYS_AT_FIRST
    while at < len(order):
        part = order[at : at + many]
        started = time.perf_counter()
        with chunks.one():
            bulk.add_keys(chunks.connection, hashes[part], mentions[part])
        at += len(part)
        many = max(1_000, min(2 * many, int(many * _LOCKED_SECONDS / (time.perf_counter() - started))))
        meanwhile()


def _take(chunks: Chunks, aside: Aside, kept: Batch, reserved: Numbers | None, now: datetime) -> Loaded:
    """Take one batch in one transaction."""
    if reserved is not None and _take_new(chunks, aside, kept, reserved, now):
        return Loaded(kept.kept.calls, kept.kept.calls, 0, 0)
    connection, spool = chunks.connection, aside.spool
    calls = _read_back(aside, kept, with_keys=reserved is None)
    with chunks.one():
        refs = [call.ref for call in calls]
        supposed_new = 0 if reserved is None or (reserved < 0).any() else len(calls)
        known, ids = bulk.held(connection, refs, supposed_new)
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
        bulk.add_calls(connection, new, to_number(now), None if reserved is None else numbers, ids)
        if reserved is not None and needless:
            bulk.drop_keys(connection, _keys_of(spool, kept, reserved, needless))
        done = Loaded(len(new) + same, len(new), 0, same)
        for batch in _distinct(told_again):
            changes = [one.change for one in call_store.take(connection, batch, now)]
            done += Loaded(len(batch), changes.count("new"), changes.count("changed"), changes.count("same"))
    return done


def _take_new(chunks: Chunks, aside: Aside, kept: Batch, reserved: Numbers, now: datetime) -> bool:
    """Take one batch straight as it was made ready, if each of its calls is new to the store; say whether it was."""
    connection, spool = chunks.connection, aside.spool
    refs = [ref for ref, _ in marshal.loads(spool.read(kept.kept.heads))]
    if (reserved < 0).any() or len(set(refs)) < len(refs):
        return False
    facts, named = marshal.loads(spool.read(kept.kept.facts)), marshal.loads(spool.read(kept.mentions))
    with chunks.one():
        known, ids = bulk.held(connection, refs, supposed_new=len(refs))
        if known:
            return False
        if ids is None:
            bulk.add_new(connection, refs, facts, named, reserved, to_number(now))
        else:
            mentions, places = named
            many = np.frombuffer(spool.read(kept.many), np.uint16)
            of_call = np.repeat(np.arange(len(refs)), many)
            bulk.copy_new(connection, refs, (facts, places), mentions, of_call, reserved, ids, to_number(now))
    return True


def _keys_of(spool: Spool, kept: Batch, reserved: Numbers, numbers: Sequence[int]) -> list[tuple[int, int]]:
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
