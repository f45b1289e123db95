"""A batch of rows made ready for the store in two steps: what is wrong with it, and then who is named, with keys."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from itertools import chain, islice
from typing import Any, NamedTuple

import numpy as np

from everycall.errors import Problem
from everycall.intake.batches import RawRow, Reader, plain_line
from everycall.store.copied import (
    mention_cells,
    mention_facts_in,
    text_cell,
    version_cells,
    version_facts_in,
)
from everycall.store.named import Where, read_by_kind, read_named
from everycall.store.prepared import SHA256, Prepared, place_in, prepare, with_place
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
    facts
        Each call's `VERSION_FACTS`; or, to copy, its `everycall.store.copied.version_cells`.
    named
        Whom and what each call names, for `read_people`.
    """

    rows: int
    row_numbers: bytes
    refs: bytes
    told: list[Told]
    heads: bytes
    facts: bytes
    named: bytes


class People(NamedTuple):
    """Whom and what the calls of a batch name, read into normal form, as bytes.

    Parameters
    ----------
    many
        How many mentions each call has (16 bits each).
    keys, owners
        All keys (64 bits) and whose each is: the number of the mention in this batch (32 bits).
    mentions
        Each call's mentions, in the order of `MENTION_FACTS`; or, to copy, the cells of all mentions, and each call's
        place as a cell.
    """

    many: bytes
    keys: bytes
    owners: bytes
    mentions: bytes


class Task(NamedTuple):
    """A batch on its way to another process, as bytes; ``reader`` is pickled once for a whole file.

    Parameters
    ----------
    to_copy
        Whether the rows are wanted as PostgreSQL copies them (`everycall.store.copied`).
    first_line
        Where ``rows`` are lines of JSON as they stand in the file, in UTF-8: the number of the first.
    """

    reader: bytes
    rows: bytes
    to_copy: bool
    first_line: int | None = None


def task_of(reader: bytes, rows: Sequence[RawRow], to_copy: bool = False) -> Task:
    """Return a batch as a task: its rows as plain tuples, which take a fifth of the time of rows that are pickled."""
    return Task(reader, marshal.dumps(list(map(tuple, rows))), to_copy)


@lru_cache(maxsize=4)
def _reader(pickled: bytes) -> Reader:
    reader: Reader = pickle.loads(pickled)
    return reader


def _rows(task: Task, reader: Reader) -> Iterator[tuple[int, dict[str, Any] | None, RawRow | bytes]]:
    """Yield each row of a batch: its number, its data where there is nothing to be said of it so far, and all of it."""
    if task.first_line is None:
        for row in map(RawRow._make, marshal.loads(task.rows)):
            yield row.row_number, reader.plain_data(row), row
    else:
        for number, line in enumerate(BytesIO(task.rows), task.first_line):
            yield number, plain_line(line), line


def make_ready(task: Task) -> Ready:
    """Check a batch of rows and make its calls ready, those they name excepted.

    Raises
    ------
    InputError
        When the file is no more what it was when it was looked at.
    """
    reader = _reader(task.reader)
    zone, answers = reader.zone, reader.answers
    told: list[Told] = []
    heads: list[tuple[str, str]] = []
    facts: list[tuple[Any, ...]] = []
    named: list[_Named] = []
    numbers: list[int] = []
    rows = 0
    for row_number, data, whole in _rows(task, reader):
        plain = None if data is None else quick(data, zone, answers)
        if plain is not None:
            rows += 1
            heads.append((plain.ref, plain.facts[SHA256]))
            facts.append(plain.facts)
            named.append((plain.people, plain.where, None))
            numbers.append(row_number)
            continue
        row = reader.row_of_line(row_number, whole) if isinstance(whole, bytes) else whole
        if row is None:
            continue
        rows += 1
        entry = reader.read(row)
        if entry.item is None:
            told.append(Told(row_number, None, entry.problems, entry.notes, entry.cells))
            continue
        if entry.notes:
            told.append(Told(row_number, len(heads), (), entry.notes, []))
        made = prepare(entry.item)
        heads.append((made.ref, made.sha256))
        facts.append(made.facts)
        named.append((made.mentions, None, made.keys))
        numbers.append(row_number)
    kept = marshal.dumps(list(map(version_cells, facts)) if task.to_copy else facts)
    return Ready(
        rows, _bytes(numbers, np.int64), _hashed(heads), told, marshal.dumps(heads), kept, marshal.dumps(named)
    )  # fmt: skip


