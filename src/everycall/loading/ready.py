"""A batch of rows made ready for the store: what is wrong with it, and the calls as rows with their keys."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from everycall.errors import Problem
from everycall.intake.batches import RawRow, Reader
from everycall.store.prepared import Prepared, prepare
from everycall.store.quick import quick


class Told(NamedTuple):
    """What is to be said of one row: why it is refused, or what was noted; and its cells where it is refused.

    ``usable`` is the row's number among the usable ones of its batch, or None.
    """

    row_number: int
    usable: int | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    cells: list[str]


class Ready(NamedTuple):
    """A batch made ready, as bytes, so that handing it on and keeping it aside costs little.

    Parameters
    ----------
    rows
        All rows, the refused ones too.
    row_numbers
        Of the usable rows.
    refs
        64-bit hashes of their refs, to find one that comes again.
    told
        Rows that have problems or notes.
    heads
        Each call's ref and the hash of its facts.
    mentions
        How many mentions each call has (16 bits each).
    keys, owners
        All keys (64 bits) and whose each is: the number of the mention in this batch (32 bits).
    body
        Each call's `VERSION_FACTS` and its mentions' `MENTION_FACTS`.
    """

    rows: int
    row_numbers: bytes
    refs: bytes
    told: list[Told]
    heads: bytes
    mentions: bytes
    keys: bytes
    owners: bytes
    body: bytes


class Task(NamedTuple):
    """A batch on its way to another process; ``reader`` is pickled once for a whole file."""

    reader: bytes
    rows: list[RawRow]


@lru_cache(maxsize=4)
def _reader(pickled: bytes) -> Reader:
    reader: Reader = pickle.loads(pickled)
    return reader


def make_ready(task: Task) -> Ready:
    """Read a batch of rows and make its calls ready for the store."""
    reader = _reader(task.reader)
    zone = reader.zone
    told: list[Told] = []
    calls: list[Prepared] = []
    numbers: list[int] = []
    for row in task.rows:
        data = reader.plain_data(row)
        made = None if data is None else quick(data, zone, reader.answers)
        if made is not None:
            calls.append(made)
            numbers.append(row.row_number)
            continue
        entry = reader.read(row)
        if entry.item is None:
            told.append(Told(row.row_number, None, entry.problems, entry.notes, entry.cells))
            continue
        if entry.notes:
            told.append(Told(row.row_number, len(calls), (), entry.notes, []))
        calls.append(prepare(entry.item))
        numbers.append(row.row_number)
    return Ready(len(task.rows), _bytes(numbers, np.int64), _hashed(calls), told, *_packed(calls))


def _packed(calls: Sequence[Prepared]) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    of_each = [of_one for call in calls for of_one in call.keys]
    mentions = np.arange(len(of_each), dtype=np.uint32)
    return (
        marshal.dumps([(call.ref, call.sha256) for call in calls]),
        _bytes([len(call.mentions) for call in calls], np.uint16),
        _bytes(list(chain.from_iterable(of_each)), np.int64),
        np.repeat(mentions, [len(of_one) for of_one in of_each]).tobytes(),
        marshal.dumps([(call.facts, call.mentions) for call in calls]),
    )


def unpacked(heads: bytes, mentions: bytes, keys: bytes, owners: bytes, body: bytes) -> list[Prepared]:
    """Return the calls of a batch again.

    Parameters
    ----------
    keys, owners
        Both empty where the keys are in the store already: the calls come without them, which takes half the time.
    """
    rows: list[tuple[Any, Any]] = marshal.loads(body)
    refs = [ref for ref, _ in marshal.loads(heads)]
    if not keys:
        return [
            Prepared(ref, facts, people, ((),) * len(people))
            for ref, (facts, people) in zip(refs, rows, strict=True)
        ]
    of_mention: list[list[int]] = [
        [] for _ in range(int(np.frombuffer(mentions, np.uint16).sum(dtype=np.int64)))
    ]
    for key, owner in zip(
        np.frombuffer(keys, np.int64).tolist(), np.frombuffer(owners, np.uint32).tolist(), strict=True
    ):
        of_mention[owner].append(key)
    made, at = [], 0
    for ref, (facts, people) in zip(refs, rows, strict=True):
        made.append(Prepared(ref, facts, people, tuple(tuple(k) for k in of_mention[at : at + len(people)])))
        at += len(people)
    return made


def _hashed(calls: Sequence[Prepared]) -> bytes:
    return b"".join(
        [blake2b(call.ref.encode("utf-8", "surrogatepass"), digest_size=8).digest() for call in calls]
    )


def _bytes(numbers: Sequence[int], kind: type[Any]) -> bytes:
    return np.array(numbers, dtype=kind).tobytes()
