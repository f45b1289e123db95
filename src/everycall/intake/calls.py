"""Whole files of calls: checked first, then told one call at a time; storing them is the store's part."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from pathlib import Path

from everycall.call import Call, read_call_text
from everycall.errors import InputError, Problem
from everycall.intake.checked import Checked, Entry, check, usable
from everycall.intake.files import Source, look_at, read_lines, refuse
from everycall.intake.mapping import PLAIN, Mapping
from everycall.intake.plan import Plan, make_plan
from everycall.intake.row import phone_notes, read_row
from everycall.intake.seen import Seen
from everycall.intake.table import find_delimiter, first_row, read_table_rows

Answers = Table[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call of a file, with the row it stood in (the header is row 1) and what was noted about it."""

    row_number: int
    call: Call
    notes: tuple[Problem, ...]


def check_calls(path: Path, mapping: Mapping | None = None, answers: Answers | None = None) -> Checked:
    """Read a whole file of calls and say what is wrong with it; memory stays bounded, however long it is.

    Parameters
    ----------
    path
        CSV, JSONL or Parquet; ``.gz`` allowed for the first two.
    mapping
        The force's own columns; None: our own field paths.
    answers
        The questions that may be answered, with their answers; the published ones when not given.

    Raises
    ------
    InputError
        When the file as a whole cannot be used: it is empty, no table, or its columns are not the mapping's.
    """
    source = _look_at(path, mapping)
    return check(source, _with_repeats_noted(source, _read(source, mapping, answers)))


def stream_calls(
    path: Path,
    mapping: Mapping | None = None,
    answers: Answers | None = None,
    skip_bad_to: Path | None = None,
) -> Iterator[CallRow]:
    """Return the calls of a file one at a time, in its order; see `check_calls` for the parameters.

    Parameters
    ----------
    skip_bad_to
        Where to write the rows that cannot be used, with their reasons (``.csv`` or ``.jsonl``); None: there
        are none, since the file has been checked.

    Raises
    ------
    InputError
        At a row that cannot be used, when ``skip_bad_to`` is not given.
    """
    source = _look_at(path, mapping)
    for entry, call in usable(source, _read(source, mapping, answers), skip_bad_to):
        yield CallRow(entry.row_number, call, entry.notes)


def _look_at(path: Path, mapping: Mapping | None) -> Source:
    source = look_at(path, ("CSV", "JSONL", "Parquet"), mapping.encoding if mapping else "auto")
    if source.kind == "JSONL" and mapping is not None:
        raise refuse(source.name, "a mapping is for a table (CSV or Parquet); JSONL holds calls as they are")
    return source


def _with_repeats_noted(source: Source, entries: Iterator[Entry[Call]]) -> Iterator[Entry[Call]]:
    said = "this ref stood above already; the later row is the newer version"
    with Seen() as refs:
        for entry in entries:
            if entry.item is not None and refs.times(entry.item.ref) > 1:
                note = Problem(f"{source.name}:{entry.row_number} ref", said)
                yield replace(entry, notes=(*entry.notes, note))
            else:
                yield entry


def _read(source: Source, mapping: Mapping | None, answers: Answers | None) -> Iterator[Entry[Call]]:
    if source.kind == "JSONL":
        return _read_json(source, answers)
    return _read_table(source, mapping or PLAIN, answers)


def _read_json(source: Source, answers: Answers | None) -> Iterator[Entry[Call]]:
    for number, line in enumerate(read_lines(source), 1):
        if not line.strip():
            continue
        where = f"{source.name}:{number}"
        try:
            read = read_call_text(line, where, answers)
        except InputError as error:
            yield Entry(number, None, error.details, (), [line])
            continue
        noted = [Problem(f"{where} {note.where}", note.problem) for note in read.notes]
        yield Entry(number, read.call, (), (*noted, *phone_notes(read.call, where)), [line])


def _read_table(source: Source, mapping: Mapping, answers: Answers | None) -> Iterator[Entry[Call]]:
    delimiter, plan = plan_of(source, mapping, answers)
    rows = read_table_rows(source, delimiter)
    if mapping.header or source.kind == "Parquet":
        next(rows)
    with Seen() as rows_seen:
        for number, row in enumerate(rows, 1):
            where = f"{source.name}:{row.number}"
            if row.problem is not None:
                yield Entry(row.number, None, (Problem(where, row.problem),), (), row.cells)
                continue
            read = read_row(plan, row.cells, number, where, rows_seen, answers)
            yield Entry(row.number, read.call, read.problems, read.notes, row.cells)


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
