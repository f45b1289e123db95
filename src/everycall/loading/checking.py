"""Checking a whole file of calls on every core, and keeping aside what it holds, ready for the store."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from everycall.errors import Problem
from everycall.intake.batches import BATCH, batches, open_rows
from everycall.intake.calls import REF_AGAIN, look_at_calls
from everycall.intake.checked import Checked, Some
from everycall.intake.files import Source, read_pieces, refuse, stands_in_lines_of_utf8
from everycall.intake.mapping import Mapping
from everycall.intake.refused import Refused
from everycall.intake.seen import Seen
from everycall.loading.processes import Helpers
from everycall.loading.ready import Ready, Task, Told, make_ready, task_of
from everycall.loading.spool import Place, Spool

Progress = Callable[[int], None]
"""Told how many more rows are done."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One batch in the spool: how many calls, and where each part of `Ready` stands."""

    calls: int
    heads: Place
    facts: Place
    named: Place


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file of calls that was checked: what was found, and what is ready for the store.

    Parameters
    ----------
    refused
        Where the refused rows stand in the spool.
    """

    path: Path
    checked: Checked
    kept: tuple[Kept, ...]
    refused: tuple[Place, ...]


@dataclass
class _Tally:
    rows: int = 0
    usable: int = 0
    problems: Some = field(default_factory=Some)
    notes: Some = field(default_factory=Some)


def check_and_keep(
    path: Path, mapping: Mapping | None, spool: Spool, helpers: Helpers, told: Progress, to_copy: bool
) -> CheckedFile:
    """Check a whole file as `everycall.intake.calls.check_calls` does, and keep its calls aside.

    What was checked is what is stored: the file is read once, so that nobody can change it in between.

    Parameters
    ----------
    mapping
        The force's own columns; None: our own field paths.
    to_copy
        Whether the calls are kept as PostgreSQL copies them.

    Raises
    ------
    InputError
        When the file as a whole cannot be used: it is empty, no table, or its columns are not the mapping's.
    """
    source = look_at_calls(path, mapping)
    tasks = _tasks(source, mapping, to_copy)
    tally, kept, refused = _Tally(), [], []
    tally.notes.add(source.notes)
    with Seen() as refs:
        for ready in helpers.in_order(make_ready, tasks):
            again = refs.again(np.frombuffer(ready.refs, ">i8").tolist())
            refused += _tell(source.name, ready, again, tally, spool)
            kept.append(_keep(ready, spool))
            tally.rows += ready.rows
            tally.usable += kept[-1].calls
            told(ready.rows)
    if not tally.rows:
        raise refuse(source.name, "has no rows")
    checked = Checked(
        source.name,
        tally.rows,
        tally.usable,
        tuple(tally.problems.kept),
        tally.problems.more,
        tuple(tally.notes.kept),
        tally.notes.more,
    )
    return CheckedFile(path, checked, tuple(kept), tuple(refused))


def _tasks(source: Source, mapping: Mapping | None, to_copy: bool) -> Iterator[Task]:
    """Return a file's rows in batches; lines go to the helpers as they stand, which take them apart."""
    reader, rows = open_rows(source, mapping)
    pickled = pickle.dumps(reader)
    if stands_in_lines_of_utf8(source):
        return (Task(pickled, piece, to_copy, first) for first, piece in read_pieces(source, BATCH))
    return (task_of(pickled, batch, to_copy) for batch in batches(rows))


def _keep(ready: Ready, spool: Spool) -> Kept:
    heads, facts, named = (spool.keep(part) for part in (ready.heads, ready.facts, ready.named))
    return Kept(len(ready.row_numbers) // 8, heads, facts, named)


def _tell(name: str, ready: Ready, again: set[int], tally: _Tally, spool: Spool) -> list[Place]:
    """Gather what is to be said of a batch in the order of its rows; return where its refused rows stand."""
    numbers = np.frombuffer(ready.row_numbers, np.int64)
    told = [*ready.told, *_repeats(ready, again, name, numbers)]
    refused = []
    for one in sorted(told, key=lambda row: row.row_number):  # sorted keeps the order of equals
        tally.problems.add(one.problems)
        tally.notes.add(one.notes)
        if one.usable is None:
            reasons = [(problem.where, problem.problem) for problem in one.problems]
            refused.append(spool.keep(marshal.dumps((one.row_number, reasons, one.cells))))
    return refused


def _repeats(ready: Ready, again: set[int], name: str, numbers: np.ndarray) -> Iterator[Told]:
    for usable in sorted(again):
        row = int(numbers[usable])
        yield Told(row, usable, (), (Problem(f"{name}:{row} ref", REF_AGAIN),), [])


def write_refused(file: CheckedFile, spool: Spool, to: Path) -> None:
    """Write the refused rows of a file, with their reasons (``.csv`` or ``.jsonl``)."""
    with Refused(to, file.path) as refused:
        for place in file.refused:
            number, reasons, cells = marshal.loads(spool.read(place))
            refused.write(number, [Problem(*reason) for reason in reasons], cells)
