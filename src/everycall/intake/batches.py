"""A file of calls in batches of raw rows, and how a batch is understood: here, or in another process."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from everycall.call import Call, read_call_text
from everycall.errors import InputError, Problem
from everycall.intake.checked import Entry
from everycall.intake.files import Source, changed, read_lines
from everycall.intake.mapping import PLAIN, Mapping
from everycall.intake.plan import Plan, make_plan
from everycall.intake.row import fingerprint_of, phone_notes, plain_row, read_row
from everycall.intake.seen import Seen
from everycall.intake.table import find_delimiter, first_row, read_table_rows
from everycall.localtime import LONDON
from everycall.told_once import read_once_quickly

BATCH = 500
"""Rows a batch: enough that handing it to another process costs little, few enough that memory stays small."""

Answers = Table[str, frozenset[str]]


class RawRow(NamedTuple):
    """One row as the file has it: its number there, its number among the calls, its cells.

    Parameters
    ----------
    problem
        Set where the row could not be taken apart.
    times
        How often a row with these cells has stood in the file, this one included; counted only where refs are
        made from it.
    """

    row_number: int
    number: int
    cells: list[str]
    problem: str | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Reader:
    """How the rows of one file are understood; it can be handed to another process.

    Parameters
    ----------
    plan
        The mapping laid over the columns; None: each row is a call as JSON.
    """

    name: str
    plan: Plan | None
    answers: Answers | None

    def read(self, row: RawRow) -> Entry[Call]:
        """Return one row as a call, or the reasons against it."""
        where = f"{self.name}:{row.row_number}"
        if row.problem is not None:
            return Entry(row.row_number, None, (Problem(where, row.problem),), (), row.cells)
        if self.plan is None:
            return self._json(row, where)
        read = read_row(self.plan, row.cells, row.number, where, row.times, self.answers)
        return Entry(row.row_number, read.call, read.problems, read.notes, row.cells)

    def plain_data(self, row: RawRow) -> dict[str, Any] | None:
        """Return a row as a call's data with nothing to be said of it so far, or None: then `read` has to say it."""
        if row.problem is not None:
            return None
        if self.plan is not None:
            return plain_row(self.plan, row.cells, row.number, row.times)
        return plain_line(row.cells[0].encode("utf-8", "surrogatepass"))

    def row_of_line(self, number: int, line: bytes) -> RawRow | None:
        """Return a line of a file of JSON as a row; None for a blank one.

        Raises
        ------
        InputError
            When the text is no UTF-8 any more.
        """
        try:
            text = line.decode()
        except UnicodeDecodeError:
            raise changed(self.name) from None
        return RawRow(number, number, [text]) if text.strip() else None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of timestamps without an offset."""
        return self.plan.mapping.zone if self.plan is not None else LONDON

    def _json(self, row: RawRow, where: str) -> Entry[Call]:
        try:
            read = read_call_text(row.cells[0], where, self.answers)
        except InputError as error:
            return Entry(row.row_number, None, error.details, (), row.cells)
        noted = [Problem(f"{where} {note.where}", note.problem) for note in read.notes]
        return Entry(row.row_number, read.call, (), (*noted, *phone_notes(read.call, where)), row.cells)


def plain_line(line: bytes) -> dict[str, Any] | None:
    """Return a call as JSON, in UTF-8, as its data with nothing to be said of it so far; see `Reader.plain_data`."""
    if b"\\u" in line and (b"\\ud" in line or b"\\uD" in line):  # perhaps half a character
        return None
    try:
        data = read_once_quickly(line)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def open_rows(
    source: Source, mapping: Mapping | None = None, answers: Answers | None = None
) -> tuple[Reader, Iterator[RawRow]]:
    """Return how a file's rows are understood, and its rows one at a time (constant memory).

    Raises
    ------
    InputError
        When the columns are not the mapping's; while the rows are read, where the file is damaged.
    """
    if source.kind == "JSONL":
        return Reader(source.name, None, answers), _lines(source)
    used = mapping or PLAIN
    delimiter, plan = plan_of(source, used, answers)
    return Reader(source.name, plan, answers), _table(source, delimiter, plan)


def batches(rows: Iterator[RawRow], size: int = BATCH) -> Iterator[list[RawRow]]:
    """Return the rows in lists of at most ``size``."""
    batch: list[RawRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _lines(source: Source) -> Iterator[RawRow]:
    for number, line in enumerate(read_lines(source), 1):
        if line.strip():
            yield RawRow(number, number, [line])


def _table(source: Source, delimiter: str, plan: Plan) -> Iterator[RawRow]:
    rows = read_table_rows(source, delimiter)
    if plan.mapping.header or source.kind == "Parquet":
        next(rows)
    counted = plan.mapping.ref is not None and "fingerprint" in plan.mapping.ref.names
    with Seen() as seen:
        for number, row in enumerate(rows, 1):
            whole = counted and row.problem is None and len(row.cells) == len(plan.header)
            times = seen.times(fingerprint_of(row.cells)) if whole else 1
            yield RawRow(row.number, number, row.cells, row.problem, times)


def plan_of(source: Source, mapping: Mapping, answers: Answers | None = None) -> tuple[str, Plan]:
    """Return a file's delimiter and the mapping laid over its columns; raise `InputError` if they differ."""
    named = [column for columns in (mapping.columns or {}).values() for column in columns]
    needed = [column for column in named if isinstance(column, str)] or ["ref", "received_at"]
    positions = max((column for column in named if isinstance(column, int)), default=0)
    delimiter = mapping.delimiter
    if delimiter == "auto":
        delimiter = find_delimiter(source, needed, positions)
    first = first_row(source, delimiter)
    return delimiter, make_plan(mapping, first.cells, f"{source.name}:{first.number}", answers)