_Named = tuple[Any, Where | None, Any]
"""People and place of a plain row and None; or, of one that went the long way, mentions, None and their keys."""


def read_people(named: bytes) -> People:
    """Read whom and what the calls of a batch name."""
    mentions, keys = _read_people(named)
    return _people(mentions, keys, marshal.dumps(mentions))


def read_people_to_copy(named: bytes) -> People:
    """Read whom and what the calls of a batch name, and write it as PostgreSQL copies it."""
    mentions, keys = _read_people(named)
    cells = [mention_cells(one) for of_one in mentions for one in of_one]
    places = [text_cell(place_in(of_one)) for of_one in mentions]
    return _people(mentions, keys, marshal.dumps((cells, places)))


_Mentions = list[tuple[tuple[Any, ...], ...]]


def _read_people(named: bytes) -> tuple[_Mentions, list[tuple[int, ...]]]:
    mentions: _Mentions = []
    of_each: list[tuple[int, ...]] = []
    batch: list[_Named] = marshal.loads(named)
    read_by_kind([(people, where) for people, where, keys in batch if keys is None])
    for people, where, keys in batch:
        of_one, its_keys = (people, keys) if keys is not None else read_named(people, where)
        mentions.append(of_one)
        of_each += its_keys
    return mentions, of_each


def _people(mentions: _Mentions, of_each: list[tuple[int, ...]], kept: bytes) -> People:
    return People(
        _bytes([len(of_one) for of_one in mentions], np.uint16),
        _bytes(list(chain.from_iterable(of_each)), np.int64),
        np.repeat(np.arange(len(of_each), dtype=np.uint32), [len(of_one) for of_one in of_each]).tobytes(),
        kept,
    )


def facts_to_copy(facts: bytes, people: People) -> tuple[bytes, bytes]:
    """Return facts and mentions that were written to copy as they are otherwise."""
    cells, places = marshal.loads(people.mentions)
    rows = map(version_facts_in, marshal.loads(facts), places)
    read = map(mention_facts_in, cells)
    many = np.frombuffer(people.many, np.uint16).tolist()
    return marshal.dumps(list(rows)), marshal.dumps([tuple(islice(read, number)) for number in many])


def unpacked(heads: bytes, facts: bytes, people: People) -> list[Prepared]:
    """Return the calls of a batch, whole.

    Parameters
    ----------
    people
        Where the keys are in the store already both ``keys`` and ``owners`` are empty: the calls come without them,
        which takes half the time.
    """
    refs = [ref for ref, _ in marshal.loads(heads)]
    rows: list[tuple[Any, Any]] = list(zip(marshal.loads(facts), marshal.loads(people.mentions), strict=True))
    if not people.keys:
        return [
            Prepared(ref, with_place(of_call, mentions), mentions, ((),) * len(mentions))
            for ref, (of_call, mentions) in zip(refs, rows, strict=True)
        ]
    of_mention: list[list[int]] = [
        [] for _ in range(int(np.frombuffer(people.many, np.uint16).sum(dtype=np.int64)))
    ]
    for key, owner in zip(
        np.frombuffer(people.keys, np.int64).tolist(),
        np.frombuffer(people.owners, np.uint32).tolist(),
        strict=True,
    ):
        of_mention[owner].append(key)
    made, at = [], 0
    for ref, (of_call, mentions) in zip(refs, rows, strict=True):
        keys = tuple(tuple(k) for k in of_mention[at : at + len(mentions)])
        made.append(Prepared(ref, with_place(of_call, mentions), mentions, keys))
        at += len(mentions)
    return made


def _hashed(heads: Sequence[tuple[str, str]]) -> bytes:
    return b"".join(
        [blake2b(ref.encode("utf-8", "surrogatepass"), digest_size=8).digest() for ref, _ in heads]
    )


def _bytes(numbers: Sequence[int], kind: type[Any]) -> bytes:
    return np.array(numbers, dtype=kind).tobytes()
